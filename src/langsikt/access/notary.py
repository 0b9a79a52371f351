"""The key that signs the journal's heads: made once, outside the database, and never anew (rules D6)."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from langsikt.access.lasting import write_new

PUBLIC = ".pub"
OTHERS = 0o077


class NotaryError(Exception):
    """The key cannot be used; the text is one line and says which file."""


@dataclass(frozen=True)
class Notary:
    """The private key, held by the clock alone."""

    key: Ed25519PrivateKey

    @property
    def mark(self) -> str:
        """The first letters of the public key's hash."""
        return mark_of(self.key.public_key())

    def sign(self, head: Mapping[str, Any]) -> str:
        """One line for the place outside: the head with whose key it is, and the signature over all of it."""
        whole = {**head, "key": self.mark}
        return _text({**whole, "sig": base64.b64encode(self.key.sign(_text(whole).encode())).decode()})


def make(path: Path) -> None:
    """A new key, readable by its owner only, and the public key beside it. Raises FileExistsError."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    write_new(path, private)
    path.with_name(path.name + PUBLIC).write_bytes(public)


def read(path: Path) -> Notary:
    """The private key of this file. Raises NotaryError."""
    try:
        others = path.stat().st_mode & OTHERS
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise NotaryError(f"the sealing key {path} cannot be read ({type(error).__name__})") from None
    if others:
        raise NotaryError(f"the sealing key {path} is open to others: chmod 600 {path}")
    if not isinstance(key, Ed25519PrivateKey):
        raise NotaryError(f"the sealing key {path} is of another kind")
    return Notary(key)


def read_public(path: Path) -> Ed25519PublicKey:
    """The public key of this file. Raises NotaryError."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise NotaryError(f"the public key {path} cannot be read ({type(error).__name__})") from None
    if not isinstance(key, Ed25519PublicKey):
        raise NotaryError(f"the public key {path} is of another kind")
    return key


def mark_of(key: Ed25519PublicKey) -> str:
    """What a public key is called in a line and on the screen."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def holds(line: Mapping[str, Any], key: Ed25519PublicKey) -> bool:
    """Whether this key has signed all that the line says."""
    rest = {name: value for name, value in line.items() if name != "sig"}
    try:
        key.verify(base64.b64decode(str(line.get("sig", "")), validate=True), _text(rest).encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _text(whole: Mapping[str, Any]) -> str:
    return json.dumps(whole, separators=(",", ":"), ensure_ascii=True)
