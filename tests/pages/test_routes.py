"""Every route, method and relation of the hand-written table, in HTTP; the table is whole; children stay at home."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver

from langsikt.config import urls as app_urls
from tests.pages import table
from tests.pages.table import OF_A_CASE, WORKERS, Cell
from tests.pages.visiting import Visits, send, without_clock
from tests.pages.world import CASES, World, shown_to_workers

pytestmark = pytest.mark.usefixtures("demo")
ROWS = [(route, method) for route, method, _ in table.rows()]
SHOWING_TEXT = frozenset({"history"})
PASSED_ON = ("home", "account_", "mfa_", "demo_signin", "language")


# The table holds, cell by cell.


@pytest.mark.parametrize(("route", "method"), ROWS, ids=[f"{r}-{m}" for r, m in ROWS])
def test_every_cell(route: str, method: str, world: World, visits: Visits) -> None:
    used: set[str] = set()
    wrong = []
    for cell in table.cells(route, method):
        if touched(cell) in used:
            renew(world, visits)
            used.clear()
        answer = send(cell, world, visits)
        if answer.status_code != cell.status:
            wrong.append(f"{cell.column}: {answer.status_code}, not {cell.status}")
        elif method == "POST" and cell.status in (200, 302):
            wrong += followed(cell, answer, visits)
            used.add(touched(cell))
            forget_if_out(cell, visits)
        elif method == "GET" and cell.status == 200:
            wrong += shown(cell, answer, world)
    if used and not route.startswith(("search", "language", "draft", "reveal", "home")):
        renew(world, visits)
    assert not wrong, wrong


def touched(cell: Cell) -> str:
    """What an accepted POST has changed, and so may not be tried upon again: the case, or the person's sign-in."""
    if cell.name in ("event", "correct"):
        return cell.case
    return cell.username if cell.name == "account_change_password" else f"{cell.column} alone"


def renew(world: World, visits: Visits) -> None:
    world.renew()
    visits.forget()


def forget_if_out(cell: Cell, visits: Visits) -> None:
    """Some answers end the session, or the person's other sessions: the next cell begins with a new one."""
    if cell.name.startswith(("account_", "mfa_", "demo_")):
        visits.forget()


def followed(cell: Cell, answer: Any, visits: Visits) -> list[str]:
    """A page that follows must be there for whoever is sent to it; nobody is sent to a refusal."""
    if answer.status_code != 302 or not cell.username or cell.name.startswith(PASSED_ON):
        return []
    after = visits.by(cell.username).get(answer.headers["Location"], follow=True)
    return [] if after.status_code == 200 else [f"{cell.column}: {answer.headers['Location']} {after.status_code}"]


def shown(cell: Cell, answer: Any, world: World) -> list[str]:
    """An allowed page of a case shows that case, its text to those who work in it, and no other case."""
    said = answer.content.decode()
    wrong = []
    if cell.name in OF_A_CASE and world.references[cell.case] not in said:
        wrong.append(f"{cell.column}: the page does not show the case")
    if cell.name in SHOWING_TEXT and (shown_to_workers(cell.case) in said) is not (cell.column in WORKERS):
        wrong.append(f"{cell.column}: the text is {'not ' if cell.column in WORKERS else ''}shown")
    others = [case for case in CASES if case != cell.case or cell.name not in OF_A_CASE]
    leaked = [case for case in others if shown_to_workers(case) in said]
    if leaked:
        wrong.append(f"{cell.column}: text of {leaked}")
    return wrong


def test_the_table_is_not_one_sided() -> None:
    found = Counter(status for route, method, row in table.rows() for status in row.values())
    print(f"cells: {sum(found.values())}, by status {dict(sorted(found.items()))}, rows {len(ROWS)}")
    assert found[200] > 200 and found[302] > 100 and found[404] > 400 and found[403] >= 20 and found[405] > 200
    assert len(set(ROWS)) == len(ROWS) and {len(row) for _, _, row in table.rows()} == {len(table.COLUMNS)}


# The table is whole.


def test_every_route_of_the_app_is_in_the_table() -> None:
    named = dict(walk(app_urls.urlpatterns))
    assert len(named) > 40
    assert {route.partition(":")[0] for route, _ in ROWS} - {"demo_signin"} == set(named)
    for route, _ in ROWS:
        assert {(route, "GET"), (route, "POST")} <= set(ROWS), route


