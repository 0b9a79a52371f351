"""Whose words a draft is: what one person typed is never kept as another's, who has signed in since in another tab."""

from typing import Any

import pytest

from langsikt.pages import middleware
from tests.pages.visiting import Visits
from tests.pages.world import OMAR, SARA, World

pytestmark = pytest.mark.usefixtures("demo")
KEEP, FORM = "/arenden/utkast/receive_contact/", "/arenden/ny/"
WORDS = {"contact_line": "Ringer från porten och vill bli hämtad"}


def rows(world: World) -> tuple[int, int]:
    """How many drafts there are, and how many rows of the journal."""
    with world.owner() as owner:
        counted = owner.execute(
            "select (select count(*) from records_draft), (select count(*) from records_journalentry)"
        ).fetchone()
    assert counted is not None
    return counted[0], counted[1]


def kept_by_omar_on_saras_page(world: World, visits: Visits) -> Any:
    """Sara's page, still open in a browser where Omar has signed in since: as Omar's session sends it."""
    return visits.by(OMAR).post(KEEP, WORDS, headers={"X-Writer": str(world.staff[SARA])})


def test_another_persons_words_are_not_kept_and_nothing_is_looked_up(world: World, visits: Visits) -> None:
    visits.by(OMAR)
    before = rows(world)
    assert kept_by_omar_on_saras_page(world, visits).status_code == 409
    assert rows(world) == before
    assert WORDS["contact_line"] not in visits.by(OMAR).get(FORM).content.decode()


def test_it_is_refused_before_the_page_is_looked_for(world: World, visits: Visits) -> None:
    """A case that the other may not see leaves no refused look in that person's name."""
    browser = visits.by(OMAR)
    before = rows(world)
    for path in (f"/arenden/{world.references['plain']}/utkast/write_note/", "/arenden/ZZZZ99/utkast/write_note/"):
        answer = browser.post(path, WORDS, headers={"X-Writer": str(world.staff[SARA])})
        assert (answer.status_code, answer.content) == (409, b"")
    assert rows(world) == before


def test_a_page_that_does_not_say_whose_it_is_keeps_nothing(world: World, visits: Visits) -> None:
    browser = visits.by(SARA)
    before = rows(world)[0]
    assert browser.post(KEEP, WORDS, headers={"X-Writer": ""}).status_code == 409
    silent = browser.defaults.pop("HTTP_X_WRITER")
    try:
        assert browser.post(KEEP, WORDS).status_code == 404
    finally:
        browser.defaults["HTTP_X_WRITER"] = silent
    assert rows(world)[0] == before


def test_the_page_says_whose_it_is_and_its_writers_words_are_kept(world: World, visits: Visits) -> None:
    browser = visits.by(SARA)
    assert f'data-who="{world.staff[SARA]}"' in browser.get(FORM).content.decode()
    assert browser.post(KEEP, WORDS).status_code == 200
    assert WORDS["contact_line"] in browser.get(FORM).content.decode()


def test_without_the_question_they_would_be_omars(
    world: World, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nobody asks whose page it is."""
    monkeypatch.setattr(middleware, "_of_another", lambda request: False)
    assert kept_by_omar_on_saras_page(world, visits).status_code == 200
    assert WORDS["contact_line"] in visits.by(OMAR).get(FORM).content.decode()
