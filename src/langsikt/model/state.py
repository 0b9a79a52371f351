"""Where a case stands: frozen dataclasses that the fold over its happenings gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

Facts = Mapping[str, object]
Period = tuple[date, date | None]
T = TypeVar("T")


def replace(thing: T, **changes: object) -> T:
    """A copy of a frozen dataclass with some values changed, as ``dataclasses.replace`` gives it.

    That one calls the constructor, which sets every field anew: a state has seventy, and a fold makes
    five states for each happening. Raises TypeError for a name that is no field.
    """
    values = vars(thing)
    if not changes.keys() <= values.keys():
        raise TypeError(f"{type(thing).__name__} has no {', '.join(sorted(changes.keys() - values.keys()))}")
    copy = object.__new__(type(thing))
    vars(copy).update(values)
    vars(copy).update(changes)
    return copy


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
    """A placement, an intervention, a decision or a draft of one, from day to day (both included).

    ``periods`` are the times agreed one after the other: the first one and each extension.
    ``meeting_on`` is the first meeting with whoever takes over.
    """

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
    periods: tuple[Period, ...] = ()
    meeting_on: date | None = None

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.ended_on is None


@dataclass(frozen=True)
class Risk:
    """The latest structured assessment of threat and risk; ``confirmed_on`` when it was said to be unchanged."""

    assessed_on: date
    level: str
    imminent: bool
    next_review_on: date | None
    confirmed_on: date | None = None
    method: str | None = None


@dataclass(frozen=True)
class Reason:
    """Why the risk is to be reviewed: move, family_contact, trial, new_relation, changed_threat or other."""

    kind: str
    on: date


@dataclass(frozen=True)
class FamilyContact:
    """How much contact there is with the family on a day, and whether somebody is worried (rules B2.3)."""

    level: str
    on: date
    worry: bool = False


@dataclass(frozen=True)
class Goal:
    """A goal: its need, how it is with it, and its place on the scale from −2 to +2 (None: not scored yet)."""

    id: UUID
    need: str
    status: str
    set_on: date
    level: int | None = None
    scored_on: date | None = None

    @property
    def active(self) -> bool:
        """Whether the person works on it."""
        return self.status in ("not_begun", "under_way")


@dataclass(frozen=True)
class Milestone:
    """A day that changes what is needed; ``contact_on`` the contact planned for it.

    ``month_only``: it was derived, and is known by its month alone (``of_age.py``).
    """

    id: UUID
    kind: str
    on: date
    contact_on: date | None = None
    month_only: bool = False


@dataclass(frozen=True)
class Referral:
    """Something that somebody else is to answer."""

    id: UUID
    to: str
    sent_on: date
    outcome: str | None = None
    answered_on: date | None = None

    @property
    def waiting(self) -> bool:
        """Whether the answer has not come, or only a place in a queue has."""
        return self.outcome in (None, "queue")


@dataclass(frozen=True)
class Offer:
    """A home to say yes or no to, and the day on which the rent is answered."""

    id: UUID
    kind: str
    answer_by_on: date
    economy_answer_on: date | None = None
    answer: str | None = None

    @property
    def conflicts(self) -> bool:
        """Whether the answer about the rent comes after the last day to say yes (R22)."""
        return self.answer is None and self.economy_answer_on is not None and self.economy_answer_on > self.answer_by_on


@dataclass(frozen=True)
class Responsible:
    """Which unit has a need or a practical thing, whether it has said yes, and what is next."""

    area: str
    unit: str
    since: date
    accepted: bool = False
    next_action_on: date | None = None


@dataclass(frozen=True)
class Whereabouts:
    """A detail that can reveal where the person is: its kind and days; never what it says (security 4.1)."""

    id: UUID
    kind: str
    from_on: date
    until_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class Missing:
    """A person missing or taken away: since when, what is known, and what has been done."""

    kind: str
    since: datetime
    steps: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SentBack:
    """A draft of a decision (``draft`` says which), or a closure (None), that whoever signs has sent back."""

    id: UUID
    on: date
    draft: UUID | None = None


@dataclass(frozen=True)
class Call:
    """A call that somebody has promised to make."""

    by: UUID | None
    at: datetime


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
    drafts: Mapping[str, Thing] = field(default_factory=dict)
    sent_back: Mapping[str, SentBack] = field(default_factory=dict)
    planned: Mapping[str, Thing] = field(default_factory=dict)
    risk: Risk | None = None
    risk_history: tuple[Risk, ...] = ()
    risk_reasons: tuple[Reason, ...] = ()
    acute: bool = False
    acute_answered_on: date | None = None
    needs: Mapping[str, str] = field(default_factory=dict)
    needs_on: date | None = None
    need_history: tuple[tuple[str, str, date], ...] = ()
    needs_after_on: date | None = None
    home_after: str | None = None
    follow_ups: int = 0
    follow_up_days: tuple[date, ...] = ()
    last_follow_up_on: date | None = None
    next_follow_up_on: date | None = None
    next_follow_up_settled: bool = False
    still_needed: bool = True
    check_ins: int = 0
    wellbeing: str | None = None
    next_contact_on: date | None = None
    tonight: str | None = None
    tonight_on: date | None = None
    call: Call | None = None
    acute_ending_on: date | None = None
    age_band: str | None = None
    children: bool = False
    never: tuple[str, ...] = ()
    maybe_watched: bool = False
    do_not_contact: bool = False
    verified_on: date | None = None
    family: tuple[FamilyContact, ...] = ()
    safety_plan_on: date | None = None
    safety_plan_since: date | None = None
    missing: Missing | None = None
    goals: tuple[Goal, ...] = ()
    skills: Mapping[str, str] = field(default_factory=dict)
    skills_on: date | None = None
    milestones: tuple[Milestone, ...] = ()
    referrals: tuple[Referral, ...] = ()
    offers: tuple[Offer, ...] = ()
    responsible: Mapping[str, Responsible] = field(default_factory=dict)
    network: tuple[UUID, ...] = ()
    outside_note: tuple[int, date] | None = None
    written_seq: int = 0
    workers: tuple[tuple[UUID, date], ...] = ()
    hand_over_missing: bool = False
    first_meeting_on: date | None = None
    contact_person: str | None = None
    contact_person_on: date | None = None
    no_contact_person: str | None = None
    coordinated_plan: str | None = None
    coordinated_plan_on: date | None = None
    first_90_days: str | None = None
    first_90_days_on: date | None = None
    economy_asked_on: date | None = None
    economy_waiting: bool = False
    place_requested: bool = False
    declined_on: date | None = None
    closure_request: UUID | None = None
    closure_reason: str | None = None
    calls_agreed: str | None = None
    calls: tuple[tuple[date, str], ...] = ()
    questions_after: int = 0
    whereabouts: tuple[Whereabouts, ...] = ()
    burnt: Mapping[UUID, date] = field(default_factory=dict)
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
    def running(self) -> tuple[Thing, ...]:
        """Everything that has not ended, placements first."""
        return self.running_placements + self.running_interventions

    @property
    def agreed(self) -> tuple[Thing, ...]:
        """Planned supports that are agreed with their giver and have a day (rules C2.1)."""
        return tuple(t for t in self.planned.values() if t.outcome == "agreed")

    @property
    def debts(self) -> tuple[Thing, ...]:
        """Supports that ended without an answer to what applies the day after."""
        ended = (t for t in self.placements + self.interventions if not t.running)
        return tuple(t for t in ended if t.day_after in (None, "not_yet"))

    @property
    def last_placement_end(self) -> date | None:
        """The latest day on which a placement ended."""
        return max((t.ended_on for t in self.placements if t.ended_on), default=None)

    @property
    def waits(self) -> tuple[Referral, ...]:
        """What others are to answer."""
        return tuple(r for r in self.referrals if r.waiting)

    @property
    def open_offers(self) -> tuple[Offer, ...]:
        """Homes that have been offered and not answered."""
        return tuple(o for o in self.offers if o.answer is None)

    @property
    def burnt_on(self) -> date | None:
        """Since when somebody dangerous may know where the person lives now; ``burnt`` is by dwelling."""
        days = [self.burnt[t.place] for t in self.running_placements if t.place and t.place in self.burnt]
        return min(days, default=None)

    @property
    def current_whereabouts(self) -> tuple[Whereabouts, ...]:
        """Details that can reveal where the person is, as far as they still hold."""
        return tuple(w for w in self.whereabouts if w.ended_on is None)

    @property
    def active_goals(self) -> tuple[Goal, ...]:
        """Goals that the person works on."""
        return tuple(g for g in self.goals if g.active)


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
    supporter_free: bool = True
    interpreter_free: bool = True
