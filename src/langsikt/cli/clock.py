"""Starts the clock: by itself for a server of one's own, or under `langsikt run`."""

import os
from collections.abc import Mapping
from pathlib import Path

from langsikt.cli import process

MODULE = "langsikt.config.clock"


def command(pid_file: Path | None = None) -> list[str]:
    """The command that is the clock; it writes its pid where a later start can find it."""
    return process.python(MODULE, *(["--pid", str(pid_file)] if pid_file else []))


def run(environment: Mapping[str, str] = os.environ) -> None:
    """Becomes the clock."""
    process.become(command(), environment)
