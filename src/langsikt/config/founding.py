"""Founds a database once: its mark, demo or production, and the key ring that alone opens it."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from langsikt.access import vault
from langsikt.records.models import Installation, Staff

NEVER_NEW = "put back the key file that this database was founded with; never make a new one"


class Unfounded(Exception):
    """The key file or the kind does not fit; the text is one line."""


def found(kind: str, now: datetime) -> None:
    """Marks an empty database, or checks that mark and key file still fit. Run as the owner. Raises Unfounded."""
    mark = Installation.objects.first()
    if mark is None:
        _make_keys(Path(settings.LANGSIKT_KEY_FILE))
        Installation.objects.create(id=1, kind=kind, founded_at=now, key_check=_key_check())
    else:
        fit(mark.kind, bytes(mark.key_check), kind)


def fit(kind: str, key_check: bytes, wanted: str) -> None:
    """Raises Unfounded: the database is of another kind than these settings, or founded with another key ring."""
    if key_check != _key_check():
        raise Unfounded(f"the key file {settings.LANGSIKT_KEY_FILE} does not fit this database: {NEVER_NEW}.")
    if kind != wanted:
        raise Unfounded(f"the database bears the mark {kind!r} and is never used as {wanted!r}: give another database.")


def _make_keys(file: Path) -> None:
    """A new key file, only while nothing is there that an old one opens."""
    if file.exists():
        return
    if Staff.objects.exists():
        raise Unfounded(f"there are people in the database but no key file {file}: {NEVER_NEW}.")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    vault.make_key_file(file)


def _key_check() -> bytes:
    try:
        return vault.key_check()
    except vault.VaultError as fault:
        raise Unfounded(f"{fault}: {settings.LANGSIKT_KEY_FILE}; {NEVER_NEW}.") from None
