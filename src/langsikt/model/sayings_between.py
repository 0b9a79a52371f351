"""What the events between the steps say of a case: talks, family, goals, waits, responsibility, calls after closure."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from langsikt.model.state import (
    FamilyContact,
    Goal,
    Happening,
    Milestone,
    Missing,
    Offer,
    Reason,
    Referral,
    Responsible,
    State,
    Whereabouts,
    replace,
)

# The ladder of contact with the family: what counts is a step up, not a level (rules B2.3).
LADDER = ("none", "occasional", "secret", "regular", "moved_home")
ACCEPTED_BY_ITSELF = ("team", "person")


def move(state: State, on: date) -> State:
    """A move is a reason to review the risk (R4)."""
    return because(state, "move", on)


def because(state: State, kind: str, on: date) -> State:
    """One more reason in the one open risk review (rules B2.2)."""
    return replace(state, risk_reasons=(*state.risk_reasons, Reason(kind, on)))


def family(state: State, h: Happening) -> State:
    """How much contact there is with the family; a step up or worry starts a safety plan and a risk review."""
    f, on = cast(Any, h.facts), h.happened_at.date()
    now = FamilyContact(f["family_contact"], on, bool(f.get("family_worry")))
    before = state.family[-1].level if state.family else None
    state = replace(state, family=(*state.family, now))
    if f.get("next_contact_on"):
        state = replace(state, next_contact_on=f["next_contact_on"])
    if not (now.worry or steps_up(before, now.level)):
        return state
    return because(replace(state, safety_plan_since=on), "family_contact", on)


def steps_up(before: str | None, level: str) -> bool:
    """Whether the contact has grown; the first level that is written down is no step, save a move home."""
    if before is None:
        return level == "moved_home"
    return LADDER.index(level) > LADDER.index(before)


def scored(state: State, which: object, level: int | None, status: str | None, on: date) -> State:
    """Where a goal stands now; what is not said stays as it was."""

    def changed(goal: Goal) -> Goal:
        if goal.id != which:
            return goal
        said = goal if level is None else replace(goal, level=level, scored_on=on)
        return replace(said, status=status or said.status)

    return replace(state, goals=tuple(changed(goal) for goal in state.goals))


def _confirmed(state: State, h: Happening) -> State:
    if state.risk is None:
        return state
    f = cast(Any, h.facts)
    risk = replace(state.risk, confirmed_on=f["assessed_on"], next_review_on=f["next_review_on"])
    return replace(state, risk=risk, risk_reasons=())


def _risk_reason(state: State, h: Happening) -> State:
    return because(state, str(h.facts["risk_reason"]), h.happened_at.date())


def _safety_plan(state: State, h: Happening) -> State:
    contact = cast(Any, h.facts).get("next_contact_on")
    return replace(state, safety_plan_on=h.happened_at.date(), safety_plan_since=None, next_contact_on=contact)


def _missing(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    since = state.missing.since if state.missing else h.happened_at
    steps = (state.missing.steps if state.missing else frozenset()) | frozenset(f.get("missing_steps") or ())
    return replace(state, missing=Missing(f["missing_kind"], since, steps))


def _found(state: State, h: Happening) -> State:
    return replace(state, missing=None)


def _check_in(state: State, h: Happening) -> State:
    """A check-in; with a new worker it is the first meeting, or settles it (R10)."""
    f = cast(Any, h.facts)
    talked = replace(state, check_ins=state.check_ins + 1, wellbeing=f.get("wellbeing"), call=None)
    talked = _met(talked, h.happened_at.date())
    return replace(talked, next_contact_on=f.get("next_contact_on"), acute_ending_on=None)


def _met(state: State, on: date) -> State:
    """The new worker and the person have met, on the day agreed or on any day where none was."""
    since = state.first_meeting_on or (state.workers[-1][1] if state.workers else None)
    if since is None or on < since:
        return state
    return replace(state, hand_over_missing=False, first_meeting_on=None)


def _goal(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    goal = Goal(h.id, f["goal_need"], f["goal_status"], h.happened_at.date())
    return replace(state, goals=(*state.goals, goal))


def _score(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    level = int(f["goal_level"]) if f.get("goal_level") else None
    return scored(state, f.get("goal"), level, f.get("goal_status"), h.happened_at.date())


def _ordered(state: State, h: Happening) -> State:
    """The person's own order: one goal comes before another, or last; all others stay in their places (R9)."""
    which, before = (h.facts.get(name) for name in ("goal", "goal_before"))
    moved = [goal for goal in state.goals if goal.id == which]
    others = [goal for goal in state.goals if goal.id != which]
    place = next((number for number, goal in enumerate(others) if goal.id == before), len(others))
    return replace(state, goals=(*others[:place], *moved, *others[place:]))


