"""The operating system's user that the database runs as: ourselves, or for root a user of its own."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from langsikt.cli.home import as_root
from langsikt.cli.refusal import Refused

NAME = "langsikt"
WAYS_TO_ADD = (
    ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", NAME],
    ["adduser", "--system", "--group", "--no-create-home", NAME],
    ["adduser", "-S", "-D", "-H", NAME],
)


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    def own(self, folder: Path) -> None:
        """Makes the directory ours alone. Raises Refused: it is another's, or a link to elsewhere."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if as_root() and folder.lstat().st_uid in (0, self.uid) and not folder.is_symlink():
            os.chown(folder, self.uid, self.gid)
        if folder.is_symlink() or folder.lstat().st_uid != self.uid:
            raise Refused(f"{folder} belongs to somebody else: remove it, or set LANGSIKT_HOME to another directory.")
        folder.chmod(0o700)


def of_database() -> Account:
    """PostgreSQL refuses to run as root, so root gets a user made for it."""
    if not as_root():
        return Account(os.geteuid(), os.getegid())
    if not _exists():
        _add()
    entry = pwd.getpwnam(NAME)
    return Account(entry.pw_uid, entry.pw_gid)


def _exists() -> bool:
    return any(entry.pw_name == NAME for entry in pwd.getpwall())


def _add() -> None:
    for way in WAYS_TO_ADD:
        if shutil.which(way[0]) and subprocess.run(way, capture_output=True, check=False).returncode == 0:
            return
    if not _exists():
        raise Refused(
            f"The user {NAME}, whom PostgreSQL is to run as, could not be made: add it, or start as another user."
        )
