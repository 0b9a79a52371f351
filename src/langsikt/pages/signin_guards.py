"""What every request passes: is the session over, and has it seen a second factor?"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from langsikt.access import second_factor, sessions, signin
from langsikt.pages.back import left_from
from langsikt.pages.middleware import OPEN

AUTOSAVE = ("/utkast/", "/uppfoljning/glapp/")
BEFORE_SIGN_IN = OPEN | {"account_login", "account_logout", "account_inactive", "mfa_authenticate"}
BEFORE_ENROLMENT = BEFORE_SIGN_IN | {"mfa_activate_totp"}
Answer = Callable[[HttpRequest], HttpResponse]


class SessionLimitsMiddleware:
    """Ends a session after 15 idle minutes or 10 hours; an autosave does not count as being there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        if request.user.is_authenticated:
            why = sessions.over(request.session, now)
            if why:
                return self.ended(request, why)
            if not any(part in request.path for part in AUTOSAVE):
                sessions.slide(request.session, now)
        return self.get_response(request)

    def ended(self, request: HttpRequest, why: str) -> HttpResponse:
        """The answer to somebody whose session is over: the browser forgets what it has seen."""
        signin.leave(request, why, left_from(request))
        request.session[sessions.NOTICE] = why
        return forgetting(self.get_response(request))


def forgetting(response: HttpResponse) -> HttpResponse:
    """An answer on which the browser forgets every page of ours."""
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


class EntranceMiddleware:
    """Every address but the few that are open asks for a sign-in first; existing or not, the answer is the same."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated or name_of(request) in BEFORE_SIGN_IN:
            return self.get_response(request)
        return redirect_to_login(page_of(request))


class SecondFactorMiddleware:
    """Sends somebody without a second factor to enrolment before anything else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or second_factor.proved(request):
            return self.get_response(request)
        if second_factor.enrolled(request.user):  # no way of ours leads here
            signin.leave(request, "unproved")
            return redirect("account_login")
        return self.get_response(request) if name_of(request) in BEFORE_ENROLMENT else redirect("mfa_activate_totp")


def name_of(request: HttpRequest) -> str:
    """The name of the address; empty when there is no such address."""
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""


def page_of(request: HttpRequest) -> str:
    """Where to go after the sign-in: the page asked for, or the one whose form was sent too late."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() else reverse("home")
