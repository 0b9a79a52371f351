"""The screen that somebody leaves: locked by a key, asked about at 12 minutes, blank at 15, and back where one was."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.desk import Desk
from tests.journeys.test_signin import PASSWORD, give_password, heading, shown_in_app

pytestmark = pytest.mark.browser
WORDS = "Bergfinkens boplats"
LOCK = "Alt+Shift+L"
Axe = Callable[[Any], None]


def writes(desk: Desk) -> str:
    """Sara begins a note and stops in the middle of a word; gives the address."""
    desk.sits("Sara L")
    desk.menu("Ärenden")
    desk.open(desk.page.get_by_role("main").get_by_role("link", name=re.compile("^[A-Z0-9]{6}$")))
    desk.begin("Skriv anteckning")
    field = desk.page.locator("textarea").first
    field.fill("")
    field.press_sequentially(WORDS)
    return str(desk.page.url)


def signed_out(page: Any) -> None:
    heading(page, "Logga in")
    assert WORDS not in page.content() and re.fullmatch(r"https?://[^/]+/logga-in/", page.url), page.url
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie].join()") == "0,0,"


def test_the_key_locks_and_the_same_person_is_back_in_the_same_field(desk: Desk) -> None:
    where, page = writes(desk), desk.page
    with page.expect_navigation(url="**/logga-in/"):
        page.keyboard.press(LOCK)  # at once: the last letters are not kept yet
    signed_out(page)
    for way in (page.go_back, page.go_back, page.go_forward, page.reload):
        way()
        heading(page, "Logga in")
        assert WORDS not in page.content()
    page.goto("/demo/")
    desk.press("Sara L")
    page.locator("textarea").first.wait_for()
    assert page.url.partition("#")[0] == where
    assert page.locator("textarea").first.input_value() == WORDS
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_whoever_sits_down_next_begins_at_their_own_page(desk: Desk) -> None:
    writes(desk)
    desk.press("Lås")
    desk.page.goto("/demo/")
    desk.press("Lena K")
    assert "/arenden/" not in desk.page.url


def test_the_page_is_blank_before_anything_else_and_stays_so_while_the_server_is_away(desk: Desk) -> None:
    writes(desk)
    page = desk.page
    page.route("**/logga-ut/", lambda route: route.abort())
    page.route("**/utkast/**", lambda route: route.abort())
    page.keyboard.press(LOCK)
    page.locator(".blanked").get_by_text("Låst.").wait_for()
    shown = page.locator("body").inner_text().strip()
    assert shown.startswith("Låst.") and WORDS not in shown and page.title() == "Långsikt"
    page.get_by_text("inte sparat än").locator("visible=true").wait_for()
    page.emulate_media(media="print")
    assert page.locator("body").inner_text().strip().startswith("Låst. Det sista")
    page.emulate_media(media="screen")
    page.unroute_all()
    page.wait_for_url("**/logga-in/")
    signed_out(page)
    page.goto("/demo/")
    desk.press("Sara L")
    assert page.locator("textarea").first.input_value() == WORDS, "the words came through in the end"


def test_it_asks_at_12_and_is_blank_at_15(desk: Desk, axe: Axe) -> None:
    page = desk.page
    page.clock.install()
    writes(desk)
    page.clock.fast_forward("11:50")
    asked = page.get_by_role("status").filter(has_text="Är du kvar?")
    assert not asked.count()
    page.clock.fast_forward("00:15")
    asked.wait_for()
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA", "it takes no focus"
    desk.examine()
    desk.picture("kvar")
    with page.expect_response("**/inloggning/kvar/") as answered:
        page.keyboard.press("Alt+Shift+K")
    assert answered.value.status == 204
    asked.wait_for(state="hidden")
    page.clock.fast_forward("12:01")
    with page.expect_response("**/inloggning/kvar/"):
        page.get_by_role("button", name="Stanna kvar").click()
    page.clock.fast_forward("13:55")
    page.get_by_role("status").filter(has_text="om en minut").wait_for()
    page.clock.fast_forward("01:00")
    page.wait_for_url("**/logga-in/")
    page.get_by_text("efter 15 minuter").wait_for()
    signed_out(page)


def test_a_call_is_not_locked_and_ends_after_an_hour_at_most(desk: Desk) -> None:
    page = desk.page
    page.clock.install()
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")
    desk.press("Ring")
    card = page.get_by_text("Esc döljer").locator("visible=true").first
    card.wait_for()
    for _ in range(4):
        page.clock.fast_forward("12:01")
        assert card.is_visible() and not page.get_by_role("button", name="Stanna kvar").is_visible()
    with page.expect_navigation():
        page.clock.fast_forward("12:01")
    card.wait_for(state="hidden")


def test_a_lock_in_one_tab_is_a_lock_in_all(desk: Desk) -> None:
    writes(desk)
    tab = desk.page.context.new_page()
    tab.goto("/min-dag/")
    tab.keyboard.press(LOCK)
    for page in (tab, desk.page):
        page.wait_for_url("**/logga-in/")
        signed_out(page)


def test_a_passkey_takes_the_place_of_the_code(page: Any, axe: Axe) -> None:
    # Given somebody with an app, at a computer that can keep a passkey
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/")
    give_password(page, "elin.s")
    heading(page, "Koppla en app")
    key = re.search(r"Nyckel:\s*([A-Z2-7 ]+)", page.get_by_role("main").inner_text())
    assert key
    page.get_by_label("Koden som appen visar").fill(shown_in_app(key.group(1)))
    page.get_by_role("button", name="Koppla appen").click()
    heading(page, "Reservkoder")
    # When she adds a passkey
    page.goto("/tvafaktor/passnyckel/")
    heading(page, "Lägg till en passnyckel")
    axe(page)
    page.get_by_role("button", name="Lägg till").click()
    page.get_by_text("Passnyckeln är tillagd.").wait_for()
    axe(page)
    held = device.send("WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]})["credentials"]
    assert len(held) == 1 and not {"userName", "userDisplayName"} & {k for k, v in held[0].items() if "elin" in str(v)}
    # Then it lets her in, after the password
    page.keyboard.press(LOCK)
    heading(page, "Logga in")
    give_password(page, "elin.s", PASSWORD)
    heading(page, "Kod från appen")
    axe(page)
    page.get_by_role("button", name="Använd passnyckel").click()
    heading(page, "Min dag")
    # And a device without it is told to type the code
    page.keyboard.press(LOCK)
    heading(page, "Logga in")
    device.send("WebAuthn.clearCredentials", {"authenticatorId": made["authenticatorId"]})
    give_password(page, "elin.s", PASSWORD)
    page.get_by_role("button", name="Använd passnyckel").click()
    page.get_by_text("Passnyckeln användes inte").wait_for()
