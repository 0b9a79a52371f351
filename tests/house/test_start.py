"""Starting and stopping: one clear line when something is wrong, and nothing lost whatever was killed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from langsikt.access.key_file import make_key_file
from langsikt.cli import leftover, roles, serve
from langsikt.cli.home import Home
from langsikt.cli.postgres import Postgres
from langsikt.cli.refusal import Refused
from tests import cluster

SENTINEL = "Gryningsvägen 14"


@pytest.fixture
def home() -> Iterator[Home]:
    """A home of this test's own, with a short path and passable for the database's user."""
    path = Path(tempfile.mkdtemp(prefix=f"{cluster.PREFIX}{os.getpid()}-"))
    yield Home(path).prepare()
    leftover.end_web(path / "web.pid", "langsikt")
    cluster.remove(path)


def command(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """`langsikt …` as somebody types it."""
    return subprocess.run(
        [sys.executable, "-m", "langsikt", *words],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def assert_one_line(done: "subprocess.CompletedProcess[str]", code: int, *words: str) -> None:
    lines = done.stderr.strip().splitlines()
    assert done.returncode == code, done
    assert len(lines) == 1, done.stderr
    assert not [word for word in words if word not in lines[0]], lines[0]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


class TestDatabase:
    """The embedded PostgreSQL under our own supervisor."""

    def test_it_is_private_and_its_log_says_nothing(self, home: Home) -> None:
        server = Postgres(home)
        server.start()
        try:
            with server.superuser() as connection:
                shown = dict(connection.execute("SELECT name, setting FROM pg_settings").fetchall())
                with pytest.raises(psycopg.errors.InvalidTextRepresentation):
                    connection.execute(f"SELECT '{SENTINEL}'::uuid")
                with pytest.raises(psycopg.errors.InvalidTextRepresentation):
                    connection.execute("SELECT %s::text::uuid", [SENTINEL])
            stranger = f"host={home.socket} dbname=langsikt user={roles.APP} password=gissning"
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(stranger)
        finally:
            server.stop()
        assert (shown["listen_addresses"], shown["data_checksums"]) == ("", "on")
        assert home.socket.stat().st_mode & 0o777 == 0o700
        assert home.data.stat().st_mode & 0o777 == 0o700
        assert {file.stat().st_mode & 0o777 for file in (home.path / "secrets").iterdir()} == {0o600}
        log = home.postgres_log.read_text()
        assert "password authentication failed" in log
        assert SENTINEL not in log

    def test_what_was_committed_outlives_a_kill(self, home: Home) -> None:
        server = Postgres(home)
        server.start()
        for number in range(3):
            with psycopg.connect(server.url(roles.OWNER), autocommit=True) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
                connection.execute("INSERT INTO kept VALUES (%s)", [number])
            assert server.process
            os.kill(server.process.pid, signal.SIGKILL)
            server.start()
        with psycopg.connect(server.url(roles.OWNER)) as connection:
            found = connection.execute("SELECT number FROM kept ORDER BY 1").fetchall()
        server.stop()
        assert found == [(0,), (1,), (2,)]

    def test_a_server_left_running_is_ended_before_the_next_start(self, home: Home) -> None:
        first = Postgres(home)
        first.start()
        left = first.process
        assert left
        second = Postgres(home)
        second.start()
        assert left.poll() is not None
        second.stop()

    def test_data_of_another_major_version_are_refused_and_untouched(self, home: Home) -> None:
        home.data.mkdir()
        (home.data / "PG_VERSION").write_text("15\n")
        with pytest.raises(Refused, match=r"PostgreSQL 15, these binaries of \d+: move them with pg_dump") as refused:
            Postgres(home).start()
        assert refused.value.code == 2
        assert [file.name for file in home.data.iterdir()] == ["PG_VERSION"]

    def test_the_socket_of_a_deep_home_lies_in_a_short_place(self) -> None:
        deep = Home(Path("/" + "/".join(["a-long-directory-name"] * 8)))
        assert len(str(deep.socket / ".s.PGSQL.5432")) < 108
        assert deep.socket != Home(deep.path / "another").socket


class TestRoles:
    """What `langsikt db roles` prints prepares a server of one's own as ours is prepared."""

    def test_the_printed_sql_makes_the_same_roles(self, home: Home) -> None:
        server = Postgres(home)
        server.start()
        done = command("db", "roles")
        assert done.returncode == 0
        printed = [line for line in done.stdout.splitlines() if not line.startswith(("--", "\\"))]
        query = "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles ORDER BY 1"
        with server.superuser() as connection:
            ours = connection.execute(query).fetchall()
            connection.execute(f"DROP DATABASE {roles.DATABASE}")
            for role in roles.ROLES:
                connection.execute(f"DROP ROLE {role.name}")
            for statement in printed:
                connection.execute(statement)
            assert connection.execute(query).fetchall() == ours
        server.stop()


