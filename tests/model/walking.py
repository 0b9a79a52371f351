"""Random walks over the pure rules: what a case can live through, one allowed event at a time."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from langsikt.model import rules
from langsikt.model.fold import step_forward
from langsikt.model.rules import Around, Happening, State, fold
from langsikt.model.state import Thing
from tests.model.oracle import as_corrected
from tests.model.states import FACTS, identity

Facts = dict[str, object]
START = date(2025, 1, 7)
WEIGHTS = {
    "receive_contact": 40, "open_investigation": 80, "decline_investigation": 0.9, "give_advice": 2.5,
    "hand_over_contact": 1.8, "hand_over_to_team": 12, "answer_acute_safety": 3, "assess_risk": 10,
    "assess_needs": 5, "record_person": 3, "record_safe_contact": 3, "conclude_investigation": 60,
    "issue_decision": 16, "serve_decision": 5, "hand_over_economy": 6, "record_economy_answer": 14,
    "renew_decision": 3, "request_place": 10, "start_placement": 30, "extend_placement": 12,
    "end_placement": 60, "assess_needs_after": 30, "start_intervention": 8, "end_intervention": 40,
    "follow_up": 20, "reassess_needs": 4, "decline_support": 3, "close_case": 80, "ask_to_close": 50,
    "sign_closure": 120, "record_death": 0.5, "void_case": 0.6, "transfer_case": 0.7, "reopen_case": 20,
    "write_note": 2, "plan_support": 4, "answer_day_after": 14, "assign_case": 6, "exclude_staff": 2, "correct": 12,
    "confirm_risk_assessment": 3, "report_risk_assessment_reason": 2, "draft_decision": 4, "sign_decision": 12,
    "end_placement_acutely": 6, "add_milestone": 2, "send_referral": 3, "record_referral_answer": 6, "receive_offer": 3,
    "answer_offer": 6, "check_in": 3, "set_goal": 3, "score_goal": 4, "order_goals": 10, "record_skills": 2,
    "call_after_closure": 12, "count_question_after_closure": 4, "record_family_contact": 3,
    "write_safety_plan": 2, "report_missing_person": 2,
    "record_person_found": 8, "name_responsible_unit": 2, "send_back_decision": 8, "send_back_closure": 40,
    "answer_coordinated_plan": 2, "declare_conflict_of_interest": 1,
    "add_network_person": 2, "change_network_role": 6, "book_interpreter": 2, "receive_note": 1,
    "record_whereabouts": 3, "end_whereabouts": 8,
}  # fmt: skip
EVENTS = tuple(WEIGHTS)
RELATIONS = ("case_worker",) * 6 + ("unit_manager",) * 3 + ("duty_service",) * 2 + ("stand_in", "housing_coordinator")
FINAL = ("give_advice", "decline_investigation", "hand_over_contact", "receive_contact", "record_death", "void_case")
HOMES = ("own_lease", "student_flat", "sublet", "transitional", "unknown")
KINDS = ("shelter_flat", "shelter_collective", "emergency_flat")
GRANTS = (
    "shelter_flat", "shelter_flat", "shelter_flat", "shelter_collective", "emergency_flat", "transitional_flat",
    "housing_support", "contact_person", "supported_housing", "family_work",
)  # fmt: skip
SUPPORTS = ("volunteer_contact", "housing_support", "housing_guide", "contact_person", "supported_housing")


@dataclass
class Walk:
    """One case being lived through; ``said`` counts every answer, accepted or refused."""

    rng: random.Random
    age: str = "21_plus"
    today: date = START
    told: list[Happening] = field(default_factory=list)
    state: State = field(default_factory=lambda: fold([], START))
    handed_over: bool = False
    said: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def moment(self) -> datetime:
        """Now: eight o'clock and a minute for each happening so far."""
        return datetime.combine(self.today, time(8), UTC) + timedelta(minutes=len(self.told))

    @property
    def accepted(self) -> int:
        """How many events have been accepted."""
        return len(self.told)

    def pick(self, *choices: str) -> str:
        """One of the choices, at random."""
        return self.rng.choice(choices)

    def next_id(self) -> UUID:
        """An id for the next happening."""
        return UUID(int=self.rng.getrandbits(128), version=4)


def relation(walk: Walk, wished: str) -> str:
    """The relation that the person has now: the coordinator and the duty service have it for a time only."""
    if wished == "housing_coordinator" and not walk.state.place_requested:
        return "none"
    if wished == "duty_service" and walk.handed_over:
        return "none"
    return wished


def attempt(walk: Walk, event: str, who: str, facts: Facts | None = None) -> bool:
    """Try one event; tell it when it is allowed and nothing stops it."""
    said = rules.answer(walk.state, event, relation(walk, who))
    if said == "done":
        facts = submission(walk, event) if facts is None else facts
        said = refusal(walk, event, facts) or "done"
    walk.said[event, said] += 1
    if said != "done" or facts is None:
        return False
    tell(walk, event, facts)
    return True


