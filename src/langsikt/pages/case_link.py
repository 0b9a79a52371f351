"""*Koppla ärende*: the form that links two cases of one family, or says that something has changed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from langsikt.access.errors import Invalid
from langsikt.access.window.case_link import CaseLinkSheet, link_form
from langsikt.actions.case_link import NO, YES, Said, link_cases
from langsikt.model.case_link import RELATIONS
from langsikt.model.texts import Text
from langsikt.pages.forms import Form, Raw, Wrong, small_field, small_form
from langsikt.pages.middleware import Request

ANSWERS = ((YES, Text("Ja", "Yes")), (NO, Text("Nej", "No")))
SECRET = Text(
    "Då får bara den som får läsa båda ärendena veta att de hör ihop.",
    "Then only those who may read both cases know that they belong together.",
)
TOGETHER = Text(
    "Ja: samma boende, kontaktperson och tolk går bra. Nej: aldrig samma, och svaret är som när det är fullt.",
    "Yes: the same dwelling, contact person and interpreter will do. No: never the same, answered as if it were full.",
)
ENDED = Text("Kopplingen gäller inte längre", "The link no longer holds")


@require_http_methods(["GET", "POST"])
def link(request: Request, reference: str, other: str | None = None) -> HttpResponse:
    """The form; when it is right, the network page with the link."""
    sheet = link_form(request.actor, reference, other, request.now)
    raw: Raw = {name: request.POST.getlist(name) for name in request.POST} or _stands(sheet.link)
    wrong = Wrong()
    if request.method == "POST":
        try:
            link_cases(request.actor, reference, _said(request, other), request.now)
            return redirect("network", reference)
        except Invalid as no:
            wrong = Wrong(no.complaints)
    context = {"header": sheet.header, "link": sheet.link, "form": _form(raw, wrong, other is None)}
    return render(request, "case_link.html", context, status=422 if wrong.complaints else 200)


def _said(request: Request, other: str | None) -> Said:
    answers = {name: request.POST.get(name, "") for name in ("relation", "secret", "together")}
    return Said(other or request.POST.get("reference", ""), answers, bool(other) and request.POST.get("ended") == "on")


def _stands(found: CaseLinkSheet | None) -> Raw:
    """What the form shows first: what stands, or secret for a new link."""
    if found is None:
        return {"secret": [YES]}
    said = found.now
    answers = {"relation": said.relation, "secret": _word(said.secret), "together": _word(said.together)}
    return {name: [value] for name, value in answers.items()} | ({"ended": ["on"]} if said.ended else {})


def _word(yes: bool) -> str:
    return YES if yes else NO


def _form(raw: Raw, wrong: Wrong, new: bool) -> Form:
    fields = (
        small_field("reference", "line", "Det andra ärendets referens", "Reference of the other case", raw, wrong),
        small_field("relation", "choice", "Det andra ärendet är", "The other case is", raw, wrong,
                    options=tuple(RELATIONS.items())),
        small_field("secret", "choice", "Ska ärendena vara hemliga för varandra?",
                    "Are the cases to be secret from each other?", raw, wrong, options=ANSWERS, hint=SECRET),
        small_field("together", "choice", "Får de bo tillsammans?", "May they live together?", raw, wrong,
                    options=ANSWERS, hint=TOGETHER),
        small_field("ended", "yes", ENDED.sv, ENDED.en, raw, wrong, required=False),
    )  # fmt: skip
    return small_form(fields[:-1] if new else fields[1:], wrong)