@pytest.mark.usefixtures("database")
class TestAddress:
    """LANGSIKT_DATABASE_URL and LANGSIKT_OWNER_URL: wrong ones end with one line and exit code 2."""

    @pytest.mark.parametrize(
        ("url", "word"),
        [
            ("", "is not set"),
            ("mysql://a:hemligt@localhost/x", "is not a postgresql:// address"),
            ("postgresql://a:hemligt@localhost:port/x", "LANGSIKT_DATABASE_URL"),
            ("postgresql://localhost", "names no database or no user"),
            ("postgresql://a:hemligt@localhost:1/x", "Connection refused"),
            ("postgresql://a:hemligt@/x?host=/nowhere", "No such file or directory"),
            ("postgresql://a:hemligt@/x?hots=/nowhere", "is not a whole postgresql:// address"),
        ],
    )
    def test_wrong_or_unreachable(self, url: str, word: str) -> None:
        done = command("serve", LANGSIKT_DATABASE_URL=url, LANGSIKT_PORT=str(free_port()))
        assert_one_line(done, 2, "LANGSIKT_DATABASE_URL", word)
        assert "hemligt" not in done.stderr
        done = command("migrate", LANGSIKT_OWNER_URL=url)
        assert_one_line(done, 2, "LANGSIKT_OWNER_URL", word.replace("DATABASE", "OWNER"))
        assert "hemligt" not in done.stderr

    @pytest.mark.parametrize(
        ("role", "word"),
        [
            (roles.OWNER, "the owner of the data"),
            (roles.BACKUP, "able to bypass row-level security"),
            ("langsikt_super", "a superuser"),
        ],
    )
    def test_serving_with_too_much_power(self, role: str, word: str) -> None:
        url = cluster.Swift(Home(Path(os.environ["LANGSIKT_HOME"]))).url(role, _database())
        done = command("serve", LANGSIKT_DATABASE_URL=url, LANGSIKT_PORT=str(free_port()))
        assert_one_line(done, 2, word, "serve as langsikt_app")

    def test_serving_as_one_who_can_become_the_owner(self) -> None:
        server = cluster.Swift(Home(Path(os.environ["LANGSIKT_HOME"])))
        with server.superuser() as connection:
            connection.execute("CREATE ROLE climber LOGIN PASSWORD 'uppåt'")
            connection.execute(f"GRANT {roles.OWNER} TO climber WITH INHERIT FALSE")
            connection.execute(f"GRANT CONNECT ON DATABASE {_database()} TO climber")
        try:
            url = server.url(roles.APP, _database()).replace(roles.APP, "climber", 1)
            url = url.replace(url.split(":")[2].split("@")[0], "uppåt")
            assert_one_line(command("serve", LANGSIKT_DATABASE_URL=url, LANGSIKT_PORT=str(free_port())), 2, "the owner")
        finally:
            with server.superuser() as connection:
                connection.execute(f"REVOKE CONNECT ON DATABASE {_database()} FROM climber")
                connection.execute("DROP ROLE climber")

    def test_a_table_whose_protection_was_switched_off(self, owner: "psycopg.Connection[tuple[object, ...]]") -> None:
        owner.execute("ALTER TABLE records_event NO FORCE ROW LEVEL SECURITY")
        try:
            assert_one_line(command("serve", LANGSIKT_PORT=str(free_port())), 2, "records_event")
        finally:
            owner.execute("ALTER TABLE records_event FORCE ROW LEVEL SECURITY")

    def test_gunicorn_alone_refuses_too(self) -> None:
        environment = {**os.environ, "LANGSIKT_DATABASE_URL": os.environ["LANGSIKT_OWNER_URL"]}
        done = subprocess.run(
            cluster.WEB, env=environment, capture_output=True, text=True, check=False, timeout=300, cwd=Path.cwd()
        )
        assert_one_line(done, 2, "the owner of the data")

    def test_migrating_again_changes_nothing(self) -> None:
        done = command("migrate")
        assert (done.returncode, done.stderr) == (0, "")

    def test_a_database_that_nobody_has_founded(self) -> None:
        assert_one_line(command("serve", LANGSIKT_PORT=str(free_port())), 2, "langsikt found")

    def test_the_key_file_and_the_mark_bind(self, home: Home, fresh_database: None) -> None:
        done = command("found", "asa.a", "Åsa A")
        assert done.returncode == 0, done.stderr
        assert "asa.a signs in with the password" in done.stdout
        assert_one_line(command("found", "eva.b", "Eva B"), 2, "founded already")
        assert_one_line(prepared(), 2, "no tested copy", "langsikt keys attest")
        shutil.copy(os.environ["LANGSIKT_KEY_FILE"], home.path / "copy.json")
        assert command("keys", "attest", str(home.path / "copy.json")).returncode == 0
        assert prepared().returncode == 0
        assert_one_line(prepared(DJANGO_SETTINGS_MODULE="devtools.settings"), 2, "'production'", "'demo'")
        other = home.path / "other.json"
        assert_one_line(prepared(LANGSIKT_KEY_FILE=str(other)), 2, "other.json", "never make a new one")
        assert_one_line(command("migrate", LANGSIKT_KEY_FILE=str(other)), 2, "other.json", "never make a new one")
        assert not other.exists()
        make_key_file(other)
        assert_one_line(prepared(LANGSIKT_KEY_FILE=str(other)), 2, "does not fit this database")

    def test_an_empty_database(self) -> None:
        server = cluster.Swift(Home(Path(os.environ["LANGSIKT_HOME"])))
        name = f"{_database()}_empty"
        with server.superuser() as connection:
            for statement in (roles.create_database(name), *roles.own_database(name)):
                connection.execute(statement)
        done = command("serve", LANGSIKT_DATABASE_URL=server.url(roles.APP, name), LANGSIKT_PORT=str(free_port()))
        assert_one_line(done, 2, "langsikt migrate")


