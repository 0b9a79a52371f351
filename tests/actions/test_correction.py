"""Rätta: what stood stays readable, the record reads what is right, and late dates do not turn it inside out."""

from datetime import timedelta
from typing import Any

import pytest

from langsikt.access.look import acting
from langsikt.access.record import Record, read_record, read_root
from langsikt.access.sheets import EventLine
from langsikt.access.window import case as cases
from langsikt.access.window.find import find
from tests.actions import staging
from tests.actions.staging import NOW, Case, Office, attempt, count, do, fingerprint, tell, typed
from tests.model.states import FACTS, TODAY, lines

FIRST, THEN = "Personen bor hos en vän.", "Personen bor hos en kusin."


@pytest.fixture(scope="module")
def office(database: None) -> Office:
    return staging.open_office()


def correct(case: Case, event: str, facts: dict[str, Any], who: str = "worker") -> tuple[str, Any]:
    """Corrects the latest event of this name, as the form would send it."""
    raw = typed(case.office, {"correction_reason": "Fel.", **facts}, case.words())
    raw["corrects"] = [str(case.latest[event])]
    return attempt(case.office.actor(who), "correct", case.reference, raw)


def record_of(case: Case) -> Record:
    """The record as the worker's look would read it."""
    with acting(case.office.actor("worker"), NOW):
        root = read_root(case.reference)
        assert root is not None
        return read_record(root, TODAY)


def history(case: Case) -> tuple[EventLine, ...]:
    return cases.history(case.office.actor("worker"), case.reference, NOW).lines


def facts_of(line: EventLine) -> dict[str, Any]:
    return {fact.field: fact.value for fact in line.facts}


def told(case_state: str, event: str) -> dict[str, Any]:
    """The facts of an event in the hand-written history."""
    return dict(next(line.facts for line in reversed(lines(case_state)) if line.event == event))


def test_a_review_day_that_has_passed_stays_when_the_assessment_is_corrected(office: Office) -> None:
    """What lay ahead when it was assessed may have passed when a slip is mended; before the assessment it never lay."""
    case = tell(office, "sheltered")
    facts = told("decision", "assess_risk")
    later = NOW + timedelta(days=400)
    for review, said in ((facts["next_review_on"], "done"), ("day:-900", "invalid")):
        raw = typed(office, {"correction_reason": "Fel.", **facts, "next_review_on": review}, case.words())
        raw["corrects"] = [str(case.latest["assess_risk"])]
        answer = attempt(office.actor("worker", later), "correct", case.reference, raw, later)
        assert answer[0] == said, answer
        assert said == "done" or set(answer[1].complaints) == {"next_review_on"}


# --- what stood stays ------------------------------------------------------------------------------


def test_what_stood_stays_readable_beside_the_correction(office: Office) -> None:
    case = tell(office, "sheltered")
    do(case, "write_note", {"happened_at": "moment:0", "note": FIRST})
    before = count("records_note"), count("records_event")
    assert correct(case, "write_note", {"happened_at": "moment:0", "note": THEN})[0] == "done"
    newest, original = history(case)[:2]
    assert facts_of(original)["note"] == FIRST and original.corrected_by == newest.id and not original.corrects
    assert facts_of(newest)["note"] == THEN and newest.corrects == original.id and not newest.correctable
    assert facts_of(newest)["correction_reason"] == "Fel."
    assert (count("records_note"), count("records_event")) == (before[0] + 1, before[1] + 1)


def test_the_latest_correction_counts_and_a_correction_is_not_corrected(office: Office) -> None:
    case = tell(office, "sheltered")
    facts = told("decision", "assess_risk")
    assert record_of(case).state.risk.level == "high"  # type: ignore[union-attr]
    for level in ("low", "medium"):
        assert correct(case, "assess_risk", {**facts, "risk_level": level})[0] == "done"
        assert record_of(case).state.risk.level == level  # type: ignore[union-attr]
    case.latest["correct"] = staging.newest_event(case.reference)
    assert correct(case, "correct", facts)[0] == "hidden"
    assert {
        facts_of(line)["risk_level"].en
        for line in history(case)
        if line.step == "investigation" and "risk_level" in facts_of(line)
    } == {"High", "Low", "Medium"}


