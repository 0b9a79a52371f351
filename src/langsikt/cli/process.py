"""Starts the Python processes that the commands consist of; none shares our terminal's signals."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from langsikt.cli import leftover
from langsikt.cli.home import project
from langsikt.cli.refusal import Refused


def python(module: str, *words: str) -> list[str]:
    return [sys.executable, "-m", module, *words]


def run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Runs to the end. Raises Refused with its exit code: it has said itself what was wrong."""
    _end_of(begin(command, environment))


def answer(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """The same, and returns what it said on stdout."""
    return _end_of(begin(command, environment, subprocess.PIPE)).decode()


def _end_of(process: "subprocess.Popen[bytes]") -> bytes:
    try:
        said, _ = process.communicate()
    finally:
        leftover.end(process.pid, leftover.KIND, patience=10, reap=process.poll)
    if process.returncode != 0:
        raise Refused("", process.returncode if process.returncode > 0 else 1)
    return said or b""


def begin(
    command: Sequence[str], environment: Mapping[str, str], stdout: int | None = None
) -> "subprocess.Popen[bytes]":
    """Starts in the project's directory and a session of its own, so that Ctrl-C reaches only us."""
    return subprocess.Popen(
        command,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        cwd=project(),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        start_new_session=True,
    )


def become(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Replaces this process."""
    os.chdir(project())
    os.execve(command[0], list(command), dict(environment))
