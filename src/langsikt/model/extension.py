"""What the next extension of a support should last: the row it continues, and an end taken from the plan."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from langsikt.model.continuity import Chain, Span, chains
from langsikt.model.decided import begun, entered_on, granted
from langsikt.model.load import METHOD
from langsikt.model.months import months_after
from langsikt.model.state import State, Thing, replace
from langsikt.model.texts import Text
from langsikt.model.why import day_in_words

DAY = timedelta(days=1)
SHORT_DAYS = 31
DEFAULT_MONTHS = 3
THIRD = 3
Period = tuple[date, date]
# Milestones that a support may reach to; a trial or a school break is nothing that it ends with.
REACHED = ("turns_18", "turns_21", "studies_end", "lease_end", "other")

UNTIL_NEXT = Text("Dagen innan {what} börjar, {day}.", "The day before {what} begins, {day}.")
UNTIL_POINT = Text("Till milstolpen {what}, {day}.", "Until the milestone {what}, {day}.")
NOTHING_AHEAD = Text(
    "Tre månader, för planen har inget senare datum att räcka till.",
    "Three months, since the plan holds no later date to reach.",
)
IN_A_ROW = Text(
    "{said} Det blir kort förlängning nummer {n} i rad.", "{said} It would be short extension number {n} in a row."
)


class Point(NamedTuple):
    """A day in the plan that a support may reach to: a milestone, by its name."""

    on: date
    name: Text


@dataclass(frozen=True)
class Suggestion:
    """A proposed last day, and in words why just that day."""

    on: date
    reason: Text


def periods_of(state: State, thing: Thing) -> tuple[Period, ...]:
    """The periods that a support has been agreed for, the first included, in the order they were agreed.

    Where several decisions of the kind tell more than the support itself, they are the periods.
    An open end is no period.
    """
    own = tuple((first, last) for first, last in thing.periods if last)
    if not own and thing.planned_end_on:
        own = ((thing.from_on, thing.planned_end_on),)
    decided = [(d.from_on, d.planned_end_on) for d in granted(state, thing.kind) if d.planned_end_on]
    return tuple(sorted(decided)) if len(decided) > len(own) else own


def points_of(state: State) -> tuple[Point, ...]:
    """The milestones of the case that a support may reach to."""
    return tuple(Point(m.on, milestone_name(m.kind)) for m in state.milestones if m.kind in REACHED)


def milestone_name(kind: str) -> Text:
    """What a kind of milestone is called."""
    return next(o.text for o in METHOD.fields["milestone_kind"].options if o.value == kind)


def chain_of(periods: Sequence[Period]) -> Chain | None:
    """How many periods in a row reach the latest end, how long they are together, and the median length.

    None when there is none. At most one day may lie between two of them (rules C2.5).

    >>> from datetime import date
    >>> chain_of([(date(2026, 1, 1), date(2026, 1, 14)), (date(2026, 1, 15), date(2026, 1, 28))])
    Chain(kind='', number=2, total_days=28, median_days=14.0)
    """
    row = _last_row(periods)
    if not row:
        return None
    return chains(Span("", "", "carried_out", first, last) for first, last in row)[0]


def short_again(periods: Sequence[Period], new_end: date) -> bool:
    """Whether an extension until ``new_end`` would be the third short one in a row, or later.

    Then a reason is asked for, as a chip; it never stops anybody (``ux.md`` R1). Short is 31 days or less.
    The first period is no extension. A day that is no later than today's end is none either.
    """
    row = _last_row(periods)
    if not row or not DAY <= new_end - row[-1][1] <= SHORT_DAYS * DAY:
        return False
    return _short_so_far(periods) + 1 >= THIRD


def suggested_end(state: State, thing: Thing, milestones: Sequence[Point]) -> Suggestion:
    """The last day to propose when a support is extended, and why (``ux.md`` R1).

    The day before the next support or home for the same need begins, if it is decided or agreed; else the next
    milestone; else three months. Each is later than both today and the present end. From the third short
    extension in a row the reason says so.
    """
    base = max(thing.planned_end_on or state.today, state.today)
    found = _until_next(state, thing, base) or _until_point(milestones, base)
    found = found or Suggestion(months_after(base, DEFAULT_MONTHS), NOTHING_AHEAD)
    periods = periods_of(state, thing)
    if not short_again(periods, found.on):
        return found
    number = _short_so_far(periods) + 1
    return Suggestion(found.on, IN_A_ROW.filled(said=found.reason, n=number))


def _last_row(periods: Sequence[Period]) -> list[Period]:
    """The periods that follow on each other up to the latest end; one that ends before it begins is none."""
    row: list[Period] = []
    for first, last in sorted(p for p in periods if p[0] <= p[1]):
        if row and first > max(end for _, end in row) + 2 * DAY:
            row = []
        row.append((first, last))
    return sorted(row, key=lambda p: (p[1], p[0]))


def _short_so_far(periods: Sequence[Period]) -> int:
    """How many of the latest extensions in a row added no more than 31 days each."""
    row, count = _last_row(periods), 0
    for (_, before), (_, last) in reversed(list(itertools.pairwise(row))):
        if (last - before).days > SHORT_DAYS:
            break
        count += 1
    return count


def _until_next(state: State, thing: Thing, base: date) -> Suggestion | None:
    """The day before what takes over in one of the needs that the support meets."""
    needs = needs_met(thing)
    ahead = [t for t in _to_come(state) if t.id != thing.id and t.from_on - DAY > base and needs & needs_met(t)]
    following = min(ahead, key=lambda t: t.from_on, default=None)
    if following is None:
        return None
    name = METHOD.interventions[following.kind].name
    what = Text(name.sv.lower(), name.en.lower())
    return Suggestion(following.from_on - DAY, UNTIL_NEXT.filled(what=what, day=day_in_words(following.from_on)))


def needs_met(thing: Thing) -> set[str]:
    """The needs that a support meets: those ticked in its task, else the usual ones (rules B1.12)."""
    return set(thing.meets or METHOD.interventions[thing.kind].meets)


def _to_come(state: State) -> Iterator[Thing]:
    """What is agreed, and what is granted, has not begun and can be entered (rules C2.1–2)."""
    yield from state.agreed
    for decision in granted(state):
        entered = None if begun(state, decision) else entered_on(state, decision)
        if entered:
            yield replace(decision, from_on=entered)


def _until_point(milestones: Sequence[Point], base: date) -> Suggestion | None:
    following = min((p for p in milestones if p.on > base), key=lambda p: p.on, default=None)
    if following is None:
        return None
    return Suggestion(following.on, UNTIL_POINT.filled(what=following.name, day=day_in_words(following.on)))
