"""Pages to read: the model drawn from its own file, help, accessibility, protection; and the language."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_GET, require_POST

from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.texts import Text
from langsikt.pages.middleware import LANGUAGES, Request

ARROWS: tuple[dict[str, Any], ...] = (
    {"from_number": 6, "to_number": 5, "label": Text("Behoven har ändrats", "The needs have changed"), "kind": "loop"},
    {
        "from_number": 6,
        "to_number": 3,
        "label": Text("Ett nytt beslut behövs", "A new decision is needed"),
        "kind": "loop",
    },
    {"from_number": 7, "to_number": 1, "label": Text("Återuppta", "Reopen"), "kind": "loop"},
    {
        "from_number": 2,
        "to_number": 5,
        "label": Text("Stöd utan skyddat boende", "Support without shelter"),
        "kind": "shortcut",
    },
    {
        "from_number": 1,
        "to_number": 4,
        "label": Text("Akut natt: placera först, utred sedan", "Acute night: place first, investigate after"),
        "kind": "acute",
    },
    {"from_number": 4, "to_number": 7, "label": Text("Ingen väg från 4 till 7", "No way from 4 to 7"), "kind": "none"},
)


@require_GET
def model(request: Request) -> HttpResponse:
    """*Modellen*: drawn and explained from ``steps.toml``."""
    steps = sorted((s for s in METHOD.steps.values() if s.number), key=lambda s: s.number)
    by_step = [(s, [_event(METHOD.events[name]) for name in s.events]) for s in METHOD.steps.values()]
    return render(request, "model.html", {"steps": steps, "arrows": ARROWS, "events_by_step": by_step})


def _event(rule: EventRule) -> dict[str, Any]:
    steps = METHOD.steps
    opened = {key for effect in rule.effects for key in (*effect.opens, *effect.reopens)}
    return {
        "label": rule.label,
        "who": [METHOD.roles[r].name for r in METHOD.roles if r in rule.who],
        "requires": [REQUIRED[name] for name in rule.requires],
        "asks": [METHOD.fields[name].label for name in rule.asks],
        "offers": [METHOD.fields[name].label for name in rule.offers],
        "opens": [steps[key].short for key in steps if key in opened],
        "source": rule.source,
    }


REQUIRED = {
    "decision_complete": Text("beslutet är fullständigt", "the decision is complete"),
    "decider_competent": Text("rätt beslutsfattare", "a decider with that right"),
    "no_whereabouts": Text("inget om var personen är", "nothing about where the person is"),
    "child_with_guardian": Text("barn bara med vårdnadshavare", "a child only with a guardian"),
    "place_free": Text("platsen kan användas", "the place can be used"),
    "young_with_decision": Text("beslut för den som är under 21", "a decision for anyone under 21"),
    "intervention_with_decision": Text(
        "beslut för kontaktperson och familjehem", "a decision for contact person and family home"
    ),
    "nothing_running": Text("inget stöd pågår", "no support is running"),
    "needs_after_assessed": Text("behoven efter är bedömda", "the needs after are assessed"),
    "worker_left": Text("någon är kvar i ärendet", "somebody is left in the case"),
    "supporter_free": Text("kontaktpersonen kan ta uppdraget", "the contact person can take the assignment"),
    "interpreter_free": Text("tolken kan ta uppdraget", "the interpreter can take the assignment"),
    "closure_still_holds": Text("tidigare avslut håller", "earlier closures hold"),
}


@require_GET
def help_page(request: Request) -> HttpResponse:
    """Help."""
    return render(request, "help.html")


@require_GET
def accessibility(request: Request) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "accessibility.html")


@require_GET
def protection(request: Request) -> HttpResponse:
    """How the information is protected."""
    return render(request, "protection.html")


@require_POST
def language(request: Request) -> HttpResponse:
    """Swedish or English from now on in this session; back to a page of ours."""
    chosen = request.POST.get("language", "sv")
    request.session["language"] = chosen if chosen in LANGUAGES else "sv"
    target = request.POST.get("next", "/")
    try:
        resolve(target)
    except Resolver404:
        target = "/"
    return redirect(target if target.startswith("/") and not target.startswith("//") else "/")
