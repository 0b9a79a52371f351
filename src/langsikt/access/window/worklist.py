"""Lists of cases: *Min dag*, *Ärenden* and *Team*, all derived from the record, each one look."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.list_sheets import DayGroup, DayRow, DaySheet, DoneLine, GapRow
from langsikt.access.look import acting
from langsikt.access.people import colleagues
from langsikt.access.postponed import PutOff, may_wait, postponements
from langsikt.access.record import Record, Root, read_roots, records_of
from langsikt.access.sheets import Actor, CaseRow, Task
from langsikt.access.window.case import task
from langsikt.access.window.gap import gap_rows, possible_event
from langsikt.model.due import Due, due
from langsikt.model.expiry import in_bands
from langsikt.model.load import METHOD
from langsikt.model.parse import STOCKHOLM
from langsikt.model.texts import Text
from langsikt.model.workdays import next_working_day
from langsikt.records.models import Assignment

WORKING = frozenset({"case_worker", "duty_service"})
OWN = WORKING | {"stand_in"}
CORRECTED = Text("Rättelse: {what}", "Correction: {what}")
SOON_DAYS = 7
LISTS = {
    "mina": Text("Mina ärenden", "My cases"),
    "vikarie": Text("Som vikarie", "As stand-in"),
    "kontakter": Text("Kontakter utan utfall", "Contacts without outcome"),
    "avslutade": Text("Avslutade", "Closed"),
    "enheten": Text("Enhetens ärenden", "The unit's cases"),
}
GROUPS = {
    "now": Text("Nu", "Now"),
    "week": Text("Den här veckan", "This week"),
    "waiting": Text("Väntar på andra", "Waiting for others"),
}


@dataclass(frozen=True)
class Listing:
    """Everything the actor's lists are made of: read once, in four statements."""

    records: list[Record]
    workers: dict[Any, str]
    stand_ins: dict[Any, str]
    today: date


def read(actor: Actor, now: datetime, action: str) -> Listing:
    """What the lists are made of, in the transaction under way, with its one journal row."""
    roots = [r for r in read_roots() if r.relations]
    found = listing_of(roots, now.astimezone(STOCKHOLM).date())
    journal.write(actor, action, "done", now, shown=[r.id for r in roots])
    return found


def listing_of(roots: list[Root], today: date) -> Listing:
    """The records of these cases, and who works in each."""
    records = list(records_of(roots, today).values())
    names = {c.id: c.short_name for c in colleagues(today)}
    rows = list(Assignment.objects.filter(case_id__in=[r.id for r in roots], until_at=None).order_by("from_at"))
    return Listing(records, _by(rows, WORKING, names), _by(rows, {"stand_in"}, names), today)


def _by(rows: Iterable[Assignment], relations: Iterable[str], names: dict[Any, str]) -> dict[Any, str]:
    return {a.case_id: names.get(a.staff_id, "") for a in rows if a.relation in set(relations)}


def my_day(actor: Actor, now: datetime) -> DaySheet:
    """What the actor must do so that nobody falls through: gaps first, then what is due. Raises NotFound."""
    if not (policy.may(actor.roles, "own_list") or policy.may(actor.roles, "unit_list")):
        raise NotFound
    with acting(actor, now):
        listing = read(actor, now, "look_my_day")
        put_off = postponements(actor, listing.today)
    every = [row for record in listing.records for row in _day_rows(record, listing, put_off)]
    every.sort(key=lambda r: (r.task.rank, r.task.due_on or listing.today))
    rows = [r for r in every if r.put_off_until is None]
    later = tuple(r for r in every if r.put_off_until is not None)
    mine = [r for r in listing.records if r.root.relations & OWN]
    gaps = sorted((g for r in mine for g in gap_rows(r, standing_in(r, listing))), key=_home_first)
    groups = tuple(DayGroup(k, title, tuple(r for r in rows if r.task.group == k)) for k, title in GROUPS.items())
    unassigned = sum(r.task.event == "assign_case" for r in rows)
    bands = in_bands(r.state for r in mine)
    return DaySheet(tuple(gaps), groups, later, unassigned, tuple(_done_today(actor, listing)), bands)


def _home_first(gap: GapRow) -> tuple[bool, date]:
    return (not gap.housing, gap.from_on)


def standing_in(record: Record, listing: Listing) -> str | None:
    """Whom the actor stands in for in the case, if that is why the case is here."""
    return listing.workers.get(record.root.id) if "stand_in" in record.root.relations else None


