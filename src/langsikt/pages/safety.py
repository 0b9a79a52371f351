"""*Trygghet*, the safety page of a case: seen, its hidden values shown for a while, and the chips of the last night."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from langsikt.access.errors import Invalid, NotFound
from langsikt.access.window import safety_plan
from langsikt.access.window.reveal import ON_SAFETY, Revealed, klass_of
from langsikt.access.window.reveal import reveal as reveal_value
from langsikt.access.window.safety_plan import SafetySheet
from langsikt.model.load import METHOD
from langsikt.model.texts import Text
from langsikt.pages import step_up
from langsikt.pages.forms import Form, Wrong, small_form
from langsikt.pages.hiding import hidden_again
from langsikt.pages.middleware import Request

WHO_WAITS = Text("Vem väntar in", "Who waits")
NIGHT, LAST_DAY = "last_night", "last_day_on"


@require_GET
def safety(request: Request, reference: str) -> HttpResponse:
    """Risk over time, contact with the family, the safety plan, and the numbers to call."""
    return _page(request, safety_plan.safety(request.actor, reference, request.now))


@require_POST
def reveal(request: Request, reference: str) -> HttpResponse:
    """Shows what is hidden on the page for a while: where the papers are, or the texts for a manager."""
    field = request.POST.get("field", "")
    if field not in ON_SAFETY:
        raise NotFound
    if klass_of(field) == 3 and not step_up.stepped_up(request):
        return step_up.ask(reverse("safety", args=[reference]))
    try:
        shown = reveal_value(request.actor, reference, field, request.POST.get("reason", ""), False, request.now)
    except Invalid as wrong:
        form = small_form((), Wrong({"visa": wrong.complaints["reason"]}))
        return _page(request, safety_plan.safety(request.actor, reference, request.now), form=form)
    if not isinstance(shown.sheet, SafetySheet):
        raise NotFound
    page = reverse("safety", args=[reference])
    return hidden_again(_page(request, shown.sheet, shown.revealed), shown.revealed.until, request.now, page)


def _page(
    request: Request, sheet: SafetySheet, revealed: Revealed | None = None, form: Form | None = None
) -> HttpResponse:
    context = {"sheet": sheet, "header": sheet.header, "revealed": revealed, "contacts": METHOD.contacts, "form": form}
    return render(request, "safety.html", context)


def chosen_night(raw: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The form as typed, with the chip *I dag* or *I morgon* written as the last day; a day typed stands otherwise."""
    found = {name: list(values) for name, values in raw.items()}
    chips = found.pop(NIGHT, [])
    if chips and chips[-1]:
        found[LAST_DAY] = chips[-1:]
    return found


def waiting(form: Form) -> Form:
    """The form where contact may be watched: somebody waits, nobody calls (rules B2.8)."""
    fields = tuple(replace(f, label=WHO_WAITS) if f.name == "call_by" else f for f in form.fields)
    return replace(form, fields=fields)
