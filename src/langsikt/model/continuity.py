"""Continuity: what is covered, what is a gap, and what applies the day after — a pure calculation over days.

The rules are those of practice C1–C5. Days and nights are counted alike: a night belongs to the
day on which it begins, and a span until the 30th covers the night of the 30th. What is drawn
(``from_on``, ``horizon_days``) never changes an answer; it only says how much of it is shown.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

from langsikt.model.spans import Chain, DayAfter, NeedState, Plan, Span, Stretch

__all__ = [
    "HOUSING",
    "Chain",
    "DayAfter",
    "NeedState",
    "Plan",
    "Span",
    "Stretch",
    "axis",
    "can_have_gap",
    "chains",
    "contact_without_successor",
    "days_after",
    "ends_with_a_move",
    "gaps_ahead",
    "home_ends_soon",
    "home_to_ask_about",
    "insecure",
    "overlaps",
    "past_gap_days",
    "state_on",
    "stretches",
]

DAY = timedelta(days=1)
HOUSING = "housing"
SOCIAL = "social_support"
ALARM_AHEAD = {HOUSING: 90}
ALARM_AHEAD_OTHERS = 30
UNCONFIRMED_AFTER = {HOUSING: 14}
UNCONFIRMED_AFTER_OTHERS = 90
INSECURE_HOMES = frozenset({"sublet", "room"})
INSECURE_ASKED_EVERY = 90
LONGEST_BREAK = 70
LONGEST_BETWEEN_MEETINGS = 30
LONGEST_PAUSE = 184  # six months, the longest there are
NEEDED = ("need", "could_not_accept")
AHEAD = ("carried_out", "decided", "agreed")
WAITING = ("proposed", "applied", "placeless")


# --- the time axis of one need -------------------------------------------------------------------


def stretches(plan: Plan, need: str) -> list[Stretch]:
    """The whole time axis of one need, without holes, from the first day known to the horizon."""
    return _between(plan, need, *axis(plan))


def axis(plan: Plan) -> tuple[date, date]:
    """First and last day that are drawn; nothing comes after closure (rules C2.4)."""
    known = [plan.today, *(s.from_on for s in plan.states), *(s.from_on for s in plan.spans)]
    first = plan.from_on or min(known)
    return first, _closed(plan, plan.today + plan.horizon_days * DAY)


def gaps_ahead(plan: Plan, need: str) -> list[Stretch]:
    """Gaps from today on that are counted and alarmed, however little of them is drawn."""
    found = _between(plan, need, plan.today, _closed(plan, _limit(plan, need)))
    return [s for s in found if s.status == "gap"]


def past_gap_days(plan: Plan, need: str) -> int:
    """Days before today without cover, from the day the need was assessed; never summed over needs (rules C2.4)."""
    assessed = min((s.from_on for s in plan.states if s.need == need and s.state != "not_assessed"), default=None)
    if assessed is None:
        return 0
    found = _between(plan, need, assessed, _closed(plan, plan.today - DAY))
    return sum(s.days for s in found if s.status == "gap")


def _closed(plan: Plan, last: date) -> date:
    return min(last, plan.closed_on) if plan.closed_on else last


def _limit(plan: Plan, need: str) -> date:
    """The last day ahead on which a gap is counted and alarmed (rules C2.4)."""
    return plan.today + ALARM_AHEAD.get(need, ALARM_AHEAD_OTHERS) * DAY


def _between(plan: Plan, need: str, first: date, last: date) -> list[Stretch]:
    """The answers from one day to another; a day's answer is the same whatever the two are."""
    spans = [s for s in plan.spans if s.need == need]
    found: list[Stretch] = []
    for a, b in itertools.pairwise(_cuts(plan, need, spans, first, last)):
        status, why = _answer(plan, need, spans, a)
        if found and (found[-1].status, found[-1].why) == (status, why):
            found[-1] = replace(found[-1], until_on=b - DAY)
        else:
            found.append(Stretch(need, status, a, b - DAY, why))
    return [_named(s, plan, spans) for s in found]


def _cuts(plan: Plan, need: str, spans: Sequence[Span], first: date, last: date) -> list[date]:
    """Every day on which the answer may change."""
    points = {first, last + DAY, plan.today, plan.today + DAY, _limit(plan, need) + DAY}
    for state in (s for s in plan.states if s.need == need):
        points |= {state.from_on, _following(_silent_until(state))}
    for span in spans:
        points |= {span.from_on, _following(span.last), _following(_sure_until(span))}
    return sorted(p for p in points if first <= p <= last + DAY)


def _following(day: date) -> date:
    return day if day == date.max else day + DAY


