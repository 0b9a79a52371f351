"""The emergencies that one has open now: which cases, and until when."""

from dataclasses import dataclass
from datetime import datetime

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.model.emergency import minutes_left
from langsikt.records.models import Emergency


@dataclass(frozen=True)
class Open:
    """One case that is open in an emergency."""

    reference: str
    until: datetime
    minutes: int


def emergencies(actor: Actor, now: datetime) -> list[Open]:
    """One's own open emergencies, the one that ends first at the top. Raises NotFound for who may open none."""
    if not policy.may(actor.roles, "open_emergency"):
        raise NotFound
    with acting(actor, now):
        rows = Emergency.objects.filter(staff_id=actor.id, from_at__lte=now, until_at__gt=now)
        found = dict(rows.order_by("until_at").values_list("case__reference", "until_at"))
        journal.write(actor, "look_emergencies", "done", now)
    return [Open(reference, until, minutes_left(until, now)) for reference, until in found.items()]
