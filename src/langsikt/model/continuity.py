"""Continuity: what is covered, what is a gap, and what applies the day after — a pure calculation over days.

The rules are those of practice C1–C5. Days and nights are counted alike: a night belongs to the
day on which it begins, and a span until the 30th covers the night of the 30th.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
HOUSING = "housing"
ALARM_AHEAD = {HOUSING: 90}
ALARM_AHEAD_OTHERS = 30
UNCONFIRMED_AFTER = {HOUSING: 14}
UNCONFIRMED_AFTER_OTHERS = 90
LONGEST_BREAK = 70
LONGEST_BETWEEN_MEETINGS = 30
AHEAD = ("carried_out", "decided", "agreed")
WAITING = ("proposed", "applied")


@dataclass(frozen=True)
class Span:
    """One stretch of support for one need, from day to day (both included).

    ``status``: carried_out, decided, agreed, proposed, applied. ``end``: day (``until_on``),
    further_notice or unknown. ``covers``: covers, temporary, neither or no (rules C3–C5).
    ``confirmed_on`` matters when the end is unknown; ``term`` marks a confirmed school term,
    ``meetings`` a contact that is a row of meetings; ``thing`` joins spans that continue one another.
    """

    need: str
    kind: str
    status: str
    from_on: date
    until_on: date | None = None
    end: str = "day"
    covers: str = "covers"
    confirmed_on: date | None = None
    term: bool = False
    meetings: bool = False
    thing: str = ""

    @property
    def last(self) -> date:
        """The last day that the span reaches."""
        return self.until_on if self.end == "day" and self.until_on else date.max


@dataclass(frozen=True)
class NeedState:
    """The state of a need from a day on, until the next state of the same need (rules C1)."""

    need: str
    state: str
    from_on: date


@dataclass(frozen=True)
class Plan:
    """Everything the calculation knows: all days are in Europe/Stockholm."""

    today: date
    states: tuple[NeedState, ...]
    spans: tuple[Span, ...]
    moves: tuple[date, ...] = ()
    closed_on: date | None = None
    from_on: date | None = None
    horizon_days: int = 365


@dataclass(frozen=True)
class Stretch:
    """A run of days with one answer for one need.

    ``status``: covered, unconfirmed, temporary, neither, gap, bridged (counts as covered),
    not_planned (further ahead than is counted), or the state that needs nothing. ``why`` names
    the reason in one word of the glossary; ``waiting`` the kind that has been applied for.
    """

    need: str
    status: str
    from_on: date
    until_on: date
    why: str = ""
    waiting: str | None = None

    @property
    def days(self) -> int:
        """How many days (for housing: nights), both ends included."""
        return (self.until_on - self.from_on).days + 1


def stretches(plan: Plan, need: str) -> list[Stretch]:
    """The whole time axis of one need, without holes, from the first day known to the horizon."""
    first, last = axis(plan)
    spans = [s for s in plan.spans if s.need == need]
    cuts = _cuts(plan, need, spans, first, last)
    raw = [_judge(plan, need, spans, a, b - DAY) for a, b in itertools.pairwise(cuts)]
    return _bridged(_joined(raw), spans, plan)


def axis(plan: Plan) -> tuple[date, date]:
    """First and last day of the calculation; nothing comes after closure (rules C2.4)."""
    starts = [s.from_on for s in plan.states]
    first = plan.from_on or min([*starts, plan.today])
    last = plan.today + plan.horizon_days * DAY
    return first, min(last, plan.closed_on) if plan.closed_on else last


def _cuts(plan: Plan, need: str, spans: Sequence[Span], first: date, last: date) -> list[date]:
    """Every day on which the answer may change."""
    points = {first, last + DAY, plan.today + DAY, _limit(plan, need) + DAY}
    points |= {s.from_on for s in plan.states if s.need == need}
    for span in spans:
        points.add(span.from_on)
        if span.last < date.max:
            points.add(span.last + DAY)
        if span.end == "unknown":
            points.add(_doubtful_from(span))
    return sorted(p for p in points if first <= p <= last + DAY)


def _limit(plan: Plan, need: str) -> date:
    """The last day ahead on which a gap is counted and alarmed (rules C2.4)."""
    return plan.today + ALARM_AHEAD.get(need, ALARM_AHEAD_OTHERS) * DAY


def _doubtful_from(span: Span) -> date:
    """The first day on which an unknown end is unconfirmed (rules C2.3)."""
    days = UNCONFIRMED_AFTER.get(span.need, UNCONFIRMED_AFTER_OTHERS)
    return (span.confirmed_on or span.from_on) + (days + 1) * DAY


def _judge(plan: Plan, need: str, spans: Sequence[Span], first: date, last: date) -> Stretch:
    """The answer for days that are all alike; ``first`` stands for them."""
    state = state_on(plan, need, first)
    if not can_have_gap(need, state):
        return Stretch(need, state, first, last, state)
    here = [s for s in spans if s.from_on <= first <= s.last and _counts(s, plan, first)]
    covering = [s for s in here if s.covers == "covers"]
    if any(s.end != "unknown" or first < _doubtful_from(s) for s in covering):
        sure = next(s for s in covering if s.end != "unknown" or first < _doubtful_from(s))
        return Stretch(need, "covered", first, last, sure.kind)
    if covering:
        return Stretch(need, "unconfirmed", first, last, covering[0].kind)
    for weaker in ("temporary", "neither"):
        found = next((s for s in here if s.covers == weaker), None)
        if found:
            return Stretch(need, weaker, first, last, found.kind)
    waiting = next((s.kind for s in spans if s.status in WAITING and s.from_on <= first <= s.last), None)
    status = "not_planned" if first > _limit(plan, need) else "gap"
    return Stretch(need, status, first, last, "", waiting)


def state_on(plan: Plan, need: str, day: date) -> str:
    """The state of a need on a day; not assessed before anybody has said anything."""
    said = [s for s in plan.states if s.need == need and s.from_on <= day]
    return max(said, key=lambda s: s.from_on).state if said else "not_assessed"


def can_have_gap(need: str, state: str) -> bool:
    """Only a need can have a gap; a home is a need until somebody has said otherwise (rules C1)."""
    return state == "need" or (need == HOUSING and state == "not_assessed")


def _counts(span: Span, plan: Plan, day: date) -> bool:
    """Today and before only what is carried out covers; ahead also what is decided or agreed (rules C2.1)."""
    return span.status == "carried_out" if day <= plan.today else span.status in AHEAD


def _joined(found: Iterable[Stretch]) -> list[Stretch]:
    """Neighbours with the same answer become one."""
    joined: list[Stretch] = []
    for stretch in found:
        before = joined[-1] if joined else None
        if before and (before.status, before.why, before.waiting) == (stretch.status, stretch.why, stretch.waiting):
            joined[-1] = Stretch(
                before.need, before.status, before.from_on, stretch.until_on, before.why, before.waiting
            )
        else:
            joined.append(stretch)
    return joined


def _bridged(found: list[Stretch], spans: Sequence[Span], plan: Plan) -> list[Stretch]:
    """What is no gap (rules C2.5): one day between two spans, a break between terms, the time between meetings."""
    return [
        Stretch(s.need, "bridged", s.from_on, s.until_on, why) if (why := _bridge(s, found, spans, plan)) else s
        for s in found
    ]


def _bridge(gap: Stretch, found: list[Stretch], spans: Sequence[Span], plan: Plan) -> str:
    if gap.status not in ("gap", "not_planned"):
        return ""
    first, last = _hole(gap, found)
    before = [s for s in spans if s.covers == "covers" and s.last == first - DAY and _counts(s, plan, s.last)]
    after = [s for s in spans if s.covers == "covers" and s.from_on == last + DAY and _counts(s, plan, s.from_on)]
    if not before or not after:
        return ""
    length = (last - first).days + 1
    if length == 1:
        return "one_day"
    if length <= LONGEST_BREAK and any(s.term for s in before) and any(s.term for s in after):
        return "break"
    if length <= LONGEST_BETWEEN_MEETINGS and any(s.meetings for s in before) and any(s.meetings for s in after):
        return "between_meetings"
    return ""


def _hole(gap: Stretch, found: list[Stretch]) -> tuple[date, date]:
    """The whole uncovered run that a stretch is part of (it may be cut by today, or by the limit)."""
    index = found.index(gap)
    low = high = index
    while low > 0 and found[low - 1].status in ("gap", "not_planned"):
        low -= 1
    while high + 1 < len(found) and found[high + 1].status in ("gap", "not_planned"):
        high += 1
    return found[low].from_on, found[high].until_on


def gaps_ahead(plan: Plan, need: str) -> list[Stretch]:
    """Gaps from today on that are counted and alarmed."""
    return [
        _cut(s, plan.today, date.max) for s in stretches(plan, need) if s.status == "gap" and s.until_on >= plan.today
    ]


def past_gap_days(plan: Plan, need: str) -> int:
    """Days before today without cover, from the day the need was assessed; never summed over needs (rules C2.4)."""
    assessed = min((s.from_on for s in plan.states if s.need == need and s.state != "not_assessed"), default=None)
    if assessed is None:
        return 0
    past = [s for s in stretches(plan, need) if s.status == "gap"]
    return sum(max(0, (min(s.until_on, plan.today - DAY) - max(s.from_on, assessed)).days + 1) for s in past)


def _cut(stretch: Stretch, first: date, last: date) -> Stretch:
    start, stop = max(stretch.from_on, first), min(stretch.until_on, last)
    return Stretch(stretch.need, stretch.status, start, stop, stretch.why, stretch.waiting)


@dataclass(frozen=True)
class DayAfter:
    """What applies the day after a span ends: the answer of that day, and what takes over."""

    span: Span
    on: date
    status: str
    successor: str | None


def days_after(plan: Plan) -> Iterator[DayAfter]:
    """For every span with a known end within the axis: what applies the day after."""
    first, last = axis(plan)
    for span in plan.spans:
        if span.last == date.max or span.covers != "covers" or not first <= span.last < last:
            continue
        on = span.last + DAY
        there = next(s for s in stretches(plan, span.need) if s.from_on <= on <= s.until_on)
        successor = there.why if there.status in ("covered", "unconfirmed", "temporary") else None
        yield DayAfter(span, on, there.status, successor)


@dataclass(frozen=True)
class Chain:
    """Decisions or spans that continue one another: how many, how long together, and the median length."""

    kind: str
    number: int
    total_days: int
    median_days: float


def chains(spans: Iterable[Span]) -> list[Chain]:
    """Extension chains: spans of the same thing that follow without a day between (rules C2.5 allows one)."""
    by_thing: dict[tuple[str, str], list[Span]] = {}
    for span in spans:
        if span.last < date.max:
            by_thing.setdefault((span.need, span.thing or span.kind), []).append(span)
    return [chain for found in by_thing.values() for chain in _chains_of(sorted(found, key=lambda s: s.from_on))]


def _chains_of(spans: list[Span]) -> Iterator[Chain]:
    row: list[Span] = []
    for span in spans:
        if row and span.from_on > row[-1].last + 2 * DAY:
            yield _chain(row)
            row = []
        row.append(span)
    if row:
        yield _chain(row)


def _chain(row: list[Span]) -> Chain:
    lengths = sorted((s.last - s.from_on).days + 1 for s in row)
    middle = len(lengths) // 2
    median = lengths[middle] if len(lengths) % 2 else (lengths[middle - 1] + lengths[middle]) / 2
    return Chain(row[0].kind, len(row), sum(lengths), median)


def ends_with_a_move(plan: Plan) -> list[Span]:
    """Support other than the home that ends on the day of a move, or the day before it."""
    near = {day + step for day in plan.moves for step in (-DAY, timedelta(0))}
    return [s for s in plan.spans if s.need != HOUSING and s.covers == "covers" and s.last in near]


def contact_without_successor(plan: Plan) -> list[Span]:
    """Contacts that end with nobody after them."""
    ended = [d for d in days_after(plan) if d.span.need == "social_support"]
    return [d.span for d in ended if d.status in ("gap", "not_planned")]


def home_ends_soon(plan: Plan, closing_on: date, within_days: int = 90) -> Span | None:
    """The home that ends within ``within_days`` of closing, when nothing takes over (rules B2.5)."""
    until = closing_on + within_days * DAY
    homes = [s for s in plan.spans if s.need == HOUSING and s.covers == "covers" and s.from_on <= closing_on <= s.last]
    if any(s.last > until for s in homes):
        return None
    return max(homes, key=lambda s: s.last, default=None)


def overlaps(plan: Plan, need: str) -> list[tuple[Span, Span, int]]:
    """Pairs of spans that run at the same time, and for how many days: room for a warm hand-over."""
    spans = sorted((s for s in plan.spans if s.need == need and s.covers == "covers"), key=lambda s: s.from_on)
    found = []
    for i, one in enumerate(spans):
        for other in spans[i + 1 :]:
            if other.from_on <= one.last:
                stop = min(one.last, other.last, axis(plan)[1])
                found.append((one, other, (stop - other.from_on).days + 1))
    return found
