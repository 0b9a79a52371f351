"""What may be put off, written out by hand from rules B2.1 and ``ux.md`` 2.3."""

from datetime import date, timedelta

import pytest

from langsikt.model.due import ORDER
from langsikt.model.later import REASONS, days_offered, later

TODAY = date(2026, 3, 12)  # a Thursday
NEVER = {
    "unsafe_tonight", "day_after", "hand_over", "end_contact", "acute_safety", "gap", "assess_risk", "sign",
    "safe_contact", "missing", "call", "safety_plan", "offer", "next_contact", "sign_decision", "after_closure",
    "first_90_days", "unsure_home", "milestone", "sent_back", "outside_note", "burnt",
}  # fmt: skip


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize("kind", sorted(NEVER))
@pytest.mark.parametrize("due_on", [-30, -1, 0, 1, 7, 60, None])
def test_what_concerns_safety_never_waits(kind: str, due_on: int | None) -> None:
    assert kind in ORDER
    assert later(kind, None if due_on is None else day(due_on), TODAY) is None


def test_a_kind_that_nobody_has_thought_of_never_waits() -> None:
    assert later("something_new", day(5), TODAY) is None
    waits = {"ends", "needs_after", "follow_up", "needs", "conclude", "coordinated_plan", "contact_person", "waiting"}
    assert {kind for kind in ORDER if later(kind, day(5), TODAY)} == waits and set(ORDER) == waits | NEVER


@pytest.mark.parametrize(
    ("kind", "due_on", "most", "asks_why"),
    [
        ("ends", 5, 5, False),
        ("ends", 0, None, False),
        ("ends", -3, None, False),
        ("needs_after", 7, 7, False),
        ("needs_after", -41, None, False),
        ("follow_up", 3, 3, False),
        ("follow_up", 1, 1, False),
        ("follow_up", 0, 7, True),
        ("follow_up", -12, 7, True),
        ("needs", -6, 7, False),
        ("conclude", 0, 7, False),
        ("waiting", -6, 7, False),
        ("coordinated_plan", None, 7, False),
        ("contact_person", -20, 7, False),
        ("waiting", None, 7, False),
    ],
)
def test_no_row_waits_past_its_own_day(kind: str, due_on: int | None, most: int | None, asks_why: bool) -> None:
    found = later(kind, None if due_on is None else day(due_on), TODAY)
    if most is None:
        assert found is None
    else:
        assert found is not None and (found.until, found.asks_why) == (day(most), asks_why)


@pytest.mark.parametrize(
    ("most", "days"), [(1, [1]), (2, [1]), (3, [1, 3]), (4, [1, 3, 4]), (7, [1, 3, 4]), (0, [])], ids=str
)
def test_the_days_offered_are_none_that_would_be_refused(most: int, days: list[int]) -> None:
    assert [on for on, _ in days_offered(day(most), TODAY)] == [day(n) for n in days]  # 4: Monday the 16th


def test_next_week_is_never_offered_twice() -> None:
    sunday = date(2026, 3, 15)
    found = days_offered(sunday + timedelta(days=7), sunday)
    assert [on.isoformat() for on, _ in found] == ["2026-03-16", "2026-03-18"]
    assert found[0][1].sv == "I morgon"
    assert all(text.sv and text.en for text in REASONS.values())
