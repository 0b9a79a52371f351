"""Who does what in a case, as it is read: a row for each need and practical thing, and the chain of case workers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from langsikt.access.history import option_text
from langsikt.access.sheets import Actor, CaseHeader, Masked
from langsikt.access.window.case import Sight, header, look
from langsikt.model.load import METHOD
from langsikt.model.parse import STOCKHOLM
from langsikt.model.responsible import OURS, SETTLED, Tenure, areas_of, tenures, without_owner
from langsikt.model.state import Responsible
from langsikt.model.texts import Text
from langsikt.records.models import Assignment

WORKING = ("case_worker", "duty_service")
YEAR = timedelta(days=365)
FORMER = Text("Tidigare medarbetare", "Former colleague")
Shown = str | Masked | None


@dataclass(frozen=True)
class ResponsibleRow:
    """A need or a practical thing. ``status``: nobody, settled, waiting or accepted; ``state`` what the person says."""

    area: str
    label: Text
    practical: bool
    status: str
    state: Text | None = None
    unit: Text | None = None
    name: Shown = None
    since: date | None = None
    days: int = 0
    ours: bool = False
    next_action: Shown = None
    next_on: date | None = None


@dataclass(frozen=True)
class Link:
    """A stretch of the chain: who has had the case, from day to day; None until somebody else takes over."""

    name: str | Text
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class ContactChain:
    """*Kontaktkedja*: who the person's case worker is and has been (R10); for continuity, never for performance."""

    links: tuple[Link, ...]
    stand_in: str | None
    changes: int
    first_meeting_on: date | None
    meeting_missing: bool


@dataclass(frozen=True)
class ResponsibilitySheet:
    """The page *Vem gör vad*."""

    header: CaseHeader
    rows: tuple[ResponsibleRow, ...]
    nobody: int
    chain: ContactChain


def responsibility(actor: Actor, reference: str, now: datetime) -> ResponsibilitySheet:
    """Who does what in a case, and who the person's case worker has been. Raises NotFound."""
    return look(actor, reference, now, "look_responsibility", _sheet)


def _sheet(sight: Sight) -> ResponsibilitySheet:
    held = tenures(sight.record.happenings)
    rows = tuple(_row(sight, area, held) for area in areas_of(sight.state))
    return ResponsibilitySheet(header(sight), rows, len(without_owner(sight.state)), _chain(sight))


def _row(sight: Sight, area: str, held: Mapping[str, Tenure]) -> ResponsibleRow:
    label = option_text(METHOD.fields["responsible_area"], area)
    practical = area not in METHOD.needs
    said, need = sight.state.responsible.get(area), sight.state.needs.get(area, "")
    if said is None:
        settled = need in SETTLED and sight.sees_text
        status = "settled" if need in SETTLED else "nobody"
        return ResponsibleRow(area, label, practical, status, METHOD.need_states[need].name if settled else None)
    return _held(sight, said, held[area], label, practical)


def _held(sight: Sight, said: Responsible, tenure: Tenure, label: Text, practical: bool) -> ResponsibleRow:
    noun = sight.record.standing(tenure.event)
    return ResponsibleRow(
        said.area,
        label,
        practical,
        "accepted" if said.accepted else "waiting",
        unit=option_text(METHOD.fields["responsible_unit"], said.unit),
        name=sight.value(noun, "responsible_name", 2),
        since=tenure.since,
        days=(sight.state.today - tenure.since).days,
        ours=said.unit in OURS,
        next_action=sight.value(noun, "next_action", 2),
        next_on=said.next_action_on,
    )


def _chain(sight: Sight) -> ContactChain:
    """Read from the assignments: they hold those who took the contact and whom duty service handed over to as well."""
    case_id = sight.record.root.id
    rows = Assignment.objects.filter(case_id=case_id, relation__in=(*WORKING, "stand_in")).order_by("from_at")
    found = list(rows)
    stretches = _stretches([a for a in found if a.relation in WORKING])
    links = tuple(Link(sight.names.get(who) or FORMER, from_on, until) for who, from_on, until in stretches)
    changes = sum(link.from_on > sight.state.today - YEAR for link in links[1:])
    stand_ins = [sight.names.get(a.staff_id) for a in found if a.relation == "stand_in" and a.until_at is None]
    met, missing = sight.state.first_meeting_on, sight.state.hand_over_missing and len(links) > 1
    return ContactChain(tuple(reversed(links)), stand_ins[-1] if stand_ins else None, changes, met, missing)


def _stretches(rows: list[Assignment]) -> list[tuple[UUID, date, date | None]]:
    """One stretch per person in a row: to be named again by the same manager changes nothing for the person."""
    found: list[tuple[UUID, date, date | None]] = []
    for row in rows:
        from_on = row.from_at.astimezone(STOCKHOLM).date()
        until = row.until_at.astimezone(STOCKHOLM).date() if row.until_at else None
        if found and found[-1][0] == row.staff_id:
            from_on = found.pop()[1]
        found.append((row.staff_id, from_on, until))
    return found
