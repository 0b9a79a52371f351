"""The fold: from what has happened to where a case stands."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from langsikt.model.facts import FACTS
from langsikt.model.load import METHOD
from langsikt.model.method import Effect
from langsikt.model.state import Happening, Risk, State, StepState, Thing

STEPS = tuple(key for key, step in METHOD.steps.items() if step.number)


def fold(happenings: Sequence[Happening], today: date) -> State:
    """Where the case stands on ``today``, read over ``happened_at`` (design, idea 3).

    A correction takes the place of what it corrects; the order is that of what happened,
    and of recording where two things happened at the same moment.
    """
    state = beginning(today)
    for happening in ordered(happenings):
        state = step_forward(state, happening)
    return state


def beginning(today: date) -> State:
    """The state before anything has happened."""
    return State(today=today, steps={key: StepState() for key in STEPS})


def ordered(happenings: Sequence[Happening]) -> list[Happening]:
    """The happenings in the order in which they are to be read.

    That is the order of what happened, with three limits that keep a late or corrected date
    from turning the record inside out: nothing comes before what it speaks of, an ending or a
    reopening comes after all that was recorded before it, and what was recorded after it, after.
    """
    moments: dict[UUID, datetime] = {}
    floor: datetime | None = None
    kept = sorted(effective(happenings), key=lambda h: h.seq)
    for h in kept:
        spoken_of = [moments[ref] for ref in _references(h) if ref in moments]
        moment = max([h.happened_at, *spoken_of, *([floor] if floor else [])])
        if _turns(h):
            floor = moment = max([moment, *moments.values()])
        moments[h.id] = moment
    return sorted(kept, key=lambda h: (moments[h.id], h.seq))


def _references(h: Happening) -> list[UUID]:
    named = [h.facts.get(field) for field in ("placement", "running_support", "decision", "ended_support")]
    outcomes = cast(dict[UUID, object], h.facts.get("support_outcomes") or {})
    return [ref for ref in named if isinstance(ref, UUID)] + list(outcomes)


def _turns(h: Happening) -> bool:
    return h.name == "reopen_case" or any(effect.ends for effect in METHOD.events[h.name].effects)


def effective(happenings: Sequence[Happening]) -> list[Happening]:
    """The happenings as they are to be read: the latest correction stands in for what it corrects."""
    kept = {h.id: h for h in happenings if h.corrects is None}
    for correction in sorted((h for h in happenings if h.corrects), key=lambda h: h.seq):
        original = kept.get(cast(Any, correction.corrects))
        if original is None:
            continue
        if correction.facts.get("never_happened"):
            del kept[original.id]
        else:
            kept[original.id] = replace(original, happened_at=correction.happened_at, facts=correction.facts)
    return list(kept.values())


def step_forward(state: State, happening: Happening) -> State:
    """The state after one more happening: first what it says, then what it does to the steps."""
    rule = METHOD.events[happening.name]
    say = SAYS.get(happening.name)
    state = replace(_common(state, happening), events=state.events + 1)
    if say:
        state = say(state, happening)
    for effect in rule.effects:
        if effect.fact is None or FACTS[effect.fact](state, happening.facts):
            state = _apply(state, effect, happening)
    return state


def _common(state: State, h: Happening) -> State:
    """What any event may say: where the person sleeps tonight, age, children."""
    facts = h.facts
    changes: dict[str, Any] = {}
    if facts.get("tonight"):
        changes |= {"tonight": facts["tonight"], "tonight_on": h.happened_at.date()}
    if facts.get("age_band"):
        changes["age_band"] = facts["age_band"]
    if facts.get("children_at_home"):
        changes["children"] = facts["children_at_home"] == "yes"
    if h.name in ("receive_contact", "follow_up", "write_note", "reopen_case", "record_safe_contact"):
        changes["last_contact_on"] = h.happened_at.date()
    return replace(state, **changes)


def _apply(state: State, effect: Effect, h: Happening) -> State:
    steps = dict(state.steps)
    on, turn = h.happened_at.date(), state.round
    for key in effect.completes:
        if steps[key].is_open:
            steps[key] = StepState("done", on, turn)
    for key in effect.skips:
        if _untouched(steps[key], turn):
            steps[key] = StepState("not_applicable", on, turn)
    for key in effect.opens:
        if _untouched(steps[key], turn):
            steps[key] = _reopened(steps[key], on, turn)
    for key in effect.reopens:
        steps[key] = _reopened(steps[key], on, turn)
    state = replace(state, steps=steps)
    return _end(state, effect.ends, h) if effect.ends else state


def _untouched(step: StepState, turn: int) -> bool:
    """Whether nothing has happened in the step since the case was opened, or last reopened."""
    return not step.is_open and (step.status in ("not_started", "not_applicable") or step.round < turn)


def _reopened(step: StepState, on: date, turn: int) -> StepState:
    if step.is_open:
        return step
    return StepState("reopened" if step.status == "done" else "open", on, turn)


def _end(state: State, ends: str, h: Happening) -> State:
    """A contact or a case ends; a reopened contact that leads nowhere closes the case again."""
    steps = dict(state.steps)
    on = h.happened_at.date()
    which = ("contact",) if ends == "contact" else STEPS
    for key in which:
        if steps[key].is_open:
            steps[key] = StepState("done", on, state.round)
    if any(step.is_open for step in steps.values()):
        return replace(state, steps=steps)
    ending = state.ending if ends == "contact" and state.ending else h.name
    return replace(state, steps=steps, closed=True, ending=ending, ended_on=on, closure_request=None)


# What each event says, apart from its effect on the steps.


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
    needs = {**state.needs, **(facts.get("core_need_states") or {}), **(facts.get("other_need_states") or {})}
    return replace(state, needs=needs, needs_on=facts["assessed_on"])


def _needs_after(state: State, h: Happening) -> State:
    facts = cast(Any, h.facts)
    return replace(_needs(state, h), needs_after_on=facts["assessed_on"], home_after=facts.get("home_after"))


def _decision(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    thing = Thing(
        h.id, f["intervention"], f["from_on"], f.get("until_on"), outcome=f["outcome"], served_on=f.get("served_on"),
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
    thing = Thing(h.id, kind, f["first_night_on"], f.get("planned_end_on"), place=f.get("place"))
    return replace(state, placements=(*state.placements, thing), place_requested=False)


def _extended(state: State, h: Happening) -> State:
    end = cast(Any, h.facts).get("planned_end_on")
    return replace(state, placements=_change(state.placements, h.facts.get("placement"), planned_end_on=end, more=1))


def _placement_ended(state: State, h: Happening) -> State:
    changes = {"ended_on": h.facts.get("ended_on"), "day_after": h.facts.get("day_after")}
    return replace(state, placements=_change(state.placements, h.facts.get("placement"), **changes))


def _intervention(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    meets = tuple(f.get("meets_needs") or METHOD.interventions[f["intervention"]].meets)
    thing = Thing(h.id, f["intervention"], f["started_on"], f.get("planned_end_on"), meets=meets)
    return replace(state, interventions=(*state.interventions, thing))


def _intervention_ended(state: State, h: Happening) -> State:
    changes = {"ended_on": h.facts.get("ended_on"), "day_after": h.facts.get("day_after")}
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
    "end_intervention": _intervention_ended,
    "answer_day_after": _day_after,
    "follow_up": _follow_up,
    "decline_support": _declined,
    "ask_to_close": _ask_to_close,
}
