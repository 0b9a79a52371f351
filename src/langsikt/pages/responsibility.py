"""*Vem gör vad*: who has each need and practical thing, and who the person's case worker has been."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from langsikt.access.window import responsibility as window
from langsikt.pages.middleware import Request


@require_GET
def responsibility(request: Request, reference: str) -> HttpResponse:
    """The matrix and the chain."""
    sheet = window.responsibility(request.actor, reference, request.now)
    return render(request, "responsibility.html", {"sheet": sheet, "header": sheet.header})
