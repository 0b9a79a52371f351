"""`make bench`, second part: the lists of one's own among 1,000, 10,000 and 100,000 cases of others."""

import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from devtools import bench
from devtools.people import LENA, OMAR, SARA
from langsikt.cli import roles, serve
from langsikt.cli.home import Home
from langsikt.cli.postgres import Postgres

SIZES = tuple(int(size) for size in os.environ.get("LANGSIKT_BENCH_SIZES", "1000,10000,100000").split(","))
SEED = int(os.environ.get("LANGSIKT_SEED", "1"))
ROUNDS, WARM_UP, BUDGET = 20, 2, 75.0
MINE, TEAMS = 60, 300
PAGES = (
    ("My day, 60 cases", SARA, "/min-dag/"),
    ("Team, 300 cases", LENA, "/team/"),
    ("Watches, 60 cases", SARA, "/bevakningar/"),
)


@dataclass
class Measured:
    """One page at one size: its times, those of the same page again, and those of a bare page of its size."""

    size: int
    statements: int
    times: dict[str, list[float]] = field(
        default_factory=lambda: {"page": [], "again": [], "bare": [], "bare again": []}
    )

    def median(self, which: str) -> float:
        """The median in milliseconds."""
        return statistics.median(self.times[which])


@contextmanager
def counted(place: Home) -> Iterator[int]:
    """A second server over the same data, like the first, with the bare page and the statements counted."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = int(probe.getsockname()[1])
    database = Postgres(place)
    environment = {
        **os.environ,
        "LANGSIKT_HOME": str(place.path),
        "LANGSIKT_KEY_FILE": str(place.keys),
        "LANGSIKT_PORT": str(port),
        "LANGSIKT_DATABASE_URL": database.url(roles.APP),
        "LANGSIKT_OWNER_URL": database.url(roles.OWNER),
        "DJANGO_SETTINGS_MODULE": "devtools.bench_settings",
    }
    process = subprocess.Popen(serve.gunicorn(), env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        bench.await_port(process, port)
        yield port
    finally:
        process.terminate()
        process.wait()


def look(port: int) -> dict[str, Measured]:
    """Every page, the same again, and a bare page of its size twice, in an order drawn by lot."""
    visitors = {who: bench.Visitor(port, who) for _, who, _ in PAGES}
    found: dict[str, Measured] = {}
    errands: list[tuple[str, str, str, str]] = []
    for name, who, path in PAGES:
        status, _, page = visitors[who].ask("GET", path)
        if status != 200:
            raise SystemExit(f"{path} answered {status}")
        size = len(page.encode())
        found[name] = Measured(size, int(visitors[who].headers["X-Statements"]))
        errands += [(name, which, who, path) for which in ("page", "again")]
        errands += [(name, which, who, f"/bench/{size}/") for which in ("bare", "bare again")]
    until = time.monotonic() + BUDGET
    for number in range(WARM_UP + ROUNDS):
        for name, which, who, path in random.sample(errands, len(errands)):
            status, taken, _ = visitors[who].ask("GET", path)
            if status != 200:
                raise SystemExit(f"{path} answered {status}")
            if number >= WARM_UP:
                found[name].times[which].append(taken)
        if time.monotonic() > until and number > WARM_UP:
            break
    return found


def report(total: int, found: dict[str, Measured], first: dict[str, Measured]) -> None:
    """Prints one size, with the growth from the first."""
    print(f"\n{total:,} cases in the database")
    print(f"  {'page':<20}{'N':>4}{'median ms':>11}{'× bare':>8}{'noise':>8}{'kB':>7}{'statements':>12}{'× first':>9}")
    for name, one in found.items():
        ratio, noise = one.median("page") / one.median("bare"), one.median("again") / one.median("page")
        grown = one.median("page") / first[name].median("page")
        number = len(one.times["page"])
        print(f"  {name:<20}{number:>4}{one.median('page'):>11.1f}{ratio:>8.2f}{noise:>8.2f}{one.size / 1024:>7.0f}"
              f"{one.statements:>12}{grown:>9.2f}")  # fmt: skip
        bare, same = one.median("bare"), one.median("bare again") / one.median("bare")
        print(f"  {'  bare, same size':<20}{number:>4}{bare:>11.1f}{1:>8.2f}{same:>8.2f}{one.size / 1024:>7.0f}{'':>12}"
              f"{bare / first[name].median('bare'):>9.2f}")  # fmt: skip


def main() -> None:
    """Lays in one's own cases, then others' until each size is reached, and measures at each."""
    random.seed(SEED)
    with bench.served() as (place, _):
        bench.set_up(place)
        bench.machine(place, ROUNDS, WARM_UP)
        print(f"Seed {SEED}; own cases: {MINE} of {SARA}, {TEAMS} in the team of {LENA}; the rest are others'.")
        print(
            "Noise: the same page against itself, in the same rounds. Others' cases have teams and staff of their own."
        )
        bench.grow(place, SARA, MINE)
        bench.grow(place, OMAR, TEAMS - MINE)
        from devtools.bench_crowd import Crowd  # the models load once the place is set up

        crowd = Crowd(Postgres(place).url(roles.OWNER), SEED)
        first: dict[str, Measured] = {}
        for total in SIZES:
            began = time.monotonic()
            crowd.grow_to(total)
            print(f"\n(filled to {total:,} in {time.monotonic() - began:.0f} s)")
            with counted(place) as port:
                found = look(port)
            first = first or found
            report(total, found, first)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
