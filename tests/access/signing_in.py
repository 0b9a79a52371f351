"""Signing in as a browser does it: people, their apps, and what the pages answered."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from langsikt.records.models import Staff

PASSWORD = "fyra-hästar-under-bron"
INSIDE = "/tvafaktor/oversikt/"
COOKIE = "__Host-langsikt"
TOO_MANY = "För många försök. Vänta 15 minuter"
MISMATCH = "Användarnamnet och lösenordet hör inte ihop."


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


def key_on(answer: Any) -> str:
    """The key that the page of enrolment shows."""
    found = re.search(r"data-key>([A-Z2-7 ]+)<", answer.content.decode())
    assert found
    return found.group(1).replace(" ", "")
