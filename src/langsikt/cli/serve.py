"""Serves the app with gunicorn, once the checks have passed."""

import os
from collections.abc import Mapping
from pathlib import Path

from langsikt.cli import port, process

PREPARE = process.python("langsikt.config.ready")
MARK = "langsikt.config.wsgi"


def gunicorn(pid_file: Path | None = None) -> list[str]:
    """The command that serves; it writes its pid where a later start can find it."""
    known = ["--pid", str(pid_file)] if pid_file else []
    return process.python("gunicorn", "--config", "python:langsikt.config.gunicorn", *known, f"{MARK}:application")


def serve(environment: Mapping[str, str] = os.environ) -> None:
    """Checks, collects the static files, then becomes gunicorn."""
    port.require_free(port.number(environment))
    process.run(PREPARE, environment)
    process.become(gunicorn(), environment)
