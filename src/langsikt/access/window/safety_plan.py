"""*Trygghet* seen: risk over time, contact with the family without blame, the safety plan, a search for somebody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from langsikt.access import journal
from langsikt.access.history import option_text
from langsikt.access.look import acting
from langsikt.access.sheets import Actor, CaseHeader, Masked, Possible
from langsikt.access.window.case import Sight, header, look, possible
from langsikt.model.due import due
from langsikt.model.due_between import waits_in
from langsikt.model.fold import effective
from langsikt.model.load import METHOD
from langsikt.model.risk_review import FULL_ASSESSMENT_DAYS, family_work_unassessed, full_assessment, review_reasons
from langsikt.model.sayings_between import steps_up
from langsikt.model.state import Happening
from langsikt.model.texts import Text
from langsikt.records.models import Noun

Said = str | Masked | None
Chosen = Text | Masked | None
# Texts and choices that a manager sees by a reveal only (rules B4.8); papers are whereabouts and have their own.
TEXTS = (
    "own_estimate", "measures", "scenarios", "risk_line", "person_wants", "our_view", "danger_signal", "safe_person",
    "plan_steps", "travel_line",
)  # fmt: skip
CHOICES = ("risk_level", "family_contact", "risk_reason", "missing_kind")
MOVE = Text("Flytt", "A move")
SCHOOL_BREAK = "school_break"


@dataclass(frozen=True)
class RiskPoint:
    """The risk on one day: assessed in full, or said to be unchanged. ``level`` is None while it is hidden."""

    on: date
    words: Chosen
    level: int | None
    method: Text | None
    imminent: bool
    confirmed: bool
    next_review_on: date | None
    with_person: Text | None
    own_estimate: Said
    measures: Said
    scenarios: Said
    line: Said


@dataclass(frozen=True)
class OpenReview:
    """The one open review: why, by when, and the ways out that this actor has."""

    reasons: tuple[tuple[Chosen, date], ...]
    why: Text
    by: date | None
    assess: Possible | None
    confirm: Possible | None
    no_confirming: Text | None


@dataclass(frozen=True)
class FamilyPoint:
    """Contact with the family on a day, in the person's words and in ours, side by side."""

    on: date
    words: Chosen
    level: int | None
    worry: bool
    up: bool
    person_wants: Said
    our_view: Said


@dataclass(frozen=True)
class PlanCard:
    """The safety plan as it stands."""

    on: date
    danger_signal: Said
    safe_person: Said
    plan_steps: Said
    identity_papers: Said
    travel_on: date | None
    travel_line: Said
    numbers_given: tuple[Text, ...]


@dataclass(frozen=True)
class SearchStep:
    """One thing to do when a person is missing: whether it is done, by whom and when."""

    value: str
    words: Text
    who: str | None
    at: datetime | None


@dataclass(frozen=True)
class SearchSheet:
    """A search under way: since when, what is known, and the list of what to do."""

    since: datetime
    kind: Chosen
    steps: tuple[SearchStep, ...]
    found: Possible | None

    @property
    def left(self) -> int:
        """How many things nobody has done."""
        return sum(step.who is None for step in self.steps)


@dataclass(frozen=True)
class SafetySheet:
    """The page *Trygghet*."""

    header: CaseHeader
    search: SearchSheet | None
    plan_first: bool
    plan_since: date | None
    risk: tuple[RiskPoint, ...]
    review: OpenReview | None
    next_review_on: date | None
    family: tuple[FamilyPoint, ...]
    plan: PlanCard | None
    next_contact_on: date | None
    waits_in: bool
    milestone_on: date | None
    proposes_milestone: bool
    family_work: bool
    ways: dict[str, Possible]
    sees_text: bool
    opened: bool
    last_seq: int


def safety(actor: Actor, reference: str, now: datetime) -> SafetySheet:
    """The safety page of a case. Raises NotFound."""
    return look(actor, reference, now, "look_safety", safety_sheet)


