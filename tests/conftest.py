"""The real roles on a real PostgreSQL, a copy per worker, and the real server and browser for the journeys.

``database``        the worker's copy as the app's role, fresh for this module; what is committed stays
``fresh_database``  the same, fresh before and after this one test
``owner``           psycopg as the owner of the data, on the worker's copy, for looking at rows behind the app's back
``server``          gunicorn with the demo, on a copy of its own: ``server.url``, ``server.reset()``, ``server.owner()``
``page``            a page in Chromium; script faults and broken security policies fail the test
``axe``             ``axe(page)`` fails on any breach that axe finds, and prints what it could not judge

A module uses either ``page`` or ``database``: while playwright's loop runs, Django refuses the database in that thread.
The door and the window commit, so nothing is rolled back; a test that must not see rows of others takes a fresh copy.
"""

import os
import re
import signal
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
import psycopg
import pytest
from hypothesis import settings as hypothesis_settings

from langsikt.cli import clock, leftover, roles
from tests import cluster
from tests.proof import Proof

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
MINE, WEB = f"langsikt_{WORKER}", f"langsikt_{WORKER}_web"
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# Every rule on the whole document; ``resultTypes`` only says of what every node is told.
AXE_RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations", "incomplete"] });
  return { passes: found.passes.length, incomplete: found.incomplete.map((rule) => `${rule.id} (${rule.nodes.length})`),
    violations: found.violations.map((rule) => [rule.id, rule.nodes.map((node) => node.html.slice(0, 200))]) };
}"""
FOREIGN = ("LANGSIKT_HOSTS", "LANGSIKT_PORT", "LANGSIKT_PG_BIN")

# Before Django reads its settings: each worker knows from the start where its database will be.
if "LANGSIKT_TEST_HOME" not in os.environ:
    os.environ["LANGSIKT_TEST_HOME"] = str(cluster.new_home())
HOME = Path(os.environ["LANGSIKT_TEST_HOME"])
UNSURE = HOME / "axe-unsure.txt"
for name in FOREIGN:
    os.environ.pop(name, None)
os.environ.update(cluster.environment(HOME, MINE))
django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]  # a worker must read its settings here, not before it has its database's name

hypothesis_settings.register_profile("house", deadline=None, database=None)
hypothesis_settings.load_profile("house")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that made the home ends the database and removes everything."""
    if not hasattr(config, "workerinput"):
        cluster.remove(HOME)


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Never a test database of Django's making: that one would be owned by whoever tests."""
    cluster.copy(HOME, cluster.EMPTY, MINE)


def _renew() -> None:
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    cluster.copy(HOME, cluster.EMPTY, MINE)


@pytest.fixture(scope="module")
def database(django_db_blocker: Any) -> Iterator[None]:
    """A copy for this module, as the app's role."""
    with django_db_blocker.unblock():
        _renew()
        yield
        _let_go()


@pytest.fixture
def fresh_database(database: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy for this test alone."""
    with django_db_blocker.unblock():
        _renew()
        yield
        _renew()


def _let_go() -> None:
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


@pytest.fixture
def owner(database: None) -> "Iterator[psycopg.Connection[tuple[Any, ...]]]":
    """As the owner of the data, each statement its own transaction."""
    with cluster.connect(HOME, roles.OWNER, MINE) as connection:
        yield connection


@dataclass
class Server:
    """The app as it is served, with the demo's people."""

    url: str
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Serves, and waits until it answers."""
        environment = {**os.environ, **cluster.environment(HOME, WEB, "devtools.settings")}
        environment["LANGSIKT_PORT"] = str(self.port)
        with (HOME / f"{WEB}.log").open("a") as log:
            self.process = subprocess.Popen(
                cluster.WEB, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        _await(self.process, self.port)

    def kill(self) -> None:
        """Ends it at once, with every process of its own, as a power cut would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def reset(self) -> None:
        """Puts the demo back as it was laid in."""
        cluster.copy(HOME, cluster.DEMO, WEB)

    def owner(self) -> "psycopg.Connection[tuple[Any, ...]]":
        """For before and after a journey, never within it."""
        return cluster.connect(HOME, roles.OWNER, WEB)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Gunicorn on a free port."""
    cluster.copy(HOME, cluster.DEMO, WEB)
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    served = Server(f"http://localhost:{port}", port)
    served.start()
    try:
        with _clock():
            yield served
    finally:
        process = served.process
        if process is not None and process.poll() is None:
            leftover.end(process.pid, leftover.KIND, patience=15, reap=process.poll)
            process.wait()


@contextmanager
def _clock() -> Iterator[None]:
    """The clock beside it, as `langsikt run` has it: else the pages would say, rightly, that no seal is made."""
    environment = {**os.environ, **cluster.environment(HOME, WEB, "devtools.settings")}
    with (HOME / f"{WEB}.clock.log").open("a") as log:
        minding = subprocess.Popen(clock.command(), env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        yield
    finally:
        leftover.end(minding.pid, leftover.KIND, patience=15, reap=minding.poll)
        minding.wait()


def _await(process: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(600):
        assert process.poll() is None, (HOME / f"{WEB}.log").read_text()
        with socket.socket() as probe:
            if probe.connect_ex(("localhost", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not answer within 30 s")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium per module: playwright's loop must be gone before the next module uses the database."""
    from playwright.sync_api import sync_playwright

    found = {"executable_path": str(CHROMIUM)} if CHROMIUM.exists() else {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(args=CHROMIUM_FLAGS, **found)  # type: ignore[arg-type]
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    """A page of a person who has never been here."""
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm", base_url=server.url)
    context.set_default_timeout(10_000)
    faults = watch(context)
    yield context.new_page()
    context.close()
    assert not faults, faults


def watch(context: Any) -> list[str]:
    """Gathers script faults and breaches of the security policy in every page of this context."""
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda said: "Content Security Policy" in said.text and faults.append(said.text))
    return faults


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], None]:
    """Every rule of axe, on the whole page as it stands."""
    script = AXE.read_text()

    def judge(page: Any) -> None:
        page.evaluate(f"() => {{ if (!window.axe) {{ {script} }} }}")
        found = page.evaluate(AXE_RUN)
        with UNSURE.open("a") as unsure:
            unsure.writelines(f"{rule} at {_form_of(page.url)}\n" for rule in found["incomplete"])
        assert found["passes"], "axe examined nothing"
        assert not found["violations"], found["violations"]

    return judge


def _form_of(url: str) -> str:
    """The address without what differs from run to run."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", re.sub(r"/[A-Z0-9]{6}/", "/REF/", urlsplit(url).path))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What axe could not judge by itself, once for the whole run."""
    if UNSURE.exists():
        terminalreporter.section("axe could not judge")
        for line, times in Counter(UNSURE.read_text().splitlines()).most_common():
            terminalreporter.line(f"{times:4} × {line}")


def pytest_configure(config: pytest.Config) -> None:
    """`make prove` names a file for what the tests print."""
    if path := os.environ.get("LANGSIKT_PROOF"):
        config.pluginmanager.register(Proof(Path(path)), "proof")
