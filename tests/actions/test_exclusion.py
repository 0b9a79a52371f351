"""Deny beats every grant, in the window, in the door and in SQL; no open case is left without a worker (rules D3)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from langsikt.access.errors import NotFound
from langsikt.access.sheets import Actor
from langsikt.access.window import case as cases
from langsikt.access.window import dwelling, exclusion, form, log, reveal, worklist
from langsikt.access.window.find import find
from langsikt.access.window.goal import goals
from langsikt.access.window.plan import plan
from langsikt.access.window.referral import waiting
from langsikt.access.window.responsibility import responsibility
from langsikt.access.window.whereabouts import whereabouts
from langsikt.actions import staff
from langsikt.actions.draft import save_draft
from langsikt.model.load import METHOD
from langsikt.records.protection import CASE_TABLES
from tests.actions import staging
from tests.actions.staging import LONG_AGO, NOW, Case, Office, attempt, behind, count, do, fingerprint, submission, tell
from tests.model.states import FACTS

Look = Callable[[Actor, str], object]
GROUND = {"exclusion_ground": "person_asks"}
AT_THE_CASE: dict[str, Look] = {
    "overview": lambda actor, ref: cases.overview(actor, ref, NOW),
    "history": lambda actor, ref: cases.history(actor, ref, NOW),
    "form": lambda actor, ref: form.event_form(actor, ref, "exclude_staff", NOW),
    "plan": lambda actor, ref: plan(actor, ref, 6, NOW),
    "goals": lambda actor, ref: goals(actor, ref, NOW),
    "responsibility": lambda actor, ref: responsibility(actor, ref, NOW),
    "waiting": lambda actor, ref: waiting(actor, ref, NOW),
    "whereabouts": lambda actor, ref: whereabouts(actor, ref, NOW),
    "reveal": lambda actor, ref: reveal.reveal(actor, ref, "name", "guidance", False, NOW),
} | {f"step {key}": (lambda actor, ref, key=key: cases.step(actor, ref, key, NOW)) for key in METHOD.steps}
LOG: dict[str, Look] = {"log": lambda actor, ref: log.case_log(actor, ref, NOW)}
DRAFT: dict[str, Look] = {"draft": lambda actor, ref: save_draft(actor, "exclude_staff", ref, {"note": ["x"]}, NOW)}
MAY = {
    "worker": AT_THE_CASE | LOG | DRAFT,
    "stand_in": AT_THE_CASE | DRAFT,
    "manager": {name: look for name, look in AT_THE_CASE.items() if name != "whereabouts"} | LOG | DRAFT,
    "duty": AT_THE_CASE | DRAFT,
}


@pytest.fixture(scope="module")
def office(database: None) -> Office:
    made = staging.open_office()
    administrator = made.actor("administrator", LONG_AGO)
    staff.set_fallback(administrator, made.units["ours"], made.ids["outsider"], LONG_AGO)
    return made


@pytest.fixture
def absent(office: Office) -> Iterator[Callable[[str], None]]:
    """Somebody is away today."""
    yield lambda who: staff.set_absence(office.actor(who), NOW.date(), NOW.date(), NOW)
    staging.owner().execute("delete from records_absence")


def exclude(case: Case, who: str, by: str, **more: str) -> tuple[str, Any]:
    raw = staging.typed(case.office, {"excluded": f"staff:{who}", **GROUND, **more}, {})
    return attempt(case.office.actor(by), "exclude_staff", case.reference, raw)


def listed(actor: Actor, reference: str) -> bool:
    """Whether the reference stands in any list that the actor may open."""
    tabs, _ = worklist.lists(actor, "", NOW)
    rows = [row for tab in tabs for row in worklist.lists(actor, tab["key"], NOW)[1]]
    tasks = [row.task for group in worklist.my_day(actor, NOW).groups for row in group.rows]
    found = find(actor, reference, "", "", NOW).rows + find(actor, "", "Sentinel Sten", "", NOW).rows
    return reference in [row.reference for row in [*rows, *found]] + [task.reference for task in tasks]


def rows_in_sql(staff_id: UUID, reference: str) -> dict[str, int]:
    """How many rows of the case the app's role sees, table by table, with this actor set."""
    with behind("langsikt_app") as app:
        app.execute(
            "select set_config('langsikt.actor', %s, false), set_config('langsikt.now', %s, false)",
            [str(staff_id), NOW.isoformat()],
        )
        ids = staging.owner().execute("select id from records_contact where reference = %s", [reference])
        case_id = next(iter(ids))[0]
        tables = CASE_TABLES | {"records_assignment": "case_id", "records_journalentry": "case_id"}
        keys = {"records_datakey": "scope_id"}
        found = {}
        for table, column in (tables | keys).items():
            row = app.execute(f"select count(*) from {table} where {column} = %s", [case_id]).fetchone()
            found[table] = int(row[0]) if row else 0
        return found


def full(office: Office) -> Case:
    """A placed case in which something stands in many places."""
    case = tell(office, "placement")
    do(case, "record_person", {"person_name": "Sentinel Sten"})
    do(case, "write_note", {"happened_at": "moment:0", "note": "Sentinel."})
    return case


