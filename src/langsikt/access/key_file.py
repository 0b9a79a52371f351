"""The key service for development and small installations: the key-encryption keys in a file of their owner's own."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from langsikt.access.key_service import VaultError
from langsikt.access.lasting import sync_folder, write_new

NONCE = 12
KEY_BYTES = 32
Mark = tuple[int, int, int]


@dataclass(frozen=True)
class Ring:
    """The key-encryption keys by id, the one in use, the key of the blind index, and that of the house itself."""

    active: str
    keys: Mapping[str, bytes]
    index: bytes
    house: bytes


class KeyFile:
    """A ``KeyService`` (which see) on one file, LANGSIKT_KEY_FILE. A changed file is noticed at the next call."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(settings.LANGSIKT_KEY_FILE)

    def ring(self) -> Ring:
        """The keys as the file has them now. Raises VaultError when it is missing or cannot be read."""
        try:
            found = self.path.stat()
        except OSError as error:
            raise VaultError(f"the key file cannot be read ({type(error).__name__})") from None
        return _read(self.path, (found.st_ino, found.st_size, found.st_mtime_ns))

    def wrap(self, plain: bytes, bound: bytes) -> tuple[str, bytes]:
        ring, nonce = self.ring(), secrets.token_bytes(NONCE)
        return ring.active, nonce + AESGCM(ring.keys[ring.active]).encrypt(nonce, plain, bound)

    def unwrap(self, kek: str, wrapped: bytes, bound: bytes) -> bytes:
        try:
            return AESGCM(self.ring().keys[kek]).decrypt(wrapped[:NONCE], wrapped[NONCE:], bound)
        except (InvalidTag, KeyError, ValueError):
            raise VaultError("the key file does not fit this database") from None

    def token(self, purpose: str, text: str) -> bytes:
        return hmac.new(self.ring().index, f"{purpose}|{text}".encode(), hashlib.sha256).digest()

    def house_key(self, purpose: str) -> bytes:
        return _derive(self.ring().house, purpose)

    def active(self) -> str:
        return self.ring().active

    def prints(self) -> dict[str, str]:
        ring = self.ring()
        every = {**ring.keys, "index": ring.index, "house": ring.house}
        return {name: _derive(key, f"print|{name}").hex()[:32] for name, key in every.items()}

    def add(self) -> str:
        ring = self.ring()
        name = str(max(int(known) for known in ring.keys) + 1)
        _replace(self.path, replace(ring, keys={**ring.keys, name: secrets.token_bytes(KEY_BYTES)}))
        return name

    def activate(self, kek: str) -> None:
        ring = self.ring()
        if kek not in ring.keys:
            raise VaultError(f"there is no key {kek} in the key file")
        _replace(self.path, replace(ring, active=kek))

    def retire(self, kek: str) -> None:
        ring = self.ring()
        if kek == ring.active:
            raise VaultError(f"the key {kek} is in use")
        _replace(self.path, replace(ring, keys={name: key for name, key in ring.keys.items() if name != kek}))

    def copy(self, where: str) -> "KeyFile":
        other = Path(where)
        if other.exists() and other.samefile(self.path):
            raise VaultError("that is the key file itself, not a copy of it")
        return KeyFile(other)


def make_key_file(path: Path) -> None:
    """A new key file, readable by its owner only. Raises FileExistsError rather than overwrite."""
    first, index, house = (secrets.token_bytes(KEY_BYTES) for _ in range(3))
    write_new(path, _text(Ring("1", {"1": first}, index, house)).encode())


@lru_cache(maxsize=4)
def _read(path: Path, mark: Mark) -> Ring:
    try:
        content = json.loads(path.read_text())
        keys = {name: base64.b64decode(value) for name, value in content["keys"].items()}
        oldest = keys[min(keys, key=int)]  # files from before ADR 0017 have no key of the house: it was the first key
        house = base64.b64decode(content["house"]) if "house" in content else oldest
        ring = Ring(content["active"], keys, base64.b64decode(content["index"]), house)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise VaultError(f"the key file cannot be read ({type(error).__name__})") from None
    if ring.active not in keys or {len(key) for key in (*keys.values(), ring.index, ring.house)} != {KEY_BYTES}:
        raise VaultError("the key file cannot be read (keys missing or of the wrong length)")
    return ring


def _replace(path: Path, ring: Ring) -> None:
    """The whole new file or the whole old one, whenever the power goes."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".keys-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(_text(ring))
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        os.unlink(draft)
        raise VaultError(f"the key file cannot be written ({type(error).__name__})") from None
    sync_folder(path.parent)


def _text(ring: Ring) -> str:
    keys = {name: _letters(key) for name, key in ring.keys.items()}
    return json.dumps(
        {"active": ring.active, "keys": keys, "index": _letters(ring.index), "house": _letters(ring.house)}
    )


def _letters(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _derive(key: bytes, purpose: str) -> bytes:
    derive = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=f"langsikt|{purpose}".encode())
    return derive.derive(key)
