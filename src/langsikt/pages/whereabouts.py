"""*Uppgifter som kan röja var personen är*: masked rows, one shown with a reason, and who has seen it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from langsikt.access.errors import Invalid
from langsikt.access.window import whereabouts as window
from langsikt.access.window.reveal import LASTS
from langsikt.pages import step_up
from langsikt.pages.forms import Form, Wrong, small_form
from langsikt.pages.hiding import hidden_again
from langsikt.pages.middleware import Request


@require_GET
def whereabouts(request: Request, reference: str) -> HttpResponse:
    """What can reveal where the person is, by kind and day."""
    return _page(request, window.whereabouts(request.actor, reference, request.now))


@require_POST
def reveal(request: Request, reference: str, row_id: UUID) -> HttpResponse:
    """Shows one value for five minutes, with a reason and a fresh confirmation of who one is."""
    home = reverse("whereabouts", args=[reference])
    if not step_up.stepped_up(request):
        window.whereabouts(request.actor, reference, request.now)
        return step_up.ask(home)
    try:
        sheet = window.reveal(request.actor, reference, row_id, request.POST.get("reason", ""), request.now)
    except Invalid as wrong:
        form = small_form((), Wrong({"visa": wrong.complaints["reason"]}))
        return _page(request, window.whereabouts(request.actor, reference, request.now), form, 422)
    return hidden_again(_page(request, sheet), request.now + LASTS[3], request.now, home)


def _page(
    request: Request, sheet: window.WhereaboutsSheet, form: Form | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "whereabouts.html", {"sheet": sheet, "header": sheet.header, "form": form}, status=status)
