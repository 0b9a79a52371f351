"""Nödöppna: somebody else's case opened for an hour, with a reason; told at once and always reviewed (rules B3.2)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from langsikt.access import journal, outbox, policy
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.functions import ask
from langsikt.access.keeper import is_denied
from langsikt.access.look import acting
from langsikt.access.people import colleagues
from langsikt.access.record import read_root
from langsikt.access.search import number_token
from langsikt.access.sheets import Actor
from langsikt.actions.draft import write_draft
from langsikt.model.emergency import REASONS
from langsikt.model.parse import STOCKHOLM
from langsikt.model.texts import Text
from langsikt.records.models import Assignment, Contact

ONE = Text("Skriv referensen eller personnumret, ett av dem", "Write the reference or the personal number, one of them")
WHY = Text("Välj varför det inte kan vänta", "Choose why it cannot wait")
KNOWN = Text("Kryssa i att du vet att öppningen granskas", "Tick that you know the opening is reviewed")
OWN = frozenset({"case_worker", "stand_in", "duty_service"})


def open_emergency(actor: Actor, reference: str, number: str, reason: str, understood: bool, now: datetime) -> str:
    """Opens a case for 60 minutes, by its exact reference or the person's number. Returns the reference.

    A case of one's own is not opened, only found. Raises Invalid; and NotFound (journaled) alike for a case that
    does not exist and one that the actor is excluded from (security T18).
    """
    if not policy.may(actor.roles, "open_emergency"):
        raise NotFound
    _check(reference, number, reason, understood)

    def opened() -> UUID | None:
        token = number_token(number) if number else None
        found: UUID | None = ask("langsikt_open_emergency", uuid4(), reference, token, reason)
        return found

    with acting(actor, now):
        root = read_root(reference) if reference else None
    if root and root.relations & OWN:
        return root.reference
    return _open(actor, "open_emergency", reference or number, reason, opened, now)


def go_on(actor: Actor, reference: str, now: datetime) -> str:
    """*Fortsätt*: one more hour for the same reason, in one press. Raises NotFound (journaled)."""
    return _open(
        actor,
        "continue_emergency",
        reference,
        "",
        lambda: ask("langsikt_continue_emergency", uuid4(), reference),
        now,
    )


def keep_typed(actor: Actor, event: str, reference: str, raw: Mapping[str, Sequence[str]], now: datetime) -> bool:
    """Keeps a form that came after the hour was over; False when there was no such hour, or an exclusion since."""
    with acting(actor, now):
        case_id = ask("langsikt_lapsed_emergency", reference)
        if case_id is not None:
            write_draft(actor, event, case_id, raw, now)
    return case_id is not None


def _check(reference: str, number: str, reason: str, understood: bool) -> None:
    complaints = {}
    if bool(reference) == bool(number):
        complaints["reference"] = ONE
    if reason not in REASONS:
        complaints["reason"] = WHY
    if not understood:
        complaints["understood"] = KNOWN
    if complaints:
        raise Invalid(complaints)


def _open(actor: Actor, action: str, typed: str, reason: str, opened: Callable[[], UUID | None], now: datetime) -> str:
    """One opening with its journal row and notices; a refusal with its own row."""
    try:
        with acting(actor, now):
            case_id = opened() if policy.may(actor.roles, "open_emergency") else None
            if case_id is None:
                raise NotFound
            root = Contact.objects.get(id=case_id)
            if reason:
                _tell(root, now)
            journal.write(actor, action, "done", now, role="emergency", case_id=case_id, klass=2, reason=reason)
            return root.reference
    except NotFound as refusal:
        with acting(actor, now):
            journal.write(actor, action, "NotFound", now, typed=typed)
        refusal.journaled = True
        raise


def _tell(root: Contact, now: datetime) -> None:
    """Those who work in the case are told at once, else its unit's managers; and every reviewer who may see it."""
    people = colleagues(now.astimezone(STOCKHOLM).date())
    assigned = Assignment.objects.filter(case_id=root.id, relation__in=OWN, until_at=None)
    working = list(assigned.values_list("staff_id", flat=True))
    managers = [c.id for c in people if c.role == "unit_manager" and c.unit == root.unit_id]
    for staff_id in dict.fromkeys(working or managers):
        outbox.put(staff_id, "emergency_opened", now)
    for staff_id in dict.fromkeys(c.id for c in people if c.role == "log_reviewer"):
        if not is_denied(root.id, staff_id):
            outbox.put(staff_id, "to_review", now)
