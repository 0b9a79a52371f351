"""Makes many simple cases fast, past the door and as owner, for lists and timings; never in a demo for people."""

import os
import secrets
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from devtools.people import SARA
from langsikt.access import vault
from langsikt.actions.contact import ALPHABET
from langsikt.records import models

Facts = Mapping[str, Any]
WORKER = (
    "select s.id, r.unit_id, u.district_id from records_staff s join records_staffrole r on r.staff_id = s.id"
    " join records_unit u on u.id = r.unit_id where s.username = %s and r.role = 'case_worker'"
)
CORE = Jsonb({"housing": "need", "occupation": "manages", "social_support": "need"})
LINE = "Personen hör av sig själv och vill veta vilken hjälp som finns."


def many_cases(
    count: int, now: datetime, *, username: str = SARA, notes: int = 0, owner_url: str | None = None
) -> list[str]:
    """The references of ``count`` new cases of ``username``, each with ``notes`` notes beside its few events."""
    with psycopg.connect(owner_url or os.environ["LANGSIKT_OWNER_URL"]) as connection:
        worker = connection.execute(WORKER, [username]).fetchone()
        if worker is None:
            raise LookupError(f"{username} is no case worker here")
        staff, unit, district = worker
        load = Load(staff, unit, district, now)
        references = [load.case(index, notes) for index in range(count)]
        load.insert(connection)
    with psycopg.connect(owner_url or os.environ["LANGSIKT_OWNER_URL"], autocommit=True) as connection:
        connection.execute("analyze")
    return references


class Load:
    """Rows by table, gathered in Python and inserted in one go; texts are sealed with each case's own key."""

    def __init__(self, staff: UUID, unit: UUID, district: str, now: datetime) -> None:
        self.staff, self.unit, self.district, self.now = staff, unit, district, now
        self.rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self.seq = 0

    def case(self, index: int, notes: int) -> str:
        """One case, somewhere between step 2 and step 6, and its reference."""
        keyring, reference = self._root(index)
        began = 40 + index % 50
        self._event(keyring, "receive_contact", began, {"contact_source": "self", "age_band": "21_plus"},
                    {"contact_line": LINE})  # fmt: skip
        self._event(keyring, "open_investigation", began - 1, {"investigation_ground": "application"})
        self._event(keyring, "assess_needs", began - 3, {"core_need_states": CORE})
        if index % 4:
            self._risk(keyring, began - 4)
            self._event(keyring, "conclude_investigation", began - 6, {"next_path": "without_shelter"})
        if index % 4 > 1:
            self._event(keyring, "assess_needs_after", began - 8, {"core_need_states": CORE, "home_after": "own_lease"})
        if index % 4 > 2:
            self._support(keyring, began - 9, index % 60 - 15)
        for note in range(notes):
            self._event(keyring, "write_note", 30, {}, {"note": f"Samtal nummer {note + 1}. Läget är oförändrat."})
        return reference

    def _root(self, index: int) -> tuple[vault.DataKeyring, str]:
        case, made = uuid4(), self.now - timedelta(days=40 + index % 50)
        keyring = vault.new_data_key(case)
        reference = "".join(secrets.choice(ALPHABET) for _ in range(6))
        self.seq = 0
        self.rows[models.Contact].append(
            {"id": case, "reference": reference, "unit_id": self.unit, "district_id": self.district, "made_at": made}
        )
        self.rows[models.Case].append({"case_id": case, "made_at": made})
        self.rows[models.DataKey].append(vault.wrapped_row(keyring, "case"))
        self.rows[models.Assignment].append(
            {"id": uuid4(), "case_id": case, "staff_id": self.staff, "relation": "case_worker", "from_at": made}
        )
        return keyring, reference

    def _risk(self, keyring: vault.DataKeyring, days_ago: int) -> None:
        again = self._day(days_ago) + timedelta(days=90)
        facts = {"risk_method": "structured", "risk_level": "medium", "imminent": "no", "next_review_on": again}
        self._event(keyring, "assess_risk", days_ago, facts)

    def _support(self, keyring: vault.DataKeyring, days_ago: int, next_in: int) -> None:
        begun = {"intervention": "support_talks", "decided_by": "without"}
        thing = self._event(keyring, "start_intervention", days_ago, begun, {"provider_name": "Samtalskontakt"})
        outcomes = Jsonb({str(thing): ["extend", None]})
        facts: Facts = {"support_outcomes": outcomes, "still_needed": "yes", "next_on": self._day(-next_in)}
        self._event(keyring, "follow_up", 16, facts, {"own_words": "Det är bra som det är nu."})

    def _event(
        self, keyring: vault.DataKeyring, name: str, days_ago: int, facts: Facts, texts: Mapping[str, str] | None = None
    ) -> UUID:
        self.seq += 1
        known, at = uuid4(), self.now - timedelta(days=days_ago, minutes=500 - self.seq)
        noun = models.NOUN_OF[name]
        table = noun._meta.db_table
        days = {c.name for c in noun._meta.concrete_fields} & {
            "opened_on",
            "assessed_on",
            "concluded_on",
            "held_on",
            "started_on",
        }
        sealed = {field: keyring.seal(table, known, field, text) for field, text in (texts or {}).items()}
        self.rows[models.Event].append(
            {"id": known, "case_id": keyring.scope_id, "seq": self.seq, "name": name, "happened_at": at,
             "recorded_at": at, "actor_id": self.staff, "role": "case_worker"}
        )  # fmt: skip
        self.rows[noun].append(
            {"event_id": known, "case_id": keyring.scope_id, **dict.fromkeys(days, at.date()), **facts, **sealed}
        )
        return known

    def _day(self, days_ago: int) -> Any:
        return (self.now - timedelta(days=days_ago)).date()

    def insert(self, connection: psycopg.Connection[Any]) -> None:
        """Writes every gathered row, the tables that others point at first."""
        with connection.cursor() as cursor:
            for model, rows in self.rows.items():
                for columns, same in _alike(rows).items():
                    names = sql.SQL(", ").join(map(sql.Identifier, columns))
                    places = sql.SQL(", ").join(sql.Placeholder() * len(columns))
                    table = sql.Identifier(model._meta.db_table)
                    cursor.executemany(sql.SQL("insert into {} ({}) values ({})").format(table, names, places), same)


def _alike(rows: list[dict[str, Any]]) -> dict[tuple[str, ...], list[list[Any]]]:
    """The rows by the columns that they fill."""
    found: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
    for row in rows:
        found[tuple(row)].append(list(row.values()))
    return found
