"""The journal read: by the log reviewer over all, by those of a case over that case. Reading it is journaled."""

from datetime import datetime, timedelta
from uuid import UUID

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.people import Desks, desks
from langsikt.access.sheets import Actor, CaseHeader, JournalLine
from langsikt.access.window.case import Sight, header, look
from langsikt.model.unusual import day_of
from langsikt.records.models import JournalEntry

MOST = 200


def case_log(actor: Actor, reference: str, now: datetime) -> tuple[CaseHeader, list[JournalLine]]:
    """Who has looked at and changed this case, newest first. Raises NotFound."""

    def show(sight: Sight) -> tuple[CaseHeader, list[JournalLine]]:
        rows = list(JournalEntry.objects.filter(case_id=sight.record.root.id).order_by("-at")[:MOST])
        return header(sight), journal_lines(rows, {sight.record.root.id: reference}, desks(day_of(now)))

    return look(actor, reference, now, "look_log", show, "case_log")


def review(actor: Actor, days: int, now: datetime) -> list[JournalLine]:
    """The journal of the last ``days`` days over all cases, by reference. Raises NotFound."""
    if not policy.may(actor.roles, "journal"):
        raise NotFound
    with acting(actor, now):
        rows = list(JournalEntry.objects.filter(at__gte=now - timedelta(days=days)).order_by("-at")[:MOST])
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
