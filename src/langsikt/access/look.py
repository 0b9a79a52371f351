"""The transaction of a look or a change: the actor is set in it, and nowhere else (design, the window)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from langsikt.access.sheets import Actor


@contextmanager
def acting(actor: Actor, now: datetime) -> Iterator[None]:
    """Opens a transaction in which the database knows who acts and when; both vanish with it."""
    with acting_as(actor.id, now):
        yield


@contextmanager
def acting_as(staff_id: UUID, now: datetime) -> Iterator[None]:
    """The same by id, for the one moment before the actor's roles are known."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "select set_config('langsikt.actor', %s, true), set_config('langsikt.now', %s, true)",
                [str(staff_id), now.isoformat()],
            )
        yield
