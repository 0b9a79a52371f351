"""Every page in Swedish and in English, whole: no words of the other language, and the choice stays."""

import html
import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.pages import table, visiting
from tests.pages.table import Cell
from tests.pages.visiting import Visits
from tests.pages.world import CASES, MARK, SECRETS, World, secret

pytestmark = pytest.mark.usefixtures("demo")
# Downloads: no page, so no language of its own; the words of the calendar file are in test_watches.py.
NO_PAGE = frozenset({"watches_file"})
# One page of each kind for each person it looks different for.
SHOWN = list(
    {
        (cell.route, cell.username): cell
        for route, method, row in table.rows()
        for cell in (Cell(route, method, column, status) for column, status in row.items())
        if method == "GET" and cell.status == 200 and cell.column != "denied" and route not in NO_PAGE
    }.values()
)
# Words that a page of the other language cannot do without, written by hand.
ENGLISH = re.compile(r"\b(the|and|with|your|this|that|from|not|are|has|for|case|please|choose)\b", re.I)
SWEDISH = re.compile(r"\b(och|att|det|som|inte|med|av|är|har|för|eller|ärendet|välj|vad|när|du)\b|[åäöÅÄÖ]", re.I)
# Swedish that stands in English too: names of people, districts, dwellings, laws, and terms kept as they are.
KEPT = (
    "Långsikt", "Petra Ö", "Järva", "Södermalm", "Björken", "Fläderbusken", "Svenska", MARK,
    "Socialjouren", "PATRIARK", "FREDA", "SARA:SV",
)  # fmt: skip
SAME_IN_BOTH = {"SARA:SV"}


class Visible(HTMLParser):
    """The words of a page in its own language: what stands in another language says so with ``lang``."""

    CONTROLS = frozenset(
        {"a", "button", "input", "select", "option", "textarea", "label", "h1", "h2", "h3", "th", "li"}
    )
    VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "path", "rect", "circle", "line", "use", "wbr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language, self.controls = "", Counter[str]()
        self.words: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "html":
            self.language = values.get("lang") or ""
        if tag in self.CONTROLS:
            self.controls[tag] += 1
        if tag not in self.VOID:
            other = values.get("lang") not in (None, self.language) or values.get("translate") == "no"
            self.open.append((tag, other or tag in ("script", "style", "code", "kbd")))
        if not self.elsewhere():
            self.words += [
                v for k in ("aria-label", "placeholder", "title", "alt") if (v := values.get(k)) and v.strip()
            ]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.elsewhere():
            self.words.append(" ".join(data.split()))

    def elsewhere(self) -> bool:
        return any(other for _, other in self.open)


def choose(browser: Any, language: str) -> None:
    assert browser.post("/sprak/", {"language": language, "next": "/hjalp/"}).status_code == 302


@pytest.fixture(scope="module")
def pages(world: World, visits: Visits) -> dict[tuple[str, str, str], Visible]:
    """Every page in both languages, by route, person and language."""
    found = {}
    for language in ("sv", "en"):
        for cell in SHOWN:
            browser = visits.by(cell.username)
            choose(browser, language)
            answer = browser.get(table.address(cell, world))
            assert answer.status_code == 200 and answer.headers["Content-Language"] == language, cell
            found[cell.route, cell.username, language] = Visible(answer.content.decode())
    return found


def test_a_page_says_which_language_it_is_in(pages: dict[tuple[str, str, str], Visible]) -> None:
    assert len(pages) == 2 * len(SHOWN) > 200
    assert all(page.language == language for (_, _, language), page in pages.items())
    assert all(len(page.words) > 5 for page in pages.values())


def strange(page: Visible, pattern: re.Pattern[str]) -> list[str]:
    """The words of a page that belong to the other language."""
    data = [*KEPT, *(secret(case, name) for case in CASES for name in SECRETS), *SAME_IN_BOTH]
    return [said for said in page.words if pattern.search(without(said, data))]


def without(said: str, data: list[str]) -> str:
    for known in data:
        said = said.replace(known, "")
    return said


