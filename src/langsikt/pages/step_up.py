"""The step-up before whereabouts are shown: one confirmation of who one is covers ten minutes (rules B3.1)."""

from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from langsikt.pages.middleware import Request

COVERS = timedelta(minutes=10)


def stepped_up(request: Request) -> bool:
    """Whether a password or a code was given within the last ten minutes; the sign-in counts."""
    user = request.user
    if isinstance(user, AnonymousUser):
        return False
    latest = max((float(record["at"]) for record in get_authentication_records(request, user)), default=0.0)
    return bool(request.now.timestamp() - latest <= COVERS.total_seconds())


def ask(back: str) -> HttpResponse:
    """Sends to the confirmation, and from there back to the page that was asked for."""
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")
