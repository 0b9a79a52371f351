"""Where a case stands: frozen dataclasses that the fold over its happenings gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Happening:
    """Something that happened in a case, with its facts of class 0–1 keyed by field name.

    A thing that begins (placement, intervention, decision, request) is known by the id of
    the happening that began it. ``corrects`` names the happening that this one corrects.
    """

    id: UUID
    seq: int
    name: str
    happened_at: datetime
    recorded_at: datetime
    facts: Facts
    corrects: UUID | None = None


@dataclass(frozen=True)
class StepState:
    """``status``: not_started, open, done, reopened or not_applicable; ``since`` its day.

    ``round`` counts the times the case had been reopened when the step got its status.
    """

    status: str = "not_started"
    since: date | None = None
    round: int = 0

    @property
    def is_open(self) -> bool:
        """Whether work goes on in the step."""
        return self.status in ("open", "reopened")


@dataclass(frozen=True)
class Thing:
    """A placement, an intervention or a decision, from day to day (both included)."""

    id: UUID
    kind: str
    from_on: date
    planned_end_on: date | None = None
    ended_on: date | None = None
    place: UUID | None = None
    outcome: str | None = None
    meets: tuple[str, ...] = ()
    times_extended: int = 0
    day_after: str | None = None
    served_on: date | None = None
    for_child: bool = False
    moved_to: str | None = None
    decided_by: str | None = None

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.ended_on is None


@dataclass(frozen=True)
class Risk:
    """The latest structured assessment of threat and risk."""

    assessed_on: date
    level: str
    imminent: bool
    next_review_on: date | None


@dataclass(frozen=True)
class State:
    """Where a case stands on ``today``, folded over what has happened."""

    today: date
    steps: Mapping[str, StepState]
    round: int = 0
    is_case: bool = False
    closed: bool = False
    ending: str | None = None
    ended_on: date | None = None
    received_at: datetime | None = None
    placements: tuple[Thing, ...] = ()
    interventions: tuple[Thing, ...] = ()
    decisions: tuple[Thing, ...] = ()
    planned: Mapping[str, Thing] = field(default_factory=dict)
    risk: Risk | None = None
    acute: bool = False
    acute_answered_on: date | None = None
    needs: Mapping[str, str] = field(default_factory=dict)
    needs_on: date | None = None
    need_history: tuple[tuple[str, str, date], ...] = ()
    needs_after_on: date | None = None
    home_after: str | None = None
    follow_ups: int = 0
    last_follow_up_on: date | None = None
    next_follow_up_on: date | None = None
    next_follow_up_settled: bool = False
    still_needed: bool = True
    tonight: str | None = None
    tonight_on: date | None = None
    age_band: str | None = None
    children: bool = False
    never: tuple[str, ...] = ()
    maybe_watched: bool = False
    do_not_contact: bool = False
    verified_on: date | None = None
    economy_asked_on: date | None = None
    economy_waiting: bool = False
    place_requested: bool = False
    declined_on: date | None = None
    closure_request: UUID | None = None
    closure_reason: str | None = None
    last_contact_on: date | None = None
    has_person: bool = False
    events: int = 0

    @property
    def running_placements(self) -> tuple[Thing, ...]:
        """Placements that have not ended."""
        return tuple(t for t in self.placements if t.running)

    @property
    def running_interventions(self) -> tuple[Thing, ...]:
        """Interventions that have not ended."""
        return tuple(t for t in self.interventions if t.running)

    @property
    def debts(self) -> tuple[Thing, ...]:
        """Supports that ended without an answer to what applies the day after."""
        ended = (t for t in self.placements + self.interventions if not t.running)
        return tuple(t for t in ended if t.day_after in (None, "not_yet"))

    @property
    def last_placement_end(self) -> date | None:
        """The latest day on which a placement ended."""
        return max((t.ended_on for t in self.placements if t.ended_on), default=None)


@dataclass(frozen=True)
class Around:
    """What the rules need to know that is not in the case's own history."""

    today: date
    district: str = ""
    age_band: str | None = None
    place_free: bool = True
    decider_roles: frozenset[str] = frozenset()
    whereabouts_found: bool = False
    workers_left: bool = True
    closure_holds: bool = True
