"""Founds an installation for real work: its mark for good, and the first administrator, who adds everybody else."""

import argparse
import secrets
import sys

from django.utils import timezone

from langsikt.config import database, ready
from langsikt.config.settings import INSTALLATION


def main() -> None:
    """What `langsikt found` does: it prints the first password, once, and keeps it nowhere."""
    parser = argparse.ArgumentParser(prog="langsikt found")
    parser.add_argument("username")
    parser.add_argument("short_name")
    asked = parser.parse_args()
    fault = database.check_serving_role()
    if fault:
        raise ready.refuse(fault)
    ready.set_up()
    ready.check(founded=False)
    password = secrets.token_urlsafe(18)
    _found(asked.username, asked.short_name, password)
    print(f"{asked.username} signs in with the password {password} and is asked for a second factor at once.")
    print("It is shown here only. Change it at the first sign-in.", file=sys.stderr)


def _found(username: str, short_name: str, password: str) -> None:
    from langsikt.actions.staff import found_installation

    found_installation(INSTALLATION, username, short_name, password, timezone.now())


if __name__ == "__main__":
    main()
