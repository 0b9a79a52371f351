"""Migrates as the owner of the data and puts the protection in place on every table."""

import os

from django.core.management import call_command
from django.db import connection, transaction

from langsikt.config import database, ready


def main() -> None:
    """What `langsikt migrate` does, in a process where the one database is LANGSIKT_OWNER_URL."""
    fault = database.check_reachable(database.OWNER_URL)
    if fault:
        raise ready.refuse(fault)
    os.environ[database.SERVING_URL] = os.environ[database.OWNER_URL]
    ready.set_up()
    _migrate()


def _migrate() -> None:
    from langsikt.config import founding
    from langsikt.records import protection

    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    try:
        with transaction.atomic():
            protection.apply(connection)
            founding.prepare()
            founding.prepare_seal()
            founding.guard()
    except founding.Unfounded as fault:
        raise ready.refuse(str(fault)) from None
    ready.close()


if __name__ == "__main__":
    main()
