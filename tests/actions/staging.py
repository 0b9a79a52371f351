"""A small made-up office on a real database, and the hand-written states told through the real door."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from django.test.utils import override_settings

from langsikt.access.errors import Conflict, HardStop, Invalid, NotFound, Refusal, RefusedByRight, RefusedByStep
from langsikt.access.sheets import Actor
from langsikt.access.window.staff import actor as actor_of
from langsikt.actions import door, dwelling, staff
from langsikt.cli.home import Home
from langsikt.model.load import METHOD
from langsikt.model.parse import STOCKHOLM
from tests.cluster import Swift
from tests.model.states import FACTS, TODAY, at, lines

Raw = dict[str, list[str]]
Facts = Mapping[str, Any]
LONG_AGO = at(-2000)
NOW = at(0, 600)
PASSWORD = "fyra-ord-utan-samband-7"
# word of the expected tables → role, and whether in the unit of the case, in another, or in none
STAFF = {
    "worker": ("case_worker", "ours"),
    "stand_in": ("case_worker", "ours"),
    "other": ("case_worker", "ours"),
    "manager": ("unit_manager", "ours"),
    "duty": ("duty_service", "ours"),
    "outsider": ("case_worker", "theirs"),
    "their_manager": ("unit_manager", "theirs"),
    "coordinator": ("housing_coordinator", None),
    "analyst": ("analyst", None),
    "reviewer": ("log_reviewer", None),
    "officer": ("secrecy_officer", None),
}
WHO = {
    "case_worker": "worker",
    "stand_in": "stand_in",
    "unit_manager": "manager",
    "housing_coordinator": "coordinator",
    "duty_service": "duty",
    "analyst": "analyst",
    "log_reviewer": "reviewer",
    "secrecy_officer": "officer",
    "system_administrator": "administrator",
}
KIND_OF_REFUSAL: dict[type[Refusal], str] = {
    NotFound: "hidden",
    RefusedByRight: "right",
    RefusedByStep: "step",
    HardStop: "stop",
    Invalid: "invalid",
    Conflict: "conflict",
}


def quick() -> Any:
    """Passwords that cost nothing to hash: nobody signs in here."""
    return override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])


@dataclass
class Office:
    """Who works there, by word, and the dwellings."""

    ids: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    places: dict[str, UUID] = field(default_factory=dict)

    def actor(self, word: str, now: datetime = NOW) -> Actor:
        """The actor as a request would resolve them."""
        found = actor_of(self.ids[word], now)
        assert found is not None, word
        return found

    def id_of(self, word: str) -> UUID:
        """What a word of the tables stands for: "staff:worker" or "place:a"."""
        kind, _, name = word.partition(":")
        return self.ids[name] if kind == "staff" else self.places[name]


def open_office(capacity: int = 60) -> Office:
    """Founds the installation; the administrator employs everybody, the coordinator adds the dwellings."""
    office = Office()
    with quick():
        office.ids["administrator"] = staff.found_installation("production", "admin", "Ada A", PASSWORD, LONG_AGO)
        administrator = office.actor("administrator", LONG_AGO)
        staff.add_district(administrator, "jarva", "Järva", LONG_AGO)
        staff.add_district(administrator, "farsta", "Farsta", LONG_AGO)
        office.units["ours"] = staff.add_unit(administrator, "RVT Järva", "jarva", LONG_AGO)
        office.units["theirs"] = staff.add_unit(administrator, "RVT Farsta", "farsta", LONG_AGO)
        for word, (role, unit) in STAFF.items():
            employ(office, word, role, unit)
    for name, kind in (("a", "shelter_flat"), ("b", "shelter_flat"), ("c", "emergency_flat")):
        add_place(office, name, kind, capacity)
    return office


def add_place(office: Office, name: str, kind: str, capacity: int) -> UUID:
    """One more dwelling."""
    coordinator = office.actor("coordinator", LONG_AGO)
    mark, street = f"Boende {name.upper()}", f"Sagostigen {len(office.places) + 1}, 000 02 Ingenstad"
    office.places[name] = dwelling.add_dwelling(coordinator, mark, kind, capacity, street, LONG_AGO)
    return office.places[name]


def employ(office: Office, word: str, role: str, unit: str | None, now: datetime = LONG_AGO) -> UUID:
    """One more member of staff, with one role."""
    administrator = office.actor("administrator", now)
    with quick():
        office.ids[word] = staff.add_staff(administrator, word.replace("_", "."), f"{word.title()} X", PASSWORD, now)
    where = office.units[unit] if unit else None
    staff.give_role(administrator, office.ids[word], role, where, now.date(), None, now)
    return office.ids[word]


@dataclass
class Case:
    """A case as the tests know it: its reference, and its things by their words."""

    office: Office
    reference: str
    named: dict[str, UUID] = field(default_factory=dict)
    latest: dict[str, UUID] = field(default_factory=dict)
    earliest: dict[str, UUID] = field(default_factory=dict)
    first: Facts = field(default_factory=dict)
    ended: UUID | None = None
    running: list[UUID] = field(default_factory=list)

    def note(self, event: str, event_id: UUID, raw: Raw) -> None:
        """Remembers what began and what ended."""
        self.latest[event] = event_id
        self.earliest.setdefault(event, event_id)
        if event in ("start_placement", "start_intervention"):
            self.running.append(event_id)
        if event in ("end_placement", "end_intervention"):
            self.ended = UUID((raw.get("placement") or raw["running_support"])[0])
            self.running.remove(self.ended)

    def words(self) -> dict[str, UUID]:
        """What the words of facts.toml stand for here; any id will do where there is nothing."""
        nothing = UUID(int=7)
        spoken = {
            "=placement": self.latest.get("start_placement", nothing),
            "=support": self.latest.get("start_intervention", nothing),
            "=decision": self.latest.get("issue_decision", nothing),
            "=draft": self.latest.get("draft_decision", nothing),
            "=goal": self.latest.get("set_goal", nothing),
            "=first_goal": self.earliest.get("set_goal", nothing),
            "=referral": self.latest.get("send_referral", nothing),
            "=offer": self.latest.get("receive_offer", nothing),
            "=network_person": self.latest.get("add_network_person", nothing),
            "=whereabouts": self.latest.get("record_whereabouts", nothing),
            "=ended": self.ended or nothing,
            "=first": self.latest.get("receive_contact", nothing),
        }
        return spoken | self.named


def typed(office: Office, facts: Facts, words: Mapping[str, UUID]) -> Raw:
    """Facts as the form would send them."""
    raw: Raw = {}
    for name, value in facts.items():
        if name.endswith("need_states"):
            raw |= {f"need-{area}": [state] for area, state in value.items()}
        elif name == "skills":
            raw |= {f"skill-{skill}": [ability] for skill, ability in value.items()}
        elif name == "goal_scores":
            for goal, (level, status) in value.items():
                raw |= {f"goal-level-{_word(office, goal, words)}": [str(level)]} if level is not None else {}
                raw |= {f"goal-status-{_word(office, goal, words)}": [status]} if status else {}
        elif name == "support_outcomes":
            for thing, (outcome, until, *_) in value.items():
                raw |= {f"outcome-{_word(office, thing, words)}": [outcome]}
                raw |= {f"outcome-until-{_word(office, thing, words)}": [_word(office, until, words)]} if until else {}
        elif value is True:
            raw[name] = ["on"]
        elif value not in (None, False):
            raw[name] = [_word(office, v, words) for v in (value if isinstance(value, list | tuple) else [value])]
    return raw


def _word(office: Office, value: object, words: Mapping[str, UUID]) -> str:
    if isinstance(value, datetime):
        return value.astimezone(STOCKHOLM).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date | UUID):
        return str(value)
    text = str(value)
    kind, _, rest = text.partition(":")
    if kind == "day":
        return (TODAY + timedelta(days=int(rest))).isoformat()
    if kind == "moment":
        return _word(office, at(int(rest)), words)
    if kind in ("staff", "place"):
        return str(office.id_of(text))
    return str(words[text]) if text.startswith("=") else text


def tell(office: Office, state: str, alone: str = "") -> Case:
    """A new case, led through the history of ``state``: duty service makes it and the manager assigns it,
    or ``alone`` does everything."""
    first, *rest = lines(state)
    case = begin(office, first.facts, at(first.day, 1), alone)
    for seq, line in enumerate(rest, start=2):
        do(case, line.event, line.facts, at(line.day, seq), line.name, alone)
    return case


def begin(office: Office, facts: Facts | None = None, now: datetime | None = None, alone: str = "") -> Case:
    """Duty service takes a contact; the manager names the worker and the stand-in."""
    case = Case(office, "")
    case.first = facts or lines("contact")[0].facts
    now = now or at(-200, 1)
    do(case, "receive_contact", case.first, now, who=alone)
    if not alone:
        assigned = {"case_worker": "staff:worker", "stand_in": "staff:stand_in"}
        do(case, "assign_case", assigned, now + timedelta(seconds=20))
    return case


def do(case: Case, event: str, facts: Facts, now: datetime = NOW, name: str | None = None, who: str = "") -> UUID:
    """One event through the door, by whoever may do it; its id."""
    raw = typed(case.office, facts, case.words())
    actor = case.office.actor(who or doer(event), now)
    done = door.act(actor, event, case.reference or None, raw, now=now)
    case.reference = done.reference
    event_id = newest_event(case.reference)
    case.note(event, event_id, raw)
    if name:
        case.named["=" + name] = event_id
    return event_id


def doer(event: str) -> str:
    """Who does such things."""
    who = METHOD.events[event].who
    return "duty" if event == "receive_contact" else "worker" if "case_worker" in who else "manager"


def submission(case: Case, event: str, changes: Facts | None = None) -> Raw:
    """One submission of facts.toml as the form of this case would send it, prefilled values included."""
    facts = {**FACTS[event], **(changes or {})}
    if event == "correct" and facts["corrects"] == "=first":
        facts = {**case.first, **facts}
    if event == "follow_up":
        facts["support_outcomes"] = dict.fromkeys(case.running, ("extend", "day:90")) | facts["support_outcomes"]
    return typed(case.office, facts, case.words())


def attempt(
    actor: Actor, event: str, reference: str | None, raw: Raw, now: datetime = NOW, **more: Any
) -> tuple[str, Any]:
    """done, or the kind of the refusal; and what came back."""
    try:
        return "done", door.act(actor, event, reference, raw, now=now, **more)
    except Refusal as refusal:
        return KIND_OF_REFUSAL[type(refusal)], refusal


# --- behind the app's back ------------------------------------------------------------------------


def home() -> Path:
    """Where this run's database, keys and shares are."""
    return Path(os.environ["LANGSIKT_TEST_HOME"])


