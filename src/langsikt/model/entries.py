"""Rows of the journal as the rules of the log review read them, and what a rule finds among them."""

import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from langsikt.model.parse import STOCKHOLM

NAMESPACE = UUID("5d1b1f0a-4a53-4c1e-9a0e-6a8f6a4f9d10")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT_BEGINS, NIGHT_ENDS = 22, 6


@dataclass(frozen=True)
class Entry:
    """A row of the journal as the rules read it: pseudonyms, keys of the model and times."""

    id: UUID
    at: datetime
    actor: UUID | None
    role: str
    action: str
    case: UUID | None
    result: str = "done"
    reason: str = ""
    typed: str = ""
    klass: int = 1
    shown: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Hit:
    """What a rule found: who, in which case if it is about one, when it was full, and the rows it rests on."""

    rule: str
    actor: UUID
    case: UUID | None
    at: datetime
    entries: tuple[UUID, ...]

    @property
    def id(self) -> UUID:
        """The same hit has the same id, whoever finds it and however often."""
        return uuid.uuid5(NAMESPACE, f"{self.rule}|{self.actor}|{self.case}|{day_of(self.at)}")


@dataclass(frozen=True)
class Around:
    """What the rows do not say: the moment of asking, and which case each blind token of a reference stands for."""

    now: datetime
    cases: Mapping[str, UUID]


Rows = list[Entry]


def day_of(at: datetime) -> date:
    """The day in Stockholm."""
    return at.astimezone(STOCKHOLM).date()


def by_actor(entries: Iterable[Entry]) -> dict[UUID, Rows]:
    """The rows of each person, the oldest first."""
    found: dict[UUID, Rows] = {}
    for entry in entries:
        if entry.actor is not None:
            found.setdefault(entry.actor, []).append(entry)
    for rows in found.values():
        rows.sort(key=lambda entry: (entry.at, entry.id))
    return found


def opened(entry: Entry) -> bool:
    """Whether one case was opened: a page of it, a form of it, or a masked value."""
    looks = entry.action.startswith(("look_", "reveal_")) or entry.action in ("call", "open_form")
    return looks and entry.case is not None and entry.result == "done"


def revealed(entry: Entry) -> bool:
    """Whether a masked value was shown, a call excepted."""
    return entry.action.startswith("reveal_") and entry.result == "done"


def lost(entry: Entry) -> bool:
    """Whether a reference or a number led nowhere."""
    return entry.result == "NotFound" and entry.typed != ""


def at_night(entry: Entry) -> bool:
    """Whether it was night and not duty service."""
    hour = entry.at.astimezone(STOCKHOLM).hour
    return (hour >= NIGHT_BEGINS or hour < NIGHT_ENDS) and entry.role != "duty_service"


def bursts(rows: Iterable[Entry], within: timedelta, least: int, key: Callable[[Entry], object]) -> Iterator[Rows]:
    """Stretches of ``within`` that hold ``least`` different keys, the first of each day."""
    window: deque[Entry] = deque()
    told: date | None = None
    for row in rows:
        window.append(row)
        while row.at - window[0].at > within:
            window.popleft()
        if day_of(row.at) != told and len(window) >= least and len({key(e) for e in window}) >= least:
            told = day_of(row.at)
            yield list(window)


def hit(name: str, rows: Rows, case: UUID | None = None) -> Hit:
    """A hit that is full at the last of these rows. Raises ValueError for rows of nobody."""
    last = rows[-1]
    if last.actor is None:
        raise ValueError("a hit is about somebody")
    return Hit(name, last.actor, case, last.at, tuple(row.id for row in rows))
