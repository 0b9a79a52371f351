"""Every answer says that nothing is to be kept or sent away; what is masked stays so until it is revealed."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.pages import sinks, table, visiting
from tests.pages.table import Cell
from tests.pages.visiting import Visits
from tests.pages.world import CASES, World, secret

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


# Every answer.


@pytest.fixture(scope="module")
def answers(world: World, visits: Visits) -> list[tuple[str, Any]]:
    """One answer of every kind: each cell of the table for some columns, bad forms, bad addresses, a fault."""
    columns = (
        "anonymous",
        "case_worker_assigned",
        "unit_manager_own_unit",
        "housing_coordinator_with_request",
        "analyst",
    )
    found = []
    with visiting.demo():
        for route, method, row in table.rows():
            for column in columns:
                cell = Cell(route, method, column, row[column])
                browser, where = visits.by(cell.username), table.address(cell, world)
                if cell.status != 302 or method == "GET" or not cell.username:
                    answer = browser.get(where) if method == "GET" else browser.post(where, table.body(cell, world))
                    found.append((f"{route} {method} {column}", answer))
        found += odd(world, visits)
    visits.forget()
    return found


def odd(world: World, visits: Visits) -> list[tuple[str, Any]]:
    sara, here = visits.by("sara.l"), f"/arenden/{world.references['plain']}"
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies = sara.cookies
    return [
        ("nowhere", sara.get("/finns/inte/")),
        ("bad form", sara.post(f"{here}/arende/anteckning/", {"happened_at": "i går", "note": ""})),
        ("no token", strict.post(f"{here}/arende/anteckning/", {"note": "x"})),
        ("foreign host", Client(SERVER_NAME="elsewhere.example").get("/")),
        ("done", sara.post(f"{here}/arende/anteckning/", {"happened_at": f"{table.day(-1)}T10:00", "note": "x"})),
        ("fault", fault(sara, f"{here}/")),
    ]


def fault(browser: Client, where: str) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("langsikt.access.window.case.overview", visiting.broken)
        browser.raise_request_exception = False
        answer = browser.get(where)
        browser.raise_request_exception = True
    return answer


def test_every_answer_forbids_keeping_and_sending_away(answers: list[tuple[str, Any]]) -> None:
    wrong = []
    for name, answer in answers:
        wrong += [(name, h, answer.headers.get(h)) for h, value in HEADERS.items() if answer.headers.get(h) != value]
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        if policy != POLICY:
            wrong.append((name, "Content-Security-Policy", str(policy)))
    found = sorted({answer.status_code for _, answer in answers})
    print(f"{len(answers)} answers, statuses {found}")
    assert not wrong, wrong[:10]
    assert len(answers) > 300 and set(found) >= {200, 302, 400, 403, 404, 405, 422, 500}


def test_cookies_are_bound_to_the_house(answers: list[tuple[str, Any]]) -> None:
    cookies = [morsel for _, answer in answers for morsel in answer.cookies.values()]
    assert {morsel.key for morsel in cookies} == {"__Host-langsikt", "__Host-csrf"}
    for morsel in cookies:
        assert morsel["path"] == "/" and not morsel["domain"], morsel
        if morsel.value:
            assert morsel["secure"] and morsel["httponly"] and morsel["samesite"] == "Strict" and not morsel["expires"]


def test_no_page_asks_another_house_for_anything(answers: list[tuple[str, Any]]) -> None:
    pages = [
        (name, a.content.decode()) for name, a in answers if a.headers.get("Content-Type", "").startswith("text/html")
    ]
    assert len(pages) > 200
    for name, page in pages:
        away = [link for link in sinks.links_of(page) if urlsplit(link).scheme or urlsplit(link).netloc]
        assert not away, (name, away)
        assert not re.search(r"https?://(?!www\.w3\.org/)", page), name
        Plain(name).feed(page)
    for name, answer in answers:
        where = urlsplit(answer.headers.get("Location", ""))
        assert not where.netloc and not where.scheme, (name, where)


class Plain(HTMLParser):
    """Refuses script and style within a page, which the policy forbids, and fields that tell the browser's firm."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.script = page, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.script = tag == "script"
        assert tag not in ("style", "iframe", "object", "embed", "base"), (self.page, tag)
        assert not [name for name in values if name.startswith("on") or name in ("style", "srcdoc", "ping")], self.page
        if tag == "textarea":
            assert values.get("spellcheck") == "false" and values.get("autocomplete") == "off", (self.page, values)

    def handle_data(self, data: str) -> None:
        assert not (self.script and data.strip()), self.page


