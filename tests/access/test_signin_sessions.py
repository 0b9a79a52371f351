"""Sessions end by idle time, by whole time and by hand, and nothing of sign-in is readable at rest."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from langsikt.access import lockout, sessions, signin
from langsikt.records.models import Staff
from tests.access.signing_in import (
    COOKIE,
    INSIDE,
    PASSWORD,
    browser,
    code_of,
    enrolled,
    give_code,
    give_password,
    key_on,
    refused,
    signed_in,
)

pytestmark = pytest.mark.usefixtures("database")


def test_a_session_ends_after_fifteen_idle_minutes(staff: Staff, clock: Any) -> None:
    client = signed_in(staff, enrolled(staff))
    for _ in range(4):
        clock.shift(timedelta(minutes=14))
        assert client.get(INSIDE).status_code == 200, "in use"
    clock.shift(timedelta(minutes=15, seconds=1))
    assert refused(client)
    assert "efter 15 minuter" in client.get("/logga-in/").content.decode()
    assert "efter 15 minuter" not in client.get("/logga-in/").content.decode()


def test_an_autosave_does_not_keep_a_session_alive(staff: Staff, clock: Any) -> None:
    client = signed_in(staff, enrolled(staff))
    for _ in range(10):
        clock.shift(89)
        assert client.post("/arenden/AAAAAA/utkast/write_note/", {}).status_code == 404
    clock.shift(11)
    late = client.post("/arenden/AAAAAA/utkast/write_note/", {})
    assert late.status_code == 302 and late.headers["Location"].startswith("/logga-in/")
    assert refused(client)


def test_the_idle_lock_waits_while_somebody_calls_for_an_hour_at_most(clock: Any) -> None:
    began = datetime.now(UTC)
    session = sessions.SessionStore()
    sessions.begin(session, began)
    sessions.begin_call(session, began + timedelta(minutes=60))
    said = [sessions.over(session, began + timedelta(minutes=m)) for m in (14, 16, 59, 61)]
    assert said == ["", "", "", "idle"]
    sessions.end_call(session)
    assert sessions.over(session, began + timedelta(minutes=16)) == "idle", "the call is over, and the lock counts"
    sessions.begin_call(session, began + timedelta(hours=11))
    assert sessions.over(session, began + timedelta(hours=10, minutes=1)) == "whole", "no call outlasts the whole time"


def test_a_session_ends_after_ten_hours_however_busy(staff: Staff, clock: Any) -> None:
    client = signed_in(staff, enrolled(staff))
    for _ in range(60):
        clock.shift(timedelta(minutes=10))
        assert client.get(INSIDE).status_code == 200
    clock.shift(1)
    assert refused(client)


def test_a_form_sent_too_late_leads_back_to_its_page(clock: Any) -> None:
    late = browser().post("/losenord/", {}, headers={"referer": "http://localhost/arenden/AAAAAA/"})
    assert late.headers["Location"] == "/logga-in/?next=/arenden/AAAAAA/"
    late = browser().post("/losenord/", {}, headers={"referer": "http://elsewhere.example/x/"})
    assert late.headers["Location"] == "/logga-in/?next=/"


def test_the_key_changes_at_sign_in_and_dies_at_sign_out(staff: Staff) -> None:
    secret = enrolled(staff)
    client = browser()
    give_password(client, staff.username)
    before = client.cookies[COOKIE].value
    give_code(client, code_of(secret))
    after = client.cookies[COOKIE].value
    assert before != after
    answer = client.post("/logga-ut/")
    assert answer.headers["Location"] == "/logga-in/" and "cache" in answer.headers["Clear-Site-Data"]
    for old in (before, after):
        stolen = browser()
        stolen.cookies[COOKIE] = old
        assert refused(stolen)


def test_only_the_language_outlives_the_session(staff: Staff) -> None:
    Session.objects.all().delete()
    client = signed_in(staff, enrolled(staff))
    client.post("/sprak/", {"language": "en", "next": INSIDE})
    client.post("/logga-ut/")
    assert "Sign in" in client.get("/logga-in/").content.decode()
    row = Session.objects.get()
    assert sessions.opened(row.pk, row.session_data).keys() == {"language"}


def test_a_link_signs_nobody_out(staff: Staff) -> None:
    client = signed_in(staff, enrolled(staff))
    assert client.get("/logga-ut/").status_code == 200
    assert client.get(INSIDE).status_code == 200


def test_a_begun_sign_in_can_be_cancelled(staff: Staff) -> None:
    enrolled(staff)
    client = browser()
    give_password(client, staff.username)
    assert client.get("/logga-in/").headers["Location"] == "/tvafaktor/"
    client.post("/logga-ut/")
    assert client.get("/logga-in/").status_code == 200


def test_a_new_password_ends_the_other_sessions(staff: Staff, clock: Any) -> None:
    secret = enrolled(staff)
    other = signed_in(staff, secret)
    clock.shift(60)
    client = signed_in(staff, secret)
    new = "tre-gäss-på-isen"
    answer = client.post("/losenord/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.headers["Location"] == INSIDE
    assert "Lösenordet är bytt." in client.get(INSIDE).content.decode()
    assert refused(other)
    assert give_password(browser(), staff.username, new).status_code == 302


def test_a_lost_second_factor_can_be_taken_away(staff: Staff) -> None:
    client = signed_in(staff, enrolled(staff))
    signin.reset(staff.pk)
    assert refused(client)
    again = browser()
    give_password(again, staff.username)
    assert again.get(INSIDE).headers["Location"] == "/tvafaktor/app/"


def test_the_cookies_belong_to_this_host_alone(staff: Staff) -> None:
    client = browser()
    client.get("/logga-in/")
    give_password(client, staff.username)
    for name in (COOKIE, "__Host-csrf"):
        cookie = client.cookies[name]
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Strict", name
        assert cookie["path"] == "/" and not cookie["domain"] and not cookie["max-age"], name


def test_a_stored_session_holds_neither_its_key_nor_its_content(staff: Staff) -> None:
    Session.objects.all().delete()
    client = browser()
    give_password(client, staff.username)
    key = key_on(client.get("/tvafaktor/app/"))
    row = Session.objects.get()
    readable = row.session_data.encode() + base64.b64decode(row.session_data) + row.session_key.encode()
    for secret in (key, str(staff.pk), staff.username, client.cookies[COOKIE].value):
        assert secret.encode() not in readable
    stolen = browser()
    stolen.cookies[COOKIE] = row.session_key
    assert refused(stolen), "what a stolen copy holds is no key"


def test_a_session_moved_or_altered_is_no_session(staff: Staff, clock: Any) -> None:
    Session.objects.all().delete()
    secret = enrolled(staff)
    signed_in(staff, secret)
    victim = Session.objects.get()
    guest = browser()
    give_password(guest, staff.username)
    row = Session.objects.exclude(pk=victim.pk).get()
    assert client_is_in(guest, row.pk, row.session_data) is False
    assert client_is_in(guest, row.pk, victim.session_data) is False
    assert client_is_in(guest, row.pk, "AAAA" + victim.session_data[4:]) is False
    assert client_is_in(guest, row.pk, "å") is False


def client_is_in(client: Client, row: str, content: str) -> bool:
    Session.objects.filter(pk=row).update(session_data=content)
    return not refused(client)


def test_the_second_factor_lies_sealed(staff: Staff) -> None:
    secret = enrolled(staff)
    app = Authenticator.objects.get(user=staff, type="totp")
    codes = Authenticator.objects.get(user=staff, type="recovery_codes")
    assert secret.encode() not in base64.b64decode(app.data["secret"]) and secret not in str(app.data)
    seed = signin.MfaAdapter().decrypt(codes.data["seed"])
    assert len(seed) == 80 and seed not in str(codes.data)
    assert signin.MfaAdapter().decrypt(app.data["secret"]) == secret, "the scanner would have known it"


def test_failures_are_counted_without_names_words_or_addresses(staff: Staff) -> None:
    enrolled(staff)
    typed = "lösenordet-i-fel-ruta"
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.77")
    give_password(client, typed, "också-fel")
    give_password(client, staff.username, "också-fel")
    give_password(client, staff.username)
    give_code(client, "314159")
    with connection.cursor() as cursor:
        cursor.execute("SELECT a::text FROM axes_accessattempt a")
        stored = "\n".join(row[0] for row in cursor.fetchall())
    assert lockout.mark_of(None, {"username": typed}) in stored, "something is stored"
    for word in (typed, staff.username, "också-fel", PASSWORD, "314159", "192.0.2.77"):
        assert word not in stored
