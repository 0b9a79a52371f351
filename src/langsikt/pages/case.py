"""The pages of a case: overview, step, history, log, and a masked value shown for a while."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from langsikt.access import sessions
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.sheets import CaseSheet
from langsikt.access.window import case as window
from langsikt.access.window import log
from langsikt.access.window import plan as plan_window
from langsikt.access.window import reveal as reveal_window
from langsikt.access.window.network import REVEAL as NETWORK
from langsikt.access.window.reveal import klass_of
from langsikt.access.window.reveal import reveal as reveal_value
from langsikt.access.window.supposed import WhatIf
from langsikt.actions import log_review as log_actions
from langsikt.model.load import METHOD
from langsikt.model.log_review import ASSESSED
from langsikt.model.texts import Text
from langsikt.pages import step_up
from langsikt.pages.forms import Wrong, small_field, small_form
from langsikt.pages.hiding import hidden_again
from langsikt.pages.middleware import Request

VIEWS = {"tidslinje": Text("Tidslinje", "Time line"), "tabell": Text("Tabell", "Table")}
STEP_OF = {step.slug: step for step in METHOD.steps.values() if step.number}


@require_GET
def case(request: Request, reference: str) -> HttpResponse:
    """The overview."""
    sheet = window.overview(request.actor, reference, request.now)
    return render(request, "case.html", {"sheet": sheet, "header": sheet.header, "revealed": None})


@require_GET
def step(request: Request, reference: str, slug: str) -> HttpResponse:
    """One step with its short task list."""
    found = STEP_OF.get(slug)
    if found is None:
        raise NotFound
    sheet = window.step(request.actor, reference, found.key, request.now)
    return render(request, "step.html", {"sheet": sheet, "header": sheet.header, "step": found})


@require_GET
def plan(request: Request, reference: str) -> HttpResponse:
    """The plan over time, its gaps, and the day after each end."""
    months = plan_window.months_chosen(request.GET.get("manader", ""))
    sheet = plan_window.plan(request.actor, reference, months, request.now, _what_if(request))
    ways = [a for a in sheet.header.actions if a.event in ("plan_support", "extend_placement", "start_intervention")]
    asked = {name: request.GET.get(name, "") for name in ("stod", "sista-dag", "efter", "slag", "fran", "till")}
    context = {
        "sheet": sheet,
        "header": sheet.header,
        "zooms": plan_window.MONTHS,
        "views": VIEWS,
        "view": _view(request),
        "plan_next": ways,
        "milestone_way": next((a for a in sheet.header.actions if a.event == "add_milestone"), None),
        "asked": {name.replace("-", "_"): text for name, text in asked.items()},
    }
    return render(request, "plan.html", context)


def _view(request: Request) -> str:
    """Time line or table: as asked for, else as chosen last in this session; nothing of the person is kept."""
    asked = request.GET.get("visa", "")
    if asked in VIEWS and asked != request.session.get("plan_view", "tidslinje"):
        request.session["plan_view"] = asked
    return str(request.session.get("plan_view", "tidslinje"))


def _what_if(request: Request) -> WhatIf | None:
    """The support and the days that somebody wonders about; nothing when they cannot be read."""
    asked = request.GET
    try:
        if asked.get("stod"):
            last = date.fromisoformat(asked.get("sista-dag", ""))
            return WhatIf(UUID(asked["stod"]), until_on=last, all_after=bool(asked.get("efter")))
        until = date.fromisoformat(asked["till"]) if asked.get("till") else None
        return WhatIf(None, asked["slag"], date.fromisoformat(asked.get("fran", "")), until)
    except (ValueError, KeyError):
        return None


@require_GET
def history(request: Request, reference: str) -> HttpResponse:
    """Everything that has happened, newest first."""
    sheet = window.history(request.actor, reference, request.now)
    return render(request, "history.html", {"sheet": sheet, "header": sheet.header})


@require_GET
def case_log(request: Request, reference: str) -> HttpResponse:
    """Who has looked and changed."""
    header, lines = log.case_log(request.actor, reference, request.now)
    return render(request, "case_log.html", {"header": header, "lines": lines})


@require_POST
def reveal(request: Request, reference: str) -> HttpResponse:
    """Shows a masked value in place; the page hides it again by itself, with or without JavaScript."""
    field = request.POST.get("field", "")
    if field == NETWORK:
        raise NotFound
    if klass_of(field) == 3 and not step_up.stepped_up(request):
        return step_up.ask(reverse("case", args=[reference]))
    try:
        shown = reveal_value(
            request.actor,
            reference,
            field,
            request.POST.get("reason", ""),
            request.POST.get("call") == "1",
            request.now,
        )
    except Invalid as wrong:
        sheet = window.overview(request.actor, reference, request.now)
        form = small_form((), Wrong({"visa": wrong.complaints["reason"]}))
        return render(request, "case.html", {"sheet": sheet, "header": sheet.header, "revealed": None, "form": form})
    if shown.revealed.call:
        sessions.begin_call(request.session, shown.revealed.until)
    name = "case.html" if isinstance(shown.sheet, CaseSheet) else "history.html"
    context = {"sheet": shown.sheet, "header": shown.sheet.header, "revealed": shown.revealed}
    page = reverse("case", args=[reference])
    return hidden_again(render(request, name, context), shown.revealed.until, request.now, page)


@require_POST
def end_call(request: Request, reference: str) -> HttpResponse:
    """*Samtalet slut*: the card goes, and the idle lock counts again whatever else happens."""
    sessions.end_call(request.session)
    reveal_window.end_call(request.actor, reference, request.now)
    return redirect("case", reference)


@require_POST
def copied(request: Request, reference: str) -> HttpResponse:
    """A shown value is copied: the browser asks here first, and copies when the row is written."""
    reveal_window.copied(request.actor, reference, request.POST.get("field", ""), request.now)
    return HttpResponse(status=204)


@require_GET
def readers(request: Request, reference: str) -> HttpResponse:
    """For the person: who has read and written in the case, by unit and role."""
    sheet = log.readers(request.actor, reference, request.now)
    return render(request, "readers.html", {"sheet": sheet, "header": sheet.header})


@require_http_methods(["GET", "POST"])
def assess_readers(request: Request, reference: str) -> HttpResponse:
    """The recorded assessment of whether the names may be told."""
    wrong = Wrong()
    if request.method == "POST":
        try:
            log_actions.assess_readers(request.actor, reference, request.POST.get("outcome", ""), request.now)
            return redirect("readers", reference)
        except Invalid as no:
            wrong = Wrong(no.complaints)
    sheet = log.readers(request.actor, reference, request.now, "unit_list")
    raw = {name: request.POST.getlist(name) for name in request.POST}
    options = tuple(ASSESSED.items())
    field = small_field("outcome", "choice", "Får namnen lämnas ut?", "May names be told?", raw, wrong, options=options)
    context = {"sheet": sheet, "header": sheet.header, "form": small_form((field,), wrong)}
    return render(request, "assess_readers.html", context, status=422 if wrong.complaints else 200)
