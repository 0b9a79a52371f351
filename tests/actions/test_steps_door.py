"""Joins the hand-written table of every (state, event, who) with the real door on a real database."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from langsikt.records.models import NOUNS
from tests.actions import staging
from tests.actions.staging import NOW, WHO, Case, Office, attempt, last_journal, submission, tell
from tests.model.test_steps_table import CELLS, COLUMNS, TABLE

STATES = list(dict.fromkeys(row["state"] for row in TABLE))
NOT_RESTORED = ("records_journalentry", "records_absence")
JOURNALED = {"hidden": "NotFound", "right": "RefusedByRight", "step": "RefusedByStep", "stop": "HardStop", "done": "done"}
MADE_UP = "XXXXXX"


@dataclass
class Stage:
    """The office with one case per state, and the means to put every row back after an accepted event."""

    office: Office
    cases: dict[str, Case]
    superuser: Any
    tables: list[str]
    restoring: str
    look: str
    away: bool = False
    said: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def seen(self) -> tuple[str, int, int, int]:
        """As the owner: the hash over all case tables, the events, the nouns and the journal rows."""
        row = staging.owner().execute(self.look).fetchone()
        assert row is not None
        return str(row[0]), int(row[1]), int(row[2]), int(row[3])

    def restore(self) -> None:
        """Every row as it was when the states had been told."""
        self.superuser.execute(self.restoring)

    def stand_ins_day(self, away: bool) -> None:
        """The case worker is absent today, or present."""
        if away and not self.away:
            self.superuser.execute(
                "insert into records_absence (id, staff_id, from_on, until_on, recorded_at) values (%s, %s, %s, %s, %s)",
                [uuid4(), self.office.ids["worker"], NOW.date(), NOW.date(), NOW],
            )
        elif self.away and not away:
            self.superuser.execute("delete from records_absence")
        self.away = away


@pytest.fixture(scope="module")
def stage(database: None) -> Iterator[Stage]:
    """Every state told through the door once, by the people who do such things."""
    office = staging.open_office()
    cases = {state: tell(office, state) for state in STATES if state != "new"}
    tables = [t for t in staging.case_tables() if t not in NOT_RESTORED]
    superuser = staging.behind("superuser")
    superuser.execute("create schema saved")
    for table in tables:
        superuser.execute(f"create table saved.{table} as table public.{table}")
    restoring = "set session_replication_role = replica; " + "; ".join(
        f"delete from public.{t}; insert into public.{t} select * from saved.{t}" for t in tables
    )
    made = Stage(office, cases, superuser, tables, restoring, _look(tables))
    yield made
    superuser.close()
    print(f"\nsteps.csv through the door: {dict(made.said)}, {made.seconds:.0f} s")


def _look(tables: list[str]) -> str:
    hashes = [f"(select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) from {t} t)" for t in tables]
    nouns = " + ".join(f"(select count(*) from {noun._meta.db_table})" for noun in NOUNS)
    return (
        f"select concat_ws(' ', {', '.join(hashes)}), (select count(*) from records_event), {nouns},"
        " (select count(*) from records_journalentry)"
    )


@pytest.mark.parametrize("state", STATES)
def test_the_door_answers_every_event_as_the_table_says(stage: Stage, state: str) -> None:
    began = time.monotonic()
    wrong: list[str] = []
    for column in COLUMNS:
        stage.stand_ins_day(column == "stand_in" and state != "new")
        for _, event, _, expected in (c for c in CELLS if c[0] == state and c[2] == column):
            fault = _judge(stage, state, event, column, expected)
            wrong += [f"{event} by {column}: {fault}"] if fault else []
    stage.stand_ins_day(False)
    stage.seconds += time.monotonic() - began
    assert not wrong, f"{state}: {len(wrong)} disagreements\n" + "\n".join(wrong)


def _judge(stage: Stage, state: str, event: str, column: str, expected: str) -> str:
    """What the door did otherwise than the table says; empty when all is as it should be."""
    actor = stage.office.actor(WHO[column])
    case = stage.cases.get(state)
    reference = case.reference if case else None if event == "receive_contact" else MADE_UP
    raw = submission(case or Case(stage.office, ""), event)
    before = stage.seen()
    said, answer = attempt(actor, event, reference, raw)
    after = stage.seen()
    row = last_journal()
    if said == "done":
        stage.restore()
    stage.said[said] += 1
    if said != expected:
        return f"table {expected}, door {said} {answer!r}"
    if after[3] != before[3] + 1 or (row["action"], row["result"]) != (event, JOURNALED[expected]):
        return f"{after[3] - before[3]} journal rows, the last {row['action']} {row['result']}"
    if row["actor"] != str(actor.id) or bool(row["typed"]) != (said == "hidden"):
        return f"the journal row says {row}"
    if said != "done":
        return "" if after[:3] == before[:3] else "a refusal changed rows"
    return _kept(event, before, after)


def _kept(event: str, before: tuple[str, int, int, int], after: tuple[str, int, int, int]) -> str:
    """After an accepted event: one event with what it says; after advice nothing else of the contact."""
    events, nouns = after[1] - before[1], after[2] - before[2]
    if event == "give_advice":
        return "" if events < 0 else f"{events} events after advice"
    wanted = (1, 2) if event == "correct" else (1, 1)
    return "" if (events, nouns) == wanted else f"{events} events and {nouns} nouns were added"


def test_every_cell_was_tried(stage: Stage) -> None:
    """Not vacuous: the counts are those of the table itself."""
    wanted = Counter(cell[3] for cell in CELLS)
    assert stage.said == wanted, f"tried {dict(stage.said)}, the table has {dict(wanted)}"
    assert min(wanted.values()) > 0 and sum(wanted.values()) == 16 * 39 * 9


# --- negative controls: the same judgement finds a planted fault ------------------------------------


def test_a_lost_journal_row_is_found(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("langsikt.access.journal.write", lambda *given, **named: None)
    assert "0 journal rows" in _judge(stage, "contact", "write_note", "unit_manager", "right")


def test_a_row_left_by_a_refusal_is_found(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    from langsikt.access import journal

    def also_a_draft(*given: Any, **named: Any) -> None:
        write(*given, **named)
        stage.superuser.execute("update records_unit set name = name || '!'")

    write = journal.write
    monkeypatch.setattr("langsikt.access.journal.write", also_a_draft)
    assert _judge(stage, "contact", "write_note", "unit_manager", "right") == "a refusal changed rows"
    stage.restore()


def test_a_wrong_answer_is_found(stage: Stage) -> None:
    assert "table done, door right" in _judge(stage, "contact", "write_note", "unit_manager", "done")
    assert NOW - timedelta(0) == NOW
