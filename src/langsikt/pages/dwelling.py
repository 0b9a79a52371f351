"""One dwelling: *Adressen är röjd*, and who has ever seen its address."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from langsikt.access.window import burning as window
from langsikt.actions.burning import burn as say_burnt
from langsikt.pages.middleware import Request


@require_GET
def dwelling(request: Request, dwelling_id: UUID) -> HttpResponse:
    """The dwelling by its mark."""
    return render(request, "dwelling.html", {"sheet": window.dwelling(request.actor, dwelling_id, request.now)})


@require_POST
def burn(request: Request, dwelling_id: UUID) -> HttpResponse:
    """Says that the address is burnt, or that it was a mistake."""
    say_burnt(request.actor, dwelling_id, request.POST.get("says", ""), request.now)
    return redirect("dwelling", dwelling_id)
