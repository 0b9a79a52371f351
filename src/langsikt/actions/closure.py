"""Step 7: the case closes when support is no longer needed, and the other endings."""

from langsikt.access.errors import Invalid, RefusedByRight
from langsikt.actions.refusals import SIGNED
from langsikt.actions.register import verb
from langsikt.actions.work import Work
from langsikt.model.facts import needs_after_outdated
from langsikt.model.rules import signature_needed
from langsikt.model.texts import Text
from langsikt.records.models import Draft

RUNNING = Text(
    "Placeringen pågår. Kryssa i att kommunen tar över den, eller skriv först att den har upphört",
    "The placement is running. Tick that it is taken over, or record its end first",
)
UNASSESSED = Text(
    "Bedöm behoven efter skyddat boende först, eller kryssa i att kommunen tar över placeringen",
    "Assess the needs after shelter first, or tick that the placement is taken over",
)


@verb
def decline_support(work: Work) -> None:
    """Personen vill avsluta: an adult may always end voluntary support (SoL 2:1; rules B1.7)."""
    work.write()


@verb
def close_case(work: Work) -> None:
    """Avsluta insatser och ärendet när personen inte bedöms vara i behov av stöd längre (step 7).

    Raises RefusedByRight when home, risk, *vill inte* or *inte nådd* asks for the manager (rules B2.5).
    """
    if signature_needed(work.state, work.values):
        raise RefusedByRight(SIGNED)
    work.write()
    forget_drafts(work)


@verb
def ask_to_close(work: Work) -> None:
    """The manager is asked to sign; the worker has said all there is to say (rules B2.5)."""
    work.write()


@verb
def sign_closure(work: Work) -> None:
    """The manager signs a closure where something is unmet (rules B2.5)."""
    work.write()
    forget_drafts(work)


@verb
def send_back_closure(work: Work) -> None:
    """The manager does not sign, and says in one line what needs to change (rules B2.5)."""
    work.write()


def forget_drafts(work: Work) -> None:
    """What the actor has begun to write in the case goes when it closes (rules B4.11)."""
    Draft.objects.filter(staff_id=work.actor.id, case_id=work.root.id).delete()


@verb
def call_after_closure(work: Work) -> None:
    """A call after 3, 6 or 12 months, with consent: only *nådd* or *inte nådd* is kept (rules B2.7)."""
    work.write()


@verb
def count_question_after_closure(work: Work) -> None:
    """Somebody asks after closure: counted, without a word of what it was about (rules B2.7)."""
    work.write()


@verb
def record_death(work: Work) -> None:
    """Dödsfall: the case ends, with the manager (rules B1.3)."""
    work.write()


@verb
def void_case(work: Work) -> None:
    """Registrerat i fel: voided, not closed, with the manager (rules B1.3)."""
    work.write()


@verb
def transfer_case(work: Work) -> None:
    """En annan kommun har tagit över, the placement too where there is one (SoL 29:10–11; rules B1.3).

    Raises Invalid when a placement runs, or ended unassessed, and is not said to be taken over:
    only *with the placement* is this a way past the assessment of needs after.
    """
    unassessed = bool(work.state.placements) and needs_after_outdated(work.state, {})
    if not work.values.get("with_placement"):
        if work.state.running_placements:
            raise Invalid({"with_placement": RUNNING})
        if unassessed:
            raise Invalid({"with_placement": UNASSESSED})
    work.write()
