"""The answers that are no: each says what to do, none says more than the asker may know."""

from dataclasses import dataclass
from typing import Any

from langsikt.access.sheets import EventLine
from langsikt.model.texts import Text


class Refusal(Exception):
    """Base of every no. ``journaled`` says that its row is written; whoever meets one without writes it."""

    journaled: bool = False


class NotFound(Refusal):
    """There is no such page for this person: hidden and absent get the same answer."""


@dataclass
class RefusedByRight(Refusal):
    """The actor may not do this; ``text`` says who may."""

    text: Text


@dataclass
class RefusedByStep(Refusal):
    """The event does not belong where the case stands; ``text`` says what opens the way."""

    text: Text


@dataclass
class HardStop(Refusal):
    """One of the few hard stops (rules B1.2): ``stop`` is its name, ``field`` where to mend it."""

    stop: str
    text: Text
    field: str | None
    target: Any = None  # what was chosen, where it may have collided (actions.identity); never shown


@dataclass
class Invalid(Refusal):
    """What was typed cannot be taken; complaints keyed by field id. Nothing was stored."""

    complaints: dict[str, Text]


@dataclass
class Conflict(Refusal):
    """Something newer was recorded meanwhile; ``lines`` show what. Nothing was stored."""

    lines: tuple[EventLine, ...]
    last_seq: int
