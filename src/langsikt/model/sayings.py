"""What each event of the steps says of a case, apart from its effect on them: one small function per event."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast

from langsikt.model.competence import rests_on_decision
from langsikt.model.load import METHOD
from langsikt.model.of_age import AGES, coming_of_age
from langsikt.model.sayings_between import BETWEEN, family, move, scored
from langsikt.model.shift import moving_after
from langsikt.model.state import Call, Happening, Risk, SentBack, State, Thing, replace

CLOSURE = "closure"
"""Among what was sent back: no insats, the closure itself."""


def _receive(state: State, h: Happening) -> State:
    return replace(state, received_at=h.happened_at, do_not_contact=bool(h.facts.get("do_not_contact")))


def _reopen(state: State, h: Happening) -> State:
    fresh = replace(state, round=state.round + 1, closed=False, declined_on=None, closure_request=None)
    fresh = replace(fresh, calls_agreed=None, calls=(), sent_back={})
    return replace(fresh, still_needed=True, received_at=h.happened_at)


def _open_investigation(state: State, h: Happening) -> State:
    return replace(state, is_case=True, closed=False, acute=bool(h.facts.get("acute")))


def _person(state: State, h: Happening) -> State:
    months = {kind: h.facts.get(f"{kind}_in") for kind in AGES}
    state = replace(state, has_person=True)
    known = {kind: cast(date, month) for kind, month in months.items() if month}
    return coming_of_age(state, known, h.happened_at.date(), h.id) if known else state


def _safe_contact(state: State, h: Happening) -> State:
    never = cast(tuple[str, ...], tuple(cast(Any, h.facts.get("never") or ())))
    watched = bool(h.facts.get("maybe_watched"))
    return replace(state, never=never, maybe_watched=watched, verified_on=cast(Any, h.facts.get("verified_on")))


def _acute(state: State, h: Happening) -> State:
    return replace(state, acute_answered_on=h.happened_at.date())


def _risk(state: State, h: Happening) -> State:
    """A full assessment settles every reason for a review that was gathered until then (rules B2.2)."""
    f = cast(Any, h.facts)
    imminent, method = f["imminent"] == "yes", f.get("risk_method")
    risk = Risk(f["assessed_on"], f["risk_level"], imminent, f.get("next_review_on"), method=method)
    return replace(state, risk=risk, risk_history=(*state.risk_history, risk), risk_reasons=())


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
    drafts = {kind: draft for kind, draft in state.drafts.items() if kind != thing.kind}
    settled = _settled(replace(state, decisions=(*state.decisions, thing), drafts=drafts), thing.kind)
    return _carried_on(settled, thing)


def _carried_on(state: State, decision: Thing) -> State:
    """A granted decision carries the support that runs on to its own last day."""
    until = decision.planned_end_on
    if decision.outcome not in ("granted", "partly_granted") or decision.for_child or until is None:
        return state
    for thing in state.placements + state.interventions:
        ends = thing.planned_end_on
        if thing.running and thing.kind == decision.kind and ends is not None and ends < until:
            state = _longer(state, thing.id, until)
    return state


def _drafted(state: State, h: Happening) -> State:
    """A draft of a decision; the latest about an insats takes the place of an earlier one."""
    f = cast(Any, h.facts)
    draft = Thing(h.id, f["intervention"], f["from_on"], f.get("until_on"), outcome=f["outcome"])
    return _settled(replace(state, drafts={**state.drafts, draft.kind: draft}), draft.kind)


def _draft_sent_back(state: State, h: Happening) -> State:
    """The draft waits for no signature any more: it is the worker's again."""
    sent = next((d for d in state.drafts.values() if d.id == h.facts.get("decision_draft")), None)
    if sent is None:
        return state
    drafts = {kind: draft for kind, draft in state.drafts.items() if draft.id != sent.id}
    back = SentBack(h.id, h.happened_at.date(), sent.id)
    return replace(state, drafts=drafts, sent_back={**state.sent_back, sent.kind: back})


def _closure_sent_back(state: State, h: Happening) -> State:
    back = SentBack(h.id, h.happened_at.date())
    return replace(state, closure_request=None, sent_back={**state.sent_back, CLOSURE: back})


