"""Failures are counted per person, never per address, and tell nobody who works here."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client

from langsikt.access import lockout
from langsikt.records.models import Staff
from tests.access.signing_in import (
    MISMATCH,
    PASSWORD,
    TOO_MANY,
    add_staff,
    browser,
    code_of,
    enrolled,
    errors_on,
    give_code,
    give_password,
    signed_in,
)

pytestmark = pytest.mark.usefixtures("database")


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
