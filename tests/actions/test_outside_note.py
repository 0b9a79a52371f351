"""Skriv till ärende: the note is there for the worker, and whoever wrote it cannot tell whether there is a case."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from langsikt.access import vault
from langsikt.access.errors import Invalid
from langsikt.access.window import case as cases
from langsikt.actions.outside_note import write_into
from tests.actions import staging
from tests.actions.staging import NOW, Case, Office, do, tell
from tests.actions.test_exclusion import AT_THE_CASE, hidden

WORDS = "Skolan har sett en man vänta vid grinden."
WRITERS = ("outsider", "other", "coordinator", "reviewer", "officer", "analyst", "administrator", "duty")


@pytest.fixture(scope="module")
def office(database: None) -> Office:
    return staging.open_office()


def write(office: Office, who: str, reference: str, text: str = WORDS) -> dict[str, Any]:
    """Everything that could be told apart: statements in order, keys unwrapped, the journal row."""
    unwrapped, real = [], vault.unwrap
    before = staging.journal_rows()
    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as seen:
        patch.setattr(vault, "unwrap", lambda *a: unwrapped.append(1) or real(*a))
        write_into(office.actor(who), reference, text, NOW)
    row = staging.last_journal()
    return {
        "statements": [q["sql"].partition("(")[0][:60] for q in seen],
        "unwrapped": len(unwrapped),
        "journal": (staging.journal_rows() - before, row["action"], row["result"], row["case_id"], bool(row["typed"])),
    }


def notes(case: Case) -> list[str]:
    """The notes from outside as the worker reads them in the history."""
    sheet = cases.history(case.office.actor("worker"), case.reference, NOW)
    lines = [line for line in sheet.lines if line.name == "receive_note"]
    return [str(fact.value) for line in lines for fact in line.facts if fact.field == "note"]


@pytest.mark.parametrize("who", WRITERS)
def test_the_note_lands_and_there_is_no_telling(office: Office, who: str) -> None:
    case = tell(office, "sheltered")
    hit, miss = write(office, who, case.reference), write(office, who, "ZZZZ99")
    assert hit == miss and hit["unwrapped"] == 1 and hit["journal"][0] == 1
    (note,) = notes(case)
    assert WORDS in note and note.startswith("Skrivet utifrån av ")
    assert hidden(AT_THE_CASE["overview"], office.actor(who), case.reference) or who == "duty"


def test_whoever_is_excluded_may_write_and_learns_nothing(office: Office) -> None:
    case = tell(office, "sheltered")
    do(case, "exclude_staff", {"excluded": "staff:outsider", "exclusion_ground": "kinship"}, who="manager")
    assert write(office, "outsider", case.reference.lower()) == write(office, "outsider", "ZZZZ99")
    assert "RVT Farsta" in notes(case)[0] and hidden(AT_THE_CASE["history"], office.actor("outsider"), case.reference)


def test_the_worker_has_a_task_until_something_is_written(office: Office) -> None:
    case = tell(office, "sheltered")
    kinds = lambda: [t.kind for t in cases.overview(office.actor("worker"), case.reference, NOW).now.tasks]  # noqa: E731
    assert "outside_note" not in kinds()
    last = cases.overview(office.actor("worker"), case.reference, NOW).now.last_contact_on
    write(office, "outsider", case.reference)
    assert "outside_note" in kinds()
    assert cases.overview(office.actor("worker"), case.reference, NOW).now.last_contact_on == last, (
        "no contact with her"
    )
    do(case, "write_note", {"happened_at": "moment:0", "note": "Skolan är uppringd."}, NOW + timedelta(minutes=1))
    assert "outside_note" not in kinds()


def test_the_number_of_the_event_is_the_next_one(office: Office) -> None:
    case = tell(office, "sheltered")
    for _ in range(3):
        write(office, "outsider", case.reference)
    do(case, "write_note", {"happened_at": "moment:0", "note": "Efter."}, NOW)
    rows = staging.owner().execute(
        "select e.seq from records_event e join records_contact c on c.id = e.case_id where c.reference = %s"
        " order by e.seq",
        [case.reference],
    )
    numbers = [row[0] for row in rows]
    assert numbers == list(range(1, len(numbers) + 1)) and len(notes(case)) == 3


def test_after_advice_there_is_nothing_to_write_into(office: Office) -> None:
    case = tell(office, "contact")
    do(case, "give_advice", {"ended_on": "day:0"}, NOW)
    before = staging.count("records_note")
    assert write(office, "outsider", case.reference) == write(office, "outsider", "ZZZZ99")
    assert staging.count("records_note") == before


def test_what_is_missing_is_said_at_the_field(office: Office) -> None:
    for reference, text, field in (("", WORDS, "reference"), ("ZZZZ99", " ", "note")):
        with pytest.raises(Invalid) as no:
            write_into(office.actor("outsider"), reference, text, NOW)
        assert set(no.value.complaints) == {field}


def test_a_function_that_tells_would_be_found(office: Office) -> None:
    """The negative control, last in the file: a reference that is not there raises."""
    told = (
        staging.owner()
        .execute("select pg_get_functiondef('langsikt_write_into(text, uuid, bytea, text, timestamptz)'::regprocedure)")
        .fetchone()
    )
    assert told is not None
    telling = str(told[0]).replace(
        "  insert into records_event",
        "  if the_case is null then raise exception 'langsikt: none'; end if;\n  insert into records_event",
        1,
    )
    staging.owner().execute(telling)
    case = tell(office, "sheltered")
    write(office, "outsider", case.reference)
    with pytest.raises(Exception, match="langsikt: none"):
        write(office, "outsider", "ZZZZ99")