def _settled(state: State, kind: str) -> State:
    """What was sent back has been written anew, or decided."""
    return replace(state, sent_back={key: back for key, back in state.sent_back.items() if key != kind})


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
    first, last = f["first_night_on"], f.get("planned_end_on")
    thing = Thing(h.id, kind, first, last, place=place, decided_by=by, periods=((first, last),))
    moved = move(_begun(state, kind), first)
    return replace(moved, placements=(*state.placements, thing), place_requested=False)


def _extended(state: State, h: Happening) -> State:
    which, until = h.facts.get("placement"), cast(Any, h.facts).get("planned_end_on")
    before = next((t for t in state.placements if t.id == which), None)
    state = _longer(state, which, until)
    return moving_after(state, before.planned_end_on, until) if before and h.facts.get("move_after") else state


def _placement_ended(state: State, h: Happening) -> State:
    f, ended_on = cast(Any, h.facts), cast(Any, h.facts).get("ended_on")
    changes: dict[str, Any] = {"ended_on": ended_on, "moved_to": f.get("moved_to"), **_after(f)}
    state = replace(state, placements=_change(state.placements, f.get("placement"), **changes))
    return move(state, ended_on) if ended_on else state


def _after(f: Any) -> dict[str, Any]:
    """What is said of the day after: an answer given earlier stands until a new one takes its place."""
    said = {"day_after": f.get("day_after"), "meeting_on": f.get("first_meeting_on")}
    return {name: value for name, value in said.items() if value}


def _ended_acutely(state: State, h: Happening) -> State:
    """A last night that has come ends the placement; one that lies ahead is its new end (R2)."""
    f = cast(Any, h.facts)
    last, changes = f["last_day_on"], _after(f)
    changes |= {"ended_on": last, "moved_to": f.get("moved_to")} if last <= h.happened_at.date() else {}
    changes |= {} if "ended_on" in changes else {"planned_end_on": last}
    state = replace(state, placements=_change(state.placements, f.get("placement"), **changes))
    if not f.get("tonight"):
        state = replace(state, tonight="unknown", tonight_on=h.happened_at.date())
    call = Call(f.get("call_by"), f["call_at"]) if f.get("call_at") else None
    state = replace(state, call=call, acute_ending_on=None if call else h.happened_at.date())
    return move(state, last) if "ended_on" in changes else state


