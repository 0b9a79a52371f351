"""The form of an event: shown, kept as a draft, sent through the door, or given back with what is wrong."""

import secrets
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from langsikt.access.errors import Conflict, HardStop, Invalid, NotFound, RefusedByRight, RefusedByStep
from langsikt.access.window.form import FormSheet, Opening, new_form
from langsikt.access.window.form import event_form as sheet_of
from langsikt.actions.door import act
from langsikt.actions.draft import save_draft
from langsikt.actions.emergency import keep_typed
from langsikt.actions.refusals import BY_STEP, by_right
from langsikt.model import wording
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.outcome import as_sent
from langsikt.model.texts import Text
from langsikt.pages import warning
from langsikt.pages.emergency import over
from langsikt.pages.follow_up import shown
from langsikt.pages.forms import Form, Wrong, event_form
from langsikt.pages.middleware import WRITER, Request
from langsikt.pages.safety import chosen_night, waiting

RULE_AT = {(METHOD.steps[rule.step].slug, rule.path): rule for rule in METHOD.events.values()}
NO_RISK = Text(
    "Riskbedömning saknas, görs senast nästa arbetsdag", "There is no risk assessment, due by the next working day"
)
MISSING = {name: said.capitalized() for name, said in wording.EXPECTED.items()} | {"risk_assessed": NO_RISK}
# Events with a page of their own, drawn from the same fields and sent through the same door.
OWN_PAGES = {
    "end_placement_acutely": "acute_ending.html",
    "report_missing_person": "missing.html",
    "follow_up": "follow_up.html",
    "check_in": "check_in.html",
}
# After these the actor may no longer see the case, or there is none.
LEAVES = frozenset({"hand_over_to_team", "exclude_staff", "declare_conflict_of_interest", "give_advice"})
ELSEWHERE = frozenset({"receive_contact", "correct"})
# After these the page that shows what was done; after all others the case.
LANDS = dict.fromkeys(("set_goal", "score_goal", "order_goals", "record_skills"), "goals")
LANDS |= dict.fromkeys(
    ("send_referral", "record_referral_answer", "receive_offer", "answer_offer", "answer_coordinated_plan"), "waiting"
)
LANDS |= dict.fromkeys(("add_network_person", "change_network_role"), "network")
LANDS |= dict.fromkeys(("record_whereabouts", "end_whereabouts"), "whereabouts")
LANDS |= {"name_responsible_unit": "responsibility", "follow_up": "follow_up_saved"}
LONGEST_NAMED = 64  # a reference or a choice, which is all that a link may say
NO_FILES = Text(
    "Skriv texten i fältet. Filer tas inte emot här", "Write the text in the field. Files are not taken here"
)


@require_http_methods(["GET", "POST"])
def new_contact(request: Request) -> HttpResponse:
    """Step 1: a new contact."""
    sheet = new_form(request.actor, request.now)
    return _answer(request, sheet, None)


@require_http_methods(["GET", "POST"])
def event(request: Request, reference: str, slug: str, path: str) -> HttpResponse:
    """Any event of a case. Raises NotFound for an unknown address."""
    rule = RULE_AT.get((slug, path))
    if rule is None or rule.name in ELSEWHERE:
        raise NotFound
    asked = {name: str(value) for name, value in request.GET.items() if len(value) <= LONGEST_NAMED}
    opening = Opening(asked=asked, typed=_typed(request) if request.method == "POST" else None)
    try:
        sheet = sheet_of(request.actor, reference, rule.name, request.now, opening)
    except NotFound:
        kept = over(request, rule.name, reference, _typed(request)) if request.method == "POST" else None
        if kept is None:
            raise
        return kept
    return _answer(request, sheet, reference)


@require_http_methods(["GET", "POST"])
def correct(request: Request, reference: str, event_id: UUID) -> HttpResponse:
    """Rätta an event of the history."""
    sheet = sheet_of(request.actor, reference, "correct", request.now, Opening(corrects=event_id))
    return _answer(request, sheet, reference)


def _typed(request: Request) -> dict[str, list[str]]:
    return chosen_night({name: request.POST.getlist(name) for name in request.POST})


def _answer(request: Request, sheet: FormSheet, reference: str | None) -> HttpResponse:
    if sheet.answer == "right":
        if request.method == "POST":
            act(request.actor, sheet.rule.name, reference, {}, now=request.now)
        raise RefusedByRight(by_right(sheet.rule, sheet.role))
    if request.method == "GET":
        wrong = Wrong(refusal=BY_STEP) if sheet.answer == "step" else None
        return _page(request, sheet, event_form(sheet, sheet.raw, wrong), secrets.token_urlsafe(16), sheet.seen)
    return _send(request, sheet, reference)


