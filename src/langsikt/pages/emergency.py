"""*Nödöppna*: the form that opens somebody else's case for an hour, *Fortsätt*, and the page when the hour is over."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_http_methods, require_POST

from langsikt.access.errors import Invalid, NotFound
from langsikt.access.window.emergency import emergencies
from langsikt.actions import emergency as actions
from langsikt.model.emergency import REASONS
from langsikt.model.texts import Text
from langsikt.pages import step_up
from langsikt.pages.forms import Form, Wrong, small_field, small_form
from langsikt.pages.middleware import Request

NOBODY = Text(
    "Det finns inget ärende att öppna så. Kontrollera tecknen", "There is no case to open so. Check the characters"
)
KNOWN = Text("Jag vet att handläggaren får veta det genast", "I know that the case worker is told at once")


@require_http_methods(["GET", "POST"])
def emergency(request: Request) -> HttpResponse:
    """The form; when it is right, the case is open."""
    rows = emergencies(request.actor, request.now)
    if not step_up.stepped_up(request):
        return step_up.ask(reverse("emergency"))
    wrong = Wrong()
    if request.method == "POST":
        try:
            return redirect("case", _opened(request))
        except Invalid as no:
            wrong = Wrong(no.complaints)
        except NotFound:
            wrong = Wrong({"reference" if request.POST.get("reference", "").strip() else "personal_number": NOBODY})
    context = {"rows": rows, "form": _form(request, wrong)}
    return render(request, "emergency.html", context, status=422 if wrong.complaints else 200)


def _opened(request: Request) -> str:
    typed = {name: request.POST.get(name, "").strip()[:40] for name in ("reference", "personal_number", "reason")}
    return actions.open_emergency(
        request.actor,
        typed["reference"].upper(),
        typed["personal_number"],
        typed["reason"],
        request.POST.get("understood") == "on",
        request.now,
    )


def _form(request: Request, wrong: Wrong) -> Form:
    raw = {name: request.POST.getlist(name) for name in request.POST}
    reasons = tuple(REASONS.items())
    return small_form(
        (
            small_field("reference", "line", "Referens", "Reference", raw, wrong, required=False),
            small_field(
                "personal_number", "line", "Eller personnummer", "Or personal number", raw, wrong, required=False
            ),
            small_field(
                "reason", "choice", "Varför det inte kan vänta", "Why it cannot wait", raw, wrong, options=reasons
            ),
            small_field("understood", "yes", KNOWN.sv, KNOWN.en, raw, wrong),
        ),
        wrong,
    )


@require_POST
def go_on(request: Request, reference: str) -> HttpResponse:
    """*Fortsätt*: one more hour, and back to the page of the case where it was pressed."""
    found = actions.go_on(request.actor, reference, request.now)
    back = request.POST.get("next", "")
    home = reverse("case", args=[found])
    return redirect(back if back.startswith(home) and _ours(back) else home)


def _ours(path: str) -> bool:
    try:
        return bool(resolve(path))
    except Resolver404:
        return False


def over(request: Request, event: str, reference: str, raw: dict[str, list[str]]) -> HttpResponse | None:
    """The page for a form that came when the hour was over: the text is kept. None when there was no such hour."""
    if not actions.keep_typed(request.actor, event, reference, raw, request.now):
        return None
    return render(request, "emergency_over.html", {"reference": reference, "back": request.path}, status=403)
