"""Sheets of step 7 and of hand-overs: the frozen answers of ``window/closure.py`` and ``hand_over.py``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from langsikt.access.sheets import Masked, Possible
from langsikt.model.texts import Text


@dataclass(frozen=True)
class ChecklistRow:
    """A row of the checklist. ``status``: met, unmet, own_choice or ask; ``way`` what would change it, if one may."""

    key: str
    title: Text
    status: str
    said: Text
    way: Possible | None
    signs: bool


@dataclass(frozen=True)
class StopRow:
    """Something that stops the closure, and the form that settles it for somebody who may."""

    what: Text
    way: Possible | None


@dataclass(frozen=True)
class Checklist:
    """Where a case stands before its closure: rows, stops, and why the manager signs (key and words)."""

    rows: tuple[ChecklistRow, ...]
    stops: tuple[StopRow, ...]
    why: tuple[tuple[str, Text], ...]
    answers: Mapping[str, str]
    moved_home: bool
    asked_on: date | None = None
    asked_by: str | None = None

    @property
    def left(self) -> int:
        """How many rows the record answers with no."""
        return sum(row.status == "unmet" for row in self.rows)


@dataclass(frozen=True)
class CallRow:
    """A call after closure. ``status``: reached, not_reached, next, wait or later."""

    months: int
    on: date
    status: str


@dataclass(frozen=True)
class AfterClosure:
    """What holds after closure: who it goes back to, the calls, and how many questions have been counted."""

    worker: str | None
    heir: str | None
    why: str
    until: date | None
    reopen: Possible | None
    agreed: Text | Masked | None
    calls: tuple[CallRow, ...]
    call: Possible | None
    questions: int
    question: Possible | None


@dataclass(frozen=True)
class HandOver:
    """The hand-over to a new worker: what to know first, until the first meeting has been held."""

    worker: str | None
    since: date
    note: str | Masked | None
    meeting_on: date | None


@dataclass(frozen=True)
class SupportHandOver:
    """A support that has ended and somebody takes over: who, and the first meeting together."""

    support: Text
    ended_on: date | None
    to: str | Masked | None
    meeting_on: date | None


@dataclass(frozen=True)
class SentBackSheet:
    """A draft of a decision, or the closure, that was not signed: what it is, when it came back, by whom and why."""

    what: Text
    on: date
    who: str
    line: str | Masked | None
    event: str


@dataclass(frozen=True)
class CardChoices:
    """What of the card of safe contact is chosen rather than written, and whether it is time to ask again."""

    channel: Text | Masked | None
    device: Text | Masked | None
    allowed: tuple[Text, ...]
    interpreter_sex: Text | Masked | None
    interpreter_elsewhere: bool
    check_again: bool