@pytest.mark.parametrize("event", ["assign_case", "receive_contact", "open_investigation"])
def test_what_the_record_rests_on_is_not_taken_away(office: Office, event: str) -> None:
    case = tell(office, "sheltered")
    before = fingerprint()
    said, answer = correct(case, event, {"never_happened": True})
    wanted = ("hidden", None) if event == "assign_case" else ("invalid", {"never_happened"})
    assert (said, set(answer.complaints) if said == "invalid" else None) == wanted and fingerprint() == before


def test_a_closure_is_corrected_but_not_taken_away(office: Office) -> None:
    case = tell(office, "closed")
    assert correct(case, "close_case", {"never_happened": True})[0] == "invalid"
    assert correct(case, "close_case", {**told("closed", "close_case"), "closure_reason": "no_need"})[0] == "done"
    assert record_of(case).state.closed


def test_a_correction_needs_its_reason_and_its_fields(office: Office) -> None:
    case = tell(office, "sheltered")
    before = fingerprint()
    said, answer = correct(case, "assess_risk", {"correction_reason": None, "risk_level": "low"})
    assert said == "invalid" and {"correction_reason", "assessed_on", "risk_method"} <= set(answer.complaints)
    assert fingerprint() == before


@pytest.mark.parametrize("who", ["manager", "duty"])
def test_only_who_works_in_the_case_corrects(office: Office, who: str) -> None:
    assert correct(tell(office, "sheltered"), "assess_risk", {}, who)[0] == "right"


def test_a_corrected_decision_names_no_place_either(office: Office) -> None:
    case = tell(office, "sheltered")
    facts = told("sheltered", "issue_decision")
    said, answer = correct(case, "issue_decision", {**facts, "reasons": "Bor på Boende A."})
    assert said == "stop" and answer.stop == "no_whereabouts"
    assert correct(case, "issue_decision", {**facts, "reasons": "Skydd behövs ännu."})[0] == "done"


# --- the record reads what is right -------------------------------------------------------------------


def test_an_end_that_never_happened_leaves_the_placement_running(office: Office) -> None:
    case = tell(office, "needs_after")
    assert not record_of(case).state.running_placements
    assert correct(case, "end_placement", {"never_happened": True})[0] == "done"
    state = record_of(case).state
    assert [t.id for t in state.running_placements] == [case.latest["start_placement"]] and not state.debts
    assert count("records_placementchange", "event_id = %s", case.latest["end_placement"]) == 1, "what stood is kept"


def test_a_closure_stays_valid_whatever_is_corrected(office: Office) -> None:
    case = tell(office, "closed")
    before = fingerprint()
    for event, facts in (
        ("end_placement", {"never_happened": True}),
        ("assess_needs_after", {"never_happened": True}),
        ("end_intervention", {"never_happened": True}),
        ("end_placement", {**told("needs_after", "end_placement"), "ended_on": "day:-1"}),
        ("assess_needs_after", {**told("follow_up", "assess_needs_after"), "assessed_on": "day:-40"}),
    ):
        said, answer = correct(case, event, facts)
        assert said == "stop" and answer.stop == "closure_still_holds", f"{event} {facts}: {said} {answer!r}"
        assert fingerprint() == before
    assert correct(case, "end_placement", {**told("needs_after", "end_placement"), "ended_on": "day:-29"})[0] == "done"


def test_an_end_before_the_beginning_is_complained_of(office: Office) -> None:
    case = tell(office, "needs_after")
    facts = told("needs_after", "end_placement")
    said, answer = correct(case, "end_placement", {**facts, "ended_on": "day:-179"})
    assert said == "invalid" and set(answer.complaints) == {"ended_on"}
    assert correct(case, "end_placement", {**facts, "ended_on": "day:-178"})[0] == "done"


def test_a_corrected_first_night_keeps_the_kind_of_the_dwelling(office: Office) -> None:
    case = tell(office, "acute")
    facts = {**FACTS["start_placement"], "place": "place:c"}
    do(case, "start_placement", facts)
    assert correct(case, "start_placement", {**facts, "first_night_on": "day:-1"})[0] == "done"
    placed = record_of(case).state.placements[0]
    assert (placed.kind, placed.from_on.isoformat()) == ("emergency_flat", "2026-03-11")
    assert correct(case, "start_placement", {**facts, "place": "place:b"})[0] == "done"
    placed = record_of(case).state.placements[0]
    assert (placed.kind, placed.place) == ("shelter_flat", office.places["b"])


