"""The plan seen: needs over time, what covers them, the gaps written out, and what applies the day after."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from langsikt.access.history import option_text
from langsikt.access.sheets import (
    Actor,
    CaseHeader,
    Masked,
    PlanBar,
    PlanFlag,
    PlanMark,
    PlanRow,
    PlanSheet,
    PlanWay,
)
from langsikt.access.window.case import Sight, header, look
from langsikt.access.window.supposed import COUNTED, WhatIf, movable, plan_gap, supposed, way_to
from langsikt.model.continuity import (
    DayAfter,
    Plan,
    Span,
    axis,
    days_after,
    gaps_ahead,
    insecure,
    state_on,
    stretches,
)
from langsikt.model.due import name_of
from langsikt.model.extension import chain_of, milestone_name, periods_of, points_of, suggested_end
from langsikt.model.load import METHOD
from langsikt.model.plan import (
    gaps_of,
    hand_overs,
    needs_shown,
    plan_of,
    with_a_move,
)
from langsikt.model.responsible import without_owner
from langsikt.model.state import State, Thing
from langsikt.model.texts import Text
from langsikt.model.why import day_in_words, says, why

MONTHS = (3, 6, 12, 24, 36)
DAYS_A_MONTH = 30.44
DAY = timedelta(days=1)
LONGER = 90
IN_A_ROW = 2
ASKED = Text("{unit}, väntar på svar", "{unit}, awaiting an answer")
NOTHING = Text("Inget planerat", "Nothing planned")
UNPLANNED = Text("Inte planerat än", "Not planned yet")
LOOKS = {
    "decided": "decided",
    "agreed": "agreed",
    "proposed": "proposed",
    "applied": "proposed",
    "placeless": "proposed",
}
STATUS = {
    "decided": Text("beslutad", "decided"),
    "agreed": Text("planerad", "planned"),
    "proposed": Text("föreslagen, täcker inte", "proposed, does not cover"),
    "applied": Text("sökt, väntar på svar, täcker inte", "applied for, does not cover"),
    "placeless": Text("beslutad, ingen plats än, täcker inte", "decided, no place yet, does not cover"),
    "without": Text("utan beslut", "without decision"),
    "unknown": Text("slut okänt", "end unknown"),
    "insecure": Text("slut okänt, osäkert", "end unknown, unsure"),
    "passed": Text("skulle ha slutat {day}", "was to have ended on {day}"),
    "unconfirmed": Text("{said}, obekräftat", "{said}, unconfirmed"),
    "temporary": Text("tillfälligt, täcker inte", "temporary, does not cover"),
    "neither": Text("täcker inte, räknas inte som glapp", "does not cover, does not count as a gap"),
}
CHAIN = Text(
    "{what}: {n} beslut i rad, sammanlagt {total} dagar, median {median}.",
    "{what}: {n} decisions in a row, {total} days together, median {median}.",
)
HAND_OVER = Text(
    "{leaving} slutar {day}. {staying} har då börjat: {count} tillsammans för en överlämning.",
    "{leaving} ends on {day}. {staying} has begun by then: {count} together for a hand-over.",
)
SAME_DAY = Text("{what} slutar samma dag som flytten, {day}.", "{what} ends on the day of the move, {day}.")
SUGGESTED = Text(
    "Förslag om det förlängs: till och med {day}. {reason}", "If extended, suggested: until {day}. {reason}"
)
EXTEND = Text("Förläng 90 dagar", "Extend by 90 days")


End = tuple[str, str, str, date]


@dataclass(frozen=True)
class Ground:
    """What the parts of one sheet are made from: the state as it is or is supposed, and the plan it comes to."""

    state: State
    plan: Plan
    header: CaseHeader
    after: dict[End, DayAfter]

    def thing(self, span: Span) -> Thing | None:
        """The running or ended support that a span shows."""
        found = (t for t in self.state.placements + self.state.interventions if str(t.id) == span.thing)
        return next(found, None)

    def way(self, event: str, label: Text | None = None, query: str = "") -> PlanWay | None:
        """An event as a way out, when the actor may do it now."""
        found = next((a for a in self.header.actions if a.event == event), None)
        return PlanWay(label or found.label, found.step, found.path, query) if found else None


def plan(actor: Actor, reference: str, months: int, now: datetime, what_if: WhatIf | None = None) -> PlanSheet:
    """The plan of a case over the coming ``months``, as it is or as it would be. Raises NotFound."""
    return look(actor, reference, now, "look_plan", lambda sight: plan_sheet(sight, months, what_if))


def plan_sheet(sight: Sight, months: int, what_if: WhatIf | None = None) -> PlanSheet:
    """The plan's parts."""
    state, found = supposed(sight.state, what_if)
    days = int(months * DAYS_A_MONTH)
    reckoned = plan_of(state, max(days, COUNTED))
    ground = Ground(state, reckoned, header(sight), {_end(d.span): d for d in days_after(reckoned)})
    first = (state.today.replace(day=1) - DAY).replace(day=1)
    said = sight.record.latest("follow_up", "assess_needs_after", "assess_needs", "conclude_investigation")
    return PlanSheet(
        header=ground.header,
        first=first,
        last=state.today + days * DAY,
        months=months,
        rows=tuple(_row(ground, need) for need in needs_shown(state)),
        marks=tuple(_marks(state)),
        gaps=tuple(plan_gap(reckoned, gap) for gap in gaps_of(state)),
        flags=tuple(_flags(ground)),
        goals=tuple(_goals(sight)),
        own_words=sight.value(said, "own_words", 2),
        movable=tuple((str(t.id), name_of(t)) for t in movable(sight.state)),
        addable=tuple((i.key, i.name) for i in METHOD.interventions.values() if i.meets) if state.is_case else (),
        supposed=replace(found, way=way_to(ground.way, sight.state, what_if)) if found and what_if else found,
    )