def behind(role: str = "langsikt_owner") -> "psycopg.Connection[tuple[Any, ...]]":
    """Another role's connection to the worker's database; each statement its own transaction."""
    server = Swift(Home(home()))
    name = str(connection.settings_dict["NAME"])
    if role == "superuser":
        return server.superuser(name)
    return psycopg.connect(server.url(role, name), autocommit=True)


_open: dict[str, "psycopg.Connection[tuple[Any, ...]]"] = {}


def owner() -> "psycopg.Connection[tuple[Any, ...]]":
    """The owner's connection, kept open while the database is the same."""
    found = _open.get("owner")
    if found is None or found.closed or not _alive(found):
        found = _open["owner"] = behind()
    return found


def _alive(found: "psycopg.Connection[tuple[Any, ...]]") -> bool:
    try:
        found.execute("select 1")
    except psycopg.Error:
        return False
    return True


def newest_event(reference: str) -> UUID:
    """The id of the latest event of a case, read by the owner."""
    row = (
        owner()
        .execute(
            "select e.id from records_event e join records_contact c on c.id = e.case_id where c.reference = %s"
            " order by e.seq desc limit 1",
            [reference],
        )
        .fetchone()
    )
    assert row is not None, reference
    return UUID(str(row[0]))


def case_tables() -> list[str]:
    """Every table of ours but the journal, as the database lists them."""
    rows = owner().execute(
        "select tablename from pg_tables where schemaname = 'public' and tablename like 'records\\_%%'"
        " and tablename <> 'records_journalentry' order by 1",
        [],
    )
    return [str(row[0]) for row in rows]


def fingerprint(tables: list[str] | None = None) -> str:
    """Counts and hashes of every row of every table of ours but the journal, read as the owner."""
    names = tables or case_tables()
    parts = [f"(select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) from {n} t)" for n in names]
    row = owner().execute(f"select concat_ws(' ', {', '.join(parts)})").fetchone()
    return str(row[0]) if row else ""


def journal_rows() -> int:
    """How many rows the journal has."""
    row = owner().execute("select count(*) from records_journalentry").fetchone()
    return int(row[0]) if row else 0


def last_journal() -> dict[str, Any]:
    """The latest row of the journal, in the order of writing."""
    newest = "(select ctid from records_journalentry order by xmin::text::bigint desc limit 1)"
    row = owner().execute(f"select to_jsonb(j) from records_journalentry j where ctid = {newest}").fetchone()
    return dict(row[0]) if row else {}


def count(table: str, where: str = "true", *values: object) -> int:
    """How many rows of a table, read as the owner."""
    row = owner().execute(f"select count(*) from {table} where {where}", list(values)).fetchone()
    return int(row[0]) if row else 0
