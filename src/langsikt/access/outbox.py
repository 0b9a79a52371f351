"""The outbox: telling somebody that there is something to look at, in the transaction of what happened."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction

from langsikt.access import vault
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.model.load import METHOD
from langsikt.records.models import DeliveryAddress, Notice

LONGEST_WAIT = 60  # minutes
GIVEN_UP = timedelta(days=7)
# The oldest notice that is due, to somebody who has said where; another clock at work passes by.
DUE = """
select n.to_staff_id, n.tries, a.id, a.address, k.id, k.scope_id, k.kek, k.wrapped
  from records_notice n join records_deliveryaddress a on a.staff_id = n.to_staff_id
  join records_datakey k on k.scope = 'mail' and k.scope_id = a.id
 where n.sent_at is null and n.seen_at is null and n.next_try_at <= %s and n.made_at > %s
 order by n.next_try_at limit 1 for update of n skip locked
"""
logger = logging.getLogger(__name__)
Send = Callable[[str], object]


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


def mail(address: str) -> None:
    """The one sentence, the same whatever it is about. Raises OSError (smtplib's faults are such)."""
    subject, body = (METHOD.mail[part].sv for part in ("subject", "body"))
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])


def deliver(now: datetime, send: Send = mail) -> int:
    """Mails each person who has something unseen, once for all of it. Returns to how many.

    Stops at the first mail that does not go: its notices wait, longer each time, and the seals are not kept waiting.
    """
    told = 0
    while settings.EMAIL_HOST and _one(now, send):
        told += 1
    return told


def _one(now: datetime, send: Send) -> bool:
    """Whether the person whose turn it was has been told."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(DUE, [now, now - GIVEN_UP])
            row = cursor.fetchone()
        if row is None:
            return False
        went = _try(row, send)
        mine = Notice.objects.filter(to_staff_id=row[0], sent_at=None, seen_at=None, made_at__lte=now)
        if went:
            mine.update(sent_at=now)
        else:
            mine.update(tries=row[1] + 1, next_try_at=now + timedelta(minutes=min(2 ** row[1], LONGEST_WAIT)))
    return went


def _try(row: Any, send: Send) -> bool:
    _, _, address_id, sealed, *key = row
    try:
        send(vault.unwrap(*key).open("records_deliveryaddress", address_id, "address", sealed))
    except (OSError, vault.VaultError):
        logger.exception("a mail did not go")
        return False
    return True


def address_of(actor: Actor, now: datetime) -> str:
    """Where the actor wants to be told, or nothing."""
    with acting(actor, now):
        found = DeliveryAddress.objects.filter(staff_id=actor.id).first()
        return _key(found.id).open("records_deliveryaddress", found.id, "address", found.address) if found else ""


def _key(address_id: UUID) -> vault.DataKeyring:
    with connection.cursor() as cursor:
        cursor.execute("select id, scope_id, kek, wrapped from records_datakey where scope_id = %s", [address_id])
        return vault.unwrap(*cursor.fetchone())
