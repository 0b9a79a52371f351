"""The journal: one row for every change, every look, every refusal and every sign-in."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.access.vault import token
from langsikt.records.models import JournalEntry


def write(
    actor: Actor,
    action: str,
    result: str,
    now: datetime,
    *,
    role: str = "",
    case_id: UUID | None = None,
    shown: Iterable[UUID] | None = None,
    klass: int = 1,
    reason: str = "",
    typed: str = "",
) -> None:
    """Adds a row in the transaction under way. ``typed``, a reference that led nowhere, is kept as an HMAC."""
    JournalEntry.objects.create(
        at=now,
        actor=actor.id,
        role=role or min(actor.roles, default=""),
        action=action,
        case_id=case_id,
        shown=None if shown is None else list(shown),
        klass=klass,
        result=result,
        reason=reason,
        typed=token("typed-reference", typed).hex()[:32] if typed else "",
    )


def refused_page(actor: Actor, page: str, now: datetime) -> None:
    """A page without a case that was refused, in a transaction of its own."""
    with acting(actor, now):
        write(actor, f"page_{page}", "NotFound", now)


def signin(staff_id: UUID | None, action: str, result: str, now: datetime) -> None:
    """A sign-in, a failed one, a lockout or a sign-out, in a transaction of its own."""
    with transaction.atomic():
        JournalEntry.objects.create(at=now, actor=staff_id, role="", action=action, result=result)


def of_house(action: str, now: datetime, reason: str = "") -> None:
    """What was done on the server, by nobody with an account, in the transaction under way."""
    JournalEntry.objects.create(at=now, actor=None, role="", action=action, result="done", reason=reason)
