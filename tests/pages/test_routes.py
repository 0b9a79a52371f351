"""Every route, method and relation of the hand-written table, in HTTP; hidden and absent cannot be told apart."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver

from langsikt.config import urls as app_urls
from tests.pages import table, visiting
from tests.pages.table import Cell, World
from tests.pages.visiting import Visits
from tests.pages.world import CASES, secret, shown_to_workers

ROWS = [(route, method) for route, method, _ in table.rows()]
OF_A_CASE = frozenset({"case", "step", "event", "draft", "history", "correct", "reveal", "case_log"})
SHOWING_TEXT = frozenset({"history"})
WORKERS = frozenset({"case_worker_assigned", "stand_in_active", "duty_service_made"})
# Where each sees her case.
LISTED = {
    "case_worker_assigned": ("/min-dag/", "/arenden/?lista=mina"),
    "stand_in_active": ("/min-dag/", "/arenden/?lista=vikarie"),
    "unit_manager_own_unit": ("/team/", "/arenden/?lista=enheten"),
    "duty_service_made": ("/min-dag/", "/arenden/?lista=mina"),
    "housing_coordinator_with_request": ("/boende/",),
}
PASSED_ON = ("home", "account_", "mfa_", "demo_signin", "language")


@pytest.fixture(autouse=True, scope="module")
def demo() -> Iterator[None]:
    """The demo's addresses and pages: the app's own, and the choice of role."""
    with visiting.demo():
        yield


def send(cell: Cell, world: World, visits: Visits, **where: str) -> Any:
    """The request of a cell; its answer."""
    browser = visits.by(cell.username)
    if cell.method == "GET":
        return browser.get(table.address(cell, world, **where))
    form = table.body(cell, world)
    if "code" in form:
        form = {"code": visiting.code_now()}
    return browser.post(table.address(cell, world, **where), form)


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


# What is hidden answers as what is not there.

# These know the case, and are refused a page of it: the answer is the same, the work behind it may differ.
KNOWING = {"housing_coordinator_with_request", "stand_in_active", "duty_service_made"}
HIDDEN = [
    Cell(route, method, column, status)
    for route, method, row in table.rows()
    for column, status in row.items()
    if status == 404 and route.partition(":")[0] in OF_A_CASE
]


@pytest.fixture
def no_slide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The idle time is not written meanwhile: it depends on the clock, not on what is asked for."""
    monkeypatch.setattr("langsikt.access.sessions.SLIDE_EVERY", 10_000)


@pytest.mark.usefixtures("no_slide")
@pytest.mark.parametrize("route", sorted({cell.route for cell in HIDDEN}))
def test_hidden_and_absent_are_one_answer(route: str, world: World, visits: Visits) -> None:
    examined = 0
    for cell in HIDDEN:
        if cell.route == route:
            hidden, absent = pair(cell, world, visits)
            if cell.column in KNOWING:
                hidden.pop("work"), absent.pop("work")
            assert hidden == absent, cell
            assert hidden["status"] == 404 and hidden["journal"][0][:2] == ("NotFound", True), (cell, hidden["journal"])
            examined += 1
    assert examined >= 10