def _goals(sight: Sight) -> Iterator[str | Masked]:
    """The goals that the person works on, as the person said them."""
    for goal in sight.state.goals:
        words = sight.value(sight.record.standing(goal.id), "goal_line", 2) if goal.active else None
        if words:
            yield words


# --- a row -----------------------------------------------------------------------------------------


def _who(ground: Ground, need: str) -> Text | None:
    """Who has a need, as *Vem gör vad* says it: the case worker by name, another unit, or whom an answer waits for."""
    said = ground.state.responsible.get(need)
    if said is None:
        return None
    if said.unit == "team" and ground.header.case_worker:
        return Text(ground.header.case_worker, ground.header.case_worker)
    unit = option_text(METHOD.fields["responsible_unit"], said.unit)
    return unit if said.accepted else ASKED.filled(unit=unit)


def _row(ground: Ground, need: str) -> PlanRow:
    area, plan = METHOD.needs[need], ground.plan
    drawn = (_drawn(s, plan) for s in plan.spans if s.need == need)
    spans = sorted((s for s in drawn if s), key=lambda s: s.from_on)
    return PlanRow(
        need=need,
        label=area.name,
        core=area.core,
        state=METHOD.need_states[state_on(plan, need, plan.today)].name,
        says=says(plan, need),
        notes=tuple(_notes(ground, need, spans)),
        bars=tuple(_bar(ground, span, f"{need}-{number}") for number, span in enumerate(spans)),
        gaps=tuple(plan_gap(plan, gap) for gap in gaps_ahead(plan, need)),
        not_planned=tuple(
            (s.from_on, s.until_on)
            for s in stretches(plan, need)
            if s.status == "not_planned" and s.from_on <= axis(plan)[1]
        ),
        who=_who(ground, need),
        nobody=need in without_owner(ground.state),
    )


def _drawn(span: Span, plan: Plan) -> Span | None:
    """A span as it is drawn: a granted decision only where it reaches further than what has begun."""
    if span.status != "decided":
        return span
    begun = [s.last for s in plan.spans if (s.kind, s.need, s.status) == (span.kind, span.need, "carried_out")]
    reached = max((last for last in begun if last >= span.from_on), default=None)
    if reached is None:
        return span
    return replace(span, from_on=reached + DAY) if reached < span.last else None


def _notes(ground: Ground, need: str, spans: list[Span]) -> Iterator[Text]:
    """Rows of decisions, and supports that meet, each in one sentence."""
    for span in spans:
        thing = ground.thing(span)
        chain = chain_of(periods_of(ground.state, thing)) if thing and thing.running else None
        if thing and chain and chain.number >= IN_A_ROW and need == METHOD.interventions[thing.kind].meets[0]:
            median = f"{chain.median_days:g}".replace(".", ",")
            yield CHAIN.filled(what=name_of(thing), n=chain.number, total=chain.total_days, median=median)
    for leaving, staying, days in hand_overs(ground.plan, need):
        names = [METHOD.interventions[s.kind].name for s in (leaving, staying)]
        count = Text("{n} dagar", "{n} days").filled(n=days) if days > 1 else Text("1 dag", "1 day")
        yield HAND_OVER.filled(leaving=names[0], staying=names[1], day=day_in_words(leaving.last), count=count)


# --- a bar -----------------------------------------------------------------------------------------


def _bar(ground: Ground, span: Span, bar_id: str) -> PlanBar:
    thing = ground.thing(span)
    seen = _look(span, thing)
    until = span.until_on if span.end == "day" else None
    name = METHOD.interventions[span.kind].name
    return PlanBar(
        id=bar_id,
        label=name,
        look=seen,
        status=_status(ground, span, thing, seen),
        from_on=span.from_on,
        until_on=span.until_on if span.end == "passed" else until,
        day_after=_day_after(ground.after.get(_end(span))),
        more=tuple(_more(ground, span, thing)),
        way=_way(ground, span, thing),
    )


