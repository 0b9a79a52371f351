"""What somebody is told where the day begins."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from langsikt.access import outbox
from langsikt.pages.middleware import Request


@require_POST
def seen(request: Request) -> HttpResponse:
    """The lines have been read."""
    outbox.mark_seen(request.actor, request.now)
    return redirect("home")