def test_a_corrected_place_frees_the_other(office: Office) -> None:
    for name in ("one", "two"):
        staging.add_place(office, name, "shelter_flat", 1)
    first, second = tell(office, "acute"), tell(office, "acute")
    facts = {**FACTS["start_placement"], "place": "place:one"}
    do(first, "start_placement", facts)
    raw = typed(office, facts, {})
    assert attempt(office.actor("worker"), "start_placement", second.reference, raw)[0] == "stop"
    assert correct(first, "start_placement", {**facts, "place": "place:two"})[0] == "done"
    assert attempt(office.actor("worker"), "start_placement", second.reference, raw)[0] == "done"


def test_a_corrected_name_is_the_one_found(office: Office) -> None:
    case, worker = tell(office, "contact"), office.actor("worker")
    do(case, "record_person", {"person_name": "Noor Alfa", "personal_number": "20000229-2399"})
    assert correct(case, "record_person", {"person_name": "Nour Beta", "personal_number": "20240229-2383"})[0] == "done"
    assert [row.reference for row in find(worker, "", "beta nour", "", NOW).rows] == [case.reference]
    assert [row.reference for row in find(worker, "", "", "20240229-2383", NOW).rows] == [case.reference]


def test_a_colleague_who_has_left_may_stand_as_the_decider_still(office: Office) -> None:
    case = tell(office, "sheltered")
    staging.owner().execute("update records_staffrole set until_on = %s where role = 'unit_manager'", ["2026-03-01"])
    facts = told("sheltered", "issue_decision")
    assert correct(case, "issue_decision", {**facts, "delegation_point": "4.2"})[0] == "done"
    staging.owner().execute("update records_staffrole set until_on = null where role = 'unit_manager'")


# --- late dates -------------------------------------------------------------------------------------------


def test_an_older_assessment_recorded_late_does_not_hide_a_newer(office: Office) -> None:
    case = tell(office, "sheltered")
    facts = FACTS["assess_risk"]
    do(case, "assess_risk", {**facts, "assessed_on": "day:-5", "risk_level": "high"})
    do(case, "assess_risk", {**facts, "assessed_on": "day:-10", "risk_level": "low"})
    risk = record_of(case).state.risk
    assert risk is not None and (risk.level, (TODAY - risk.assessed_on).days) == ("high", 5)
    do(case, "assess_risk", {**facts, "assessed_on": "day:-1", "risk_level": "medium"})
    assert record_of(case).state.risk.level == "medium"  # type: ignore[union-attr]


def test_what_speaks_of_a_thing_is_read_after_it_whatever_its_date(office: Office) -> None:
    """The decision is corrected to a later day than its service: the service still finds it."""
    case = tell(office, "sheltered")
    do(case, "serve_decision", {"decision": "=d1", "served_on": "day:-170"})
    facts = {**told("sheltered", "issue_decision"), "decided_on": "day:-20", "from_on": "day:-20"}
    assert correct(case, "issue_decision", facts)[0] == "done"
    (decision,) = record_of(case).state.decisions
    assert decision.from_on.isoformat() == "2026-02-20" and decision.served_on is not None


def test_a_reopening_is_read_after_the_closure_even_on_an_earlier_moment(office: Office) -> None:
    case = tell(office, "closed")
    do(case, "reopen_case", {**FACTS["reopen_case"], "happened_at": "moment:-3"})
    state = record_of(case).state
    assert not state.closed and state.steps["contact"].is_open
    do(case, "open_investigation", {"opened_on": "day:-100", "investigation_ground": "application"})
    assert record_of(case).state.steps["investigation"].is_open


def test_the_moment_of_a_late_event_is_its_own(office: Office) -> None:
    case = tell(office, "sheltered")
    do(case, "write_note", {"happened_at": "moment:-50", "note": "Skrivet i efterhand."})
    row = staging.owner().execute(
        "select (recorded_at - happened_at) > interval '49 days', seq from records_event where id = %s",
        [case.latest["write_note"]],
    )
    late, seq = next(iter(row))
    assert late and seq == count(
        "records_event", "case_id = (select case_id from records_event where id = %s)", case.latest["write_note"]
    )
