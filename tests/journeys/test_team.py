"""The manager's page by keyboard, on paper and in words: every number leads to its list."""

import re
from typing import Any

import pytest

from tests.journeys.desk import NARROW, Desk

pytestmark = pytest.mark.browser
MANAGER = "Lena K"


def test_the_manager_sees_where_support_falls_short(desk: Desk) -> None:
    # Given the manager of a unit where somebody's home ends in a few days
    desk.sits(MANAGER)
    desk.heading("Team")
    # Then the gap is first, in words, with its case worker and its length
    gaps = desk.page.get_by_role("region", name="Glapp").get_by_role("listitem")
    assert gaps.first.inner_text().split("\n")[1:] != []
    assert re.search(r"Bostad (från )?\d", gaps.first.inner_text())
    assert re.search(r"\d+ nätter|inget planerat efter", gaps.first.inner_text())
    # When she follows the reference, then the plan of the case says the same gap
    days = re.search(r"Bostad (.*)", gaps.first.inner_text())
    assert days is not None
    desk.open(gaps.first.get_by_role("link"))
    assert days[1].replace("från ", "") in desk.page.locator("main").inner_text()


def test_r5_follow_up_before_the_end_and_rows_of_short_decisions(desk: Desk) -> None:
    # Given a unit where some decisions ended without a follow-up, and one case got fortnight after fortnight
    desk.sits(MANAGER)
    card = desk.page.get_by_role("region", name="Uppföljning och byten")
    done, total = map(int, re.findall(r"(\d+) av (\d+)", card.inner_text())[0])
    assert 0 < done < total
    # When she opens the number, then the list holds just those that were not followed up, by reference and dates
    desk.open(card.get_by_role("link", name=re.compile(rf"^{done} av {total}")))
    missed = desk.page.get_by_role("region", name="Utan uppföljning före slutdatum").get_by_role("listitem")
    assert missed.count() == total - done
    assert re.search(r"^[A-Z0-9]{6}\s+Beslut \d+ \w+ \d{4} till och med \d+ \w+ \d{4}", missed.first.inner_text())
    # When she opens the decisions in a row, then the number, the days together and the median stand there
    desk.open(card.get_by_role("link", name=re.compile(r"^\d+ ärenden, visa dem")))
    rows = desk.page.get_by_role("region", name="Tre eller fler beslut i rad").get_by_role("listitem")
    assert any(
        re.search(r"\d+ beslut i rad, sammanlagt \d+ dagar, median 1[45] dagar", text)
        for text in rows.all_inner_texts()
    )
    # And the median of the year stands beside that of the year before
    desk.sees("året före", within="Beslutens längd")


def test_by_keyboard_every_list_is_reached(desk: Desk) -> None:
    desk.sits(MANAGER)
    links = desk.page.locator("main a[href*='visa=']")
    wanted = set(links.evaluate_all("found => found.map(a => a.getAttribute('href'))"))
    assert len(wanted) >= 8
    reached = tabbed(desk.page)
    assert wanted <= reached
    # Each opens on Enter, with the list as the place that the address names
    for href in sorted(wanted):
        desk.page.locator(f"main a[href='{href}']").first.focus()
        with desk.page.expect_navigation():
            desk.page.keyboard.press("Enter")
        assert desk.page.locator(f"#{href.partition('#')[2]}").count() == 1, href
        desk.menu("Team")


def tabbed(page: Any) -> set[str]:
    """The addresses of everything that Tab comes to."""
    found: set[str] = set()
    page.locator("h1").click()
    for _ in range(200):
        page.keyboard.press("Tab")
        found.add(page.evaluate("document.activeElement.getAttribute('href') || ''"))
        if page.evaluate("!!document.activeElement.closest('footer')"):
            break
    return found


def test_narrow_and_printed(desk: Desk) -> None:
    desk.sits(MANAGER)
    desk.page.set_viewport_size(NARROW)
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    desk.axe(desk.page)
    # On paper: the drawings stay, what can be pressed goes
    desk.page.emulate_media(media="print")
    assert desk.page.locator(".team-lane").first.is_visible()
    assert desk.page.locator(".team-bar svg").first.is_visible()
    assert not desk.page.locator(".team-approval .button").first.is_visible()
    assert not desk.page.locator(".title .buttons").is_visible()
    desk.page.emulate_media(media="screen")


def test_without_script(plain_desk: Desk) -> None:
    plain_desk.sits(MANAGER)
    plain_desk.open(plain_desk.page.get_by_role("link", name="glapp i bostad, 90 dagar"))
    rows = plain_desk.page.get_by_role("region", name="Glapp i bostad, 90 dagar").get_by_role("listitem")
    assert rows.count() >= 1
    plain_desk.follow("Visa alla ärenden")
    plain_desk.sees("Teamets ärenden")


def test_the_weights_are_in_sight_and_nobody_is_ranked(desk: Desk) -> None:
    desk.sits(MANAGER)
    desk.sees("Sammanvägt för hela teamet", within="Ärenden per fas")
    desk.page.get_by_text("Så räknas faserna").click()
    desk.sees("Natten är osäker eller okänd", within="Ärenden per fas")
    table = desk.page.get_by_role("region", name="Ärenden per handläggare")
    names = table.get_by_role("rowheader").all_inner_texts()
    assert len(names) >= 2 and names == sorted(names)
    assert not table.get_by_role("link").count() and not table.get_by_role("button").count()
    desk.sees("Siffrorna används aldrig för att bedöma prestation eller lön", within="Ärenden per handläggare")
    desk.axe(desk.page)
