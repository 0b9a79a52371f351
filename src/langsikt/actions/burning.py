"""*Adressen är röjd*: a dwelling takes no new people, and everybody in it is to move (security 0, ADR 0018)."""

import uuid
from datetime import datetime

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.people import latest_burning
from langsikt.access.sheets import Actor
from langsikt.records.models import Burning, Dwelling

SAYS = ("burnt", "cleared")


def burn(actor: Actor, dwelling_id: uuid.UUID, says: str, now: datetime) -> None:
    """Says that an address is ``burnt``, or ``cleared``: that it was a mistake. A new row; nothing is changed.

    The move of every case there is derived from this row wherever a case is read. Raises NotFound for others than
    the coordinator and a manager.
    """
    if not policy.may(actor.roles, "burn_address") or says not in SAYS:
        raise NotFound
    with acting(actor, now):
        if not Dwelling.objects.filter(id=dwelling_id).exists():
            raise NotFound
        if latest_burning(dwelling_id) != says:
            Burning.objects.create(dwelling_id=dwelling_id, says=says, at=now, staff_id=actor.id)
        journal.write(actor, f"{says}_address", "done", now, shown=[dwelling_id])
