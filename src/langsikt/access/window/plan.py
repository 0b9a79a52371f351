"""The plan seen: needs over time, what covers them, the gaps written out, and what applies the day after."""

from datetime import date, datetime, timedelta
from uuid import UUID

from langsikt.access.sheets import Actor, PlanBar, PlanGap, PlanMark, PlanRow, PlanSheet, Supposed
from langsikt.access.window.case import Sight, header, look
from langsikt.model.continuity import HOUSING, Plan, Span, Stretch, days_after, gaps_ahead, state_on, stretches
from langsikt.model.due import name_of
from langsikt.model.load import METHOD
from langsikt.model.plan import gaps_of, needs_shown, plan_of, supposing
from langsikt.model.state import State, Thing
from langsikt.model.texts import Text

MONTHS = (3, 6, 12, 24, 36)
DAYS_A_MONTH = 30.44
DAY = timedelta(days=1)
NOTHING = Text("Inget planerat", "Nothing planned")
UNPLANNED = Text("Inte planerat än", "Not planned yet")
WhatIf = tuple[UUID, date]
LOOKS = {"decided": "ahead", "agreed": "agreed", "proposed": "proposed", "applied": "proposed"}


def plan(actor: Actor, reference: str, months: int, now: datetime, what_if: WhatIf | None = None) -> PlanSheet:
    """The plan of a case over the coming ``months``, as it is or as it would be. Raises NotFound."""
    return look(actor, reference, now, "look_plan", lambda sight: plan_sheet(sight, months, what_if))


def plan_sheet(sight: Sight, months: int, what_if: WhatIf | None = None) -> PlanSheet:
    """The plan's parts."""
    state, supposed = _supposed(sight.state, what_if)
    days = int(months * DAYS_A_MONTH)
    reckoned = plan_of(state, max(days, 120))
    first = (state.today.replace(day=1) - DAY).replace(day=1)
    rows = tuple(_row(reckoned, need) for need in needs_shown(state))
    said = sight.record.latest("follow_up", "assess_needs_after", "assess_needs", "conclude_investigation")
    words = sight.value(said, "own_words", 2)
    gaps = tuple(plan_gap(reckoned, gap) for gap in gaps_of(state))
    last, marks = state.today + days * DAY, tuple(_marks(state))
    movable = tuple((str(t.id), name_of(t)) for t in _movable(sight.state))
    return PlanSheet(header(sight), first, last, months, rows, marks, gaps, words, movable, supposed)


def _movable(state: State) -> list[Thing]:
    """The supports whose last day one may suppose to be another."""
    return [*state.running_placements, *state.running_interventions, *state.planned.values()]


def _supposed(state: State, what_if: WhatIf | None) -> tuple[State, Supposed | None]:
    """The state as it would be, and the difference it makes to the gaps."""
    thing = next((t for t in _movable(state) if what_if and t.id == what_if[0]), None)
    if what_if is None or thing is None:
        return state, None
    there = supposing(state, thing.id, what_if[1])
    before, after = _gap_set(state), _gap_set(there)
    new = tuple(gap for key, gap in after.items() if key not in before)
    covered = tuple(gap for key, gap in before.items() if key not in after)
    return there, Supposed(name_of(thing), what_if[1], new, covered)


def _gap_set(state: State) -> dict[tuple[str, object, object], PlanGap]:
    reckoned = plan_of(state, 120)
    return {(g.need, g.from_on, g.until_on): plan_gap(reckoned, g) for g in gaps_of(state)}


def _row(plan: Plan, need: str) -> PlanRow:
    area = METHOD.needs[need]
    spans = sorted((s for s in plan.spans if s.need == need and _shown(s, plan)), key=lambda s: s.from_on)
    bars = tuple(_bar(plan, span, f"{need}-{number}") for number, span in enumerate(spans))
    gaps = tuple(plan_gap(plan, gap) for gap in gaps_ahead(plan, need))
    unplanned = next((s.from_on for s in stretches(plan, need) if s.status == "not_planned"), None)
    state = METHOD.need_states[state_on(plan, need, plan.today)].name
    return PlanRow(need, area.name, area.core, state, bars, gaps, unplanned)


def _shown(span: Span, plan: Plan) -> bool:
    """A granted decision is drawn only where it reaches further than what has begun."""
    if span.status == "carried_out":
        return True
    return not any(
        s.kind == span.kind and s.need == span.need and s.status == "carried_out" and s.last >= span.last
        for s in plan.spans
    )


def _bar(plan: Plan, span: Span, bar_id: str) -> PlanBar:
    name = METHOD.interventions[span.kind].name
    until = span.until_on if span.end == "day" else None
    return PlanBar(bar_id, name, _look(span), span.from_on, until, _day_after(plan, span))


def _look(span: Span) -> str:
    if span.covers in ("temporary", "neither"):
        return span.covers
    if span.status != "carried_out":
        return LOOKS[span.status]
    return "unknown" if span.end == "unknown" else "decided"


def _day_after(plan: Plan, span: Span) -> Text | None:
    """What applies the day after, in words; None while the end is not known."""
    found = next((d for d in days_after(plan) if d.span == span), None)
    if found is None:
        return None
    if found.successor:
        return METHOD.interventions[found.successor].name
    if found.status in METHOD.need_states:
        return METHOD.need_states[found.status].name
    return {"gap": NOTHING, "not_planned": UNPLANNED}.get(found.status, NOTHING)


def plan_gap(plan: Plan, gap: Stretch) -> PlanGap:
    """A gap in words and days: what ends before it and what begins after it."""
    spans = [s for s in plan.spans if s.need == gap.need and s.covers == "covers"]
    before = next((METHOD.interventions[s.kind].name for s in spans if s.last == gap.from_on - DAY), None)
    after = next((METHOD.interventions[s.kind].name for s in spans if s.from_on == gap.until_on + DAY), None)
    days = gap.days
    area = METHOD.needs[gap.need].name
    return PlanGap(area, gap.need == HOUSING, gap.from_on, gap.until_on, days, after is None, before, after)


def _marks(state: State) -> list[PlanMark]:
    found = []
    if state.next_follow_up_on:
        found.append(PlanMark("follow_up", Text("Uppföljning", "Follow-up"), state.next_follow_up_on))
    if state.risk and state.risk.next_review_on:
        found.append(PlanMark("risk", Text("Riskbedömning", "Risk assessment"), state.risk.next_review_on))
    for thing in state.decisions:
        if thing.planned_end_on and thing.planned_end_on >= state.today and thing.outcome != "refused":
            found.append(PlanMark("milestone", Text("Beslut slutar", "Decision ends"), thing.planned_end_on))
    return sorted(_once(found), key=lambda m: m.on)


def _once(marks: list[PlanMark]) -> list[PlanMark]:
    return list({(m.kind, m.on): m for m in marks}.values())


def months_chosen(text: str) -> int:
    """The zoom asked for, twelve months unless it is one of the five."""
    return int(text) if text.isdigit() and int(text) in MONTHS else 12
