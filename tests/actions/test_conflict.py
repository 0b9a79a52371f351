"""Jag är jävig: the case closes to whoever presses, somebody has it in the same step, and a manager examines it."""

from datetime import timedelta
from typing import Any

import pytest

from langsikt.access.errors import NotFound
from langsikt.access.window import case as cases
from langsikt.access.window import conflict_of_interest as conflict
from langsikt.access.window import dwelling, exclusion
from langsikt.actions import staff
from langsikt.actions.conflict_of_interest import examine_conflict
from tests.actions import staging
from tests.actions.staging import LONG_AGO, NOW, Case, Office, attempt, do, tell
from tests.actions.test_exclusion import AT_THE_CASE, hidden, listed, rows_in_sql, workers

LATER = NOW + timedelta(minutes=1)
WORDS = ("worker", "stand_in", "other", "manager", "their_manager", "outsider", "duty")


@pytest.fixture(scope="module")
def office(database: None) -> Office:
    made = staging.open_office()
    staff.set_fallback(made.actor("administrator", LONG_AGO), made.units["ours"], made.ids["outsider"], LONG_AGO)
    return made


def declare(case: Case, who: str, kind: str = "conflict_of_interest", **more: str) -> tuple[str, Any]:
    raw = staging.typed(case.office, {"conflict_kind": kind, **more}, {})
    return attempt(case.office.actor(who), "declare_conflict_of_interest", case.reference, raw)


def handed_over(office: Office) -> Case:
    """A case that the worker alone has, with a stand-in named."""
    case = tell(office, "sheltered")
    do(case, "hand_over_to_team", {"case_worker": "staff:worker"}, who="duty")
    return case


def managers(case: Case) -> set[str]:
    """Who sees the case as its manager, asked through the window."""
    found = set()
    for word in ("manager", "their_manager"):
        try:
            sheet = cases.overview(case.office.actor(word), case.reference, LATER)
        except NotFound:
            continue
        if any(action.event == "assign_case" for action in sheet.header.actions):
            found.add(word)
    return found


def mine(office: Office, who: str, case: Case) -> list[conflict.Conflict]:
    return [row for row in conflict.conflicts(office.actor(who), NOW) if row.reference == case.reference]


# --- one press ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["worker", "manager", "duty"])
def test_the_case_closes_at_once_and_nothing_more_of_it_is_seen(office: Office, who: str) -> None:
    case = tell(office, "placement")
    actor = office.actor(who)
    assert listed(actor, case.reference) and rows_in_sql(actor.id, case.reference)["records_event"]
    assert declare(case, who)[0] == "done"
    assert all(hidden(look, actor, case.reference) for look in AT_THE_CASE.values())
    assert not listed(actor, case.reference) and set(rows_in_sql(actor.id, case.reference).values()) == {0}
    assert declare(case, who)[0] == "hidden", "a second press is answered as a made-up reference"
    assert workers(case)


def test_the_coordinator_closes_a_request_to_herself(office: Office) -> None:
    case, coordinator = tell(office, "placement"), office.actor("coordinator")
    assert case.reference in [r["reference"] for r in dwelling.dwellings(coordinator, NOW)[1]]
    assert declare(case, "coordinator", "kinship")[0] == "done"
    assert case.reference not in [r["reference"] for r in dwelling.dwellings(coordinator, NOW)[1]]


@pytest.mark.parametrize("who", ["outsider", "other", "reviewer", "officer", "analyst"])
def test_nobody_declares_about_a_case_that_they_cannot_see(office: Office, who: str) -> None:
    case = tell(office, "placement")
    before = staging.fingerprint()
    assert declare(case, who)[0] == "hidden" and staging.fingerprint() == before


# --- the case always has somebody -----------------------------------------------------------------------


def test_the_stand_in_takes_over_in_the_same_step(office: Office) -> None:
    case = handed_over(office)
    assert declare(case, "worker")[0] == "done"
    assert workers(case) == {"stand_in"}
    assert not hidden(AT_THE_CASE["overview"], office.actor("stand_in"), case.reference)


def test_whoever_is_named_takes_over(office: Office) -> None:
    case = handed_over(office)
    assert declare(case, "worker", instead="staff:other")[0] == "done"
    assert workers(case) == {"other"}


def test_whoever_is_excluded_is_not_named(office: Office) -> None:
    case = handed_over(office)
    do(case, "exclude_staff", {"excluded": "staff:other", "exclusion_ground": "person_asks"}, who="manager")
    said, answer = declare(case, "worker", instead="staff:other")
    assert said == "invalid" and set(answer.complaints) == {"instead"}
    assert declare(case, "worker", instead="staff:worker")[0] == "invalid", "nor oneself"


