"""*Jäv att pröva*: who has declared a conflict of interest in the cases that a manager answers for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.history import option_text
from langsikt.access.look import acting
from langsikt.access.people import short_names
from langsikt.access.sheets import Actor
from langsikt.model.load import METHOD
from langsikt.model.texts import Text

KINSHIP = "kinship"


@dataclass(frozen=True)
class Conflict:
    """One conflict of interest that nobody has examined; ``may_lift`` is never true of kinship."""

    id: UUID
    reference: str
    staff: str
    ground: Text
    since: datetime
    may_lift: bool


def conflicts(actor: Actor, now: datetime) -> tuple[Conflict, ...]:
    """The conflicts to examine, the oldest first; never one's own. Raises NotFound."""
    if not policy.may(actor.roles, "conflicts"):
        raise NotFound
    with acting(actor, now), connection.cursor() as cursor:
        cursor.execute("select id, reference, staff, ground, since from langsikt_conflicts()")
        rows = cursor.fetchall()
        names = short_names(r[2] for r in rows)
        journal.write(actor, "look_conflicts", "done", now)
    spec = METHOD.fields["exclusion_ground"]
    return tuple(
        Conflict(i, reference, names.get(staff, ""), option_text(spec, ground), since, ground != KINSHIP)
        for i, reference, staff, ground, since in rows
    )
