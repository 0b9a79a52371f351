"""The key-encryption key is changed while the app serves: data keys are wrapped anew, never a field (ADR 0017).

Run as the owner of the data, by `langsikt keys`; everything is taken up again where a kill has left it.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction

from langsikt.access import journal, vault
from langsikt.access.key_service import KeyService, VaultError, service
from langsikt.records.models import DataKey, Installation

BATCH = 500
PROBE = b"langsikt: a sealed test value"


class Unattested(VaultError):
    """A key has no tested copy; it is not taken into use."""


def waiting_key(keys: KeyService) -> str | None:
    """The key that was made and is not in use yet."""
    newer = [name for name in keys.prints() if name.isdecimal() and int(name) > int(keys.active())]
    return min(newer, key=int, default=None)


def old_wraps() -> int:
    """How many data keys are not wrapped by the key in use."""
    return DataKey.objects.exclude(kek=service().active()).count()


def make_key(now: datetime) -> str:
    """A new key-encryption key, not in use before ``take_into_use``. Returns its id. Raises VaultError."""
    name = service().add()
    _remember(now, "make_key", name)
    return name


def take_into_use(name: str, now: datetime) -> None:
    """From now on this key wraps. Raises Unattested in production while no copy of it has been tested (rules D6)."""
    keys, mark = service(), Installation.objects.get()
    if mark.kind == "production" and f"{name}:{keys.prints()[name]}" not in mark.attested:
        raise Unattested(f"the key {name} has no tested copy")
    _remember(now, "take_key_into_use", name)
    keys.activate(name)


def rewrap() -> Iterator[int]:
    """Wraps every data key by the key in use, batch by batch, each its own transaction; gives how many were done.

    Rows that somebody else holds are left for a later round. Raises VaultError.
    """
    while done := _rewrap_some():
        yield done


@transaction.atomic
def _rewrap_some() -> int:
    old = DataKey.objects.select_for_update(skip_locked=True).exclude(kek=service().active()).order_by("id")[:BATCH]
    rows = list(old)
    for row in rows:
        row.kek, row.wrapped = vault.rewrapped(row.id, row.scope_id, row.kek, row.wrapped)
    DataKey.objects.bulk_update(rows, ["kek", "wrapped"])
    return len(rows)


@transaction.atomic
def retire(now: datetime) -> list[str]:
    """Destroys the older keys that wrap nothing any more. Returns their ids.

    New data keys wait meanwhile, so that none is wrapped by a key that goes. Raises VaultError.
    """
    keys = service()
    with connection.cursor() as cursor:
        cursor.execute("lock table records_datakey in share mode")
    used = set(DataKey.objects.values_list("kek", flat=True).distinct())
    older = [name for name in keys.prints() if name.isdecimal() and int(name) < int(keys.active())]
    gone = sorted(set(older) - used, key=int)
    for name in gone:
        keys.retire(name)
        journal.of_house("retire_key", now, name)
    return gone


@transaction.atomic
def attest(where: str, now: datetime) -> list[str]:
    """Records that the copy of the keys at ``where`` opens what the keys in use have sealed. Returns the keys' ids.

    Raises VaultError: it does not, or is the original itself.
    """
    keys, copy = service(), service().copy(where)
    mine, theirs = keys.prints(), copy.prints()
    missing = sorted(name for name in mine if theirs.get(name) != mine[name])
    if missing:
        raise VaultError(f"the copy lacks the keys {', '.join(missing)}, or holds others by those names")
    _open_with(copy, *keys.wrap(PROBE, PROBE))
    for row in DataKey.objects.order_by("kek", "id").distinct("kek"):
        vault.rewrapped(row.id, row.scope_id, row.kek, row.wrapped, keys=copy)
    Installation.objects.update(attested=vault.prints(), attested_at=now)
    journal.of_house("attest_keys", now)
    return sorted(mine)


def _open_with(copy: KeyService, kek: str, wrapped: bytes) -> None:
    if copy.unwrap(kek, wrapped, PROBE) != PROBE:
        raise VaultError("the copy opens the test value to something else")


def _remember(now: datetime, action: str, name: str) -> None:
    """The prints of the keys as they are now, so that the start knows them again; and the journal's row."""
    with transaction.atomic():
        Installation.objects.update(prints=vault.prints())
        journal.of_house(action, now, name)