def walk(patterns: list[Any]) -> Iterator[tuple[str, URLPattern]]:
    """Every address with its name; one without a name is a fault."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns)
        else:
            assert pattern.name, pattern.pattern
            yield pattern.name, pattern


def test_a_route_that_nobody_listed_is_found() -> None:
    from django.urls import path

    listed = {route.partition(":")[0] for route, _ in ROWS}
    planted = [*app_urls.urlpatterns, path("planterad/", lambda request: None, name="planted")]  # type: ignore[misc]
    assert {name for name, _ in walk(planted)} - listed == {"planted"}


def test_of_allauth_only_the_routes_in_use_are_mounted() -> None:
    theirs = {name for name, _ in walk(app_urls.urlpatterns) if name.startswith(("account_", "mfa_"))}
    assert theirs == {route for route, _ in ROWS if route.startswith(("account_", "mfa_"))}
    assert not theirs & {
        "account_signup", "account_reset_password", "account_email", "account_set_password", "mfa_deactivate_totp",
        "mfa_list_webauthn", "mfa_download_recovery_codes", "account_request_login_code",
    }  # fmt: skip


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_route_takes_another_method(method: str, world: World, visits: Visits) -> None:
    for route, asked, _ in table.rows():
        if asked == "GET" and not route.startswith(("account_", "mfa_")):
            cell = Cell(route, "GET", "case_worker_assigned", 405)
            answer = getattr(visits.by(cell.username), method)(table.address(cell, world))
            assert answer.status_code == 405, (route, answer.status_code)


def test_head_shows_nothing_that_get_refuses(world: World, visits: Visits) -> None:
    for column in ("case_worker_other_unit", "denied", "analyst"):
        cell = Cell("case", "GET", column, 404)
        assert visits.by(cell.username).head(table.address(cell, world)).status_code in (404, 405)


# A child under the wrong parent is not there.


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_event_of_another_case_cannot_be_corrected_here(method: str, world: World, visits: Visits) -> None:
    mine, browser = world.references["plain"], visits.by("sara.l")
    wrong = (world.events["other.note"], world.events["present.note"], table.NOTHING)
    form = table.body(Cell("correct", "POST", "case_worker_assigned", 302), world)
    bodies = set()
    for event in wrong:
        address = f"/arenden/{mine}/handelser/{event}/ratta/"
        answer = browser.get(address) if method == "GET" else browser.post(address, form)
        assert answer.status_code == 404, event
        bodies.add(answer.content)
    assert bodies == {browser.get(f"/arenden/{table.ABSENT}/").content}
    right = f"/arenden/{mine}/handelser/{world.events['plain.note']}/ratta/"
    assert browser.get(right).status_code == 200


def test_a_thing_of_another_case_cannot_be_ended_here(world: World, visits: Visits) -> None:
    here = f"/arenden/{world.references['plain']}/placering/avslut/"
    browser = visits.by("sara.l")
    form = {"ended_on": table.day(-1), "ended_by": "planned", "moved_to": "own_lease", "day_after": "successor"}
    for stranger in (world.events["present.placement"], world.events["other.placement"], table.NOTHING):
        answer = browser.post(here, {**form, "placement": stranger})
        assert answer.status_code == 422 and 'class="errors"' in answer.content.decode(), stranger
    assert browser.post(here, {**form, "placement": world.events["plain.placement"]}).status_code == 302
    renew(world, visits)


@pytest.mark.parametrize("path", ["arende/finns-inte", "finns-inte/anteckning", "beslut/anteckning", "kontakt/ny"])
def test_an_event_under_the_wrong_step_is_not_there(path: str, world: World, visits: Visits) -> None:
    for reference in (world.references["plain"], table.ABSENT):
        assert visits.by("sara.l").get(f"/arenden/{reference}/{path}/").status_code == 404


@pytest.mark.parametrize("typed", ["abc123", "ZZZZZ", "ZZZZZZZ", "../../../etc", "ÅÄÖ123", "%00%00%00"])
def test_what_is_no_reference_answers_the_same(typed: str, world: World, visits: Visits) -> None:
    answer = visits.by("sara.l").get(f"/arenden/{typed}/")
    assert answer.status_code == 404
    absent = visits.by("sara.l").get(f"/arenden/{table.ABSENT}/")
    assert without_clock(answer.content) == without_clock(absent.content)
