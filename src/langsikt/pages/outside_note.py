"""*Skriv till ärende*: anybody at work writes into a case that they may not read, and is told nothing of it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from langsikt.access.errors import Invalid
from langsikt.actions.outside_note import write_into as write
from langsikt.model.load import METHOD
from langsikt.pages.forms import Wrong, small_field, small_form
from langsikt.pages.middleware import Request

LONGEST = 12  # of a reference, which is all that a link may say


@require_http_methods(["GET", "POST"])
def write_into(request: Request) -> HttpResponse:
    """The form, about the case that a link names if any, and after it the same thanks whatever the reference was."""
    wrong = Wrong()
    if request.method == "POST":
        try:
            write(request.actor, request.POST.get("reference", ""), request.POST.get("note", ""), request.now)
            return redirect("/arenden/skriv/?skrivet=1")
        except Invalid as no:
            wrong = Wrong(no.complaints)
    raw = {"reference": [request.GET.get("arende", "")[:LONGEST]]}
    raw |= {name: request.POST.getlist(name) for name in ("reference", "note") if name in request.POST}
    fields = (
        small_field("reference", "line", "Ärendets referens", "Reference of the case", raw, wrong),
        small_field("note", "text", "Det du vill lämna", "What you want to pass on", raw, wrong,
                    hint=METHOD.fields["note"].hint),
    )  # fmt: skip
    context = {"form": small_form(fields, wrong), "written": request.GET.get("skrivet") == "1"}
    return render(request, "write_into.html", context, status=422 if wrong.complaints else 200)
