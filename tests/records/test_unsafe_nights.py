"""After a day without action the named stand-in is told of an unsafe night: reference and since when, no more (R24)."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from langsikt.access.errors import NotFound
from langsikt.access.window import case as cases
from langsikt.access.window.safety_plan import safety, unsafe_nights
from langsikt.access.window.worklist import my_day
from langsikt.actions import staff
from langsikt.records.protection import CASE_TABLES
from tests.actions import staging
from tests.actions.staging import NOW, Case, Office, do, tell

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def office(database: None) -> Office:
    return staging.open_office()


@pytest.fixture
def absent(office: Office) -> Iterator[Callable[[str], None]]:
    """Somebody is away today."""
    yield lambda who: staff.set_absence(office.actor(who), NOW.date(), NOW.date(), NOW)
    staging.owner().execute("delete from records_absence")


def unsafe(office: Office, night: str = "unsafe", ago: timedelta = 24 * HOUR) -> Case:
    """A case with a named stand-in, and an answer about the night, so long ago."""
    case = tell(office, "follow_up")
    do(case, "check_in", {"wellbeing": "2", "check_in_line": "Sentinelrad.", "tonight": night}, NOW - ago)
    return case


def told(office: Office, who: str = "stand_in", now: datetime = NOW) -> list[str]:
    """The references that the database tells somebody of."""
    return [night.reference for night in unsafe_nights(office.actor(who, now), now)]


# --- positive, and the near misses ----------------------------------------------------------------------


@pytest.mark.parametrize("night", ["unsafe", "unknown"])
def test_after_a_day_the_stand_in_is_told_though_nobody_is_absent(office: Office, night: str) -> None:
    case = unsafe(office, night)
    found = unsafe_nights(office.actor("stand_in"), NOW)
    assert [(n.reference, n.since) for n in found if n.reference == case.reference] == [
        (case.reference, NOW - 24 * HOUR)
    ]


@pytest.mark.parametrize("ago", [timedelta(), 23 * HOUR, 24 * HOUR - timedelta(seconds=1)])
def test_before_a_day_has_passed_nobody_is_told(office: Office, ago: timedelta) -> None:
    assert unsafe(office, ago=ago).reference not in told(office)


@pytest.mark.parametrize("night", ["safe_shelter", "safe_own", "temporary", "with_family", "does_not_say"])
def test_other_answers_tell_nobody(office: Office, night: str) -> None:
    assert unsafe(office, night).reference not in told(office)


def test_an_acute_ending_without_an_answer_is_an_unknown_night(office: Office) -> None:
    case = tell(office, "sheltered")
    do(case, "end_placement_acutely", {"placement": "=placement", "last_day_on": "day:-1"}, NOW - 25 * HOUR)
    assert case.reference in told(office)


@pytest.mark.parametrize(
    ("event", "facts"),
    [
        ("check_in", {"wellbeing": "2", "check_in_line": "Ringde."}),
        ("write_note", {"happened_at": "moment:-1", "note": "Ringde, inget svar."}),
        ("report_missing_person", {"happened_at": "moment:-1", "missing_kind": "missing"}),
    ],
)
def test_an_act_gives_another_day(office: Office, event: str, facts: dict[str, Any]) -> None:
    case = unsafe(office, ago=40 * HOUR)
    assert case.reference in told(office)
    do(case, event, facts, NOW - 2 * HOUR)
    assert case.reference not in told(office) and case.reference in told(office, now=NOW + 22 * HOUR)


def test_what_is_no_act_gives_none(office: Office) -> None:
    case = unsafe(office)
    do(case, "record_person", {"age_band": "21_plus"}, NOW - HOUR)
    assert case.reference in told(office)


def test_a_new_answer_ends_it(office: Office) -> None:
    case = unsafe(office, ago=90 * HOUR)
    do(case, "check_in", {"wellbeing": "4", "check_in_line": "Hos en vän.", "tonight": "temporary"}, NOW - 50 * HOUR)
    assert case.reference not in told(office)


def test_a_corrected_answer_is_read_as_corrected(office: Office) -> None:
    case = unsafe(office, ago=60 * HOUR)
    check_in = case.latest["check_in"]
    never = {"corrects": [str(check_in)], "correction_reason": ["Fel ärende."], "never_happened": ["on"]}
    assert case.reference in told(office)
    assert staging.attempt(office.actor("worker"), "correct", case.reference, never, NOW - 50 * HOUR)[0] == "done"
    assert case.reference not in told(office)


def test_a_closed_case_tells_nobody(office: Office) -> None:
    case = unsafe(office)
    do(case, "record_death", {"happened_on": "day:0"}, NOW - HOUR, who="manager")
    assert case.reference not in told(office)


# --- only the named stand-in ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["other", "outsider", "their_manager", "coordinator", "analyst", "reviewer", "officer"])
def test_nobody_else_is_told(office: Office, who: str) -> None:
    case = unsafe(office)
    assert case.reference not in told(office, who) and case.reference in told(office)


@pytest.mark.parametrize("who", ["worker", "manager"])
def test_who_sees_the_case_is_told_by_the_case(office: Office, who: str) -> None:
    assert unsafe(office).reference not in told(office, who)


def test_a_stand_in_who_steps_in_has_the_case_itself(office: Office, absent: Callable[[str], None]) -> None:
    case = unsafe(office)
    absent("worker")
    assert case.reference not in told(office)
    assert case.reference in {r.task.reference for g in my_day(office.actor("stand_in"), NOW).groups for r in g.rows}


def test_a_denied_stand_in_gets_nothing(office: Office) -> None:
    case = unsafe(office)
    do(case, "exclude_staff", {"excluded": "staff:stand_in", "exclusion_ground": "person_asks"}, NOW - HOUR)
    assert case.reference not in told(office)
    # As if she had been named again past the door: the exclusion wins.
    owner = staging.owner()
    owner.execute(
        "insert into records_assignment (id, case_id, staff_id, relation, from_at)"
        " select %s, id, %s, 'stand_in', %s from records_contact where reference = %s",
        [uuid4(), office.ids["stand_in"], NOW - 100 * HOUR, case.reference],
    )
    assert case.reference not in told(office)


def test_a_stand_in_no_longer_named_gets_nothing(office: Office) -> None:
    case = unsafe(office)
    do(case, "assign_case", {"case_worker": "staff:worker", "stand_in": "staff:other"}, NOW - HOUR)
    assert case.reference not in told(office) and case.reference in told(office, "other")


# --- and nothing else of the case ---------------------------------------------------------------------------------


def test_the_case_stays_closed_to_whoever_is_told(office: Office) -> None:
    case, actor = unsafe(office), office.actor("stand_in")
    assert case.reference in told(office)
    for page in (cases.overview, cases.history, safety):
        with pytest.raises(NotFound):
            page(actor, case.reference, NOW)  # type: ignore[operator]
    assert staging.attempt(actor, "write_note", case.reference, {"note": ["x"]})[0] == "hidden"


def test_no_row_of_the_case_is_readable_in_sql(office: Office) -> None:
    case = unsafe(office)
    with staging.behind("langsikt_app") as app:
        app.execute(
            "select set_config('langsikt.actor', %s, false), set_config('langsikt.now', %s, false)",
            [str(office.ids["stand_in"]), NOW.isoformat()],
        )
        rows = app.execute("select case_id, reference, since from langsikt_unsafe_nights()").fetchall()
        (case_id,) = [row[0] for row in rows if row[1] == case.reference]
        tables = {**CASE_TABLES, "records_assignment": "case_id", "records_journalentry": "case_id"}
        seen = {
            table
            for table, column in tables.items()
            if app.execute(f"select 1 from {table} where {column} = %s", [case_id]).fetchone()
        }
        keys = app.execute("select 1 from records_datakey where scope_id = %s", [case_id]).fetchone()
    assert isinstance(case_id, UUID) and seen == set() and keys is None


def test_the_function_says_three_things(database: None) -> None:
    row = staging.owner().execute(
        "select pg_get_function_result(oid), prosecdef, provolatile from pg_proc"
        " where proname = 'langsikt_unsafe_nights'"
    )
    assert row.fetchone() == ("TABLE(case_id uuid, reference text, since timestamp with time zone)", True, "s")


def test_being_told_is_journaled(office: Office) -> None:
    case = unsafe(office)
    assert case.reference in told(office)
    row = staging.last_journal()
    ids = staging.owner().execute("select id from records_contact where reference = %s", [case.reference]).fetchone()
    assert row["action"] == "look_unsafe_nights" and ids is not None and str(ids[0]) in row["shown"]
    before = staging.journal_rows()
    assert told(office, "analyst") == [] and staging.journal_rows() == before, "nothing shown, nothing to journal"
