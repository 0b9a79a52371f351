"""What a unit has in hand: read once, then lengths, follow-ups, hand-overs, phases and absences as figures."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from langsikt.access.record import Record
from langsikt.access.sheets import Actor
from langsikt.access.window.worklist import BELONGS, Listing, read
from langsikt.model import caseload
from langsikt.model.caseload import YEAR, Period
from langsikt.model.load import METHOD
from langsikt.model.parse import STOCKHOLM
from langsikt.model.plan import gaps_of
from langsikt.model.spans import Stretch
from langsikt.model.texts import Text
from langsikt.records.models import Absence, Assignment, StaffRole

SOON_DAYS = 7
ABSENCE_DAYS = 30
NAMES = (
    Text("högst 14 dagar", "at most 14 days"),
    Text("15–30 dagar", "15–30 days"),
    Text("31–90 dagar", "31–90 days"),
    Text("91–180 dagar", "91–180 days"),
    Text("över 180 dagar", "over 180 days"),
)


@dataclass(frozen=True)
class Lengths:
    """How long decisions are: (name, last 12 months, the 12 months before) per class, numbers and medians."""

    rows: tuple[tuple[Text, int, int], ...]
    number: int
    before: int
    median: float | None
    median_before: float | None


@dataclass(frozen=True)
class PhaseRow:
    """A phase with its visible weight, and how many open cases are in it."""

    key: str
    name: Text
    meaning: Text
    weight: int
    number: int

    @property
    def weighted(self) -> int:
        """The number times the weight; of the team, never of one person."""
        return self.weight * self.number


@dataclass(frozen=True)
class WorkerRow:
    """How many cases somebody has in each phase, in the order of the phases: numbers to share work by, no sum."""

    who: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Away:
    """Somebody's days away: how many cases, who stands in, and in how many nobody does. Never a reason."""

    who: str
    from_on: date
    until_on: date
    cases: int
    stand_ins: tuple[str, ...]
    without: int


@dataclass(frozen=True)
class Hand:
    """Everything that the unit's page is reckoned from."""

    listing: Listing
    history: tuple[Record, ...]
    spells: dict[UUID, list[Assignment]]
    absences: tuple[Absence, ...]

    @property
    def today(self) -> date:
        """The day that everything is reckoned for."""
        return self.listing.today

    @cached_property
    def open(self) -> tuple[Record, ...]:
        """The unit's open cases and contacts."""
        return tuple(r for r in self.history if BELONGS["enheten"](r))

    @cached_property
    def gaps(self) -> dict[UUID, list[Stretch]]:
        """The gaps ahead of each open case, the earliest first."""
        return {r.root.id: gaps_of(r.state) for r in self.open}

    @cached_property
    def periods(self) -> dict[UUID, list[Period]]:
        """What has been decided in each case, closed ones too."""
        return {r.root.id: caseload.periods(r.happenings) for r in self.history}

    @cached_property
    def followed_up(self) -> dict[UUID, tuple[list[Period], list[Period]]]:
        """Of each case: the periods followed up before their end, and those that were not."""
        found = {}
        for record in self.history:
            held = caseload.follow_up_days(record.happenings)
            found[record.root.id] = caseload.followed_up(self.periods[record.root.id], held, self.today)
        return found

    @cached_property
    def changes(self) -> dict[UUID, list[date]]:
        """The days of the last 12 months on which each open case got another case worker."""
        found = {}
        for record in self.open:
            spells = [(a.staff_id, _day(a.from_at, self.today)) for a in self._of(record, "case_worker", ended=True)]
            found[record.root.id] = [on for on in caseload.changes(spells) if on > self.today - YEAR]
        return found

    def worker(self, record: Record) -> UUID | None:
        """Who has the case as its case worker now."""
        return next((a.staff_id for a in reversed(self._of(record, "case_worker"))), None)

    def has_stand_in(self, record: Record) -> bool:
        """Whether somebody is named to stand in."""
        return bool(self._of(record, "stand_in"))

    def is_away(self, record: Record) -> bool:
        """Whether the case worker is away today, or will be within seven days."""
        worker, soon = self.worker(record), self.today + timedelta(days=SOON_DAYS)
        return any(a.staff_id == worker and a.from_on <= soon for a in self.absences)

    def _of(self, record: Record, relation: str, ended: bool = False) -> list[Assignment]:
        rows = self.spells.get(record.root.id, [])
        return [a for a in rows if a.relation == relation and (ended or a.until_at is None)]


@dataclass(frozen=True)
class Figures:
    """The distributions of the page. ``covered``: periods followed up before their end, of how many that ended."""

    lengths: Lengths
    covered: tuple[int, int]
    phases: tuple[PhaseRow, ...]
    weighted: int
    workers: tuple[WorkerRow, ...]
    away: tuple[Away, ...]


def figures(hand: Hand) -> Figures:
    """Every distribution, from what was read."""
    found = phases(hand)
    weighted = caseload.weighted({p.key: p.number for p in found})
    return Figures(lengths(hand), coverage(hand), found, weighted, workers(hand), away(hand))


def _day(at: datetime, today: date) -> date:
    return min(at.astimezone(STOCKHOLM).date(), today)


