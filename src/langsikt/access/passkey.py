"""Passkeys: a second factor that is bound to this house's address, so that it cannot be given to a false one."""

import json
import struct
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from langsikt.access import journal
from langsikt.access.second_factor import tried

STATE = "passkey"  # what was asked, in the sealed session until it is answered
VERIFIED = UserVerificationRequirement.PREFERRED
KIND = Authenticator.Type.WEBAUTHN
# What the library raises at an answer of the wrong shape, besides ValueError for one that does not fit.
NO_ANSWER = (AttributeError, LookupError, TypeError, ValueError, struct.error)


def begin_adding(request: HttpRequest, staff: AbstractBaseUser) -> dict[str, Any]:
    """What the browser is asked to make a passkey of; the person is a random number in it, never a name."""
    user = PublicKeyCredentialUserEntity(name="Långsikt", id=staff.pk.bytes, display_name="Långsikt")
    known = [held for _, held, _ in _held(staff)]
    asked, state = _server(request).register_begin(user, known, user_verification=VERIFIED)
    request.session[STATE] = state
    return dict(asked)


def add(request: HttpRequest, staff: AbstractBaseUser, answer: dict[str, Any], now: datetime) -> bool:
    """Keeps the passkey that the browser has made, sealed; False when the answer does not fit what was asked."""
    try:
        made = _server(request).register_complete(request.session.pop(STATE), answer)
    except NO_ANSWER:
        return False
    held = made.credential_data
    if held is None:
        return False
    Authenticator.objects.create(user_id=staff.pk, type=KIND, data=_sealed(held, made.counter))
    journal.signin(staff.pk, "add_passkey", "ok", now)
    return True


def remove(staff: AbstractBaseUser, which: str, now: datetime) -> None:
    """Takes away one of one's own passkeys; the app and the recovery codes remain."""
    if which.isdecimal() and Authenticator.objects.filter(user_id=staff.pk, type=KIND, pk=int(which)).delete()[0]:
        journal.signin(staff.pk, "remove_passkey", "ok", now)


def of(staff: AbstractBaseUser) -> list[Authenticator]:
    """The passkeys of a person, the oldest first."""
    return list(Authenticator.objects.filter(user_id=staff.pk, type=KIND).order_by("created_at"))


def begin_proving(request: HttpRequest, staff: AbstractBaseUser) -> dict[str, Any] | None:
    """What the browser is asked to sign; None for somebody without a passkey."""
    known = [held for _, held, _ in _held(staff)]
    if not known:
        return None
    asked, state = _server(request).authenticate_begin(known, user_verification=VERIFIED)
    request.session[STATE] = state
    return dict(asked)


def prove(request: HttpRequest, staff: AbstractBaseUser, answer: Any, now: datetime) -> Authenticator | None:
    """Tries the signature of a passkey. Raises MustWait, as ``second_factor.tried`` does."""
    return tried(request, staff, lambda: _signed(request, staff, answer), now)


def _signed(request: HttpRequest, staff: AbstractBaseUser, answer: Any) -> Authenticator | None:
    rows = list(_held(staff))
    try:
        response = AuthenticationResponse.from_dict(answer)
        used = _server(request).authenticate_complete(request.session.pop(STATE), [h for _, h, _ in rows], response)
        count = response.response.authenticator_data.counter
    except NO_ANSWER:
        return None
    for row, held, last in rows:
        if held.credential_id == used.credential_id and (count > last or count == last == 0):
            row.data = _sealed(held, count)
            row.save(update_fields=["data"])
            return row
    return None  # a count that has not grown is a copy of the passkey


def _server(request: HttpRequest) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(name="Långsikt", id=request.get_host().partition(":")[0]))


def _sealed(held: AttestedCredentialData, count: int) -> dict[str, str]:
    return {"sealed": encrypt(json.dumps([websafe_encode(held), count]))}


def _held(staff: AbstractBaseUser) -> Iterator[tuple[Authenticator, AttestedCredentialData, int]]:
    for row in of(staff):
        content, count = json.loads(decrypt(row.data["sealed"]))
        yield row, AttestedCredentialData(websafe_decode(content)), count
