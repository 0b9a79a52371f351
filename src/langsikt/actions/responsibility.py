"""Who is responsible for a case, who must not see it, and the worker's own notes and corrections."""

from uuid import UUID, uuid4

from langsikt.access.functions import ask
from langsikt.access.keeper import is_denied
from langsikt.access.people import colleagues
from langsikt.actions.register import verb
from langsikt.actions.work import Work
from langsikt.records.models import Unit


@verb
def write_note(work: Work) -> None:
    """A note, locked as it is written; only *Rätta* adds to it (SoL 14:3; rules B1.2 h)."""
    work.write()


@verb
def receive_note(work: Work) -> None:
    """What somebody outside the case has told; whoever cannot read it writes it with ``write_into`` (rules D5)."""
    work.write()


@verb
def assign_case(work: Work) -> None:
    """The manager names a case worker and a stand-in; whoever had the case before no longer sees it.

    Raises Invalid when somebody excluded from the case is named, or one person twice.
    """
    worker, stand_in = work.values["case_worker"], work.values.get("stand_in")
    for name, staff_id in (("case_worker", worker), ("stand_in", stand_in)):
        if staff_id and is_denied(work.root.id, staff_id):
            work.complain(
                name,
                "Den personen kan inte ha ärendet. Välj någon annan",
                "That person cannot have the case. Choose somebody else",
            )
    if worker == stand_in:
        work.complain("stand_in", "Vikarien behöver vara någon annan", "The stand-in has to be somebody else")
    work.write()
    work.unassign("case_worker")
    work.unassign("stand_in")
    work.assign(worker, "case_worker")
    if stand_in:
        work.assign(stand_in, "stand_in")


@verb
def name_responsible_unit(work: Work) -> None:
    """Who does what: one unit for one need or practical thing; until it says yes it is *väntar på svar* (R11)."""
    work.write()


@verb
def exclude_staff(work: Work) -> None:
    """Somebody must not see the case; it keeps an allowed, present worker all the same (rules D3).

    Raises Invalid when the person's wish would leave no manager: it binds all but one (rules B4.3).
    """
    excluded = work.values["excluded"]
    wish = work.values["exclusion_ground"] == "person_asks"
    if wish and not ask("langsikt_some_manager", work.root.id, excluded):
        work.complain(
            "excluded",
            "Någon chef måste kunna se ärendet. Den här är den sista",
            "Some manager must be able to see the case. This one is the last",
        )
    heir = successor(work)
    work.write()
    if heir is not None:
        work.assign(heir, "case_worker")
    ask("langsikt_deny", uuid4(), work.root.id, excluded, work.values["exclusion_ground"], work.now)


@verb
def declare_conflict_of_interest(work: Work) -> None:
    """*Jag är jävig*: closes the case to oneself at once, and it has somebody in the same step (FL 17–18 §§).

    Never refused; the manager examines it afterwards (rules B4.3). Raises Invalid when whoever is named
    to take over is excluded too.
    """
    work.values["excluded"] = work.actor.id
    heir = work.values.get("instead")
    if heir and (heir == work.actor.id or is_denied(work.root.id, heir)):
        work.complain(
            "instead",
            "Den personen kan inte ha ärendet. Välj någon annan",
            "That person cannot have the case. Choose somebody else",
        )
    work.write()
    if heir:
        work.assign(heir, "case_worker")
    ask("langsikt_declare", uuid4(), work.root.id, work.values["conflict_kind"], work.now)


def successor(work: Work) -> UUID | None:
    """Who takes the case when an exclusion would leave it without anybody; None when it need not move.

    First the one named, then a manager of the unit, then the unit's fallback outside it.
    """
    excluded = work.values["excluded"]
    named = work.values.get("instead")
    if named is None and ask("langsikt_worker_left", work.root.id, excluded):
        return None
    unit = Unit.objects.get(id=work.root.unit)
    managers = [c.id for c in colleagues(work.today) if c.role == "unit_manager" and c.unit == unit.id]
    for candidate in (named, *managers, unit.fallback_id):
        if candidate and candidate != excluded and not is_denied(work.root.id, candidate):
            return candidate
    return None
