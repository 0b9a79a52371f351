"""The pages around the cases: absence, dwellings, exclusions, staff, figures."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from langsikt.access import policy
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.window import burning, exclusion
from langsikt.access.window import dwelling as dwelling_window
from langsikt.access.window import staff as staff_window
from langsikt.access.window.match import matches, repeated_tries
from langsikt.access.window.reveal import LASTS
from langsikt.actions import dwelling as dwelling_actions
from langsikt.actions import session as session_actions
from langsikt.actions import staff as staff_actions
from langsikt.insight import city as insight
from langsikt.model.load import METHOD
from langsikt.model.places import Wanted
from langsikt.model.texts import Text
from langsikt.pages import step_up
from langsikt.pages.forms import Form, Wrong, small_field, small_form
from langsikt.pages.hiding import hidden_again
from langsikt.pages.middleware import Request
from langsikt.pages.places import search_form

DATE = Text(
    "Skriv datumet som år-månad-dag, till exempel 2026-03-12",
    "Write the date as year-month-day, for example 2026-03-12",
)
ABSENT = frozenset({"case_worker", "duty_service", "unit_manager", "housing_coordinator"})
Raw = dict[str, Sequence[str]]


def _raw(request: Request) -> Raw:
    return {name: request.POST.getlist(name) for name in request.POST}


def _day(request: Request, name: str, required: bool = True) -> date | None:
    """A day from a small form. Raises Invalid."""
    text = request.POST.get(name, "").strip()
    if not text and not required:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid({name: DATE}) from None


@require_http_methods(["GET", "POST"])
def absence(request: Request) -> HttpResponse:
    """One's own days away."""
    if not request.actor.roles & ABSENT:
        raise NotFound
    wrong = Wrong()
    if request.method == "POST":
        try:
            first, last = _day(request, "from_on"), _day(request, "until_on")
            if first and last:
                staff_actions.set_absence(request.actor, first, last, request.now)
                return redirect("absence")
        except Invalid as no:
            wrong = Wrong(no.complaints)
    raw = _raw(request)
    fields = (
        small_field("from_on", "day", "Första dagen", "First day", raw, wrong),
        small_field("until_on", "day", "Sista dagen", "Last day", raw, wrong),
    )
    rows = staff_window.absences(request.actor, request.now)
    return render(request, "absence.html", {"form": small_form(fields, wrong), "rows": rows}, status=_status(wrong))


def _status(wrong: Wrong) -> int:
    return 422 if wrong.complaints else 200


@require_GET
def dwellings(request: Request) -> HttpResponse:
    """Places by their marks, and the requests for one."""
    rows, requests = dwelling_window.dwellings(request.actor, request.now)
    context = {"rows": rows, "requests": requests, **search_form(Wanted(frozenset()))}
    context["tries"] = repeated_tries(request.actor, request.now)
    return render(request, "dwellings.html", context)


@require_http_methods(["GET", "POST"])
def new_dwelling(request: Request) -> HttpResponse:
    """A new place: its mark, and its address once."""
    if "housing_coordinator" not in request.actor.roles:
        raise NotFound
    wrong = Wrong()
    if request.method == "POST":
        try:
            post = request.POST
            capacity = int(post["capacity"]) if post.get("capacity", "").isdigit() and len(post["capacity"]) < 4 else 0
            mark, kind, address = (post.get(n, "").strip() for n in ("mark", "kind", "address"))
            dwelling_actions.add_dwelling(request.actor, mark, kind, capacity, address, request.now)
            return redirect("dwellings")
        except Invalid as no:
            wrong = Wrong(no.complaints)
    return render(request, "new_dwelling.html", {"form": _dwelling_form(_raw(request), wrong)}, status=_status(wrong))


def _dwelling_form(raw: Raw, wrong: Wrong) -> Form:
    kinds = [(o.value, o.text) for o in METHOD.fields["place_kind"].options]
    return small_form(
        (
            small_field("mark", "line", "Märke", "Mark", raw, wrong),
            small_field("kind", "choice", "Slag", "Kind", raw, wrong, options=kinds),
            small_field("capacity", "line", "Antal platser", "Number of places", raw, wrong),
            small_field("address", "line", "Adress", "Address", raw, wrong, klass=3),
        ),
        wrong,
    )


@require_POST
def reveal_dwelling(request: Request, dwelling_id: UUID) -> HttpResponse:
    """The address of one place, for five minutes."""
    if policy.may(request.actor.roles, "address") and not step_up.stepped_up(request):
        return step_up.ask(reverse("dwellings"))
    shown = dwelling_window.address(request.actor, dwelling_id, request.now)
    if not policy.may(request.actor.roles, "place_requests"):
        raise NotFound
    rows, requests = dwelling_window.dwellings(request.actor, request.now)
    until = request.now + LASTS[3]
    context = {
        "rows": [shown if r.id == shown.id else r for r in rows],
        "requests": requests,
        "revealed": {"until": until},
        **search_form(Wanted(frozenset())),
    }
    return hidden_again(render(request, "dwellings.html", context), until, request.now, reverse("dwellings"))


