"""*Mål*: the person's own goals with their scales, and the skills map by ability."""

import secrets

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from langsikt.access.window import goal as window
from langsikt.pages.middleware import Request


@require_GET
def goals(request: Request, reference: str) -> HttpResponse:
    """The goals and the skills map of a case."""
    sheet = window.goals(request.actor, reference, request.now)
    context = {"sheet": sheet, "header": sheet.header, "key": secrets.token_urlsafe(8)}
    return render(request, "goals.html", context)
