"""The key file and the database belong together from the founding on; neither is ever used with another."""

from pathlib import Path

from django.conf import settings

from langsikt.access import vault
from langsikt.records.models import Installation, Staff

NEVER_NEW = "put back the key file that this database was founded with; never make a new one"


class Unfounded(Exception):
    """The key file or the kind does not fit, or is not there yet; the text is one line."""


def prepare() -> None:
    """Makes the key file of a database that holds nothing, or checks that it fits. Run as the owner."""
    mark = Installation.objects.first()
    if mark:
        return fit(mark.kind, bytes(mark.key_check))
    file = Path(settings.LANGSIKT_KEY_FILE)
    if file.exists():
        _key_check()
    elif Staff.objects.exists():
        raise Unfounded(f"there are people in the database but no key file {file}: {NEVER_NEW}.")
    else:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        vault.make_key_file(file)
    return None


def fit(kind: str, key_check: bytes) -> None:
    """Raises Unfounded: the database is of another kind than these settings, or founded with another key ring."""
    if key_check != _key_check():
        raise Unfounded(f"the key file {settings.LANGSIKT_KEY_FILE} does not fit this database: {NEVER_NEW}.")
    if kind != settings.INSTALLATION:
        wanted = settings.INSTALLATION
        raise Unfounded(f"the database bears the mark {kind!r} and is never used as {wanted!r}: give another database.")


def _key_check() -> bytes:
    try:
        return vault.key_check()
    except vault.VaultError as fault:
        raise Unfounded(f"{fault}: {settings.LANGSIKT_KEY_FILE}; {NEVER_NEW}.") from None
