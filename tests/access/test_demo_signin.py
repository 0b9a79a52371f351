"""The demo's sign-in opens only in a database that bears the demo's mark, and only for the made-up people."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import Client, override_settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from devtools import people, signin, totp
from langsikt.access.second_factor import enrolled
from langsikt.records.models import Staff

pytestmark = pytest.mark.usefixtures("database")

DEMO = override_settings(ROOT_URLCONF="devtools.urls")
INSIDE = "/tvafaktor/oversikt/"


def add(username: str) -> Staff:
    member, _ = Staff.objects.get_or_create(username=username, defaults={"short_name": username})
    return member


def mark(owner: Any, kind: str) -> None:
    owner.execute("DELETE FROM records_installation")
    owner.execute(
        "INSERT INTO records_installation (id, kind, founded_at, key_check, prints, attested)"
        " VALUES (1, %s, now(), '\\x00', '{}', '{}')",
        [kind],
    )


def pick(username: str) -> Any:
    return Client(SERVER_NAME="localhost").post("/demo/", {"username": username})


@DEMO
def test_a_visitor_is_in_as_the_person_picked(owner: Any) -> None:
    mark(owner, "demo")
    sara = add(people.SARA)
    client = Client(SERVER_NAME="localhost")
    assert client.post("/demo/", {"username": people.SARA}).status_code == 302
    assert client.get(INSIDE).status_code == 200, "no second factor is asked for"
    journaled = owner.execute("SELECT action, result FROM records_journalentry WHERE actor = %s", [sara.pk]).fetchall()
    assert journaled == [("sign_in", "ok")]


@DEMO
def test_nobody_but_the_made_up_people(owner: Any) -> None:
    mark(owner, "demo")
    real = add("r" + uuid4().hex[:12])
    for username in (real.username, "", "nobody"):
        assert pick(username).status_code == 404


@DEMO
def test_without_the_mark_there_is_no_such_page(owner: Any) -> None:
    add(people.SARA)
    owner.execute("DELETE FROM records_installation")
    assert pick(people.SARA).status_code == 404
    mark(owner, "production")
    assert pick(people.SARA).status_code == 404
    with pytest.raises(Http404):
        signin.open_session(people.SARA, datetime.now(UTC))


def test_the_app_itself_has_no_such_address() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("demo_signin")
    with pytest.raises(Resolver404):
        resolve("/demo/")
    answers = [
        Client(SERVER_NAME="localhost").post(path, {"username": people.SARA}) for path in ("/demo/", "/made-up/")
    ]
    assert [answer.headers["Location"] for answer in answers] == ["/logga-in/?next=/", "/logga-in/?next=/"]


@DEMO
def test_an_opened_session_is_one(owner: Any) -> None:
    mark(owner, "demo")
    add(people.SARA)
    client = Client(SERVER_NAME="localhost")
    client.cookies["__Host-langsikt"] = signin.open_session(people.SARA, datetime.now(UTC))
    assert client.get(INSIDE).status_code == 200


@DEMO
def test_the_stand_in_for_a_telephone_shows_a_code_that_works(owner: Any) -> None:
    mark(owner, "demo")
    omar = add(people.OMAR)
    omar.set_password(people.DEMO_PASSWORD)
    omar.save()
    code = totp.code_of(omar.pk, datetime.now(UTC))
    assert enrolled(omar)
    client = Client(SERVER_NAME="localhost")
    client.post("/logga-in/", {"login": people.OMAR, "password": people.DEMO_PASSWORD})
    client.post("/tvafaktor/", {"code": code})
    assert client.get(INSIDE).status_code == 200


def test_what_make_run_prints_leads_there() -> None:
    said = "\n".join(signin.lines())
    assert "/demo/" in said and people.DEMO_PASSWORD in said and "devtools.totp" in said
