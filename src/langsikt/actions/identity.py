"""Who stands in a case, as blind tokens: linked as it is written, and asked about before a choice (ADR 0019)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from langsikt.access.functions import ask
from langsikt.access.identity import Identity, identity
from langsikt.access.people import latest_burning, marks
from langsikt.actions.work import Work

# Per event: the part that somebody has in the case, and the fields that say who.
PARTS = {
    "record_person": ("person", "person_name", "personal_number"),
    "add_network_person": ("network", "network_name", "network_number"),
    "start_intervention": ("contact_person", "supporter_name", "supporter_number"),
    "book_interpreter": ("interpreter", "interpreter_name", "interpreter_number"),
}
NOBODY = Identity(None, None)
CONTACT_PERSONS = frozenset({"contact_person", "volunteer_contact"})


@dataclass(frozen=True)
class Target:
    """What was chosen when a hard stop said no: a dwelling, or somebody."""

    kind: str
    dwelling: UUID | None
    who: Identity


def link(work: Work, event: str, event_id: UUID) -> None:
    """Keeps who the event speaks of as tokens; last in a verb, since it may close the case to whoever acts.

    A correction says it anew; what never happened speaks of nobody.
    """
    part, name, number = PARTS[event]
    who = NOBODY if work.values.get("never_happened") else _who(work, name, number)
    ask("langsikt_link", work.root.id, event_id, part, who.number, who.name, work.now)


def _who(work: Work, name: str, number: str) -> Identity:
    if "intervention" in work.values and work.values["intervention"] not in CONTACT_PERSONS:
        return NOBODY  # a giver of other supports meets many, and is no contact of one's own
    return identity(work.values.get(number), work.values.get(name))


def place_open(work: Work) -> bool:
    """Whether the person may live there: full and colliding are one answer (rules B4.1)."""
    place = work.values.get("place")
    known = marks().get(place) if place else None
    if place is None or known is None or _unchanged(work, "place"):
        return True
    return latest_burning(place) != "burnt" and bool(ask("langsikt_place_open", work.root.id, place, known[2]))


def supporter_open(work: Work, event: str) -> bool:
    """Whether somebody may be contact person or interpreter here: taken and colliding are one answer."""
    part, name, number = PARTS[event]
    who = _who(work, name, number)
    if who == NOBODY or (_unchanged(work, name) and _unchanged(work, number)):
        return True
    moment = work.values.get("interpreter_at") or work.now
    return bool(ask("langsikt_supporter_open", work.root.id, part, who.number, who.name, moment))


def _unchanged(work: Work, field: str) -> bool:
    """Whether a correction leaves the field as it stands: what has happened is not refused again."""
    corrects = work.values.get("corrects")
    noun = work.record.standing(corrects) if work.record and corrects else None
    if noun is None:
        return False
    stood: Any = getattr(noun, f"{field}_id", None) or (work.record.text(noun, field) if work.record else None)
    return bool(stood == work.values.get(field))


def target_of(work: Work, event: str) -> Target | None:
    """What was chosen, where it may have collided; None where nothing of the kind was."""
    if event == "start_placement":
        return Target("place", work.values.get("place"), NOBODY)
    if event in ("start_intervention", "book_interpreter"):
        part, name, number = PARTS[event]
        return Target(part, None, _who(work, name, number))
    return None


def note_collision(case_id: UUID, target: Target, now: datetime) -> None:
    """Tells the secrecy officer of a refused choice if it was a collision; whoever was refused sees no difference."""
    ask("langsikt_note_collision", case_id, target.kind, target.dwelling, target.who.number, target.who.name, now)