def prepared(**environment: str) -> "subprocess.CompletedProcess[str]":
    """What `langsikt serve` does before it becomes the web server."""
    return subprocess.run(
        serve.PREPARE, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=300
    )


def _database() -> str:
    return str(conninfo_to_dict(os.environ["LANGSIKT_DATABASE_URL"])["dbname"])


class Demo:
    """`make run` without make: the same command, in a home of its own."""

    def __init__(self, home: Home) -> None:
        self.home, self.port = home, free_port()
        own = ("LANGSIKT_DATABASE_URL", "LANGSIKT_OWNER_URL", "LANGSIKT_KEY_FILE", "LANGSIKT_SHARES")
        own += ("DJANGO_SETTINGS_MODULE",)
        kept = {name: value for name, value in os.environ.items() if name not in own}
        self.environment = {**kept, "LANGSIKT_HOME": str(home.path), "LANGSIKT_PORT": str(self.port)}
        self.said = home.path / "said"

    def start(self) -> "subprocess.Popen[bytes]":
        """Returns once it has said that it serves."""
        with self.said.open("w") as said:
            process = self._begin(said)
        until = time.monotonic() + 300
        while "Ctrl-C" not in self.said.read_text():
            assert process.poll() is None, self.said.read_text()
            assert time.monotonic() < until, self.said.read_text()
            time.sleep(0.1)
        return process

    def second(self) -> "subprocess.CompletedProcess[str]":
        return command("run", "--demo", **self.environment)

    def people(self) -> int:
        """How many staff the demo has."""
        with psycopg.connect(Postgres(self.home).url(roles.OWNER)) as connection:
            row = connection.execute("SELECT count(*) FROM records_staff").fetchone()
        return row[0] if row else 0

    def is_gone(self) -> bool:
        """Nobody listens any more, and no process of this home runs."""
        with socket.socket() as probe:
            listens = probe.connect_ex(("localhost", self.port)) == 0
        return not listens and not _processes(str(self.home.path))

    def _begin(self, said: object) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "langsikt", "run", "--demo"],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=said,  # type: ignore[call-overload]
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _processes(mark: str) -> list[int]:
    numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
    return [number for number in numbers if mark in leftover.command(number) and leftover.runs(number)]


class TestRun:
    """One command starts everything, and it lasts."""

    def test_a_life_of_starts_stops_and_kills(self, home: Home) -> None:
        demo = Demo(home)
        first = demo.start()
        said, people = demo.said.read_text(), demo.people()
        assert f"http://localhost:{demo.port}" in said
        assert people > 0

        assert_one_line(demo.second(), 1, "already runs", f"http://localhost:{demo.port}")

        os.kill(first.pid, signal.SIGINT)
        assert first.wait(120) == 0
        assert demo.is_gone()

        again = demo.start()
        assert demo.people() == people
        os.kill(again.pid, signal.SIGKILL)  # the web server and the database go on, without anybody who minds them
        again.wait()
        third = demo.start()
        assert demo.people() == people
        for number in [*_processes(str(home.path)), third.pid]:
            os.kill(number, signal.SIGKILL)
        third.wait()

        last = demo.start()
        assert demo.people() == people
        os.kill(last.pid, signal.SIGTERM)
        assert last.wait(120) == 0
        assert demo.is_gone()

    def test_a_busy_port(self, home: Home) -> None:
        demo = Demo(home)
        with socket.socket() as other:
            other.bind(("localhost", demo.port))
            other.listen()
            assert_one_line(demo.second(), 1, f"Port {demo.port}", "LANGSIKT_PORT")
        assert not home.data.exists()

    @pytest.mark.parametrize("port", ["nio", "0", "70000"])
    def test_a_port_that_is_none(self, home: Home, port: str) -> None:
        assert_one_line(command("run", "--demo", LANGSIKT_HOME=str(home.path), LANGSIKT_PORT=port), 2, port)

    def test_one_address_without_the_other(self, home: Home) -> None:
        demo = Demo(home)
        demo.environment["LANGSIKT_DATABASE_URL"] = "postgresql://a@localhost/x"
        demo.environment["LANGSIKT_OWNER_URL"] = ""
        assert_one_line(demo.second(), 2, "give both")

    def test_real_data_never_in_the_embedded_database(self, home: Home) -> None:
        environment = {**Demo(home).environment, "LANGSIKT_DATABASE_URL": "", "LANGSIKT_OWNER_URL": ""}
        assert_one_line(command("run", **environment), 2, "for the demo only")
