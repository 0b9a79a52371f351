"""Gallring takes two, each from outside the other's right; afterwards nothing is left, not even in an older dump."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from langsikt.access.errors import Invalid, NotFound
from langsikt.access.share_store import ShareStore
from langsikt.access.window import erasure as window
from langsikt.actions import erasure
from tests.access.test_shares import dump, opened_lines
from tests.actions import staging
from tests.actions.staging import NOW, Case, Office, do, tell

LATER = NOW + timedelta(days=6 * 366)
WORD = "Ängsvioltäppan"
ADULT, CHILD = "19900101-2385", "20170101-2393"


@pytest.fixture(scope="module")
def office(database: None) -> Office:
    return staging.open_office()


def closed(office: Office, number: str | None = ADULT) -> Case:
    """A case with a placement, a number if any, and an end."""
    case = tell(office, "follow_up")
    do(case, "write_note", {"happened_at": "moment:0", "note": WORD})
    if number:
        do(case, "record_person", {"personal_number": number, "age_band": "21_plus"})
    do(case, "record_death", {"happened_on": "day:0"}, who="manager")
    return case


def left(case_id: Any) -> dict[str, int]:
    """The tables that still speak of the case."""
    with staging.behind() as owner:
        named = owner.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'public' and"
            " (column_name in ('case_id', 'about') or table_name = 'records_contact' and column_name = 'id'"
            " or column_name = 'scope_id')"
        ).fetchall()
        counts = {
            str(t): owner.execute(f"select count(*) from {t} where {c} = %s", [case_id]).fetchone() for t, c in named
        }
    return {table: int(row[0]) for table, row in counts.items() if row and row[0]}


def ids(case: Case) -> tuple[Any, Any]:
    row = staging.owner().execute(
        "select c.id, k.id from records_contact c join records_datakey k on k.scope_id = c.id where reference = %s",
        [case.reference],
    )
    found = row.fetchone()
    assert found
    return found[0], found[1]


def due(office: Office, case: Case, now: Any = LATER) -> str:
    found = window.to_erase(office.actor("manager", now), now)
    return next(d.answer.reason for d in found if d.reference == case.reference)


def test_a_manager_asks_a_secrecy_officer_agrees_and_nothing_is_left(office: Office) -> None:
    case = closed(office)
    case_id, key_id = ids(case)
    before = dump()
    assert WORD in opened_lines(before) and due(office, case) == "may"
    request = erasure.ask_erasure(office.actor("manager", LATER), case.reference, LATER)
    officer = office.actor("officer", LATER)
    assert [row["reference"] for row in window.asked(officer, LATER)] == [case.reference]
    assert len(left(case_id)) > 10 and WORD in opened_lines(before), "to ask erases nothing"

    erasure.agree_to_erasure(officer, request, LATER)

    assert set(left(case_id)) == {"records_journalentry", "records_erasure"}
    assert window.asked(officer, LATER) == [] and case.reference not in dump()
    assert key_id in ShareStore().destroyed() and key_id not in set(ShareStore().held())
    assert WORD not in opened_lines(before), "the older dump stays closed"
    said = staging.last_journal()
    assert (said["action"], said["case_id"]) == ("look_erasures", None)
    with pytest.raises(NotFound):
        erasure.agree_to_erasure(officer, request, LATER)


@pytest.mark.parametrize("who", ["worker", "other", "their_manager", "officer", "administrator", "reviewer", "analyst"])
def test_nobody_else_asks(office: Office, who: str) -> None:
    case = closed(office)
    with pytest.raises(NotFound):
        erasure.ask_erasure(office.actor(who, LATER), case.reference, LATER)
    assert staging.count("records_erasure", "about = %s", ids(case)[0]) == 0


@pytest.mark.parametrize("who", ["manager", "their_manager", "worker", "administrator", "reviewer", "coordinator"])
def test_nobody_else_agrees_least_of_all_the_one_who_asked(office: Office, who: str) -> None:
    case = closed(office)
    request = erasure.ask_erasure(office.actor("manager", LATER), case.reference, LATER)
    actor = office.actor(who, LATER)
    with pytest.raises(NotFound):
        erasure.agree_to_erasure(actor, request, LATER)
    with staging.behind("langsikt_app") as app:  # past the app: the database says no by itself
        app.execute(
            "select set_config('langsikt.actor', %s, false), set_config('langsikt.now', %s, false)",
            [str(actor.id), LATER.isoformat()],
        )
        assert app.execute("select * from langsikt_erase_case(%s, %s)", [request, LATER]).fetchall() == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("select langsikt_erase_rows(%s)", [ids(case)[0]])
    assert len(left(ids(case)[0])) > 10


def test_one_person_with_both_roles_is_still_one_person(office: Office) -> None:
    case = closed(office)
    request = erasure.ask_erasure(office.actor("manager", LATER), case.reference, LATER)
    with staging.behind() as owner:
        owner.execute(
            "insert into records_staffrole (id, staff_id, role, from_on) values (%s, %s, 'secrecy_officer', %s)",
            [uuid4(), office.ids["manager"], NOW.date()],
        )
        try:
            with pytest.raises(NotFound):
                erasure.agree_to_erasure(office.actor("manager", LATER), request, LATER)
        finally:
            owner.execute(
                "delete from records_staffrole where role = 'secrecy_officer' and staff_id = %s",
                [office.ids["manager"]],
            )
    assert len(left(ids(case)[0])) > 10


@pytest.mark.parametrize(
    ("number", "days", "reason"),
    [(ADULT, 5 * 365, "too_early"), (None, 6 * 366, "born_unknown"), (CHILD, 30 * 366, "placed_as_child")],
)
def test_what_is_hard_is_refused_with_its_reason(office: Office, number: str | None, days: int, reason: str) -> None:
    case, then = closed(office, number), NOW + timedelta(days=days)
    assert due(office, case, then) == reason
    with pytest.raises(Invalid) as refused:
        erasure.ask_erasure(office.actor("manager", then), case.reference, then)
    assert str(refused.value.complaints["reference"].sv)


def test_an_open_case_is_not_on_the_list(office: Office) -> None:
    case = tell(office, "follow_up")
    listed = {d.reference for d in window.to_erase(office.actor("manager", LATER), LATER)}
    assert case.reference not in listed
    with pytest.raises(Invalid):
        erasure.ask_erasure(office.actor("manager", LATER), case.reference, LATER)


def test_whatever_happens_in_between_makes_the_request_void(office: Office) -> None:
    case = closed(office)
    request = erasure.ask_erasure(office.actor("manager", LATER), case.reference, LATER)
    staging.owner().execute(
        "update records_event set recorded_at = %s where case_id = %s and seq = 1",
        [LATER + timedelta(minutes=1), ids(case)[0]],
    )
    officer = office.actor("officer", LATER)
    assert case.reference not in {row["reference"] for row in window.asked(officer, LATER)}
    with pytest.raises(NotFound):
        erasure.agree_to_erasure(officer, request, LATER + timedelta(hours=1))


def test_a_secrecy_officer_who_is_excluded_does_not_hear_of_it(office: Office) -> None:
    case = closed(office)
    request = erasure.ask_erasure(office.actor("manager", LATER), case.reference, LATER)
    staging.owner().execute(
        "insert into records_denial (id, case_id, staff_id, ground, from_at) values (%s, %s, %s, 'kin', %s)",
        [uuid4(), ids(case)[0], office.ids["officer"], NOW],
    )
    officer = office.actor("officer", LATER)
    assert case.reference not in {row["reference"] for row in window.asked(officer, LATER)}
    with pytest.raises(NotFound):
        erasure.agree_to_erasure(officer, request, LATER)
