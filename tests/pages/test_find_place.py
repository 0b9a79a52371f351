"""*Hitta plats* as it is sent: by need alone, from the search or from a request, and nothing of the person is kept."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from tests.pages.visiting import Visits
from tests.pages.world import KARIN, MARK, World

pytestmark = pytest.mark.usefixtures("demo", "as_built")


@pytest.fixture
def as_built(world: World, visits: Visits) -> Iterator[None]:
    yield
    world.renew()
    visits.forget()


def sent(visits: Visits, **form: object) -> str:
    answer = visits.by(KARIN).post("/boende/hitta/", form)
    assert answer.status_code == 200
    return said(answer.content)


def said(body: bytes) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body.decode())))


def kept(world: World) -> list[tuple[object, ...]]:
    with world.owner() as owner:
        return list(owner.execute("select suits, age_band from records_unmetneed").fetchall())


def test_a_request_is_looked_for_by_what_it_must_suit(world: World, visits: Visits) -> None:
    # Given the young man's request in the list; when its button is pressed, then the places that suit a man are told
    page = visits.by(KARIN).get("/boende/").content.decode()
    row = re.search(r'<form method="post" action="/boende/hitta/#hitta">.*?</form>', page, re.DOTALL)
    assert row is not None
    needs = re.findall(r'name="needs" value="(\w+)"', page[page.index('id="begaran"') :])
    assert "man" in needs
    told = sent(visits, needs="man")
    assert "boenden har plats för man." in told and "Eken" in told and "Granen" in told
    found = told[told.index("har plats för") : told.index("Platsen ska passa")]
    assert "Almen" not in found and MARK not in found, "a place that nobody has described suits nobody in particular"
    assert not kept(world)


def test_what_nobody_has_is_counted_by_need_and_band(world: World, visits: Visits) -> None:
    form = {"who": "man", "age": "19", "needs": ["wheelchair", "pet"], "key": "6f1c2f0e-0000-4000-8000-000000000001"}
    for _ in range(2):
        told = sent(visits, **form)
        assert "Det finns ingen plats för man, 19 år, rullstol, husdjur." in told
    assert "Säg till handläggaren i dag" in told and "Går det att ordna rullstol på annat sätt?" in told
    assert kept(world) == [(["man", "pet", "wheelchair"], "18_20")], "the same form sent twice is counted once"
    with world.owner() as owner:
        row = owner.execute(
            "select action, reason, typed, case_id from records_journalentry where action = 'find_place' limit 1"
        ).fetchone()
    assert row == ("find_place", "", "", None), "the journal knows that a place was looked for, not which or for whom"


@pytest.mark.parametrize("age", ["ung", "-3", "121", "19,5", "1999"])
def test_what_is_no_age_is_told_at_the_field_and_nothing_is_counted(age: str, world: World, visits: Visits) -> None:
    answer = visits.by(KARIN).post("/boende/hitta/", {"who": "couple", "age": age})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "Skriv åldern i hela år, 0 till 120" in body and f'value="{age}"' in body, "what was typed is kept"
    assert not kept(world)


def test_words_that_are_no_need_are_not_kept(world: World, visits: Visits) -> None:
    told = sent(visits, who="Ripstigen", needs=["couple", "children", "Ripstigen"], age="", key="no key")
    assert "Det finns ingen plats för par, barn." in told
    assert kept(world) == [(["children", "couple"], None)]


def test_what_a_place_suits_is_said_again_and_found_by_it(world: World, visits: Visits) -> None:
    address = f"/boende/{world.dwelling}/passar/"
    refused = visits.by(KARIN).post(address, {"suits": ["couple"], "youngest": "30", "oldest": "20"})
    assert refused.status_code == 422 and "Den äldsta kan inte vara yngre" in refused.content.decode()
    wanted = {"suits": ["couple", "children"], "youngest": "18"}
    assert visits.by(KARIN).post(address, wanted).status_code == 302
    assert "par, från 18 år, barn" in said(visits.by(KARIN).get("/boende/").content)
    assert f"1 boende har plats för par, barn. {MARK}" in sent(visits, who="couple", needs="children")
