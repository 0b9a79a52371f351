"""*Loggkontroll*: unusual looks found in the journal, kept until somebody signs them off; and the months' samples."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.findings import find, references
from langsikt.access.look import acting
from langsikt.access.people import Desk, Desks, desks
from langsikt.access.sheets import Actor, JournalLine
from langsikt.access.window.log import journal_lines
from langsikt.model.entries import HOUR, day_of
from langsikt.model.log_review import OUTCOMES, SAMPLE, due_on, rule_words, sample_by
from langsikt.model.months import month_before
from langsikt.model.parse import STOCKHOLM
from langsikt.model.texts import Text
from langsikt.records.models import Emergency, Finding, JournalEntry, SignOff, Unit

CLOSED_SHOWN, MOST = 10, 200


@dataclass(frozen=True)
class FindingLine:
    """One thing to look into, or how it was closed."""

    id: UUID
    rule: str
    what: Text
    who: Desk | None
    at: datetime
    reference: str | None
    due_on: date | None
    late: bool
    outcome: Text | None = None
    reviewer: str = ""
    signed_at: datetime | None = None


@dataclass(frozen=True)
class SampleLine:
    """The sample of a unit for the latest month that is over: drawn, closed, or neither."""

    unit: UUID
    name: str
    month: date
    due_on: date
    late: bool
    finding: UUID | None
    closed: bool


@dataclass(frozen=True)
class ReviewSheet:
    """The page of the log review."""

    waiting: tuple[FindingLine, ...]
    closed: tuple[FindingLine, ...]
    samples: tuple[SampleLine, ...]


@dataclass(frozen=True)
class FindingSheet:
    """One finding with the rows around it."""

    line: FindingLine
    rows: tuple[JournalLine, ...]
    seed: str
    until: datetime | None


def review(actor: Actor, now: datetime) -> ReviewSheet:
    """What there is to look into. Looking finds: new hits are kept, so that none goes away unseen. Raises NotFound."""
    if not policy.may(actor.roles, "journal"):
        raise NotFound
    with acting(actor, now):
        find(now)
        rows = list(Finding.objects.order_by("at"))
        signed = {s.finding_id: s for s in SignOff.objects.all()}
        lines = _lines(rows, signed, desks(day_of(now)), now)
        units = list(Unit.objects.order_by("name").values_list("id", "name"))
        journal.write(actor, "look_log_review", "done", now)
    waiting = [line for line in lines if line.outcome is None]
    closed = sorted((line for line in lines if line.outcome is not None), key=_signed_at, reverse=True)
    return ReviewSheet(tuple(waiting), tuple(closed[:CLOSED_SHOWN]), tuple(_samples(units, rows, signed, now)))


def _signed_at(line: FindingLine) -> datetime:
    return line.signed_at or line.at


def _lines(rows: list[Finding], signed: dict[UUID, SignOff], people: Desks, now: datetime) -> list[FindingLine]:
    today = now.astimezone(STOCKHOLM).date()
    known = references({row.case_id for row in rows if row.case_id})
    return [_line(row, signed.get(row.id), known, people, today) for row in rows]


def _line(row: Finding, signed: SignOff | None, known: dict[UUID, str], people: Desks, today: date) -> FindingLine:
    due = due_on(row.rule, row.at)
    return FindingLine(
        id=row.id,
        rule=row.rule,
        what=rule_words(row.rule),
        who=people.get(row.staff_id) if row.staff_id else None,
        at=row.at,
        reference=known.get(row.case_id) if row.case_id else None,
        due_on=due,
        late=signed is None and due is not None and today > due,
        outcome=OUTCOMES[signed.outcome] if signed else None,
        reviewer=people[signed.reviewer_id].short_name if signed and signed.reviewer_id in people else "",
        signed_at=signed.at if signed else None,
    )


def _samples(
    units: list[tuple[UUID, str]], rows: list[Finding], signed: dict[UUID, SignOff], now: datetime
) -> Iterator[SampleLine]:
    """Each unit's sample of the latest month that is over."""
    today = now.astimezone(STOCKHOLM).date()
    month = month_before(today)
    drawn = {(r.unit_id, r.at.astimezone(STOCKHOLM).date()): r.id for r in rows if r.rule == SAMPLE}
    for unit, name in units:
        finding = drawn.get((unit, month))
        closed = finding in signed
        yield SampleLine(unit, name, month, sample_by(month), not closed and today > sample_by(month), finding, closed)


def finding(actor: Actor, finding_id: UUID, now: datetime) -> FindingSheet:
    """One finding, with the rows of the journal that it rests on and those around them. Raises NotFound."""
    if not policy.may(actor.roles, "journal"):
        raise NotFound
    with acting(actor, now):
        row = Finding.objects.filter(id=finding_id).first()
        if row is None:
            raise NotFound
        signed = {s.finding_id: s for s in SignOff.objects.filter(finding_id=finding_id)}
        people = desks(day_of(now))
        line = _lines([row], signed, people, now)[0]
        until = _until(row)
        entries = list(_around(row, until).order_by("-at")[:MOST])
        rows = journal_lines(entries, references({e.case_id for e in entries if e.case_id}), people)
        journal.write(actor, "look_finding", "done", now, case_id=row.case_id)
    return FindingSheet(line, tuple(rows), row.seed, until)


def _until(row: Finding) -> datetime | None:
    """When an emergency ended, its continuations included."""
    if row.rule != "emergency":
        return None
    hours = Emergency.objects.filter(Q(id=row.id) | Q(continues_id=row.id))
    return max((hour.until_at for hour in hours), default=None)


def _around(row: Finding, until: datetime | None) -> QuerySet[JournalEntry]:
    """The rows that show what happened: of the emergency, of the sample, or of the person from an hour before."""
    rows = JournalEntry.objects.all()
    if row.rule == SAMPLE:
        return rows.filter(id__in=row.entries)
    if until is not None:
        return rows.filter(actor=row.staff_id, case_id=row.case_id, at__gte=row.at, at__lte=until)
    return rows.filter(Q(id__in=row.entries) | Q(actor=row.staff_id, at__gte=row.at - HOUR, at__lte=row.at + HOUR))
