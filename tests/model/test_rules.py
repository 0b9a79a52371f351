"""Properties of the pure rules that must hold for any history, shown by hypothesis and by hand-made cases."""

import os
import random
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langsikt.model.load import METHOD
from langsikt.model.rules import Around, Happening, answer, closures_hold, fold, signature_needed, stops
from tests.model.oracle import broken_closures
from tests.model.states import TODAY, at, history, identity, resolved, spoken_of, state_of, submission
from tests.model.walking import wander

EXAMPLES = 1_000 if os.environ.get("LANGSIKT_PROVE") else 60
often = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
seeds = st.integers(min_value=0, max_value=2**32)
RELATED = ("case_worker", "stand_in", "unit_manager", "housing_coordinator", "duty_service")
AFTER_CLOSURE = {"write_note", "assign_case", "exclude_staff", "correct", "reopen_case"}
AFTER_CLOSURE |= {"receive_note", "declare_conflict_of_interest", "call_after_closure", "count_question_after_closure"}
KIND = Around(today=TODAY, district="*", age_band="21_plus", decider_roles=frozenset({"unit_manager"}))


def later(told: list[Happening], event: str, day: int = 0, **changes: object) -> list[Happening]:
    """The history with one more happening, ``day`` days from today."""
    seq = len(told) + 1
    facts = submission(event, told, changes)
    moment = at(day, seq)
    return [*told, Happening(identity(f"later-{seq}"), seq, event, moment, moment, facts)]


def corrected(told: list[Happening], name: str, facts: Mapping[str, object]) -> list[Happening]:
    """The history with the latest happening called ``name`` corrected to ``facts``."""
    original = [h for h in told if h.name == name][-1]
    seq = len(told) + 1
    stands_in = resolved(facts, spoken_of(told))
    return [*told, Happening(identity(f"c-{seq}"), seq, name, original.happened_at, at(0, seq), stands_in, original.id)]


# --- any history ---------------------------------------------------------------------------------


@often
@given(seeds)
def test_every_event_has_an_answer_for_everyone_after_any_history(seed: int) -> None:
    walk = wander(seed)
    for event, rule in METHOD.events.items():
        assert answer(walk.state, event, "none") == "hidden"
        for relation in (*RELATED, "analyst", "log_reviewer", "secrecy_officer", "system_administrator"):
            said = answer(walk.state, event, relation)
            assert said in ("done", "step", "right")
            assert relation in rule.who or said == "right"


@often
@given(seeds)
def test_the_steps_agree_with_where_the_case_stands(seed: int) -> None:
    state = wander(seed).state
    statuses = {step.status for step in state.steps.values()}
    assert statuses <= {"not_started", "open", "done", "reopened", "not_applicable"}
    assert state.closed != any(step.is_open for step in state.steps.values()), "neither open nor closed, or both"
    assert not (state.closed and state.closure_request)
    assert all(step.since is None or step.since <= state.today for step in state.steps.values())


@often
@given(seeds)
def test_nothing_but_the_record_goes_on_after_an_ending(seed: int) -> None:
    state = wander(seed).state
    if state.closed:
        done = {e for e in METHOD.events for r in RELATED if answer(state, e, r) == "done"}
        assert done <= AFTER_CLOSURE


@often
@given(seeds, st.randoms(use_true_random=False))
def test_the_order_in_which_rows_are_fetched_does_not_matter(seed: int, shuffler: random.Random) -> None:
    walk = wander(seed)
    rows = list(walk.told)
    shuffler.shuffle(rows)
    assert fold(rows, walk.today) == fold(walk.told, walk.today)


@often
@given(seeds)
def test_a_correction_that_changes_nothing_changes_nothing(seed: int) -> None:
    walk = wander(seed)
    plain = [h for h in walk.told if h.corrects is None and not any(c.corrects == h.id for c in walk.told)]
    one = plain[seed % len(plain)]
    same = Happening(identity("same"), len(walk.told) + 1, one.name, one.happened_at, walk.moment, one.facts, one.id)
    assert fold([*walk.told, same], walk.today) == walk.state


@often
@given(seeds)
def test_the_rules_and_the_oracle_agree_that_closures_hold(seed: int) -> None:
    walk = wander(seed)
    assert closures_hold(walk.told, walk.today) and not broken_closures(walk.told)


# --- the assessment of needs after shelter ---------------------------------------------------------