def _look(span: Span, thing: Thing | None) -> str:
    if span.covers in ("temporary", "neither"):
        return span.covers
    if span.status != "carried_out":
        return LOOKS[span.status]
    if span.doubted:
        return "unknown"
    basis = METHOD.interventions[span.kind].basis
    free = basis in ("none", "not_an_intervention") or (thing is not None and thing.decided_by == "without")
    return "without" if free else "decided"


def _status(ground: Ground, span: Span, thing: Thing | None, seen: str) -> Text:
    said = STATUS[span.status if span.status in ("applied", "placeless") else seen]
    if span.end == "passed" and thing and thing.planned_end_on:
        said = STATUS["passed"].filled(day=day_in_words(thing.planned_end_on))
    if insecure(span):
        said = STATUS["insecure"]
    if span.doubted and _unconfirmed(ground.plan, span.need):
        return STATUS["unconfirmed"].filled(said=said)
    return said


def _unconfirmed(plan: Plan, need: str) -> bool:
    """Whether nobody has confirmed what covers today; after closure there is no today to ask about (rules C2.4)."""
    today = (s for s in stretches(plan, need) if s.from_on <= plan.today <= s.until_on)
    return any(s.status == "unconfirmed" for s in today)


def _more(ground: Ground, span: Span, thing: Thing | None) -> Iterator[Text]:
    """Why the days of a bar have their answer, and until when an extension is suggested."""
    here = [s for s in stretches(ground.plan, span.need) if s.why == span.kind]
    yield from (why(s) for s in here if s.until_on >= span.from_on and s.from_on <= span.last)
    if thing and thing.running and thing.planned_end_on:
        found = suggested_end(ground.state, thing, points_of(ground.state))
        yield SUGGESTED.filled(day=day_in_words(found.on), reason=found.reason)


def _way(ground: Ground, span: Span, thing: Thing | None) -> PlanWay | None:
    """The event that changes what a bar shows."""
    if thing is None:
        return ground.way("plan_support") if span.status in ("agreed", "proposed", "applied") else None
    if not thing.running:
        return None
    if thing in ground.state.placements:
        return ground.way("extend_placement", query=f"placement={thing.id}")
    return ground.way("follow_up")


def _end(span: Span) -> End:
    return span.need, span.kind, span.status, span.last


def _day_after(found: DayAfter | None) -> Text | None:
    """What applies the day after, in words; None while the end is not known."""
    if found is None:
        return None
    if found.successor:
        return METHOD.interventions[found.successor].name
    if found.status in METHOD.need_states:
        return METHOD.need_states[found.status].name
    return UNPLANNED if found.status == "not_planned" else NOTHING


# --- gaps, moves and points ------------------------------------------------------------------------


def _flags(ground: Ground) -> Iterator[PlanFlag]:
    """Support that ends with a move, with the way to extend it."""
    for span in with_a_move(ground.plan):
        words = SAME_DAY.filled(what=METHOD.interventions[span.kind].name, day=day_in_words(span.last))
        query = f"stod={span.thing}&till={(span.last + LONGER * DAY).isoformat()}"
        yield PlanFlag(words, ground.way("follow_up", EXTEND, query) if span.thing else ground.way("plan_support"))


def _marks(state: State) -> list[PlanMark]:
    found = []
    if state.next_follow_up_on:
        found.append(PlanMark("follow_up", Text("Uppföljning", "Follow-up"), state.next_follow_up_on))
    if state.risk and state.risk.next_review_on:
        found.append(PlanMark("risk", Text("Riskbedömning", "Risk assessment"), state.risk.next_review_on))
    for thing in state.decisions:
        if thing.planned_end_on and thing.planned_end_on >= state.today and thing.outcome != "refused":
            found.append(PlanMark("milestone", Text("Beslut slutar", "Decision ends"), thing.planned_end_on))
    for stone in state.milestones:
        found.append(PlanMark("milestone", milestone_name(stone.kind), stone.on, stone.month_only))
        if stone.contact_on:
            found.append(PlanMark("follow_up", Text("Planerad kontakt", "Planned contact"), stone.contact_on))
    return sorted(_once(found), key=lambda m: m.on)


def _once(marks: list[PlanMark]) -> list[PlanMark]:
    return list({(m.kind, m.on, m.label): m for m in marks}.values())


def months_chosen(text: str) -> int:
    """The zoom asked for, twelve months unless it is one of the five."""
    return int(text) if text.isdigit() and int(text) in MONTHS else 12
