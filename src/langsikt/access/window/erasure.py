"""What is to be erased: a manager's closed cases whose time is out; for the secrecy officer what was asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from langsikt.access import journal, policy, vault
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.people import short_names
from langsikt.access.record import Record, Root, read_roots, records_of
from langsikt.access.sheets import Actor
from langsikt.model import retention
from langsikt.model.parse import STOCKHOLM
from langsikt.records.models import DataKey, Erasure, Person

NOT_NOTES = frozenset({"call_after_closure", "count_question_after_closure"})  # they extend nothing (rules B2.7)


@dataclass(frozen=True)
class Due:
    """A closed case and whether its time is out; ``answer`` says why not."""

    reference: str
    closed_on: date
    answer: retention.Answer
    asked_at: datetime | None = None


@dataclass(frozen=True)
class Erasures:
    """The page *Gallring*: a manager's cases (None for others), and what a secrecy officer may agree to (likewise)."""

    due: list[Due] | None
    asked: list[dict[str, Any]] | None


def erasures(actor: Actor, now: datetime) -> Erasures:
    """What the actor has to do with. Raises NotFound for whoever neither asks nor agrees."""
    manages, agrees = policy.may(actor.roles, "unit_list"), policy.may(actor.roles, "exclusions")
    if not (manages or agrees):
        raise NotFound
    return Erasures(to_erase(actor, now) if manages else None, asked(actor, now) if agrees else None)


def to_erase(actor: Actor, now: datetime) -> list[Due]:
    """The manager's closed cases, those to be erased first, the hard ones with their reason. Raises NotFound."""
    if not policy.may(actor.roles, "unit_list"):
        raise NotFound
    with acting(actor, now):
        today = now.astimezone(STOCKHOLM).date()
        roots = [root for root in read_roots() if "unit_manager" in root.relations]
        closed = {i: r for i, r in records_of(roots, today, opened=True).items() if r.state.closed}
        ripe = [i for i, record in closed.items() if not retention.too_early(_last_note(record), today)]
        keys, mine = _keys(ripe), dict(Erasure.objects.filter(agreed_at=None).values_list("about", "asked_at"))
        found = [replace(_due(r, keys.get(i), today), asked_at=mine.get(i)) for i, r in closed.items()]
        journal.write(actor, "look_erasures", "done", now, shown=list(closed))
    return sorted(found, key=lambda due: (due.answer.reason != "may", due.answer.from_on or date.max, due.reference))


def asked(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """What others have asked for, oldest first: reference, since when it may be erased, who asks. Raises NotFound."""
    if not policy.may(actor.roles, "exclusions"):
        raise NotFound
    with acting(actor, now), connection.cursor() as cursor:
        cursor.execute("select id, reference, from_on, asked_by, asked_at from langsikt_asked_erasures()")
        rows = cursor.fetchall()
        names = short_names(row[3] for row in rows)
        journal.write(actor, "look_erasures", "done", now)
    return [
        {"id": i, "reference": ref, "from_on": on, "asked_by": names.get(who, ""), "asked_at": at}
        for i, ref, on, who, at in rows
    ]


def answer_of(root: Root, record: Record, today: date) -> retention.Answer:
    """Whether this one case may be erased today."""
    return _due(record, root.keyring, today).answer


def _keys(cases: Iterable[UUID]) -> dict[UUID, vault.DataKeyring]:
    rows = DataKey.objects.filter(scope="case", scope_id__in=list(cases))
    return {row.scope_id: vault.unwrap(row.id, row.scope_id, row.kek, row.wrapped) for row in rows}


def _due(record: Record, keyring: vault.DataKeyring | None, today: date) -> Due:
    first = min(row.recorded_at for row in record.rows).astimezone(STOCKHOLM).date()
    placements = record.state.placements
    placed, child = tuple(thing.from_on for thing in placements), any(thing.for_child for thing in placements)
    closed_on = record.state.ended_on if record.state.closed else None
    kept = retention.Kept(closed_on, _last_note(record), first, _born(record, keyring), placed, child)
    return Due(record.root.reference, closed_on or today, retention.answer(kept, today))


def _last_note(record: Record) -> date:
    return max(row.recorded_at for row in record.rows if row.name not in NOT_NOTES).astimezone(STOCKHOLM).date()


def _born(record: Record, keyring: vault.DataKeyring | None) -> date | None:
    """The day of birth as the latest recorded number tells it; the number itself goes no further."""
    persons = [noun for noun in record.nouns.values() if isinstance(noun, Person) and noun.personal_number]
    if not persons or keyring is None:
        return None
    seqs = {row.id: row.seq for row in record.rows}
    last = max(persons, key=lambda noun: seqs[noun.pk])
    return retention.born_of(keyring.open("records_person", last.pk, "personal_number", last.personal_number))
