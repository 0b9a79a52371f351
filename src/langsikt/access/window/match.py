"""Possible duplicates and collisions, for those who resolve them: two references and no more (B4.2, B4.10)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.model.texts import Text
from langsikt.records.models import Staff

DUPLICATE = "duplicate"
ANSWERED_WITHIN = timedelta(hours=1)
KINDS = {
    DUPLICATE: Text("Samma personnummer", "The same personal number"),
    "place": Text("Samma boende", "The same dwelling"),
    "contact_person": Text("Samma kontaktperson", "The same contact person"),
    "interpreter": Text("Samma tolk", "The same interpreter"),
}


@dataclass(frozen=True)
class MatchRow:
    """Two cases with somebody in common; ``late`` when a possible duplicate has waited for more than an hour."""

    id: UUID
    duplicate: bool
    kind: Text
    reference: str
    other: str
    since: datetime
    late: bool
    may_answer: bool


@dataclass(frozen=True)
class TriesRow:
    """A case in which choices have been refused three times in a week; no reference for the log review."""

    reference: str
    tries: int
    last_at: datetime
    names: tuple[str, ...]


def matches(actor: Actor, now: datetime) -> tuple[MatchRow, ...]:
    """What the actor may know of, the oldest first. Raises NotFound for whoever resolves nothing."""
    if not (policy.may(actor.roles, "exclusions") or policy.may(actor.roles, "conflicts")):
        raise NotFound
    with acting(actor, now), connection.cursor() as cursor:
        cursor.execute("select id, kind, reference, other, since, may_answer from langsikt_matches()")
        rows = cursor.fetchall()
        journal.write(actor, "look_matches", "done", now)
    return tuple(
        MatchRow(
            i, kind == DUPLICATE, KINDS[kind], one, other, at, kind == DUPLICATE and now - at > ANSWERED_WITHIN, may
        )
        for i, kind, one, other, at, may in rows
    )


def repeated_tries(actor: Actor, now: datetime) -> tuple[TriesRow, ...]:
    """Choices refused again and again: by reference for the coordinator, by pseudonym and name for the log review.

    Raises NotFound.
    """
    if not (policy.may(actor.roles, "place_requests") or policy.may(actor.roles, "journal")):
        raise NotFound
    with acting(actor, now), connection.cursor() as cursor:
        cursor.execute("select case_id, reference, tries, last_at, actors from langsikt_tries()")
        rows = cursor.fetchall()
        reviews = policy.may(actor.roles, "journal")
        names = dict(Staff.objects.values_list("id", "short_name")) if reviews and rows else {}
    return tuple(
        TriesRow(ref or str(case_id)[:8], n, at, tuple(names[w] for w in who if w in names))
        for case_id, ref, n, at, who in rows
    )
