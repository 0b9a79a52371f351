"""How many statements a page costs: at most fifteen, and as many at 300 notes and 1,000 cases as at ten."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from devtools.bench_data import Load, many_cases
from tests.pages import table, visiting
from tests.pages.table import Cell
from tests.pages.visiting import Trace, Visits
from tests.pages.world import CASES, HOME, MINE, World

MOST = 15
FEW_NOTES, MANY_NOTES = 10, 300
MANY_CASES = 1000
OF_A_CASE = ("case", "step", "plan", "safety", "event", "history", "correct", "case_log")
OF_A_CASE += ("goals", "responsibility", "waiting", "whereabouts", "texts_without_names")
# Every page that opens, for everybody it opens for; a page that is no case's own once per person.
SHOWN = list(
    {
        (cell.route, cell.username, cell.case if cell.name in OF_A_CASE else ""): cell
        for route, method, row in table.rows()
        for cell in (Cell(route, method, column, status) for column, status in row.items())
        if method == "GET" and cell.status == 200 and route != "demo_signin" and cell.username
    }.values()
)
LISTS = ("my_day", "watches", "cases", "team", "dwellings", "city", "log_review", "whole_log", "exclusions", "staff")
LISTS += ("erasures",)


@pytest.fixture(autouse=True, scope="module")
def every_write() -> Iterator[None]:
    """The dearest request: each one writes that the session is in use."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("langsikt.access.sessions.SLIDE_EVERY", 0)
        yield


@pytest.fixture(scope="module")
def counted(world: World, visits: Visits) -> tuple[dict[Cell, Trace], dict[Cell, Trace]]:
    """Every page that opens, for everybody it opens for: in the small house, and in the same house grown."""
    add_notes(world, FEW_NOTES)
    small = {cell: trace(cell, world, visits) for cell in SHOWN}
    began = time.monotonic()
    add_notes(world, MANY_NOTES - FEW_NOTES)
    with world.owner() as owner:
        before = owner.execute("select count(*) from records_contact").fetchone()[0]
    many_cases(MANY_CASES - before, datetime.now(UTC), owner_url=owner_url())
    print(f"grown from {before} to {MANY_CASES} cases in {time.monotonic() - began:.1f} s")
    return small, {cell: trace(cell, world, visits) for cell in SHOWN}


def owner_url() -> str:
    from langsikt.cli import roles
    from langsikt.cli.home import Home
    from tests import cluster

    return cluster.Swift(Home(HOME)).url(roles.OWNER, MINE)


def add_notes(world: World, count: int) -> None:
    """Notes of the case's own, sealed with its key, past the door: it would take minutes."""
    from langsikt.access import vault

    root = (
        "select k.id, k.scope_id, k.kek, k.wrapped, c.unit_id, c.district_id, a.staff_id,"
        " (select max(seq) from records_event where case_id = c.id)"
        " from records_contact c join records_datakey k on k.scope_id = c.id"
        " join records_assignment a on a.case_id = c.id where c.id = %s limit 1"
    )
    with world.owner() as owner:
        for case in CASES:
            *key, unit, district, staff, seq = owner.execute(root, [UUID(world.cases[case])]).fetchone()
            load = Load(staff, unit, district, datetime.now(UTC))
            load.seq = seq
            keyring = vault.unwrap(*key)
            for number in range(count):
                load._event(keyring, "write_note", 2, {}, {"note": f"Samtal nummer {number + 1}."})
            load.insert(owner)


def trace(cell: Cell, world: World, visits: Visits) -> Trace:
    browser = visits.by(cell.username)
    with visiting.traced() as found:
        answer = browser.get(table.address(cell, world))
    assert answer.status_code == 200, cell
    found.body = len(answer.content)
    return found


def shape(statements: list[str]) -> list[str]:
    """Statements without the number of values in a list."""
    return [re.sub(r"\(%s(, %s)*\)", "(…)", said) for said in statements]


def test_no_page_makes_more_than_fifteen(counted: tuple[dict[Cell, Trace], dict[Cell, Trace]]) -> None:
    for name, traces in zip(("small", "grown"), counted, strict=True):
        by_route: dict[str, int] = {}
        for cell, found in traces.items():
            by_route[cell.route] = max(by_route.get(cell.route, 0), len(found.statements))
        print(f"{name}: {len(traces)} pages, most {max(by_route.values())}; {by_route}")
        apart = max(len(found.apart) for found in traces.values())
        print(f"{name}: at most {apart} of BEGIN, COMMIT, SAVEPOINT and set_config beside")
        over = {(c.route, c.column): found.statements for c, found in traces.items() if len(found.statements) > MOST}
        assert not over, over


def test_as_many_when_grown_as_when_small(counted: tuple[dict[Cell, Trace], dict[Cell, Trace]]) -> None:
    small, grown = counted
    differing = {
        (cell.route, cell.column): (len(small[cell].statements), len(grown[cell].statements))
        for cell in SHOWN
        if shape(small[cell].statements) != shape(grown[cell].statements) or small[cell].apart != grown[cell].apart
    }
    assert not differing


def test_the_house_had_grown(counted: tuple[dict[Cell, Trace], dict[Cell, Trace]]) -> None:
    small, grown = counted
    larger = {cell.route for cell in SHOWN if grown[cell].body > 3 * small[cell].body}
    assert larger >= {"history", "cases"}, larger
    assert len(SHOWN) > 150 and {cell.name for cell in SHOWN} >= {*LISTS, *OF_A_CASE}


def test_a_list_opens_no_text(counted: tuple[dict[Cell, Trace], dict[Cell, Trace]]) -> None:
    """Dates, kinds and steps are class 1: a list of a thousand cases decrypts the session and nothing else."""
    for traces in counted:
        opened = {(cell.route, cell.column): found.decryptions for cell, found in traces.items() if cell.route in LISTS}
        assert set(opened.values()) == {1}, opened


def test_one_more_statement_would_be_counted(world: World, visits: Visits) -> None:
    from django.db import connection

    with visiting.traced() as found:
        visits.by("sara.l").get("/hjalp/")
        before = len(found.statements)
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            cursor.execute("select set_config('langsikt.actor', '', true)")
    assert len(found.statements) == before + 1 and before >= 3
