"""*Hitta plats*: a place looked for by need, and what each place suits."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from langsikt.access.errors import Invalid, NotFound
from langsikt.access.window import dwelling as window
from langsikt.actions import dwelling as actions
from langsikt.model.places import NAMES, OTHERS, WHO, Suits, Wanted, known
from langsikt.model.texts import Text
from langsikt.pages.forms import BoundField, Form, Wrong, small_form
from langsikt.pages.middleware import Request

NO_AGE = -1
"""What is no number is no age; the door says so."""


def search_form(wanted: Wanted, age: str = "", wrong: Wrong | None = None) -> dict[str, Any]:
    """The search as it is drawn, with a key of its own."""
    wrong = wrong or Wrong()
    form = small_form(
        (
            _chips("who", "radio", Text("Platsen ska passa", "The place must suit"), WHO, wanted.needs),
            BoundField("age", "line", Text("Ålder", "Age"), value=age, complaint=wrong.complaints.get("age"), most=3),
            _chips("needs", "choices", Text("Och även", "And also"), OTHERS, wanted.needs),
        ),
        wrong,
    )
    return {"search_form": form, "search_key": uuid4()}


def _chips(name: str, kind: str, label: Text, shown: Iterable[str], chosen: frozenset[str]) -> BoundField:
    options = tuple((need, NAMES[need], need in chosen) for need in shown)
    return BoundField(name, kind, label, options=options, values=chosen)


def _age(text: str) -> int | None:
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) <= 3 else NO_AGE


@require_POST
def find_place(request: Request) -> HttpResponse:
    """Which places fit and have room; a need that nobody meets is counted, without a person."""
    age = request.POST.get("age", "").strip()[:20]
    wanted = Wanted(known([*request.POST.getlist("who"), *request.POST.getlist("needs")]), _age(age))
    found, wrong = None, Wrong()
    try:
        found = actions.find_place(request.actor, wanted, _key(request), request.now)
    except Invalid as no:
        wrong = Wrong(no.complaints)
    rows, requests = window.dwellings(request.actor, request.now)
    context = {"rows": rows, "requests": requests, "found": found, **search_form(wanted, age, wrong)}
    return render(request, "dwellings.html", context, status=422 if wrong.complaints else 200)


def _key(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


@require_http_methods(["GET", "POST"])
def suitability(request: Request, dwelling_id: UUID) -> HttpResponse:
    """Whom and what one place suits."""
    if "housing_coordinator" not in request.actor.roles:
        raise NotFound
    shown = window.suitability(request.actor, dwelling_id, request.now)
    suits, wrong = shown.suits, Wrong()
    ages = {name: "" if age is None else str(age) for name, age in _limits(suits).items()}
    if request.method == "POST":
        ages = {name: request.POST.get(name, "").strip()[:20] for name in ages}
        youngest, oldest = (_age(text) for text in ages.values())
        suits = Suits(known(request.POST.getlist("suits")), youngest, oldest)
        try:
            actions.describe_place(request.actor, dwelling_id, suits, request.now)
            return redirect("dwellings")
        except Invalid as no:
            wrong = Wrong(no.complaints)
    context = {"dwelling": shown, "form": _suits_form(suits, ages, wrong)}
    return render(request, "suitability.html", context, status=422 if wrong.complaints else 200)


def _limits(suits: Suits) -> dict[str, int | None]:
    return {"youngest": suits.youngest, "oldest": suits.oldest}


def _suits_form(suits: Suits, ages: dict[str, str], wrong: Wrong) -> Form:
    labels = {"youngest": Text("Yngsta ålder", "Youngest age"), "oldest": Text("Äldsta ålder", "Oldest age")}
    limits = [
        BoundField(n, "line", labels[n], value=a, complaint=wrong.complaints.get(n), most=3) for n, a in ages.items()
    ]
    chips = _chips("suits", "choices", Text("Boendet passar", "The place suits"), NAMES, suits.needs)
    return small_form((chips, *limits), wrong)
