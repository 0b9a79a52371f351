"""The follow-up in five parts: what its page shows, the live strip of gaps, and what was written when it is saved."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from langsikt.access.sheets import EventLine, Fact
from langsikt.access.window import follow_up as window
from langsikt.access.window.day_after import supposed_gaps
from langsikt.access.window.form import FormSheet
from langsikt.model.texts import Text
from langsikt.pages.forms import Form
from langsikt.pages.middleware import Request

# The five parts: address within the page, heading, and what is asked there.
PARTS: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("laget", Text("Läget", "How things are"), (
        "held_on", "own_words", "not_asked", "wellbeing", "goal_scores", "tonight", "family_contact", "family_worry",
        "person_wants", "our_view",
    )),
    ("trygghet", Text("Trygghet", "Safety"), (
        "risk_now", "risk_line", "next_review_on", "safe_contact_confirmed",
    )),
    ("insatserna", Text("Insatserna", "The support"), ("support_outcomes", "move_after")),
    ("ansvar", Text("Ansvar och nästa gång", "Responsibility and next time"), (
        "still_needed", "contact_person_wish", "no_contact_person", "isolation_breaker", "coordinated_plan",
        "first_90_days", "next_on",
    )),
    ("kontrollera", Text("Kontrollera", "Check"), ("follow_up_note",)),
)  # fmt: skip
NOTE = Text("Anteckning", "Note")


def shown(sheet: FormSheet, form: Form) -> dict[str, Any]:
    """What the pages of a follow-up and of a check-in know beside the form: its fields by name, and the sheet."""
    left = (list(sheet.raw.get("part", ())) or [""])[-1]
    return {
        "asked": {field.name: field for field in form.fields},
        "sheet": sheet.follow_up,
        "parts": [{"id": key, "title": title} for key, title, _ in PARTS],
        "open_part": _faulty(form) or (left if left in {key for key, _, _ in PARTS} else ""),
    }


def _faulty(form: Form) -> str:
    """The first part where something is wrong; empty when nothing is."""
    wrong = {"support_outcomes" if name.startswith("outcome") else name for name, _ in form.complaints}
    return next((key for key, _, names in PARTS if wrong & {*names}), "")


@require_POST
def gaps(request: Request, reference: str) -> HttpResponse:
    """The strip and the days after, for the form as it is typed: a piece of a page, and nothing is stored."""
    raw = {name: request.POST.getlist(name) for name in request.POST}
    found = supposed_gaps(request.actor, reference, raw, request.now)
    return render(request, "partials/follow_up/_live.html", {"gaps": found})


@require_GET
def saved(request: Request, reference: str) -> HttpResponse:
    """What the latest follow-up wrote, each with a link, and the text for another journal."""
    sheet = window.saved(request.actor, reference, request.now)
    told = tuple(_told(sheet.line)) if sheet.line else ()
    return render(request, "follow_up_saved.html", {"sheet": sheet, "header": sheet.header, "told": told})


def _told(line: EventLine) -> Iterator[tuple[Text, tuple[Fact, ...]]]:
    """The line under the headings of the five parts, always in that order; a part of which nothing was said is left."""
    facts = {fact.field: fact for fact in line.facts}
    for key, title, names in PARTS:
        found = tuple(facts[name] for name in names if name in facts)
        if found:
            yield (NOTE if key == "kontrollera" else title), found