def _named(stretch: Stretch, plan: Plan, spans: Sequence[Span]) -> Stretch:
    """A gap with what ends before it, what begins after it, and what has been applied for (rules C2.1)."""
    if stretch.status not in ("gap", "not_planned"):
        return stretch
    first, last = stretch.from_on, stretch.until_on
    covering = [s for s in spans if s.covers == "covers"]
    ending = [s for s in covering if s.end == "day"]  # of a support that should have ended nobody knows when it does
    before = (s.kind for s in ending if _following(s.last) == first and _counts(s, plan, s.last))
    after = (s.kind for s in covering if _begins(s, plan) == last + DAY and _counts(s, plan, last + DAY))
    waits = (s for s in spans if s.status in WAITING and s.from_on <= last and s.last >= first)
    found = next(waits, None)
    could_not = state_on(plan, stretch.need, last) == "could_not_accept"
    named = replace(stretch, before=next(before, None), after=next(after, None), could_not=could_not)
    return replace(named, waiting=found.kind, placeless=found.status == "placeless") if found else named


# --- the answer of one day -----------------------------------------------------------------------


def _answer(plan: Plan, need: str, spans: Sequence[Span], day: date) -> tuple[str, str]:
    """Status and why. A no is silent, but never about tonight's roof (rules C1)."""
    state = state_on(plan, need, day)
    if can_have_gap(need, state):
        return _judge(plan, need, spans, day)
    if need == HOUSING and state == "declines" and day == plan.today:
        tonight = _judge(plan, need, spans, day)
        return tonight if tonight[0] == "gap" else (state, state)
    return state, state


def state_on(plan: Plan, need: str, day: date) -> str:
    """The state of a need on a day; not assessed before anybody has said anything."""
    said = sorted((s for s in plan.states if s.need == need and s.from_on <= day), key=lambda s: s.from_on)
    if not said:
        return "not_assessed"
    return said[-1].state if day <= _silent_until(said[-1]) else "need"


def _silent_until(state: NeedState) -> date:
    """The last day of a state; a pause without a review day lasts no longer than one may (rules C1)."""
    if state.until_on is None and state.state == "pause":
        return state.from_on + LONGEST_PAUSE * DAY
    return state.until_on or date.max


def can_have_gap(need: str, state: str) -> bool:
    """Only a need can have a gap; a home is a need until somebody has said otherwise (rules C1).

    Who could not accept what was offered, for its rent, its distance or its danger, needs it still: that is no *no*.
    """
    return state in NEEDED or (need == HOUSING and state == "not_assessed")


def _judge(plan: Plan, need: str, spans: Sequence[Span], day: date) -> tuple[str, str]:
    here = [s for s in spans if _counts(s, plan, day)]
    covering = [s for s in here if s.covers == "covers"]
    for span in covering:
        if day <= _sure_until(span):
            return "covered", span.kind
    if covering:
        return "unconfirmed", covering[0].kind
    for weaker in ("temporary", "neither"):
        for span in here:
            if span.covers == weaker:
                return weaker, span.kind
    bridge = _bridge(plan, spans, day)
    if bridge:
        return "bridged", bridge
    return "not_planned" if day > _limit(plan, need) else "gap", ""


def _counts(span: Span, plan: Plan, day: date) -> bool:
    """Whether a span counts on a day."""
    return span.status in AHEAD and _begins(span, plan) <= day <= span.last


def _begins(span: Span, plan: Plan) -> date:
    """Today and before only what is carried out counts; ahead also what is decided or agreed (rules C2.1)."""
    return span.from_on if span.status == "carried_out" else max(span.from_on, plan.today + DAY)


def _sure_until(span: Span) -> date:
    """The last day before an unknown end is unconfirmed (rules C2.3); no span is so before it has begun."""
    if not span.doubted:
        return date.max
    days = INSECURE_ASKED_EVERY if insecure(span) else UNCONFIRMED_AFTER.get(span.need, UNCONFIRMED_AFTER_OTHERS)
    return max(span.confirmed_on or span.from_on, span.from_on) + days * DAY


def insecure(span: Span) -> bool:
    """Whether this is a sublet or a room without an end: covered, but unsure, and asked about (rules C3)."""
    return span.kind in INSECURE_HOMES and span.end == "unknown"


def home_to_ask_about(plan: Plan) -> date | None:
    """The day, reached, on which to ask again about a home that is unsure; None while another one covers surely."""
    here = [s for s in plan.spans if s.need == HOUSING and s.covers == "covers" and _counts(s, plan, plan.today)]
    days = [_sure_until(s) for s in here]
    if not can_have_gap(HOUSING, state_on(plan, HOUSING, plan.today)) or max(days, default=date.max) > plan.today:
        return None
    return max((_sure_until(s) for s in here if insecure(s)), default=None)


def _bridge(plan: Plan, spans: Sequence[Span], day: date) -> str:
    """Why an uncovered day is no gap, whatever else lies between the same two spans (rules C2.5)."""
    covering = [s for s in spans if s.covers == "covers" and _counts(s, plan, s.last)]
    before = [s for s in covering if s.last < day]
    after = [s for s in covering if _begins(s, plan) > day]
    found = {_joined(one, other, plan) for one, other in itertools.product(before, after)}
    return next((why for why in ("one_day", "break", "between_meetings") if why in found), "")


