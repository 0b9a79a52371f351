"""A follow-up about to be written: what the record knows already, what is proposed and why, and what is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from langsikt.access.history import event_line, option_text
from langsikt.access.people import marks
from langsikt.access.sheets import Actor, CaseHeader, EventLine, PlanWay
from langsikt.access.window.case import Sight, header, look
from langsikt.access.window.day_after import GapSheet, gap_sheet
from langsikt.access.window.decision import DraftSheet, drafts_of
from langsikt.model.competence import lasting_home
from langsikt.model.due import name_of
from langsikt.model.due_between import OWN_HOMES
from langsikt.model.extension import (
    chain_of,
    periods_of,
    points_of,
    short_again,
    suggested_end,
)
from langsikt.model.facts import care_involved
from langsikt.model.load import METHOD
from langsikt.model.months import months_after
from langsikt.model.outcome import AS_NOW, EXTEND, OTHER
from langsikt.model.plan import ROWS
from langsikt.model.risk_review import full_assessment, review_reasons
from langsikt.model.shift import plans_after
from langsikt.model.state import State, Thing
from langsikt.model.texts import Text
from langsikt.model.why import day_in_words
from langsikt.records.models import Noun

Raw = dict[str, list[str]]
DAY = timedelta(days=1)
ASKED_DAYS = 90
BEFORE_DAYS = 7
MONTHS = (3, 6, 12)
IN_A_ROW = 2
SAFE_NIGHTS = frozenset({"safe_shelter", "safe_own", "temporary", "does_not_say", "with_family"})
# What somebody else decides is followed here and decided there (visual.md, Three outcomes).
ELSEWHERE = {"economic_assistance": "economy_unit", "trauma_treatment": "health_care"}
MOVED = Text("Flytt", "A move")
AS_IT_IS = Text("Som nu", "As now")
ANOTHER_DAY = Text("Annat datum", "Another date")
IN_MONTHS = Text("{n} mån", "{n} months")
CHAIN = Text("{n} beslut i rad, sammanlagt {total} dagar.", "{n} decisions in a row, {total} days together.")
BEFORE = Text("Föreslagen: innan {what} slutar {day}.", "Suggested: before {what} ends on {day}.")
IN_SHELTER = Text("Föreslagen: var fjärde vecka i skyddat boende.", "Suggested: every fourth week in shelter.")
QUARTERLY = Text("Föreslagen: var tredje månad.", "Suggested: every third month.")


@dataclass(frozen=True)
class Pick:
    """A last day to pick: its value, words, the date beside them, and whether it would be short again."""

    value: str
    label: Text
    on: date | None = None
    short: bool = False


@dataclass(frozen=True)
class SupportCard:
    """A running support as it is followed up: its row of decisions, last days to pick, and why the first is proposed.

    ``unit`` is who decides where it is not us; then there is nothing to choose. ``waits`` says that a draft of a new
    decision waits for its signature.
    """

    id: UUID
    need: Text
    chain: Text | None
    picks: tuple[Pick, ...]
    picked: str
    reason: Text | None
    last: date
    unit: Text | None
    waits: bool


@dataclass(frozen=True)
class ResponsibleRow:
    """Who has an area: a unit or the case worker; nobody is an alarm."""

    area: Text
    unit: Text | None
    waiting_days: int | None
    next_on: date | None


@dataclass(frozen=True)
class RiskSheet:
    """The latest assessment with its age, and whether *oförändrad* is enough now."""

    level: Text
    on: date
    confirmed_on: date | None
    days: int
    enough: bool
    reasons: tuple[Text, ...]


@dataclass(frozen=True)
class FollowUpSheet:
    """Everything of a follow-up that is read and not typed."""

    number: int
    cards: dict[UUID, SupportCard]
    gaps: GapSheet
    plans_after: bool
    risk: RiskSheet | None
    responsible: tuple[ResponsibleRow, ...]
    next_reason: Text
    family_on: date | None
    verified_on: date | None
    asks_joint_plan: bool
    asks_first_90_days: bool
    ask_unit: PlanWay | None
    name_unit: PlanWay | None


@dataclass(frozen=True)
class Moved:
    """A planned support that moved along: the event that says so, what it is, and its new days."""

    event: UUID
    what: Text
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class SavedSheet:
    """What the latest follow-up wrote: its note, the drafts that wait for a signature, and the next date.

    ``moved``: what moved along in the plan, each a word of its own that can be taken back.
    """

    header: CaseHeader
    line: EventLine | None
    drafts: tuple[DraftSheet, ...]
    moved: tuple[Moved, ...]
    next_on: date | None
    number: int


def follow_up_sheet(sight: Sight, raw: Raw) -> FollowUpSheet:
    """What stands beside the questions, for a form as it stands."""
    state, top = sight.state, header(sight)
    return FollowUpSheet(
        number=state.follow_ups + 1,
        cards={t.id: _card(state, t) for t in state.running},
        gaps=gap_sheet(sight, raw),
        plans_after=plans_after(state),
        risk=_risk(state),
        responsible=tuple(_responsible(state)),
        next_reason=next_follow_up(state)[1],
        family_on=state.family[-1].on if state.family else None,
        verified_on=state.verified_on,
        asks_joint_plan=care_involved(state),
        asks_first_90_days=moves_to_own_home(state),
        ask_unit=_way(top, "send_referral"),
        name_unit=_way(top, "name_responsible_unit"),
    )


def saved(actor: Actor, reference: str, now: datetime) -> SavedSheet:
    """What the latest follow-up of a case wrote. Raises NotFound; one look, one journal row."""
    return look(actor, reference, now, "look_follow_up", _saved)


def _saved(sight: Sight) -> SavedSheet:
    rows = [row for row in sight.record.rows if row.name == "follow_up"]
    names = sight.names | ({i: m for i, (m, _, _) in marks().items()} if sight.state.placements else {})
    line = event_line(sight.record, rows[-1], sight.relations, names) if rows else None
    state = sight.state
    moved = tuple(_moved(state, [r.id for r in sight.record.rows if rows and r.recorded_at == rows[-1].recorded_at]))
    return SavedSheet(header(sight), line, drafts_of(sight), moved, state.next_follow_up_on, state.follow_ups)


def _moved(state: State, written: Sequence[UUID]) -> Iterator[Moved]:
    """What the same submission said of the plan, as long as that is the latest word."""
    for thing in state.planned.values():
        if thing.id in written:
            yield Moved(thing.id, METHOD.interventions[thing.kind].name, thing.from_on, thing.planned_end_on)


def _way(top: CaseHeader, event: str) -> PlanWay | None:
    found = next((a for a in top.actions if a.event == event), None)
    return PlanWay(found.label, found.step, found.path) if found else None


# --- what is filled in before anybody has typed ------------------------------------------------------


def prefilled(sight: Sight) -> Raw:
    """The follow-up as it would be if nothing had changed since the last one.

    What only a human can know each time is left open: the person's words, the risk, a night that was not safe.
    """
    state = sight.state
    raw: Raw = {"held_on": [state.today.isoformat()], "still_needed": ["yes"]}
    raw |= {"next_on": [next_follow_up(state)[0].isoformat()]}
    raw |= dict(_standing(state)) | _said_last(sight)
    for goal in state.goals:
        raw |= {f"goal-status-{goal.id}": [goal.status]}
        raw |= {f"goal-level-{goal.id}": [str(goal.level)]} if goal.level is not None else {}
    for thing in state.running:
        raw |= outcome_prefilled(state, thing)
    return raw


def outcome_prefilled(state: State, thing: Thing) -> Raw:
    """*Förläng*, with the proposed last day where the present one is near; the last day as it is otherwise."""
    card = _card(state, thing)
    raw: Raw = {f"outcome-{thing.id}": [EXTEND], f"outcome-pick-{thing.id}": [card.picked]}
    return raw | {f"outcome-last-{thing.id}": [card.last.isoformat()]}


def asked_for(state: State, raw: Raw, thing: str, until: str) -> Raw:
    """The form with one support to extend until a day, as the plan links to it."""
    if thing not in {str(t.id) for t in state.running}:
        return raw
    return raw | {f"outcome-{thing}": [EXTEND], f"outcome-pick-{thing}": [OTHER], f"outcome-until-{thing}": [until]}


def _standing(state: State) -> Iterator[tuple[str, list[str]]]:
    """Chosen answers that still stand."""
    risk_days = METHOD.deadlines["follow_up"].count
    yield "next_review_on", [(state.today + timedelta(days=risk_days)).isoformat()]
    for name, value in (
        ("wellbeing", state.wellbeing),
        ("tonight", _night(state)),
        ("family_contact", state.family[-1].level if state.family else None),
        ("contact_person_wish", state.contact_person),
        ("no_contact_person", state.no_contact_person),
        ("coordinated_plan", state.coordinated_plan if care_involved(state) else None),
        ("first_90_days", state.first_90_days if moves_to_own_home(state) else None),
    ):
        if value:
            yield name, [value]


def _night(state: State) -> str | None:
    """The last answer, where it was a safe one and can still be true."""
    if state.tonight == "safe_shelter" and not state.running_placements:
        return None
    return state.tonight if state.tonight in SAFE_NIGHTS else None


def _said_last(sight: Sight) -> Raw:
    """Texts that stand until somebody changes them: what the person wants with the family, and what we think."""
    raw: Raw = {}
    for name in ("person_wants", "our_view"):
        text = next((t for n in _family_nouns(sight) if isinstance(t := sight.value(n, name, 2), str)), None)
        raw |= {name: [text]} if text else {}
    latest = sight.record.latest("follow_up")
    breaker = getattr(latest, "isolation_breaker", None) if latest is not None else None
    return raw | ({"isolation_breaker": [breaker]} if breaker else {})


def _family_nouns(sight: Sight) -> Iterator[Noun]:
    """The nouns that may hold words on the family, the latest first."""
    named = ("follow_up", "record_family_contact")
    for happening in reversed([h for h in sight.record.happenings if h.name in named and h.corrects is None]):
        noun = sight.record.standing(happening.id)
        if noun is not None:
            yield noun


# --- the cards ---------------------------------------------------------------------------------------


def _card(state: State, thing: Thing) -> SupportCard:
    chain = chain_of(periods_of(state, thing))
    proposed = suggested_end(state, thing, points_of(state))
    near = thing.planned_end_on is not None and thing.planned_end_on <= state.today + timedelta(days=ASKED_DAYS)
    waits = thing.kind in state.drafts
    extends = near and not waits
    unit = METHOD.fields["responsible_unit"] if thing.kind in ELSEWHERE else None
    return SupportCard(
        id=thing.id,
        need=METHOD.needs[METHOD.interventions[thing.kind].meets[0]].name,
        chain=CHAIN.filled(n=chain.number, total=chain.total_days) if chain and chain.number >= IN_A_ROW else None,
        picks=tuple(_picks(state, thing)),
        picked=proposed.on.isoformat() if extends and not unit else AS_NOW,
        reason=proposed.reason if thing.planned_end_on else None,
        last=max(thing.planned_end_on or state.today, state.today),
        unit=option_text(unit, ELSEWHERE[thing.kind]) if unit else None,
        waits=waits,
    )


def _picks(state: State, thing: Thing) -> Iterator[Pick]:
    """The last day as it is, the proposed one, three, six and twelve months, the next milestone, another day."""
    periods, base = periods_of(state, thing), max(thing.planned_end_on or state.today, state.today)
    yield Pick(AS_NOW, AS_IT_IS, thing.planned_end_on)
    offered: dict[date, Text] = {}
    if thing.planned_end_on:
        offered[suggested_end(state, thing, points_of(state)).on] = Text("Förslag", "Suggested")
    for months in MONTHS:
        offered.setdefault(months_after(base, months), IN_MONTHS.filled(n=months))
    for point in sorted(p for p in points_of(state) if p.on > base)[:1]:
        offered.setdefault(point.on, point.name)
    for on, label in offered.items():
        yield Pick(on.isoformat(), label, on, short_again(periods, on))
    yield Pick(OTHER, ANOTHER_DAY, None, short_again(periods, base + DAY))


# --- risk, responsibility, next time -----------------------------------------------------------------


def _risk(state: State) -> RiskSheet | None:
    if state.risk is None:
        return None
    reasons = METHOD.fields["risk_reason"]
    return RiskSheet(
        level=option_text(METHOD.fields["risk_level"], state.risk.level),
        on=state.risk.assessed_on,
        confirmed_on=state.risk.confirmed_on,
        days=(state.today - state.risk.assessed_on).days,
        enough=full_assessment(state),
        reasons=tuple(MOVED if r.kind == "move" else option_text(reasons, r.kind) for r in review_reasons(state)),
    )


def _responsible(state: State) -> Iterator[ResponsibleRow]:
    """The six rows of the plan, and every other area that somebody has taken."""
    areas = METHOD.fields["responsible_area"]
    for area in dict.fromkeys((*ROWS, *state.responsible)):
        found = state.responsible.get(area)
        unit = option_text(METHOD.fields["responsible_unit"], found.unit) if found else None
        waiting = (state.today - found.since).days if found and not found.accepted else None
        yield ResponsibleRow(option_text(areas, area), unit, waiting, found.next_action_on if found else None)


def next_follow_up(state: State) -> tuple[date, Text]:
    """When to look again, and why then: before anything ends, else every four weeks in shelter or three months."""
    in_shelter = bool(state.running_placements)
    count = METHOD.deadlines["follow_up_in_shelter" if in_shelter else "follow_up"].count
    usual = state.today + timedelta(days=count)
    ends = [(_end_ahead(state, t), t) for t in state.running]
    first = min(((end, t) for end, t in ends if end), key=lambda pair: pair[0], default=None)
    if first is None or first[0] - timedelta(days=BEFORE_DAYS) >= usual:
        return usual, IN_SHELTER if in_shelter else QUARTERLY
    name = name_of(first[1])
    low = Text(name.sv.lower(), name.en.lower())
    on = max(first[0] - timedelta(days=BEFORE_DAYS), state.today + DAY)
    return on, BEFORE.filled(what=low, day=day_in_words(first[0]))


def _end_ahead(state: State, thing: Thing) -> date | None:
    """The last day of a support as it would be if the proposals were followed."""
    picked = _card(state, thing).picked
    return thing.planned_end_on if picked == AS_NOW else date.fromisoformat(picked)


def moves_to_own_home(state: State) -> bool:
    """Whether the person has moved to a home of their own in the last 90 days, or is about to (``ux.md`` R7)."""
    since = state.today - timedelta(days=ASKED_DAYS)
    moved = any(t.ended_on and t.ended_on >= since and t.moved_to in OWN_HOMES for t in state.placements)
    return moved or any(lasting_home(t.kind) for t in state.agreed)