def safety_sheet(sight: Sight) -> SafetySheet:
    """The page's parts."""
    state, ways = sight.state, {p.event: p for p in possible(sight)}
    return SafetySheet(
        header=header(sight),
        search=search_of(sight),
        plan_first=state.safety_plan_since is not None,
        plan_since=state.safety_plan_since,
        risk=tuple(_risk(sight)),
        review=_review(sight, ways),
        next_review_on=state.risk.next_review_on if state.risk else None,
        family=tuple(_family(sight)),
        plan=_plan(sight),
        next_contact_on=state.next_contact_on,
        waits_in=waits_in(state),
        milestone_on=_travel(sight),
        proposes_milestone="add_milestone" in ways and _hard_days(sight),
        family_work=family_work_unassessed(state),
        ways=ways,
        sees_text=sight.sees_text,
        opened=_sees_choices(sight),
        last_seq=sight.record.last_seq,
    )


def _sees_choices(sight: Sight) -> bool:
    return sight.sees_text or CHOICES[0] in sight.revealed


def _chosen(sight: Sight, field: str, value: object) -> Chosen:
    """A choice in words, hidden from whoever sees dates only."""
    if value is None:
        return None
    return option_text(METHOD.fields[field], str(value)) if _sees_choices(sight) else Masked(field, 1)


def _place(sight: Sight, field: str, value: object) -> int | None:
    """Where a choice stands among its options, from the lowest; the place says as much as the word."""
    values = [o.value for o in METHOD.fields[field].options]
    return values.index(str(value)) if _sees_choices(sight) and value in values else None


def _spoken(sight: Sight, *names: str) -> list[Happening]:
    """What was said of this, with its corrections, the oldest first."""
    found = [h for h in effective(sight.record.happenings) if h.name in names]
    return sorted(found, key=lambda h: (h.happened_at, h.seq))


# --- risk ------------------------------------------------------------------------------------------


def _risk(sight: Sight) -> Iterator[RiskPoint]:
    """Every assessment by method and level; results only, never the items of an instrument."""
    level: object = None
    for h in _spoken(sight, "assess_risk", "confirm_risk_assessment"):
        confirmed = h.name == "confirm_risk_assessment"
        level = level if confirmed else h.facts.get("risk_level")
        noun = sight.record.standing(h.id)
        yield _risk_point(sight, h, noun, level, confirmed)


