"""What every page knows: who looks, what they may open, which day it is, and what was just done."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from langsikt.access import policy, sessions
from langsikt.access.sessions import SLIDE_EVERY
from langsikt.model.load import METHOD
from langsikt.model.texts import Text

# Page, its name in the menu, and the look that opens it (None: for everybody).
MENU: tuple[tuple[str, Text, str | None], ...] = (
    ("my_day", Text("Min dag", "My day"), "own_list"),
    ("team", Text("Team", "Team"), "unit_list"),
    ("cases", Text("Ärenden", "Cases"), "own_list|unit_list"),
    ("watches", Text("Bevakningar", "Watches"), "own_list|unit_list"),
    ("dwellings", Text("Boende", "Places"), "place_requests"),
    ("log_review", Text("Loggkontroll", "Log review"), "journal"),
    ("conflicts", Text("Jäv", "Conflicts"), "conflicts"),
    ("exclusions", Text("Spärrar", "Exclusions"), "exclusions"),
    ("staff", Text("Personal", "Staff"), "staff"),
    ("city", Text("Staden", "The city"), "aggregates"),
    ("model", Text("Modellen", "The model"), None),
)
FIRST = ("case_worker", "duty_service", "unit_manager", "housing_coordinator")
WITHIN_CASES = frozenset(
    {"case", "plan", "step", "event", "history", "correct", "case_log", "reveal", "new_contact", "search"}
    | {"safety", "reveal_safety", "follow_up_saved", "leaflet"}
    | {"close_case", "ask_to_close", "sign_closure", "reopen_case"}
    | {"goals", "responsibility", "waiting", "network", "reveal_network", "write_into"}
    | {"link_case", "change_link"}
    | {"whereabouts", "reveal_whereabouts", "texts_without_names"}
    | {"emergency", "continue_emergency", "readers", "assess_readers"}
)
WITHIN = dict.fromkeys(WITHIN_CASES, "cases") | {"erasures": "team"} | {"postpone": "my_day", "take_back": "my_day"}
WITHIN |= {"dwelling": "dwellings"}
WITHIN |= dict.fromkeys(("finding", "whole_log", "sample"), "log_review")


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    actor = getattr(request, "actor", None)
    now = getattr(request, "now", None) or timezone.now()
    match = getattr(request, "resolver_match", None)
    current = match.url_name if match else ""
    return {
        "actor": actor,
        "role_names": tuple(METHOD.roles[role].name for role in sorted(actor.roles)) if actor else (),
        "menu": _menu(actor, WITHIN.get(current, current)),
        "today": timezone.localtime(now).date(),
        "now": now,
        "demo": getattr(settings, "INSTALLATION", "") == "demo",
        "language": getattr(request, "language", "sv"),
        "messages_list": _done(request),
        "notices": [METHOD.notices[kind] for kind in actor.notices] if actor and current == start_of(actor) else [],
        "idle": _idle(request, actor, current),
    }


def _idle(request: HttpRequest, actor: Any, current: str) -> dict[str, int] | None:
    """When the page warns and when it goes blank, in seconds; None for somebody who has not signed in.

    The server counts from a moment that may lie ``SLIDE_EVERY`` seconds back, so the page ends so much earlier.
    """
    signing = current.startswith(("account_", "mfa_")) and request.user.is_authenticated
    if actor is None and not signing:
        return None
    end = settings.SESSION_IDLE_AGE - SLIDE_EVERY
    call = sessions.call_left(request.session, getattr(request, "now", None) or timezone.now())
    end_of_call = max(end, call)  # the screen waits for a call as the server does (rules B3.1)
    return {"warn": end_of_call - end + settings.SESSION_WARN_AGE, "end": end_of_call}


def _menu(actor: Any, current: str) -> list[dict[str, Any]]:
    if actor is None:
        return []
    return [
        {"name": name, "label": label, "current": name == current}
        for name, label, looks in MENU
        if looks is None or any(policy.may(actor.roles, look) for look in looks.split("|"))
    ]


def start_of(actor: Any) -> str:
    """The page where the actor's day begins: that of the first of their roles."""
    roles = sorted(actor.roles, key=lambda role: FIRST.index(role) if role in FIRST else len(FIRST))
    return METHOD.roles[roles[0]].start if roles else "model"


def _done(request: HttpRequest) -> list[Text]:
    """What was just done, by the event's name in the address: references and names of events only."""
    rule = METHOD.events.get(request.GET.get("klart", ""))
    return [rule.done] if rule else []
