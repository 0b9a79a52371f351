"""Who came in, who failed and who left: allauth's two adapters, which journal, lock, encrypt and speak our words."""

import base64
from typing import Any, ClassVar
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import logout as end_session
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from langsikt.access import journal, lockout, second_factor, sessions, vault
from langsikt.access.device import device_of
from langsikt.access.wording import spoken
from langsikt.model.texts import Text
from langsikt.records.models import Staff

MUST_WAIT = Text(
    "För många försök. Vänta 15 minuter och försök sedan igen.",
    "Too many attempts. Wait 15 minutes, then try again.",
)
MISMATCH = Text(
    "Användarnamnet och lösenordet hör inte ihop. Skriv båda igen.",
    "The user name and the password do not match. Type both again.",
)
WRONG_PASSWORD = Text("Lösenordet stämmer inte. Skriv det igen.", "The password is not right. Type it again.")
WRONG_CODE = Text(
    "Koden stämmer inte eller är redan använd. Vänta på nästa kod i appen och skriv den.",
    "The code is not right, or has been used. Wait for the next code in the app and type that.",
)
INACTIVE = Text("Kontot är stängt.", "The account is closed.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Password, session and journal. No sign-up, no e-mail, no messages kept anywhere."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": spoken(INACTIVE),
        "username_password_mismatch": spoken(MISMATCH),
        "incorrect_password": spoken(WRONG_PASSWORD),
        "enter_current_password": spoken(WRONG_PASSWORD),
        "incorrect_code": spoken(WRONG_CODE),
        "too_many_login_attempts": spoken(MUST_WAIT),
        "rate_limited": spoken(MUST_WAIT),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The person whose user name and password these are.

        Raises ValidationError when they must wait; the same for a user name that nobody has.
        """
        username = str(credentials.get("username") or "")
        with lockout.one_at_a_time(username):
            waiting = lockout.must_wait(request, username)
            staff = None if waiting else super().authenticate(request, **credentials)
        if staff is None:
            waiting = lockout.must_wait(request, username)
            write(request, "locked" if waiting else "failed", _id_of(username))
        if waiting:
            raise self.validation_error("too_many_login_attempts")
        return staff

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Lets the person in, after every stage."""
        super().login(request, user)
        sessions.begin(request.session, timezone.now(), device_of(request.headers.get("User-Agent", "")))
        write(request, "recovery_code" if _by_recovery_code(request, user) else "ok", user.pk, "sign_in")

    def logout(self, request: HttpRequest) -> None:
        """Lets the person out."""
        leave(request, "ok")

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """A new password; the person's other sessions end with the old one."""
        super().set_password(user, password)
        write(context.request, "ok", user.pk, "new_password")

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """The right password of a closed account."""
        write(request, "inactive", user.pk)
        return redirect("account_inactive")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Once more before a sensitive step; not for the first enrolment, right after the password."""
        return second_factor.proved(context.request)

    def get_login_stages(self) -> list[str]:
        """After the password comes the second factor, and nothing else."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Staff are added by the system administrator."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Answers are pages: allauth's JSON would repeat what was typed."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is kept: a page says itself what has happened."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is sent: a mail could be seen by the wrong eyes."""


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of the second factor are encrypted before they reach the database."""

    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, "incorrect_code": spoken(WRONG_CODE)}

    def encrypt(self, text: str) -> str:
        """A TOTP secret or the seed of the recovery codes, sealed."""
        return base64.b64encode(vault.seal_system("second_factor", text.encode())).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The opposite of ``encrypt``."""
        return vault.open_system("second_factor", base64.b64decode(encrypted_text)).decode()

    def build_totp_svg(self, url: str) -> str:
        """The picture for the app: without the prologue, which has no place in a page, and white also in the dark."""
        picture = str(super().build_totp_svg(url)).partition("?>")[2].strip()
        return picture.replace("><path", '><rect width="100%" height="100%" fill="#fff"/><path', 1)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The second factor is replaced, never removed by the person."""
        return False


def leave(request: HttpRequest, why: str, back: str = "") -> None:
    """Ends the session: ``ok`` when the person asked for it, else ``idle``, ``whole`` or ``unproved``.

    The language goes over into the next one, and ``back``: the page that only the same person comes back to.
    """
    write(request, why, request.user.pk, "sign_out")
    kept: dict[str, Any] = {"language": request.session["language"]} if "language" in request.session else {}
    if back:
        kept[sessions.BACK] = [str(request.user.pk), back]
    end_session(request)
    request.session.update(kept)


def write(request: HttpRequest, result: str, staff_id: UUID | None, action: str = "") -> None:
    """Journals a sign-in, or a confirmation by somebody who is already in. Never the user name."""
    known = "confirm" if request.user.is_authenticated else "sign_in"
    journal.signin(staff_id, action or known, result, timezone.now())


def reset(staff_id: UUID) -> None:
    """Takes away a lost second factor and ends every session of the person (the caller may do so, and journals)."""
    second_factor.forget(staff_id)
    sessions.end_all(staff_id)


def _id_of(username: str) -> UUID | None:
    found: UUID | None = Staff.objects.filter(username=username.strip().lower()).values_list("pk", flat=True).first()
    return found


def _by_recovery_code(request: HttpRequest, staff: AbstractBaseUser) -> bool:
    used = [record.get("type") for record in get_authentication_records(request, staff)]
    return Authenticator.Type.RECOVERY_CODES in used
