"""The lists: *Min dag*, *Ärenden* with its one search, *Team*, and where each role starts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from langsikt.access import policy
from langsikt.access.errors import NotFound
from langsikt.access.window import safety_plan, staff, worklist
from langsikt.access.window import team as team_window
from langsikt.access.window.find import find
from langsikt.model.load import METHOD
from langsikt.model.texts import Text
from langsikt.pages.forms import Form, Wrong, small_field, small_form
from langsikt.pages.middleware import Request

FIRST = ("case_worker", "duty_service", "unit_manager", "housing_coordinator")
ONE = Text("Fyll i ett av fälten", "Fill in one of the fields")


@require_GET
def home(request: Request) -> HttpResponse:
    """Sends everybody to where their role starts."""
    roles = sorted(request.actor.roles, key=lambda r: FIRST.index(r) if r in FIRST else len(FIRST))
    start = METHOD.roles[roles[0]].start if roles else "model"
    query = request.META.get("QUERY_STRING", "")
    done = METHOD.events.get(request.GET.get("klart", ""))
    return redirect(reverse(start) + (f"?klart={done.name}" if done and query else ""))


@require_GET
def my_day(request: Request) -> HttpResponse:
    """What is due, derived from the record."""
    groups = worklist.my_day(request.actor, request.now)
    counts = {group.key: len(group.tasks) for group in groups}
    nights = safety_plan.unsafe_nights(request.actor, request.now)
    return render(request, "my_day.html", {"groups": groups, "counts": counts, "nights": nights})


@require_GET
def watches(request: Request) -> HttpResponse:
    """*Bevakningar*: everything that expires."""
    bands = worklist.watches(request.actor, request.now)
    return render(request, "watches.html", {"bands": bands, "total": sum(len(b.rows) for b in bands)})


@require_GET
def cases(request: Request) -> HttpResponse:
    """The fixed lists, and the search."""
    return _cases(request, None, Wrong())


@require_POST
def search(request: Request) -> HttpResponse:
    """One exact, logged search by reference, name or number; a reference one may see opens at once."""
    if not policy.may(request.actor.roles, "search"):
        raise NotFound
    reference, name, number = (request.POST.get(n, "")[:120] for n in ("reference", "name", "personal_number"))
    if not (reference.strip() or name.strip() or number.strip()):
        return _cases(request, None, Wrong({"reference": ONE}))
    found = find(request.actor, reference, name, number, request.now)
    return _cases(request, {"count": len(found.rows), "rows": found.rows, "text": found.text}, Wrong())


def _cases(request: Request, done: dict[str, Any] | None, wrong: Wrong) -> HttpResponse:
    lists, rows = worklist.lists(request.actor, request.GET.get("lista", ""), request.now)
    context = {"lists": lists, "rows": rows, "search_form": _search_form(wrong), "search_done": done}
    return render(request, "cases.html", context)


def _search_form(wrong: Wrong) -> Form:
    """Empty each time: what was searched for is not kept on the page."""
    return small_form(
        (
            small_field("reference", "line", "Referens", "Reference", {}, wrong, required=False),
            small_field("name", "line", "Namn, exakt", "Name, exact", {}, wrong, required=False),
            small_field("personal_number", "line", "Personnummer", "Personal number", {}, wrong, required=False),
        ),
        wrong,
    )


@require_GET
def team(request: Request) -> HttpResponse:
    """The manager's view: counts that open their lists."""
    found = team_window.team(request.actor, request.now)
    shown = next((c for c in found.counts if c.key == request.GET.get("visa", "")), None)
    context = {
        "rows": shown.rows if shown else found.rows,
        "shown": shown,
        "counts": found.counts,
        "total": len(found.rows),
        "absences": staff.absences(request.actor, request.now),
    }
    return render(request, "team.html", context)
