"""Step 7 in pages: the checklist that closes or asks the manager, the manager's signature, and the way back."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from langsikt.access.closing_sheets import Checklist
from langsikt.access.errors import Conflict, HardStop, Invalid, RefusedByRight, RefusedByStep
from langsikt.access.window import closure as window
from langsikt.access.window.form import FormSheet
from langsikt.actions.door import act
from langsikt.actions.refusals import BY_STEP, by_right
from langsikt.model.closing_stops import asks_for_signature, event_to_close
from langsikt.model.load import METHOD
from langsikt.model.texts import Text
from langsikt.pages import warning
from langsikt.pages.event import NO_FILES
from langsikt.pages.forms import Form, Wrong, event_form
from langsikt.pages.middleware import Request

Raw = dict[str, list[str]]
# Asked whatever the record says; the others only where a row of the checklist asks for them, or where one may.
ABOUT_THE_CASE = ("closed_on", "closure_reason")
NOW_SIGNED = Text("Nu behöver chefen skriva under", "Now the manager has to sign")
NOW_ALONE = Text("Chefen behöver inte längre skriva under", "The manager no longer has to sign")
AS_WRITTEN = Text(
    "Tryck en gång till. Allt du har skrivit finns kvar.", "Press once more. Everything you have written is kept."
)


@dataclass(frozen=True)
class Sent:
    """What came of a form: where to go, or what was wrong with it."""

    reference: str | None = None
    wrong: Wrong | None = None
    newer: tuple[Any, ...] = ()
    seen: int | None = None
    status: int = 422


@require_http_methods(["GET", "POST"])
def close(request: Request, reference: str) -> HttpResponse:
    """The checklist and its form, at the address of both events: it closes, or asks the manager to sign."""
    sheet, checklist = window.closing(request.actor, reference, request.now)
    _refuse(request, sheet, reference)
    context: dict[str, Any] = {"checklist": checklist, "changed": None}
    if request.method == "GET":
        said = {"closure_reason": ["person_ends"]} if "declined" in dict(checklist.why) else {}
        shown = said | sheet.raw
        return _page(request, "close_case.html", sheet, shown, Sent(wrong=_step(sheet), status=200), context)
    raw = _raw(request) | {name: [value] for name, value in checklist.answers.items()}
    why = tuple(dict.fromkeys((*(key for key, _ in checklist.why), *asks_for_signature(_facts(raw)))))
    event, pressed = event_to_close(why), request.POST.get("event", "")
    if pressed != event and sheet.answer == "done":
        context["changed"] = NOW_SIGNED if why else NOW_ALONE
        return _page(request, "close_case.html", sheet, raw, Sent(seen=_seen(request)), context)
    sent = _told(request, sheet, reference, raw) or _send(
        request, event if sheet.answer == "done" else sheet.rule.name, reference, raw
    )
    if sent.reference:
        return redirect(f"{reverse('case', args=[reference])}?klart={event}")
    return _page(request, "close_case.html", sheet, raw, sent, context)


@require_http_methods(["GET", "POST"])
def sign(request: Request, reference: str) -> HttpResponse:
    """The manager signs: what is unmet and why, and when it was asked; no content beyond that."""
    sheet, checklist = window.signing(request.actor, reference, request.now)
    _refuse(request, sheet, reference)
    return _plain(request, "sign_closure.html", sheet, reference, {"checklist": checklist})


@require_http_methods(["GET", "POST"])
def reopen(request: Request, reference: str) -> HttpResponse:
    """Återuppta, with who the case goes back to said before anything is written."""
    sheet, after = window.reopening(request.actor, reference, request.now)
    _refuse(request, sheet, reference)
    return _plain(request, "reopen_case.html", sheet, reference, {"after": after})


def _plain(
    request: Request, template: str, sheet: FormSheet, reference: str, context: Mapping[str, Any]
) -> HttpResponse:
    """A form of one event with something beside it: shown, sent, or given back with what is wrong."""
    if request.method == "GET":
        return _page(request, template, sheet, sheet.raw, Sent(wrong=_step(sheet), status=200), context)
    raw = _raw(request)
    sent = _told(request, sheet, reference, raw) or _send(request, sheet.rule.name, reference, raw)
    if sent.reference is None:
        return _page(request, template, sheet, raw, sent, context)
    gone = not window.still_seen(request.actor, reference, request.now)
    target = reverse("home") if gone else reverse("case", args=[reference])
    return redirect(f"{target}?klart={sheet.rule.name}")


def _refuse(request: Request, sheet: FormSheet, reference: str) -> None:
    """By right, as the door would; a POST goes there, so that the journal says so. Raises RefusedByRight."""
    if sheet.answer != "right":
        return
    if request.method == "POST":
        act(request.actor, sheet.rule.name, reference, {}, now=request.now)
    raise RefusedByRight(by_right(sheet.rule, sheet.role))


def _step(sheet: FormSheet) -> Wrong | None:
    return Wrong(refusal=BY_STEP) if sheet.answer == "step" else None


def _raw(request: Request) -> Raw:
    return {name: request.POST.getlist(name) for name in request.POST}


def _facts(raw: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """What was chosen of that which may ask for a signature."""
    return {name: list(raw[name])[-1] for name in ("closure_reason", "heard") if raw.get(name)}


def _seen(request: Request) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else None


def _told(request: Request, sheet: FormSheet, reference: str, raw: Raw) -> Sent | None:
    """The form back once, where a text says where the person is and nobody has ticked (rules D2)."""
    told = warning.told(request, sheet, reference, raw)
    return Sent(wrong=told, seen=_seen(request)) if told else None


def _send(request: Request, event: str, reference: str, raw: Raw) -> Sent:
    """Through the door; a no gives the form back whole."""
    seen, key = _seen(request), request.POST.get("key", "")[:64]
    try:
        if request.FILES:
            raise Invalid(dict.fromkeys(request.FILES, NO_FILES))
        done = act(request.actor, event, reference, raw, now=request.now, seen=seen, key=key)
        return Sent(done.reference)
    except Invalid as no:
        return Sent(wrong=Wrong(no.complaints), seen=seen)
    except HardStop as no:
        return Sent(wrong=Wrong({no.field: no.text} if no.field else {}, None if no.field else no.text), seen=seen)
    except (RefusedByStep, RefusedByRight) as no:
        return Sent(wrong=Wrong(refusal=no.text), seen=seen)
    except Conflict as no:
        return Sent(newer=no.lines, seen=no.last_seq, status=409)


def _page(
    request: Request, template: str, sheet: FormSheet, raw: Mapping[str, Any], sent: Sent, context: Mapping[str, Any]
) -> HttpResponse:
    form = event_form(sheet, raw, sent.wrong)
    checklist = context.get("checklist")
    reference = sheet.header.reference if sheet.header else ""
    shown = {
        **context,
        "header": sheet.header,
        "rule": sheet.rule,
        "form": _asked(form, checklist) if checklist else form,
        "newer": sent.newer,
        "seen": sheet.seen if request.method == "GET" else sent.seen,
        "key": request.POST.get("key", "") or secrets.token_urlsafe(16),
        "draft_saved_at": sheet.draft_saved_at,
        "draft_url": reverse("draft", args=[reference, sheet.rule.name]),
        "closing_rule": METHOD.events["close_case"],
        "again": AS_WRITTEN,
        "may_write": sheet.answer == "done",
    }
    return render(request, template, shown, status=sent.status)


def _asked(form: Form, checklist: Checklist) -> Form:
    """The form without what the record answers: about the case first, then the questions as the rows ask them."""
    order = [*ABOUT_THE_CASE, *(row.key if row.key != "view" else "heard" for row in checklist.rows), "own_words"]
    fields = [field for field in form.fields if field.name not in checklist.answers]
    return replace(form, fields=tuple(sorted(fields, key=lambda f: order.index(f.name) if f.name in order else 0)))
