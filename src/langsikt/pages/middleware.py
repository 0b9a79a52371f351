"""What every request passes: nothing is stored by the browser, words in one language, a frozen actor."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from langsikt.access import journal
from langsikt.access.errors import NotFound, RefusedByRight, RefusedByStep
from langsikt.access.window.staff import actor

Answer = Callable[[HttpRequest], HttpResponse]
LANGUAGES = ("sv", "en")
# Open to somebody who has not signed in.
OPEN = frozenset({"language", "accessibility", "protection", "demo_signin"})
SIGN_IN = ("account_", "mfa_")
# Who opened the page that speaks: another may have signed in since, in another tab of the same browser.
WRITER = "X-Writer"


class Request(HttpRequest):
    """A request as our pages get it: with the clock and the actor."""

    now: Any
    actor: Any
    language: str


class NoStoreMiddleware:
    """No page is kept by a browser or on the way, and none says where it came from."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Marks every answer but static files."""
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response


class LanguageMiddleware:
    """Swedish, or English where the session says so."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activates the language for this request."""
        chosen = request.session.get("language", "sv")
        language = chosen if chosen in LANGUAGES else "sv"
        cast(Request, request).language = language
        with translation.override(language):
            response = self.get_response(request)
        response["Content-Language"] = language
        return response


class ActorMiddleware:
    """Resolves who acts, once; pages get a frozen actor and a clock, never a user (design, Rooms)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sends whoever has not signed in to the sign-in, save on its own pages."""
        ours = cast(Request, request)
        ours.now = timezone.now()
        ours.actor = None
        name = _name(request)
        if name.startswith(SIGN_IN):
            return self.get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            ours.actor = actor(user.pk, ours.now)
        if ours.actor is None and name not in OPEN:
            return redirect("account_login")
        if _of_another(ours):
            return HttpResponse(status=409)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal becomes its page; hidden and absent become the same one."""
        if isinstance(error, NotFound):
            self._journal(cast(Request, request), error)
            return not_found(request)
        if isinstance(error, (RefusedByRight, RefusedByStep)):
            return render(request, "refused.html", {"text": error.text}, status=403)
        return None

    def _journal(self, request: Request, refusal: NotFound) -> None:
        """A page that is not for this role: refused like one that does not exist, and written down once."""
        if not refusal.journaled and request.actor is not None:
            journal.refused_page(request.actor, _name(request), request.now)


def _of_another(request: Request) -> bool:
    """Whether the words come from a page that somebody else opened: they are never kept as the words of this person."""
    writer = request.headers.get(WRITER)
    return writer is not None and request.actor is not None and writer != str(request.actor.id)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one answer for what is hidden and what does not exist."""
    return render(request, "not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be read."""
    return render(request, "error.html", {"bad": True}, status=400)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before the last sign-in."""
    return render(request, "error.html", {"stale": True}, status=403)


def error(request: HttpRequest) -> HttpResponse:
    """Something went wrong; nothing of it is said."""
    return render(request, "error.html", status=500)


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""
