"""The named facts that ``steps.toml`` speaks of, each a pure function; their names are the vocabulary."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from langsikt.model import vocabulary
from langsikt.model.competence import always_decision, competent, is_intervention, young_need_decision
from langsikt.model.risk_review import full_assessment
from langsikt.model.sayings_between import steps_up
from langsikt.model.state import Around, Facts, State, Thing
from langsikt.model.workdays import next_working_day

SHELTER = ("shelter_collective", "shelter_flat")
GRANTED = ("granted", "partly_granted")
CARE = ("psychiatry", "child_psychiatry", "primary_care")

# --- facts of an event: what it does to the steps depends on them -------------------------


def lone_minor(state: State | None, facts: Facts) -> bool:
    """A child who comes alone goes to Barn och unga at once (rules B1.6)."""
    return facts.get("age_band") == "under_18" and bool(facts.get("alone"))


def needs_after_outdated(state: State, facts: Facts) -> bool:
    """No assessment of needs after shelter is as late as the end of the last placement."""
    end = state.last_placement_end
    return end is not None and (state.needs_after_on is None or state.needs_after_on < end)


def _choice(field: str, value: str) -> Callable[[State, Facts], bool]:
    return lambda state, facts: facts.get(field) == value


def _granted(facts: Facts) -> bool:
    return facts.get("outcome") in GRANTED


FACTS: dict[str, Callable[[State, Facts], bool]] = {
    "lone_minor": lone_minor,
    "acute": lambda state, facts: bool(facts.get("acute")),
    "shelter_chosen": _choice("next_path", "shelter"),
    "without_shelter_chosen": _choice("next_path", "without_shelter"),
    "no_support_chosen": _choice("next_path", "no_support"),
    "shelter_granted": lambda state, facts: _granted(facts) and facts.get("intervention") in SHELTER,
    "other_support_granted": lambda state, facts: _granted(facts) and facts.get("intervention") not in SHELTER,
    "refused": _choice("outcome", "refused"),
    "no_placement_left": lambda state, facts: not state.running_placements and facts.get("moved_to") != "other_shelter",
    "needs_after_outdated": needs_after_outdated,
    "change_chosen": lambda state, facts: any(o == "change" for o, _ in _outcomes(facts)),
    "not_needed": _choice("still_needed", "no"),
}


def _outcomes(facts: Facts) -> list[tuple[str, object]]:
    return [(outcome, until) for outcome, until, *_ in cast(Any, facts.get("support_outcomes") or {}).values()]


# --- what must exist to speak about ---------------------------------------------------------

NEEDS: dict[str, Callable[[State], bool]] = {
    "decision": lambda state: bool(state.decisions),
    "economy_request": lambda state: state.economy_waiting,
    "placement": lambda state: bool(state.running_placements),
    "running_support": lambda state: bool(state.running_interventions),
    "closure_request": lambda state: state.closure_request is not None,
    "day_after_debt": lambda state: bool(state.debts),
    "correctable": lambda state: state.events > 0,
    "full_assessment": full_assessment,
    "decision_draft": lambda state: bool(state.drafts),
    "referral": lambda state: bool(state.waits),
    "offer": lambda state: bool(state.open_offers),
    "goal": lambda state: bool(state.goals),
    "several_goals": lambda state: len(state.goals) > 1,
    "missing_person": lambda state: state.missing is not None,
    "network_person": lambda state: bool(state.network),
    "calls_agreed": lambda state: state.calls_agreed in ("phone", "through_association"),
    "whereabouts": lambda state: bool(state.current_whereabouts),
}

# --- what becomes a visible debt when it is missing -----------------------------------------


def care_involved(state: State) -> bool:
    """Whether health care has a part: a question to it, or a support for health (R17)."""
    asked = any(r.to in CARE and r.outcome not in ("refused", "withdrawn") for r in state.referrals)
    return asked or any("health" in t.meets for t in state.running_interventions)


def next_contact_when_worried(state: State, facts: Facts) -> bool:
    """After a step up or worry there is a next contact, through the agreed way (rules B2.3, B2.8)."""
    level, before = facts.get("family_contact"), state.family[-1].level if state.family else None
    grows = bool(level) and steps_up(before, str(level))
    return not (grows or facts.get("family_worry")) or bool(facts.get("next_contact_on"))


EXPECTED: dict[str, Callable[[State, Facts], bool]] = {
    "risk_assessed": lambda state, facts: state.risk is not None,
    "core_needs_assessed": lambda state, facts: state.needs_on is not None,
    "day_after": lambda state, facts: facts.get("day_after") not in (None, "", "not_yet"),
    "moved_to": lambda state, facts: facts.get("moved_to") not in (None, ""),
    "next_follow_up": lambda state, facts: bool(facts.get("next_on")) or facts.get("still_needed") == "no",
    "own_words_or_not_asked": lambda state, facts: bool(facts.get("own_words") or facts.get("not_asked")),
    "contact_person_asked": lambda state, facts: bool(facts.get("contact_person_wish")),
    "contact_person_reasoned": lambda state, facts: (
        facts.get("contact_person_wish") != "no" or bool(facts.get("no_contact_person"))
    ),
    "coordinated_plan_asked": lambda state, facts: bool(facts.get("coordinated_plan")) or not care_involved(state),
    "tonight_known": lambda state, facts: facts.get("tonight") not in (None, "", "unknown"),
    "call_settled": lambda state, facts: bool(facts.get("call_at")),
    "next_contact_when_worried": next_contact_when_worried,
    "hand_over": lambda state, facts: bool(facts.get("first_meeting_on")),
}

# --- hard stops (rules B1.2): true when the event must be stopped ---------------------------


def decision_incomplete(state: State, facts: Facts, around: Around) -> bool:
    """A decision without date, legal ground, reasons, decider or a period (B1.2 d)."""
    period = facts.get("until_on") or facts.get("until_further_notice") or facts.get("outcome") == "refused"
    return not (facts.get("decided_on") and facts.get("legal_ground") and facts.get("decider") and period)


def decider_lacks_competence(state: State, facts: Facts, around: Around) -> bool:
    """The decider has no right to decide this insats in this district on that day (B1.2 d, B1.10)."""
    on = cast(Any, facts.get("decided_on")) or around.today
    return not competent(around.district, str(facts.get("intervention")), around.decider_roles, on)


def child_without_guardian(state: State, facts: Facts, around: Around) -> bool:
    """Shelter for a child other than together with an adult guardian who is granted it too (B1.2 f)."""
    child = facts.get("for_child") or around.age_band == "under_18"
    shelter = "first_night_on" in facts or (facts.get("intervention") in SHELTER and _granted(facts))
    return bool(child and shelter and not facts.get("with_guardian"))


def young_without_decision(state: State, facts: Facts, around: Around) -> bool:
    """Somebody under 21 in shelter, stödboende or HVB without a decision (B1.2 e; SoL 11:5)."""
    if around.age_band not in ("under_18", "18_20"):
        return False
    kind = str(facts.get("intervention") or facts.get("place_kind") or "shelter_flat")
    return young_need_decision(kind) and not _decided(state, facts, kind, around)


def intervention_without_decision(state: State, facts: Facts, around: Around) -> bool:
    """Kontaktperson or familjehem without a decision (B1.2 e)."""
    kind = str(facts.get("intervention"))
    return always_decision(kind) and not _decided(state, facts, kind, around)


def _decided(state: State, facts: Facts, kind: str, around: Around) -> bool:
    """An oral decision counts until the next working day; a written one must stand in the record."""
    if facts.get("decided_by") == "oral":
        began = cast(Any, facts.get("first_night_on") or facts.get("started_on"))
        if began is None or around.today <= next_working_day(began):
            return True
    kinds = SHELTER if kind in SHELTER else (kind,)
    granted = any(d.kind in kinds and d.outcome in GRANTED for d in state.decisions)
    return facts.get("decided_by") in ("decision", "oral") and granted


def something_running(state: State, facts: Facts, around: Around) -> bool:
    """Closing while a placement, an insats or a child's decision runs (B1.2 g)."""
    supports = [t for t in state.running_interventions if is_intervention(t.kind)]
    return bool(state.running_placements or supports or childs_decisions(state, around.today))


