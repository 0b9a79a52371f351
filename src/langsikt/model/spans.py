"""The shapes of continuity: spans of support and states of needs go in, stretches, days after and chains come out."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """One stretch of support for one need, from day to day (both included).

    ``status``: carried_out, decided, agreed, proposed, applied, or placeless: decided, but nobody can enter
    (rules C2.2). ``end``: day (``until_on``),
    further_notice, unknown, or passed: the planned end has passed and nobody has recorded the ending,
    so that ``until_on`` is no later than today (rules C2.1–3). ``covers``: covers, temporary, neither
    or no (rules C3–C5). ``confirmed_on`` matters when the end is unknown or passed; ``term`` marks a
    confirmed school term, ``meetings`` a contact that is a row of meetings; ``thing`` joins spans that
    continue one another.
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
        return self.until_on if self.end in ("day", "passed") and self.until_on else date.max

    @property
    def doubted(self) -> bool:
        """Whether it has to be confirmed again and again, for nobody knows its end (rules C2.3)."""
        return self.end in ("unknown", "passed")


@dataclass(frozen=True)
class NeedState:
    """The state of a need from a day on, until the next state of the same need (rules C1).

    ``until_on`` is the last day that a pause or a no is silent: its review, or the next follow-up.
    After it the need is a need again. Of two states from the same day the one given last holds.
    """

    need: str
    state: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class Plan:
    """Everything the calculation knows: all days are in Europe/Stockholm.

    ``from_on`` and ``horizon_days`` say what is drawn. Where two spans answer for the same day,
    the one given first is named.
    """

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
    the kind, or the reason in one word. Of a gap: ``waiting`` is the kind that has been applied
    for (``placeless``: it is decided and waits for a place), ``before`` the kind that ends the day before it,
    ``after`` the one that begins the day after, ``could_not``: the person could not accept what was offered.
    """

    need: str
    status: str
    from_on: date
    until_on: date
    why: str = ""
    waiting: str | None = None
    placeless: bool = False
    before: str | None = None
    after: str | None = None
    could_not: bool = False

    @property
    def days(self) -> int:
        """How many days (for housing: nights), both ends included."""
        return (self.until_on - self.from_on).days + 1


@dataclass(frozen=True)
class DayAfter:
    """What applies the day after a span ends: the answer of that day, and what takes over."""

    span: Span
    on: date
    status: str
    successor: str | None


@dataclass(frozen=True)
class Chain:
    """Decisions or spans that continue one another: how many, how long together, and the median length."""

    kind: str
    number: int
    total_days: int
    median_days: float
