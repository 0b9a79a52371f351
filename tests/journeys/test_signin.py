"""Sign-in as staff meet it: the first day, the night without a telephone, the mistyped password, the demo."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PASSWORD = "langsikt-demo-2026"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 700}
Axe = Callable[[Any], None]


@pytest.fixture(autouse=True, scope="module")
def as_laid_in(server: Any) -> Iterator[None]:
    server.reset()
    yield
    server.reset()


def examine(page: Any, axe: Axe) -> None:
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (page.url, size)
        axe(page)


def shown_in_app(key: str) -> str:
    """What an app that has scanned the picture shows now."""
    secret = base64.b32decode(key.replace(" ", ""))
    digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def give_password(page: Any, username: str, password: str = PASSWORD) -> None:
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord", exact=True).fill(password)
    page.get_by_role("button", name="Fortsätt").click()


def heading(page: Any, words: str) -> None:
    page.get_by_role("heading", level=1, name=words).wait_for()


def test_the_first_day_and_the_night_without_a_telephone(page: Any, axe: Axe) -> None:
    # Given a case worker who has never been here
    page.goto("/")
    heading(page, "Logga in")
    examine(page, axe)

    # When she gives her password, then she connects an app before anything else
    give_password(page, "elin.s")
    heading(page, "Koppla en app")
    examine(page, axe)
    page.get_by_label("Koden som appen visar").fill("000000")
    page.get_by_role("button", name="Koppla appen").click()
    page.get_by_role("alert").get_by_text("Koden stämmer inte").wait_for()
    examine(page, axe)
    key = re.search(r"Nyckel:\s*([A-Z2-7 ]+)", page.get_by_role("main").inner_text())
    assert key
    page.get_by_label("Koden som appen visar").fill(shown_in_app(key.group(1)))
    page.get_by_role("button", name="Koppla appen").click()

    # Then she gets her recovery codes, once
    heading(page, "Reservkoder")
    examine(page, axe)
    codes = page.get_by_role("listitem").filter(has_text=re.compile(r"^\d{8}$")).all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="Jag har skrivit av dem").click()
    heading(page, "Min dag")

    # When she locks the screen and the telephone is gone, then a recovery code lets her in, once
    page.get_by_role("button", name="Lås").click()
    heading(page, "Logga in")
    for attempt in ("once", "twice"):
        give_password(page, "elin.s")
        heading(page, "Kod från appen")
        examine(page, axe)
        page.get_by_label("Kod", exact=True).fill(codes[4])
        page.get_by_role("button", name="Logga in").click()
        if attempt == "once":
            heading(page, "Min dag")
            page.get_by_role("button", name="Lås").click()
    page.get_by_role("alert").get_by_text("Koden stämmer inte").wait_for()
    examine(page, axe)

    # And a sign-in that was begun can be given up
    page.get_by_role("button", name="Avbryt och börja om").click()
    heading(page, "Logga in")


def test_five_mistypings_and_the_colleague_beside(page: Any, axe: Axe) -> None:
    # Given somebody who mistypes the password five times
    page.goto("/")
    for _ in range(5):
        give_password(page, "tor.a", "fel-lösenord")
        page.get_by_role("alert").wait_for()
    # Then a clear answer says how long to wait, even for the right password
    page.get_by_role("alert").get_by_text("Vänta 15 minuter").wait_for()
    examine(page, axe)
    give_password(page, "tor.a")
    page.get_by_role("alert").get_by_text("Vänta 15 minuter").wait_for()
    # And in English
    page.get_by_role("button", name="English").click()
    heading(page, "Sign in")
    page.get_by_role("button", name="Svenska").click()
    # When the colleague at the next desk signs in, then nothing stops her
    give_password(page, "ingrid.f")
    heading(page, "Koppla en app")


def test_a_visitor_of_the_demo_picks_a_role(page: Any, axe: Axe) -> None:
    # Given a visitor who wants to look around
    page.goto("/")
    page.get_by_role("link", name="Välj en roll").click()
    heading(page, "Välj en roll")
    examine(page, axe)
    # When she picks somebody, then she is in without password and code
    page.get_by_role("button", name=re.compile("Sara L")).click()
    heading(page, "Min dag")
