"""The second factor: a code from the person's app, good once, or a sealed recovery code, good once."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest

from langsikt.access import journal, lockout, sessions

TYPED = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


class MustWait(Exception):
    """Too many failures: nothing is tried until the time is out."""


def enrolled(staff: AbstractBaseUser) -> bool:
    """Whether the person has an app that shows codes."""
    return bool(Authenticator.objects.filter(user_id=staff.pk, type=Authenticator.Type.TOTP).exists())


def proved(request: HttpRequest) -> bool:
    """Whether this session has seen a second factor."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def may_see_codes(request: HttpRequest) -> bool:
    """Whether there are recovery codes, and the person has just shown who they are."""
    codes = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.RECOVERY_CODES)
    return bool(did_recently_reauthenticate(request) and codes.exists())


def prove(request: HttpRequest, staff: AbstractBaseUser, code: str, now: datetime) -> Authenticator | None:
    """Tries a code of either kind and spends it. Raises MustWait, as ``tried`` does."""
    return tried(request, staff, lambda: _spent(staff, code), now)


def tried(
    request: HttpRequest, staff: AbstractBaseUser, attempt: Callable[[], Authenticator | None], now: datetime
) -> Authenticator | None:
    """One try of any second factor, alone of its person; a failure counts together with failed passwords.

    Raises MustWait, both for somebody who must wait and for the failure after which they must.
    """
    username = staff.get_username()
    with lockout.one_at_a_time(username):
        found = None if lockout.must_wait(request, username) else attempt()
        if found is None:
            lockout.count_failure(request, username)
    if found is None:
        waiting = lockout.must_wait(request, username)
        journal.signin(staff.pk, "second_factor", "locked" if waiting else "failed", now)
        if waiting:
            raise MustWait
    return found


def enrol(request: HttpRequest, staff: AbstractBaseUser, secret: str, code: str, now: datetime) -> None:
    """Takes the app that shows ``code`` into use in place of an earlier one, and ends the person's other sessions.

    Recovery codes are made if there are none.
    """
    with transaction.atomic():
        Authenticator.objects.filter(user_id=staff.pk, type=Authenticator.Type.TOTP).delete()
        app = totp.TOTP.activate(staff, secret).instance
        _spend_app_code(app, code)
        RecoveryCodes.activate(staff)
    totp.clear_totp_secret(request)
    record_authentication(request, staff, "mfa", id=app.pk, type=app.type, reauthenticated=True)
    request.session.cycle_key()
    sessions.end_all(staff.pk, but=request.session.session_key)
    journal.signin(staff.pk, "enrol", "ok", now)


def forget(staff_id: UUID) -> None:
    """Removes the app and the recovery codes: the person enrols anew at the next sign-in."""
    Authenticator.objects.filter(user_id=staff_id).delete()


def _spent(staff: AbstractBaseUser, code: str) -> Authenticator | None:
    for factor in Authenticator.objects.filter(user_id=staff.pk, type__in=TYPED):
        is_app = factor.type == Authenticator.Type.TOTP
        if _spend_app_code(factor, code) if is_app else factor.wrap().validate_code(code):
            return factor
    return None


def _spend_app_code(app: Authenticator, code: str) -> bool:
    """allauth remembers used codes in a cache, per process and for 30 of 90 seconds; here the row remembers."""
    secret, last = decrypt(app.data["secret"]), app.data.get("spent", 0)
    for counter in totp.yield_hotp_counters_from_time():
        expected = totp.format_hotp_value(totp.hotp_value(secret, counter))
        if counter > last and compare_user_code(actual=code, expected=expected):
            app.data["spent"] = counter
            app.save(update_fields=["data"])
            return True
    return False