def _done_today(actor: Actor, listing: Listing) -> list[DoneLine]:
    """What the actor has recorded today, the latest first: the record knows, nobody ticks it off."""
    found = []
    for record in listing.records:
        names = {row.id: row.name for row in record.rows}
        for row in record.rows:
            if row.actor_id == actor.id and row.recorded_at.astimezone(STOCKHOLM).date() == listing.today:
                rule = METHOD.events[names.get(row.corrects_id, row.name) if row.corrects_id else row.name]
                label = CORRECTED.filled(what=rule.noun) if row.corrects_id else rule.noun
                found.append(DoneLine(record.root.reference, label, row.recorded_at))
    return sorted(found, key=lambda line: line.at, reverse=True)


def _day_rows(record: Record, listing: Listing, put_off: PutOff) -> list[DayRow]:
    tasks = tasks_of(record, [*due(record.state), *_extra(record, listing)], listing.today)
    quick = possible_event(record, "check_in") if tasks else None
    return [
        DayRow(row, standing_in(record, listing), quick, may_wait(row, listing.today), put_off.until(record, row))
        for row in tasks
    ]


def tasks_of(record: Record, found_due: Iterable[Due], today: date) -> list[Task]:
    """What of this is the actor's to do in the case, within the coming week."""
    found = []
    for d in found_due:
        if d.for_role == "unit_manager" and "unit_manager" not in record.root.relations:
            continue
        if d.for_role == "case_worker" and not record.root.relations & OWN:
            continue
        if d.for_role == "decider" and not (d.event and possible_event(record, d.event)):
            continue
        row = task(d, record.root.reference, today)
        if row.group == "week" and row.due_on and (row.due_on - today).days > SOON_DAYS:
            continue
        found.append(row)
    return found


def _extra(record: Record, listing: Listing) -> list[Due]:
    """What the state alone does not know: who is responsible, and that duty service hands over."""
    if record.state.closed:
        return []
    found = []
    if record.root.id not in listing.workers:
        why = Text("Ingen ansvarig", "Nobody responsible")
        verb = Text("Utse handläggare", "Assign a case worker")
        found.append(Due("hand_over", verb, why, listing.today, "assign_case", for_role="unit_manager"))
    if "duty_service" in record.root.relations and record.state.received_at:
        by = next_working_day(record.state.received_at.date())
        why = Text("Socialjourens ärende", "The duty service's case")
        found.append(
            Due("hand_over", Text("Lämna över till RVT", "Hand over to the team"), why, by, "hand_over_to_team")
        )
    return found


def lists(actor: Actor, which: str, now: datetime) -> tuple[list[dict[str, Any]], list[CaseRow]]:
    """The fixed lists with their counts, and the rows of the one chosen. Raises NotFound."""
    available = [k for k in LISTS if k != "enheten" and policy.may(actor.roles, "own_list")]
    available += ["enheten"] if policy.may(actor.roles, "unit_list") else []
    which = which or (available[0] if available else "")
    if which not in available:
        raise NotFound
    with acting(actor, now):
        listing = read(actor, now, "look_cases")
    chosen = {key: [r for r in listing.records if BELONGS[key](r)] for key in available}
    tabs = [{"key": k, "label": LISTS[k], "current": k == which, "count": len(chosen[k])} for k in available]
    return tabs, [case_row(r, listing) for r in chosen[which]]


BELONGS: dict[str, Callable[[Record], bool]] = {
    "mina": lambda r: r.root.is_case and not r.state.closed and bool(r.root.relations & WORKING),
    "vikarie": lambda r: not r.state.closed and "stand_in" in r.root.relations,
    "kontakter": lambda r: not r.state.closed and not r.root.is_case and bool(r.root.relations & WORKING),
    "avslutade": lambda r: r.state.closed and r.root.is_case and bool(r.root.relations & WORKING),
    "enheten": lambda r: not r.state.closed and "unit_manager" in r.root.relations,
}


def case_row(record: Record, listing: Listing) -> CaseRow:
    """A row of a list: reference, step, dates; nothing about health, risk or kin (rules B4.9)."""
    state, root = record.state, record.root
    open_steps = [METHOD.steps[k] for k, s in state.steps.items() if s.is_open]
    latest = max(open_steps, key=lambda s: s.number, default=None)
    tasks = [task(d, root.reference, listing.today) for d in due(state)]
    return CaseRow(
        reference=root.reference,
        is_case=root.is_case,
        closed=state.closed,
        step=latest.short if latest else None,
        step_number=latest.number if latest else None,
        since=state.steps[latest.key].since if latest else state.ended_on,
        case_worker=listing.workers.get(root.id),
        next_task=_open_to(root.relations, tasks[0]) if tasks else None,
        standing_in_for=standing_in(record, listing),
    )


def _open_to(relations: frozenset[str], row: Task) -> Task:
    """The row without its form for somebody who sees the date but may not do it."""
    return row if row.event and _may(relations, row.event) else replace(row, event=None, step=None, path=None)


def _may(relations: frozenset[str], event: str) -> bool:
    return policy.acting_role(relations, event) in METHOD.events[event].who
