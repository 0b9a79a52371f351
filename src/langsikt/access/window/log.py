"""The journal read: by the log reviewer over all, by those of a case over that case. Reading it is journaled."""

from datetime import datetime, timedelta
from uuid import UUID

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.sheets import Actor, CaseHeader, JournalLine
from langsikt.access.window.case import Sight, header, look
from langsikt.records.models import JournalEntry, Staff

MOST = 200


def case_log(actor: Actor, reference: str, now: datetime) -> tuple[CaseHeader, list[JournalLine]]:
    """Who has looked at and changed this case, newest first. Raises NotFound."""

    def show(sight: Sight) -> tuple[CaseHeader, list[JournalLine]]:
        rows = list(JournalEntry.objects.filter(case_id=sight.record.root.id).order_by("-at")[:MOST])
        names = _names(rows)
        return header(sight), [_line(row, names, {sight.record.root.id: reference}) for row in rows]

    return look(actor, reference, now, "look_log", show, "case_log")


def review(actor: Actor, days: int, now: datetime) -> list[JournalLine]:
    """The journal of the last ``days`` days over all cases, by reference. Raises NotFound."""
    if not policy.may(actor.roles, "journal"):
        raise NotFound
    with acting(actor, now):
        rows = list(JournalEntry.objects.filter(at__gte=now - timedelta(days=days)).order_by("-at")[:MOST])
        names = _names(rows)
        found = [_line(row, names, {}) for row in rows]
        journal.write(actor, "look_journal", "done", now)
    return found


def _names(rows: list[JournalEntry]) -> dict[UUID, str]:
    ids = {row.actor for row in rows if row.actor}
    return dict(Staff.objects.filter(id__in=ids).values_list("id", "short_name"))


def _line(row: JournalEntry, names: dict[UUID, str], references: dict[UUID, str]) -> JournalLine:
    """A line; where the reader may not know the reference, the case is its pseudonym's first letters."""
    pseudonym = str(row.case_id)[:8] if row.case_id else None
    reference = references.get(row.case_id, pseudonym) if row.case_id else None
    who = names.get(row.actor, "") if row.actor else ""
    return JournalLine(row.at, who, row.role, row.action, reference, row.result, row.reason)