@given(st.integers(min_value=-40, max_value=40))
@settings(deadline=None, derandomize=True, database=None)
def test_an_assessment_counts_from_the_day_of_the_end(days: int) -> None:
    ended = TODAY - timedelta(days=50)
    told = later(history("sheltered"), "decline_support", day=-60)
    told = later(told, "end_placement", day=-50, ended_on=ended)
    told = later(told, "assess_needs_after", day=-50 + days, assessed_on=ended + timedelta(days=days))
    stopped = stops(fold(told, TODAY), "ask_to_close", submission("ask_to_close", told), KIND)
    assert stopped == (("needs_after_assessed",) if days < 0 else ())


@pytest.mark.parametrize("event", ["record_death", "void_case", "transfer_case"])
def test_three_ways_out_of_a_placement_need_no_assessment_but_the_manager(event: str) -> None:
    state = state_of("placement")
    assert answer(state, event, "unit_manager") == "done" and answer(state, event, "case_worker") == "right"
    assert stops(state, event, submission(event, history("placement")), KIND) == ()
    told = later(history("placement"), event)
    assert fold(told, TODAY).closed and fold(told, TODAY).ending == event and not broken_closures(told)


@pytest.mark.parametrize("event", ["close_case", "ask_to_close", "sign_closure"])
def test_a_running_placement_has_no_way_to_closure(event: str) -> None:
    state = state_of("placement")
    assert all(answer(state, event, relation) in ("step", "right") for relation in RELATED)


def test_an_end_that_is_told_late_is_read_where_it_belongs() -> None:
    told = later(history("sheltered"), "end_placement", day=-40, ended_on=TODAY - timedelta(days=40))
    state = fold(told, TODAY)
    assert [t.ended_on for t in state.placements] == [TODAY - timedelta(days=40)]
    assert state.steps["needs_after"].is_open and not state.steps["placement"].is_open


# --- corrections in a closed case -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "facts", "holds"),
    [
        ("end_placement", {"never_happened": True}, False),
        ("assess_needs_after", {"never_happened": True}, False),
        ("end_intervention", {"never_happened": True}, False),
        ("end_placement", {"placement": "=placement", "ended_on": "day:-2", "moved_to": "own_lease"}, False),
        ("end_placement", {"placement": "=placement", "ended_on": "day:-29", "moved_to": "friend"}, True),
        ("assess_risk", {"never_happened": True}, True),
        ("receive_contact", {"happened_at": "moment:-200", "contact_source": "school"}, True),
    ],
)
def test_a_correction_may_not_do_what_closing_may_not(name: str, facts: dict[str, object], holds: bool) -> None:
    assert closures_hold(history("closed"), TODAY)
    assert closures_hold(corrected(history("closed"), name, facts), TODAY) is holds


# --- the manager's signature (rules B2.5, B1.7) -------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "changes", "why"),
    [
        ("write_note", {}, ()),
        ("assess_risk", {"risk_level": "high"}, ("risk",)),
        ("assess_risk", {"imminent": "yes"}, ("risk",)),
        ("assess_risk", {"risk_level": "medium"}, ()),
        ("decline_support", {}, ("declined",)),
        (
            "assess_needs",
            {"core_need_states": {"housing": "manages", "occupation": "need", "social_support": "need"}},
            (),
        ),
    ],
)
def test_the_manager_signs_for_home_risk_and_her_own_will_only(
    event: str, changes: dict[str, object], why: tuple[str, ...]
) -> None:
    state = fold(later(history("closure"), event, 0, **changes), TODAY)
    assert signature_needed(state, {}) == why
    assert answer(state, "close_case", "case_worker") == ("right" if why else "done")
    assert answer(state, "ask_to_close", "case_worker") == "done"


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"closure_reason": "goal_met", "heard": "heard"}, ()),
        ({"closure_reason": "person_ends", "heard": "heard"}, ("declined",)),
        ({"closure_reason": "not_reached", "heard": "not_reached"}, ("not_reached",)),
        ({"closure_reason": "goal_met", "heard": "not_reached"}, ("not_reached",)),
    ],
)
def test_what_is_written_in_the_form_may_ask_for_a_signature(facts: dict[str, object], why: tuple[str, ...]) -> None:
    assert signature_needed(state_of("closure"), facts) == why


def test_a_home_that_is_not_safe_asks_for_a_signature() -> None:
    assert signature_needed(state_of("closure_asked"), {}) == ("home",)


# --- the contact and the paths --------------------------------------------------------------------------


def test_a_lone_minor_goes_to_the_childrens_unit_at_once() -> None:
    state = fold(later([], "receive_contact", age_band="under_18", alone=True), TODAY)
    assert state.closed and not state.is_case and answer(state, "open_investigation", "case_worker") == "step"


