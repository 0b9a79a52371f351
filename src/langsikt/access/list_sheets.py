"""Sheets of the lists: *Min dag* and *Bevakningar*. Frozen, like every answer that the window gives."""

from dataclasses import dataclass
from datetime import date, datetime

from langsikt.access.sheets import Possible, Task
from langsikt.model.texts import Text


@dataclass(frozen=True)
class WatchRow:
    """Something that expires: reference, what, when, and the event that renews it.

    ``mark`` is what a calendar knows it by: the same whenever it is fetched, and nothing can be read from it.
    """

    reference: str
    what: Text
    on: date
    step: str
    path: str
    action: Text
    meeting: bool
    mark: str


@dataclass(frozen=True)
class WatchKind:
    """Rows of one type within a band."""

    key: str
    title: Text
    rows: tuple[WatchRow, ...]


@dataclass(frozen=True)
class WatchBand:
    """A band of *Bevakningar*: passed, or within so many days; its rows by type."""

    key: str
    title: Text
    kinds: tuple[WatchKind, ...]
    count: int


@dataclass(frozen=True)
class WatchSheet:
    """*Bevakningar*: the filters that the roles allow, and the bands of the one chosen."""

    filters: tuple[tuple[str, Text, bool, int], ...]
    bands: tuple[WatchBand, ...]
    total: int


@dataclass(frozen=True)
class LanePiece:
    """Some days of the drawing beside a gap (``model/ahead.py``)."""

    look: str
    from_on: date
    until_on: date


@dataclass(frozen=True)
class GapRow:
    """A gap on *Min dag*: whose, in which need, which days, and the 90 days drawn. Never what the support is.

    ``could_not``: the person could not accept what was offered, which is no *no* (rules C1).
    """

    reference: str
    need: Text
    housing: bool
    from_on: date
    until_on: date
    days: int
    open_ended: bool
    follows: bool
    could_not: bool
    lane: tuple[LanePiece, ...]
    action: Possible | None
    standing_in_for: str | None


@dataclass(frozen=True)
class DayRow:
    """A row of *Min dag*: what is due, for whom one stands in, the quick check-in, and whether it may wait.

    ``put_off_until`` is the day it comes back, for a row that the actor has put off.
    """

    task: Task
    standing_in_for: str | None
    check_in: Possible | None
    may_wait: bool = False
    put_off_until: date | None = None


@dataclass(frozen=True)
class DayGroup:
    """A group of *Min dag*."""

    key: str
    title: Text
    rows: tuple[DayRow, ...]


@dataclass(frozen=True)
class DoneLine:
    """Something that the actor recorded today."""

    reference: str
    label: Text
    at: datetime


@dataclass(frozen=True)
class DaySheet:
    """*Min dag*: gaps, what is due in its groups, what is put off, how many lack somebody, what was done today.

    ``bands``: how much expires in one's own cases, as *Bevakningar* counts it.
    """

    gaps: tuple[GapRow, ...]
    groups: tuple[DayGroup, ...]
    later: tuple[DayRow, ...]
    unassigned: int
    done: tuple[DoneLine, ...]
    bands: tuple[tuple[str, Text, int], ...] = ()


@dataclass(frozen=True)
class LaterSheet:
    """A row about to be put off: the last day it may wait until, the days offered, and whether to ask why."""

    task: Task
    most: date
    offered: tuple[tuple[date, Text], ...]
    asks_why: bool
