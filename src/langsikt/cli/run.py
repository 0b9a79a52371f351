"""`langsikt run`: database, migrations, demo, web server and clock in one command, kept alive until Ctrl-C."""

import os
import signal
import subprocess
import time
from contextlib import ExitStack
from types import FrameType

from langsikt.cli import clock, home, leftover, lock, port, process, roles, serve
from langsikt.cli.postgres import Postgres
from langsikt.cli.refusal import Refused

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 60.0
TOO_SOON = 5.0
WRONG_SET_UP = 2


class Stopped(Exception):
    """Somebody asked us to stop."""


def run(demo: bool) -> None:
    """Runs until it is told to stop. Raises Refused."""
    for sign in STOPS:
        signal.signal(sign, _stop)
    try:
        House(demo).live()
    except Stopped:
        print("Stopped.", flush=True)


class House:
    """Everything that one start has started."""

    def __init__(self, demo: bool) -> None:
        self.demo = demo
        self.home = home.here()
        self.environment = {**os.environ, "LANGSIKT_HOME": str(self.home.path)}
        if demo:
            self.environment["DJANGO_SETTINGS_MODULE"] = "devtools.settings"
        self.environment.setdefault("LANGSIKT_KEY_FILE", str(self.home.keys))
        self.environment.setdefault("LANGSIKT_SEAL_KEY_FILE", str(self.home.seal_key))
        if demo and not self.environment.get("LANGSIKT_ANCHOR_SYSLOG"):
            self.environment.setdefault("LANGSIKT_ANCHOR_FILE", str(self.home.anchor))
        self.port = port.number(self.environment)
        self.database: Postgres | None = None
        self.web: subprocess.Popen[bytes] | None = None
        self.clock: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def live(self) -> None:
        """Starts all, watches it, and stops all whatever happens."""
        self.home.prepare()
        with ExitStack() as stack:
            stack.enter_context(lock.only_one(self.home.lock, self.address))
            leftover.end_web(self.home.web_pid, serve.MARK)
            leftover.end_web(self.home.clock_pid, clock.MODULE)
            port.require_free(self.port)
            stack.callback(self._end)
            self._start()
            self._watch()

    def _start(self) -> None:
        self._start_database()
        process.run(process.python("langsikt.config.migrate"), self.environment)
        sign_ins = process.answer(process.python("devtools.start"), self.environment) if self.demo else ""
        process.run(serve.PREPARE, self.environment)
        self._start_web()
        self._start_clock()
        print(f"\nLångsikt: {self.address}\n\n{sign_ins}Stop with Ctrl-C.", flush=True)

    def _start_database(self) -> None:
        """A server of one's own when its addresses are given, else ours; never ours for real people's data."""
        given = [name for name in ("LANGSIKT_DATABASE_URL", "LANGSIKT_OWNER_URL") if self.environment.get(name)]
        if len(given) == 1:
            raise Refused(
                f"Only {given[0]} is set: give both LANGSIKT_DATABASE_URL and LANGSIKT_OWNER_URL, or neither."
            )
        if given:
            return
        if not self.demo:
            raise Refused(
                "The embedded PostgreSQL is for the demo only: give LANGSIKT_DATABASE_URL and LANGSIKT_OWNER_URL."
            )
        self.database = Postgres(self.home)
        self.database.start()
        self.environment["LANGSIKT_DATABASE_URL"] = self.database.url(roles.APP)
        self.environment["LANGSIKT_OWNER_URL"] = self.database.url(roles.OWNER)
        self.environment["LANGSIKT_CLOCK_URL"] = self.database.url(roles.CLOCK)

    def _start_web(self) -> None:
        self.web = process.begin(serve.gunicorn(self.home.web_pid), self.environment)
        self.web_since = time.monotonic()
        while not port.answers(self.port):
            if self.web.poll() is not None:
                raise Refused("The web server ended at once: what it said stands above.", self.web.returncode or 1)
            if time.monotonic() - self.web_since > PATIENCE:
                raise Refused(f"The web server did not answer within {PATIENCE:.0f} s.", 1)
            time.sleep(0.05)

    def _start_clock(self) -> None:
        self.clock = process.begin(clock.command(self.home.clock_pid), self.environment)
        self.clock_since = time.monotonic()

    def _watch(self) -> None:
        """Starts again what a crash has ended."""
        while True:
            time.sleep(0.5)
            if self.database and not self.database.alive():
                self.database.start()
            if self.web and self.web.poll() is not None:
                if time.monotonic() - self.web_since < TOO_SOON:
                    raise Refused("The web server ends as soon as it has started: see above.", 1)
                self._start_web()
            if self.clock and self.clock.poll() is not None:
                if self.clock.returncode == WRONG_SET_UP:
                    raise Refused("The clock cannot run: what it said stands above.")
                if time.monotonic() - self.clock_since > TOO_SOON:
                    self._start_clock()

    def _end(self) -> None:
        """Web before database; a second Ctrl-C does not leave half of it running."""
        for sign in STOPS:
            signal.signal(sign, signal.SIG_IGN)
        if self.clock:
            leftover.end(self.clock.pid, leftover.KIND, patience=15, reap=self.clock.poll)
            self.home.clock_pid.unlink(missing_ok=True)
        if self.web:
            leftover.end(self.web.pid, leftover.KIND, patience=15, reap=self.web.poll)
            self.home.web_pid.unlink(missing_ok=True)
        if self.database:
            self.database.stop()


def _stop(sign: int, frame: FrameType | None) -> None:
    raise Stopped