def hidden(look: Look, actor: Actor, reference: str) -> bool:
    try:
        look(actor, reference)
    except NotFound:
        return True
    return False


# --- deny beats every grant ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "by"), [("worker", "manager"), ("stand_in", "manager"), ("manager", "worker"), ("duty", "worker")]
)
def test_deny_beats_the_grant_everywhere(office: Office, absent: Callable[[str], None], who: str, by: str) -> None:
    case = full(office)
    if who == "stand_in":
        absent("worker")
    actor, reference = office.actor(who), case.reference
    for name, look in MAY[who].items():
        assert not hidden(look, actor, reference), f"{name} should be seen before"
    assert listed(actor, reference)
    assert min(rows_in_sql(actor.id, reference)[t] for t in ("records_contact", "records_event", "records_note")) > 0
    assert exclude(case, who, by)[0] == "done"
    for name, look in (AT_THE_CASE | LOG | DRAFT).items():
        assert hidden(look, actor, reference), f"{name} is still seen"
    assert not listed(actor, reference)
    assert set(rows_in_sql(actor.id, reference).values()) == {0}
    for event in METHOD.events:
        if event != "receive_contact":
            assert attempt(actor, event, reference, submission(case, event))[0] == "hidden", event


def test_the_coordinator_no_longer_sees_the_request(office: Office) -> None:
    case, coordinator = full(office), office.actor("coordinator")
    raw = submission(case, "start_placement")
    assert case.reference in [r["reference"] for r in dwelling.dwellings(coordinator, NOW)[1]]
    assert exclude(case, "coordinator", "worker")[0] == "done"
    assert case.reference not in [r["reference"] for r in dwelling.dwellings(coordinator, NOW)[1]]
    assert attempt(coordinator, "start_placement", case.reference, raw)[0] == "hidden"
    do(case, "request_place", FACTS["request_place"])
    assert case.reference not in [r["reference"] for r in dwelling.dwellings(coordinator, NOW)[1]]


def test_the_log_reviewer_who_is_excluded_sees_no_row_of_the_case(office: Office) -> None:
    case, reviewer = full(office), office.actor("reviewer")
    rows = rows_in_sql(reviewer.id, case.reference)
    assert rows["records_journalentry"] > 0 and rows["records_event"] == 0
    assert exclude(case, "reviewer", "worker")[0] == "done"
    assert rows_in_sql(reviewer.id, case.reference)["records_journalentry"] == 0


def test_hidden_is_answered_as_a_made_up_reference(office: Office) -> None:
    case, worker = full(office), office.actor("worker")
    exclude(case, "worker", "manager")
    for look in (AT_THE_CASE | LOG).values():
        said = []
        for reference in (case.reference, "XXXXXX"):
            before = staging.journal_rows()
            assert hidden(look, worker, reference)
            row = staging.last_journal()
            said.append(
                (staging.journal_rows() - before, row["action"], row["result"], row["case_id"], bool(row["typed"]))
            )
        assert said[0] == said[1] and said[0][0] == 1


# --- D3: every open case keeps a worker ------------------------------------------------------------------


def workers(case: Case) -> set[str]:
    """Who is responsible now: assigned, allowed and present, read as the owner."""
    rows = staging.owner().execute(
        "select distinct a.staff_id from records_assignment a join records_contact c on c.id = a.case_id"
        " where c.reference = %s and a.relation in ('case_worker', 'duty_service') and a.until_at is null"
        " and not exists (select 1 from records_denial d"
        " where d.case_id = c.id and d.staff_id = a.staff_id and d.lifted_at is null)"
        " and not exists (select 1 from records_absence b"
        " where b.staff_id = a.staff_id and %s between b.from_on and b.until_on)",
        [case.reference, NOW.date()],
    )
    words = {staff_id: word for word, staff_id in case.office.ids.items()}
    return {words[row[0]] for row in rows}


def without_duty(office: Office) -> Case:
    """A case that duty service has handed over: the case worker alone has it."""
    case = tell(office, "sheltered")
    do(case, "hand_over_to_team", {"case_worker": "staff:worker"}, who="duty")
    assert workers(case) == {"worker"}
    return case


def test_the_one_named_takes_over(office: Office) -> None:
    case = without_duty(office)
    assert exclude(case, "worker", "manager", instead="staff:other")[0] == "done"
    assert workers(case) == {"other"}
    assert cases.overview(office.actor("other"), case.reference, NOW).header.case_worker == "Other X"


def test_without_a_name_the_manager_takes_over_then_the_fallback(office: Office) -> None:
    case = without_duty(office)
    assert exclude(case, "worker", "manager")[0] == "done"
    assert workers(case) == {"manager"}
    assert exclude(case, "manager", "manager")[0] == "done"
    assert workers(case) == {"outsider"}, "the fallback of the unit, outside it"
    assert not hidden(AT_THE_CASE["overview"], office.actor("outsider"), case.reference)


