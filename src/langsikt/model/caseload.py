"""What a unit has in hand: periods that were decided, their chains and follow-ups, changes of case worker, phases.

Everything is reckoned from what has happened in each case; nothing here knows who did it well or ill (rules B4.6).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median
from typing import Any, cast

from langsikt.model import vocabulary
from langsikt.model.continuity import can_have_gap, chains, state_on
from langsikt.model.facts import GRANTED
from langsikt.model.fold import ordered
from langsikt.model.load import METHOD
from langsikt.model.plan import plan_of
from langsikt.model.spans import Chain, Span
from langsikt.model.state import Happening, State

DAY = timedelta(days=1)
YEAR = timedelta(days=365)
AFTER_DAYS = 90
LONG_CHAIN = 3
BANDS = (14, 30, 90, 180)
DECIDING = ("issue_decision", "sign_decision")
ENDINGS = ("end_placement", "end_placement_acutely", "end_intervention")
UNSAFE = ("unsafe", "unknown")
SHELTER = "shelter"


@dataclass(frozen=True)
class Period:
    """What was decided at one time: from a day to a day, both included.

    ``thing`` joins what continues one another: shelter of any kind, else the kind of insats; a child's
    apart. ``extended_on`` is the day on which more was decided, ``ended_on`` the day on which the
    support ended before its time.
    """

    kind: str
    thing: str
    decided_on: date
    from_on: date
    until_on: date
    extended_on: date | None = None
    ended_on: date | None = None

    @property
    def days(self) -> int:
        """How long it was decided for."""
        return (self.until_on - self.from_on).days + 1

    @property
    def last(self) -> date:
        """Its last day: the decided one, or the day on which the support ended."""
        return min(self.until_on, self.ended_on or self.until_on)


def periods(happenings: Sequence[Happening]) -> list[Period]:
    """Every period of a case: granted decisions with an end, and stretches of placement that no decision tells of.

    Args: the happenings of one case. Returns: the periods in the order of their days.
    A stretch of placement within the days of a decision about the same was granted by it, and is not told twice.
    """
    reading = _Reading()
    for happening in ordered(happenings):
        reading.take(happening)
    placed = [p for row in reading.placed.values() for p in row if not _granted(p, reading.decided)]
    decided = [_ended(p, reading.ends) for p in _extended(reading.decided)]
    return sorted([*decided, *placed], key=lambda p: (p.from_on, p.until_on))


class _Reading:
    """The periods of one case under reading."""

    def __init__(self) -> None:
        self.decided: list[Period] = []
        self.placed: dict[object, list[Period]] = {}
        self.begun: dict[object, tuple[str, date]] = {}
        self.ends: list[tuple[str, date]] = []
        self.resting: set[object] = set()

    def take(self, h: Happening) -> None:
        """Reads one more happening."""
        facts, on = cast(Any, h.facts), h.happened_at.date()
        if h.name in DECIDING:
            self._decision(facts, on)
        elif h.name == "start_placement":
            self.begun[h.id] = facts.get("place_kind") or "shelter_flat", facts["first_night_on"]
            self._stretch(h.id, facts.get("planned_end_on"), on)
            # A follow-up alone makes such a placement no longer: that comes with the decision (``sayings``).
            self.resting |= {h.id} if facts.get("decided_by") in ("decision", "oral") else set()
        elif h.name == "extend_placement":
            self._stretch(facts.get("placement"), facts.get("planned_end_on"), on)
        elif h.name == "follow_up":
            for which, (outcome, until, *_) in (facts.get("support_outcomes") or {}).items():
                if outcome == "extend" and which not in self.resting:
                    self._stretch(which, until, on)
        elif h.name == "start_intervention":
            self.begun[h.id] = facts["intervention"], facts["started_on"]
        elif h.name in ENDINGS:
            which = facts.get("placement") or facts.get("running_support")
            self._end(which, facts.get("ended_on") or facts.get("last_day_on") or on)

    def _decision(self, facts: Any, on: date) -> None:
        until = facts.get("until_on")
        if facts["outcome"] in GRANTED and until and until >= facts["from_on"]:
            thing = _thing(facts["intervention"], bool(facts.get("for_child")))
            made = facts.get("decided_on") or on
            self.decided.append(Period(facts["intervention"], thing, made, facts["from_on"], until))

    def _stretch(self, which: object, until: date | None, on: date) -> None:
        """A placement gets a last day, or a later one; what shortens it is no period of its own."""
        kind, begins = self.begun.get(which, ("", date.max))
        if until is None or not kind or not METHOD.interventions[kind].placement:
            return
        row = self.placed.setdefault(which, [])
        if row:
            begins = row[-1].until_on + DAY
        if until >= begins:
            row[-1:] = [replace(p, extended_on=min(on, p.until_on)) for p in row[-1:]]
            row.append(Period(kind, _thing(kind), on, begins, until))

    def _end(self, which: object, on: date) -> None:
        if which in self.begun:
            self.ends.append((_thing(self.begun[which][0]), on))
        row = self.placed.get(which, [])
        row[-1:] = [replace(p, ended_on=max(on, p.from_on)) for p in row[-1:] if p.until_on > on] or row[-1:]


def _granted(stretch: Period, decided: Iterable[Period]) -> bool:
    same = (d for d in decided if d.thing == stretch.thing)
    return any(d.from_on <= stretch.from_on and stretch.until_on <= d.until_on for d in same)


def _thing(kind: str, child: bool = False) -> str:
    name = SHELTER if METHOD.interventions[kind].shelter else kind
    return f"{name}, child" if child else name


def _extended(decided: Sequence[Period]) -> list[Period]:
    """Each decision with the day on which the next one about the same was made, if that was before its end."""
    found = []
    for number, period in enumerate(decided):
        later = [p for p in decided[number + 1 :] if p.thing == period.thing and p.until_on > period.until_on]
        before = [p.decided_on for p in later if p.decided_on <= period.until_on]
        found.append(replace(period, extended_on=min(before)) if before else period)
    return found


def _ended(period: Period, ends: Iterable[tuple[str, date]]) -> Period:
    """A decision whose support ended before its last day."""
    early = [on for thing, on in ends if thing == period.thing and period.from_on <= on < period.until_on]
    return replace(period, ended_on=max(early)) if early and period.extended_on is None else period


# --- lengths and chains ----------------------------------------------------------------------------


def decided_between(found: Iterable[Period], after: date, until: date) -> list[Period]:
    """The periods decided after one day and until another."""
    return [p for p in found if after < p.decided_on <= until]


def band_of(period: Period) -> int:
    """Which class of length a period is in, the shortest first."""
    return next((n for n, most in enumerate(BANDS) if period.days <= most), len(BANDS))


def bands(found: Iterable[Period]) -> tuple[int, ...]:
    """How many periods are at most 14, 30, 90 and 180 days long, and how many longer."""
    counts = [0] * (len(BANDS) + 1)
    for period in found:
        counts[band_of(period)] += 1
    return tuple(counts)


def median_days(found: Sequence[Period]) -> float | None:
    """The median length in days; None of nothing."""
    return float(median(p.days for p in found)) if found else None


def whole(days: float) -> int:
    """A number of days without fractions, a half upwards: 20.5 becomes 21."""
    return int(days + 0.5)


def chain(found: Iterable[Period]) -> Chain | None:
    """The longest row of periods that continue one another; of two alike the later one. None of nothing."""
    spans = (Span("decision", p.kind, "decided", p.from_on, p.until_on, thing=p.thing) for p in found)
    return max(reversed(chains(spans)), key=lambda c: c.number, default=None)


# --- follow-up before the end ----------------------------------------------------------------------


def followed_up(found: Iterable[Period], follow_ups: Iterable[date], today: date) -> tuple[list[Period], list[Period]]:
    """The periods that ended or were extended in the last 12 months: followed up before their end, and not."""
    days = list(follow_ups)
    passed = [p for p in found if _passed(p, today)]
    done = [p for p in passed if any(p.from_on <= day <= p.last for day in days)]
    return done, [p for p in passed if p not in done]


def _passed(period: Period, today: date) -> bool:
    on = period.extended_on or period.last
    over = on <= today if period.extended_on or period.ended_on else on < today
    return over and on > today - YEAR


def follow_up_days(happenings: Sequence[Happening]) -> list[date]:
    """The days on which a follow-up was held."""
    held = (h for h in ordered(happenings) if h.name == "follow_up")
    return [cast(Any, h.facts).get("held_on") or h.happened_at.date() for h in held]


# --- who has the case ------------------------------------------------------------------------------


def changes(spells: Iterable[tuple[Hashable, date]]) -> list[date]:
    """The days on which somebody else took over: ``spells`` are (who, from when) in the order of their days."""
    found: list[date] = []
    last: Hashable = None
    for who, on in spells:
        if last is not None and who != last:
            found.append(on)
        last = who
    return found


# --- plan and phase --------------------------------------------------------------------------------


def without_plan(state: State) -> bool:
    """A case from step 2 on with nothing ahead in any core need, granted, begun or planned.

    Where no core need is a need (each is managed, declined or not needed now) there is nothing to plan.
    """
    if not state.is_case or state.closed:
        return False
    plan = plan_of(state)
    core = [need.key for need in METHOD.needs.values() if need.core]
    ahead = any(s.need in core and s.covers == "covers" and s.last > state.today for s in plan.spans)
    return not ahead and any(can_have_gap(need, state_on(plan, need, state.today)) for need in core)


def _acute(state: State) -> bool:
    return state.tonight in UNSAFE or (state.acute and state.steps["investigation"].is_open)


def _after(state: State) -> bool:
    end = state.last_placement_end
    recent = end is not None and end >= state.today - AFTER_DAYS * DAY
    return recent or state.steps["needs_after"].is_open


PHASES: Mapping[str, Callable[[State], bool]] = {
    "acute": _acute,
    "placement": lambda state: bool(state.running_placements),
    "after": _after,
    "follow_up": lambda state: state.steps["follow_up"].is_open,
    "investigation": lambda state: True,
}
if PHASES.keys() != vocabulary.PHASES:
    raise ImportError(f"model/vocabulary.py and model/caseload.py differ: {PHASES.keys() ^ vocabulary.PHASES}")


def phase_of(state: State) -> str:
    """The phase of an open case: the first of ``caseload.toml`` that fits it."""
    return next((key for key in METHOD.caseload if PHASES[key](state)), "investigation")


def weighted(numbers: Mapping[str, int]) -> int:
    """The cases of a whole team by phase, each with its visible weight; never asked for one person (rules B4.6)."""
    return sum(METHOD.caseload[key].weight * number for key, number in numbers.items())
