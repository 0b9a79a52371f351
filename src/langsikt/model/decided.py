"""What a decision covers: from the day somebody can enter, to the earlier of its own end and the actual one (C2.2).

Only what is granted counts, and never a child's decision: it covers the child. Until a longer decision is signed
nothing is granted after the last day of the one that there is, however long the support was meant to go on.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from langsikt.model.competence import is_intervention, rests_on_decision
from langsikt.model.facts import GRANTED
from langsikt.model.load import METHOD
from langsikt.model.state import State, Thing

DAY = timedelta(days=1)


def granted(state: State, kind: str | None = None) -> Iterator[Thing]:
    """The decisions that grant something to the person, of one kind or of every kind."""
    for decision in state.decisions:
        if decision.outcome in GRANTED and not decision.for_child and kind in (None, decision.kind):
            yield decision


def last_decided(state: State, thing: Thing) -> date | None:
    """The last day that a support is decided for, when it rests on a decision; None where nothing limits it.

    Decisions that follow on each other, with at most one day between (C2.5), are one time.
    """
    known = sorted(granted(state, thing.kind), key=lambda d: d.from_on) if rests_on_decision(thing) else []
    reached: date | None = None
    for decision in known:
        begun = decision.from_on <= max(state.today, thing.from_on)
        if not begun and (reached is None or decision.from_on > reached + 2 * DAY):
            break
        if decision.planned_end_on is None:
            return None
        reached = max(reached or decision.planned_end_on, decision.planned_end_on)
    return reached


def begun(state: State, decision: Thing) -> bool:
    """Whether what a decision grants has begun."""
    return any(t.kind == decision.kind for t in state.placements + state.interventions)


def stopped(state: State, decision: Thing) -> bool:
    """Whether what the decision granted has ended since: then the decision covers nothing more."""
    same = [t for t in state.placements + state.interventions if t.kind == decision.kind]
    return bool(same) and all(t.ended_on is not None and t.ended_on >= decision.from_on for t in same)


def entered_on(state: State, decision: Thing) -> date | None:
    """The first day on which a decision can cover: its own, or for a home the day on which one can move in.

    That is the day agreed with whoever gives the home. None when nobody can enter: a place has been asked for and
    none given, or the decided day has gone by and nobody has moved in.
    """
    if not _is_home(decision.kind) or begun(state, decision):
        return decision.from_on
    agreed = state.planned.get(decision.kind)
    if agreed is not None and agreed.outcome == "agreed":
        return max(decision.from_on, agreed.from_on)
    asked = state.place_requested and METHOD.interventions[decision.kind].placement
    return None if asked or decision.from_on < state.today else decision.from_on


def _is_home(kind: str) -> bool:
    return METHOD.interventions[kind].covers_housing is not None and is_intervention(kind)
