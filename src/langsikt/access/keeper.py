"""Who gets a closed case back when it is reopened: the same worker for twelve months, if still allowed (rules B2.7)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from langsikt.access.functions import ask
from langsikt.access.people import Colleague
from langsikt.access.record import Record
from langsikt.model.months import months_after
from langsikt.records.models import Absence, Assignment

PROMISED_MONTHS = 12
WORKER = "case_worker"
MAY_HAVE = ("case_worker", "unit_manager")  # a manager has a case that nobody else may have


@dataclass(frozen=True)
class Keeper:
    """Who has a case after it is reopened, and why.

    ``worker`` is who had it when it closed, ``heir`` who has it after a reopening (None: whoever reopens it).
    ``why``: kept, absent, gone, denied, passed (the twelve months) or nobody (no worker when it closed).
    """

    worker: UUID | None
    heir: UUID | None
    why: str
    until: date | None


def keeper_of(record: Record, people: list[Colleague]) -> Keeper:
    """The promise of a closed case as it stands today; at most three statements.

    Raises LookupError for a case that is not closed.
    """
    state = record.state
    if not state.closed or state.ended_on is None:
        raise LookupError("only a closed case has somebody to go back to")
    rows = list(Assignment.objects.filter(case_id=record.root.id, relation=WORKER).order_by("from_at"))
    worker, until = _at_closure(record, rows), months_after(state.ended_on, PROMISED_MONTHS)
    here = {c.id for c in people if c.role in MAY_HAVE}
    now = [a.staff_id for a in rows if a.until_at is None and a.staff_id in here]
    why = _why(record, worker, here, until)
    if why in ("kept", "absent"):
        return Keeper(worker, worker, why, until)
    left = [staff for staff in now if staff != worker or why == "passed"]
    return Keeper(worker, left[-1] if left else None, why, until)


def _at_closure(record: Record, rows: list[Assignment]) -> UUID | None:
    """The worker of the case at the moment it closed."""
    closed = max((row.recorded_at for row in record.rows if row.name == record.state.ending), default=None)
    if closed is None:
        return None
    had = [a.staff_id for a in rows if a.from_at <= closed and (a.until_at is None or a.until_at > closed)]
    return had[-1] if had else None


def _why(record: Record, worker: UUID | None, here: set[UUID], until: date) -> str:
    today = record.state.today
    if worker is None:
        return "nobody"
    if today > until:
        return "passed"
    if worker not in here:
        return "gone"
    if is_denied(record.root.id, worker):
        return "denied"
    away = Absence.objects.filter(staff_id=worker, from_on__lte=today, until_on__gte=today).exists()
    return "absent" if away else "kept"


def is_denied(case_id: UUID, staff_id: UUID) -> bool:
    """Whether somebody must not see the case; the database answers, and says no more than that."""
    return bool(ask("langsikt_is_denied", case_id, staff_id))
