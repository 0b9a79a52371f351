"""Sign-in: password, then a code; failures counted per person; sessions that end; nothing readable at rest."""

import base64
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from langsikt.access import lockout, sessions, signin
from langsikt.access.password import GuessableWordValidator
from langsikt.records.models import Staff

pytestmark = pytest.mark.usefixtures("database")

PASSWORD = "fyra-hästar-under-bron"
START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
INSIDE = "/tvafaktor/oversikt/"
COOKIE = "__Host-langsikt"
TOO_MANY = "För många försök. Vänta 15 minuter"
MISMATCH = "Användarnamnet och lösenordet hör inte ihop."


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def staff(clock: Any) -> Staff:
    return add_staff()


def add_staff(username: str = "") -> Staff:
    member = Staff(username=username or f"s{uuid4().hex[:12]}", short_name="Anna B")
    member.set_password(PASSWORD)
    member.save()
    return member


def enrolled(member: Staff) -> str:
    """Gives the person an app, and says its key."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(member, secret)
    RecoveryCodes.activate(member)
    return secret


def code_of(secret: str, steps: int = 0) -> str:
    at = int(datetime.now(UTC).timestamp()) // 30 + steps
    return totp.format_hotp_value(totp.hotp_value(secret, at))


def browser() -> Client:
    return Client(SERVER_NAME="localhost")


def give_password(client: Client, username: str, password: str = PASSWORD) -> Any:
    return client.post("/logga-in/", {"login": username, "password": password})


def give_code(client: Client, code: str) -> Any:
    return client.post("/tvafaktor/", {"code": code})


def signed_in(member: Staff, secret: str) -> Client:
    client = browser()
    assert give_password(client, member.username).headers["Location"] == "/tvafaktor/"
    assert give_code(client, code_of(secret)).status_code == 302
    assert client.get(INSIDE).status_code == 200
    return client


def refused(client: Client, path: str = INSIDE) -> bool:
    answer = client.get(path)
    return answer.status_code == 302 and answer.headers["Location"].startswith("/logga-in/")


def errors_on(answer: Any) -> str:
    found = re.search(r'class="errors".*?</div>', answer.content.decode(), re.S)
    return found.group(0) if found else ""


# Who comes in


def test_password_and_code_let_somebody_in(staff: Staff) -> None:
    secret = enrolled(staff)
    client = browser()
    assert refused(client)
    give_password(client, staff.username)
    assert refused(client), "the password alone opens nothing"
    give_code(client, code_of(secret))
    assert client.get(INSIDE).status_code == 200


def test_a_user_name_may_be_typed_in_capitals_and_with_spaces(staff: Staff) -> None:
    enrolled(staff)
    assert give_password(browser(), f" {staff.username.upper()} ").status_code == 302


def test_without_a_second_factor_nothing_opens_but_enrolment(staff: Staff) -> None:
    client = browser()
    give_password(client, staff.username)
    for path in (INSIDE, "/", "/losenord/", "/tvafaktor/reservkoder/", "/tvafaktor/reservkoder/nya/"):
        assert client.get(path).headers["Location"] == "/tvafaktor/app/", path
    assert client.post("/losenord/", {"password1": "x"}).headers["Location"] == "/tvafaktor/app/"


def test_enrolment_shows_the_recovery_codes_once(staff: Staff) -> None:
    client = browser()
    give_password(client, staff.username)
    key = re.search(r"data-key>([A-Z2-7 ]+)<", client.get("/tvafaktor/app/").content.decode())
    assert key
    secret = key.group(1).replace(" ", "")
    wrong = client.post("/tvafaktor/app/", {"code": "000000"})
    assert "Koden stämmer inte" in errors_on(wrong)
    before = client.cookies[COOKIE].value
    done = client.post("/tvafaktor/app/", {"code": code_of(secret)})
    assert done.headers["Location"] == "/tvafaktor/reservkoder/"
    assert client.cookies[COOKIE].value != before, "more rights, new key"
    codes = re.findall(r"<li>(\d{8})</li>", client.get("/tvafaktor/reservkoder/").content.decode())
    assert len(set(codes)) == 10
    assert not re.findall(r"\d{8}", client.get("/tvafaktor/reservkoder/").content.decode().split("<main")[1])
    assert client.get(INSIDE).status_code == 200


def test_a_new_app_replaces_the_old_and_ends_other_sessions(staff: Staff, clock: Any) -> None:
    secret = enrolled(staff)
    other = signed_in(staff, secret)
    clock.shift(60)
    client = signed_in(staff, secret)
    assert client.get("/tvafaktor/app/").headers["Location"].startswith("/logga-in/bekrafta/"), "confirm first"
    client.post("/logga-in/bekrafta/", {"password": PASSWORD, "next": "/tvafaktor/app/"})
    key = re.search(r"data-key>([A-Z2-7 ]+)<", client.get("/tvafaktor/app/").content.decode())
    assert key
    fresh = key.group(1).replace(" ", "")
    client.post("/tvafaktor/app/", {"code": code_of(fresh)})
    assert client.get(INSIDE).status_code == 200
    assert refused(other)
    clock.shift(60)
    late = browser()
    give_password(late, staff.username)
    give_code(late, code_of(secret))
    assert refused(late), "the old app is of no use"
    give_code(late, code_of(fresh))
    assert late.get(INSIDE).status_code == 200


def test_a_recovery_code_works_once(staff: Staff) -> None:
    enrolled(staff)
    code = Authenticator.objects.get(user=staff, type="recovery_codes").wrap().get_unused_codes()[3]
    first, second = browser(), browser()
    give_password(first, staff.username)
    give_code(first, f"{code[:4]} {code[4:]}")
    assert first.get(INSIDE).status_code == 200
    give_password(second, staff.username)
    assert "Koden stämmer inte" in errors_on(give_code(second, code))


def test_a_code_works_once_and_an_older_one_no_more(staff: Staff, clock: Any) -> None:
    secret = enrolled(staff)
    signed_in(staff, secret)
    client = browser()
    give_password(client, staff.username)
    for used_or_older in (code_of(secret), code_of(secret, -1)):
        assert "Koden stämmer inte" in errors_on(give_code(client, used_or_older))
    clock.shift(30)
    give_code(client, code_of(secret))
    assert client.get(INSIDE).status_code == 200


def test_a_closed_account_is_out_at_the_next_request(staff: Staff) -> None:
    client = signed_in(staff, enrolled(staff))
    Staff.objects.filter(pk=staff.pk).update(is_active=False)
    assert refused(client)
    assert give_password(browser(), staff.username).headers["Location"] == "/logga-in/stangt-konto/"


# Failures


def test_an_unknown_user_name_gets_the_same_answer(staff: Staff) -> None:
    def answer(username: str) -> list[str]:
        client = browser()
        pages = [give_password(client, username, "fel-lösenord") for _ in range(6)]
        neutral = [p.content.decode().replace(username, "NAME") for p in pages]
        return [re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page) for page in neutral]

    known, unknown = answer(staff.username), answer("x" + uuid4().hex[:12])
    assert known == unknown
    assert MISMATCH in known[3] and TOO_MANY in known[4] and TOO_MANY in known[5]


def test_five_failures_lock_the_person_and_nobody_else(staff: Staff, clock: Any) -> None:
    colleague = add_staff()
    enrolled(staff)
    enrolled(colleague)
    client = browser()
    said = [errors_on(give_password(client, staff.username, "fel-lösenord")) for _ in range(5)]
    assert [MISMATCH in words for words in said] == [True] * 4 + [False]
    assert TOO_MANY in errors_on(give_password(client, staff.username)), "the right password must wait too"
    assert give_password(browser(), colleague.username).status_code == 302, "same office, same address"
    clock.shift(timedelta(minutes=14, seconds=59))
    assert TOO_MANY in errors_on(give_password(client, staff.username))
    clock.shift(2)
    assert give_password(client, staff.username).status_code == 302


def test_trying_on_does_not_prolong_the_lockout(staff: Staff, clock: Any) -> None:
    enrolled(staff)
    client = browser()
    for _ in range(5):
        give_password(client, staff.username, "fel-lösenord")
    for _ in range(15):
        clock.shift(60)
        give_password(client, staff.username, "fel-lösenord")
    clock.shift(2)
    assert give_password(client, staff.username).status_code == 302


def test_wrong_codes_count_together_with_wrong_passwords(staff: Staff) -> None:
    secret = enrolled(staff)
    client = browser()
    for _ in range(3):
        give_password(client, staff.username, "fel-lösenord")
    give_password(client, staff.username)
    assert "Koden stämmer inte" in errors_on(give_code(client, "000000"))
    assert TOO_MANY in errors_on(give_code(client, "000001"))
    assert TOO_MANY in errors_on(give_code(client, code_of(secret))), "the right code must wait too"
    assert TOO_MANY in errors_on(give_password(browser(), staff.username))


def test_a_sign_in_clears_the_count(staff: Staff, clock: Any) -> None:
    secret = enrolled(staff)
    for _ in range(3):
        for _ in range(4):
            give_password(browser(), staff.username, "fel-lösenord")
        clock.shift(60)
        signed_in(staff, secret)


@pytest.mark.parametrize("knows_the_name", [True, False])
def test_twenty_tries_at_once_are_five_guesses(staff: Staff, knows_the_name: bool) -> None:
    username = staff.username if knows_the_name else "x" + uuid4().hex[:12]

    def guess(number: int) -> str:
        try:
            return errors_on(give_password(browser(), username, f"gissning-{number}"))
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        said = list(pool.map(guess, range(20)))
    counted = AccessAttempt.objects.filter(username=lockout.mark_of(None, {"username": username}))
    assert sum(row.failures_since_start for row in counted) == 5
    assert sum(MISMATCH in words for words in said) <= 4
    assert sum(TOO_MANY in words for words in said) >= 16


def test_a_code_is_spent_by_one_of_four_at_once(staff: Staff) -> None:
    secret = enrolled(staff)
    clients = [browser() for _ in range(4)]
    for client in clients:
        give_password(client, staff.username)

    def enter(client: Client) -> int:
        try:
            return int(give_code(client, code_of(secret)).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(enter, clients)) == [200, 200, 200, 302]


def test_a_wrong_old_password_counts(staff: Staff) -> None:
    client = signed_in(staff, enrolled(staff))
    new = {"password1": "tre-gäss-på-isen", "password2": "tre-gäss-på-isen"}
    for _ in range(4):
        assert "Lösenordet stämmer inte" in errors_on(client.post("/losenord/", {"oldpassword": "fel", **new}))
    assert TOO_MANY in errors_on(client.post("/losenord/", {"oldpassword": "fel", **new}))
    assert TOO_MANY in errors_on(client.post("/losenord/", {"oldpassword": PASSWORD, **new}))


@pytest.mark.parametrize(
    "typed",
    [{}, {"login": ""}, {"login": "a\0b", "password": "x"}, {"login": "a" * 100_000, "password": "b" * 100_000}],
)
def test_bad_input_is_answered_at_the_field(clock: Any, typed: dict[str, str]) -> None:
    answer = browser().post("/logga-in/", typed)
    assert answer.status_code == 200 and errors_on(answer)


# Sessions


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
        assert client.post("/arenden/AAAAAA/utkast/write_note/", {}).status_code != 401
    clock.shift(11)
    assert client.post("/arenden/AAAAAA/utkast/write_note/", {}).status_code == 401
    assert refused(client)


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


# What lies in the database


def test_a_stored_session_holds_neither_its_key_nor_its_content(staff: Staff) -> None:
    Session.objects.all().delete()
    client = browser()
    give_password(client, staff.username)
    key = re.search(r"data-key>([A-Z2-7 ]+)<", client.get("/tvafaktor/app/").content.decode())
    assert key
    row = Session.objects.get()
    readable = row.session_data.encode() + base64.b64decode(row.session_data) + row.session_key.encode()
    for secret in (key.group(1).replace(" ", ""), str(staff.pk), staff.username, client.cookies[COOKIE].value):
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


# The journal


def test_sign_ins_are_journaled(staff: Staff, owner: Any, clock: Any) -> None:
    secret = enrolled(staff)
    client = browser()
    give_password(client, staff.username, "fel-lösenord")
    clock.shift(1)
    give_password(client, staff.username)
    give_code(client, "000000")
    clock.shift(1)
    give_code(client, code_of(secret))
    clock.shift(1)
    client.post("/logga-ut/")
    clock.shift(60)
    idle = signed_in(staff, secret)
    clock.shift(timedelta(minutes=16))
    assert refused(idle)
    for _ in range(5):
        clock.shift(1)
        give_password(browser(), staff.username, "fel-lösenord")
    assert rows(owner, staff) == [
        ("sign_in", "failed"),
        ("second_factor", "failed"),
        ("sign_in", "ok"),
        ("sign_out", "ok"),
        ("sign_in", "ok"),
        ("sign_out", "idle"),
        *[("sign_in", "failed")] * 4,
        ("sign_in", "locked"),
    ]


def test_an_unknown_user_name_is_journaled_without_the_name(owner: Any, clock: Any) -> None:
    typed = "x" + uuid4().hex[:12]
    before = len(rows(owner, None))
    give_password(browser(), typed, "fel-lösenord")
    assert len(rows(owner, None)) == before + 1
    everything = owner.execute("SELECT j::text FROM records_journalentry j").fetchall()
    assert typed not in str(everything)


def rows(owner: Any, member: Staff | None) -> list[tuple[str, str]]:
    found = owner.execute(
        "SELECT action, result FROM records_journalentry WHERE actor IS NOT DISTINCT FROM %s ORDER BY at, id",
        [member.pk if member else None],
    )
    return [(action, result) for action, result in found.fetchall()]


# What is mounted


def test_only_the_routes_in_use_are_mounted() -> None:
    from langsikt.config import signin_urls

    assert {(str(route.pattern), route.name) for route in signin_urls.urlpatterns} == {
        ("logga-in/", "account_login"),
        ("logga-in/stangt-konto/", "account_inactive"),
        ("logga-in/bekrafta/", "account_reauthenticate"),
        ("logga-ut/", "account_logout"),
        ("losenord/", "account_change_password"),
        ("tvafaktor/", "mfa_authenticate"),
        ("tvafaktor/bekrafta/", "mfa_reauthenticate"),
        ("tvafaktor/oversikt/", "mfa_index"),
        ("tvafaktor/app/", "mfa_activate_totp"),
        ("tvafaktor/reservkoder/", "mfa_view_recovery_codes"),
        ("tvafaktor/reservkoder/nya/", "mfa_generate_recovery_codes"),
    }
    for absent in ("account_signup", "account_email", "account_reset_password", "mfa_deactivate_totp"):
        with pytest.raises(NoReverseMatch):
            reverse(absent)


def test_every_page_of_sign_in_shows(staff: Staff) -> None:
    client = signed_in(staff, enrolled(staff))
    client.post("/logga-in/bekrafta/", {"password": PASSWORD})
    for path in (INSIDE, "/losenord/", "/tvafaktor/app/", "/tvafaktor/reservkoder/", "/tvafaktor/reservkoder/nya/"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "no-store" in answer.headers["Cache-Control"], path
    for path in ("/logga-in/bekrafta/", "/tvafaktor/bekrafta/", "/logga-ut/", "/logga-in/stangt-konto/"):
        assert client.get(path).status_code == 200, path


def test_confirming_by_code_spends_it(staff: Staff, clock: Any) -> None:
    secret = enrolled(staff)
    client = signed_in(staff, secret)
    assert "Koden stämmer inte" in errors_on(client.post("/tvafaktor/bekrafta/", {"code": code_of(secret)}))
    clock.shift(30)
    done = client.post("/tvafaktor/bekrafta/", {"code": code_of(secret), "next": "/tvafaktor/reservkoder/nya/"})
    assert done.headers["Location"] == "/tvafaktor/reservkoder/nya/"
    made = client.post("/tvafaktor/reservkoder/nya/")
    assert made.headers["Location"] == "/tvafaktor/reservkoder/"


def test_nobody_is_led_to_another_site_after_sign_in(staff: Staff) -> None:
    secret = enrolled(staff)
    client = browser()
    client.post("/logga-in/", {"login": staff.username, "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert "elsewhere" not in give_code(client, code_of(secret)).headers["Location"]


@pytest.mark.parametrize(
    "password", ["Sommar2026!", "Stockholm2026", "Midsommar!!1234", "sommarsommar1", "123456789012"]
)
def test_an_everyday_word_with_digits_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        GuessableWordValidator().validate(password)


def test_several_words_are_taken() -> None:
    GuessableWordValidator().validate(PASSWORD)


def test_all_sessions_of_one_person_end_and_nobody_elses(staff: Staff) -> None:
    colleague = add_staff()
    mine, theirs = signed_in(staff, enrolled(staff)), signed_in(colleague, enrolled(colleague))
    assert sessions.end_all(staff.pk) == 1
    assert refused(mine) and theirs.get(INSIDE).status_code == 200