def refusal(walk: Walk, event: str, facts: Facts) -> str | None:
    """A signature that these facts ask for, or a hard stop."""
    if event == "close_case" and rules.signature_needed(walk.state, facts):
        return "right"
    return "stop" if rules.stops(walk.state, event, facts, around(walk, event, facts)) else None


def around(walk: Walk, event: str, facts: Facts) -> Around:
    """The circumstances of an attempt: mostly kind, now and then not."""
    rng = walk.rng
    holds = event != "correct" or rules.closures_hold([*walk.told, correction(walk, facts)], walk.today)
    deciders = ("case_worker", "unit_manager") if rng.random() < 0.9 else ("housing_coordinator",)
    return Around(
        today=walk.today, district="*", age_band=walk.age, place_free=rng.random() < 0.9, closure_holds=holds,
        decider_roles=frozenset(deciders), whereabouts_found=rng.random() < 0.05, workers_left=rng.random() < 0.9,
    )  # fmt: skip


def tell(walk: Walk, event: str, facts: Facts) -> None:
    """Write the happening down and read the case again."""
    if event == "correct":
        walk.told.append(correction(walk, facts))
        walk.state = fold(walk.told, walk.today)
    else:
        now = walk.moment
        walk.told.append(Happening(walk.next_id(), len(walk.told) + 1, event, now, now, facts))
        walk.state = step_forward(replace(walk.state, today=walk.today), walk.told[-1])
    if event == "hand_over_to_team":
        walk.handed_over = True


def correction(walk: Walk, facts: Facts) -> Happening:
    """A correction: the happening that stands in for the one it corrects."""
    original = next(h for h in walk.told if h.id == facts["corrects"])
    rest = {key: value for key, value in facts.items() if key not in ("corrects", "correction_reason")}
    seq = len(walk.told) + 1
    return Happening(identity(f"c{seq}"), seq, original.name, original.happened_at, walk.moment, rest, original.id)


def wander(seed: int) -> Walk:
    """One random walk of up to 14–45 accepted events, a few days between them."""
    rng = random.Random(seed)
    walk = Walk(rng, age=rng.choice(("21_plus",) * 14 + ("18_20", "18_20", "18_20", "unknown", "unknown", "under_18")))
    longest = rng.randint(14, 45)
    weights = list(WEIGHTS.values())
    for _ in range(longest * 60):
        event = rng.choices(EVENTS, weights)[0]
        if attempt(walk, event, rng.choice(RELATIONS)):
            if walk.accepted >= longest or (walk.state.closed and walk.state.ending in FINAL):
                break
            _wait(walk, rng.choice((0, 0, 1, 3, 7, 12)))
    return walk


def _wait(walk: Walk, days: int) -> None:
    walk.today += timedelta(days=days)
    walk.state = replace(walk.state, today=walk.today)


# --- what is written in the form ---------------------------------------------------------------


def submission(walk: Walk, event: str) -> Facts:
    """The facts of one submission: what must be answered, at random where there is a choice."""
    made = MAKERS.get(event)
    return made(walk) if made else {k: _today(walk, v) for k, v in FACTS[event].items()}


def _today(walk: Walk, value: object) -> object:
    if isinstance(value, str) and value.startswith("day:"):
        return walk.today + timedelta(days=int(value[4:]))
    if isinstance(value, str) and value.startswith("moment:"):
        return walk.moment
    return identity(value) if isinstance(value, str) and value.startswith("staff:") else value


def _contact(walk: Walk) -> Facts:
    alone = walk.age == "under_18" and walk.rng.random() < 0.2
    facts: Facts = {"happened_at": walk.moment, "contact_source": "origo", "age_band": walk.age}
    return {**facts, "alone": True} if alone else facts


def _opened(walk: Walk) -> Facts:
    return {"opened_on": walk.today, "investigation_ground": "application", "acute": walk.rng.random() < 0.25}


def _risk(walk: Walk) -> Facts:
    facts = {"assessed_on": walk.today, "risk_method": "patriark", "next_review_on": walk.today + timedelta(days=60)}
    return {
        **facts,
        "risk_level": walk.pick("low", "low", "medium", "high"),
        "imminent": walk.pick("no", "no", "no", "yes"),
    }


def _needs(walk: Walk) -> Facts:
    states = {area: walk.pick("need", "no_need_now", "manages") for area in ("housing", "occupation", "social_support")}
    return {"assessed_on": walk.today, "core_need_states": states}


def _needs_after(walk: Walk) -> Facts:
    back = walk.today - timedelta(days=walk.rng.choice((0, 0, 0, 1)))
    return {**_needs(walk), "assessed_on": back, "home_after": walk.pick(*HOMES)}


