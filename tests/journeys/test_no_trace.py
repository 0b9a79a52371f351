"""Leaving the screen leaves no trace (P12): every page of everybody, in Chromium, looked at as the next person could.

Each route that opens for somebody is opened; `make prove` opens each for every one of the 17 who reach it.
"""

import os
import re
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from langsikt.cli import roles
from tests import cluster
from tests.conftest import HOME, WEB, _await
from tests.journeys.test_signin import heading
from tests.pages import sinks, table
from tests.pages.table import Cell
from tests.pages.world import ADDRESS, CASES, SECRETS, WORLD, World, secret
from tests.threats import sabotage

pytestmark = pytest.mark.browser
PROVE = bool(os.environ.get("LANGSIKT_PROVE"))
# Pages that open for somebody who has just signed in; the file is looked at by itself.
NOT_HERE = ("home", "account_login", "demo_signin", "watches_file", "account_inactive")
CANARIES = [ADDRESS, *(secret(case, name) for case in CASES for name in (*SECRETS, "phone"))]
# What a browser knows of a page apart from what stands on it.
KEPT = """async () => ({
  url: location.href, title: document.title, name: window.name, referrer: document.referrer,
  history: JSON.stringify(history.state), cookies: document.cookie,
  local: JSON.stringify(localStorage), session: JSON.stringify(sessionStorage),
  databases: JSON.stringify(await indexedDB.databases()), caches: JSON.stringify(await caches.keys()),
  workers: String((await navigator.serviceWorker.getRegistrations()).length),
  downloads: [...document.querySelectorAll("[download]")].map((link) => link.download).join(),
})"""
EMPTY = {"name": "", "history": "null", "cookies": "", "local": "{}", "session": "{}", "databases": "[]"}
EMPTY |= {"caches": "[]", "workers": "0", "downloads": ""}
# Fields that a browser would remember or send away to be spelt.
TALKATIVE = """() => [...document.querySelectorAll("textarea, input:not([type])," +
  ["text", "search", "tel", "email", "number", "date", "datetime-local"].map((t) => `input[type=${t}]`).join())]
  .filter((f) => (f.autocomplete || f.form?.autocomplete) !== "off" || (f.type.startsWith("text") && f.spellcheck))
  .filter((f) => !["username"].includes(f.autocomplete) && !["login", "code"].includes(f.name)).map((f) => f.name)"""
LOOKS = "() => document.body.innerText"


@dataclass
class Walk:
    """What the browser was seen to do on the way."""

    opened: int = 0
    foreign: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def house(django_db_blocker: Any) -> Iterator[World]:
    """The house of the page tests, laid in where the browser's server reads; before playwright's loop begins."""
    from django.db import connection

    from tests.pages import world

    with django_db_blocker.unblock():
        built = world.build()
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
    return built


@pytest.fixture(scope="module")
def laid_in(house: World, server: Any) -> Iterator[World]:
    """The server shows the house; afterwards the demo again."""
    cluster.copy(HOME, WORLD, WEB)
    yield house
    server.reset()


@pytest.fixture
def walk(laid_in: World, browser: Any, server: Any) -> Iterator[tuple[Any, Walk]]:
    """A page of a browser of its own, and what it asks for."""
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm", base_url=server.url)
    context.set_default_timeout(30_000)
    seen = Walk()
    ours = (server.url, "data:", "blob:")
    context.on("request", lambda asked: None if asked.url.startswith(ours) else seen.foreign.append(asked.url))
    yield context.new_page(), seen
    context.close()
    assert not seen.foreign, seen.foreign


def reached() -> list[Cell]:
    """Every page that opens for somebody; by itself one for each route, the people taking turns."""
    cells = [
        Cell(route, method, column, status)
        for route, method, row in table.rows()
        for column, status in row.items()
        if method == "GET" and status == 200 and column != "anonymous" and not route.startswith(NOT_HERE)
    ]
    if PROVE:
        return cells
    routes = list(dict.fromkeys(cell.route for cell in cells))
    by_route = [[cell for cell in cells if cell.route == route] for route in routes]
    return [choices[turn % len(choices)] for turn, choices in enumerate(by_route)]


def signs_in(page: Any, username: str) -> None:
    page.context.clear_cookies()
    page.goto("/demo/")
    with page.expect_navigation():
        page.locator(f'button[name=username][value="{username}"]').click()


def traces(page: Any) -> list[str]:
    """What the page would leave behind, in words; empty when it is nothing."""
    kept = page.evaluate(KEPT)
    found = [f"{name} holds {kept[name]!r}" for name, value in EMPTY.items() if kept[name] != value]
    words = "\n".join([*kept.values(), *(cookie["value"] for cookie in page.context.cookies())]).encode()
    found += [f"{word!r} outside the page" for word in sinks.found_in(words, CANARIES)]
    found += [f"the field {name!r} is remembered or spelt elsewhere" for name in page.evaluate(TALKATIVE)]
    if not re.fullmatch(r"https?://[^/]+/[\w/.-]*(\?(lista|klart|tid|visa|horisont)=[\w-]+)?", kept["url"]):
        found.append(f"the address {kept['url']}")
    return found


def printed_more(page: Any) -> list[str]:
    """Secret words that are on paper and not on the screen."""
    shown = page.evaluate(LOOKS)
    page.emulate_media(media="print")
    paper = page.evaluate(LOOKS)
    page.emulate_media(media="screen")
    return [word for word in CANARIES if word in paper and word not in shown]


