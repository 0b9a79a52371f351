"""Sessions that end by hand: one's own on another device, and all of somebody who has left."""

from datetime import datetime
from uuid import UUID

from langsikt.access import journal, policy, sessions
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.records.models import Staff


def end_session(actor: Actor, row: str, now: datetime) -> None:
    """Ends one of one's own sessions; one that has ended already stays so, and nobody else's is touched."""
    with acting(actor, now):
        sessions.end_one(actor.id, row)
        journal.write(actor, "end_session", "done", now)


def end_sessions(actor: Actor, staff_id: UUID, now: datetime) -> None:
    """Ends every session of a member of staff, from the next request on. Raises NotFound for all but administrators."""
    if not policy.may(actor.roles, "staff"):
        raise NotFound
    with acting(actor, now):
        if not Staff.objects.filter(id=staff_id).exists():
            raise NotFound
        sessions.end_all(staff_id)
        journal.write(actor, "end_sessions", "done", now)
