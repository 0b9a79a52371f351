"""Sign-in: a password, then a code; what is mounted, and what is journaled."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, reverse

from langsikt.access import sessions
from langsikt.access.password import GuessableWordValidator
from langsikt.records.models import Staff
from tests.access.signing_in import (
    COOKIE,
    INSIDE,
    PASSWORD,
    add_staff,
    browser,
    code_of,
    enrolled,
    errors_on,
    give_code,
    give_password,
    key_on,
    refused,
    signed_in,
)

pytestmark = pytest.mark.usefixtures("database")


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
    secret = key_on(client.get("/tvafaktor/app/"))
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
    fresh = key_on(client.get("/tvafaktor/app/"))
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
        ("tvafaktor/passnyckel/", "mfa_add_passkey"),
        ("tvafaktor/passnyckel/bort/", "mfa_remove_passkey"),
        ("tvafaktor/reservkoder/", "mfa_view_recovery_codes"),
        ("tvafaktor/reservkoder/nya/", "mfa_generate_recovery_codes"),
    }
    unused = ("account_signup", "account_email", "account_reset_password", "mfa_deactivate_totp", "mfa_login_webauthn")
    for absent in unused:
        with pytest.raises(NoReverseMatch):
            reverse(absent)


def test_every_page_of_sign_in_shows(staff: Staff) -> None:
    client = signed_in(staff, enrolled(staff))
    client.post("/logga-in/bekrafta/", {"password": PASSWORD})
    sensitive = ("/tvafaktor/app/", "/tvafaktor/passnyckel/", "/tvafaktor/reservkoder/", "/tvafaktor/reservkoder/nya/")
    for path in (INSIDE, "/losenord/", *sensitive):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "no-store" in answer.headers["Cache-Control"], path
    for path in ("/logga-in/bekrafta/", "/tvafaktor/bekrafta/", "/logga-ut/", "/logga-in/stangt-konto/"):
        assert client.get(path).status_code == 200, path


def test_recovery_codes_stay_hidden_from_whoever_finds_an_open_screen(staff: Staff, clock: Any) -> None:
    secret = enrolled(staff)
    client = signed_in(staff, secret)
    codes = Authenticator.objects.get(user=staff, type="recovery_codes").wrap().get_unused_codes()
    hidden = client.get("/tvafaktor/reservkoder/").content.decode()
    assert not [code for code in codes if code in hidden]
    client.post("/logga-in/bekrafta/", {"password": PASSWORD})
    seen = client.get("/tvafaktor/reservkoder/").content.decode()
    assert [code for code in codes if code in seen] == codes


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
