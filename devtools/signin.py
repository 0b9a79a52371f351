"""The demo's sign-in: a visitor picks a made-up person and is in, in a database that bears the demo's mark."""

import os
from datetime import datetime

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from devtools import people
from langsikt.access import sessions
from langsikt.access.signin import AccountAdapter
from langsikt.cli import port
from langsikt.model.load import METHOD
from langsikt.pages.signin import SignInView

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class DemoSignInView(SignInView):
    """The real sign-in, with a way to the choice of role beside it."""

    template_name = "devtools/login.html"


@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """GET: the made-up people by role. POST ``username``: in as that person, without password or code."""
    refuse_outside_demo()
    if request.method == "POST":
        enter(request, known(request.POST.get("username", "")))
        return redirect("home")
    roles = dict.fromkeys(member.role for member in people.STAFF)
    groups = [(METHOD.roles[role], [m for m in people.STAFF if m.role == role]) for role in roles]
    return render(request, "devtools/choose.html", {"groups": groups})


def refuse_outside_demo() -> None:
    """Raises Http404 unless the database bears the demo's mark, which nothing can change (rules D7)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM langsikt_installation()")
        if cursor.fetchone() != ("demo",):
            raise Http404


def known(username: str) -> AbstractBaseUser:
    """The made-up person. Raises Http404 for anybody else."""
    if username not in {member.username for member in people.STAFF}:
        raise Http404
    staff: AbstractBaseUser | None = get_user_model().objects.filter(username=username, is_active=True).first()
    if staff is None:
        raise Http404
    return staff


def enter(request: HttpRequest, staff: AbstractBaseUser) -> None:
    """Signs the person in as the real sign-in does, journal included, with the demo in place of a second factor."""
    AccountAdapter().login(request, staff)
    record_authentication(request, staff, "mfa", type="demo")


def open_session(username: str, now: datetime) -> str:
    """The key of a new session of a made-up person, for tests of what comes after the sign-in."""
    refuse_outside_demo()
    staff = known(username)
    store = sessions.SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(staff.pk), BACKEND
    store[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    store[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": now.timestamp(), "type": "demo"}]
    store[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(staff.pk)
    sessions.begin(store, now)
    store.create()
    return str(store.session_key)


def lines() -> list[str]:
    """What `make run` prints about signing in."""
    return [
        f"Pick a role, without a password: http://localhost:{port.number(os.environ)}/demo/",
        f"Or sign in by user name with the password {people.DEMO_PASSWORD} and a code from",
        "  .venv/bin/python -m devtools.totp USERNAME",
    ]
