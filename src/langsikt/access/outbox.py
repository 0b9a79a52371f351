"""The outbox: telling somebody that there is something to look at, in the transaction of what happened."""

from datetime import datetime
from uuid import UUID

from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.model.load import METHOD
from langsikt.records.models import Notice


def put(to_staff: UUID, kind: str, now: datetime) -> None:
    """Lays a notice in the outbox, in the transaction under way: it is there if and only if the change is.

    ``kind`` is one of ``notices.toml``. The person sees it at once where the day begins; the clock sends a
    mail that says no more than that there is something (security 4.7; rules B3.2). Raises LookupError.
    """
    if kind not in METHOD.notices:
        raise LookupError(f"{kind} is no notice: add its sentence to notices.toml")
    Notice.objects.create(to_staff_id=to_staff, kind=kind, made_at=now, next_try_at=now)


def mark_seen(actor: Actor, now: datetime) -> None:
    """The actor has seen what was told until now: the lines go, and no mail need be sent."""
    with acting(actor, now):
        Notice.objects.filter(to_staff_id=actor.id, seen_at=None, made_at__lte=now).update(seen_at=now)
