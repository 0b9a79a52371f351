"""The leaflet of every person of the demo: short words, no place, no office, no name, no number; and what is asked."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest

from devtools import people
from devtools.stories import PEOPLE
from langsikt.cli import roles
from langsikt.exchange.leaflet import TITLES
from langsikt.model.leaflet import lix, may_leave, sentences
from tests import cluster
from tests.conftest import HOME, MINE
from tests.pages.visiting import Visits

HARDEST, LONGEST = 30, 20
BANNED = re.compile(r"heder|våld|skydd|socialtjänst|stadsdel|RVT|långsikt|stockholm|sekretess", re.IGNORECASE)
NUMBER = re.compile(r"\d{3,}")


@pytest.fixture(scope="module")
def visits(django_db_blocker: Any) -> Iterator[Visits]:
    """The demo, on this worker's copy."""
    from django.db import connection

    with django_db_blocker.unblock():
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        cluster.copy(HOME, cluster.DEMO, MINE)
        yield Visits()
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def cases(visits: Visits) -> dict[str, str]:
    """Each case of the demo, and somebody who works in it."""
    with cluster.connect(HOME, roles.OWNER, MINE) as owner:
        rows = owner.execute(
            "select c.reference, s.username from records_contact c join records_assignment a on a.case_id = c.id"
            " join records_staff s on s.id = a.staff_id where a.until_at is null and a.relation = 'case_worker'"
        ).fetchall()
        made = owner.execute(
            "select c.reference, s.username from records_contact c"
            " join records_event e on e.case_id = c.id and e.seq = 1 join records_staff s on s.id = e.actor_id"
        ).fetchall()
    return {str(r): str(u) for r, u in (*made, *rows)}


def page(visits: Visits, who: str, reference: str, paper: str = "ja") -> str:
    answer = visits.by(who).get(f"/arenden/{reference}/min-plan/", {"papper": paper} if paper else {})
    assert answer.status_code == 200
    return str(answer.content.decode())


def sheet(body: str) -> str:
    """The two sides as they are read, a line per line; empty when there is no sheet."""
    found = re.search(r'<div class="leaflet(?: is-screen-only)?" role.*?</div>\s*</div>\s*</div>', body, re.DOTALL)
    if not found:
        return ""
    text = re.sub(r"</(p|li|dd|dt|div|label)>", "\n", found[0])
    text = re.sub(r"\s*\n\s*", "\n", html.unescape(re.sub(r"<[^>]+>", " ", text)))
    return re.sub(r"[ \t]+", " ", text).strip()


def sentinels() -> set[str]:
    """What the demo hides of its people: addresses, marks, telephones, full names, personal numbers."""
    found = {word for home in people.DWELLINGS for word in (home.mark, home.address)}
    hidden = ("person_name", "personal_number", "phone", "code_word", "representative", "safe_way", "travel_on")
    for person in PEOPLE:
        for moment in person.story:
            found |= {str(moment.raw[name]) for name in hidden if moment.raw.get(name)}
    return found


def test_every_leaflet_is_easy_to_read(visits: Visits, cases: dict[str, str]) -> None:
    measured, shown = {}, 0
    for reference, who in cases.items():
        text = sheet(page(visits, who, reference))
        shown += all(title.sv in text for title in TITLES.values())
        measured[reference] = lix(text)
        longest = max(sentences(text), key=lambda s: len(s.split()))
        assert len(longest.split()) <= LONGEST, f"{reference}: {longest}"
    print(f"LIX of {len(measured)} leaflets: {min(measured.values()):.1f}–{max(measured.values()):.1f}")
    assert len(measured) == len(PEOPLE) and max(measured.values()) <= HARDEST, measured
    assert shown == len(PEOPLE) - 1, "each need has its line, save in the case that is closed"


def test_no_place_no_name_and_no_office_gets_in(visits: Visits, cases: dict[str, str]) -> None:
    assert len(sentinels()) > 40
    staff = {member.short_name for member in people.STAFF} | {name for name, _ in people.UNITS}
    for reference, who in cases.items():
        text = sheet(page(visits, who, reference))
        assert len(text) > 300
        for hidden in {*sentinels(), *staff, reference}:
            assert hidden.casefold() not in text.casefold(), f"{reference} shows {hidden}"
        assert not BANNED.search(text), f"{reference}: {BANNED.search(text)}"
        assert not NUMBER.search(text), f"{reference}: {NUMBER.search(text)}"


def test_the_scanner_finds_what_is_planted() -> None:
    for planted in ("Bo kvar på Påhittade gatan 4", "Slippa hotet", "Ring 070-174 06 71", "Bo i Ingenstad", "Almen"):
        assert not may_leave(planted, [home.mark for home in people.DWELLINGS]), planted
    for words in ("En egen dörr att låsa", "Läsa klart gymnasiet", "Kunna laga tre rätter"):
        assert may_leave(words, [home.mark for home in people.DWELLINGS]), words
    assert BANNED.search("Skyddat boende") and NUMBER.search("070-174 06 71")


def test_paper_is_asked_about_first(visits: Visits, cases: dict[str, str]) -> None:
    reference, who = next(iter(cases.items()))
    asked = page(visits, who, reference, "")
    assert "Är det säkert att ta med papper?" in asked and not sheet(asked) and "data-print" not in asked
    headed, plain, read = (page(visits, who, reference, paper) for paper in ("ja", "utan-rubrik", "nej"))
    assert sheet(headed).startswith("Min plan") and "data-print" in headed
    assert "Min plan" not in sheet(plain) and "<title>Blad</title>" in plain and "data-print" in plain
    assert sheet(read) and "is-screen-only" in read and "data-print" not in read


def test_what_is_written_on_the_sheet_goes_nowhere(visits: Visits, cases: dict[str, str]) -> None:
    body = page(visits, *reversed(next(iter(cases.items()))))
    fields = re.findall(r"<(?:input|textarea)[^>]*leaflet-(?:label|own)[^>]*>", body)
    assert len(fields) == 2 and not any(" name=" in field for field in fields)


def test_it_is_a_look(visits: Visits, cases: dict[str, str]) -> None:
    reference, who = next(iter(cases.items()))
    asked = "select count(*) from records_journalentry where action = 'look_leaflet' and result = 'done'"
    with cluster.connect(HOME, roles.OWNER, MINE) as owner:
        before = owner.execute(asked).fetchall()[0][0]
        page(visits, who, reference)
        assert owner.execute(asked).fetchall()[0][0] == int(str(before)) + 1


def test_it_says_plainly_what_is_not_settled(visits: Visits, cases: dict[str, str]) -> None:
    texts = [sheet(page(visits, who, reference)) for reference, who in cases.items()]
    assert sum("Inte klart än." in text for text in texts) >= 3
    assert sum("Det gäller till" in text for text in texts) >= 2
