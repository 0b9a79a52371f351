"""A share of every data key, kept outside the database and destroyed with the data: an older backup opens no more.

One small file per data key, named by the key's random id, and beside them the list of those destroyed (ADR 0017).
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

from langsikt.access.key_service import VaultError
from langsikt.access.lasting import sync_folder, write_new

SHARE_BYTES = 32
MARK, DESTROYED = "shares-of", "destroyed"


class ShareStore:
    """The shares in the folder LANGSIKT_SHARES. What it has kept or destroyed outlives a power cut."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(settings.LANGSIKT_SHARES)

    def make(self, mark: bytes) -> None:
        """A store for the database of this mark. Raises VaultError rather than take over another's."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        if (self.folder / MARK).exists():
            return self.check(mark)
        write_new(self.folder / MARK, mark.hex().encode())

    def is_there(self) -> bool:
        """Whether the store was ever finished."""
        return (self.folder / MARK).exists()

    def check(self, mark: bytes) -> None:
        """Raises VaultError: there is no store, or it is another database's."""
        try:
            found = (self.folder / MARK).read_bytes()
        except OSError:
            raise VaultError(f"the share store {self.folder} is missing") from None
        if found != mark.hex().encode():
            raise VaultError(f"the share store {self.folder} belongs to another database")

    def keep(self, key_id: UUID) -> bytes:
        """A new share for a data key, on the disk before this returns. Raises VaultError."""
        share, file = secrets.token_bytes(SHARE_BYTES), self._file(key_id)
        try:
            if not file.parent.exists():
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                sync_folder(self.folder)
            write_new(file, share)
        except OSError as error:
            raise VaultError(f"the share store cannot be written ({type(error).__name__})") from None
        return share

    def share(self, key_id: UUID) -> bytes:
        """The share of a data key: one read. Raises VaultError when it is not there, or not whole."""
        try:
            found = self._file(key_id).read_bytes()
        except OSError:
            found = b""
        if len(found) != SHARE_BYTES:
            raise VaultError("the share of a data key is not there")
        return found

    def destroy(self, key_id: UUID) -> None:
        """The share is listed as destroyed, overwritten and removed; any number of times. Raises OSError."""
        file = self._file(key_id)
        if key_id not in self.destroyed():
            listing = os.open(self.folder / DESTROYED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(listing, "a") as listed:
                listed.write(f"{key_id}\n")
                listed.flush()
                os.fsync(listed.fileno())
        if file.exists():
            with file.open("r+b") as old:
                old.write(bytes(SHARE_BYTES))
                old.flush()
                os.fsync(old.fileno())
            file.unlink(missing_ok=True)
            sync_folder(file.parent)

    def forget(self, key_id: UUID) -> None:
        """Removes the share that a transaction which came to nothing has left, if any; no row may need it."""
        self._file(key_id).unlink(missing_ok=True)

    def held(self) -> Iterator[UUID]:
        """Which data keys have a share."""
        for file in self.folder.glob("??/*"):
            yield UUID(file.name)

    def destroyed(self, where: Path | None = None) -> set[UUID]:
        """The list of those destroyed; ``where`` names a copy of the list."""
        try:
            lines = (where or self.folder / DESTROYED).read_text().splitlines()
        except FileNotFoundError:
            return set()
        return {UUID(line) for line in lines if len(line) == len(str(UUID(int=0)))}

    def _file(self, key_id: UUID) -> Path:
        return self.folder / key_id.hex[:2] / key_id.hex
