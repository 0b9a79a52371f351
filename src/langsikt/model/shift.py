"""*Flytta allt efter*: when one support gets another last day, what is planned after it moves by as many days."""

from collections.abc import Mapping
from datetime import date, timedelta

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


def _moved(thing: Thing, by: timedelta) -> Thing:
    last = thing.planned_end_on + by if thing.planned_end_on else None
    return replace(thing, from_on=thing.from_on + by, planned_end_on=last)
