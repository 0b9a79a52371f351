"""What the actor has put off: one's own rows only, and only as long as nothing has happened in the case."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from langsikt.access.record import Record
from langsikt.access.sheets import Actor, Task
from langsikt.model.later import later
from langsikt.records.models import Postponement


@dataclass(frozen=True)
class PutOff:
    """The rows put off, by case and kind: until when, and when that was chosen."""

    today: date
    rows: dict[tuple[UUID, str], tuple[date, datetime]]

    def until(self, record: Record, row: Task) -> date | None:
        """The day on which a row comes back; None for one that is not away.

        It comes back before that when its own day has moved closer, and at once when something is recorded in
        the case: what was chosen holds until the facts it was chosen for change (rules B2.1).
        """
        found, most = self.rows.get((record.root.id, row.kind)), later(row.kind, row.due_on, self.today)
        if found is None or most is None:
            return None
        until, made_at = found
        changed = any(event.recorded_at > made_at for event in record.rows)
        return until if self.today < until <= most.until and not changed else None


def postponements(actor: Actor, today: date) -> PutOff:
    """What the actor has put off until after today: one statement."""
    rows = Postponement.objects.filter(staff_id=actor.id, until_on__gt=today).order_by("made_at")
    return PutOff(today, {(row.case_id, row.kind): (row.until_on, row.made_at) for row in rows})


def may_wait(row: Task, today: date) -> bool:
    """Whether a row may be put off at all."""
    return later(row.kind, row.due_on, today) is not None
