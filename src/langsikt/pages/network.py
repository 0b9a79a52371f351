"""*Nätverk*: the people around a person, hidden until somebody shows them for a while."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from langsikt.access.errors import Invalid, NotFound
from langsikt.access.window import network as window
from langsikt.access.window.network import NetworkSheet
from langsikt.access.window.reveal import Revealed
from langsikt.access.window.reveal import reveal as reveal_value
from langsikt.pages.forms import Form, Wrong, small_form
from langsikt.pages.hiding import hidden_again
from langsikt.pages.middleware import Request


@require_GET
def network(request: Request, reference: str) -> HttpResponse:
    """The page with everybody hidden."""
    return _page(request, window.network(request.actor, reference, request.now))


@require_POST
def reveal(request: Request, reference: str) -> HttpResponse:
    """Shows everybody for a while; those who are not assigned choose a reason first."""
    try:
        shown = reveal_value(
            request.actor, reference, window.REVEAL, request.POST.get("reason", ""), False, request.now
        )
    except Invalid as wrong:
        form = small_form((), Wrong({"visa": wrong.complaints["reason"]}))
        return _page(request, window.network(request.actor, reference, request.now), form=form)
    if not isinstance(shown.sheet, NetworkSheet):
        raise NotFound
    page = reverse("network", args=[reference])
    return hidden_again(_page(request, shown.sheet, shown.revealed), shown.revealed.until, request.now, page)


def _page(
    request: Request, sheet: NetworkSheet, revealed: Revealed | None = None, form: Form | None = None
) -> HttpResponse:
    return render(request, "network.html", {"sheet": sheet, "header": sheet.header, "revealed": revealed, "form": form})