def _conclusion(walk: Walk) -> Facts:
    path = walk.pick("shelter", "shelter", "shelter", "without_shelter", "without_shelter", "no_support")
    return {"concluded_on": walk.today, "next_path": path}


def _decision(walk: Walk) -> Facts:
    rng, child = walk.rng, walk.rng.random() < 0.08
    facts: Facts = {
        "intervention": walk.pick(*GRANTS), "outcome": walk.pick("granted", "granted", "granted", "partly_granted", "refused"),  # noqa: E501
        "legal_ground": "sol_11_1", "decided_on": walk.today, "from_on": walk.today, "reasons": "Skäl.",
        "decider": identity("staff:manager"), "delegation_point": "4.1",
    }  # fmt: skip
    period: Facts = {"until_on": walk.today + timedelta(days=rng.randint(10, 60))}
    if not child and rng.random() < 0.5:
        period = {"until_further_notice": True}
    if rng.random() < 0.03:
        del facts["legal_ground"]
    together = child or walk.age == "under_18"
    return {**facts, **period, "for_child": child, "with_guardian": together and rng.random() < 0.8}


def _placed(walk: Walk) -> Facts:
    facts = {"place": identity("place:a"), "place_kind": walk.pick(*KINDS), "first_night_on": walk.today}
    return {**facts, "decided_by": walk.pick("decision", "oral", "without"), "with_guardian": walk.age == "under_18"}


def _extended(walk: Walk) -> Facts:
    return {"placement": _some(walk, walk.state.running_placements), "planned_end_on": walk.today + timedelta(days=14)}


def _placement_ended(walk: Walk) -> Facts:
    back = walk.today - timedelta(days=walk.rng.choice((0, 0, 0, 0, 1)))
    facts = {"placement": _some(walk, walk.state.running_placements), "ended_on": back, "ended_by": "planned"}
    day_after = walk.pick("successor", "manages", "not_yet", "")
    return {**facts, "moved_to": walk.pick("own_lease", "other_shelter", "friend", "unknown"), "day_after": day_after}


def _supported(walk: Walk) -> Facts:
    facts = {"intervention": walk.pick(*SUPPORTS), "started_on": walk.today}
    return {**facts, "decided_by": walk.pick("decision", "oral", "without")}


def _planned(walk: Walk) -> Facts:
    facts = {"intervention": walk.pick(*SUPPORTS), "from_on": walk.today + timedelta(days=walk.rng.randint(1, 60))}
    return {**facts, "plan_status": walk.pick("agreed", "applied", "proposed", "withdrawn")}


def _support_ended(walk: Walk) -> Facts:
    ended = {"running_support": _some(walk, walk.state.running_interventions), "ended_on": walk.today}
    return {**ended, "day_after": walk.pick("manages", "successor", "")}


def _followed_up(walk: Walk) -> Facts:
    running = walk.state.running
    until = walk.today + timedelta(days=60)
    outcomes = {t.id: (walk.pick("extend", "change", "end"), until) for t in running}
    return {
        "held_on": walk.today,
        "support_outcomes": outcomes,
        "still_needed": walk.pick("yes", "no"),
        "not_asked": True,
    }


def _closing(walk: Walk) -> Facts:
    reason = walk.pick("goal_met", "goal_met", "goal_partly_met", "person_ends", "no_need")
    return {
        "closed_on": walk.today,
        "closure_reason": reason,
        "heard": walk.pick("heard", "heard", "heard", "not_reached"),
        "way_back": "given",
        "calls_agreed": walk.pick("phone", "through_association", "person_calls", "no"),
    }


def _drafted(walk: Walk) -> Facts:
    facts: Facts = {"intervention": walk.pick(*GRANTS), "outcome": "granted", "from_on": walk.today}
    return {**facts, "until_on": walk.today + timedelta(days=walk.rng.randint(10, 90))}


def _signed(walk: Walk) -> Facts:
    """The signature with what the draft says."""
    draft = walk.rng.choice(list(walk.state.drafts.values()))
    facts: Facts = {
        "decision_draft": draft.id, "intervention": draft.kind, "outcome": draft.outcome, "from_on": draft.from_on,
        "until_on": draft.planned_end_on, "legal_ground": "sol_11_1", "decided_on": walk.today, "reasons": "Skäl.",
        "decider": identity("staff:worker"), "delegation_point": "4.1",
    }  # fmt: skip
    return {**facts, "with_guardian": walk.age == "under_18"}


def _ended_acutely(walk: Walk) -> Facts:
    placement = _some(walk, walk.state.running_placements)
    facts: Facts = {"placement": placement, "last_day_on": walk.today + timedelta(days=walk.rng.choice((0, 0, 1)))}
    facts["moved_to"] = walk.pick("friend", "unknown", "own_lease")
    return {**facts, "tonight": "unsafe", "call_at": walk.moment} if walk.rng.random() < 0.5 else facts


