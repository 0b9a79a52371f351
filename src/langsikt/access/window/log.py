"""The journal read: by the log reviewer over all, by those of a case over that case. Reading it is journaled."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.people import Desks, desks
from langsikt.access.sheets import Actor, CaseHeader, JournalLine
from langsikt.access.window.case import Sight, header, look
from langsikt.model.entries import day_of
from langsikt.model.load import METHOD
from langsikt.model.log_review import ASSESS, ASSESSED, TOLD
from langsikt.model.texts import Text
from langsikt.records.models import JournalEntry

MOST = 200


def case_log(actor: Actor, reference: str, now: datetime) -> tuple[CaseHeader, list[JournalLine]]:
    """Who has looked at and changed this case, newest first. Raises NotFound."""

    def show(sight: Sight) -> tuple[CaseHeader, list[JournalLine]]:
        rows = list(JournalEntry.objects.filter(case_id=sight.record.root.id).order_by("-at", "-written_at")[:MOST])
        return header(sight), journal_lines(rows, {sight.record.root.id: reference}, desks(day_of(now)))

    return look(actor, reference, now, "look_log", show, "case_log")


@dataclass(frozen=True)
class Readers:
    """Those of one unit and role who have been in the case: on how many days, first and last, and who."""

    unit: str
    role: Text | None
    days: int
    first_on: date
    last_on: date
    wrote: bool
    names: tuple[str, ...]


@dataclass(frozen=True)
class ReadersSheet:
    """What the person can be told of who has read. ``names`` in the groups are empty until they may be told."""

    header: CaseHeader
    groups: tuple[Readers, ...]
    assessed: Text | None
    assessed_on: date | None
    may_assess: bool


def readers(actor: Actor, reference: str, now: datetime, needed: str = "case_log") -> ReadersSheet:
    """Who has been in the case, by unit and role; names once a recorded assessment allows them (rules B4.7).

    Raises NotFound (journaled).
    """

    def show(sight: Sight) -> ReadersSheet:
        rows = list(JournalEntry.objects.filter(case_id=sight.record.root.id, result="done").order_by("at"))
        assessed = next((row for row in reversed(rows) if row.action == ASSESS), None)
        groups = _groups(rows, desks(day_of(now)), assessed is not None and assessed.reason == TOLD)
        words = ASSESSED[assessed.reason] if assessed else None
        on = day_of(assessed.at) if assessed else None
        return ReadersSheet(header(sight), groups, words, on, policy.may(sight.relations, "unit_list"))

    return look(actor, reference, now, "look_readers", show, needed)


def _groups(rows: list[JournalEntry], people: Desks, told: bool) -> tuple[Readers, ...]:
    found: dict[tuple[str, str], list[JournalEntry]] = {}
    for row in rows:
        desk = people.get(row.actor) if row.actor else None
        if desk is not None:
            found.setdefault((desk.unit, row.role), []).append(row)
    return tuple(_readers(unit, role, those, people, told) for (unit, role), those in sorted(found.items()))


def _readers(unit: str, role: str, rows: list[JournalEntry], people: Desks, told: bool) -> Readers:
    days = sorted({day_of(row.at) for row in rows})
    names = sorted({people[row.actor].short_name for row in rows if row.actor}) if told else ()
    wrote = any(row.action in METHOD.events for row in rows)
    known = METHOD.roles[role].name if role in METHOD.roles else None
    return Readers(unit, known, len(days), days[0], days[-1], wrote, tuple(names))


def review(actor: Actor, days: int, now: datetime) -> list[JournalLine]:
    """The journal of the last ``days`` days over all cases, by reference. Raises NotFound."""
    if not policy.may(actor.roles, "journal"):
        raise NotFound
    with acting(actor, now):
        rows = list(
            JournalEntry.objects.filter(at__gte=now - timedelta(days=days)).order_by("-at", "-written_at")[:MOST]
        )
        found = journal_lines(rows, {}, desks(day_of(now)))
        journal.write(actor, "look_journal", "done", now)
    return found


def journal_lines(rows: list[JournalEntry], references: dict[UUID, str], people: Desks) -> list[JournalLine]:
    """The rows as lines; a case whose reference the reader is not given is its pseudonym's first letters."""
    return [_line(row, references, people) for row in rows]


def _line(row: JournalEntry, references: dict[UUID, str], people: Desks) -> JournalLine:
    pseudonym = str(row.case_id)[:8] if row.case_id else None
    reference = references.get(row.case_id, pseudonym) if row.case_id else None
    who = people.get(row.actor) if row.actor else None
    unit, name = (who.unit, who.short_name) if who else ("", "")
    return JournalLine(row.at, name, row.role, row.action, reference, row.result, row.reason, unit)
