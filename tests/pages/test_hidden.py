"""What is hidden answers as what is not there; lists and searches show one's own; a reveal is logged."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.pages import table, visiting
from tests.pages.table import OF_A_CASE, WORKERS, Cell
from tests.pages.visiting import Visits, send
from tests.pages.world import ADDRESS, CASES, World, secret

pytestmark = pytest.mark.usefixtures("demo")
# Where each sees her case.
LISTED = {
    "case_worker_assigned": ("/min-dag/", "/arenden/?lista=mina"),
    "stand_in_active": ("/min-dag/", "/arenden/?lista=vikarie"),
    "unit_manager_own_unit": ("/team/", "/arenden/?lista=enheten"),
    "duty_service_made": ("/min-dag/", "/arenden/?lista=mina"),
    "housing_coordinator_with_request": ("/boende/",),
}


# What is hidden answers as what is not there.

# These know the case, and are refused a page of it: the answer is the same, the work behind it may differ.
KNOWING = {
    "case_worker_assigned",
    "housing_coordinator_with_request",
    "stand_in_active",
    "duty_service_made",
    "unit_manager_own_unit",
}
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


def pair(cell: Cell, world: World, visits: Visits, reference: str = "") -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers for the case (or ``reference``) and for a made-up one, within one minute: pages show the time."""
    while True:
        visits.by(cell.username, left=60)  # nobody signs in anew between the two, or while one of them is examined
        began = datetime.now(UTC).minute
        answers = examine(cell, world, visits, reference), examine(cell, world, visits, table.ABSENT)
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
        browser, reference = visits.by(cell.username), world.references[cell.case]
        said = browser.post("/arenden/sok/", {"name": secret(cell.case, "person_name")}).content.decode()
        assert reference in said.partition('id="traffar"')[2].partition("</section>")[0], column
        for typed in (reference, f" {reference.lower()} "):
            answer = browser.post("/arenden/sok/", {"reference": typed})
            assert (answer.status_code, answer.headers["Location"]) == (302, f"/arenden/{reference}/"), (column, typed)


# Lists show what one has, and nothing else.


def test_lists_show_the_cases_one_has_a_relation_to_and_no_other(world: World, visits: Visits) -> None:
    shown = 0
    for column, (username, case) in table.COLUMNS.items():
        expected = {cell.column: cell.status == 200 for cell in table.cells("case", "GET")}[column]
        expected |= column == "housing_coordinator_with_request"
        expected |= column == "log_reviewer"  # a finding is called by its reference, and opens nothing
        for path, said in pages_of(username, visits).items():
            seen = world.references[case] in said
            assert seen <= expected, (column, path)
            assert seen or path not in LISTED.get(column, ()), (column, path)
            shown += seen
    assert shown >= 9


def pages_of(username: str, visits: Visits) -> dict[str, str]:
    """The lists that open for somebody, by address."""
    lists = [f"/arenden/?lista={name}" for name in ("mina", "vikarie", "kontakter", "avslutade", "enheten")]
    every = [
        *lists,
        "/min-dag/",
        "/bevakningar/",
        "/team/",
        "/boende/",
        "/staden/",
        "/loggkontroll/",
        "/loggkontroll/logg/",
        "/personal/",
    ]
    found = {path: visits.by(username).get(path) for path in every}
    return {path: answer.content.decode() for path, answer in found.items() if answer.status_code == 200}


def test_no_list_page_shows_a_name_or_a_number(world: World, visits: Visits) -> None:
    hidden = [
        secret(case, field) for case in CASES for field in ("person_name", "called", "phone", "note", "code_word")
    ]
    for username in {username for username, _ in table.COLUMNS.values() if username}:
        for path, said in pages_of(username, visits).items():
            assert not [word for word in hidden if word in said], (username, path)


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
    browser = visits.by("karin.b")
    assert ADDRESS not in browser.get("/boende/").content.decode()
    assert ADDRESS in browser.post(f"/boende/{world.dwelling}/visa/").content.decode()
    assert "reveal_address" in last_row(world) or "look_dwellings" in last_row(world)
    absent = visits.by("karin.b").post(f"/boende/{table.NOTHING}/visa/")
    assert absent.status_code == 404