def test_when_nobody_is_left_the_exclusion_is_stopped(office: Office) -> None:
    case = without_duty(office)
    exclude(case, "worker", "manager")
    exclude(case, "manager", "manager")
    before = fingerprint()
    said, answer = exclude(case, "outsider", "outsider")
    assert said == "stop" and answer.stop == "worker_left" and fingerprint() == before
    assert workers(case) == {"outsider"}


def test_an_absent_worker_does_not_count(office: Office, absent: Callable[[str], None]) -> None:
    case = without_duty(office)
    absent("worker")
    assert exclude(case, "reviewer", "manager")[0] == "done"
    assert workers(case) == {"manager"}, "somebody present has it now"


def test_the_excluded_is_not_named_as_the_one_who_takes_over(office: Office) -> None:
    case = without_duty(office)
    assert exclude(case, "other", "manager")[0] == "done"
    said, _ = exclude(case, "worker", "manager", instead="staff:other")
    assert said in ("done", "stop", "invalid") and "other" not in workers(case) and workers(case)


def test_pressing_jav_closes_the_case_at_once(office: Office) -> None:
    case = without_duty(office)
    said, _ = exclude(case, "worker", "worker", exclusion_ground="conflict_of_interest")
    assert said == "done"
    assert hidden(AT_THE_CASE["overview"], office.actor("worker"), case.reference) and workers(case) == {"manager"}
    assert staging.last_journal()["result"] == "NotFound"


# --- the denied stays out until the secrecy officer lifts it ------------------------------------------------


def test_the_excluded_cannot_be_assigned(office: Office) -> None:
    case = without_duty(office)
    exclude(case, "other", "manager")
    for name, facts in (
        ("case_worker", {"case_worker": "staff:other"}),
        ("stand_in", {"case_worker": "staff:worker", "stand_in": "staff:other"}),
    ):
        raw = staging.typed(office, facts, {})
        said, answer = attempt(office.actor("manager"), "assign_case", case.reference, raw)
        assert said == "invalid" and set(answer.complaints) == {name}
    with behind("langsikt_app") as app:
        app.execute("select set_config('langsikt.actor', %s, false)", [str(office.ids["manager"])])
        ids = staging.owner().execute("select id from records_contact where reference = %s", [case.reference])
        given = [uuid4(), next(iter(ids))[0], office.ids["other"], "case_worker", NOW]
        with pytest.raises(psycopg.errors.RaiseException, match="langsikt: denied"):
            app.execute("select langsikt_assign(%s, %s, %s, %s, %s)", given)


def test_only_the_secrecy_officer_lifts_and_sees_no_more_than_the_reference(office: Office) -> None:
    case, officer = full(office), office.actor("officer")
    exclude(case, "manager", "worker")
    row = next(r for r in exclusion.exclusions(officer, NOW) if r["reference"] == case.reference)
    assert set(row) == {"id", "reference", "staff", "ground", "since"} and row["staff"] == "Manager X"
    assert hidden(AT_THE_CASE["overview"], officer, case.reference)
    for who in ("manager", "worker", "administrator", "reviewer"):
        with pytest.raises(NotFound):
            staff.lift_exclusion(office.actor(who), row["id"], NOW)
    staff.lift_exclusion(officer, row["id"], NOW)
    later = NOW + timedelta(minutes=1)
    assert cases.overview(office.actor("manager", later), case.reference, later)
    with pytest.raises(NotFound):
        staff.lift_exclusion(officer, row["id"], NOW)


def test_nobody_lifts_their_own_exclusion(office: Office) -> None:
    case, officer = full(office), office.actor("officer")
    exclude(case, "officer", "worker")
    assert case.reference not in [r["reference"] for r in exclusion.exclusions(officer, NOW)]
    ids = staging.owner().execute("select id from records_denial where staff_id = %s", [office.ids["officer"]])
    for (denial,) in ids.fetchall():
        with pytest.raises(NotFound):
            staff.lift_exclusion(officer, denial, NOW)
    assert count("records_denial", "staff_id = %s and lifted_at is null", office.ids["officer"]) == 1


# --- deny beats a grant that still stands; and the negative control ---------------------------------------------


def test_deny_beats_a_standing_assignment_until_somebody_breaks_the_policy(office: Office) -> None:
    """The last test of this file: it leaves the copy of the database broken."""
    case, worker = full(office), office.actor("worker")
    exclude(case, "worker", "manager")
    staging.owner().execute("update records_assignment set until_at = null where staff_id = %s", [worker.id])
    assert set(rows_in_sql(worker.id, case.reference).values()) == {0}
    assert hidden(AT_THE_CASE["overview"], worker, case.reference) and not listed(worker, case.reference)
    nobody = "language sql stable security definer set search_path = public, pg_temp as 'select null::uuid where false'"
    staging.owner().execute(f"create or replace function langsikt_my_denied() returns setof uuid {nobody}")
    assert rows_in_sql(worker.id, case.reference)["records_note"] > 0, "the same count finds the broken policy"
    assert not hidden(AT_THE_CASE["overview"], worker, case.reference)
