"""A sealed journal on the worker's own copy: turned as the clock, examined as the auditor, spoilt as superuser."""

import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from langsikt.access import chain, notary
from langsikt.cli import roles
from langsikt.config import audit
from tests import cluster

HOME = Path(os.environ["LANGSIKT_TEST_HOME"])
TABLE = "records_journalentry"
COLUMNS = ("id", "at", "actor", "role", "action", "case_id", "shown", "klass", "result", "reason", "typed")
EVERY = (*COLUMNS, "xid", "written_at", "seal_no", "seal")


def superuser(database: str) -> "psycopg.Connection[Any]":
    """Who may do everything in the database, and has neither the sealing key nor the place outside."""
    return cluster.Swift(cluster.Home(HOME)).superuser(database)


@dataclass
class Sealed:
    """A database with its heads outside, and the hand that turns the clock."""

    database: str
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.notary = notary.read(cluster.Home(HOME).seal_key)
        self.public = self.notary.key.public_key()
        self.clock = cluster.connect(HOME, roles.CLOCK, self.database)

    def write(self, count: int, connection: "psycopg.Connection[Any] | None" = None) -> None:
        """Rows as the app writes them, some with every column filled."""
        insert = f"insert into {TABLE} ({', '.join(COLUMNS)}) values ({', '.join(['%s'] * len(COLUMNS))})"
        rows = [row(number) for number in range(count)]
        if connection:
            connection.cursor().executemany(insert, rows)
            return
        with cluster.connect(HOME, roles.APP, self.database) as app:
            app.cursor().executemany(insert, rows)

    def seal(self) -> int:
        """Until nothing waits; another database's long transaction may hold the horizon back for a moment."""
        until, done = time.monotonic() + 60, 0
        while time.monotonic() < until:
            done += int(self.one("select langsikt_seal(1000)")[0])
            if not self.one("select waiting from langsikt_head()")[0]:
                return done
            time.sleep(0.05)
        raise AssertionError("the horizon did not move for a minute")

    def sign(self, at: datetime | None = None) -> None:
        """One head more, outside and in the database, as `access.seal` and the clock make it."""
        number, seal = self.one("select number, head from langsikt_head()")
        before = self.lines[-1] if self.lines else ""
        now = at or datetime.now(UTC)
        head = chain.head_of(len(self.lines) + 1, number, bytes(seal), before, now)
        said = self.notary.sign(head)
        self.clock.execute(
            "insert into records_anchor (line, seal_no, said, made_at, shipped_at) values (%s, %s, %s, %s, %s)",
            [len(self.lines) + 1, number, said, now, now],
        )
        self.lines.append(said)

    def one(self, query: str) -> Any:
        return self.clock.execute(query.encode()).fetchone()

    def examine(self, lines: list[str] | None = None) -> chain.Report:
        """What `langsikt audit verify` examines, as its role."""
        with cluster.connect(HOME, roles.AUDITOR, self.database) as auditor:
            return audit.examine(auditor, self.lines if lines is None else lines, self.public)

    def faults(self, lines: list[str] | None = None) -> list[str]:
        return self.examine(lines).faults


def row(number: int) -> list[Any]:
    """One row: every third with a case, every fourth a list, every fifth a refusal."""
    case = uuid4() if number % 3 == 0 else None
    shown = [uuid4() for _ in range(number % 4)] if number % 4 else None
    result, typed = ("NotFound", f"{number:032x}") if number % 5 == 0 else ("done", "")
    at = datetime.now(UTC) - timedelta(seconds=number)
    role = ("case_worker", "unit_manager", "")[number % 3]
    return [uuid4(), at, uuid4() if number % 7 else None, role, "look_case", case, shown, number % 4, result, "", typed]
