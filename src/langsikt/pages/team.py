"""*Team*, the manager's view: gaps on one scale, numbers that open their lists, and distributions."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from langsikt.access.window import team as team_window
from langsikt.pages.middleware import Request

GAPS_SHOWN = 8
ALL_GAPS = "alla-glapp"


@require_GET
def team(request: Request) -> HttpResponse:
    """Where support falls short; ``visa`` names the list that is open, and an unknown name opens none."""
    wanted = request.GET.get("visa", "")
    drawn = None if wanted == ALL_GAPS else GAPS_SHOWN
    found = team_window.team(request.actor, request.now, drawn)
    context = {
        "team": found,
        "shown": found.counted(wanted) or found.listed(wanted),
        "gaps": found.gaps[:drawn],
        "all_gaps": ALL_GAPS,
    }
    return render(request, "team.html", context)
