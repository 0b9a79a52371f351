"""Passkeys without a browser: what does not fit is counted and refused, and each person removes one's own only."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from langsikt.records.models import Staff
from tests.access.signing_in import (
    INSIDE,
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
NOT_USED = "Passnyckeln användes inte"
# Shaped as a browser answers, signed by nobody.
FALSE = {
    "id": "AAAA",
    "rawId": "AAAA",
    "type": "public-key",
    "response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA"},
    "clientExtensionResults": {},
}


@pytest.mark.parametrize("answer", ["", "{", "[]", "1", '"x"', "{}", json.dumps(FALSE)])
def test_what_is_no_signature_lets_nobody_in(answer: str, staff: Staff) -> None:
    secret = enrolled(staff)
    client = browser()
    give_password(client, staff.username)
    said = client.post("/tvafaktor/", {"credential": answer})
    assert said.status_code == 200 and NOT_USED in errors_on(said), answer
    assert client.get(INSIDE).status_code == 302
    assert give_code(client, code_of(secret)).status_code == 302, "the code still works"


def test_false_passkeys_count_together_with_wrong_codes(staff: Staff) -> None:
    secret = enrolled(staff)
    client = browser()
    give_password(client, staff.username)
    for _ in range(3):
        client.post("/tvafaktor/", {"credential": json.dumps(FALSE)})
    for _ in range(2):
        give_code(client, "000000")
    assert TOO_MANY in errors_on(give_code(client, code_of(secret)))


def test_adding_asks_who_one_is_and_takes_no_false_answer(staff: Staff, clock: Any) -> None:
    client = signed_in(staff, enrolled(staff))
    clock.shift(6 * 60)
    assert client.get("/tvafaktor/passnyckel/").headers["Location"].startswith("/logga-in/bekrafta/")
    client.post("/logga-in/bekrafta/", {"password": PASSWORD})
    page = client.get("/tvafaktor/passnyckel/").content.decode()
    assert "passkey-asked" in page and staff.username not in page.partition("passkey-asked")[2]
    said = client.post("/tvafaktor/passnyckel/", {"credential": json.dumps(FALSE)})
    assert said.status_code == 200 and "blev inte tillagd" in errors_on(said)
    assert not Authenticator.objects.filter(user_id=staff.pk, type="webauthn").exists()


def test_nobody_removes_the_passkey_of_somebody_else(staff: Staff) -> None:
    other = add_staff()
    theirs = Authenticator.objects.create(user_id=other.pk, type="webauthn", data={"sealed": ""})
    app = Authenticator.objects.filter(user_id=staff.pk, type="totp")
    client = signed_in(staff, enrolled(staff))
    client.post("/logga-in/bekrafta/", {"password": PASSWORD})
    for which in (theirs.pk, app.get().pk, "x"):
        assert client.post("/tvafaktor/passnyckel/bort/", {"passkey": which}).status_code == 302
    assert Authenticator.objects.filter(pk=theirs.pk).exists() and app.exists()
