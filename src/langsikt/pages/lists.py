"""The lists: *Min dag*, *Ärenden* with its one search, and where each role starts."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from langsikt.access import policy, sessions
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.list_sheets import LaterSheet
from langsikt.access.window import safety_plan, watch, worklist
from langsikt.access.window.find import find
from langsikt.access.window.postponement import postpone_form
from langsikt.actions import postponement
from langsikt.exchange.calendar import calendar
from langsikt.model.later import REASONS
from langsikt.model.load import METHOD
from langsikt.model.texts import Text
from langsikt.pages.context import start_of
from langsikt.pages.forms import Form, Wrong, small_field, small_form
from langsikt.pages.middleware import Request

ATTACHED = {"Content-Disposition": 'attachment; filename="bevakningar.ics"'}
WHEN = Text("Välj en dag, eller skriv den", "Choose a day, or write it")
ONE = Text("Fyll i ett av fälten", "Fill in one of the fields")


@require_GET
def home(request: Request) -> HttpResponse:
    """Sends everybody to where their role starts, or back to the page that they locked."""
    left = sessions.go_back(request.session, request.actor.id)
    if left:
        return redirect(left)
    start = start_of(request.actor)
    query = request.META.get("QUERY_STRING", "")
    done = METHOD.events.get(request.GET.get("klart", ""))
    return redirect(reverse(start) + (f"?klart={done.name}" if done and query else ""))


@require_GET
def my_day(request: Request) -> HttpResponse:
    """What is due, derived from the record."""
    day = worklist.my_day(request.actor, request.now)
    counts = {group.key: len(group.rows) for group in day.groups}
    rows = [row for group in day.groups for row in group.rows]
    keys = {"check_in": any(row.check_in for row in rows), "later_key": any(row.may_wait for row in rows)}
    nights = safety_plan.unsafe_nights(request.actor, request.now)
    return render(request, "my_day.html", {"day": day, "counts": counts, "nights": nights, **keys})


@require_http_methods(["GET", "POST"])
def postpone(request: Request, reference: str, kind: str) -> HttpResponse:
    """*Senare*: a row of one's own list is put off until a day."""
    wrong = Wrong()
    if request.method == "POST":
        try:
            until, reason = chosen_day(request), request.POST.get("reason", "")
            postponement.postpone(request.actor, reference, kind, until, reason, request.now)
            return redirect("my_day")
        except Invalid as no:
            wrong = Wrong(no.complaints)
    sheet = postpone_form(request.actor, reference, kind, request.now)
    context = {"sheet": sheet, "form": _later_form(sheet, request, wrong)}
    return render(request, "postpone.html", context, status=422 if wrong.complaints else 200)


def chosen_day(request: Request) -> date:
    """The day written, else the one chosen among those offered. Raises Invalid."""
    try:
        return date.fromisoformat(request.POST.get("until_on", "").strip() or request.POST.get("until", ""))
    except ValueError:
        raise Invalid({"until_on": WHEN}) from None


def _later_form(sheet: LaterSheet, request: Request, wrong: Wrong) -> Form:
    raw = {name: request.POST.getlist(name) for name in request.POST}
    days = tuple((day.isoformat(), words) for day, words in sheet.offered)
    fields = [small_field("until", "choice", "Till när", "Until when", raw, wrong, required=False, options=days)]
    fields += [small_field("until_on", "day", "Eller en annan dag", "Or another day", raw, wrong, required=False)]
    if sheet.asks_why:
        reasons = tuple(REASONS.items())
        fields += [
            small_field("reason", "choice", "Varför det får vänta", "Why it may wait", raw, wrong, options=reasons)
        ]
    return small_form(fields, wrong)


@require_POST
def take_back(request: Request, reference: str, kind: str) -> HttpResponse:
    """A row that was put off is back in the list."""
    postponement.take_back(request.actor, reference, kind, request.now)
    return redirect("my_day")


@require_GET
def watches(request: Request) -> HttpResponse:
    """*Bevakningar*: everything that expires."""
    sheet = watch.watches(request.actor, request.GET.get("visa", ""), request.now)
    chosen = next((key for key, _, current, _ in sheet.filters if current), "")
    return render(request, "watches.html", {"sheet": sheet, "chosen": chosen})


@require_GET
def watches_file(request: Request) -> HttpResponse:
    """The same dates for a calendar: a download, never an address to subscribe to (rules D8)."""
    rows = watch.calendar_rows(request.actor, request.GET.get("visa", ""), request.now)
    content = calendar(rows, request.language, request.now)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=ATTACHED)


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
    if reference.strip() and len(found.rows) == 1:
        return redirect("case", found.rows[0].reference)
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
