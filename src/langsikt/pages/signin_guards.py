"""What every request passes: is the session over, and has it seen a second factor?"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from langsikt.access import second_factor, sessions, signin

AUTOSAVE = "/utkast/"
OPEN_BEFORE_ENROLMENT = frozenset({"mfa_activate_totp"})
Answer = Callable[[HttpRequest], HttpResponse]


class SessionLimitsMiddleware:
    """Ends a session after 15 idle minutes or 10 hours; an autosave does not count as being there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        autosave = AUTOSAVE in request.path
        if request.user.is_authenticated:
            why = sessions.over(request.session, now)
            if why:
                signin.leave(request, why)
                request.session[sessions.NOTICE] = why
            elif not autosave:
                sessions.slide(request.session, now)
        if autosave and not request.user.is_authenticated:
            return HttpResponse(status=401)  # the page says so itself; a sign-in page as an answer helps nobody
        return self.get_response(request)


class EntranceMiddleware(LoginRequiredMiddleware):
    """Every page but the few that say otherwise asks for a sign-in first."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseRedirect:
        """To the sign-in; after a form was sent too late, back to the page where it was, with its draft."""
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        came_from = urlsplit(request.headers.get("Referer", ""))
        page = came_from.path if came_from.netloc == request.get_host() else ""
        return redirect_to_login(page or reverse("home"))


class SecondFactorMiddleware:
    """Sends somebody without a second factor to enrolment before anything else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseRedirect | None:
        """Nothing behind the sign-in opens before the second factor is proved."""
        open_to_all = not getattr(view, "login_required", True)
        if open_to_all or not request.user.is_authenticated or second_factor.proved(request):
            return None
        if second_factor.enrolled(request.user):  # no way of ours leads here
            signin.leave(request, "unproved")
            return redirect("account_login")
        match = request.resolver_match
        return None if match and match.url_name in OPEN_BEFORE_ENROLMENT else redirect("mfa_activate_totp")
