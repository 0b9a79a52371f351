"""Starts the Python processes that the commands consist of; none shares our terminal's signals."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from langsikt.cli import leftover
from langsikt.cli.home import project
from langsikt.cli.refusal import Refused


def python(module: str, *words: str) -> list[str]:
    return [sys.executable, "-m", module, *words]


def run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Runs to the end. Raises Refused with its exit code: it has said itself what was wrong."""
    process = begin(command, environment)
    try:
        code = process.wait()
    finally:
        leftover.end(process.pid, leftover.KIND, patience=10, reap=process.poll)
    if code != 0:
        raise Refused("", code if code > 0 else 1)


def begin(command: Sequence[str], environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """Starts in the project's directory and a session of its own, so that Ctrl-C reaches only us."""
    return subprocess.Popen(
        command, env={**environment, "PYTHONUNBUFFERED": "1"}, cwd=_folder(), stdin=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def become(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Replaces this process."""
    os.chdir(_folder())
    os.execve(command[0], list(command), dict(environment))


def _folder() -> Path:
    return project()
