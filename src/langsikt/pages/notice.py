"""What somebody is told where the day begins, and whether a mail may say so too."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from langsikt.access import outbox
from langsikt.access.errors import Invalid
from langsikt.actions.notice import set_address
from langsikt.pages.forms import Wrong, small_field, small_form
from langsikt.pages.middleware import Request


@require_POST
def seen(request: Request) -> HttpResponse:
    """The lines have been read."""
    outbox.mark_seen(request.actor, request.now)
    return redirect("home")


@require_http_methods(["GET", "POST"])
def notices(request: Request) -> HttpResponse:
    """Where the person wants to be told; empty is nowhere."""
    wrong, raw = Wrong(), {"address": [outbox.address_of(request.actor, request.now)]}
    if request.method == "POST":
        raw = {"address": request.POST.getlist("address")[:1]}
        try:
            set_address(request.actor, "".join(raw["address"]), request.now)
            return redirect("mfa_index")
        except Invalid as no:
            wrong = Wrong(no.complaints)
    field = small_field("address", "line", "E-postadress", "E-mail address", raw, wrong, required=False)
    return render(
        request, "notices.html", {"form": small_form((field,), wrong)}, status=422 if wrong.complaints else 200
    )