def test_no_english_on_a_swedish_page(pages: dict[tuple[str, str, str], Visible]) -> None:
    found = {key: words for key, page in pages.items() if key[2] == "sv" and (words := strange(page, ENGLISH))}
    assert not found, found


def test_no_swedish_on_an_english_page(pages: dict[tuple[str, str, str], Visible]) -> None:
    found = {key: words for key, page in pages.items() if key[2] == "en" and (words := strange(page, SWEDISH))}
    assert not found, found


def test_the_scan_finds_a_planted_word() -> None:
    swedish = Visible('<html lang="sv"><p>Välkommen</p><p>Save the note</p><p lang="en">English</p></html>')
    assert strange(swedish, ENGLISH) == ["Save the note"]
    english = Visible(
        '<html lang="en"><p>Welcome</p><p aria-label="Stäng">x</p><b lang="sv">Svenska, för dig</b></html>'
    )
    assert strange(english, SWEDISH) == ["Stäng"]


def test_both_languages_have_the_same_controls(pages: dict[tuple[str, str, str], Visible]) -> None:
    for cell in SHOWN:
        if cell.route not in ("log_review", "case_log"):  # they show the visits of this very test
            swedish, english = (pages[cell.route, cell.username, language] for language in ("sv", "en"))
            assert swedish.controls == english.controls, cell


def test_the_choice_stays_and_returns_to_the_page(world: World, visits: Visits) -> None:
    browser, here = visits.by("sara.l"), f"/arenden/{world.references['plain']}/"
    answer = browser.post("/sprak/", {"language": "en", "next": here})
    assert (answer.status_code, answer.headers["Location"]) == (302, here)
    for where in (here, "/min-dag/", "/hjalp/", "/finns/inte/"):
        assert b'<html lang="en">' in browser.get(where).content
    assert browser.post("/sprak/", {"language": "sv", "next": "/min-dag/"}).headers["Location"] == "/min-dag/"
    assert b'<html lang="sv">' in browser.get("/min-dag/").content


@pytest.mark.parametrize(
    "away",
    ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)", "", "/x/"],
)
def test_the_choice_never_leads_away(away: str, visits: Visits) -> None:
    assert visits.by("sara.l").post("/sprak/", {"language": "sv", "next": away}).headers["Location"] == "/"


def test_an_unknown_language_is_swedish(visits: Visits) -> None:
    for typed in ("de", "", "en-GB", "'; drop", "sv" * 1000):
        visits.by("sara.l").post("/sprak/", {"language": typed})
        assert b'<html lang="sv">' in visits.by("sara.l").get("/hjalp/").content


def test_the_sign_in_page_has_the_choice_and_keeps_it() -> None:
    browser = visiting.anonymous()
    assert 'value="en"' in browser.get("/logga-in/").content.decode()
    browser.post("/sprak/", {"language": "en", "next": "/logga-in/"})
    said = browser.get("/logga-in/").content.decode()
    assert '<html lang="en">' in said and "User name" in said and "Användarnamn" not in said
    assert browser.post("/demo/", {"username": "sara.l"}).status_code == 302
    assert b'<html lang="en">' in browser.get("/min-dag/").content, "the choice outlives the sign-in"


def test_complaints_are_in_the_chosen_language(world: World, visits: Visits) -> None:
    browser, here = visits.by("sara.l"), f"/arenden/{world.references['plain']}/"
    for language, other in (("en", SWEDISH), ("sv", ENGLISH)):
        choose(browser, language)
        for path, form in (
            ("arende/anteckning/", {"happened_at": "x", "note": ""}),
            ("beslut/fatta/", {"intervention": "shelter_flat"}),
            ("placering/inflyttning/", {}),
            ("arende/handlaggare/", {}),
        ):
            page = browser.post(here + path, form).content.decode()
            complaints = Visible(f'<html lang="{language}">{html.unescape(errors(page))}</html>')
            assert not strange(complaints, other), (path, complaints.words)
    choose(browser, "sv")


def errors(page: str) -> str:
    return page.partition("<main")[2].partition("<form")[0]