@require_GET
def exclusions(request: Request) -> HttpResponse:
    """Exclusions in force."""
    rows = exclusion.exclusions(request.actor, request.now)
    found: dict[str, Any] = {"matches": matches(request.actor, request.now)}
    found["places"] = burning.dwellings_by_mark(request.actor, request.now)
    return render(request, "exclusions.html", {"rows": rows, **found})


@require_POST
def lift_exclusion(request: Request, denial_id: UUID) -> HttpResponse:
    """Lifts one."""
    staff_actions.lift_exclusion(request.actor, denial_id, request.now)
    return redirect("exclusions")


@require_GET
def staff(request: Request) -> HttpResponse:
    """Everybody who works here."""
    return render(request, "staff.html", {"rows": staff_window.everybody(request.actor, request.now)})


@require_http_methods(["GET", "POST"])
def new_staff(request: Request) -> HttpResponse:
    """A new account."""
    if not policy.may(request.actor.roles, "staff"):
        raise NotFound
    wrong = Wrong()
    if request.method == "POST":
        try:
            username, name, password = (request.POST.get(n, "").strip() for n in ("username", "short_name", "password"))
            made = staff_actions.add_staff(request.actor, username, name, password, request.now)
            return redirect("staff_member", made)
        except Invalid as no:
            wrong = Wrong(no.complaints)
    raw = _raw(request)
    fields = (
        small_field("username", "line", "Användarnamn", "User name", raw, wrong),
        small_field("short_name", "line", "Förnamn och initial", "First name and initial", raw, wrong),
        small_field("password", "password", "Första lösenordet", "First password", raw, wrong),
    )
    return render(request, "new_staff.html", {"form": small_form(fields, wrong)}, status=_status(wrong))


@require_http_methods(["GET", "POST"])
def staff_member(request: Request, staff_id: UUID) -> HttpResponse:
    """One member of staff, and the roles they hold."""
    found = {row["id"]: row for row in staff_window.everybody(request.actor, request.now)}
    if staff_id not in found:
        raise NotFound
    wrong = Wrong()
    if request.method == "POST":
        try:
            _give_role(request, staff_id)
            return redirect("staff_member", staff_id)
        except Invalid as no:
            wrong = Wrong(no.complaints)
    return member_page(request, found[staff_id], wrong if request.method == "POST" else Wrong(), Wrong())


def member_page(request: Request, member: dict[str, Any], wrong: Wrong, identity: Wrong) -> HttpResponse:
    """The page of one member of staff: ``wrong`` is amiss in the role, ``identity`` in who they are."""
    context = {
        "member": member,
        "rows": member["rows"],
        "form": _role_form(request, wrong),
        "identity_form": _identity_form(request, identity),
        "identified": member["identified"],
    }
    return render(request, "staff_member.html", context, status=_status(identity if identity.complaints else wrong))


def _identity_form(request: Request, wrong: Wrong) -> Form:
    raw = {name: [""] for name in ("identity_number", "identity_name")}  # what was typed is never shown again
    return small_form(
        (
            small_field("identity_number", "line", "Personnummer", "Personal number", raw, wrong, required=False),
            small_field("identity_name", "line", "Hela namnet", "Full name", raw, wrong, required=False),
        ),
        wrong,
    )


@require_POST
def reset_second_factor(request: Request, staff_id: UUID) -> HttpResponse:
    """Takes away a lost app, so that a new one can be connected."""
    staff_actions.reset_second_factor(request.actor, staff_id, request.now)
    return redirect("staff_member", staff_id)


@require_POST
def end_sessions(request: Request, staff_id: UUID) -> HttpResponse:
    """Signs somebody out everywhere, at once."""
    session_actions.end_sessions(request.actor, staff_id, request.now)
    return redirect("staff_member", staff_id)


def _give_role(request: Request, staff_id: UUID) -> None:
    units = {str(i): i for i, _ in staff_window.units(request.actor, request.now)}
    unit = units.get(request.POST.get("unit", ""))
    first = _day(request, "from_on") or localdate(request.now)
    last = _day(request, "until_on", required=False)
    staff_actions.give_role(request.actor, staff_id, request.POST.get("role", ""), unit, first, last, request.now)


def _role_form(request: Request, wrong: Wrong) -> Form:
    raw = _raw(request)
    roles = [(r.key, r.name) for r in METHOD.roles.values() if r.key not in staff_actions.NOT_GIVEN]
    units = [(str(i), Text(name, name)) for i, name in staff_window.units(request.actor, request.now)]
    return small_form(
        (
            small_field("role", "choice", "Roll", "Role", raw, wrong, options=roles),
            small_field("unit", "choice", "Enhet", "Unit", raw, wrong, required=False, options=units),
            small_field("from_on", "day", "Från och med", "From", raw, wrong),
            small_field("until_on", "day", "Till och med", "Until and including", raw, wrong, required=False),
        ),
        wrong,
    )


@require_GET
def city(request: Request) -> HttpResponse:
    """Figures about groups."""
    return render(request, "city.html", {"city": insight.city(request.actor, request.now)})
