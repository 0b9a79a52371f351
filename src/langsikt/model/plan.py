"""The plan of a case: what the record says, turned into the spans that continuity is reckoned from."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from langsikt.model.continuity import HOUSING, NeedState, Plan, Span, Stretch, gaps_ahead
from langsikt.model.facts import GRANTED
from langsikt.model.load import METHOD
from langsikt.model.state import State, Thing

DAY = timedelta(days=1)
SOCIAL = "social_support"
# Socialt stöd is one named continuing contact; talks and treatment alone are not (rules C5).
NO_CONTACT = frozenset({"support_talks", "trauma_treatment", "origo_support"})
# What an answer to "moved to" means for the home that follows (rules C3).
HOME_AFTER = {
    "own_lease": "covers",
    "student_flat": "covers",
    "sublet": "covers",
    "room": "covers",
    "friend": "temporary",
    "family": "neither",
}


def plan_of(state: State, horizon_days: int = 365) -> Plan:
    """The plan that the record of a case comes to on ``state.today``."""
    states = tuple(NeedState(need, to, on) for need, to, on in state.need_history)
    spans = (*_homes(state), *_supports(state), *_decided(state), *_planned(state))
    moves = tuple(sorted({d for t in state.placements for d in (t.from_on, t.ended_on) if d}))
    first = min([s.from_on for s in spans] + [s.from_on for s in states] + [state.today])
    closed_on = state.ended_on if state.closed else None
    return Plan(state.today, states, spans, moves, closed_on, first, horizon_days)


def needs_shown(state: State) -> list[str]:
    """The need areas of the plan: the three core needs first, then those that something is said of."""
    plan = plan_of(state)
    said = {s.need for s in plan.states if s.state != "not_assessed"} | {s.need for s in plan.spans}
    return [need.key for need in METHOD.needs.values() if need.core or need.key in said]


def gaps_of(state: State) -> list[Stretch]:
    """Counted gaps ahead over all needs, the earliest first; a case that is closed has none."""
    if state.closed or not state.is_case:
        return []
    plan = plan_of(state)
    found = [gap for need in METHOD.needs for gap in gaps_ahead(plan, need)]
    return sorted(found, key=lambda g: (g.from_on, g.need != HOUSING))


def supposing(state: State, thing_id: UUID, last_day: date) -> State:
    """The case as it would be if a running or planned support had another last day; nothing is stored."""

    def changed(thing: Thing) -> Thing:
        return replace(thing, planned_end_on=last_day) if thing.id == thing_id and thing.running else thing

    return replace(
        state,
        placements=tuple(changed(t) for t in state.placements),
        interventions=tuple(changed(t) for t in state.interventions),
        decisions=tuple(
            replace(d, planned_end_on=last_day) if _same_support(state, d, thing_id) else d for d in state.decisions
        ),
        planned={kind: changed(t) for kind, t in state.planned.items()},
    )


def _same_support(state: State, decision: Thing, thing_id: UUID) -> bool:
    """Whether a decision grants the support whose end is supposed to move."""
    return any(t.id == thing_id and t.kind == decision.kind for t in state.placements + state.interventions)


def _homes(state: State) -> Iterator[Span]:
    placements = sorted(state.placements, key=lambda t: t.from_on)
    for thing in placements:
        for need in METHOD.interventions[thing.kind].meets:
            yield _span(state, thing, need, "covers")
        after = _home_after(state, thing)
        if after:
            yield after


def _home_after(state: State, thing: Thing) -> Span | None:
    """The home that somebody moved to, until the record knows of the next."""
    covers = HOME_AFTER.get(thing.moved_to or "")
    if covers is None or thing.ended_on is None:
        return None
    begins = thing.ended_on + DAY
    later = [
        t.from_on for t in state.placements + state.interventions if t.from_on > thing.ended_on and _is_home(t.kind)
    ]
    if not later:
        confirmed = max(thing.ended_on, state.tonight_on or thing.ended_on, state.last_follow_up_on or thing.ended_on)
        return Span(HOUSING, str(thing.moved_to), "carried_out", begins, None, "unknown", covers, confirmed)
    if min(later) <= begins:
        return None
    return Span(HOUSING, str(thing.moved_to), "carried_out", begins, min(later) - DAY, "day", covers)


def _is_home(kind: str) -> bool:
    return METHOD.interventions[kind].covers_housing is not None


def _supports(state: State) -> Iterator[Span]:
    for thing in state.interventions:
        for need in thing.meets:
            yield _span(state, thing, need, _covers(thing, need))


def _covers(thing: Thing, need: str) -> str:
    if need == HOUSING:
        return METHOD.interventions[thing.kind].covers_housing or "no"
    if need == SOCIAL and thing.kind in NO_CONTACT:
        return "no"
    return "covers"


def _span(state: State, thing: Thing, need: str, covers: str) -> Span:
    """What is carried out: to its actual end, else to its planned one; a passed plan covers until today."""
    until, end = thing.ended_on, "day"
    if until is None and thing.planned_end_on is not None:
        until = max(thing.planned_end_on, state.today)
    if until is None:
        end = "unknown" if thing in state.placements else "further_notice"
    confirmed = max([d for d in (thing.from_on, state.last_follow_up_on, state.tonight_on) if d])
    return Span(need, thing.kind, "carried_out", thing.from_on, until, end, covers, confirmed, thing=str(thing.id))


def _decided(state: State) -> Iterator[Span]:
    """Granted decisions: they cover ahead of today, where nothing has begun yet (rules C2.1)."""
    for decision in state.decisions:
        insats = METHOD.interventions[decision.kind]
        if decision.outcome not in GRANTED or decision.for_child:
            continue
        end = "day" if decision.planned_end_on else "further_notice"
        for need in insats.meets:
            covers = (insats.covers_housing or "no") if need == HOUSING else "covers"
            if _begun(state, decision) and _stopped(state, decision):
                continue
            yield Span(need, decision.kind, "decided", decision.from_on, decision.planned_end_on, end, covers)


def _planned(state: State) -> Iterator[Span]:
    """What is agreed covers ahead; what is proposed or applied for names the gap (rules C2.1)."""
    for thing in state.planned.values():
        end = "day" if thing.planned_end_on else "further_notice"
        for need in thing.meets:
            covers = _covers(thing, need)
            yield Span(need, thing.kind, str(thing.outcome), thing.from_on, thing.planned_end_on, end, covers)


def _begun(state: State, decision: Thing) -> bool:
    return any(t.kind == decision.kind for t in state.placements + state.interventions)


def _stopped(state: State, decision: Thing) -> bool:
    """Whether what the decision granted has ended since: then the decision covers nothing more."""
    same = [t for t in state.placements + state.interventions if t.kind == decision.kind]
    return all(t.ended_on is not None and t.ended_on >= decision.from_on for t in same)