def test_titles_are_neutral(answers: list[tuple[str, Any]], world: World) -> None:
    titles = {sinks.title_of(a.content.decode()) for _, a in answers if a.content.startswith(b"<!doctype html>")}
    print(f"{len(titles)} titles: {sorted(titles)}")
    # The leaflet's title comes onto the paper that the person takes along: the house's name is not on it.
    assert len(titles) > 30 and all(title.endswith("Långsikt") for title in titles - {"Min plan", "Blad"})
    told = [
        *world.references.values(),
        *(secret(case, name) for case in CASES for name in ("person_name", "called", "note")),
    ]
    for title in titles:
        assert not [word for word in told if word in title], title
        assert not re.search(r"[A-Z0-9]{6}|\d{3}", title), title


def test_the_house_is_not_listed_by_search_engines(answers: list[tuple[str, Any]]) -> None:
    page = next(a.content.decode() for name, a in answers if name == "account_login GET anonymous")
    assert 'name="robots" content="noindex' in page


# What is masked stays masked until it is revealed.


@dataclass
class Masked:
    """What a column must not be shown before a reveal."""

    column: str
    fields: tuple[str, ...]


NAMES = ("person_name", "called", "phone", "code_word")
TEXTS = ("contact_line", "safe_way", "if_someone_else", "conclusion", "reasons", "note")
MASKED = [
    Masked("case_worker_assigned", NAMES),
    Masked("stand_in_active", NAMES),
    Masked("duty_service_made", NAMES),
    Masked("unit_manager_own_unit", NAMES + TEXTS),
    Masked("housing_coordinator_with_request", NAMES + TEXTS),
]


def pages_of_the_case(column: str, world: World) -> list[str]:
    case = table.COLUMNS[column][1]
    here = f"/arenden/{world.references[case]}/"
    steps = [
        f"{here}steg/{s}/"
        for s in ("kontakt", "utredning", "beslut", "placering", "behov-efter", "uppfoljning", "avslut")
    ]
    corrected = [f"{here}handelser/{world.events[f'{case}.{e}']}/ratta/" for e in ("contact", "person", "card", "note")]
    forms = [f"{here}{step}/{path}/" for step, path in table.PATHS.values()]
    forms += [f"{here}utredning/{path}/" for path in ("personuppgifter", "saker-kontakt")]
    lists = ["/min-dag/", "/bevakningar/", "/team/", "/arenden/", "/boende/"]
    return [here, f"{here}handelser/", f"{here}plan/", f"{here}logg/", *steps, *corrected, *forms, *lists]


@pytest.mark.parametrize("masked", MASKED, ids=lambda m: m.column)
def test_nothing_masked_is_on_any_page_before_a_reveal(masked: Masked, world: World, visits: Visits) -> None:
    username, case = table.COLUMNS[masked.column]
    words = [
        secret(case, name) for name in masked.fields if not (case == "night" and name in ("conclusion", "reasons"))
    ]
    opened = 0
    for where in pages_of_the_case(masked.column, world):
        answer = visits.by(username).get(where)
        opened += answer.status_code == 200
        assert not sinks.found_in(answer.content, words), where
    assert opened >= (2 if masked.column.startswith("housing") else 8)


def test_a_reveal_lasts_for_one_page(world: World, visits: Visits) -> None:
    here, browser = f"/arenden/{world.references['plain']}/", visits.by("sara.l")
    shown = browser.post(f"{here}visa/", {"field": "card", "reason": "contact"})
    assert sinks.found_in(shown.content, [secret("plain", "phone")])
    assert re.fullmatch(r"\d+; url=/arenden/[A-Z0-9]{6}/", shown.headers["Refresh"])
    for where in pages_of_the_case("case_worker_assigned", world):
        assert not sinks.found_in(browser.get(where).content, [secret("plain", "phone")]), where


def test_a_correction_keeps_what_it_does_not_show(world: World, visits: Visits) -> None:
    here, browser = f"/arenden/{world.references['plain']}/", visits.by("sara.l")
    form = {"happened_at": f"{table.day(-1)}T10:00", "verified_on": table.day(-1), "hours": "Förmiddagar"}
    form["correction_reason"] = "Tiden stämde inte."
    done = browser.post(f"{here}handelser/{world.events['plain.card']}/ratta/", form)
    assert done.status_code == 302, done.content.decode()[:3000]
    shown = browser.post(f"{here}visa/", {"field": "card", "reason": "contact"}).content
    assert len(sinks.found_in(shown, [secret("plain", "phone"), "Förmiddagar"])) == 2
    world.renew()
    visits.forget()
