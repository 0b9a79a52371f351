"""Whose turn it is: two changes of one thing wait for each other, and a form that has been taken in stays taken."""

import hashlib

from django.db import connection

from langsikt.access.sheets import Actor
from langsikt.records.models import Receipt

LONGEST_KEY = 64


def lock(*names: str) -> None:
    """Locks by number, in order, so that two changes of one case, form or dwelling wait for each other."""
    numbers = sorted(int.from_bytes(hashlib.sha256(n.encode()).digest()[:8], "big", signed=True) for n in names)
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute("select pg_advisory_xact_lock(%s)", [number])


def form_key(typed: str) -> str:
    """The key of one drawn form, as it can be kept; empty when there is none."""
    return typed.replace("\0", "")[:LONGEST_KEY]


def form_name(actor: Actor, key: str) -> str:
    """What a form of this person is locked by: its sending, and its draft, which may still be on its way."""
    return f"{actor.id}|{key}"


def receipt_of(actor: Actor, key: str) -> Receipt | None:
    """The receipt of the form, when it has been taken in. The form is locked before it is asked for."""
    return Receipt.objects.filter(staff_id=actor.id, key=key).first() if key else None
