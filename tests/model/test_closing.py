"""The checklist of closure: what the record answers is never asked, and it agrees with the signature and the stops."""

import os
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langsikt.model.closing import Row, Told, answers, asked, checklist, unmet
from langsikt.model.closing_stops import asks_for_signature, closing_stops, event_to_close
from langsikt.model.due import due
from langsikt.model.due_between import calls_ahead, first_meeting_waits
from langsikt.model.home import home_at_closure
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.months import months_after
from langsikt.model.rules import Around, Happening, State, fold, risk_settled, signature_needed, stops
from langsikt.model.state import FamilyContact
from tests.model.states import TODAY, at, history, identity, state_of, submission
from tests.model.walking import wander

EXAMPLES = 1_000 if os.environ.get("LANGSIKT_PROVE") else 60
often = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
seeds = st.integers(min_value=0, max_value=2**32)
CLOSE: EventRule = METHOD.events["close_case"]
FORM = {*CLOSE.asks, *CLOSE.offers}
RECORD_KNOWS = {"home", "risk", "day_after", "hand_overs", "waits", "goals", "occupation"}


def later(told: list[Happening], event: str, day: int = 0, **changes: object) -> list[Happening]:
    """The history with one more happening, ``day`` days from today."""
    seq = len(told) + 1
    facts = submission(event, told, changes)
    return [*told, Happening(identity(f"closing-{seq}"), seq, event, at(day, seq), at(day, seq), facts)]


def rows_of(state: State, told: Told | None = None) -> dict[str, Row]:
    rows = checklist(state, told)
    found = {row.key: row for row in rows}
    assert len(found) == len(rows), "no row twice"
    return found


def assessed(days: int, **changes: object) -> State:
    """The state ``closure`` with its risk assessed ``days`` days ago."""
    risk = state_of("closure").risk
    assert risk is not None
    on = TODAY - timedelta(days=days)
    return replace(state_of("closure"), risk=replace(risk, **{"assessed_on": on, **changes}))


def lease_ends(days: int, state: str = "closure") -> State:
    told = later(history(state), "add_milestone", milestone_kind="lease_end", milestone_on=TODAY + timedelta(days=days))
    return fold(told, TODAY)


# --- any history -----------------------------------------------------------------------------------


@often
@given(seeds, st.booleans())
def test_what_the_record_answers_is_never_asked(seed: int, said: bool) -> None:
    state = wander(seed).state
    rows = checklist(state, Told(view_on=TODAY, pressure_on=TODAY) if said else None)
    questions = asked(rows)
    for row in rows:
        assert row.answered == (not row.asks), row
        assert row.status in ("met", "unmet", "own_choice", "ask")
        assert row.said.sv and row.said.en and row.title.sv and row.title.en
        assert row.status == "unmet" or not row.ways
    assert set(questions) <= FORM and not set(questions) & set(answers(rows))
    assert {row.key for row in rows if row.answered} >= RECORD_KNOWS
    assert not (said and "heard" in questions)
    assert {"heard"} <= set(questions) | set(answers(rows)), "somebody answers what the closure must say"


@often
@given(seeds)
def test_the_checklist_and_the_signature_agree(seed: int) -> None:
    state = wander(seed).state
    signs = {row.key for row in unmet(checklist(state)) if row.signs}
    assert signs == set(signature_needed(state, {})) & {"home", "risk"}
    for facts in ({}, {"closure_reason": "person_ends"}, {"heard": "not_reached"}, {"closure_reason": "not_reached"}):
        added = set(signature_needed(state, facts)) - set(signature_needed(state, {}))
        assert added == set(asks_for_signature(facts)) - set(signature_needed(state, {}))


