"""Sheets: the frozen answers that the window gives. No database object leaves this floor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from langsikt.model.places import Suits, suited
from langsikt.model.texts import Text
from langsikt.model.waiting import Line


@dataclass(frozen=True)
class Actor:
    """Who acts: resolved once per request, never a database object.

    ``roles`` holds the roles valid today (``roles.toml``), ``unit`` the unit of the
    actor's main role, ``district`` its district, ``notices`` what the actor has not seen yet,
    each kind of ``notices.toml`` once, the newest first.
    """

    id: UUID
    short_name: str
    roles: frozenset[str]
    unit: UUID | None
    district: str | None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Masked:
    """A value that is there but not shown. ``klass`` 2 or 3 says what a reveal asks for."""

    field: str
    klass: int


@dataclass(frozen=True)
class Possible:
    """An event that this actor may do in this case now."""

    event: str
    label: Text
    step: str
    path: str


@dataclass(frozen=True)
class Task:
    """Something due, derived from the record (``model/due.py``); never typed by anyone."""

    kind: str
    verb: Text
    why: Text
    due_on: date | None
    group: str  # "now" | "week" | "waiting"
    rank: int
    reference: str
    event: str | None
    step: str | None
    path: str | None


@dataclass(frozen=True)
class StepStop:
    """One stop on the step strip. ``status``: not_started, open, done, reopened, not_applicable."""

    key: str
    number: int
    short: Text
    name: Text
    status: str
    since: date | None


@dataclass(frozen=True)
class CaseHeader:
    """What stands at the top of every page of a case."""

    reference: str
    is_case: bool
    closed: bool
    ending: Text | None
    case_worker: str | None
    stand_in: str | None
    unit: str
    name: str | Masked | None
    protected: bool
    children: bool
    never: tuple[Text, ...]
    maybe_watched: bool
    do_not_contact: bool
    actions: tuple[Possible, ...]
    sees_text: bool
    last_seq: int
    missing_since: datetime | None = None
    emergency_until: datetime | None = None
    emergency_minutes: int = 0


@dataclass(frozen=True)
class SafeContact:
    """*Så når du personen säkert*: the card; the number is masked until revealed."""

    verified_on: date | None
    phone: str | Masked | None
    hours: str | Masked | None
    if_someone_else: str | Masked | None
    code_word: str | Masked | None
    interpreter_wish: str | Masked | None
    safe_way: str | Masked | None
    more: Mapping[str, str | Masked | None]
    chosen: Any = None  # CardChoices of closing_sheets


@dataclass(frozen=True)
class Now:
    """The *Nu* box."""

    tasks: tuple[Task, ...]
    tonight: Text | Masked | None
    tonight_on: date | None
    last_contact_on: date | None
    risk_level: Text | Masked | None
    risk_on: date | None
    risk_age_days: int | None
    next_follow_up_on: date | None


@dataclass(frozen=True)
class Support:
    """A running or ended support (placement or insats) of the case."""

    id: UUID
    label: Text
    mark: str | None
    kind: str  # "placement" | "intervention"
    from_on: date
    planned_end_on: date | None
    ended_on: date | None
    address: str | Masked | None = None
    place: UUID | None = None
    burnt: bool = False


@dataclass(frozen=True)
class GoalSheet:
    """A goal in the person's own words; ``levels`` are the five steps from −2 to +2, as far as they are written."""

    id: UUID
    words: str | Masked | None
    need: Text
    status: str
    level: int | None
    set_on: date
    scored_on: date | None
    levels: tuple[tuple[int, str | Masked | None], ...] = ()


@dataclass(frozen=True)
class Fact:
    """One labelled value of an event, for the history."""

    field: str
    label: Text
    value: str | Text | Masked | date | datetime | None


@dataclass(frozen=True)
class EventLine:
    """One line of the history."""

    id: UUID
    seq: int
    name: str
    label: Text
    step: str
    happened_at: datetime
    recorded_at: datetime
    who: str
    facts: tuple[Fact, ...]
    corrects: UUID | None
    corrected_by: UUID | None
    correctable: bool


@dataclass(frozen=True)
class CaseSheet:
    """The overview of a case."""

    header: CaseHeader
    steps: tuple[StepStop, ...]
    now: Now
    safe_contact: SafeContact
    supports: tuple[Support, ...]
    latest: tuple[EventLine, ...]
    drafts: tuple[Support, ...] = ()
    # AfterClosure, HandOver, SupportHandOver and SentBackSheet of closing_sheets, which stands on this module.
    after: Any = None
    hand_over: Any = None
    support_hand_overs: tuple[Any, ...] = ()
    lines: tuple[Line, ...] = ()
    sent_back: tuple[Any, ...] = ()
    bands: tuple[tuple[str, Text, int], ...] = ()


