"""*Väntar på andra*: homes to answer, answers that have not come, and the joint plan with care."""

import secrets

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from langsikt.access.window import referral as window
from langsikt.pages.middleware import Request


@require_GET
def waiting(request: Request, reference: str) -> HttpResponse:
    """What the case waits for, the longest wait first."""
    sheet = window.waiting(request.actor, reference, request.now)
    return render(request, "waiting.html", {"sheet": sheet, "header": sheet.header, "key": secrets.token_urlsafe(8)})
