"""Pairs drawn by lot (P2), and the pages against the database cell by cell (P1): who, which case, which address.

60 pairs and 60 cells as a rule; 10,000 and every one with LANGSIKT_PROVE; LANGSIKT_SEED draws others.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from devtools import people
from tests.pages import table, visiting
from tests.pages.table import OF_A_CASE, Cell
from tests.pages.test_hidden import no_slide, pair
from tests.pages.visiting import Visits
from tests.pages.world import World

__all__ = ["no_slide"]  # the fixture, shared
pytestmark = pytest.mark.usefixtures("demo", "no_slide")
PROVE = bool(os.environ.get("LANGSIKT_PROVE"))
N = 10_000 if PROVE else 60
SEED = int(os.environ.get("LANGSIKT_SEED", "1"))
# Refused the whole case by every page: whoever knows it may be refused a page for another reason.
STRANGERS = sorted({username for username, _ in table.COLUMNS.values() if username})
ROUTES = sorted(
    (route, method)
    for route, method, row in table.rows()
    if route.partition(":")[0] in OF_A_CASE and 405 not in row.values()
)


@pytest.fixture(scope="module")
def hidden(world: World) -> dict[str, list[str]]:
    """For each person the references of the house that the database gives them no row of."""
    with world.owner() as owner:
        everything = {row[0] for row in owner.execute("select reference from records_contact").fetchall()}
    return {username: sorted(everything - seen_by(world, username)) for username in STRANGERS}


def seen_by(world: World, username: str) -> set[str]:
    with world.app() as app, app.transaction():
        app.execute("select set_config('langsikt.actor', %s, true)", [world.staff[username]])
        return {row[0] for row in app.execute("select reference from records_contact").fetchall()}


def drawn(hidden: dict[str, list[str]]) -> Iterator[tuple[Cell, str]]:
    """Who asks for what: the same for the same seed."""
    lot = random.Random(SEED)
    for _ in range(N):
        username = lot.choice([name for name, references in hidden.items() if references])
        column = next(c for c, (who, _) in table.COLUMNS.items() if who == username)
        route, method = lot.choice(ROUTES)
        yield Cell(route, method, column, 404), lot.choice(hidden[username])


def test_pairs_by_lot_show_no_difference(world: World, visits: Visits, hidden: dict[str, list[str]]) -> None:
    """Status, bytes, headers, statements in order, openings and journal rows: equal for hidden and made-up."""
    found: Counter[int] = Counter()
    for number, (cell, reference) in enumerate(drawn(hidden), 1):
        one, other = pair(cell, world, visits, reference)
        assert one == other, (cell, [key for key in one if one[key] != other[key]])
        found[one["status"]] += 1
        if PROVE and not number % 1000:
            print(f"{number} pairs")
    print(f"{N} pairs of hidden and made-up, seed {SEED}: no difference; by status {dict(found)}")
    assert set(found) == {404}


def test_a_pair_with_a_seen_case_differs(world: World, visits: Visits) -> None:
    reference = next(iter(seen_by(world, people.SARA)))
    one, other = pair(Cell("case", "GET", "case_worker_assigned", 404), world, visits, reference)
    assert {key for key in one if one[key] != other[key]} >= {"status", "body", "work", "journal"}


def test_no_page_gives_what_the_database_does_not(world: World, visits: Visits) -> None:
    """Every person, every case, every page of a case: both layers say the same no."""
    with world.owner() as owner:
        every = sorted(row[0] for row in owner.execute("select reference from records_contact").fetchall())
    seen = {username: seen_by(world, username) for username in STRANGERS}
    pages = [route for route, method in ROUTES if method == "GET" and ":" not in route and route != "correct"]
    cells = [(who, reference, route) for who in STRANGERS for reference in every for route in pages]
    if not PROVE:
        cells = random.Random(SEED).sample(cells, N)
    answers: Counter[tuple[bool, int]] = Counter()
    for who, reference, route in sorted(cells):
        column = next(c for c, (username, _) in table.COLUMNS.items() if username == who)
        answer = visiting.send(Cell(route, "GET", column, 0), world, visits, reference=reference)
        given = reference in seen[who]
        answers[given, answer.status_code] += 1
        if answer.status_code == 200:
            assert given and reference in answer.content.decode(), (who, reference, route)
    print(f"{len(cells)} cells of {len(STRANGERS)} people, {len(every)} cases, {len(pages)} pages: {dict(answers)}")
    assert answers[True, 200] and answers[False, 404] and not answers[False, 200]


def test_each_route_of_a_case_opens_to_somebody_and_is_refused_to_somebody() -> None:
    """By route and method at least one yes and one no in the hand-written table; the sentinel is in test_routes."""
    lacking, examined = [], 0
    for route, method in ROUTES:
        statuses = {cell.status for cell in table.cells(route, method)}
        examined += 1
        if not statuses & {200, 302, 204} or not statuses & {404, 403}:
            lacking.append((route, method, statuses))
    print(f"{examined} routes and methods of a case, each with a yes and a no")
    assert not lacking and examined >= 30, lacking
