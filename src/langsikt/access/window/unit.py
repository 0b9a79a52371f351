"""The gaps of a unit's cases over the coming 90 days, from the same calculation as the plan of each case."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from langsikt.access.record import Record
from langsikt.access.sheets import PlanGap
from langsikt.access.window.caseload import Hand
from langsikt.model.continuity import ALARM_AHEAD, ALARM_AHEAD_OTHERS, HOUSING, stretches
from langsikt.model.load import METHOD
from langsikt.model.plan import plan_of
from langsikt.model.spans import Plan, Stretch
from langsikt.model.texts import Text

DAYS = 90
COVERED = frozenset({"covered", "bridged", "unconfirmed"})
WEAK = frozenset({"temporary", "neither"})
# A list row tells nothing of health, risk or kin: other needs than the core ones are not named (rules B4.9).
ANOTHER = Text("Annat behov", "Another need")
OTHERS = Text("{n} andra behov", "{n} other needs")


@dataclass(frozen=True)
class Part:
    """A stretch as it is drawn: decided, ahead, temporary, gap or unplanned."""

    look: str
    from_on: date
    until_on: date


@dataclass(frozen=True)
class TeamGap:
    """A need of a case with its gaps in the coming 90 days, and what is around them; of several others the first."""

    reference: str
    case_worker: str | None
    need: Text
    core: bool
    gaps: tuple[PlanGap, ...]
    parts: tuple[Part, ...]


def gaps(hand: Hand, drawn: int | None = None) -> tuple[TeamGap, ...]:
    """A row for each core need of a case that has a gap, and one for its other needs: homes first, then by day.

    ``drawn``: how many of the rows are drawn; None draws them all. What is not shown costs no drawing.
    """
    found = [row for record in hand.open for row in _rows(hand, record)]
    found.sort(key=lambda one: (not one[0].gaps[0].housing, not one[0].core, one[0].gaps[0].from_on))
    return tuple(_drawn(hand, *one) if drawn is None or n < drawn else one[0] for n, one in enumerate(found))


def _rows(hand: Hand, record: Record) -> Iterator[tuple[TeamGap, Record, str]]:
    ahead = hand.gaps[record.root.id]
    needs = list(dict.fromkeys(gap.need for gap in ahead))
    others = [need for need in needs if not METHOD.needs[need].core]
    for need in [need for need in needs if need not in others] + others[:1]:
        name = METHOD.needs[need].name
        if need in others:
            name = ANOTHER if len(others) == 1 else OTHERS.filled(n=len(others))
        told = tuple(_gap(hand.today, name, gap) for gap in ahead if gap.need == need)
        worker = hand.listing.workers.get(record.root.id)
        yield TeamGap(record.root.reference, worker, name, need not in others, told, ()), record, need


def _drawn(hand: Hand, row: TeamGap, record: Record, need: str) -> TeamGap:
    plan = replace(plan_of(record.state), from_on=hand.today, horizon_days=DAYS)
    return replace(row, parts=tuple(_parts(plan, stretches(plan, need))))


def _gap(today: date, name: Text, gap: Stretch) -> PlanGap:
    """By need and days alone: what ends before it and begins after it stands in the case."""
    limit = today + timedelta(days=ALARM_AHEAD.get(gap.need, ALARM_AHEAD_OTHERS))
    endless = gap.after is None and gap.until_on >= limit
    return PlanGap(
        id=f"glapp-{gap.need}-{gap.from_on.isoformat()}",
        need=name,
        housing=gap.need == HOUSING,
        from_on=gap.from_on,
        until_on=gap.until_on,
        days=gap.days,
        open_ended=endless,
        after=None,
        why=name,
    )


def _parts(plan: Plan, found: Iterable[Stretch]) -> Iterable[Part]:
    for stretch in found:
        look = _look(plan, stretch)
        if look:
            yield Part(look, stretch.from_on, stretch.until_on)


def _look(plan: Plan, stretch: Stretch) -> str:
    """How a stretch is drawn; a need that asks for nothing leaves the line empty."""
    if stretch.status in COVERED:
        here = [s for s in plan.spans if s.need == stretch.need and s.from_on <= stretch.from_on <= s.last]
        return "decided" if any(s.status in ("carried_out", "decided") for s in here) else "ahead"
    if stretch.status in WEAK:
        return "temporary"
    return {"gap": "gap", "not_planned": "unplanned"}.get(stretch.status, "")