@dataclass(frozen=True)
class StepTask:
    """A row of a step page's short task list. ``status``: done, to_do, optional."""

    possible: Possible
    status: str
    done_on: date | None


@dataclass(frozen=True)
class StepSheet:
    """A step page."""

    header: CaseHeader
    steps: tuple[StepStop, ...]
    step: str
    tasks: tuple[StepTask, ...]
    lines: tuple[EventLine, ...]


@dataclass(frozen=True)
class HistorySheet:
    """The history of a case, newest first."""

    header: CaseHeader
    steps: tuple[StepStop, ...]
    lines: tuple[EventLine, ...]


@dataclass(frozen=True)
class CaseRow:
    """A row in a list of cases: reference, step and dates; nothing about health, risk or kin."""

    reference: str
    is_case: bool
    closed: bool
    step: Text | None
    step_number: int | None
    since: date | None
    case_worker: str | None
    next_task: Task | None
    standing_in_for: str | None


@dataclass(frozen=True)
class JournalLine:
    """A line of the journal: pseudonyms, never names of persons or values."""

    at: datetime
    who: str
    role: str
    action: str
    reference: str | None
    result: str
    detail: str
    unit: str = ""


@dataclass(frozen=True)
class DwellingRow:
    """A dwelling by its mark; the address is a value apart."""

    id: UUID
    mark: str
    kind: Text
    capacity: int
    taken: int
    address: str | Masked | None
    suits: Suits = field(default_factory=Suits)
    burnt_on: date | None = None

    @property
    def free(self) -> int:
        """How many more it takes tonight; nobody while its address is burnt."""
        return 0 if self.burnt_on else max(self.capacity - self.taken, 0)

    @property
    def suited(self) -> Text | None:
        """Whom and what it suits, in words; None where nobody has said."""
        return suited(self.suits)


@dataclass(frozen=True)
class PlanWay:
    """An event that does something about what the plan shows; ``query`` says for which support, until when."""

    label: Text
    step: str
    path: str
    query: str = ""


@dataclass(frozen=True)
class PlanBar:
    """A stretch of support. ``look``: decided, agreed, proposed, without, unknown, temporary or neither.

    ``status`` says the look in words, ``more`` why it is so, what row it continues and what may come next.
    """

    id: str
    label: Text
    look: str
    status: Text
    from_on: date
    until_on: date | None
    day_after: Text | None
    more: tuple[Text, ...]
    way: PlanWay | None


@dataclass(frozen=True)
class PlanGap:
    """A gap ahead: which days, how many, and why."""

    id: str
    need: Text
    housing: bool
    from_on: date
    until_on: date
    days: int
    open_ended: bool
    after: Text | None
    why: Text


@dataclass(frozen=True)
class PlanRow:
    """One need area: its state, how far the plan reaches, its supports, its gaps, and what is not planned yet.

    ``notes`` are sentences about rows of decisions and hand-overs; ``not_planned`` first and last days. ``who`` is
    what *Vem gör vad* says, ``nobody`` that somebody should have the need and nobody has.
    """

    need: str
    label: Text
    core: bool
    state: Text
    says: Text
    notes: tuple[Text, ...]
    bars: tuple[PlanBar, ...]
    gaps: tuple[PlanGap, ...]
    not_planned: tuple[tuple[date, date], ...]
    who: Text | None
    nobody: bool


@dataclass(frozen=True)
class PlanMark:
    """A point on the line: follow_up, milestone or risk. ``month_only``: its day is not known, nor asked for."""

    kind: str
    label: Text
    on: date
    month_only: bool = False


@dataclass(frozen=True)
class PlanFlag:
    """Support that ends with a move, in words, and the way out when the actor has one (``ux.md`` R7)."""

    words: Text
    way: PlanWay | None


@dataclass(frozen=True)
class Supposed:
    """*Vad händer om …*: what something supposed does to the gaps, and the form that makes it true."""

    words: Text
    new: tuple[PlanGap, ...]
    covered: tuple[PlanGap, ...]
    says: tuple[Text, ...]
    way: PlanWay | None = None


@dataclass(frozen=True)
class PlanSheet:
    """The plan of a case: rows of needs over a time axis, and the points on it."""

    header: CaseHeader
    first: date
    last: date
    months: int
    rows: tuple[PlanRow, ...]
    marks: tuple[PlanMark, ...]
    gaps: tuple[PlanGap, ...]
    flags: tuple[PlanFlag, ...]
    goals: tuple[str | Masked, ...]
    own_words: str | Masked | None
    movable: tuple[tuple[str, Text], ...]
    addable: tuple[tuple[str, Text], ...]
    supposed: Supposed | None
