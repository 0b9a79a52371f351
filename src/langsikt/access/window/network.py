"""*Nätverk*: the people around a person, hidden until somebody shows them with a reason; roles over time."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from langsikt.access import policy
from langsikt.access.history import option_text
from langsikt.access.sheets import Actor, CaseHeader
from langsikt.access.window.case import Sight, header, look
from langsikt.access.window.case_link import RELATION_LOOK, CaseLinkSheet, links_of
from langsikt.model.load import METHOD
from langsikt.model.texts import Text
from langsikt.records.models import NetworkPerson, NetworkRole

SHOWN = ("network_name", "network_number", "network_relation")
REVEAL = "network"


@dataclass(frozen=True)
class RoleSince:
    """A role from one day on."""

    role: Text
    on: date
    note: str | None


@dataclass(frozen=True)
class Kin:
    """Somebody in the network; ``roles`` newest first."""

    id: UUID
    name: str | None
    number: str | None
    relation: str | None
    roles: tuple[RoleSince, ...]


@dataclass(frozen=True)
class NetworkSheet:
    """The page: how many there are, and who only once shown; other cases of the family, and whether to link one."""

    header: CaseHeader
    count: int
    shown: bool
    people: tuple[Kin, ...]
    links: tuple[CaseLinkSheet, ...]
    may_link: bool


def network(actor: Actor, reference: str, now: datetime) -> NetworkSheet:
    """The page with everybody hidden. Raises NotFound."""
    return look(actor, reference, now, "look_network", network_sheet)


def network_sheet(sight: Sight) -> NetworkSheet:
    """The page as it is now; people are opened only when a reveal has said so."""
    shown = "network_name" in sight.revealed
    people = tuple(_kin(sight, event_id) for event_id in sight.state.network) if shown else ()
    may_link = policy.may(sight.relations, RELATION_LOOK)
    return NetworkSheet(header(sight), len(sight.state.network), shown, people, links_of(sight), may_link)


def _kin(sight: Sight, event_id: UUID) -> Kin:
    noun = sight.record.standing(event_id)
    if not isinstance(noun, NetworkPerson):
        raise LookupError("the network holds its own people only")
    name, number, relation = (sight.record.text(noun, field) for field in SHOWN)
    return Kin(event_id, name, number, relation, tuple(reversed(list(_roles(sight, event_id, noun)))))


def _roles(sight: Sight, event_id: UUID, first: NetworkPerson) -> list[RoleSince]:
    """The role as it was first, and each change of it, in the order of what happened."""
    days = {h.id: h.happened_at.date() for h in sight.record.happenings if h.corrects is None}
    found = [_role(sight, first, days[event_id])]
    for h in sorted(sight.record.happenings, key=lambda h: (h.happened_at, h.seq)):
        noun = sight.record.standing(h.id) if h.name == "change_network_role" and h.corrects is None else None
        if isinstance(noun, NetworkRole) and noun.network_person_id == event_id:
            found.append(_role(sight, noun, h.happened_at.date()))
    return found


def _role(sight: Sight, noun: NetworkPerson | NetworkRole, on: date) -> RoleSince:
    spec = METHOD.fields["network_role"]
    return RoleSince(option_text(spec, noun.network_role or "unknown"), on, sight.record.text(noun, "note"))
