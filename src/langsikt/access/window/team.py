"""*Team*, the manager's view: where support falls short, each count with the list behind it; never a ranking."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from langsikt.access import policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.record import Record
from langsikt.access.sheets import Actor, CaseRow
from langsikt.access.window.worklist import BELONGS, Listing, case_row, read
from langsikt.model.continuity import HOUSING
from langsikt.model.expiry import expiring
from langsikt.model.load import METHOD
from langsikt.model.plan import gaps_of
from langsikt.model.texts import Text

LONG_CHAIN = 3
UNSAFE = ("unsafe", "unknown")


@dataclass(frozen=True)
class Count:
    """One thing that falls short: its name, the cases, and whether a number is an alarm."""

    key: str
    label: Text
    rows: tuple[CaseRow, ...]
    alarm: bool


@dataclass(frozen=True)
class Team:
    """The unit's open cases and the counts over them."""

    rows: tuple[CaseRow, ...]
    counts: tuple[Count, ...]


def _home_gap(record: Record, listing: Listing) -> bool:
    return any(gap.need == HOUSING for gap in gaps_of(record.state))


def _other_gap(record: Record, listing: Listing) -> bool:
    return any(gap.need != HOUSING for gap in gaps_of(record.state))


def _unassigned(record: Record, listing: Listing) -> bool:
    return record.root.id not in listing.workers


def _unsafe(record: Record, listing: Listing) -> bool:
    return record.root.is_case and record.state.tonight in UNSAFE


def _no_follow_up(record: Record, listing: Listing) -> bool:
    state = record.state
    return state.steps["follow_up"].is_open and state.still_needed and state.next_follow_up_on is None


def _passed(record: Record, listing: Listing) -> bool:
    return any(e.on < listing.today and e.event != "record_safe_contact" for e in expiring(record.state))


def _chain(record: Record, listing: Listing) -> bool:
    return any(thing.times_extended >= LONG_CHAIN for thing in record.state.running_placements)


def _debt(record: Record, listing: Listing) -> bool:
    return bool(record.state.debts)


def _to_sign(record: Record, listing: Listing) -> bool:
    return record.state.closure_request is not None


COUNTS: tuple[tuple[str, Text, Callable[[Record, Listing], bool], bool], ...] = (
    ("bostad", Text("glapp i bostad, 90 dagar", "gaps in housing, 90 days"), _home_gap, True),
    ("glapp", Text("glapp i annat behov, 30 dagar", "gaps in another need, 30 days"), _other_gap, True),
    ("natt", Text("osäker natt", "unsafe night"), _unsafe, True),
    ("ansvar", Text("utan ansvarig", "with nobody responsible"), _unassigned, True),
    ("efter", Text("obesvarad dagen efter", "day after unanswered"), _debt, True),
    ("passerat", Text("något har gått ut", "something has expired"), _passed, True),
    ("uppfoljning", Text("utan planerad uppföljning", "without a planned follow-up"), _no_follow_up, False),
    ("kedja", Text("tre förlängningar eller fler", "three extensions or more"), _chain, False),
    ("skriv-under", Text("att skriva under", "to sign"), _to_sign, False),
)


def team(actor: Actor, now: datetime) -> Team:
    """The unit's open cases by reference and dates, and where they fall short. Raises NotFound."""
    if not policy.may(actor.roles, "unit_list"):
        raise NotFound
    with acting(actor, now):
        listing = read(actor, now, "look_team")
    records = [r for r in listing.records if BELONGS["enheten"](r)]
    rows = {r.root.id: _managers_row(r, case_row(r, listing)) for r in records}
    counts = tuple(
        Count(key, label, tuple(rows[r.root.id] for r in records if falls_short(r, listing)), alarm)
        for key, label, falls_short, alarm in COUNTS
    )
    return Team(tuple(rows.values()), counts)


def _managers_row(record: Record, row: CaseRow) -> CaseRow:
    """The row with the manager's own task in place of the worker's; others' tasks are read, not done."""
    waiting = row.next_task
    if waiting is None:
        return row
    if record.state.closure_request is None:
        return replace(row, next_task=replace(waiting, event=None, step=None, path=None))
    rule = METHOD.events["sign_closure"]
    return replace(row, next_task=replace(waiting, verb=rule.label, event=rule.name, step=rule.step, path=rule.path))
