"""Ends processes kindly, and finds those that a killed start left behind."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

FAST = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)  # PostgreSQL: fast, immediate, by force
KIND = (signal.SIGTERM, signal.SIGKILL)


def end(pid: int, signals: tuple[signal.Signals, ...], patience: float, reap: Callable[[], object] = object) -> None:
    """Sends the signals one after the other until the process is gone."""
    for sign in signals:
        if not _send(pid, sign):
            return
        until = time.monotonic() + patience
        while time.monotonic() < until:
            reap()
            if not runs(pid):
                return
            time.sleep(0.05)


def end_database(data: Path) -> None:
    """Stops the server that still uses this directory; forgets the pid of one that is gone."""
    file = data / "postmaster.pid"
    try:
        pid = int(file.read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    if str(data) in command(pid):
        end(pid, FAST, patience=30)
    elif runs(pid):  # the number has passed to another process
        file.unlink(missing_ok=True)


def end_web(pid_file: Path, mark: str) -> None:
    """Stops the web server that a killed start left behind, if it is still ours."""
    try:
        pid = int(pid_file.read_text())
    except (FileNotFoundError, ValueError):
        return
    if mark in command(pid):
        end(pid, KIND, patience=15)
    pid_file.unlink(missing_ok=True)


def runs(pid: int) -> bool:
    """Whether the process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return not Path("/proc/self").exists() and _send(pid, 0)


def command(pid: int) -> str:
    """The command line of the process, or nothing."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if Path("/proc/self").exists() or not shutil.which("ps"):
            return ""
        shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return shown.stdout


def remove_tree(folder: Path) -> None:
    """Removes what a broken start left; nothing that holds a finished database."""
    if (folder / "PG_VERSION").exists() and folder.name == "postgres":
        raise FileExistsError(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _send(pid: int, sign: int) -> bool:
    try:
        os.kill(pid, sign)
    except ProcessLookupError:
        return False
    except PermissionError:
        return sign == 0
    return True