def _risk_point(sight: Sight, h: Happening, noun: Noun | None, level: object, confirmed: bool) -> RiskPoint:
    facts, seen = h.facts, _sees_choices(sight)

    def text(field: str) -> Said:
        return sight.value(noun, field, 2) if noun is not None and hasattr(noun, field) else None

    return RiskPoint(
        on=_day(facts.get("assessed_on")) or h.happened_at.date(),
        words=_chosen(sight, "risk_level", level),
        level=_place(sight, "risk_level", level),
        method=_words("risk_method", facts.get("risk_method")),
        imminent=seen and facts.get("imminent") == "yes",
        confirmed=confirmed,
        next_review_on=_day(facts.get("next_review_on")),
        with_person=_words("with_person", facts.get("with_person")) if seen else None,
        own_estimate=text("own_estimate"),
        measures=text("measures"),
        scenarios=text("scenarios"),
        line=text("risk_line"),
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _words(field: str, value: object) -> Text | None:
    return option_text(METHOD.fields[field], str(value)) if value else None


def _review(sight: Sight, ways: dict[str, Possible]) -> OpenReview | None:
    """The one open review with the reasons that it has gathered (rules B2.2)."""
    asked = next((d for d in due(sight.state) if d.kind == "assess_risk"), None)
    if asked is None:
        return None
    reasons = tuple((_reason(sight, r.kind), r.on) for r in review_reasons(sight.state))
    assess, confirm = ways.get("assess_risk"), ways.get("confirm_risk_assessment")
    said = None if confirm or assess is None else _no_confirming(sight)
    return OpenReview(reasons, asked.why, asked.due_on, assess, confirm, said)


def _reason(sight: Sight, kind: str) -> Chosen:
    """Moves are dates that everybody sees; the rest is told to those who work in the case."""
    return MOVE if kind == "move" else _chosen(sight, "risk_reason", kind)


def _no_confirming(sight: Sight) -> Text | None:
    """Why *oförändrad* is not enough here."""
    risk = sight.state.risk
    if risk is None or full_assessment(sight.state):
        return None
    said = Text(
        "Den senaste fullständiga bedömningen är {n} dagar gammal. Oförändrad räcker bara under {most} dagar.",
        "The latest full assessment is {n} days old. Unchanged is enough only under {most} days.",
    )
    return said.filled(n=(sight.state.today - risk.assessed_on).days, most=FULL_ASSESSMENT_DAYS)


# --- contact with the family -------------------------------------------------------------------------


def _family(sight: Sight) -> Iterator[FamilyPoint]:
    before: str | None = None
    for h in _spoken(sight, "record_family_contact", "follow_up"):
        level = h.facts.get("family_contact")
        if level is None:
            continue
        noun, up = sight.record.standing(h.id), steps_up(before, str(level))
        before = str(level)
        yield FamilyPoint(
            on=h.happened_at.date(),
            words=_chosen(sight, "family_contact", level),
            level=_place(sight, "family_contact", level),
            worry=_sees_choices(sight) and bool(h.facts.get("family_worry")),
            up=_sees_choices(sight) and up,
            person_wants=sight.value(noun, "person_wants", 2),
            our_view=sight.value(noun, "our_view", 2),
        )


# --- the safety plan ----------------------------------------------------------------------------------


def _plan(sight: Sight) -> PlanCard | None:
    noun = sight.record.latest("write_safety_plan")
    written = sight.state.safety_plan_on
    if noun is None or written is None:
        return None
    told = {name: sight.value(noun, name, METHOD.fields[name].klass) for name in (*TEXTS[-4:], "identity_papers")}
    given = getattr(noun, "numbers_given", None) or ()
    numbers = tuple(option_text(METHOD.fields["numbers_given"], n) for n in given) if _sees_choices(sight) else ()
    return PlanCard(on=written, travel_on=_travel(sight), numbers_given=numbers, **told)


def _travel(sight: Sight) -> date | None:
    """The day of a planned journey that lies ahead."""
    noun = sight.record.latest("write_safety_plan")
    on = _day(getattr(noun, "travel_on", None)) if noun is not None else None
    return on if on is not None and on >= sight.state.today else None


def _hard_days(sight: Sight) -> bool:
    """Whether *Lov eller skolstart* is proposed: a journey or a move home, and no such milestone ahead (R27)."""
    state = sight.state
    if any(m.kind == SCHOOL_BREAK and m.on >= state.today for m in state.milestones):
        return False
    home = bool(state.family) and state.family[-1].level == "moved_home"
    return home or _travel(sight) is not None


# --- missing or taken away ------------------------------------------------------------------------------


def search_of(sight: Sight) -> SearchSheet | None:
    """The search under way, with who did what and when; None when nobody is missing."""
    missing = sight.state.missing
    if missing is None:
        return None
    done = _done(sight, missing.since)
    options = METHOD.fields["missing_steps"].options
    steps = tuple(SearchStep(o.value, o.text, *done.get(o.value, (None, None))) for o in options)
    found = next((p for p in possible(sight) if p.event == "record_person_found"), None)
    return SearchSheet(missing.since, _chosen(sight, "missing_kind", missing.kind), steps, found)


def _done(sight: Sight, since: datetime) -> dict[str, tuple[str, datetime]]:
    """Who did what, when: the first time that each thing was said to be done in this search."""
    who = {row.id: row.actor.short_name for row in sight.record.rows}
    done: dict[str, tuple[str, datetime]] = {}
    for h in _spoken(sight, "report_missing_person"):
        if h.happened_at >= since:
            steps = h.facts.get("missing_steps") or ()
            for step in steps if isinstance(steps, list | tuple) else ():
                done.setdefault(str(step), (who[h.id], h.happened_at))
    return done


# --- nights that nobody has acted on ----------------------------------------------------------------------


@dataclass(frozen=True)
class UnsafeNight:
    """A case that the actor is named stand-in of: its reference, and since when nobody has done anything."""

    reference: str
    since: datetime


def unsafe_nights(actor: Actor, now: datetime) -> tuple[UnsafeNight, ...]:
    """What the named stand-in is told after a day without action (R24): the database decides; no case is opened."""
    with acting(actor, now):
        with connection.cursor() as cursor:
            cursor.execute("select case_id, reference, since from langsikt_unsafe_nights()")
            rows: list[tuple[UUID, str, datetime]] = cursor.fetchall()
        if rows:
            journal.write(actor, "look_unsafe_nights", "done", now, shown=[row[0] for row in rows])
    return tuple(UnsafeNight(reference, since) for _, reference, since in rows)
