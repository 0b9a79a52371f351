"""Answers to possible duplicates and collisions, and a staff member's own identity as it is sent."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from langsikt.access import policy
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.window import staff as staff_window
from langsikt.actions.match import answer_match, identify_staff
from langsikt.pages.forms import Wrong
from langsikt.pages.middleware import Request
from langsikt.pages.office import member_page


@require_POST
def answer(request: Request, match_id: UUID) -> HttpResponse:
    """Settles one; back to the list it stood in."""
    answer_match(request.actor, match_id, request.POST.get("answer", ""), request.now)
    return redirect("exclusions" if policy.may(request.actor.roles, "exclusions") else "conflicts")


@require_POST
def identify(request: Request, staff_id: UUID) -> HttpResponse:
    """Keeps who a staff member is, as two values that cannot be read."""
    number, name = (request.POST.get(n, "").strip()[:120] for n in ("identity_number", "identity_name"))
    try:
        identify_staff(request.actor, staff_id, number, name, request.now)
    except Invalid as no:
        found = {row["id"]: row for row in staff_window.everybody(request.actor, request.now)}
        if staff_id not in found:
            raise NotFound from None
        return member_page(request, found[staff_id], Wrong(), Wrong(no.complaints))
    return redirect("staff_member", staff_id)
