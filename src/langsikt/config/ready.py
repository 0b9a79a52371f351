"""Whether the app may serve: the right role, a migrated and protected database, and not the demo's by mistake."""

import os
import sys

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from langsikt.config import database
from langsikt.model.reading import ModelError

WRONG_SET_UP = 2
NOT_FOUNDED = "the database is not founded: run `langsikt found USERNAME SHORT_NAME` once, for the first administrator."
NOT_MIGRATED = "the database is not migrated: run `langsikt migrate` with LANGSIKT_OWNER_URL set."


def refuse(line: str) -> SystemExit:
    """Says the one line and ends with exit code 2."""
    print(f"langsikt: {line}", file=sys.stderr, flush=True)
    return SystemExit(WRONG_SET_UP)


def check(founded: bool = True) -> None:
    """Raises SystemExit with code 2, after one line that says what is wrong and how to cure it.

    ``founded`` is what the database must be: marked, or not yet.
    """
    fault = database.check_serving_role()
    if not fault:
        fault = _fault_of_database() or _fault_of_founding(founded)
        close()
    if fault:
        raise refuse(fault)
    if founded:
        _finish()


def _finish() -> None:
    """What a crash has left half erased is erased before anybody is served."""
    from langsikt.actions import shares  # needs the apps to be loaded

    shares.finish_erasures()
    close()


def close() -> None:
    """Closes the connections and the pool, so that no process that is forked later shares them."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


def set_up() -> None:
    """Loads settings, method and models. Raises SystemExit with code 2: the method contradicts itself."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langsikt.config.settings")
    try:
        django.setup()
    except ModelError as fault:
        raise refuse(str(fault)) from None


def _fault_of_database() -> str | None:
    from langsikt.records import protection  # needs the apps to be loaded

    if not is_migrated():
        return NOT_MIGRATED
    faults = protection.check(connection)
    if faults:
        return f"{faults[0]}" + (f" (+{len(faults) - 1})" if len(faults) > 1 else "")
    return None


def is_migrated() -> bool:
    """Every table that the models name is there; the migrations' own table is closed to the serving role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        found = {row[0] for row in cursor.fetchall()}
    return {model._meta.db_table for model in apps.get_models()} <= found


def _fault_of_founding(wanted: bool) -> str | None:
    """Real settings never open the demo's database, nor the demo's a real one (rules D7)."""
    from langsikt.config import founding  # needs the apps to be loaded

    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, key_check FROM langsikt_installation()")
        row = cursor.fetchone()
    if row is None:
        return NOT_FOUNDED if wanted else None
    if not wanted:
        return "the database is founded already."
    try:
        founding.fit(row[0], bytes(row[1]))
        founding.check_serving()
    except founding.Unfounded as fault:
        return str(fault)
    return None


def main() -> None:
    """Checks, then collects the static files: what `langsikt serve` does before gunicorn."""
    set_up()
    check()
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