@often
@given(seeds)
def test_the_stops_that_are_shown_are_the_stops_of_the_door(seed: int) -> None:
    state = wander(seed).state
    shown = {stop.kind for stop in closing_stops(state)}
    hard = set(stops(state, "close_case", {}, Around(state.today)))
    assert bool(shown & {"placement", "support", "child"}) == ("nothing_running" in hard)
    assert ("needs_after" in shown) == ("needs_after_assessed" in hard)
    assert all(way in METHOD.events for stop in closing_stops(state) for way in stop.ways)


@often
@given(seeds)
def test_a_row_that_is_shown_is_unmet_only_with_a_reason_in_the_record(seed: int) -> None:
    state = wander(seed).state
    rows = rows_of(state)
    assert (rows["day_after"].status == "unmet") == bool(state.debts)
    assert (rows["goals"].status == "unmet") == bool(state.active_goals)
    assert (rows["waits"].status == "unmet") == bool(state.waits or state.open_offers or state.economy_waiting)
    assert ("children" in rows) == state.children
    assert all(way in METHOD.events for row in rows.values() for way in row.ways)


# --- the home (R8) -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "secured"), [(0, False), (40, False), (90, False), (91, True), (400, True)])
def test_a_lease_that_ends_within_ninety_days_is_no_secured_home(days: int, secured: bool) -> None:
    state = lease_ends(days)
    row = rows_of(state)["home"]
    assert row.status == ("met" if secured else "unmet") and row.signs
    assert ("home" in signature_needed(state, {})) is not secured
    assert home_at_closure(state).until_on == TODAY + timedelta(days=days)


def test_a_lease_without_an_end_lasts() -> None:
    row = rows_of(state_of("closure"))["home"]
    assert row.status == "met" and "utan slutdatum" in row.said.sv


def test_a_lease_that_has_ended_says_nothing_of_the_home_that_followed() -> None:
    assert home_at_closure(lease_ends(-3)).secured


def test_another_home_that_follows_takes_over() -> None:
    told = later(history("closure"), "start_intervention", day=-3, intervention="own_lease", decided_by="without")
    told[-1] = replace(told[-1], facts={**told[-1].facts, "planned_end_on": TODAY + timedelta(days=40)})
    assert not home_at_closure(fold(told, TODAY)).secured
    follows = {"intervention": "student_flat", "plan_status": "agreed", "from_on": TODAY + timedelta(days=41)}
    told = later(told, "plan_support", **follows, until_on=None, until_further_notice=True)
    assert home_at_closure(fold(told, TODAY)).secured


@pytest.mark.parametrize(
    ("home_after", "housing", "secured"),
    [
        ("own_lease", "need", True),
        ("unknown", "no_need_now", True),
        ("unknown", "need", False),
        ("transitional", "need", False),
        ("unknown", "declines", False),
    ],
)
def test_the_last_assessment_says_what_home_there_is(home_after: str, housing: str, secured: bool) -> None:
    needs = {"housing": housing, "occupation": "manages", "social_support": "manages"}
    told = later(history("closure"), "assess_needs_after", core_need_states=needs, home_after=home_after)
    told[-1] = replace(told[-1], facts={**told[-1].facts, "assessed_on": TODAY})
    assert home_at_closure(fold(told, TODAY)).secured is secured


# --- the risk -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "settled"), [(0, True), (59, True), (60, False), (200, False)])
def test_the_risk_has_a_word_under_sixty_days_old(days: int, settled: bool) -> None:
    state = assessed(days, confirmed_on=None)
    assert risk_settled(state) is settled
    assert rows_of(state)["risk"].status == ("met" if settled else "unmet")


def test_a_word_that_it_is_unchanged_is_enough() -> None:
    assert risk_settled(assessed(100, confirmed_on=TODAY - timedelta(days=10)))


@pytest.mark.parametrize(("kind", "settled"), [("family_contact", False), ("new_relation", False), ("move", True)])
def test_something_that_has_happened_since_makes_a_recent_word_unsettled(kind: str, settled: bool) -> None:
    told = later(history("closure"), "report_risk_assessment_reason", day=-1, risk_reason=kind)
    assert risk_settled(fold(told, TODAY)) is settled


