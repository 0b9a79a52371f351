"""`langsikt keys`: rotates, retires and attests the key-encryption keys, as the owner, while the app serves."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone

from langsikt.config import database, ready

ALONE = 0x4C6B657973  # an advisory lock: one change of the keys at a time


def main() -> None:
    """Exit code 2, after one line, when the keys do not fit or a copy is missing."""
    parser = argparse.ArgumentParser(prog="langsikt keys")
    parser.add_argument("what", choices=["rotate", "retire", "attest", "replay"])
    parser.add_argument("where", nargs="?")
    asked = parser.parse_args()
    fault = database.check_reachable(database.OWNER_URL)
    if fault:
        raise ready.refuse(fault)
    os.environ[database.SERVING_URL] = os.environ[database.OWNER_URL]
    ready.set_up()
    from langsikt.access.key_service import VaultError
    from langsikt.config import founding

    try:
        with _alone():
            founding.prepare(founded=True)
            DONE[asked.what](asked.where)
    except (VaultError, founding.Unfounded) as wrong:
        raise ready.refuse(f"{str(wrong).rstrip('.')}.") from None
    ready.close()


@contextmanager
def _alone() -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [ALONE])
        if not cursor.fetchone()[0]:
            raise ready.refuse("another `langsikt keys` runs: wait for it.")
    yield


def _rotate(where: str | None) -> None:
    """A new key, a tested copy of it, then every data key wrapped by it; taken up where an earlier run ended."""
    from langsikt.access.key_service import service
    from langsikt.actions import keys

    now, held = timezone.now(), service()
    name = keys.waiting_key(held)
    if not name and not keys.old_wraps():
        name = keys.make_key(now)
    if name:
        try:
            keys.take_into_use(name, now)
        except keys.Unattested as wrong:
            raise keys.Unattested(
                f"{wrong}: copy the keys, run `langsikt keys attest COPY`, then `langsikt keys rotate` again"
            ) from None
    done = sum(keys.rewrap())
    left = keys.old_wraps()
    print(f"{done} data keys are wrapped by the key {held.active()}, {left} are left.", flush=True)
    if left:
        print("Run it again for those that were held by somebody.", file=sys.stderr)


def _retire(where: str | None) -> None:
    from langsikt.actions import keys

    gone = keys.retire(timezone.now())
    print(f"Destroyed: {', '.join(gone) or 'no key, since none is without use'}.")


def _attest(where: str | None) -> None:
    from langsikt.actions import keys

    if not where:
        raise ready.refuse("say where the copy lies: langsikt keys attest COPY.")
    print(f"The copy opens what is sealed: {', '.join(keys.attest(where, timezone.now()))}.")


def _replay(where: str | None) -> None:
    """What a list of destroyed shares names is destroyed here too: the store was put back from its copy."""
    from langsikt.access.share_store import ShareStore
    from langsikt.actions import shares

    store = ShareStore()
    listed = store.destroyed(Path(where)) if where else store.destroyed()
    for key_id in sorted(listed):
        store.destroy(key_id)
    print(f"{len(listed)} shares are destroyed, {shares.replay(listed)} cases were erased again.")


DONE: dict[str, Callable[[str | None], None]] = {
    "rotate": _rotate,
    "retire": _retire,
    "attest": _attest,
    "replay": _replay,
}

if __name__ == "__main__":
    main()
