"""What has been erased stays so: shares are given once, and lists of what was destroyed are replayed (ADR 0017)."""

from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from langsikt.access import journal, vault
from langsikt.access.functions import ask
from langsikt.access.key_service import VaultError
from langsikt.access.share_store import ShareStore
from langsikt.records.models import DataKey, Tombstone


@transaction.atomic
def give_shares(mark: bytes) -> int:
    """Seals every data key from before there were shares under one of its own. Returns how many.

    Raises VaultError when a data key has a share already, and the store is not there: that one has been lost.
    """
    store, given = ShareStore(), 0
    for row in DataKey.objects.select_for_update():
        keyring = vault.bare(row.id, row.scope_id, row.kek, row.wrapped)
        if keyring is None:
            raise VaultError(f"the share store {store.folder} is missing")
        store.forget(row.id)  # left by a run that was killed
        row.kek, row.wrapped = vault.shared(keyring)
        row.save()
        given += 1
    transaction.on_commit(lambda: store.make(mark))
    return given


def finish_erasures() -> int:
    """Destroys the shares whose tombstones a crash has left undone; as the one who serves. Returns how many."""
    store = ShareStore()
    with connection.cursor() as cursor:
        cursor.execute("select langsikt_tombstones()")
        erased = {row[0] for row in cursor.fetchall()}
    undone = erased - store.destroyed() | erased & set(store.held())
    for key_id in sorted(undone):
        store.destroy(key_id)
    return len(undone)


@transaction.atomic
def replay(destroyed: set[UUID]) -> int:
    """After an older database was put back: what had been erased since is erased again. As the owner. Returns cases."""
    again = DataKey.objects.filter(id__in=destroyed)
    cases = list(again.filter(scope="case").values_list("scope_id", flat=True))
    for case_id in cases:
        ask("langsikt_erase_rows", case_id)
    again.delete()
    now = timezone.now()
    Tombstone.objects.bulk_create([Tombstone(key_id=key, erased_at=now) for key in destroyed], ignore_conflicts=True)
    if cases:
        journal.of_house("erase_again", now, str(len(cases)))
    return len(cases)
