"""The page Gallring: a manager asks for an erasure, a secrecy officer agrees to it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from langsikt.access.errors import Invalid
from langsikt.access.window import erasure as window
from langsikt.actions import erasure
from langsikt.pages.middleware import Request


@require_GET
def erasures(request: Request) -> HttpResponse:
    """What is to be erased, and what somebody else has asked for."""
    return render(request, "erasures.html", {"erasures": window.erasures(request.actor, request.now)})


@require_POST
def ask(request: Request, reference: str) -> HttpResponse:
    """Asks for one; a case whose time is not out stays on the list, with its reason."""
    try:
        erasure.ask_erasure(request.actor, reference, request.now)
    except Invalid as refusal:
        refusal.journaled = True  # the list itself says why
    return redirect("erasures")


@require_POST
def agree(request: Request, request_id: UUID) -> HttpResponse:
    """Erases what somebody else has asked for."""
    erasure.agree_to_erasure(request.actor, request_id, request.now)
    return redirect("erasures")
