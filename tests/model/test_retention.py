"""When a case may be erased: the answers are written by hand from the law's paragraphs (domain, gallring)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langsikt.model import retention
from langsikt.model.retention import Answer, Kept, answer, born_of

TODAY = date(2033, 5, 4)
WOMAN = date(1994, 3, 7)  # grown up all the time
GIRL = date(2010, 3, 7)


def kept(
    closed: date | None = date(2028, 4, 1),
    note: date = date(2028, 4, 20),
    opened: date = date(2027, 1, 10),
    born: date | None = WOMAN,
    placed: tuple[date, ...] = (),
) -> Kept:
    return Kept(closed, note, opened, born, placed)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        # 16:1: five years after the last note, done by the end of the next calendar year.
        (kept(), Answer("may", date(2033, 4, 20), date(2034, 12, 31))),
        (kept(note=date(2028, 5, 4)), Answer("may", date(2033, 5, 4), date(2034, 12, 31))),
        (kept(note=date(2028, 5, 5)), Answer("too_early", date(2033, 5, 5), date(2034, 12, 31))),
        (kept(note=date(2028, 2, 29)), Answer("may", date(2033, 3, 1), date(2034, 12, 31))),
        (kept(closed=None), Answer("open")),
        (kept(placed=(date(2027, 2, 1),)), Answer("may", date(2033, 4, 20), date(2034, 12, 31))),
        # Unknown is no.
        (kept(born=None), Answer("born_unknown")),
        # 16:2: a child in a placement is never erased, one placed on the eighteenth birthday is no child.
        (kept(born=GIRL, placed=(date(2028, 3, 6),)), Answer("placed_as_child")),
        (kept(born=GIRL, placed=(date(2028, 3, 7),)), Answer("child_not_30", date(2040, 3, 7), date(2041, 12, 31))),
        (kept(born=GIRL, placed=(date(2029, 1, 1), date(2027, 2, 1))), Answer("placed_as_child")),
        (Kept(date(2028, 4, 1), date(2028, 4, 20), date(2027, 1, 10), None, (), True), Answer("placed_as_child")),
        # 16:2 a: a child's investigation, not before thirty; not for cases closed before the paragraph.
        (kept(born=GIRL), Answer("child_not_30", date(2040, 3, 7), date(2041, 12, 31))),
        (
            kept(born=GIRL, closed=date(2026, 1, 14), note=date(2026, 1, 14), opened=date(2025, 1, 2)),
            Answer("may", date(2031, 1, 14), date(2032, 12, 31)),
        ),
        (
            kept(born=GIRL, closed=date(2026, 1, 15), note=date(2026, 1, 15), opened=date(2025, 1, 2)),
            Answer("child_not_30", date(2040, 3, 7), date(2041, 12, 31)),
        ),
        # 16:4: the sample of the city.
        (kept(born=date(1994, 3, 5)), Answer("sample")),
        (kept(born=date(1994, 3, 15)), Answer("sample")),
        (kept(born=date(1994, 3, 25)), Answer("sample")),
        (kept(born=date(1994, 3, 24)), Answer("may", date(2033, 4, 20), date(2034, 12, 31))),
    ],
)
def test_the_answer_is_the_laws(case: Kept, expected: Answer) -> None:
    assert answer(case, TODAY) == expected


DAYS = st.dates(date(1930, 1, 1), date(2060, 12, 31))


@given(st.builds(Kept, st.none() | DAYS, DAYS, DAYS, st.none() | DAYS, st.lists(DAYS, max_size=3).map(tuple)), DAYS)
def test_yes_is_said_only_when_nothing_speaks_against_it(case: Kept, today: date) -> None:
    said = answer(case, today)
    assert said.text.sv and said.text.en
    if said.reason == "may":
        assert case.closed_on and case.born and said.from_on and said.by
        assert case.born.day not in (5, 15, 25) and today - case.last_note_on > timedelta(days=5 * 365)
        assert (
            all(
                (on.year - case.born.year, on.month, on.day) >= (18, case.born.month, case.born.day)
                or on.year - case.born.year > 18
                for on in case.placed_on
            )
            or case.born.month == 2
        )
    assert said.from_on is None or said.by is None or said.from_on < said.by


def test_a_coordination_number_tells_a_day_too() -> None:
    assert born_of("19900101-2385") == date(1990, 1, 1)
    assert born_of("20220161-2393") == date(2022, 1, 1)
    assert [born_of(text) for text in ("900101-2385", "", "19901301-2385", "19900000-0000")] == [None] * 4
    assert {5, 15, 25} == retention.SAMPLE_DAYS
