"""The manager examines a conflict of interest: it stands, or the case is opened again (FL 18 §; rules B4.3)."""

import uuid
from datetime import datetime

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.functions import ask
from langsikt.access.look import acting
from langsikt.access.sheets import Actor


def examine_conflict(actor: Actor, denial_id: uuid.UUID, stands: bool, now: datetime) -> None:
    """Upholds or lifts a conflict of interest in a case of one's own unit; kinship is never lifted.

    Raises NotFound for whoever does not manage the case, for one's own conflict, and for one already examined.
    """
    if not policy.may(actor.roles, "conflicts"):
        raise NotFound
    with acting(actor, now):
        case_id = ask("langsikt_examine", denial_id, stands, now)
        if case_id is None:
            raise NotFound
        action = "uphold_conflict" if stands else "lift_conflict"
        journal.write(actor, action, "done", now, role="unit_manager", case_id=case_id)