def _joined(one: Span, other: Span, plan: Plan) -> str:
    """What joins two spans over the days between them."""
    length = (_begins(other, plan) - one.last).days - 1
    if length == 1:
        return "one_day"
    if one.term and other.term and length <= LONGEST_BREAK:
        return "break"
    if one.meetings and other.meetings and length <= LONGEST_BETWEEN_MEETINGS:
        return "between_meetings"
    return ""


# --- what ends -----------------------------------------------------------------------------------


def days_after(plan: Plan) -> Iterator[DayAfter]:
    """For every support with a known end that is drawn: what applies the day after."""
    first, last = axis(plan)
    for span in plan.spans:
        if span.covers in ("covers", "temporary") and first <= span.last < last and _counts(span, plan, span.last):
            yield _day_after(plan, span)


def _day_after(plan: Plan, span: Span) -> DayAfter:
    spans, on = [s for s in plan.spans if s.need == span.need], span.last + DAY
    status, why = _answer(plan, span.need, spans, on)
    if status == "bridged":
        later = [s for s in spans if s.covers == "covers" and s.status in AHEAD and on < _begins(s, plan) <= s.last]
        return DayAfter(span, on, status, min(later, key=lambda s: _begins(s, plan)).kind)
    return DayAfter(span, on, status, why if status in ("covered", "unconfirmed", "temporary") else None)


def ends_with_a_move(plan: Plan) -> list[Span]:
    """Support other than the home that ends on the day of a move or the day before, and does not go on."""
    near = {day + step for day in plan.moves for step in (-DAY, timedelta(0))}
    support = [s for s in plan.spans if s.need != HOUSING and s.covers == "covers" and s.last in near]
    return [s for s in support if _counts(s, plan, s.last) and not _goes_on(s, plan)]


def _goes_on(span: Span, plan: Plan) -> bool:
    """Whether the same support goes on after a span."""
    later = [s for s in plan.spans if s.need == span.need and s.covers == "covers" and _takes_over(s, span, plan)]
    return any(s.kind == span.kind or (s.thing != "" and s.thing == span.thing) for s in later)


def _takes_over(other: Span, span: Span, plan: Plan) -> bool:
    """Whether one span reaches further than another, with at most one day between the two (rules C2.5)."""
    soon = _begins(other, plan) <= span.last + 2 * DAY
    return soon and other.last > span.last and _counts(other, plan, other.last)


def contact_without_successor(plan: Plan) -> list[Span]:
    """Contacts that end with nobody after them."""
    ended = [d for d in days_after(plan) if d.span.need == SOCIAL and d.span.covers == "covers"]
    return [d.span for d in ended if d.status in ("gap", "not_planned")]


def home_ends_soon(plan: Plan, closing_on: date, within_days: int = 90) -> Span | None:
    """The home that ends within ``within_days`` of closing, when nothing takes over (rules B2.5).

    What takes over is a home that begins with at most one night between (rules C2.5).
    """
    homes = [s for s in plan.spans if s.need == HOUSING and s.covers == "covers"]
    last: Span | None = None
    now = [s for s in homes if _counts(s, plan, closing_on)]
    while now:
        last = max(now, key=lambda s: s.last)
        if last.last > closing_on + within_days * DAY:
            return None
        now = [s for s in homes if _takes_over(s, last, plan)]
    return last


# --- what continues ------------------------------------------------------------------------------


def chains(spans: Iterable[Span]) -> list[Chain]:
    """Extension chains: spans of the same thing, with at most a day between (rules C2.5); a draft is no link."""
    by_thing: dict[tuple[str, str], list[Span]] = {}
    for span in spans:
        if span.last < date.max and span.status in AHEAD:
            by_thing.setdefault((span.need, span.thing or span.kind), []).append(span)
    return [chain for found in by_thing.values() for chain in _chains_of(sorted(found, key=lambda s: s.from_on))]


def _chains_of(spans: list[Span]) -> Iterator[Chain]:
    row: list[Span] = []
    for span in spans:
        if row and span.from_on > max(s.last for s in row) + 2 * DAY:
            yield _chain(row)
            row = []
        row.append(span)
    if row:
        yield _chain(row)


def _chain(row: list[Span]) -> Chain:
    """The days together are counted once, also where two spans overlap."""
    total, reached = 0, date.min
    for span in row:
        total += max(0, (span.last - max(span.from_on - DAY, reached)).days)
        reached = max(reached, span.last)
    return Chain(row[0].kind, len(row), total, median((s.last - s.from_on).days + 1 for s in row))


def overlaps(plan: Plan, need: str) -> list[tuple[Span, Span, int]]:
    """Pairs of spans that run at the same time, and for how many days: room for a warm hand-over."""
    end = axis(plan)[1]
    spans = [s for s in plan.spans if s.need == need and s.covers == "covers" and s.status in AHEAD]
    found = []
    for one, other in itertools.combinations(sorted(spans, key=lambda s: s.from_on), 2):
        first = max(_begins(one, plan), _begins(other, plan))
        days = (min(one.last, other.last, end) - first).days + 1
        if days > 0:
            found.append((one, other, days))
    return found
