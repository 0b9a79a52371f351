"""The key file and the database belong together from the founding on; neither is ever used with another."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection

from langsikt.access import notary, vault
from langsikt.access.key_file import KeyFile, make_key_file
from langsikt.access.key_service import service
from langsikt.access.share_store import ShareStore
from langsikt.actions import shares
from langsikt.records import protection
from langsikt.records.models import Anchor, DataKey, Guard, Installation, Staff

NEVER_NEW = "put back the key file that this database was founded with; never make a new one"


class Unfounded(Exception):
    """The key file or the kind does not fit, or is not there yet; the text is one line."""


def prepare(founded: bool = False) -> None:
    """Makes the key file of a database that holds nothing, or checks that it fits. Run as the owner.

    Raises Unfounded, also for a database without a mark when it must be ``founded``.
    """
    mark = Installation.objects.first()
    if founded and not mark:
        raise Unfounded("the database is not founded: it has no keys to change.")
    if mark:
        fit(mark.kind, bytes(mark.key_check))
        used = set(DataKey.objects.values_list("kek", flat=True).distinct())
        know(mark.prints, used)
        if not mark.prints:  # founded before ADR 0017
            Installation.objects.update(prints=vault.prints())
        _share()
    elif not _is_file() or Path(settings.LANGSIKT_KEY_FILE).exists():
        ShareStore().make(_key_check())
    elif Staff.objects.exists():
        raise Unfounded(f"there are people in the database but no key file {settings.LANGSIKT_KEY_FILE}: {NEVER_NEW}.")
    else:
        file = Path(settings.LANGSIKT_KEY_FILE)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_key_file(file)
        ShareStore().make(_key_check())


def _is_file() -> bool:
    """Whether the keys are in a file of ours; a municipality's own service makes its keys itself."""
    return isinstance(service(), KeyFile)


def prepare_seal() -> None:
    """Makes the key that signs the journal's heads as long as nothing was ever signed, else wants it there."""
    file = Path(settings.LANGSIKT_SEAL_KEY_FILE)
    if file.exists():
        return
    if Anchor.objects.exists():
        raise Unfounded(f"the journal is sealed but there is no sealing key {file}: put it back; never make a new one.")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    notary.make(file)


def fit(kind: str, key_check: bytes) -> None:
    """Raises Unfounded: the database is of another kind than these settings, or founded with another key ring."""
    if key_check != _key_check():
        raise Unfounded(f"the key file {settings.LANGSIKT_KEY_FILE} does not fit this database: {NEVER_NEW}.")
    if kind != settings.INSTALLATION:
        wanted = settings.INSTALLATION
        raise Unfounded(f"the database bears the mark {kind!r} and is never used as {wanted!r}: give another database.")


def know(prints: Iterable[str], used: Iterable[str]) -> None:
    """Raises Unfounded: a key that the database knows or uses is missing, or another bears its name."""
    told = dict(held.split(":") for held in vault.prints())
    for known in prints:
        name, print_ = known.split(":")
        if told.get(name, print_) != print_:
            raise Unfounded(f"the key {name} in {settings.LANGSIKT_KEY_FILE} is another than it was: {NEVER_NEW}.")
    missing = sorted(set(used) - set(told))
    if missing:
        raise Unfounded(f"the key {missing[0]}, which data need, is not in {settings.LANGSIKT_KEY_FILE}: {NEVER_NEW}.")


def attested(attested: Iterable[str], used: Iterable[str]) -> None:
    """Raises Unfounded: in production a key in use has no tested copy (rules D6). The demo needs none."""
    if settings.INSTALLATION != "production":
        return
    needed = {*used, service().active(), "index", "house"}
    without = {name for name, _ in (held.split(":") for held in set(vault.prints()) - set(attested))}
    if needed & without:
        raise Unfounded("the keys have no tested copy: copy them, then run `langsikt keys attest COPY`.")


def guard() -> None:
    """Remembers the protection as it is in place now, by a hash that needs the keys. Run as the owner."""
    Guard.objects.all().delete()
    Guard.objects.bulk_create(Guard(name=name, told=told) for name, told in _guards().items())


def check_serving() -> None:
    """The keys, their shares and the protection, asked as the one who serves. Raises Unfounded."""
    with connection.cursor() as cursor:
        cursor.execute("select prints, attested, used from langsikt_keys()")
        prints, with_copy, used = cursor.fetchone()
        cursor.execute("select langsikt_keys_without_share(%s)", [held_shares()])
        (without,) = cursor.fetchone()
        cursor.execute("select name, told from langsikt_guards()")
        remembered = {name: bytes(hashed) for name, hashed in cursor.fetchall()}
    know(prints, used)
    attested(with_copy, used)
    whole(without)
    guarded(remembered)


def guarded(remembered: dict[str, bytes]) -> None:
    """Raises Unfounded: the protection of a table or a function is another than the migration put in place."""
    now = _guards()
    changed = sorted(name for name in now.keys() | remembered if now.get(name) != remembered.get(name))
    if changed:
        raise Unfounded(
            f"the protection of {changed[0]} is not what `langsikt migrate` put in place: find out who changed it,"
            " then run it again."
        )


def _guards() -> dict[str, bytes]:
    return {name: vault.token("guard", f"{name}|{text}") for name, text in protection.told(connection).items()}


def _share() -> None:
    """Shares for data keys from before there were any; then what was erased since a backup is erased again."""
    store = ShareStore()
    try:
        if not store.is_there():
            shares.give_shares(vault.key_check())
            return
        store.check(vault.key_check())
    except vault.VaultError as fault:
        raise Unfounded(f"{fault}: put it back from its copy; never make a new one.") from None
    shares.replay(store.destroyed())
    whole(len(set(DataKey.objects.values_list("id", flat=True)) - set(held_shares())))


def held_shares() -> list[UUID]:
    """Which data keys have a share; none when there is no store."""
    return list(ShareStore().held())


def whole(without: int) -> None:
    """Raises Unfounded: the share store is missing, another database's, or lacks the shares of this many data keys."""
    try:
        ShareStore().check(_key_check())
    except vault.VaultError as fault:
        raise Unfounded(f"{fault}: put it back from its copy; never make a new one.") from None
    if without:
        raise Unfounded(
            f"{without} data keys have no share in {settings.LANGSIKT_SHARES}: put the store back from its copy."
        )


def _key_check() -> bytes:
    try:
        return vault.key_check()
    except vault.VaultError as fault:
        raise Unfounded(f"{fault}: {settings.LANGSIKT_KEY_FILE}; {NEVER_NEW}.") from None
