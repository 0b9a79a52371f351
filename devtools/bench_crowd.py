"""Fills a scratch database with others' cases, fast: copies of real sealed ones, with teams and staff to match."""

import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from devtools.bench_data import many_cases
from devtools.people import JOHAN
from langsikt.access.share_store import SHARE_BYTES, ShareStore
from langsikt.actions.contact import ALPHABET
from langsikt.records import models

PATTERNS = 100  # real cases, each sealed with a key of its own; the rest are copies of their rows
A_TEAM, A_WORKER = 300, 60
TABLES = (models.Contact, models.Case, models.DataKey, models.Assignment, models.Event, *models.NOUNS)
MAKE = """
create temporary table crowd
  (old uuid, n integer, new uuid, reference text, unit_id uuid, district_id text, staff_id uuid)
"""


class Crowd:
    """Others' cases in a database, added to size by size; a seed gives the same references again."""

    def __init__(self, owner_url: str, seed: int) -> None:
        self.url, self.lot = owner_url, random.Random(seed)  # noqa: S311  (references of nobody)
        self.patterns: list[UUID] = []
        self.taken: set[str] = set()
        self.next = 0

    def grow_to(self, total: int) -> None:
        """Adds cases of others until there are ``total`` in the database."""
        with psycopg.connect(self.url) as owner:
            there = int(_one(owner, "select count(*) from records_contact"))
        if not self.patterns:
            references = many_cases(PATTERNS, datetime.now(UTC), username=JOHAN, owner_url=self.url)
            there += PATTERNS
            with psycopg.connect(self.url) as owner:
                rows = owner.execute("select id from records_contact where reference = any(%s)", [references])
                self.patterns = [row[0] for row in rows]
        with psycopg.connect(self.url) as owner:
            self._copy(owner, total - there)
            keys = [row[0] for row in owner.execute("select id from records_datakey")]
        _give_shares(keys)
        with psycopg.connect(self.url, autocommit=True) as owner:
            owner.execute("vacuum analyze")

    def _copy(self, owner: "psycopg.Connection[Any]", count: int) -> None:
        if count <= 0:
            return
        owner.execute(MAKE)
        self.taken |= {row[0] for row in owner.execute("select reference from records_contact")}
        places = self._staff(owner, count)
        with owner.cursor() as cursor, cursor.copy("copy crowd from stdin") as rows:
            for row in self._rows(count, places):
                rows.write_row(row)
        owner.execute("analyze crowd")
        for model in TABLES:
            owner.execute(_copied(model))
        owner.execute("drop table crowd")

    def _rows(self, count: int, places: list[tuple[UUID, str, UUID]]) -> Iterator[tuple[Any, ...]]:
        for index in range(count):
            self.next += 1
            reference = self._reference()
            new = UUID(int=self.lot.getrandbits(128), version=4)
            yield self.patterns[index % PATTERNS], self.next, new, reference, *places[index // A_WORKER % len(places)]

    def _reference(self) -> str:
        """One that no case has: of a hundred thousand drawn by lot a few are alike."""
        while (drawn := "".join(self.lot.choice(ALPHABET) for _ in range(6))) in self.taken:
            pass
        self.taken.add(drawn)
        return drawn

    def _staff(self, owner: "psycopg.Connection[Any]", count: int) -> list[tuple[UUID, str, UUID]]:
        """A team for each 300 cases and a case worker for each 60: (unit, district, staff)."""
        district, found = str(_one(owner, "select key from records_district order by key limit 1")), []
        for worker in range(-(-count // A_WORKER)):
            if worker % (A_TEAM // A_WORKER) == 0:
                unit = self._made(owner, "records_unit", {"name": f"RVT {self.next}-{worker}", "district_id": district})
            name = f"crowd.{self.next}.{worker}"
            account = {"username": name, "short_name": name, "password": "!", "is_active": True}
            staff = self._made(owner, "records_staff", account)
            role = {"staff_id": staff, "unit_id": unit, "role": "case_worker", "from_on": "2020-01-01"}
            self._made(owner, "records_staffrole", role)
            found.append((unit, district, staff))
        return found

    def _made(self, owner: "psycopg.Connection[Any]", table: str, row: dict[str, Any]) -> UUID:
        known = UUID(int=self.lot.getrandbits(128), version=4)
        whole = {"id": known, **row}
        names = sql.SQL(", ").join(map(sql.Identifier, whole))
        values = sql.SQL(", ").join(sql.Placeholder() * len(whole))
        owner.execute(
            sql.SQL("insert into {} ({}) values ({})").format(sql.Identifier(table), names, values), [*whole.values()]
        )
        return known


def _give_shares(keys: list[UUID]) -> None:
    """A share for each copied key, without which nothing starts; written without waiting for the disk."""
    store = ShareStore()
    held = set(store.held())
    for key_id in keys:
        if key_id not in held:
            file = store.folder / key_id.hex[:2] / key_id.hex
            file.parent.mkdir(mode=0o700, exist_ok=True)
            file.write_bytes(os.urandom(SHARE_BYTES))


def _one(owner: "psycopg.Connection[Any]", query: str) -> Any:
    row = owner.execute(query.encode()).fetchone()
    assert row is not None  # noqa: S101  (a count, or the demo's own district)
    return row[0]


def _copied(model: Any) -> sql.Composed:
    """The statement that copies the rows of every pattern, with new ids and somebody else's names."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    whose = {"records_contact": "id", "records_datakey": "scope_id"}.get(table, "case_id")
    values = [_value(model, field, whose) for field in model._meta.concrete_fields]
    return sql.SQL(
        "insert into {table} ({columns}) select {values} from {table} t join crowd c on c.old = t.{whose}"
    ).format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(values),
        whose=sql.Identifier(whose),
    )


def _value(model: Any, field: Any, whose: str) -> sql.Composable:
    there = sql.SQL("t.{}").format(sql.Identifier(field.column))
    target = field.related_model
    if field.column == whose:
        return sql.SQL("c.new")
    if field.column in ("reference", "unit_id", "district_id") and model is models.Contact:
        return sql.SQL("c.{}").format(sql.Identifier(field.column))
    if target is models.Staff:
        return sql.SQL("case when {} is null then null else c.staff_id end").format(there)
    if field.primary_key or target is models.Event:
        return sql.SQL("md5(c.n::text || {}::text)::uuid").format(there)
    return there