def _intervention(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    meets = tuple(f.get("meets_needs") or METHOD.interventions[f["intervention"]].meets)
    by = f.get("decided_by")
    first, last = f["started_on"], f.get("planned_end_on")
    thing = Thing(h.id, f["intervention"], first, last, meets=meets, decided_by=by, periods=((first, last),))
    return replace(_begun(state, thing.kind), interventions=(*state.interventions, thing))


def _planned(state: State, h: Happening) -> State:
    """What is planned: the latest word about each kind of support; ``withdrawn`` takes it away."""
    f = cast(Any, h.facts)
    kind, meets = f["intervention"], tuple(f.get("meets_needs") or METHOD.interventions[f["intervention"]].meets)
    others = {k: thing for k, thing in state.planned.items() if k != kind}
    if f["plan_status"] == "withdrawn":
        return replace(state, planned=others)
    thing, before = Thing(h.id, kind, f["from_on"], f.get("until_on"), outcome=f["plan_status"], meets=meets), state
    state = replace(state, planned={**others, kind: thing})
    if not f.get("move_after") or kind not in before.planned:
        return state
    return moving_after(state, before.planned[kind].planned_end_on, thing.planned_end_on, but=kind)


def _begun(state: State, kind: str) -> State:
    """What has begun is no longer planned."""
    return replace(state, planned={k: thing for k, thing in state.planned.items() if k != kind})


def _intervention_ended(state: State, h: Happening) -> State:
    changes: dict[str, Any] = {"ended_on": h.facts.get("ended_on"), **_after(h.facts)}
    return replace(state, interventions=_change(state.interventions, h.facts.get("running_support"), **changes))


def _day_after(state: State, h: Happening) -> State:
    which, said = h.facts.get("ended_support"), _after(h.facts)
    placements = _change(state.placements, which, **said)
    return replace(state, placements=placements, interventions=_change(state.interventions, which, **said))


def _follow_up(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    for which, outcome in (f.get("support_outcomes") or {}).items():
        state = _outcome(state, which, *outcome)
    for which, (level, status) in (f.get("goal_scores") or {}).items():
        state = scored(state, which, level, status, h.happened_at.date())
    if f.get("family_contact"):
        state = family(state, h)
    on = h.happened_at.date()
    counts: dict[str, Any] = {"follow_ups": state.follow_ups + 1, "last_follow_up_on": on, "call": None}
    counts |= {"follow_up_days": (*state.follow_up_days, on), "acute_ending_on": None}
    counts |= {"verified_on": on} if f.get("safe_contact_confirmed") else {}
    needed = f.get("still_needed") != "no"
    return replace(state, **counts, next_follow_up_on=f.get("next_on"), still_needed=needed)


def _outcome(
    state: State, which: object, outcome: str, until: date | None, day_after: str | None = None, *_: object
) -> State:
    """Extend, change or end: a new last day, and what applies the day after it.

    Where the support rests on a decision a longer time comes with the decision, not before it is signed.
    """
    thing = next((t for t in state.placements + state.interventions if t.id == which), None)
    if until and outcome != "end" and thing is not None and rests_on_decision(thing):
        until = None
    if until and outcome == "extend":
        state = _longer(state, which, until)
    elif until:
        changes = {"planned_end_on": until}
        placements = _change(state.placements, which, **changes)
        state = replace(state, placements=placements, interventions=_change(state.interventions, which, **changes))
    if day_after:
        placements = _change(state.placements, which, day_after=day_after)
        interventions = _change(state.interventions, which, day_after=day_after)
        state = replace(state, placements=placements, interventions=interventions)
    return state


def _longer(state: State, which: object, until: date) -> State:
    """A support goes on to a later day: one more period in its row."""

    def longer(thing: Thing) -> Thing:
        if thing.id != which or thing.planned_end_on == until:
            return thing
        began = thing.planned_end_on + timedelta(days=1) if thing.planned_end_on else thing.from_on
        periods = (*thing.periods, (began, until))
        more = thing.times_extended + 1
        return replace(thing, planned_end_on=until, times_extended=more, periods=periods)

    placements = tuple(longer(t) for t in state.placements)
    return replace(state, placements=placements, interventions=tuple(longer(t) for t in state.interventions))


def _declined(state: State, h: Happening) -> State:
    return replace(state, declined_on=h.happened_at.date())


def _ask_to_close(state: State, h: Happening) -> State:
    asked = _closed(state, h)
    asked = _settled(asked, CLOSURE)
    return replace(asked, closure_request=h.id, closure_reason=cast(Any, h.facts.get("closure_reason")))


def _closed(state: State, h: Happening) -> State:
    agreed = cast(Any, h.facts).get("calls_agreed") or state.calls_agreed
    return replace(state, calls_agreed=agreed)


def _change(things: tuple[Thing, ...], which: object, **changes: Any) -> tuple[Thing, ...]:
    return tuple(replace(thing, **changes) if thing.id == which else thing for thing in things)


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
    "draft_decision": _drafted,
    "sign_decision": _decision,
    "send_back_decision": _draft_sent_back,
    "send_back_closure": _closure_sent_back,
    "serve_decision": _served,
    "hand_over_economy": _economy_asked,
    "record_economy_answer": _economy_answer,
    "request_place": _place_requested,
    "start_placement": _placement,
    "extend_placement": _extended,
    "end_placement": _placement_ended,
    "end_placement_acutely": _ended_acutely,
    "start_intervention": _intervention,
    "plan_support": _planned,
    "end_intervention": _intervention_ended,
    "answer_day_after": _day_after,
    "follow_up": _follow_up,
    "decline_support": _declined,
    "ask_to_close": _ask_to_close,
    "close_case": _closed,
    **BETWEEN,
}
