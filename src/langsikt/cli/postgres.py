"""Our own small supervisor of an embedded PostgreSQL: scram, one private unix socket, no TCP, back after any crash."""

import os
import subprocess
import time
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import psycopg
from psycopg import sql

from langsikt.cli import binaries, leftover, roles
from langsikt.cli.account import Account, of_database
from langsikt.cli.home import Home
from langsikt.cli.refusal import Refused

SUPERUSER = "langsikt_super"
PATIENCE = 60.0
PAUSE = 0.1
QUIET = {"PATH": os.defpath, "LC_ALL": "C"}


class Postgres:
    """One server whose data lie in ``home``."""

    settings: ClassVar[dict[str, str]] = {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        # Nothing that people wrote may reach the log (threat T6).
        "log_min_messages": "log",  # leaves out ERROR: a failed cast repeats the value
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_statement": "none",
        "log_timezone": "UTC",
        "max_connections": "60",
    }

    def __init__(self, home: Home) -> None:
        self.home = home
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts and waits until it answers; makes data, roles and database the first time. Raises Refused."""
        self.bin, self.account = binaries.find(), of_database()
        self._refuse_other_major()
        self.account.own(self.home.socket)
        if not (self.home.data / "PG_VERSION").exists():
            self._initialise()
        leftover.end_database(self.home.data)
        self._wait_until_it_answers()
        self._ensure_roles()

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """A fast shutdown: open transactions are rolled back, what was committed is kept."""
        if self.process is not None:
            leftover.end(self.process.pid, leftover.FAST, patience=PATIENCE, reap=self.process.poll)
            self.process = None

    def url(self, role: str, database: str = roles.DATABASE) -> str:
        """The address with which this role reaches this database."""
        return (
            f"postgresql://{role}:{quote(self.home.secret(role), safe='')}@/{database}"
            f"?host={quote(str(self.home.socket), safe='')}"
        )

    def superuser(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """For making roles and databases only; the app never holds it."""
        return psycopg.connect(self.url(SUPERUSER, database), autocommit=True, connect_timeout=5)

    def _refuse_other_major(self) -> None:
        mark = self.home.data / "PG_VERSION"
        if mark.exists() and mark.read_text().strip() != str(binaries.major(self.bin)):
            raise Refused(
                f"The data in {self.home.data} are of PostgreSQL {mark.read_text().strip()}, these binaries of "
                f"{binaries.major(self.bin)}: move them with pg_dump, or point LANGSIKT_PG_BIN to the right version."
            )

    def _initialise(self) -> None:
        """Makes the data directory, beside its place until it is whole."""
        draft = self.home.path / "postgres-new"
        leftover.remove_tree(draft)
        self.account.own(draft)
        password = draft.with_suffix(".password")
        password.touch(mode=0o600)
        os.chown(password, self.account.uid, self.account.gid)
        password.write_text(self.home.secret(SUPERUSER))
        try:
            self._initdb(draft, password)
        finally:
            password.unlink()
        leftover.remove_tree(self.home.data)
        draft.rename(self.home.data)

    def _initdb(self, data: Path, password: Path) -> None:
        made = subprocess.run(
            [self.bin / "initdb", "-D", data, "-U", SUPERUSER, f"--pwfile={password}", "--auth=scram-sha-256",
             "--data-checksums", "--encoding=UTF8", *_locale(binaries.major(self.bin))],
            capture_output=True, text=True, check=False, cwd="/", env=QUIET,
            user=self.account.uid, group=self.account.gid, extra_groups=_no_groups(self.account),
        )  # fmt: skip
        if made.returncode != 0:
            raise Refused(f"The database could not be made in {data}: {_last_line(made.stderr)}")

    def _launch(self) -> None:
        flags = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        log = os.open(self.home.postgres_log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.process = subprocess.Popen(
            [self.bin / "postgres", "-D", self.home.data, "-k", self.home.socket, *flags],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=QUIET, start_new_session=True,
            user=self.account.uid, group=self.account.gid, extra_groups=_no_groups(self.account),
        )  # fmt: skip
        os.close(log)

    def _wait_until_it_answers(self) -> None:
        """After a crash the first starts fail while the dead server's memory is still held: so try again."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if not self.alive():
                self._launch()
            time.sleep(PAUSE)
            if self.alive() and self._answers():
                return
        self.stop()
        raise Refused(f"The database did not start within {PATIENCE:.0f} s: see {self.home.postgres_log}.", 1)

    def _answers(self) -> bool:
        try:
            self.superuser().close()
        except psycopg.OperationalError:
            return False
        return True

    def _ensure_roles(self) -> None:
        with self.superuser() as connection:
            known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role in roles.ROLES:
                if role.name not in known:
                    self._make_role(connection, role)
            if connection.execute("SELECT FROM pg_database WHERE datname = %s", [roles.DATABASE]).fetchone() is None:
                for statement in (*roles.after_roles(), roles.create_database(roles.DATABASE)):
                    connection.execute(statement)
            for statement in roles.own_database(roles.DATABASE):
                connection.execute(statement)

    def _make_role(self, connection: "psycopg.Connection[tuple[object, ...]]", role: roles.Role) -> None:
        """The password is hashed here, so the server never sees it in a statement."""
        secret = self.home.secret(role.name).encode()
        hashed = connection.pgconn.encrypt_password(secret, role.name.encode(), b"scram-sha-256").decode()
        connection.execute(roles.create_role(role) + sql.SQL(" PASSWORD {}").format(hashed))


def _locale(major: int) -> list[str]:
    """The same letters on every machine: PostgreSQL's own since 17, before that the system's."""
    if major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _no_groups(account: Account) -> list[int] | None:
    return [] if account.uid != os.geteuid() else None


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "initdb said nothing.")