def pair(cell: Cell, world: World, visits: Visits) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers for the case and for a made-up reference, within one minute: pages show the time."""
    while True:
        began = datetime.now(UTC).minute
        answers = examine(cell, world, visits, ""), examine(cell, world, visits, table.ABSENT)
        if datetime.now(UTC).minute == began:
            return answers


def examine(cell: Cell, world: World, visits: Visits, reference: str) -> dict[str, Any]:
    """All of an answer that somebody could compare: bytes, headers, statements, openings, journal rows."""
    visits.by(cell.username)
    with world.owner() as owner:
        owner.execute("create temporary table before as select id from records_journalentry")
        with visiting.traced() as trace:
            answer = send(cell, world, visits, reference=reference)
        rows = owner.execute(
            "select result, typed <> '', action, case_id is null, shown is null from records_journalentry"
            " where id not in (select id from before) order by at, action"
        ).fetchall()
    headers = {name: value for name, value in answer.headers.items() if name != "X-Request-Id"}
    return {
        "status": answer.status_code,
        "body": answer.content,
        "headers": headers,
        "cookies": sorted(answer.cookies),
        "work": (trace.statements, trace.apart, trace.decryptions),
        "journal": rows,
    }


@pytest.mark.usefixtures("no_slide")
def test_a_difference_would_be_seen(world: World, visits: Visits) -> None:
    cell = Cell("case", "GET", "case_worker_assigned", 200)
    seen, absent = pair(cell, world, visits)
    differing = {key for key in seen if seen[key] != absent[key]}
    assert differing >= {"status", "body", "work", "journal"}


@pytest.mark.usefixtures("no_slide")
def test_a_search_for_something_hidden_finds_as_much_as_for_something_absent(world: World, visits: Visits) -> None:
    hidden_from = [cell for cell in HIDDEN if (cell.route, cell.method) == ("case", "GET") and may_search(cell)]
    assert len(hidden_from) >= 5
    for cell in hidden_from:
        for field in ("reference", "name"):
            hidden, absent = (found(cell, world, visits, {field: word}) for word in words(cell, world, field))
            assert hidden == absent, (cell.column, field)


def may_search(cell: Cell) -> bool:
    return any(c.column == cell.column and c.status == 200 for c in table.cells("search", "POST"))


def words(cell: Cell, world: World, field: str) -> tuple[str, str]:
    """What is hidden from the person of this column, and something that nobody is called."""
    if field == "reference":
        return world.references[cell.case], table.ABSENT
    return secret(cell.case, "person_name"), "Ingen Sådan"


def found(cell: Cell, world: World, visits: Visits, form: dict[str, str]) -> Any:
    browser = visits.by(cell.username)
    with visiting.traced() as trace:
        answer = browser.post("/arenden/sok/", form)
    body = visiting.without_clock(visiting.without_tokens(answer.content))
    return answer.status_code, body, trace.statements, trace.decryptions


def test_a_search_finds_what_one_works_with(world: World, visits: Visits) -> None:
    for column in WORKERS:
        cell = Cell("search", "POST", column, 200)
        for field in ("reference", "name"):
            word, _ = words(cell, world, field)
            said = visits.by(cell.username).post("/arenden/sok/", {field: word}).content.decode()
            hits = said.partition('id="traffar"')[2].partition("</section>")[0]
            assert world.references[cell.case] in hits, (column, field)


# Lists show what one has, and nothing else.


def test_lists_show_the_cases_one_has_a_relation_to_and_no_other(world: World, visits: Visits) -> None:
    shown = 0
    for column, (username, case) in table.COLUMNS.items():
        expected = {cell.column: cell.status == 200 for cell in table.cells("case", "GET")}[column]
        expected |= column == "housing_coordinator_with_request"
        for path in pages_of(username, visits):
            seen = world.references[case] in visits.by(username).get(path).content.decode()
            assert seen <= expected, (column, path)
            assert seen or path not in LISTED.get(column, ()), (column, path)
            shown += seen
    assert shown >= 9


def pages_of(username: str, visits: Visits) -> list[str]:
    lists = [f"/arenden/?lista={name}" for name in ("mina", "vikarie", "kontakter", "avslutade", "enheten")]
    every = [*lists, "/min-dag/", "/team/", "/boende/", "/staden/", "/loggkontroll/", "/personal/"]
    return [path for path in every if visits.by(username).get(path).status_code == 200]


def test_no_list_page_shows_a_name_or_a_number(world: World, visits: Visits) -> None:
    hidden = [secret(case, field) for case in CASES for field in ("person_name", "called", "phone", "note", "code_word")]
    for username in {username for username, _ in table.COLUMNS.values() if username}:
        for path in pages_of(username, visits):
            said = visits.by(username).get(path).content.decode()
            assert not [word for word in hidden if word in said], (username, path)


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
    assert answer.content == visits.by("sara.l").get(f"/arenden/{table.ABSENT}/").content


# What is masked is shown by a reveal, to those who may, and leaves a row.


@pytest.mark.parametrize("field", ["name", "phone", "card", "code_word", "text"])
def test_a_reveal_shows_the_value_and_leaves_a_row(field: str, world: World, visits: Visits) -> None:
    word = {"name": "person_name", "card": "phone", "text": "note"}.get(field, field)
    for cell in table.cells("reveal", "POST"):
        allowed = cell.status == 200 and not (cell.column == "unit_manager_own_unit" and field in ("phone", "card"))
        answer = visits.by(cell.username).post(table.address(cell, world), {"field": field, "reason": "contact"})
        said = answer.content.decode()
        assert (secret(cell.case, word) in said) is allowed, (cell.column, answer.status_code)
        assert re.search(rf"reveal_{field}|NotFound", last_row(world)) or not cell.username, last_row(world)


def last_row(world: World) -> str:
    with world.owner() as owner:
        row = owner.execute("select action, result from records_journalentry order by at desc, action desc limit 1")
        return " ".join(row.fetchone())


def test_a_manager_chooses_a_reason_first(world: World, visits: Visits) -> None:
    address = f"/arenden/{world.references['plain']}/visa/"
    said = visits.by("lena.k").post(address, {"field": "name"}).content.decode()
    assert secret("plain", "person_name") not in said and "Välj ett skäl först" in said
    said = visits.by("lena.k").post(address, {"field": "name", "reason": "contact"}).content.decode()
    assert secret("plain", "person_name") in said


def test_an_address_is_shown_to_the_coordinator_by_a_logged_look(world: World, visits: Visits) -> None:
    from tests.pages.world import ADDRESS

    browser = visits.by("karin.b")
    assert ADDRESS not in browser.get("/boende/").content.decode()
    assert ADDRESS in browser.post(f"/boende/{world.dwelling}/visa/").content.decode()
    assert "reveal_address" in last_row(world) or "look_dwellings" in last_row(world)
    absent = visits.by("karin.b").post(f"/boende/{table.NOTHING}/visa/")
    assert absent.status_code == 404