def childs_decisions(state: State, today: date) -> list[Thing]:
    """Decisions for a child that still run: a later one about the same insats takes the place of an earlier."""
    latest = {d.kind: d for d in state.decisions if d.for_child}
    granted = (d for d in latest.values() if d.outcome in GRANTED)
    return [d for d in granted if d.planned_end_on is None or d.planned_end_on >= today]


def needs_after_missing(state: State, facts: Facts, around: Around) -> bool:
    """Closing after a placement whose needs-after has not been assessed (B1.2 g)."""
    return bool(state.placements) and needs_after_outdated(state, facts)


HARD_STOPS: dict[str, Callable[[State, Facts, Around], bool]] = {
    "decision_complete": decision_incomplete,
    "decider_competent": decider_lacks_competence,
    "no_whereabouts": lambda state, facts, around: around.whereabouts_found,
    "child_with_guardian": child_without_guardian,
    "place_free": lambda state, facts, around: not around.place_free,
    "young_with_decision": young_without_decision,
    "intervention_with_decision": intervention_without_decision,
    "nothing_running": something_running,
    "needs_after_assessed": needs_after_missing,
    "worker_left": lambda state, facts, around: not around.workers_left,
    "closure_still_holds": lambda state, facts, around: not around.closure_holds,
    "supporter_free": lambda state, facts, around: not around.supporter_free,
    "interpreter_free": lambda state, facts, around: not around.interpreter_free,
}

for _words, _functions in (
    (vocabulary.FACTS, FACTS),
    (vocabulary.NEEDS, NEEDS),
    (vocabulary.EXPECTED, EXPECTED),
    (vocabulary.HARD_STOPS, HARD_STOPS),
):
    if _words != _functions.keys():
        raise ImportError(f"model/vocabulary.py and model/facts.py differ: {sorted(_words ^ _functions.keys())}")
