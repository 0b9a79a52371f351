"""Joins the hand-written table of every (state, event, who) with the real door on a real database."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from langsikt.access import journal
from langsikt.access.sheets import Actor
from langsikt.records.models import NOUNS
from tests import cluster
from tests.actions import staging
from tests.actions.staging import NOW, WHO, Case, Office, attempt, last_journal, submission, tell
from tests.model.test_steps_table import CELLS, COLUMNS, TABLE

STATES = list(dict.fromkeys(row["state"] for row in TABLE))
NOT_RESTORED = ("records_journalentry", "records_absence")
JOURNALED = {
    "hidden": "NotFound",
    "right": "RefusedByRight",
    "step": "RefusedByStep",
    "stop": "HardStop",
    "done": "done",
}
MADE_UP = "XXXXXX"


@dataclass(frozen=True)
class Seen:
    """What the owner saw: a hash per table, the events, the nouns."""

    hashes: tuple[str, ...]
    events: int
    nouns: int


@dataclass
class Stage:
    """The office with one case per state, and the means to put every row back after an accepted event."""

    office: Office
    cases: dict[str, Case]
    superuser: Any
    tables: list[str]
    actors: dict[str, Actor]
    told: Seen = field(init=False)
    away: bool = False
    said: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        hashes = [
            f"(select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) from {t} t)"
            for t in self.tables
        ]
        nouns = " + ".join(f"(select count(*) from {noun._meta.db_table})" for noun in NOUNS)
        self.look = f"select array[{', '.join(hashes)}], (select count(*) from records_event), {nouns}"
        for table in self.tables:
            self.superuser.execute(f"create table saved.{table} as table public.{table}")
        cluster.keep_shares(staging.home(), "saved", self.superuser)
        self.told = self.seen()

    def seen(self) -> Seen:
        """As the owner, over all case tables."""
        row = staging.owner().execute(self.look).fetchone()
        assert row is not None
        return Seen(tuple(row[0]), int(row[1]), int(row[2]))

    def put_back(self, after: Seen) -> list[str]:
        """Every row as it was when the states had been told; the tables in which one had changed."""
        changed = [t for t, old, new in zip(self.tables, self.told.hashes, after.hashes, strict=True) if old != new]
        undo = "delete from public.{t} x where not exists (select from saved.{t} s where s::text = x::text)"
        redo = (
            "insert into public.{t} select * from saved.{t} s"
            " where not exists (select from public.{t} x where s::text = x::text)"
        )
        self.superuser.execute("; ".join(part.format(t=t) for t in changed for part in (undo, redo)))
        cluster.put_shares_back(staging.home(), "saved")  # the shares lie outside the database
        return changed

    def stand_ins_day(self, away: bool) -> None:
        """The case worker is absent today, or present."""
        if away and not self.away:
            self.superuser.execute(
                "insert into records_absence (id, staff_id, from_on, until_on, recorded_at)"
                " values (gen_random_uuid(), %s, %s, %s, %s)",
                [self.office.ids["worker"], NOW.date(), NOW.date(), NOW],
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
    with staging.behind("superuser") as superuser:
        superuser.execute("create schema saved; set session_replication_role = replica")
        made = Stage(office, cases, superuser, tables, {c: office.actor(WHO[c]) for c in COLUMNS})
        yield made


@pytest.mark.parametrize("state", STATES)
def test_the_door_answers_every_event_as_the_table_says(stage: Stage, state: str) -> None:
    began = time.monotonic()
    wrong = [fault for column in COLUMNS for fault in _column(stage, state, column)]
    stage.seconds += time.monotonic() - began
    assert not wrong, f"{state}: {len(wrong)} disagreements\n" + "\n".join(wrong)


def _column(stage: Stage, state: str, column: str) -> list[str]:
    """Every event tried by one person; the rows are hashed after each acceptance, and after all the refusals."""
    stage.stand_ins_day(column == "stand_in" and state != "new")
    stage.superuser.execute("delete from records_journalentry")
    found = []
    for _, event, _, expected in (c for c in CELLS if c[0] == state and c[2] == column):
        fault = _judge(stage, state, event, column, expected)
        found += [f"{event} by {column}: {fault}"] if fault else []
    stage.stand_ins_day(False)
    return found + [f"a refusal of {column} changed {t}" for t in stage.put_back(stage.seen())]


def _judge(stage: Stage, state: str, event: str, column: str, expected: str) -> str:
    """What the door did otherwise than the table says; empty when all is as it should be."""
    actor, case = stage.actors[column], stage.cases.get(state)
    reference = case.reference if case else None if event == "receive_contact" else MADE_UP
    raw = submission(case or Case(stage.office, ""), event)
    rows = staging.journal_rows()
    said, answer = attempt(actor, event, reference, raw)
    row, added = last_journal(), staging.journal_rows() - rows
    stage.said[said] += 1
    kept = _kept(stage, event) if said == "done" else ""
    if said != expected:
        return f"table {expected}, door {said} {answer!r}"
    if added != 1 or (row["action"], row["result"]) != (event, JOURNALED[expected]):
        return f"{added} journal rows, the last {row.get('action')} {row.get('result')}"
    if row["actor"] != str(actor.id) or bool(row["typed"]) != (said == "hidden" and reference is not None):
        return f"the journal row says {row}"
    return kept


def _kept(stage: Stage, event: str) -> str:
    """After an accepted event: one event with what it says; after advice nothing else of the contact."""
    after = stage.seen()
    changed = stage.put_back(after)
    events, nouns = after.events - stage.told.events, after.nouns - stage.told.nouns
    if event == "give_advice":
        return "" if events < 0 and nouns < 0 else f"{events} events after advice"
    wanted = (1, 2) if event == "correct" else (1, 1)
    if event == "follow_up" and nouns == events == 2:  # a placement that rests on a decision: a draft comes with it
        wanted = (2, 2) if "records_decisiondraft" in changed else wanted
    return "" if (events, nouns) == wanted else f"{events} events and {nouns} nouns were added"


def test_every_cell_was_tried(stage: Stage) -> None:
    """Not vacuous: the counts are those of the table itself."""
    wanted = Counter(cell[3] for cell in CELLS)
    print(f"steps.csv through the door: {stage.said.total()} cells {dict(stage.said)}, {stage.seconds:.0f} s")
    assert stage.said == wanted, f"tried {dict(stage.said)}, the table has {dict(wanted)}"
    assert min(wanted.values()) > 0 and sum(wanted.values()) == len(CELLS) == len(TABLE) * len(COLUMNS)


# --- negative controls: the same judgement finds a planted fault ------------------------------------


def test_a_lost_journal_row_is_found(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("langsikt.access.journal.write", lambda *given, **named: None)
    assert "0 journal rows" in _judge(stage, "contact", "write_note", "unit_manager", "right")


def test_a_row_left_by_a_refusal_is_found(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def also_a_mark(*given: Any, **named: Any) -> None:
        write(*given, **named)
        stage.superuser.execute("update records_unit set name = name || '!'")

    write = journal.write
    monkeypatch.setattr("langsikt.access.journal.write", also_a_mark)
    assert "a refusal of unit_manager changed records_unit" in _column(stage, "closed", "unit_manager")


def test_a_wrong_answer_is_found(stage: Stage) -> None:
    assert "table done, door right" in _judge(stage, "contact", "write_note", "unit_manager", "done")
    assert "table hidden, door right" in _judge(stage, "contact", "write_note", "unit_manager", "hidden")
