"""Starts the clock as its own role, once it is sure of the role, the key and the place outside the database."""

import argparse
import json
import os
from pathlib import Path

from django.db import connection

from langsikt.config import database, ready
from langsikt.exchange import anchor


def main() -> None:
    """What `langsikt clock` does. Exit code 2 after one line: something is set up wrongly."""
    parser = argparse.ArgumentParser(prog="langsikt clock")
    parser.add_argument("--pid", type=Path, help="where to write the process's number")
    asked = parser.parse_args()
    fault = database.check_role(database.CLOCK_URL, "the clock is langsikt_clock")
    if fault:
        raise ready.refuse(fault)
    os.environ[database.SERVING_URL] = os.environ[database.CLOCK_URL]
    ready.set_up()
    clock = _made()
    if asked.pid:
        asked.pid.write_text(f"{os.getpid()}\n")
    clock.run()


def _made() -> "Clock":  # type: ignore[name-defined]  # noqa: F821 - needs the apps to be loaded
    from langsikt.access import notary
    from langsikt.jobs.clock import Clock

    try:
        sinks = anchor.of(os.environ)
        key = notary.read(Path(_key_file()))
        _check(key.mark)
    except (ValueError, notary.NotaryError) as fault:
        raise ready.refuse(str(fault)) from None
    finally:
        ready.close()
    return Clock(key, sinks)


def _key_file() -> str:
    from django.conf import settings

    return str(settings.LANGSIKT_SEAL_KEY_FILE)


def _check(mark: str) -> None:
    """Raises ValueError: the database is not ready for the clock, or was sealed with another key."""
    from langsikt.access import seal
    from langsikt.records import protection

    if not ready.is_migrated():
        raise ValueError(ready.NOT_MIGRATED)
    if faults := protection.check_beside(connection, protection.CLOCK):
        raise ValueError(faults[0])
    last = seal.last_said()
    if last and json.loads(last)["key"] != mark:
        raise ValueError(f"the sealing key {_key_file()} does not fit this database: put back the one it had.")


if __name__ == "__main__":
    main()
