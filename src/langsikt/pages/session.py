"""The session as its owner meets it: to stay, and to sign out on another device."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from langsikt.access import sessions
from langsikt.actions import session as actions
from langsikt.pages.middleware import Request


@require_POST
def stay(request: Request) -> HttpResponse:
    """Somebody is still there: the idle time has begun afresh on the way here, as for every page."""
    return HttpResponse(status=204)


@require_POST
def end(request: Request) -> HttpResponse:
    """Signs out on another of one's own devices."""
    actions.end_session(request.actor, request.POST.get("session", ""), request.now)
    request.session[sessions.NOTICE] = "ended"
    return redirect("mfa_index")
