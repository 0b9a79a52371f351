"""Step 1: a contact is taken, and ends in one of four ways; only one of them makes a case."""

import secrets
import uuid

from langsikt.access import vault
from langsikt.access.errors import NotFound
from langsikt.access.functions import ask
from langsikt.access.keeper import keeper_of
from langsikt.access.people import colleagues
from langsikt.access.record import Root
from langsikt.access.sheets import Actor
from langsikt.actions.register import verb
from langsikt.actions.work import Work
from langsikt.model.facts import lone_minor
from langsikt.model.load import METHOD
from langsikt.records.models import Assignment, Case, Contact, DataKey, Unit

ALPHABET = "ABCDEFGHJKLMNPQRTUVWXY346789"


def new_root(actor: Actor) -> Root:
    """The root of a contact that nobody has recorded yet: a speakable random reference, a fresh key.

    Raises NotFound for somebody without a unit.
    """
    if actor.unit is None:
        raise NotFound
    unit = Unit.objects.select_related("district").get(id=actor.unit)
    reference = "".join(secrets.choice(ALPHABET) for _ in range(6))
    case_id = uuid.uuid4()
    keyring = vault.new_data_key(case_id)
    return Root(case_id, reference, unit.id, unit.name, unit.district_id, keyring, frozenset(), False)


@verb
def receive_contact(work: Work) -> None:
    """Kontakt med socialtjänsten tas (step 1). A child who comes alone is handed over at once (rules B1.6).

    The one who takes the contact is responsible for it until somebody else is.
    """
    work.assign(work.actor.id, work.role)
    Contact.objects.create(
        id=work.root.id,
        reference=work.root.reference,
        unit_id=work.root.unit,
        district_id=work.root.district,
        made_at=work.now,
    )
    if work.root.keyring is not None:
        DataKey.objects.create(**vault.wrapped_row(work.root.keyring, "case"))
    work.write()
    if lone_minor(None, work.values):
        _hand_over_child(work)


def _hand_over_child(work: Work) -> None:
    """The hand-over to Barn och unga, with the protection assessment asked for, as an event of its own (SoL 20:1)."""
    hand_over = METHOD.events["hand_over_contact"]
    values = {"ended_on": work.today, "receiver": "children_unit", "protection_assessment": True}
    Work(work.actor, work.role, hand_over, work.root, None, values, work.now, first_seq=2).write()


@verb
def open_investigation(work: Work) -> None:
    """Utredning inleds (SoL 14:2): only this makes a case (rules B1.5)."""
    if not work.root.is_case:
        Case.objects.create(case_id=work.root.id, made_at=work.now)
    work.write()


@verb
def decline_investigation(work: Work) -> None:
    """Utredning inleds inte, with a reason (rules B1.5)."""
    work.write()


@verb
def give_advice(work: Work) -> None:
    """Rådgivning: nothing about the person is kept (SoL 14:4). The rows, the key and its share go at once."""
    work.write()
    ask("langsikt_erase_contact", work.root.id)
    if work.root.keyring is not None:
        vault.destroy_when_committed(work.root.keyring.id)


@verb
def hand_over_contact(work: Work) -> None:
    """The contact is handed over to another unit, to Barn och unga with a protection assessment asked for."""
    work.write()


@verb
def hand_over_to_team(work: Work) -> None:
    """Socialjouren hands over to RVT the next working day, and no longer sees the case (rules B3.3)."""
    worker = work.values["case_worker"]
    work.write()
    work.assign(worker, "case_worker")
    units = {c.id: c.unit for c in colleagues(work.today) if c.role == "case_worker"}
    ask("langsikt_move", work.root.id, units[worker])
    work.unassign("duty_service")


@verb
def reopen_case(work: Work) -> None:
    """Återuppta (7→1): plan and history are kept, and for twelve months the same worker has it again (rules B2.7)."""
    if work.record is None:
        raise NotFound
    keeper = keeper_of(work.record, colleagues(work.today))
    work.write()
    _give_back(work, keeper.heir or work.actor.id, away=keeper.why == "absent")


def _give_back(work: Work, heir: uuid.UUID, away: bool) -> None:
    """One worker has the case. While that worker is ``away`` whoever reopened it stands in, and so still sees it."""
    rows = Assignment.objects.filter(case_id=work.root.id, relation="case_worker", until_at=None)
    now = list(rows.values_list("staff_id", flat=True))
    if heir not in now:
        work.assign(heir, "case_worker")
    if away and work.actor.id != heir and work.role != "stand_in":
        work.assign(work.actor.id, "stand_in")
    others = [staff for staff in now if staff != heir]
    for staff in sorted(others, key=lambda staff: staff == work.actor.id):  # oneself last: then one may touch no more
        work.unassign("case_worker", staff)
