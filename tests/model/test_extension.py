"""Holds the suggested end of an extension against examples reckoned by hand, and against what must always hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langsikt.model.extension import (
    Period,
    Point,
    chain_of,
    periods_of,
    points_of,
    short_again,
    suggested_end,
)
from langsikt.model.months import months_after
from langsikt.model.state import Milestone, State, Thing
from langsikt.model.texts import Text

TODAY = date(2026, 3, 12)
DAY = timedelta(days=1)
STUDIES = Point(date(2026, 6, 5), Text("Studierna slutar", "Studies end"))


def placed(end: date | None, kind: str = "shelter_flat") -> Thing:
    return Thing(UUID(int=1), kind, date(2026, 1, 20), end)


def agreed(kind: str, from_on: date, outcome: str = "agreed") -> dict[str, Thing]:
    return {kind: Thing(UUID(int=2), kind, from_on, None, outcome=outcome)}


def fortnights(number: int, first: date = date(2026, 1, 20)) -> list[Period]:
    """So many periods of fourteen days, one after another."""
    starts = [first + 14 * n * DAY for n in range(number)]
    return [(start, start + 13 * DAY) for start in starts]


def granted(periods: Sequence[Period], kind: str = "shelter_flat") -> tuple[Thing, ...]:
    return tuple(Thing(UUID(int=10 + n), kind, a, b, outcome="granted") for n, (a, b) in enumerate(periods))


# --- the row ---------------------------------------------------------------------------------------


def test_four_fortnights_in_a_row() -> None:
    chain = chain_of(fortnights(4))
    assert chain is not None
    assert (chain.number, chain.total_days, chain.median_days) == (4, 56, 14)


def test_only_the_row_that_reaches_the_latest_end_counts() -> None:
    # 20 Jan–2 Feb and 3–16 Feb; then eight days of nothing; then 25 Feb–10 Mar and 11–31 Mar: 14 + 21 days
    periods = [*fortnights(2), (date(2026, 2, 25), date(2026, 3, 10)), (date(2026, 3, 11), date(2026, 3, 31))]
    chain = chain_of(periods)
    assert chain is not None
    assert (chain.number, chain.total_days, chain.median_days) == (2, 35, 17.5)


def test_nothing_agreed_is_no_row() -> None:
    assert chain_of([]) is None
    assert chain_of([(date(2026, 3, 2), date(2026, 3, 1))]) is None


def test_the_decisions_tell_the_periods_when_they_are_more() -> None:
    thing = placed(date(2026, 3, 16))
    state = State(TODAY, {}, placements=(thing,), decisions=granted(fortnights(4)))
    assert list(periods_of(state, thing)) == fortnights(4)
    assert periods_of(State(TODAY, {}), thing) == ((date(2026, 1, 20), date(2026, 3, 16)),)
    assert periods_of(State(TODAY, {}), placed(None)) == ()


def test_a_refusal_and_a_childs_decision_are_no_periods() -> None:
    thing, (one, *_) = placed(date(2026, 2, 2)), fortnights(1)
    refused = Thing(UUID(int=20), thing.kind, one[0], one[1], outcome="refused")
    of_child = Thing(UUID(int=21), thing.kind, one[0], one[1], outcome="granted", for_child=True)
    state = State(TODAY, {}, decisions=(refused, of_child, refused))
    assert periods_of(state, thing) == ((date(2026, 1, 20), date(2026, 2, 2)),)


# --- short again -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("periods", "days_more", "asked"),
    [
        (fortnights(1), 14, False),  # the first extension
        (fortnights(2), 14, False),  # the second
        (fortnights(3), 14, True),  # the third
        (fortnights(4), 14, True),
        (fortnights(3), 31, True),
        (fortnights(3), 32, False),
        (fortnights(3), 0, False),  # no extension at all
        (fortnights(3), -5, False),
        # a long first period is no extension: two short ones so far
        ([(date(2025, 10, 1), date(2026, 1, 19)), *fortnights(2)], 14, True),
        # the latest extension was long: the row of short ones begins anew
        ([*fortnights(3), (date(2026, 3, 3), date(2026, 5, 31))], 14, False),
        # a hole of more than a day: a new row
        ([*fortnights(3), (date(2026, 3, 10), date(2026, 3, 20))], 14, False),
        ([], 14, False),
    ],
)
def test_a_reason_is_asked_for_from_the_third_short_one(periods: list[Period], days_more: int, asked: bool) -> None:
    last = max((end for _, end in periods), default=TODAY)
    assert short_again(periods, last + days_more * DAY) is asked


# --- the proposed end ------------------------------------------------------------------------------


def test_until_the_day_before_the_next_home() -> None:
    thing = placed(date(2026, 4, 30))
    state = State(TODAY, {}, placements=(thing,), planned=agreed("transitional_flat", date(2026, 6, 15)))
    found = suggested_end(state, thing, [STUDIES])
    assert found.on == date(2026, 6, 14)
    assert found.reason.sv == "Dagen innan genomgångsbostad börjar, 15 juni 2026."


def test_a_granted_home_is_as_good_as_an_agreed_one() -> None:
    thing = placed(date(2026, 4, 30))
    home = granted([(date(2026, 6, 1), date(2027, 5, 31))], "transitional_housing")
    assert suggested_end(State(TODAY, {}, decisions=home), thing, []).on == date(2026, 5, 31)


@pytest.mark.parametrize("outcome", ["proposed", "applied"])
def test_what_is_only_hoped_for_ties_nothing(outcome: str) -> None:
    thing = placed(date(2026, 4, 30))
    state = State(TODAY, {}, planned=agreed("transitional_flat", date(2026, 6, 15), outcome))
    assert suggested_end(state, thing, [STUDIES]).on == STUDIES.on


def test_another_need_ties_nothing() -> None:
    thing = placed(date(2026, 4, 30))
    state = State(TODAY, {}, planned=agreed("budget_advice", date(2026, 6, 15)))
    assert suggested_end(state, thing, []).on == date(2026, 7, 30)


def test_else_to_the_next_milestone() -> None:
    found = suggested_end(
        State(TODAY, {}), placed(date(2026, 4, 30)), [STUDIES, Point(date(2026, 4, 30), Text("", ""))]
    )
    assert found.on == date(2026, 6, 5)
    assert found.reason.sv == "Till milstolpen Studierna slutar, 5 juni 2026."


def test_only_what_a_support_can_end_with_is_reached_for() -> None:
    kinds = ("studies_end", "trial", "school_break", "holiday", "turns_21")
    stones = tuple(Milestone(UUID(int=n), kind, date(2026, 6, 1 + n)) for n, kind in enumerate(kinds))
    points = points_of(State(TODAY, {}, milestones=stones))
    assert [(p.on, p.name.sv) for p in points] == [
        (date(2026, 6, 1), "Studierna slutar"),
        (date(2026, 6, 5), "Fyller 21"),
    ]


def test_the_periods_of_the_support_itself() -> None:
    agreed_ends = (*fortnights(3), (date(2026, 3, 3), None))
    thing = replace(placed(date(2026, 3, 2)), periods=agreed_ends)
    assert list(periods_of(State(TODAY, {}), thing)) == fortnights(3)


def test_else_three_months_and_never_from_a_day_that_has_passed() -> None:
    assert suggested_end(State(TODAY, {}), placed(date(2026, 11, 30)), []).on == date(2027, 2, 28)
    assert suggested_end(State(TODAY, {}), placed(date(2026, 2, 1)), []).on == date(2026, 6, 12)
    assert suggested_end(State(TODAY, {}), placed(None), []).on == date(2026, 6, 12)
    assert suggested_end(State(TODAY, {}), placed(None), []).reason.sv.startswith("Tre månader")


def test_when_even_the_plan_is_near_the_reason_says_that_it_is_short_again() -> None:
    # three fortnights until 2 March were two extensions; the home begins on 20 March
    thing = placed(date(2026, 3, 2))
    planned = agreed("transitional_flat", date(2026, 3, 20))
    state = State(TODAY, {}, placements=(thing,), decisions=granted(fortnights(3)), planned=planned)
    found = suggested_end(state, thing, [])
    assert found.on == date(2026, 3, 19)
    assert found.reason.sv.endswith("Det blir kort förlängning nummer 3 i rad.")


# --- what must always hold -------------------------------------------------------------------------

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
rows = st.lists(st.tuples(days, st.integers(0, 200)).map(lambda p: (p[0], p[0] + p[1] * DAY)), max_size=8)
points = st.lists(st.builds(Point, days, st.just(Text("x", "x"))), max_size=5)


@given(days, st.none() | days, st.none() | days, points, rows)
def test_the_proposed_end_is_later_and_has_its_reason(
    today: date, end: date | None, home: date | None, milestones: list[Point], periods: list[Period]
) -> None:
    thing = placed(end)
    planned = agreed("transitional_flat", home) if home else {}
    state = State(today, {}, placements=(thing,), planned=planned, decisions=granted(periods))
    found = suggested_end(state, thing, milestones)
    base = max(end or today, today)
    assert found.on > base
    assert found.reason.sv and found.reason.en
    if home and home - DAY > base:
        assert found.on == home - DAY
    elif any(p.on > base for p in milestones):
        assert found.on == min(p.on for p in milestones if p.on > base)


@given(rows)
def test_a_row_counts_each_day_once(periods: list[Period]) -> None:
    chain = chain_of(periods)
    covered = {first + n * DAY for first, last in periods for n in range((last - first).days + 1)}
    assert (chain is None) == (not periods)
    if chain:
        assert 1 <= chain.number <= len(periods)
        assert chain.total_days <= len(covered)


@given(rows, days)
def test_a_longer_extension_is_never_asked_about_sooner(periods: list[Period], new_end: date) -> None:
    if short_again(periods, new_end):
        last = max(end for _, end in periods)
        assert DAY <= new_end - last <= 31 * DAY
        assert len(periods) >= 3
        assert not short_again(periods, last + 32 * DAY)


@given(days, st.integers(0, 60))
def test_months_keep_the_day_or_the_last_of_the_month(day: date, months: int) -> None:
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + DAY).day == 1)