# --- the person -----------------------------------------------------------------------------------------


def test_the_view_is_asked_unless_the_person_has_said_it() -> None:
    state = state_of("closure")
    assert rows_of(state)["view"].asks == ("heard",) and answers(checklist(state)) == {}
    heard = checklist(state, Told(view_on=TODAY))
    assert {r.key: r for r in heard}["view"].status == "met" and answers(heard) == {"heard": "heard"}
    declined = checklist(fold(later(history("closure"), "decline_support"), TODAY))
    assert answers(declined) == {"heard": "heard"} and "heard" not in asked(declined)


def test_whoever_wants_to_end_has_been_asked_whether_somebody_makes_them_say_so() -> None:
    state = fold(later(history("closure"), "decline_support"), TODAY)
    assert rows_of(state)["pressure"].status == "unmet"
    assert rows_of(state, Told(pressure_on=TODAY))["pressure"].status == "met"
    assert "pressure" not in rows_of(state_of("closure"))


def test_going_home_is_never_a_reason_and_a_plan_is_written_then() -> None:
    assert not [o for o in METHOD.fields["closure_reason"].options if "hem" in o.text.sv.lower().split()]
    home = replace(state_of("closure"), family=(FamilyContact("moved_home", TODAY),))
    assert rows_of(home)["safety_plan"].status == "unmet"
    assert rows_of(replace(home, safety_plan_on=TODAY))["safety_plan"].status == "met"
    assert "safety_plan" not in rows_of(state_of("closure"))


def test_a_safe_contact_is_asked_for_in_words_only_where_nobody_is_known() -> None:
    needs = {"housing": "manages", "occupation": "manages", "social_support": "need"}
    told = later(history("closure"), "assess_needs", core_need_states=needs)
    told[-1] = replace(told[-1], facts={**told[-1].facts, "assessed_on": TODAY})
    assert rows_of(fold(told, TODAY))["contact"].asks == ("own_words",)
    then = TODAY + timedelta(days=5)
    told = later(told, "plan_support", intervention="volunteer_contact", plan_status="agreed", from_on=then)
    assert rows_of(fold(told, TODAY))["contact"].status == "met"


def test_a_support_of_ours_that_still_runs_is_no_contact_after_closure() -> None:
    assert rows_of(state_of("placement"))["contact"].status == "ask", "the staff of the shelter is there until the move"
    told = later(history("placement"), "start_intervention", day=-1, intervention="volunteer_contact")
    assert rows_of(fold(told, TODAY))["contact"].status == "ask"


def test_a_support_that_was_taken_over_by_another_of_ours_is_handed_over() -> None:
    told = list(history("needs_after"))
    ended = next(h for h in told if h.name == "end_placement")
    told[told.index(ended)] = replace(ended, facts={**ended.facts, "day_after": "successor"})
    assert rows_of(fold(told, TODAY))["hand_overs"].status == "unmet"
    again = later(told, "start_intervention", intervention="training_flat", started_on=TODAY, planned_end_on=None)
    assert rows_of(fold(again, TODAY))["hand_overs"].status == "met"


def test_the_list_leads_to_the_form_that_one_may_send() -> None:
    for state, event in (("closure", "close_case"), ("wants_to_end", "ask_to_close")):
        found = [d.event for d in due(state_of(state)) if d.verb.sv == "Avsluta ärendet"]
        assert found == [event], state


def test_one_closes_alone_unless_something_asks_for_the_manager() -> None:
    assert event_to_close(signature_needed(state_of("closure"), {})) == "close_case"
    assert event_to_close(signature_needed(state_of("closure_asked"), {})) == "ask_to_close"


# --- after closure ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 12), 3, date(2026, 6, 12)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def closed(agreed: str | None, days: int, **changes: Any) -> State:
    """Closed ``days`` days before the day it is looked at."""
    told = [replace(h, facts={**h.facts, "calls_agreed": agreed}) for h in history("closed")]
    return replace(fold(told, TODAY - timedelta(days=1) + timedelta(days=days)), **changes)


