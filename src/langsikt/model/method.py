"""The shapes of the method: frozen dataclasses that the TOML files are loaded into."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from langsikt.model.contacts import Telephone
from langsikt.model.texts import Text


@dataclass(frozen=True)
class Option:
    """One answer to a choice."""

    value: str
    text: Text


@dataclass(frozen=True)
class Field:
    """A field that an event may ask for; ``klass`` 0–3 as in security 4.1."""

    name: str
    kind: str
    klass: int
    label: Text
    hint: Text | None
    time: str
    most: int
    options: tuple[Option, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Effect:
    """What an event does to the steps, when ``fact`` (if any) is true of it."""

    fact: str | None
    opens: tuple[str, ...] = ()
    reopens: tuple[str, ...] = ()
    completes: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()
    ends: str | None = None


@dataclass(frozen=True)
class EventRule:
    """An event as ``steps.toml`` gives it; ``effects`` holds its own effect first, then each ``when``."""

    name: str
    step: str
    path: str
    label: Text
    noun: Text
    done: Text
    during: frozenset[str]
    who: frozenset[str]
    needs: str | None
    requires: tuple[str, ...]
    expects: tuple[str, ...]
    asks: tuple[str, ...]
    offers: tuple[str, ...]
    effects: tuple[Effect, ...]
    before_case: bool
    signed_by_manager: bool
    erases: bool
    source: str


@dataclass(frozen=True)
class Step:
    """One of the seven steps; ``throughout`` is not a step and has number 0."""

    key: str
    number: int
    slug: str
    name: Text
    short: Text
    does: Text
    question: Text
    source: str
    events: tuple[str, ...]


@dataclass(frozen=True)
class Need:
    """A need area; ``core`` marks the three that come first."""

    key: str
    name: Text
    core: bool
    meaning: Text


@dataclass(frozen=True)
class NeedState:
    """A state of a need (rules C1); only ``need`` can have a gap."""

    key: str
    name: Text
    can_have_gap: bool
    meaning: Text


@dataclass(frozen=True)
class Intervention:
    """An insats or a home that is none. ``basis``: decision, either, none, not_an_intervention."""

    key: str
    name: Text
    meets: tuple[str, ...]
    basis: str
    placement: bool
    shelter: bool
    young_need_decision: bool
    always_decision: bool
    legal_ground: str | None
    follow_up_days: int | None
    covers_housing: str | None
    ksi: str | None
    source: str


@dataclass(frozen=True)
class Competence:
    """Who may decide an insats in a district (``*`` = all) from–to (None = for now)."""

    district: str
    intervention: str
    roles: frozenset[str]
    from_on: date
    until_on: date | None
    source: str


@dataclass(frozen=True)
class Role:
    """A role: where it starts, what it may look at (``looks``), and the highest class shown unmasked."""

    key: str
    name: Text
    start: str
    does: Text
    sees: Text
    never_sees: Text
    looks: frozenset[str]
    shows: int


@dataclass(frozen=True)
class Term:
    """A word of the glossary."""

    identifier: str
    sv: str
    en: str
    meaning: Text
    source: str


@dataclass(frozen=True)
class Deadline:
    """A time limit; ``unit`` is days, weeks, months or working_days; kept as data with source and date."""

    key: str
    name: Text
    count: int
    unit: str
    source: str
    checked_on: date


@dataclass(frozen=True)
class Phase:
    """A phase that an open case can be in, and what a case weighs there; for sharing work only (rules B4.6)."""

    key: str
    name: Text
    meaning: Text
    weight: int
    source: str


@dataclass(frozen=True)
class RetentionRule:
    """A rule of erasure (gallring): so many years, from a day on, or the days of the month on which one is born."""

    key: str
    name: Text
    count: int | None
    from_on: date | None
    days: tuple[str, ...]
    source: str
    checked_on: date


@dataclass(frozen=True)
class Method:
    """The whole method, cross-checked."""

    steps: Mapping[str, Step]
    events: Mapping[str, EventRule]
    fields: Mapping[str, Field]
    needs: Mapping[str, Need]
    need_states: Mapping[str, NeedState]
    interventions: Mapping[str, Intervention]
    competence: tuple[Competence, ...]
    roles: Mapping[str, Role]
    terms: Mapping[str, Term]
    deadlines: Mapping[str, Deadline]
    skills: Mapping[str, Text]
    abilities: Mapping[str, Text]
    caseload: Mapping[str, Phase]
    notices: Mapping[str, Text]
    mail: Mapping[str, Text]
    contacts: tuple[Telephone, ...]
    retention: Mapping[str, RetentionRule]