def test_no_page_leaves_a_trace(walk: tuple[Any, Walk], laid_in: World) -> None:
    page, seen = walk
    cells = sorted(reached(), key=lambda cell: cell.username)
    last = ""
    for cell in cells:
        if cell.username != last:
            signs_in(page, cell.username)
            last = cell.username
        answer = page.goto(table.address(cell, laid_in))
        if "/logga-in/bekrafta/" in page.url:
            continue
        assert answer.status == 200, (cell, answer.status)
        seen.opened += 1
        seen.faults += [f"{cell.route} as {cell.column}: {fault}" for fault in (*traces(page), *printed_more(page))]
    print(f"{seen.opened} of {len(cells)} pages opened in Chromium, {len(CANARIES)} secret words looked for")
    assert not seen.faults, seen.faults
    assert seen.opened >= 35


def test_what_is_planted_is_found(walk: tuple[Any, Walk], laid_in: World) -> None:
    """The same eyes on a page that was spoilt from outside, one trace at a time."""
    page, _ = walk
    word = secret("plain", "note")
    signs_in(page, "sara.l")
    page.goto(f"/arenden/{laid_in.references['plain']}/arende/anteckning/")
    assert traces(page) == []
    for spoil in (
        "word => { document.title = word }",
        "word => { localStorage.setItem('k', word) }",
        "word => { sessionStorage.setItem('k', word) }",
        "word => { history.replaceState(word, '') }",
        "word => { window.name = word }",
        "word => new Promise((done) => { const asked = indexedDB.open(word); asked.onsuccess = done })",
        "word => caches.open(word)",
        "() => { document.querySelector('textarea').autocomplete = 'on' }",
        "() => { document.querySelector('textarea').spellcheck = true }",
        "word => { history.replaceState(null, '', `/arenden/?namn=${encodeURIComponent(word)}`) }",
    ):
        page.evaluate(spoil, word)
        assert traces(page), spoil
        signs_in(page, "sara.l")
        page.evaluate("async () => { localStorage.clear(); sessionStorage.clear(); window.name = '' }")
        page.evaluate("async () => { for (const d of await indexedDB.databases()) indexedDB.deleteDatabase(d.name) }")
        page.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name) }")
        page.goto(f"/arenden/{laid_in.references['plain']}/arende/anteckning/")
        assert traces(page) == [], spoil


def test_after_the_sign_out_nothing_of_it_can_be_seen(walk: tuple[Any, Walk], laid_in: World) -> None:
    page, _ = walk
    signs_in(page, "sara.l")
    here = f"/arenden/{laid_in.references['plain']}/"
    word = secret("plain", "note")
    for path in (here, f"{here}handelser/"):
        page.goto(path)
    assert word in page.content(), "there was something to see"
    page.get_by_role("button", name="Lås").click()
    heading(page, "Logga in")
    for way in (page.go_back, page.go_back, page.go_forward, page.reload, page.go_back):
        way()
        heading(page, "Logga in")
        assert word not in page.content()
    assert page.evaluate(f"fetch('{here}handelser/', {{cache: 'force-cache'}}).then((a) => a.text())").count(word) == 0
    kept = "fetch('{}', {{cache: 'only-if-cached', mode: 'same-origin'}}).then(() => 'kept', () => 'gone')"
    assert page.evaluate(kept.format(f"{here}handelser/")) == "gone"
    source = page.context.request.get(f"{here}handelser/", max_redirects=0)
    assert source.status == 302 and word not in source.text()


@pytest.fixture
def careless(laid_in: World, browser: Any, tmp_path: Path) -> Iterator[Any]:
    """The same house served by a copy of the program that lets pages be kept and never says forget."""
    place = sabotage.copy_to(tmp_path)
    for file, old, new in (
        ("src/langsikt/pages/middleware.py", '"no-store"', '"private, max-age=3600"'),
        ("src/langsikt/pages/signin_guards.py", """response["Clear-Site-Data"] = '"cache", "storage"'""", "pass"),
    ):
        written = (place / file).read_text()
        assert written.count(old) == 1, file
        (place / file).write_text(written.replace(old, new))
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    path = f"{place / 'src'}{os.pathsep}{place}"
    where = {"LANGSIKT_PORT": str(port), "PYTHONPATH": path}
    environment = {**os.environ, **cluster.environment(HOME, WEB, "devtools.settings"), **where}
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(cluster.WEB, env=environment, cwd=place, stdout=log, stderr=log)
        try:
            _await(process, port)
            context = browser.new_context(locale="sv-SE", base_url=f"http://localhost:{port}")
            yield context.new_page()
            context.close()
        finally:
            process.terminate()
            process.wait()


@pytest.mark.skipif(not PROVE, reason="the careless copy is served by make prove")
def test_on_a_careless_copy_it_would_have_been_seen(careless: Any, laid_in: World) -> None:
    page, here = careless, f"/arenden/{laid_in.references['plain']}/handelser/"
    signs_in(page, "sara.l")
    page.goto(here)
    page.get_by_role("button", name="Lås").click()
    heading(page, "Logga in")
    kept = f"fetch('{here}', {{cache: 'only-if-cached', mode: 'same-origin'}}).then((a) => a.text(), () => 'gone')"
    assert secret("plain", "note") in page.evaluate(kept)


def test_a_session_that_was_ended_elsewhere_is_over_at_the_next_press(walk: tuple[Any, Walk], laid_in: World) -> None:
    page, _ = walk
    signs_in(page, "sara.l")
    page.goto("/min-dag/")
    with cluster.connect(HOME, roles.OWNER, WEB) as owner:
        owner.execute("delete from django_session")
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Ärenden").click()
    heading(page, "Logga in")


def test_a_file_bears_a_name_that_says_nothing(walk: tuple[Any, Walk], laid_in: World) -> None:
    page, _ = walk
    signs_in(page, "sara.l")
    page.goto("/bevakningar/")
    with page.expect_download() as taken:
        page.evaluate("location.assign('/bevakningar/bevakningar.ics')")
    assert taken.value.suggested_filename == "bevakningar.ics"
