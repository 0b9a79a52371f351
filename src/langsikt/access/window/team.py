"""*Team*, the manager's view: where support falls short, each number with the list behind it; never a ranking."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from langsikt.access import policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.record import Record
from langsikt.access.sheets import Actor, CaseRow
from langsikt.access.window import caseload as figures
from langsikt.access.window.caseload import CHANGES, Figures, Hand, PhaseRow, read_hand
from langsikt.access.window.unit import TeamGap, gaps
from langsikt.access.window.worklist import case_row
from langsikt.model import caseload
from langsikt.model.caseload import LONG_CHAIN, UNSAFE, YEAR, whole
from langsikt.model.continuity import HOUSING
from langsikt.model.expiry import expiring, in_bands
from langsikt.model.load import METHOD
from langsikt.model.texts import Text
from langsikt.model.why import day_in_words

Fits = Callable[[Record, Hand], bool]


@dataclass(frozen=True)
class Count:
    """One thing that falls short: its name, the cases, and whether a number is an alarm."""

    key: str
    label: Text
    rows: tuple[CaseRow, ...]
    alarm: bool


@dataclass(frozen=True)
class Line:
    """A row of a list that is more than its case: reference, dates and numbers, no content."""

    reference: str
    says: Text
    case_worker: str | None


@dataclass(frozen=True)
class Lines:
    """A number that is no count of cases as they stand, with the list behind it."""

    key: str
    label: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Approval:
    """A closure, or a draft of a decision, that waits for the manager's signature."""

    reference: str
    what: Text
    case_worker: str | None
    asked_on: date
    step: str
    path: str
    label: Text


@dataclass(frozen=True)
class Team:
    """The unit's open cases by reference and dates, and everything that is reckoned over them."""

    rows: tuple[CaseRow, ...]
    gaps: tuple[TeamGap, ...]
    counts: tuple[Count, ...]
    approvals: tuple[Approval, ...]
    missed: Lines
    chains: Lines
    lengths: tuple[tuple[Lines, Lines], ...]
    changes: tuple[Count, ...]
    meetings: Count
    phases: tuple[Count, ...]
    figures: Figures
    bands: tuple[tuple[str, Text, int], ...]

    @property
    def phase_pairs(self) -> tuple[tuple[PhaseRow, Count], ...]:
        """Each phase with its weight, and the list behind its number."""
        return tuple(zip(self.figures.phases, self.phases, strict=True))

    @property
    def phase_numbers(self) -> tuple[int, ...]:
        """The numbers alone, for the scale of their bars."""
        return tuple(phase.number for phase in self.figures.phases)

    def counted(self, key: str) -> Count | None:
        """The list of cases with this key."""
        every = (*self.counts, *self.changes, self.meetings, *self.phases)
        return next((count for count in every if count.key == key), None)

    def listed(self, key: str) -> Lines | None:
        """The list of lines with this key."""
        lengths = (lines for pair in self.lengths for lines in pair)
        return next((lines for lines in (self.missed, self.chains, *lengths) if lines.key == key), None)

    @property
    def length_rows(self) -> tuple[tuple[Text, Lines, Lines], ...]:
        """Each class of length with the decisions behind its numbers: 12 months, and the year before."""
        return tuple((row[0], *pair) for row, pair in zip(self.figures.lengths.rows, self.lengths, strict=True))


def _home_gap(record: Record, hand: Hand) -> bool:
    return any(gap.need == HOUSING for gap in hand.gaps[record.root.id])


def _other_gap(record: Record, hand: Hand) -> bool:
    return any(gap.need != HOUSING for gap in hand.gaps[record.root.id])


def _burnt(record: Record, hand: Hand) -> bool:
    return record.state.burnt_on is not None


def _unassigned(record: Record, hand: Hand) -> bool:
    return record.root.id not in hand.listing.workers


def _no_worker(record: Record, hand: Hand) -> bool:
    return hand.worker(record) is None


def _unsafe(record: Record, hand: Hand) -> bool:
    return record.root.is_case and record.state.tonight in UNSAFE