@pytest.mark.parametrize(("agreed", "called"), [("phone", 1), ("through_association", 1), ("no", 0), (None, 0)])
def test_calls_are_due_only_with_consent_and_a_channel(agreed: str | None, called: int) -> None:
    assert len(due(closed(agreed, 92))) == called
    assert not due(closed(agreed, 60))
    assert [months for months, _ in calls_ahead(closed(agreed, 92))] == ([3, 6, 12] if called else [])


def test_a_call_that_was_made_leads_to_the_next_and_the_last_to_none() -> None:
    for made, months in enumerate((3, 6, 12)):
        state = closed("phone", 370, calls=((TODAY, "not_reached"),) * made)
        assert [d.why.sv for d in due(state)] == [f"{months} månader efter avslut"]
    assert not due(closed("phone", 370, calls=((TODAY, "reached"),) * 3))


@pytest.mark.parametrize("watched", [{"maybe_watched": True}, {"do_not_contact": True}, {"never": ("call",)}])
def test_where_contact_may_be_watched_one_waits(watched: dict[str, Any]) -> None:
    (task,) = due(closed("phone", 92, **watched))
    assert task.verb.sv == "Vänta in" and task.event == "call_after_closure"
    assert due(closed("phone", 92))[0].verb.sv == "Ring"
    assert "föreningen" in due(closed("through_association", 92))[0].verb.sv


# --- hand-overs (R10) ---------------------------------------------------------------------------------------


def handed(meeting: int | None, day: int = -5, who: str = "staff:other") -> list[Happening]:
    """The state ``follow_up`` with a first worker, and another one since ``day``."""
    told = later(history("follow_up"), "assign_case", day=-30, case_worker=identity("staff:worker"))
    when = None if meeting is None else TODAY + timedelta(days=meeting)
    return later(told, "assign_case", day=day, case_worker=identity(who), first_meeting_on=when)


def debts(told: list[Happening]) -> list[tuple[str, str]]:
    return [(d.for_role, str(d.event)) for d in due(fold(told, TODAY)) if d.kind == "hand_over"]


def test_a_new_worker_without_a_meeting_is_a_debt_of_two() -> None:
    assert debts(handed(None)) == [("case_worker", "check_in"), ("unit_manager", "assign_case")]


def test_a_check_in_settles_it() -> None:
    assert not debts(later(handed(None), "check_in"))
    assert debts(later(handed(None), "check_in", day=-10)), "a talk from before is no first meeting"


def test_a_follow_up_settles_it() -> None:
    assert not debts(later(handed(None), "follow_up", day=-1, held_on=TODAY - timedelta(days=1), support_outcomes={}))


def test_a_meeting_that_was_settled_stands_until_it_is_held() -> None:
    assert debts(handed(2)) == [("case_worker", "check_in")] and first_meeting_waits(fold(handed(2), TODAY))
    assert debts(later(handed(2), "check_in")), "a talk before the day of the meeting is not the meeting"
    assert not debts(later(handed(-2), "check_in")) and not first_meeting_waits(
        fold(later(handed(-2), "check_in"), TODAY)
    )


def test_the_manager_may_settle_the_day_and_a_new_stand_in_is_no_new_worker() -> None:
    told = handed(None)
    then = {"case_worker": identity("staff:other"), "first_meeting_on": TODAY + timedelta(days=3)}
    settled = fold(later(told, "assign_case", day=-1, **then), TODAY)
    assert not settled.hand_over_missing and settled.first_meeting_on == then["first_meeting_on"]
    again = fold(
        later(later(told, "check_in", day=-2), "assign_case", case_worker=identity("staff:other"), stand_in=None), TODAY
    )
    assert len(again.workers) == 2 and not first_meeting_waits(again)
