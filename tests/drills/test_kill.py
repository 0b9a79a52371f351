"""Every answer that shows a case has its row in the journal, however many processes are killed meanwhile (P5 a)."""

import http.client
import os
import random
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from devtools import bench
from devtools.people import SARA
from langsikt.cli import leftover, roles
from langsikt.cli.home import Home
from langsikt.cli.postgres import Postgres

pytestmark = pytest.mark.drill
TREE = Path(__file__).resolve().parents[2]
VISITORS, SECONDS = 6, 60.0
BETWEEN_KILLS, LONGEST_WAIT = 10, 15.0  # pages given since the last kill, and seconds if there are none
ROWS = (
    "select c.reference, count(*) from records_journalentry j join records_contact c on c.id = j.case_id"
    " where j.action = 'look_case' and j.result = 'done' group by 1"
)
WRITE = "    JournalEntry.objects.create(\n        at=now,\n        actor=actor.id,"
LATER = """

def _later(**row: Any) -> None:
    threading.Timer(0.5, lambda: JournalEntry.objects.create(**row)).start()
"""


@dataclass
class Load:
    """Visitors who read cases, and what they were given."""

    port: int
    references: list[str]
    given: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def visit(self, until: float) -> None:
        """Reads one case after the other; signs in again whenever that is needed."""
        visitor = None
        while time.monotonic() < until:
            reference = random.choice(self.references)
            try:
                visitor = visitor or bench.Visitor(self.port, SARA)
                status, _, page = visitor.ask("GET", f"/arenden/{reference}/")
            except (OSError, http.client.HTTPException) as error:
                visitor = None
                self.note(self.failed, type(error).__name__)
                time.sleep(0.2)
                continue
            if status == 200 and reference in page:
                self.note(self.given, reference)
            else:
                visitor = None
                self.note(self.failed, str(status))

    def note(self, counter: Counter[str], what: str) -> None:
        with self.lock:
            counter[what] += 1

    def wait_for_pages(self, until: float) -> None:
        """A kill hits work under way, however slow the machine: it comes when pages are given again."""
        wanted, latest = sum(self.given.values()) + BETWEEN_KILLS, min(until, time.monotonic() + LONGEST_WAIT)
        while sum(self.given.values()) < wanted and time.monotonic() < latest:
            time.sleep(0.05)

    def kill(self, home: Home, until: float) -> None:
        """A web worker each time, and each sixth time the database itself."""
        number = 0
        while time.monotonic() < until - 3:
            self.wait_for_pages(until)
            number += 1
            what, pid = ("database", _database(home)) if number % 6 == 0 else ("worker", _worker(home))
            if pid:
                os.kill(pid, signal.SIGKILL)
                self.note(self.kills, what)


def _database(home: Home) -> int | None:
    try:
        return int((home.data / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _worker(home: Home) -> int | None:
    """One of the processes that the web server has forked."""
    try:
        master = home.web_pid.read_text().strip()
        found = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    except OSError:
        return None
    return int(random.choice(found)) if found else None


def looked(home: Home) -> Counter[str]:
    """Rows of the journal by case."""
    until = time.monotonic() + 60
    while True:
        try:
            with psycopg.connect(Postgres(home).url(roles.OWNER)) as owner:
                return Counter(dict(owner.execute(ROWS).fetchall()))
        except psycopg.OperationalError:
            assert time.monotonic() < until
            time.sleep(0.5)


@contextmanager
def copied(tmp_path: Path) -> Iterator[None]:
    """The negative control: a copy whose row is written half a second after the answer, outside its transaction."""
    for name in ("src", "devtools"):
        shutil.copytree(TREE / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(TREE / "pyproject.toml", tmp_path)
    file = tmp_path / "src" / "langsikt" / "access" / "journal.py"
    text = file.read_text()
    assert text.count(WRITE) == 1
    text = text.replace(WRITE, WRITE.replace("JournalEntry.objects.create", "_later")) + LATER
    clock = "from datetime import datetime\n"
    file.write_text(text.replace(clock, f"import threading\n{clock}from typing import Any\n", 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{tmp_path / 'src'}{os.pathsep}{tmp_path}")
        patch.chdir(tmp_path)
        yield


def drill() -> tuple[Load, Counter[str]]:
    """Load and kills for a while; then what was given and what was written."""
    with bench.served() as (home, port):
        with psycopg.connect(Postgres(home).url(roles.OWNER)) as owner:
            query = (
                "select c.reference from records_contact c join records_assignment a on a.case_id = c.id"
                " join records_staff s on s.id = a.staff_id where s.username = %s and a.relation = 'case_worker'"
            )
            references = [str(row[0]) for row in owner.execute(query, [SARA])]
        before, load, until = looked(home), Load(port, references), time.monotonic() + SECONDS
        threads = [threading.Thread(target=load.visit, args=(until,)) for _ in range(VISITORS)]
        threads.append(threading.Thread(target=load.kill, args=(home, until)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        time.sleep(1)
        return load, looked(home) - before


def missing(load: Load, rows: Counter[str]) -> int:
    """Answers that showed a case and have no row of their own."""
    return sum((load.given - rows).values())


def told(load: Load, rows: Counter[str]) -> str:
    given, written = sum(load.given.values()), sum(rows.values())
    return (
        f"{given} pages of {len(load.given)} cases given under {dict(load.kills)} kills, {written} rows,"
        f" {missing(load, rows)} pages without a row; not given: {dict(load.failed)}"
    )


def test_no_answer_without_its_row() -> None:
    load, rows = drill()
    print(told(load, rows))
    assert sum(load.given.values()) > 100 and load.kills["worker"] >= 5 and load.kills["database"] >= 1
    assert missing(load, rows) == 0


def test_rows_written_after_the_answer_would_be_missed(tmp_path: Path) -> None:
    with copied(tmp_path):
        load, rows = drill()
    print(told(load, rows))
    assert missing(load, rows) > 0


def test_the_clock_comes_back_after_a_kill() -> None:
    """And the journal that was written under it is whole: every row sealed, and under a signed head."""
    with bench.served() as (home, _):
        first = _await_clock(home, 0)
        os.kill(first, signal.SIGKILL)
        second = _await_clock(home, first)
        assert second != first and leftover.runs(second)
        answer = _audit(home)
        assert answer.returncode == 0, answer.stdout + answer.stderr
        print(answer.stdout.strip())


def _await_clock(home: Home, other_than: int) -> int:
    """The clock's process, once it is another one than before and has signed a head."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        time.sleep(0.5)
        try:
            pid = int(home.clock_pid.read_text())
        except (OSError, ValueError):
            continue
        if pid != other_than and leftover.runs(pid) and home.anchor.exists():
            return pid
    raise AssertionError("no clock within two minutes")


def _audit(home: Home) -> Any:
    import subprocess
    import sys

    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LANGSIKT_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "langsikt", "audit", "verify"],
        env={**kept, "LANGSIKT_HOME": str(home.path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
