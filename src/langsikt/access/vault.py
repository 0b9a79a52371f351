"""Encryption before SQL: a key per case, dwelling and staff member, wrapped by a key outside the database."""

import secrets
import uuid
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from langsikt.access.key_service import KeyService, VaultError, service
from langsikt.records.sealed import MAGIC

NONCE = 12
__all__ = [
    "DataKeyring",
    "VaultError",
    "key_check",
    "new_data_key",
    "open_system",
    "prints",
    "rewrapped",
    "seal_system",
    "token",
    "unwrap",
    "wrapped_row",
]


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


def new_data_key(scope_id: uuid.UUID) -> DataKeyring:
    """A fresh data key for a case, a dwelling or a staff member; ``wrapped_row`` keeps it."""
    return DataKeyring(uuid.uuid4(), scope_id, AESGCM.generate_key(256))


def wrapped_row(keyring: DataKeyring, scope: str) -> dict[str, object]:
    """The row that keeps a data key wrapped by the key-encryption key in use."""
    kek, wrapped = service().wrap(keyring.key, _bound(keyring.id, keyring.scope_id))
    return {"id": keyring.id, "scope": scope, "scope_id": keyring.scope_id, "kek": kek, "wrapped": wrapped}


def unwrap(key_id: uuid.UUID, scope_id: uuid.UUID, kek: str, wrapped: bytes | memoryview) -> DataKeyring:
    """The data key that a row keeps wrapped. Raises VaultError when the key service does not open it."""
    return DataKeyring(key_id, scope_id, service().unwrap(kek, bytes(wrapped), _bound(key_id, scope_id)))


def rewrapped(
    key_id: uuid.UUID, scope_id: uuid.UUID, kek: str, wrapped: bytes | memoryview, keys: KeyService | None = None
) -> tuple[str, bytes]:
    """The same data key wrapped by the key in use: its id and the wrapping. Raises VaultError."""
    keys, bound = keys or service(), _bound(key_id, scope_id)
    return keys.wrap(keys.unwrap(kek, bytes(wrapped), bound), bound)


def _bound(key_id: uuid.UUID, scope_id: uuid.UUID) -> bytes:
    return f"datakey|{key_id}|{scope_id}".encode()


def token(purpose: str, text: str) -> bytes:
    """A blind token of exactly this text, for equality only (security 4.4)."""
    return service().token(purpose, text)


def key_check() -> bytes:
    """A value that says which ring a database was founded with, and nothing else."""
    return token("key-check", "langsikt")


def prints() -> list[str]:
    """What tells the keys of the service from any others, ``key:print`` each, and says nothing of them."""
    return sorted(f"{name}:{told}" for name, told in service().prints().items())


def seal_system(purpose: str, data: bytes) -> bytes:
    """Bytes of the house itself (sessions, second factors) sealed for one purpose."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(service().house_key(purpose)).encrypt(nonce, data, purpose.encode())


def open_system(purpose: str, sealed: bytes) -> bytes:
    """What ``seal_system`` sealed. Raises VaultError when it does not open."""
    sealed = bytes(sealed)
    try:
        return AESGCM(service().house_key(purpose)).decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
    except (InvalidTag, ValueError):
        raise VaultError("sealed for something else") from None
