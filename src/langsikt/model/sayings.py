"""What each event says of a case, apart from its effect on the steps: one small function per event."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from langsikt.model.load import METHOD
from langsikt.model.state import Happening, Risk, State, Thing


def _receive(state: State, h: Happening) -> State:
    return replace(state, received_at=h.happened_at, do_not_contact=bool(h.facts.get("do_not_contact")))


def _reopen(state: State, h: Happening) -> State:
    fresh = replace(state, round=state.round + 1, closed=False, declined_on=None, closure_request=None)
    return replace(fresh, still_needed=True, received_at=h.happened_at)


def _open_investigation(state: State, h: Happening) -> State:
    return replace(state, is_case=True, closed=False, acute=bool(h.facts.get("acute")))


def _person(state: State, h: Happening) -> State:
    return replace(state, has_person=True)


def _safe_contact(state: State, h: Happening) -> State:
    never = cast(tuple[str, ...], tuple(cast(Any, h.facts.get("never") or ())))
    watched = bool(h.facts.get("maybe_watched"))
    return replace(state, never=never, maybe_watched=watched, verified_on=cast(Any, h.facts.get("verified_on")))


def _acute(state: State, h: Happening) -> State:
    return replace(state, acute_answered_on=h.happened_at.date())


def _risk(state: State, h: Happening) -> State:
    facts = cast(Any, h.facts)
    risk = Risk(facts["assessed_on"], facts["risk_level"], facts["imminent"] == "yes", facts.get("next_review_on"))
    return replace(state, risk=risk)


def _needs(state: State, h: Happening) -> State:
    facts = cast(Any, h.facts)
    on = facts["assessed_on"]
    said = {**(facts.get("core_need_states") or {}), **(facts.get("other_need_states") or {})}
    history = (*state.need_history, *((need, to, on) for need, to in said.items()))
    return replace(state, needs={**state.needs, **said}, needs_on=on, need_history=history)


def _needs_after(state: State, h: Happening) -> State:
    facts = cast(Any, h.facts)
    return replace(_needs(state, h), needs_after_on=facts["assessed_on"], home_after=facts.get("home_after"))


def _decision(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    thing = Thing(
        h.id,
        f["intervention"],
        f["from_on"],
        f.get("until_on"),
        outcome=f["outcome"],
        served_on=f.get("served_on"),
        for_child=bool(f.get("for_child")),
    )
    return replace(state, decisions=(*state.decisions, thing))


def _served(state: State, h: Happening) -> State:
    served = cast(Any, h.facts).get("served_on")
    return replace(state, decisions=_change(state.decisions, h.facts.get("decision"), served_on=served))


def _economy_asked(state: State, h: Happening) -> State:
    return replace(state, economy_asked_on=h.happened_at.date(), economy_waiting=True)


def _economy_answer(state: State, h: Happening) -> State:
    return replace(state, economy_waiting=False)


def _place_requested(state: State, h: Happening) -> State:
    return replace(state, place_requested=True)


def _placement(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    kind = f.get("place_kind") or "shelter_flat"
    place, by = f.get("place"), f.get("decided_by")
    thing = Thing(h.id, kind, f["first_night_on"], f.get("planned_end_on"), place=place, decided_by=by)
    return replace(_begun(state, kind), placements=(*state.placements, thing), place_requested=False)


def _extended(state: State, h: Happening) -> State:
    end = cast(Any, h.facts).get("planned_end_on")
    return replace(state, placements=_change(state.placements, h.facts.get("placement"), planned_end_on=end, more=1))


def _placement_ended(state: State, h: Happening) -> State:
    changes: dict[str, Any] = {name: h.facts.get(name) for name in ("ended_on", "day_after", "moved_to")}
    return replace(state, placements=_change(state.placements, h.facts.get("placement"), **changes))


def _intervention(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    meets = tuple(f.get("meets_needs") or METHOD.interventions[f["intervention"]].meets)
    by = f.get("decided_by")
    thing = Thing(h.id, f["intervention"], f["started_on"], f.get("planned_end_on"), meets=meets, decided_by=by)
    return replace(_begun(state, thing.kind), interventions=(*state.interventions, thing))


def _planned(state: State, h: Happening) -> State:
    """What is planned: the latest word about each kind of support; ``withdrawn`` takes it away."""
    f = cast(Any, h.facts)
    kind, meets = f["intervention"], tuple(f.get("meets_needs") or METHOD.interventions[f["intervention"]].meets)
    others = {k: thing for k, thing in state.planned.items() if k != kind}
    if f["plan_status"] == "withdrawn":
        return replace(state, planned=others)
    thing = Thing(h.id, kind, f["from_on"], f.get("until_on"), outcome=f["plan_status"], meets=meets)
    return replace(state, planned={**others, kind: thing})


def _begun(state: State, kind: str) -> State:
    """What has begun is no longer planned."""
    return replace(state, planned={k: thing for k, thing in state.planned.items() if k != kind})


def _intervention_ended(state: State, h: Happening) -> State:
    changes: dict[str, Any] = {"ended_on": h.facts.get("ended_on"), "day_after": h.facts.get("day_after")}
    return replace(state, interventions=_change(state.interventions, h.facts.get("running_support"), **changes))


def _day_after(state: State, h: Happening) -> State:
    which, answer = h.facts.get("ended_support"), h.facts.get("day_after")
    placements = _change(state.placements, which, day_after=answer)
    return replace(state, placements=placements, interventions=_change(state.interventions, which, day_after=answer))


def _follow_up(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    for which, (outcome, until) in (f.get("support_outcomes") or {}).items():
        if until and outcome in ("extend", "change", "end"):
            more = int(outcome == "extend")
            placements = _change(state.placements, which, planned_end_on=until, more=more)
            interventions = _change(state.interventions, which, planned_end_on=until, more=more)
            state = replace(state, placements=placements, interventions=interventions)
    needed = f.get("still_needed") != "no"
    counts = {"follow_ups": state.follow_ups + 1, "last_follow_up_on": h.happened_at.date()}
    return replace(state, **cast(Any, counts), next_follow_up_on=f.get("next_on"), still_needed=needed)


def _declined(state: State, h: Happening) -> State:
    return replace(state, declined_on=h.happened_at.date())


def _ask_to_close(state: State, h: Happening) -> State:
    return replace(state, closure_request=h.id, closure_reason=cast(Any, h.facts.get("closure_reason")))


def _change(things: tuple[Thing, ...], which: object, more: int = 0, **changes: Any) -> tuple[Thing, ...]:
    def changed(thing: Thing) -> Thing:
        return replace(thing, times_extended=thing.times_extended + more, **changes) if thing.id == which else thing

    return tuple(changed(thing) for thing in things)


SAYS: dict[str, Callable[[State, Happening], State]] = {
    "receive_contact": _receive,
    "reopen_case": _reopen,
    "open_investigation": _open_investigation,
    "record_person": _person,
    "record_safe_contact": _safe_contact,
    "answer_acute_safety": _acute,
    "assess_risk": _risk,
    "assess_needs": _needs,
    "assess_needs_after": _needs_after,
    "issue_decision": _decision,
    "serve_decision": _served,
    "hand_over_economy": _economy_asked,
    "record_economy_answer": _economy_answer,
    "request_place": _place_requested,
    "start_placement": _placement,
    "extend_placement": _extended,
    "end_placement": _placement_ended,
    "start_intervention": _intervention,
    "plan_support": _planned,
    "end_intervention": _intervention_ended,
    "answer_day_after": _day_after,
    "follow_up": _follow_up,
    "decline_support": _declined,
    "ask_to_close": _ask_to_close,
}