def _no_follow_up(record: Record, hand: Hand) -> bool:
    state = record.state
    return state.steps["follow_up"].is_open and state.still_needed and state.next_follow_up_on is None


def _passed(record: Record, hand: Hand) -> bool:
    return any(e.on < hand.today and e.event != "record_safe_contact" for e in expiring(record.state))


def _decision_passed(record: Record, hand: Hand) -> bool:
    return any(e.on < hand.today and e.event == "issue_decision" for e in expiring(record.state))


def _chain(record: Record, hand: Hand) -> bool:
    return any(thing.times_extended >= LONG_CHAIN for thing in record.state.running_placements)


def _debt(record: Record, hand: Hand) -> bool:
    return bool(record.state.debts)


def _to_sign(record: Record, hand: Hand) -> bool:
    return record.state.closure_request is not None


def _no_plan(record: Record, hand: Hand) -> bool:
    return caseload.without_plan(record.state)


def _no_stand_in(record: Record, hand: Hand) -> bool:
    return hand.is_away(record) and not hand.has_stand_in(record)


COUNTS: tuple[tuple[str, Text, Fits, bool], ...] = (
    ("rojd", Text("adressen är röjd", "the address is burnt"), _burnt, True),
    ("bostad", Text("glapp i bostad, 90 dagar", "gaps in housing, 90 days"), _home_gap, True),
    ("glapp", Text("glapp i annat behov, 30 dagar", "gaps in another need, 30 days"), _other_gap, True),
    ("natt", Text("osäker natt", "unsafe night"), _unsafe, True),
    ("ansvar", Text("utan ansvarig", "with nobody responsible"), _unassigned, True),
    ("efter", Text("obesvarad dagen efter", "day after unanswered"), _debt, True),
    ("beslut", Text("beslut som har gått ut", "decisions that have expired"), _decision_passed, True),
    ("passerat", Text("något har gått ut", "something has expired"), _passed, True),
    ("franvaro", Text("frånvaro utan vikarie", "absence without a stand-in"), _no_stand_in, True),
    ("handlaggare", Text("utan handläggare", "without a case worker"), _no_worker, False),
    ("plan", Text("utan plan", "without a plan"), _no_plan, False),
    ("uppfoljning", Text("utan planerad uppföljning", "without a planned follow-up"), _no_follow_up, False),
    ("overlamning", Text("överlämningar utan datum", "hand-overs without a date"), figures.undated, False),
    ("kedja", Text("tre förlängningar eller fler", "three extensions or more"), _chain, False),
    ("skriv-under", Text("att skriva under", "to sign"), _to_sign, False),
)


MISSED = Text("utan uppföljning före slutdatum", "without follow-up before the end")
DECISION = Text("Beslut", "Decision")
CLOSURE = Text("Avslut", "Closure")
DECIDED = Text("beslut på {long}, 12 månader", "decisions of {long}, 12 months")
DECIDED_BEFORE = Text("beslut på {long}, året före", "decisions of {long}, the year before")
DECIDED_FOR = Text("{a} till och med {b}, {n} dagar", "{a} until and including {b}, {n} days")
IN_A_ROW = Text("tre eller fler beslut i rad", "three or more decisions in a row")
NO_MEETING = Text("överlämning utan första möte", "hand-over without a first meeting")


