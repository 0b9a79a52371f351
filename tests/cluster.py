"""The one PostgreSQL of a test run: the real roles, a migrated template, a demo template, and quick copies of them."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import psycopg
from filelock import FileLock

from langsikt.cli import leftover, roles, serve
from langsikt.cli.home import Home
from langsikt.cli.postgres import Postgres

PREFIX = "langsikt-test-"
EMPTY, DEMO = "template_empty", "template_demo"


class Swift(Postgres):
    """A server whose data nobody needs after the run."""

    settings: ClassVar[dict[str, str]] = {
        **Postgres.settings,
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "max_connections": "100",
    }


def new_home() -> Path:
    """A directory of this run's own; those of runs that were killed are removed."""
    for old in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = old.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdecimal() and not leftover.runs(int(pid)):
            remove(old)
    return Home(Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))).prepare().path


def remove(path: Path) -> None:
    leftover.end_database(Home(path).data)
    shutil.rmtree(path, ignore_errors=True)


def environment(home: Path, database: str, settings: str = "langsikt.config.settings") -> dict[str, str]:
    """What points a process of the app at this database."""
    server = Swift(Home(home))
    return {
        "LANGSIKT_HOME": str(home),
        "LANGSIKT_KEY_FILE": str(Home(home).keys),
        "LANGSIKT_SHARES": str(shares_of(home)),
        "LANGSIKT_DATABASE_URL": server.url(roles.APP, database),
        "LANGSIKT_OWNER_URL": server.url(roles.OWNER, database),
        "LANGSIKT_CLOCK_URL": server.url(roles.CLOCK, database),
        "LANGSIKT_AUDIT_URL": server.url(roles.AUDITOR, database),
        "LANGSIKT_SEAL_KEY_FILE": str(Home(home).seal_key),
        "LANGSIKT_ANCHOR_FILE": str(home / f"{database}.anchor"),
        "DJANGO_SETTINGS_MODULE": settings,
    }


def shares_of(home: Path) -> Path:
    """The share store of this run; every database of it uses the one."""
    return Home(home).keys.parent / "shares"


def keep_shares(home: Path, name: str, connection: "psycopg.Connection[Any]") -> None:
    """Sets aside the shares of this database's data keys: a copy of the database needs them as they are now."""
    for (key_id,) in connection.execute("select id from records_datakey").fetchall():
        file = shares_of(home) / key_id.hex[:2] / key_id.hex
        if file.exists():
            kept = home / f"{name}.shares" / file.parent.name / file.name
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, kept)


def put_shares_back(home: Path, name: str) -> None:
    """Those set aside that have been destroyed since: they lie outside the database, which is put back without them."""
    for kept in (home / f"{name}.shares").glob("??/*"):
        file = shares_of(home) / kept.parent.name / kept.name
        if not file.exists():
            file.parent.mkdir(mode=0o700, exist_ok=True)
            shutil.copy(kept, file)


def copy(home: Path, template: str, database: str) -> None:
    """Puts a fresh copy in place, whoever is connected to the old one."""
    _build_once(home, template)
    with Swift(Home(home)).superuser() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        _create(connection, database, template)
    put_shares_back(home, template)
    if database.startswith("template_"):
        with Swift(Home(home)).superuser(database) as connection:
            keep_shares(home, database, connection)


def connect(home: Path, role: str, database: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection as this role, each statement its own transaction."""
    return psycopg.connect(Swift(Home(home)).url(role, database), autocommit=True)


@contextmanager
def built(home: Path, name: str) -> Iterator[bool]:
    """Lets the first worker build and the others wait; gives False when it is already there."""
    mark = home / f"{name}.built"
    with FileLock(home / "building"):
        yield not mark.exists()
        mark.touch()


def _build_once(home: Path, template: str) -> None:
    with built(home, EMPTY) as needed:
        if needed:
            _run(home, EMPTY, "tests.cluster", "start", str(home))
            _run(home, EMPTY, "langsikt.config.migrate")
            _run(home, EMPTY, "django", "collectstatic", "--no-input")
    if template == DEMO:
        with built(home, DEMO) as needed:
            if needed:
                with Swift(Home(home)).superuser() as connection:
                    _create(connection, DEMO, EMPTY)
                _run(home, DEMO, "devtools.start")
                with Swift(Home(home)).superuser(DEMO) as connection:
                    keep_shares(home, DEMO, connection)


def _create(connection: "psycopg.Connection[tuple[object, ...]]", database: str, template: str) -> None:
    for statement in (roles.create_database(database, template), *roles.own_database(database)):
        connection.execute(statement)


def _run(home: Path, database: str, module: str, *words: str) -> None:
    settings = "devtools.settings" if database == DEMO else "langsikt.config.settings"
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env={**os.environ, **environment(home, database, settings)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{module} ended with {done.returncode}:\n{done.stdout}{done.stderr}"


def start(home: Path) -> None:
    """Starts the server and leaves it running; the test run that made the home ends it."""
    server = Swift(Home(home))
    server.start()
    with server.superuser() as connection:
        _create(connection, EMPTY, "template1")


WEB = serve.gunicorn()

if __name__ == "__main__":
    start(Path(sys.argv[2]))
