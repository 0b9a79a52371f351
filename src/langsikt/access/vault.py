"""Encryption before SQL: a key per case, dwelling and staff member, wrapped by a key outside the database."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from langsikt.records.sealed import MAGIC

NONCE = 12
KEY_BYTES = 32


class VaultError(Exception):
    """Something could not be sealed or opened. The text never holds a value."""


@dataclass(frozen=True)
class KeyRing:
    """The key-encryption keys by id, the one in use, and the key of the blind index."""

    active: str
    keys: dict[str, bytes]
    index: bytes


@dataclass(frozen=True)
class DataKeyring:
    """An unwrapped data key: its id, the scope it belongs to, and the key itself."""

    id: uuid.UUID
    scope_id: uuid.UUID
    key: bytes

    def seal(self, table: str, row: uuid.UUID, field: str, text: str) -> bytes:
        """``text`` sealed for one field of one row; it opens nowhere else (AAD binds the place)."""
        nonce = secrets.token_bytes(NONCE)
        body = AESGCM(self.key).encrypt(nonce, text.encode(), _place(table, row, field, self.id))
        return MAGIC + self.id.bytes + nonce + body

    def open(self, table: str, row: uuid.UUID, field: str, sealed: bytes) -> str:
        """The text of a sealed field. Raises VaultError when it was moved, changed or sealed otherwise."""
        sealed = bytes(sealed)
        head = len(MAGIC) + 16
        nonce, body = sealed[head : head + NONCE], sealed[head + NONCE :]
        try:
            if sealed[:head] != MAGIC + self.id.bytes:
                raise ValueError
            return AESGCM(self.key).decrypt(nonce, body, _place(table, row, field, self.id)).decode()
        except (InvalidTag, ValueError):
            raise VaultError("a sealed field does not open here") from None


def _place(table: str, row: uuid.UUID, field: str, key_id: uuid.UUID) -> bytes:
    return f"{table}|{row}|{field}|{key_id}".encode()


@cache
def ring() -> KeyRing:
    """The key ring from the key file. Raises VaultError when it is missing or cannot be read."""
    path = Path(settings.LANGSIKT_KEY_FILE)
    try:
        content = json.loads(path.read_text())
        keys = {name: base64.b64decode(value) for name, value in content["keys"].items()}
        found = KeyRing(content["active"], keys, base64.b64decode(content["index"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise VaultError(f"the key file cannot be read ({type(error).__name__})") from None
    if found.active not in keys or {len(key) for key in (*keys.values(), found.index)} != {KEY_BYTES}:
        raise VaultError("the key file cannot be read (keys missing or of the wrong length)")
    return found


def make_key_file(path: Path) -> None:
    """A new key file, readable by its owner only. Raises FileExistsError rather than overwrite."""
    fresh = {"active": "1", "keys": {"1": _random()}, "index": _random()}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(fresh, file)


def _random() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def new_data_key(scope_id: uuid.UUID) -> DataKeyring:
    """A fresh data key for a case, a dwelling or a staff member; ``wrapped_row`` keeps it."""
    return DataKeyring(uuid.uuid4(), scope_id, AESGCM.generate_key(256))


def wrapped_row(keyring: DataKeyring, scope: str) -> dict[str, object]:
    """The row that keeps a data key wrapped by the key-encryption key in use."""
    nonce = secrets.token_bytes(NONCE)
    kek = ring().active
    body = AESGCM(ring().keys[kek]).encrypt(nonce, keyring.key, _bound(keyring.id, keyring.scope_id))
    return {"id": keyring.id, "scope": scope, "scope_id": keyring.scope_id, "kek": kek, "wrapped": nonce + body}


def unwrap(key_id: uuid.UUID, scope_id: uuid.UUID, kek: str, wrapped: bytes | memoryview) -> DataKeyring:
    """The data key that a row keeps wrapped. Raises VaultError when the ring does not fit."""
    wrapped = bytes(wrapped)
    try:
        key = AESGCM(ring().keys[kek]).decrypt(wrapped[:NONCE], wrapped[NONCE:], _bound(key_id, scope_id))
    except (InvalidTag, KeyError, ValueError):
        raise VaultError("the key file does not fit this database") from None
    return DataKeyring(key_id, scope_id, key)


def _bound(key_id: uuid.UUID, scope_id: uuid.UUID) -> bytes:
    return f"datakey|{key_id}|{scope_id}".encode()


def token(purpose: str, text: str) -> bytes:
    """A blind token of exactly this text, for equality only (security 4.4)."""
    return hmac.new(ring().index, f"{purpose}|{text}".encode(), hashlib.sha256).digest()


def key_check() -> bytes:
    """A value that says which ring a database was founded with, and nothing else."""
    return token("key-check", "langsikt")


def _system_key(purpose: str) -> bytes:
    first = min(ring().keys)
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"langsikt|{purpose}".encode())
    return derive.derive(ring().keys[first])


def seal_system(purpose: str, data: bytes) -> bytes:
    """Bytes of the house itself (sessions, second factors) sealed for one purpose."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_system_key(purpose)).encrypt(nonce, data, purpose.encode())


def open_system(purpose: str, sealed: bytes) -> bytes:
    """What ``seal_system`` sealed. Raises VaultError when it does not open."""
    sealed = bytes(sealed)
    try:
        return AESGCM(_system_key(purpose)).decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
    except (InvalidTag, ValueError):
        raise VaultError("sealed for something else") from None