def _skills(state: State, h: Happening) -> State:
    said = cast(Any, h.facts).get("skills") or {}
    return replace(state, skills={**state.skills, **said}, skills_on=h.happened_at.date())


def _milestone(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    added = Milestone(h.id, f["milestone_kind"], f["milestone_on"], f.get("planned_contact_on"))
    others = (m for m in state.milestones if m.kind != added.kind or not m.month_only)
    return replace(state, milestones=(*others, added))


def _referral(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    return replace(state, referrals=(*state.referrals, Referral(h.id, f["referral_to"], f["sent_on"])))


def _referral_answer(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    said = {"outcome": f["referral_outcome"], "answered_on": f["answered_on"]}
    referrals = tuple(replace(r, **said) if r.id == f["referral"] else r for r in state.referrals)
    return replace(state, referrals=referrals)


def _offer(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    offer = Offer(h.id, f["home_kind"], f["answer_by_on"], f.get("economy_answer_on"))
    return replace(state, offers=(*state.offers, offer))


def _offer_answer(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    offers = tuple(replace(o, answer=f["offer_answer"]) if o.id == f["offer"] else o for o in state.offers)
    return replace(state, offers=offers)


def _responsible(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    accepted = bool(f.get("accepted")) or f["responsible_unit"] in ACCEPTED_BY_ITSELF
    said = Responsible(
        f["responsible_area"], f["responsible_unit"], h.happened_at.date(), accepted, f.get("next_action_on")
    )
    return replace(state, responsible={**state.responsible, said.area: said})


def _assigned(state: State, h: Happening) -> State:
    """Who has the case. The same worker again (a new stand-in, or the first meeting settled) is no change of worker."""
    f = cast(Any, h.facts)
    worker, meeting = f["case_worker"], f.get("first_meeting_on")
    if state.workers and state.workers[-1][0] == worker:
        kept = state.first_meeting_on if meeting is None else meeting
        return replace(state, hand_over_missing=state.hand_over_missing and meeting is None, first_meeting_on=kept)
    workers = (*state.workers, (worker, h.happened_at.date()))
    return replace(state, workers=workers, hand_over_missing=meeting is None, first_meeting_on=meeting)


def _handed_to_team(state: State, h: Happening) -> State:
    """The duty service names the first worker of the team: no change of worker, since it is the first."""
    worker = cast(Any, h.facts).get("case_worker")
    return replace(state, workers=(*state.workers, (worker, h.happened_at.date()))) if worker else state


def _called(state: State, h: Happening) -> State:
    return replace(state, calls=(*state.calls, (h.happened_at.date(), str(h.facts["call_reached"]))))


def _question(state: State, h: Happening) -> State:
    return replace(state, questions_after=state.questions_after + 1)


def _outside_note(state: State, h: Happening) -> State:
    return replace(state, outside_note=(h.seq, h.happened_at.date()))


def _network(state: State, h: Happening) -> State:
    return replace(state, network=(*state.network, h.id))


def _whereabouts(state: State, h: Happening) -> State:
    """A detail that can reveal; what it replaces no longer holds from that day."""
    f, on = cast(Any, h.facts), h.happened_at.date()
    new = Whereabouts(h.id, f["whereabouts_kind"], f.get("from_on") or on, f.get("until_on"))
    kept = _no_longer(state, f.get("replaces"), new.from_on)
    return replace(kept, whereabouts=(*kept.whereabouts, new))


def _whereabouts_ended(state: State, h: Happening) -> State:
    f = cast(Any, h.facts)
    return _no_longer(state, f["whereabouts"], f["ended_on"])


def _no_longer(state: State, which: object, on: date) -> State:
    known = tuple(replace(w, ended_on=on) if w.id == which else w for w in state.whereabouts)
    return replace(state, whereabouts=known)


BETWEEN: dict[str, Callable[[State, Happening], State]] = {
    "confirm_risk_assessment": _confirmed,
    "report_risk_assessment_reason": _risk_reason,
    "record_family_contact": family,
    "write_safety_plan": _safety_plan,
    "report_missing_person": _missing,
    "record_person_found": _found,
    "check_in": _check_in,
    "set_goal": _goal,
    "score_goal": _score,
    "order_goals": _ordered,
    "record_skills": _skills,
    "add_milestone": _milestone,
    "send_referral": _referral,
    "record_referral_answer": _referral_answer,
    "receive_offer": _offer,
    "answer_offer": _offer_answer,
    "name_responsible_unit": _responsible,
    "add_network_person": _network,
    "receive_note": _outside_note,
    "assign_case": _assigned,
    "hand_over_to_team": _handed_to_team,
    "call_after_closure": _called,
    "count_question_after_closure": _question,
    "record_whereabouts": _whereabouts,
    "end_whereabouts": _whereabouts_ended,
}