def test_in_a_unit_of_three_where_all_declare_the_case_is_on_somebodys_list(office: Office) -> None:
    """Worker, stand-in and manager: after each press an allowed, present person outside the press has it (D3)."""
    case, pressed = handed_over(office), set()
    for who in ("worker", "stand_in", "manager"):
        assert declare(case, who, "kinship")[0] == "done"
        pressed.add(who)
        having = workers(case)
        assert len(having) == 1 and not having & pressed, (who, having)
        assert listed(office.actor(having.pop()), case.reference)
    assert workers(case) == {"outsider"}, "the fallback, outside the unit"
    assert managers(case) == {"their_manager"}, "the next level has stepped in"
    assert declare(case, "outsider")[0] == "done"
    assert workers(case) == {"their_manager"}, "never refused, and never without somebody"


def test_an_absent_heir_is_passed_over(office: Office) -> None:
    case = handed_over(office)
    staff.set_absence(office.actor("stand_in"), NOW.date(), NOW.date(), NOW)
    try:
        assert declare(case, "worker")[0] == "done"
        assert workers(case) == {"manager"}
    finally:
        staging.owner().execute("delete from records_absence")


# --- the manager examines it (FL 18 §) -------------------------------------------------------------------


def test_the_manager_lifts_or_upholds(office: Office) -> None:
    for stands in (True, False):
        case = handed_over(office)
        declare(case, "worker")
        row = mine(office, "manager", case)[0]
        assert row.staff == "Worker X" and row.may_lift
        examine_conflict(office.actor("manager"), row.id, stands, NOW)
        assert staging.last_journal()["action"] == ("uphold_conflict" if stands else "lift_conflict")
        assert not mine(office, "manager", case), "examined once"
        raw = staging.typed(office, {"case_worker": "staff:worker"}, {})
        said, _ = attempt(office.actor("manager"), "assign_case", case.reference, raw, LATER)
        assert said == ("invalid" if stands else "done"), "lifted: she may be assigned again"
        with pytest.raises(NotFound):
            examine_conflict(office.actor("manager"), row.id, stands, NOW)


def test_kinship_is_never_lifted(office: Office) -> None:
    case = handed_over(office)
    declare(case, "worker", "kinship")
    row = mine(office, "manager", case)[0]
    assert not row.may_lift
    for attempt_by in ("manager", "their_manager"):
        with pytest.raises(NotFound):
            examine_conflict(office.actor(attempt_by), row.id, False, NOW)
    with pytest.raises(NotFound):
        staff.lift_exclusion(office.actor("officer"), row.id, NOW)
    examine_conflict(office.actor("manager"), row.id, True, NOW)
    officer = exclusion.exclusions(office.actor("officer"), NOW)
    assert case.reference in [r["reference"] for r in officer], "and it stands"


def test_nobody_examines_their_own_and_the_next_level_does(office: Office) -> None:
    case = handed_over(office)
    declare(case, "manager")
    assert not mine(office, "manager", case)
    row = mine(office, "their_manager", case)[0]
    with pytest.raises(NotFound):
        examine_conflict(office.actor("manager"), row.id, False, NOW)
    examine_conflict(office.actor("their_manager"), row.id, False, NOW)
    assert "manager" in managers(case)


def test_the_list_is_the_managers_alone_and_of_their_own_cases(office: Office) -> None:
    case = handed_over(office)
    declare(case, "worker")
    assert mine(office, "manager", case) and not mine(office, "their_manager", case)
    for who in ("worker", "officer", "reviewer", "coordinator", "administrator", "duty"):
        with pytest.raises(NotFound):
            conflict.conflicts(office.actor(who), NOW)


# --- what the person asks for binds all but one manager (B4.3) ---------------------------------------------


def test_a_wish_never_leaves_the_case_without_a_manager(office: Office) -> None:
    case = handed_over(office)
    wish = {"exclusion_ground": "person_asks", "pressure_talked_about": "on"}
    do(case, "exclude_staff", {"excluded": "staff:manager", **wish}, who="worker")
    assert managers(case) == {"their_manager"}
    raw = staging.typed(office, {"excluded": "staff:their_manager", **wish}, {})
    said, answer = attempt(office.actor("worker"), "exclude_staff", case.reference, raw)
    assert said == "invalid" and set(answer.complaints) == {"excluded"}
    kin = staging.typed(office, {"excluded": "staff:their_manager", "exclusion_ground": "kinship"}, {})
    assert attempt(office.actor("worker"), "exclude_staff", case.reference, kin)[0] == "done", (
        "kinship binds the last too"
    )
