"""*Flytta allt efter*: when one support gets another last day, what is planned after it moves by as many days."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from langsikt.model.state import State, Thing, replace


def moved_after(planned: Mapping[str, Thing], last: date | None, to: date | None, but: str = "") -> dict[str, Thing]:
    """What is planned, with everything that begins after ``last`` moved by the days from ``last`` to ``to``.

    Both its days move, so that each support keeps its length. Nothing moves where either day is open. ``but`` is
    the kind that is being moved itself. What is decided does not move: that takes a decision.
    """
    if last is None or to is None:
        return dict(planned)
    by = to - last
    return {
        kind: _moved(thing, by) if kind != but and thing.from_on > last else thing for kind, thing in planned.items()
    }


def moving_after(state: State, last: date | None, to: date | None, but: str = "") -> State:
    """The case with everything planned after ``last`` moved along."""
    return replace(state, planned=moved_after(state.planned, last, to, but))


def moved_with(state: State, last_days: Mapping[UUID, date | None]) -> dict[str, Thing]:
    """What is planned and gets other days when running supports get the last days given: by kind, on its new days.

    Where several supports get another last day, it is the one that was to end last that the rest comes after.
    """
    changed = [(t.planned_end_on, t.kind, last_days.get(t.id)) for t in state.running]
    known = [(last, kind, to) for last, kind, to in changed if last and to and last != to]
    if not known:
        return {}
    last, kind, to = max(known)
    moved = moved_after(state.planned, last, to, but=kind)
    return {key: thing for key, thing in moved.items() if thing != state.planned[key]}


def plans_after(state: State) -> bool:
    """Whether anything is planned after the last day of a support that runs, so that it could move along."""
    ends = [t.planned_end_on for t in state.running if t.planned_end_on]
    return any(thing.from_on > end for thing in state.planned.values() for end in ends)


def _moved(thing: Thing, by: timedelta) -> Thing:
    last = thing.planned_end_on + by if thing.planned_end_on else None
    return replace(thing, from_on=thing.from_on + by, planned_end_on=last)
