"""*Min plan*: first whether paper is safe, then the leaflet on the screen, to print or to read together."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from langsikt.access.window import leaflet as window
from langsikt.exchange.leaflet import leaflet as in_words
from langsikt.model.texts import Text
from langsikt.pages.middleware import Request

# The answers to "Är det säkert att ta med papper?", as the address has them.
PAPER = {
    "ja": Text("Ja", "Yes"),
    "utan-rubrik": Text("Ja, utan rubrik", "Yes, without a heading"),
    "nej": Text("Nej, vi läser tillsammans", "No, we read it together"),
}


@require_GET
def leaflet(request: Request, reference: str) -> HttpResponse:
    """The leaflet, once somebody has answered whether paper is safe; before that the question alone."""
    paper = request.GET.get("papper", "")
    sheet = window.leaflet(request.actor, reference, request.now)
    context = {
        "sheet": sheet,
        "header": sheet.header,
        "answers": PAPER,
        "paper": paper if paper in PAPER else "",
        "leaflet": in_words(sheet, timezone.localtime(request.now).date()),
    }
    return render(request, "leaflet.html", context)