def read_hand(actor: Actor, now: datetime) -> Hand:
    """What the unit has in hand, in the transaction under way: two statements beside those of every list."""
    listing = read(actor, now, "look_team")
    history = tuple(r for r in listing.records if "unit_manager" in r.root.relations)
    spells: dict[UUID, list[Assignment]] = {}
    for row in Assignment.objects.filter(case_id__in=[r.root.id for r in history]).order_by("from_at"):
        spells.setdefault(row.case_id, []).append(row)
    workers = {a.staff_id for rows in spells.values() for a in rows if a.until_at is None}
    return Hand(listing, history, spells, _absences(actor, workers, listing.today))


def _absences(actor: Actor, workers: Iterable[UUID], today: date) -> tuple[Absence, ...]:
    """Absences that touch the coming 30 days, of those who have a case or a role in the unit."""
    near = Absence.objects.filter(until_on__gte=today, from_on__lte=today + timedelta(days=ABSENCE_DAYS))
    rows = near.filter(staff_id__in=list(workers))
    if actor.unit:
        rows |= near.filter(staff_id__in=StaffRole.objects.filter(unit_id=actor.unit).values("staff_id"))
    return tuple(rows.select_related("staff").defer("staff__password").order_by("from_on", "staff__short_name"))


def lengths(hand: Hand) -> Lengths:
    """The lengths of what was decided in the last 12 months, beside those of the 12 months before."""
    every = [p for found in hand.periods.values() for p in found]
    now = caseload.decided_between(every, hand.today - YEAR, hand.today)
    before = caseload.decided_between(every, hand.today - 2 * YEAR, hand.today - YEAR)
    rows = tuple(zip(NAMES, caseload.bands(now), caseload.bands(before), strict=True))
    return Lengths(rows, len(now), len(before), caseload.median_days(now), caseload.median_days(before))


def coverage(hand: Hand) -> tuple[int, int]:
    """How many periods were followed up before their end, of how many that ended."""
    done = sum(len(found) for found, _ in hand.followed_up.values())
    return done, done + sum(len(missed) for _, missed in hand.followed_up.values())


def phases(hand: Hand) -> tuple[PhaseRow, ...]:
    """The open cases of the unit by phase, in the order of ``caseload.toml``."""
    numbers = Counter(caseload.phase_of(r.state) for r in hand.open)
    return tuple(PhaseRow(p.key, p.name, p.meaning, p.weight, numbers[p.key]) for p in METHOD.caseload.values())


def workers(hand: Hand) -> tuple[WorkerRow, ...]:
    """Each case worker's cases by phase, in alphabetical order; no sum, nothing to sort by (rules B4.6)."""
    numbers: dict[UUID, Counter[str]] = {}
    names: dict[UUID, str] = {}
    for record in hand.open:
        worker = hand.worker(record)
        if worker is not None:
            names[worker] = hand.listing.workers.get(record.root.id, "")
            numbers.setdefault(worker, Counter())[caseload.phase_of(record.state)] += 1
    rows = [WorkerRow(names[who], tuple(found[key] for key in METHOD.caseload)) for who, found in numbers.items()]
    return tuple(sorted(rows, key=lambda row: row.who))


def away(hand: Hand) -> tuple[Away, ...]:
    """The absences of the coming 30 days, each with who stands in."""
    return tuple(_away(hand, row) for row in hand.absences)


def _away(hand: Hand, row: Absence) -> Away:
    theirs = [r for r in hand.open if hand.worker(r) == row.staff_id]
    names = sorted({hand.listing.stand_ins[r.root.id] for r in theirs if r.root.id in hand.listing.stand_ins})
    without = sum(not hand.has_stand_in(r) for r in theirs)
    return Away(row.staff.short_name, row.from_on, row.until_on, len(theirs), tuple(names), without)


def _changed(least: int, most: int) -> Callable[[Record, Hand], bool]:
    return lambda record, hand: least <= len(hand.changes[record.root.id]) <= most


# No change of case worker in the last 12 months, one, two or more.
CHANGES = (
    ("byten-0", Text("inget byte", "no change"), _changed(0, 0)),
    ("byten-1", Text("ett byte", "one change"), _changed(1, 1)),
    ("byten-2", Text("två byten eller fler", "two changes or more"), _changed(2, sys.maxsize)),
)


def without_meeting(record: Record, hand: Hand) -> bool:
    """The case got another case worker; no first meeting lies ahead, and no contact is recorded since (ux R10)."""
    days = hand.changes.get(record.root.id, [])
    planned, contact = record.state.first_meeting_on, record.state.last_contact_on
    ahead = planned is not None and planned >= hand.today
    return bool(days) and not ahead and (contact is None or contact < days[-1])


def undated(record: Record, hand: Hand) -> bool:
    """A hand-over that has no date: to another case worker without a first meeting, or to economic assistance
    without a joint one while the answer is awaited (ux R10, R12)."""
    if record.state.hand_over_missing and hand.changes.get(record.root.id):
        return True
    asked = record.latest("hand_over_economy") if record.state.economy_waiting else None
    return asked is not None and getattr(asked, "joint_meeting_on", None) is None
