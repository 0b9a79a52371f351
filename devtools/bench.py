"""`make bench`: how long pages take through the whole server, as ratios to a bare page, with the noise beside them."""

import http.client
import os
import platform
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlencode

from devtools.people import AMINA, JOHAN
from langsikt.cli import roles
from langsikt.cli.home import Home
from langsikt.cli.postgres import Postgres

ROUNDS, SLOW_ROUNDS, WARM_UP = 40, 5, 3
FEW_NOTES, MANY_NOTES, FEW_CASES, MANY_CASES = 10, 300, 10, 1000
ABSENT = ("ZZZZ99", "ZZZZ98")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PATIENCE = 600.0  # a machine that is busy with other things starts slowly
BUDGET = 30.0  # seconds per table: on a busy machine there are fewer rounds, and N says how many
Times = dict[str, list[float]]


class Visitor:
    """A made-up person at the real server."""

    def __init__(self, port: int, username: str) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.headers = http.client.HTTPMessage()
        _, _, page = self.ask("GET", "/demo/")
        token = TOKEN.search(page)
        self.ask("POST", "/demo/", {"username": username, "csrfmiddlewaretoken": token[1] if token else ""})

    def ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> tuple[int, float, str]:
        """Status, milliseconds until the whole page was there, and the page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection("localhost", self.port, timeout=60)
        began = time.perf_counter()
        line.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = line.getresponse()
        page = answer.read()
        taken = (time.perf_counter() - began) * 1000
        self.headers = answer.headers
        for said in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = said.partition(";")[0].partition("=")
            self.cookies[name] = value
        line.close()
        return answer.status, taken, page.decode()


@contextmanager
def served() -> Iterator[tuple[Home, int]]:
    """The demo as `make run` serves it, in a place of its own."""
    place = Home(Path(tempfile.mkdtemp(prefix="langsikt-bench-"))).prepare()
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = int(probe.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LANGSIKT_", "DJANGO_"))}
    environment = {**kept, "LANGSIKT_HOME": str(place.path), "LANGSIKT_PORT": str(port)}
    command = [sys.executable, "-m", "langsikt", "run", "--demo"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        await_port(process, port)
        yield place, port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
        shutil.rmtree(place.path, ignore_errors=True)


def await_port(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Waits until somebody answers there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("localhost", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not answer")


def grow(place: Home, username: str, count: int, notes: int = 0) -> list[str]:
    """More cases of somebody, past the door; their references."""
    from devtools.bench_data import many_cases

    owner = Postgres(place).url(roles.OWNER)
    return many_cases(count, datetime.now(UTC), username=username, notes=notes, owner_url=owner)


def set_up(place: Home) -> None:
    """Loads the models here, to lay in cases."""
    import django

    os.environ.update(
        LANGSIKT_HOME=str(place.path),
        LANGSIKT_KEY_FILE=str(place.keys),
        LANGSIKT_DATABASE_URL=Postgres(place).url(roles.APP),
        DJANGO_SETTINGS_MODULE="devtools.settings",
    )
    django.setup()


def measure(visitor: Visitor, pages: Mapping[str, str], rounds: int, expected: int = 200) -> Times:
    """Every page once per round, in an order drawn by lot, so that a slow moment of the machine hits all alike."""
    times: Times = {name: [] for name in pages}
    until = time.monotonic() + BUDGET
    for number in range(WARM_UP + rounds):
        if time.monotonic() > until and number > WARM_UP:
            break
        for name in random.sample(list(pages), len(pages)):
            status, taken, _ = visitor.ask("GET", pages[name])
            if status != expected:
                raise SystemExit(f"{pages[name]} answered {status}, not {expected}")
            if number >= WARM_UP:
                times[name].append(taken)
    return times


def ours(reference: str, other: str) -> dict[str, str]:
    """The pages that are compared; the first two are the same page, for the noise."""
    return {
        "a bare page (help)": "/hjalp/",
        "the same again": "/hjalp/",
        "My day": "/min-dag/",
        "Cases": "/arenden/",
        f"a case, {FEW_NOTES} notes": f"/arenden/{reference}/",
        f"a case, {MANY_NOTES} notes": f"/arenden/{other}/",
        f"its history, {FEW_NOTES} notes": f"/arenden/{reference}/handelser/",
        f"its history, {MANY_NOTES} notes": f"/arenden/{other}/handelser/",
    }


def report(title: str, times: Times, bare: float = 0.0) -> float:
    """Prints one table; gives the median of its first line, or keeps the one given."""
    medians = {name: statistics.median(found) for name, found in times.items()}
    bare = bare or next(iter(medians.values()))
    print(f"\n{title}")
    print(f"  {'page':<28}{'N':>4}{'median ms':>11}{'p95 ms':>9}{'× bare':>8}")
    for name, found in times.items():
        high = sorted(found)[int(len(found) * 0.95)] if len(found) > 1 else found[0]
        print(f"  {name:<28}{len(found):>4}{medians[name]:>11.1f}{high:>9.1f}{medians[name] / bare:>8.2f}")
    return bare


def auc(one: list[float], other: list[float]) -> float:
    """How often a time of the first is longer than one of the second: 0.5 tells nothing apart."""
    longer = sum((a > b) + (a == b) / 2 for a in one for b in other)
    return longer / (len(one) * len(other))


def hidden_and_absent(visitor: Visitor, reference: str) -> None:
    """Whether time tells that a case exists (P2): hidden against absent, beside absent against absent."""
    pages = {"hidden": reference, "absent": ABSENT[0], "absent again": ABSENT[1]}
    times = measure(visitor, {name: f"/arenden/{ref}/" for name, ref in pages.items()}, 2 * ROUNDS, expected=404)
    apart, same = auc(times["hidden"], times["absent"]), auc(times["absent again"], times["absent"])
    print(f"\nA hidden reference against an absent one: AUC {apart:.3f}, absent against absent {same:.3f} (0.5: alike)")


def machine(place: Home, rounds: int = ROUNDS, warm_up: int = WARM_UP) -> None:
    """What was measured, on what."""
    with Postgres(place).superuser() as connection:
        row = connection.execute("show server_version").fetchone()
    names = ", ".join(f"{name} {version(name)}" for name in ("Django", "psycopg", "gunicorn"))
    load = os.getloadavg()[0]
    print(f"Python {platform.python_version()}, PostgreSQL {row[0] if row else '?'}, {names}")
    print(f"{os.cpu_count()} cores, load {load:.1f} before the start; gunicorn with 2 workers, one visitor at a time")
    print(
        f"At most {rounds} rounds after {warm_up} to warm up, pages in an order drawn by lot; only ratios mean anything"
    )


def main() -> None:
    """Measures with few cases, then with a thousand of others, then with a thousand of one's own."""
    with served() as (place, port):
        set_up(place)
        machine(place)
        few, many = grow(place, JOHAN, 1, FEW_NOTES)[0], grow(place, JOHAN, 1, MANY_NOTES)[0]
        grow(place, JOHAN, FEW_CASES - 2)
        johan, amina = Visitor(port, JOHAN), Visitor(port, AMINA)
        small = measure(johan, ours(few, many), ROUNDS)
        bare = report(f"{FEW_CASES} cases of one's own and a few of others", small)
        grow(place, "sara.l", MANY_CASES - FEW_CASES)
        grown = measure(johan, ours(few, many), ROUNDS)
        report(f"{FEW_CASES} cases of one's own, {MANY_CASES} in the database", grown)
        for name in small:
            ratio = statistics.median(grown[name]) / statistics.median(small[name])
            print(f"  {name:<28}{ratio:>8.2f} × the time with few cases in the database")
        sara = Visitor(port, "sara.l")
        lists = {"My day, all one's own": "/min-dag/", "Cases, all one's own": "/arenden/"}
        report(f"{MANY_CASES} cases of one's own (nobody has as many)", measure(sara, lists, SLOW_ROUNDS), bare)
        hidden_and_absent(amina, few)


if __name__ == "__main__":
    main()