def _send(request: Request, sheet: FormSheet, reference: str | None) -> HttpResponse:
    """Sends the form through the door; a no gives it back whole."""
    raw = _typed(request)
    if sheet.original:
        raw["corrects"] = [str(sheet.original.id)]
    key, seen = request.POST.get("key", ""), request.POST.get("seen", "")
    newer: tuple[Any, ...] = ()
    status, number = 422, int(seen) if seen.isdecimal() and len(seen) < 10 else None
    if told := warning.told(request, sheet, reference, raw):
        return _page(request, sheet, event_form(sheet, raw, told), key, number, (), status)
    try:
        if request.FILES:
            raise Invalid(dict.fromkeys(request.FILES, NO_FILES))
        sent = as_sent(raw) if sheet.follow_up else raw
        done = act(request.actor, sheet.rule.name, reference, sent, now=request.now, seen=number, key=key[:64])
        return _done(request, sheet, done.reference)
    except Invalid as no:
        wrong = Wrong(no.complaints)
    except HardStop as no:
        wrong = Wrong({no.field: no.text} if no.field else {}, None if no.field else no.text)
    except (RefusedByStep, RefusedByRight) as no:  # by right only where what was typed asks for the manager's signature
        wrong = Wrong(refusal=no.text)
    except Conflict as no:
        newer, number, status, wrong = no.lines, no.last_seq, 409, Wrong()
    return _page(request, sheet, event_form(sheet, raw, wrong), key, number, newer, status)


def _done(request: Request, sheet: FormSheet, reference: str) -> HttpResponse:
    """After the change: the case with what was done, or the start where it can no longer be seen.

    A form opened from *Trygghet* leads back there; the list of a search stays open while somebody is missing;
    after a goal was moved the keyboard is at its card.
    """
    gone = sheet.rule.name in LEAVES or sheet.role == "housing_coordinator"
    after = LANDS.get(sheet.rule.name, "case")
    target = reverse("home") if gone else reverse(after, args=[reference])
    if sheet.rule.name == "report_missing_person":
        target = request.path
    elif request.GET.get("fran") == "trygghet" and not gone:
        target = reverse("safety", args=[reference])
    moved = f"#mal-{_typed(request)['goal'][-1]}" if sheet.rule.name == "order_goals" else ""
    return redirect(f"{target}?klart={sheet.rule.name}{moved}")


def _page(
    request: Request,
    sheet: FormSheet,
    form: Form,
    key: str,
    seen: int | None,
    newer: tuple[Any, ...] = (),
    status: int = 200,
) -> HttpResponse:
    reference = sheet.header.reference if sheet.header else None
    context = {
        "header": sheet.header,
        "rule": sheet.rule,
        "form": waiting(form) if sheet.waits_in else form,
        "newer": newer,
        "seen": seen,
        "key": key,
        "draft_saved_at": sheet.draft_saved_at,
        "draft_url": None if sheet.original else _draft_url(sheet.rule, reference),
        "expected_missing": [MISSING[name] for name in sheet.missing],
        "original": sheet.original,
        "search": sheet.search,
        "waits_in": sheet.waits_in,
        "family_work_risk": sheet.family_work_risk,
        "contacts": METHOD.contacts,
        "drafts": sheet.drafts,
        "backs": sheet.sent_back,
        "goals": sheet.goals,
        **(shown(sheet, form) if sheet.follow_up or sheet.rule.name == "check_in" else {}),
    }
    own = [OWN_PAGES.get(sheet.rule.name, f"forms/{sheet.rule.name}.html"), "event_form.html"]
    return render(request, "correct.html" if sheet.original else own, context, status=status)


def _draft_url(rule: EventRule, reference: str | None) -> str:
    return reverse("draft", args=[reference, rule.name]) if reference else reverse("draft_new")


@require_POST
def draft(request: Request, reference: str, event: str) -> HttpResponse:
    """Keeps what has been typed so far."""
    return _keep(request, event, reference)


@require_POST
def draft_new(request: Request) -> HttpResponse:
    """The same for a new contact."""
    return _keep(request, "receive_contact", None)


def _keep(request: Request, event: str, reference: str | None) -> HttpResponse:
    if WRITER not in request.headers:  # whose words they are is said, never supposed
        raise NotFound
    raw = _typed(request)
    try:
        if save_draft(request.actor, event, reference, raw, request.now) is None:
            return HttpResponse(status=410)
    except NotFound:
        if reference is None or not keep_typed(request.actor, event, reference, raw, request.now):
            raise
    found = warning.marks(request, [METHOD.events[event]], reference, raw)
    return JsonResponse({"saved_at": f"{timezone.localtime(request.now):%H.%M}", "marked": warning.places(found)})
