"""*Loggkontroll*: what there is to look into, one finding with its rows, the sign-off, the sample and the whole log."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from langsikt.access.errors import Invalid
from langsikt.access.window import log
from langsikt.access.window import log_review as window
from langsikt.access.window.match import repeated_tries
from langsikt.actions import log_review as actions
from langsikt.model.log_review import OUTCOMES
from langsikt.model.texts import Text
from langsikt.pages.forms import Wrong, small_field, small_form
from langsikt.pages.middleware import Request

PERIODS = {
    "dag": (1, Text("I dag", "Today")),
    "vecka": (7, Text("En vecka", "A week")),
    "manad": (31, Text("En månad", "A month")),
}


@require_GET
def log_review(request: Request) -> HttpResponse:
    """What there is to look into, what is late, and the samples of the month."""
    sheet, tries = window.review(request.actor, request.now), repeated_tries(request.actor, request.now)
    return render(request, "log_review.html", {"sheet": sheet, "tries": tries})


@require_http_methods(["GET", "POST"])
def finding(request: Request, finding_id: UUID) -> HttpResponse:
    """One finding with what happened around it; signed off here."""
    wrong = Wrong()
    if request.method == "POST":
        try:
            actions.sign_off(request.actor, finding_id, request.POST.get("outcome", ""), request.now)
            return redirect("log_review")
        except Invalid as no:
            wrong = Wrong(no.complaints)
    sheet = window.finding(request.actor, finding_id, request.now)
    raw = {name: request.POST.getlist(name) for name in request.POST}
    field = small_field(
        "outcome", "choice", "Hur slutade det?", "How did it end?", raw, wrong, options=OUTCOMES.items()
    )
    form = None if sheet.line.outcome else small_form((field,), wrong)
    return render(request, "finding.html", {"sheet": sheet, "form": form}, status=422 if wrong.complaints else 200)


@require_POST
def sample(request: Request, unit_id: UUID) -> HttpResponse:
    """Draws the sample of a unit, and opens it."""
    return redirect("finding", actions.draw_sample(request.actor, unit_id, request.now))


@require_GET
def whole_log(request: Request) -> HttpResponse:
    """The journal over all cases, by pseudonym."""
    chosen = request.GET.get("tid", "dag")
    chosen = chosen if chosen in PERIODS else "dag"
    lines = log.review(request.actor, PERIODS[chosen][0], request.now)
    filters = [{"key": k, "label": label, "current": k == chosen} for k, (_, label) in PERIODS.items()]
    return render(request, "whole_log.html", {"lines": lines, "filters": filters})