def team(actor: Actor, now: datetime, drawn: int | None = None) -> Team:
    """The unit's open cases by reference and dates, and where they fall short; ``drawn`` gaps are drawn.

    Raises NotFound.
    """
    if not policy.may(actor.roles, "unit_list"):
        raise NotFound
    with acting(actor, now):
        hand = read_hand(actor, now)
    rows = {r.root.id: _managers_row(r, case_row(r, hand.listing)) for r in hand.open}

    def count(key: str, label: Text, fits: Fits, alarm: bool = False) -> Count:
        return Count(key, label, tuple(rows[r.root.id] for r in hand.open if fits(r, hand)), alarm)

    return Team(
        rows=tuple(rows.values()),
        gaps=gaps(hand, drawn),
        counts=tuple(count(*one) for one in COUNTS),
        approvals=tuple(one for r in hand.open for one in _approvals(r, hand)),
        missed=Lines("ej-foljda", MISSED, tuple(line for r in hand.history for line in _missed(r, hand))),
        chains=Lines("i-rad", IN_A_ROW, tuple(line for r in hand.open for line in _in_a_row(r, hand))),
        lengths=tuple((_long("langd", n, hand, 0), _long("fore", n, hand, 1)) for n in range(len(figures.NAMES))),
        changes=tuple(count(key, label, fits) for key, label, fits in CHANGES),
        meetings=count("utan-mote", NO_MEETING, figures.without_meeting),
        phases=tuple(count(f"fas-{p.key}", p.name, _in_phase(p.key)) for p in METHOD.caseload.values()),
        figures=figures.figures(hand),
        bands=in_bands(r.state for r in hand.open),
    )


def _in_phase(key: str) -> Fits:
    return lambda record, hand: caseload.phase_of(record.state) == key


def _missed(record: Record, hand: Hand) -> Iterator[Line]:
    """The periods of a case that ended with no follow-up before: dates only."""
    for period in hand.followed_up[record.root.id][1]:
        says = Text("Beslut {a} till och med {b}", "Decision {a} until and including {b}")
        dates = {"a": day_in_words(period.from_on), "b": day_in_words(period.last)}
        yield Line(record.root.reference, says.filled(**dates), hand.listing.workers.get(record.root.id))


def _long(key: str, band: int, hand: Hand, years_ago: int) -> Lines:
    """The decisions of one class of length, made in the last 12 months or in the 12 months before: dates only."""
    until = hand.today - years_ago * YEAR
    lines = []
    for record in hand.history:
        for period in caseload.decided_between(hand.periods[record.root.id], until - YEAR, until):
            if caseload.band_of(period) == band:
                dates = {"a": day_in_words(period.from_on), "b": day_in_words(period.until_on), "n": period.days}
                worker = hand.listing.workers.get(record.root.id)
                lines.append(Line(record.root.reference, DECIDED_FOR.filled(**dates), worker))
    return Lines(f"{key}-{band}", (DECIDED, DECIDED_BEFORE)[years_ago].filled(long=figures.NAMES[band]), tuple(lines))


def _in_a_row(record: Record, hand: Hand) -> Iterator[Line]:
    """The case's extension chain, where it is long."""
    found = caseload.chain(hand.periods[record.root.id])
    if found and found.number >= LONG_CHAIN:
        says = Text("{n} beslut i rad, sammanlagt {days} dagar", "{n} decisions in a row, {days} days together")
        middle = Text("{said}, median {m} dagar", "{said}, median {m} days")
        said = says.filled(n=found.number, days=found.total_days)
        yield Line(
            record.root.reference,
            middle.filled(said=said, m=whole(found.median_days)),
            hand.listing.workers.get(record.root.id),
        )


def _approvals(record: Record, hand: Hand) -> Iterator[Approval]:
    """What waits for a signature: when it was asked for, and where it is signed; nothing of what it says."""
    state = record.state
    asked = [("sign_decision", DECISION, draft.id) for draft in state.drafts.values()]
    asked += [("sign_closure", CLOSURE, state.closure_request)] if state.closure_request else []
    for event, what, asked_by in asked:
        on = next(h.happened_at.date() for h in record.happenings if h.id == asked_by)
        rule, worker = METHOD.events[event], hand.listing.workers.get(record.root.id)
        yield Approval(record.root.reference, what, worker, on, rule.step, rule.path, rule.label)


def _managers_row(record: Record, row: CaseRow) -> CaseRow:
    """The row with the manager's own task in place of the worker's; others' tasks are read, not done."""
    waiting = row.next_task
    if waiting is None:
        return row
    if record.state.closure_request is None:
        return replace(row, next_task=replace(waiting, event=None, step=None, path=None))
    rule = METHOD.events["sign_closure"]
    return replace(row, next_task=replace(waiting, verb=rule.label, event=rule.name, step=rule.step, path=rule.path))
