"""What Långsikt asks of a key service, a municipality's own included, and which one is in use (ADR 0017)."""

from collections.abc import Mapping
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string


class VaultError(Exception):
    """Something could not be sealed, opened or kept. The text never holds a value."""


class KeyService(Protocol):
    """Keeps the key-encryption keys, which never leave it; made anew for each use, without arguments.

    Every method raises VaultError when the service does not answer or the value is not its own; no text holds a key.
    """

    def wrap(self, plain: bytes, bound: bytes) -> tuple[str, bytes]:
        """The id of the key in use, and ``plain`` (a few hundred bytes at most) wrapped by it, bound to ``bound``."""

    def unwrap(self, kek: str, wrapped: bytes, bound: bytes) -> bytes:
        """What ``wrap`` was given, if the key ``kek`` wrapped exactly this for exactly this ``bound``."""

    def token(self, purpose: str, text: str) -> bytes:
        """32 bytes that are equal for equal purpose and text, by a key that is never rotated."""

    def house_key(self, purpose: str) -> bytes:
        """32 bytes for one purpose of the house itself (sessions, second factors), the same for ever."""

    def active(self) -> str:
        """The id of the key in use. Ids are whole numbers, a newer key has a higher one, none is used twice."""

    def prints(self) -> Mapping[str, str]:
        """What tells each key from any other, by its id, and says nothing of it; the two that never change too."""

    def add(self) -> str:
        """A new key-encryption key, kept for good before this returns and not yet in use. Returns its id."""

    def activate(self, kek: str) -> None:
        """From now on this key wraps; the others still unwrap. Every process follows at its next call."""

    def retire(self, kek: str) -> None:
        """Destroys a key that is not in use."""

    def copy(self, where: str) -> "KeyService":
        """The copy of the keys at ``where`` (a path, or whatever the service calls a copy), opened for a test."""


def service() -> KeyService:
    """The service that the setting LANGSIKT_KEY_SERVICE names. Raises VaultError when there is none of that name."""
    try:
        return cast(KeyService, import_string(settings.LANGSIKT_KEY_SERVICE)())
    except ImportError:
        raise VaultError(f"LANGSIKT_KEY_SERVICE names {settings.LANGSIKT_KEY_SERVICE!r}, which is not there") from None
