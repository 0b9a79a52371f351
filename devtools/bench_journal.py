"""`make bench`: what the journal costs: case pages per second with its row and without, at two latencies of a commit.

"Without" is a patched copy of the source in a place of its own; nothing in the source can leave the row out. The slow
commit stands for a second host that must have each row before it counts: PostgreSQL waits `commit_delay` before it
flushes, whenever anybody else is at work (`commit_siblings = 0`).
"""

import os
import random
import shutil
import socket
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from devtools.bench import Visitor, await_port, grow, machine, served, set_up
from devtools.people import JOHAN
from langsikt.cli import leftover, roles, serve
from langsikt.cli.home import Home
from langsikt.cli.postgres import Postgres

TREE = Path(__file__).resolve().parents[1]
VISITORS, SECONDS, ROUNDS = 8, 4.0, 5
SLOW = 5000  # microseconds
WRITE = "    JournalEntry.objects.create(\n        at=now,\n        actor=actor.id,"
WITHOUT = "    return None\n    JournalEntry.objects.create(\n        at=now,\n        actor=actor.id,"


def copy_without(place: Path) -> Path:
    """The source as it is, but for the row: one line in a copy."""
    for name in ("src", "devtools"):
        shutil.copytree(TREE / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(TREE / "pyproject.toml", place)
    file = place / "src" / "langsikt" / "access" / "journal.py"
    text = file.read_text()
    if text.count(WRITE) != 1:
        raise SystemExit("access/journal.py is not as this bench knows it: say here where it writes its row")
    file.write_text(text.replace(WRITE, WITHOUT))
    return place


@contextmanager
def web(tree: Path, home: Home) -> Iterator[int]:
    """A web server of its own from this tree, on the same database; its port."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = int(probe.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LANGSIKT_", "DJANGO_"))}
    environment = {
        **kept,
        "LANGSIKT_HOME": str(home.path),
        "LANGSIKT_PORT": str(port),
        "LANGSIKT_DATABASE_URL": Postgres(home).url(roles.APP),
        "DJANGO_SETTINGS_MODULE": "devtools.settings",
        "PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree}",
    }
    process = subprocess.Popen(serve.gunicorn(), env=environment, cwd=tree, start_new_session=True)
    try:
        await_port(process, port)
        yield port
    finally:
        leftover.end(process.pid, leftover.KIND, patience=15, reap=process.poll)
        process.wait()


def wait_in_commits(home: Home, microseconds: int) -> None:
    """What every commit waits before it is on the disk."""
    with Postgres(home).superuser() as connection:
        connection.execute(f"alter system set commit_delay = {microseconds}".encode())
        connection.execute("alter system set commit_siblings = 0")
        connection.execute("select pg_reload_conf()")


def pages_per_second(port: int, path: str) -> float:
    """How many case pages eight visitors are given, one after the other each."""
    visitors = [Visitor(port, JOHAN) for _ in range(VISITORS)]
    given = [0] * VISITORS
    until = time.monotonic() + SECONDS

    def visit(number: int) -> None:
        while time.monotonic() < until:
            status, _, _ = visitors[number].ask("GET", path)
            if status != 200:
                raise SystemExit(f"{path} answered {status}")
            given[number] += 1

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(VISITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(given) / SECONDS


def compare(ports: dict[str, int], path: str, title: str) -> None:
    """Each server in each round, in an order drawn by lot; the one with the row twice, for the noise."""
    found: dict[str, list[float]] = {name: [] for name in ports}
    for _ in range(ROUNDS):
        for name in random.sample(list(ports), len(ports)):
            found[name].append(pages_per_second(ports[name], path))
    medians = {name: statistics.median(rates) for name, rates in found.items()}
    first = medians["with the journal row"]
    print(f"\n{title}: {VISITORS} visitors at once, {SECONDS:.0f} s a time, {ROUNDS} rounds")
    for name, rates in found.items():
        spread = f"({min(rates):.1f}–{max(rates):.1f})"
        print(f"  {name:<24}{medians[name]:>8.1f} pages/s {spread:<16}{medians[name] / first:>6.2f} × with the row")


def main() -> None:
    """Measures with and without, at a quick commit and at a slow one."""
    with served() as (home, _), tempfile.TemporaryDirectory(prefix="langsikt-without-") as place, ExitStack() as stack:
        set_up(home)
        machine(home, ROUNDS, 1)
        path = f"/arenden/{grow(home, JOHAN, 1, 10)[0]}/"
        trees = {"with the journal row": TREE, "the same again": TREE, "without it (a copy)": copy_without(Path(place))}
        ports = {name: stack.enter_context(web(tree, home)) for name, tree in trees.items()}
        for port in ports.values():
            pages_per_second(port, path)
        compare(ports, path, "A commit as quick as the disk")
        wait_in_commits(home, SLOW)
        compare(ports, path, f"A commit that waits {SLOW / 1000:.0f} ms")


if __name__ == "__main__":
    main()
