"""One start at a time per installation; the lock goes with the process, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from langsikt.cli.refusal import Refused


@contextmanager
def only_one(file: Path, address: str) -> Iterator[None]:
    """Holds the lock. Raises Refused: another start holds it; it says where that one serves."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        said = os.read(handle, 200).decode(errors="replace").strip()
        os.close(handle)
        raise Refused(f"Långsikt already runs here ({said}): stop it with Ctrl-C where it was started.", 1) from None
    try:
        os.ftruncate(handle, 0)
        os.write(handle, f"{address}, process {os.getpid()}".encode())
        yield
    finally:
        os.close(handle)
