"""*Text utan namn*: an order for an interpreter, and a summary for an advice line; nothing typed here is stored."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from langsikt.access.window.texts_without_names import texts_without_names as window
from langsikt.pages.middleware import Request

LONGEST = 2000


@require_http_methods(["GET", "POST"])
def texts_without_names(request: Request, reference: str) -> HttpResponse:
    """Both texts; a question that was typed comes back without names, places and dates."""
    question = request.POST.get("question", "")[:LONGEST] if request.method == "POST" else ""
    sheet = window(request.actor, reference, question, request.now)
    return render(request, "texts_without_names.html", {"sheet": sheet, "header": sheet.header})
