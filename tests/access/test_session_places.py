"""Where one is signed in, signing out elsewhere at once, staying, locking, and coming back to the same page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from langsikt.access import sessions
from langsikt.access.device import device_of
from langsikt.records.models import Staff
from tests.access.signing_in import (
    COOKIE,
    INSIDE,
    add_staff,
    browser,
    code_of,
    enrolled,
    give_code,
    give_password,
    refused,
    signed_in,
)

pytestmark = pytest.mark.usefixtures("database")
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0"
AGENTS = {
    ("Chrome", "Windows"): f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36",
    ("Edge", "Windows"): f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/140",
    ("Firefox", "Linux"): "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    ("Safari", "iPhone"): "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1",
    ("Chrome", "Android"): f"Mozilla/5.0 (Linux; Android 15; Pixel 9) {CHROME} Mobile Safari/537.36",
    ("", ""): "curl",
}


@pytest.mark.parametrize(("device", "agent"), AGENTS.items())
def test_a_device_is_told_in_words(device: tuple[str, str], agent: str) -> None:
    assert device_of(agent) == device


def test_every_device_is_listed_and_ends_at_once(staff: Staff, clock: Any) -> None:
    secret = enrolled(staff)
    there = browser()
    there.defaults["HTTP_USER_AGENT"] = AGENTS["Safari", "iPhone"]
    give_password(there, staff.username)
    give_code(there, code_of(secret))
    clock.shift(60)
    here = signed_in(staff, secret)
    said = here.get(INSIDE).content.decode()
    assert "Safari på iPhone" in said and "den du använder nu" in said
    rows = re.findall(r'name="session" value="([0-9a-f]{40})"', said)
    assert rows == [sessions.row_of(there.cookies[COOKIE].value)], "one's own has no button"
    assert not refused(there)
    assert here.post("/inloggning/slut/", {"session": rows[0]}).status_code == 302
    assert "Du är utloggad där." in here.get(INSIDE).content.decode()
    assert refused(there) and not refused(here)


def test_nobody_ends_or_sees_the_session_of_somebody_else(staff: Staff) -> None:
    other = add_staff()
    theirs = signed_in(other, enrolled(other))
    here = signed_in(staff, enrolled(staff))
    row = sessions.row_of(theirs.cookies[COOKIE].value)
    assert row not in here.get(INSIDE).content.decode()
    assert here.post("/inloggning/slut/", {"session": row}).status_code == 302
    assert not refused(theirs)


def test_a_session_holds_the_device_in_words_and_not_what_the_browser_sent(staff: Staff) -> None:
    client = browser()
    client.defaults["HTTP_USER_AGENT"] = AGENTS["Chrome", "Android"]
    secret = enrolled(staff)
    give_password(client, staff.username)
    give_code(client, code_of(secret))
    row = Session.objects.get(pk=sessions.row_of(client.cookies[COOKIE].value))
    held = sessions.opened(row.pk, row.session_data)
    assert held[sessions.DEVICE] == ["Chrome", "Android"] and "Pixel" not in str(held)


def test_to_stay_is_to_be_there(staff: Staff, clock: Any) -> None:
    client = signed_in(staff, enrolled(staff))
    for _ in range(3):
        clock.shift(timedelta(minutes=13))
        assert client.post("/inloggning/kvar/").status_code == 204
    clock.shift(timedelta(minutes=15, seconds=1))
    late = client.post("/inloggning/kvar/")
    assert late.status_code == 302 and "cache" in late.headers["Clear-Site-Data"]
    assert refused(client)


def test_the_page_warns_before_it_ends_and_ends_before_the_server(staff: Staff, settings: Any) -> None:
    said = signed_in(staff, enrolled(staff)).get(INSIDE).content.decode()
    found = re.search(r'data-warn="(\d+)" data-end="(\d+)"', said)
    assert found
    warn, end = map(int, found.groups())
    assert warn == 12 * 60 and end == settings.SESSION_IDLE_AGE - sessions.SLIDE_EVERY == 15 * 60 - 10
    assert "data-idle" not in browser().get("/logga-in/").content.decode()


def locked(client: Client, path: str, **more: str) -> Any:
    return client.post("/logga-ut/", more, headers={"referer": f"http://localhost{path}"})


def home_after(member: Staff, client: Client, code: str) -> str:
    give_password(client, member.username)
    landed = give_code(client, code).headers["Location"]
    return str(client.get(landed).headers.get("Location", "")) if landed == "/" else landed


@pytest.mark.parametrize(
    ("left", "field", "back"),
    [
        ("/arenden/AAAAAA/arende/anteckning/", "note", "/arenden/AAAAAA/arende/anteckning/#note"),
        ("/arenden/AAAAAA/arende/anteckning/?from=x", "", "/arenden/AAAAAA/arende/anteckning/"),
        ("/arenden/AAAAAA/visa/", "", "/arenden/AAAAAA/"),
        ("/arenden/AAAAAA/trygghet/visa/", "", "/arenden/AAAAAA/trygghet/"),
        ("/arenden/AAAAAA/arende/anteckning/", 'note"><script>', "/arenden/AAAAAA/arende/anteckning/"),
        ("/finns-inte/", "", "/modellen/"),
        ("/losenord/", "", "/modellen/"),
    ],
)
def test_after_the_lock_one_comes_back_to_the_page_and_the_field(
    left: str, field: str, back: str, staff: Staff, clock: Any
) -> None:
    secret = enrolled(staff)
    client = signed_in(staff, secret)
    answer = locked(client, left, field=field)
    assert answer.headers["Location"] == "/logga-in/" and "storage" in answer.headers["Clear-Site-Data"]
    assert refused(client)
    clock.shift(60)
    assert home_after(staff, client, code_of(secret)) == back
    assert client.get("/").headers["Location"] == "/modellen/", "once"


def test_whoever_sits_down_next_is_not_led_to_the_page_of_before(staff: Staff, clock: Any) -> None:
    other = add_staff()
    client = signed_in(staff, enrolled(staff))
    locked(client, "/arenden/AAAAAA/")
    said = client.get("/logga-in/").content.decode()
    assert "AAAAAA" not in said
    assert home_after(other, client, code_of(enrolled(other))) == "/modellen/"


def test_a_page_elsewhere_is_nothing_to_come_back_to(staff: Staff, clock: Any) -> None:
    secret = enrolled(staff)
    client = signed_in(staff, secret)
    client.post("/logga-ut/", headers={"referer": "http://elsewhere.example/arenden/AAAAAA/"})
    clock.shift(60)
    assert home_after(staff, client, code_of(secret)) == "/modellen/"


def test_the_lock_after_the_idle_time_says_why_and_comes_back(staff: Staff, clock: Any) -> None:
    secret = enrolled(staff)
    for shift in (timedelta(minutes=14, seconds=51), timedelta(minutes=20)):
        clock.shift(60)
        client = signed_in(staff, secret)
        clock.shift(shift)
        locked(client, "/arenden/AAAAAA/arende/anteckning/", why="idle", field="note")
        assert "efter 15 minuter" in client.get("/logga-in/").content.decode()
        clock.shift(60)
        assert home_after(staff, client, code_of(secret)).endswith("#note")


def test_the_sign_in_page_is_kept_by_nobody_and_asks_nobody_else(database: None) -> None:
    answer = browser().get("/logga-in/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "http" not in policy and "*" not in policy
