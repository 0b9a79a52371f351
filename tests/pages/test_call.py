"""A call keeps the card and holds back the idle lock; what is copied is logged; the person is told who has read."""

import pytest

from tests.pages.visiting import Visits
from tests.pages.world import LENA, SARA, World

pytestmark = pytest.mark.usefixtures("demo")


def rows(world: World, action: str) -> int:
    with world.owner() as owner:
        found = owner.execute(
            "select count(*) from records_journalentry where action = %s and result = 'done'", [action]
        ).fetchone()
    return int(found[0])


def test_a_call_begins_and_ends(world: World, visits: Visits) -> None:
    browser, case = visits.by(SARA), f"/arenden/{world.references['plain']}/"
    said = browser.post(f"{case}visa/", {"field": "card", "call": "1"}).content.decode()
    assert "Samtalet slut" in said and browser.session["call_until"] > browser.session["seen_at"] + 3500
    assert browser.get(f"{case}plan/").status_code == 200 and "call_until" in browser.session, "another page meanwhile"
    before = rows(world, "end_call")
    assert browser.post(f"{case}samtal-slut/").headers["Location"] == case
    assert "call_until" not in browser.session and rows(world, "end_call") == before + 1


def test_a_look_at_the_card_is_no_call(world: World, visits: Visits) -> None:
    browser = visits.by(SARA)
    browser.post(f"/arenden/{world.references['plain']}/visa/", {"field": "card"})
    assert "call_until" not in browser.session


def test_a_call_that_one_may_not_see_still_ends(world: World, visits: Visits) -> None:
    browser = visits.by(SARA)
    browser.post(f"/arenden/{world.references['plain']}/visa/", {"field": "card", "call": "1"})
    assert browser.post("/arenden/ZZZZ99/samtal-slut/").status_code == 404
    assert "call_until" not in browser.session


def test_what_is_copied_is_in_the_log(world: World, visits: Visits) -> None:
    browser, case = visits.by(SARA), f"/arenden/{world.references['plain']}/"
    assert "data-copy-field" in browser.post(f"{case}visa/", {"field": "phone"}).content.decode()
    assert browser.post(f"{case}kopierat/", {"field": "phone"}).status_code == 204
    assert rows(world, "copy_phone") == 1
    for wrong in ("text", "shoe_size", ""):
        assert browser.post(f"{case}kopierat/", {"field": wrong}).status_code == 404


def test_the_person_is_told_units_and_roles_and_names_after_an_assessment(world: World, visits: Visits) -> None:
    page = f"/arenden/{world.references['plain']}/logg/vem-har-last/"
    told = visits.by(SARA).get(page).content.decode()
    table = told.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "Handläggare" in table and "lämnas inte ut" in table and "Sara L" not in table
    assert visits.by(SARA).post(f"{page}provning/", {"outcome": "names_told"}).status_code == 404
    assert visits.by(LENA).post(f"{page}provning/", {}).status_code == 422
    assert visits.by(LENA).post(f"{page}provning/", {"outcome": "names_told"}).status_code == 302
    table = visits.by(SARA).get(page).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    assert "Sara L" in table and "lämnas inte ut" not in table
    assert visits.by(LENA).post(f"{page}provning/", {"outcome": "names_kept_danger"}).status_code == 302
    table = visits.by(SARA).get(page).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    assert "lämnas inte ut" in table and "Sara L" not in table