@pytest.mark.parametrize(("age", "alone"), [("under_18", False), ("18_20", True), ("unknown", True)])
def test_other_contacts_stay_with_the_team(age: str, alone: bool) -> None:
    state = fold(later([], "receive_contact", age_band=age, alone=alone), TODAY)
    assert not state.closed and answer(state, "open_investigation", "case_worker") == "done"


@pytest.mark.parametrize("event", ["decline_investigation", "give_advice", "hand_over_contact"])
def test_only_an_opened_investigation_makes_a_case(event: str) -> None:
    state = fold(later(history("contact"), event), TODAY)
    assert state.closed and not state.is_case
    assert fold(later(history("contact"), "open_investigation"), TODAY).is_case


def test_support_without_shelter_goes_from_step_2_to_step_5() -> None:
    steps = state_of("without_shelter").steps
    assert [steps[key].status for key in ("decision", "placement")] == ["not_applicable", "not_applicable"]
    assert steps["needs_after"].is_open


@pytest.mark.parametrize(
    ("state", "event", "step"),
    [
        ("follow_up", "reassess_needs", "needs_after"),
        ("follow_up", "renew_decision", "decision"),
        ("closed", "reopen_case", "contact"),
        ("reopened", "open_investigation", "investigation"),
    ],
)
def test_the_loops_open_the_step_again(state: str, event: str, step: str) -> None:
    assert answer(state_of(state), event, "case_worker") == "done"
    assert fold(later(history(state), event), TODAY).steps[step].is_open


@pytest.mark.parametrize(
    ("path", "step"), [("shelter", "decision"), ("without_shelter", "needs_after"), ("no_support", "closure")]
)
def test_a_second_investigation_leads_on_like_the_first(path: str, step: str) -> None:
    told = later(history("reopened_investigation"), "conclude_investigation", next_path=path)
    assert fold(told, TODAY).steps[step].is_open


def test_a_second_placement_after_a_reopening_is_assessed_like_the_first() -> None:
    told = later(history("reopened"), "open_investigation", acute=True)
    assert fold(told, TODAY).steps["placement"].is_open and fold(told, TODAY).steps["decision"].is_open
    told = later(later(told, "issue_decision"), "start_placement")
    told = later(told, "end_placement", ended_on=TODAY + timedelta(days=1), day=1)
    assert "needs_after_assessed" in stops(fold(told, TODAY + timedelta(days=1)), "ask_to_close", {}, KIND)


def test_death_and_error_are_final() -> None:
    for event in ("record_death", "void_case"):
        state = fold(later(history("follow_up"), event), TODAY)
        assert answer(state, "reopen_case", "case_worker") == "step"


# --- young people ------------------------------------------------------------------------------------------


@given(
    st.sampled_from(("under_18", "18_20", "21_plus", "unknown")),
    st.sampled_from(("shelter_flat", "shelter_collective")),
    st.sampled_from(("decision", "without")),
)
@settings(deadline=None, derandomize=True, database=None)
def test_under_21_shelter_needs_a_decision_in_the_record(age: str, kind: str, basis: str) -> None:
    around = Around(today=TODAY, district="*", age_band=age)
    for state, decided in (("acute", False), ("sheltered", True)):
        facts = submission(
            "start_placement", history(state), {"place_kind": kind, "decided_by": basis, "with_guardian": True}
        )
        stopped = "young_with_decision" in stops(state_of(state), "start_placement", facts, around)
        assert stopped == (age in ("under_18", "18_20") and not (decided and basis == "decision"))


@pytest.mark.parametrize(
    ("decided", "today", "counts"),
    [
        (date(2026, 3, 12), date(2026, 3, 12), True),
        (date(2026, 3, 12), date(2026, 3, 13), True),
        (date(2026, 3, 13), date(2026, 3, 16), True),  # Friday: until Monday
        (date(2026, 3, 12), date(2026, 3, 16), False),
        (date(2026, 4, 2), date(2026, 4, 7), True),  # before Good Friday and Easter Monday
        (date(2026, 4, 2), date(2026, 4, 8), False),
    ],
)
def test_an_oral_decision_counts_until_the_next_working_day(decided: date, today: date, counts: bool) -> None:
    facts = {"intervention": "contact_person", "started_on": decided, "decided_by": "oral"}
    around = Around(today=today, district="*", age_band="21_plus")
    assert (
        "intervention_with_decision" not in stops(state_of("sheltered"), "start_intervention", facts, around)
    ) is counts
