"""*Jäv att pröva*: the manager's list of declared conflicts of interest, and the answer to each."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from langsikt.access.errors import NotFound
from langsikt.access.window.conflict_of_interest import conflicts as window
from langsikt.access.window.match import matches
from langsikt.actions.conflict_of_interest import examine_conflict
from langsikt.pages.middleware import Request

ANSWERS = {"bestar": True, "havs": False}


@require_GET
def conflicts(request: Request) -> HttpResponse:
    """The conflicts that nobody has examined yet."""
    return render(
        request,
        "conflicts.html",
        {"rows": window(request.actor, request.now), "matches": matches(request.actor, request.now)},
    )


@require_POST
def examine(request: Request, denial_id: UUID) -> HttpResponse:
    """It stands, or the case is opened again. Raises NotFound."""
    stands = ANSWERS.get(request.POST.get("answer", ""))
    if stands is None:
        raise NotFound
    examine_conflict(request.actor, denial_id, stands, request.now)
    return redirect("conflicts")