def _referred(walk: Walk) -> Facts:
    to = walk.pick("psychiatry", "primary_care", "housing_queue", "economy_unit")
    return {"sent_on": walk.today, "referral_to": to}


def _referral_answered(walk: Walk) -> Facts:
    referral = walk.rng.choice(walk.state.waits).id
    outcome = walk.pick("accepted", "refused", "queue", "withdrawn")
    return {"referral": referral, "answered_on": walk.today, "referral_outcome": outcome}


def _offer_answered(walk: Walk) -> Facts:
    offer = walk.rng.choice(walk.state.open_offers).id
    return {"offer": offer, "answered_on": walk.today, "offer_answer": walk.pick("accepted", "rent", "danger")}


def _whereabouts_ended(walk: Walk) -> Facts:
    return {"whereabouts": walk.rng.choice(walk.state.current_whereabouts).id, "ended_on": walk.today}


def _goal_scored(walk: Walk) -> Facts:
    goal = walk.rng.choice(walk.state.goals).id
    facts: Facts = {"goal": goal, "goal_status": walk.pick("not_begun", "under_way", "paused", "reached")}
    return {**facts, "goal_level": walk.pick("-2", "-1", "0", "1", "2")}


def _goal_moved(walk: Walk) -> Facts:
    goal, other = walk.rng.sample([goal.id for goal in walk.state.goals], 2)
    return {"goal": goal, "goal_before": other} if walk.rng.random() < 0.7 else {"goal": goal}


def _role_changed(walk: Walk) -> Facts:
    return {"network_person": walk.rng.choice(walk.state.network), "network_role": walk.pick("risk", "support", "both")}


def _family(walk: Walk) -> Facts:
    level = walk.pick("none", "occasional", "secret", "regular", "moved_home")
    return {"happened_on": walk.today, "family_contact": level, "family_worry": walk.rng.random() < 0.2}


def _corrected(walk: Walk) -> Facts:
    """Somebody takes back what never happened, or changes a date: whatever closing cares for, and more."""
    loose = (
        "assess_needs_after",
        "end_placement",
        "assess_risk",
        "assess_needs",
        "write_note",
        "follow_up",
        "start_placement",
    )
    told = as_corrected(walk.told)
    spoken_of = {value for _, _, facts in told for value in facts.values() if isinstance(value, UUID)}
    able = [(key, name, facts) for key, name, facts in told if name in loose and key not in spoken_of]
    if not able:
        return {"corrects": told[0][0], "contact_source": "school", **told[0][2]}
    key, _, facts = walk.rng.choice(able)
    if walk.rng.random() < 0.5:
        return {"corrects": key, "never_happened": True, **{k: v for k, v in facts.items() if k == "placement"}}
    moved = {
        k: v - timedelta(days=1) for k, v in facts.items() if k in ("ended_on", "assessed_on") and isinstance(v, date)
    }
    later = {k: v + timedelta(days=2) for k, v in moved.items()}
    return {"corrects": key, **facts, **(later if walk.rng.random() < 0.5 else moved)}


def _served(walk: Walk) -> Facts:
    return {"decision": _some(walk, walk.state.decisions), "served_on": walk.today}


def _sent_back(walk: Walk) -> Facts:
    return {"decision_draft": _some(walk, tuple(walk.state.drafts.values())), "send_back_line": "Skriv om skälen."}


def _answered(walk: Walk) -> Facts:
    return {"ended_support": _some(walk, walk.state.debts), "day_after": walk.pick("manages", "successor", "not_yet")}


def _some(walk: Walk, things: Sequence[Thing]) -> UUID:
    return walk.rng.choice(things).id


MAKERS: dict[str, Callable[[Walk], Facts]] = {
    "receive_contact": _contact, "open_investigation": _opened, "assess_risk": _risk, "assess_needs": _needs,
    "assess_needs_after": _needs_after, "conclude_investigation": _conclusion, "issue_decision": _decision,
    "serve_decision": _served, "start_placement": _placed, "extend_placement": _extended,
    "end_placement": _placement_ended, "start_intervention": _supported, "end_intervention": _support_ended,
    "follow_up": _followed_up, "close_case": _closing, "ask_to_close": _closing, "correct": _corrected,
    "answer_day_after": _answered, "plan_support": _planned, "draft_decision": _drafted, "sign_decision": _signed,
    "end_placement_acutely": _ended_acutely, "send_referral": _referred, "record_referral_answer": _referral_answered,
    "answer_offer": _offer_answered, "score_goal": _goal_scored, "order_goals": _goal_moved,
    "record_family_contact": _family, "send_back_decision": _sent_back,
    "change_network_role": _role_changed, "end_whereabouts": _whereabouts_ended,
}  # fmt: skip
