"""Encryption before SQL: a key per case, dwelling and staff member, wrapped by keys outside the database."""

import secrets
import uuid
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction

from langsikt.access.key_service import KeyService, VaultError, service
from langsikt.access.share_store import ShareStore
from langsikt.records.sealed import MAGIC

NONCE = 12
KEY_BYTES = 32
__all__ = [
    "DataKeyring",
    "VaultError",
    "bare",
    "destroy_when_committed",
    "key_check",
    "new_data_key",
    "open_system",
    "prints",
    "rewrapped",
    "seal_system",
    "shared",
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
    """The row that keeps a data key, sealed under a new share of its own and wrapped by the key in use.

    The share is on the disk before the row is; a transaction that comes to nothing leaves a share of no use.
    """
    kek, wrapped = shared(keyring)
    return {"id": keyring.id, "scope": scope, "scope_id": keyring.scope_id, "kek": kek, "wrapped": wrapped}


def unwrap(key_id: uuid.UUID, scope_id: uuid.UUID, kek: str, wrapped: bytes | memoryview) -> DataKeyring:
    """The data key that a row keeps wrapped. Raises VaultError: another key service's, or its share is destroyed."""
    bound = _bound(key_id, scope_id)
    inner = service().unwrap(kek, bytes(wrapped), bound)
    under = AESGCM(_under(ShareStore().share(key_id), bound))
    try:
        return DataKeyring(key_id, scope_id, under.decrypt(inner[:NONCE], inner[NONCE:], bound))
    except (InvalidTag, ValueError):
        raise VaultError("the share of a data key does not fit") from None


def shared(keyring: DataKeyring) -> tuple[str, bytes]:
    """A data key under a share made now, and wrapped: the id of the key in use and the wrapping. Raises VaultError."""
    bound, nonce = _bound(keyring.id, keyring.scope_id), secrets.token_bytes(NONCE)
    under = AESGCM(_under(ShareStore().keep(keyring.id), bound))
    return service().wrap(nonce + under.encrypt(nonce, keyring.key, bound), bound)


def bare(key_id: uuid.UUID, scope_id: uuid.UUID, kek: str, wrapped: bytes | memoryview) -> DataKeyring | None:
    """The data key of a row from before there were shares; None for any other row. Raises VaultError."""
    inner = service().unwrap(kek, bytes(wrapped), _bound(key_id, scope_id))
    return DataKeyring(key_id, scope_id, inner) if len(inner) == KEY_BYTES else None


def _under(share: bytes, bound: bytes) -> bytes:
    """The key that a share stands for, in this one place."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=b"share|" + bound).derive(share)


def destroy_when_committed(key_id: uuid.UUID) -> None:
    """The share goes once the transaction under way has erased the rows.

    If that fails or the power goes, the tombstone in the database says so, and the next start does it.
    """
    transaction.on_commit(lambda: ShareStore().destroy(key_id), robust=True)


def rewrapped(
    key_id: uuid.UUID, scope_id: uuid.UUID, kek: str, wrapped: bytes | memoryview, keys: KeyService | None = None
) -> tuple[str, bytes]:
    """The same data key, still under its share, wrapped by the key in use: key id and wrapping. Raises VaultError."""
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
