"""The plan of a case: what the record says, turned into the spans that continuity is reckoned from."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from langsikt.model.continuity import (
    HOUSING,
    INSECURE_HOMES,
    LONGEST_PAUSE,
    NeedState,
    Plan,
    Span,
    Stretch,
    ends_with_a_move,
    gaps_ahead,
    overlaps,
    stretches,
)
from langsikt.model.decided import begun, entered_on, granted, last_decided, stopped
from langsikt.model.load import METHOD
from langsikt.model.shift import moving_after
from langsikt.model.state import State, Thing

DAY = timedelta(days=1)
SOCIAL = "social_support"
# A plan has its rows from step 2, before anybody has said anything of them (ux.md R3).
ROWS = ("housing", "occupation", "social_support", "health", "safety", "economy")
# Socialt stöd is one named continuing contact; talks and treatment alone are not (rules C5).
NO_CONTACT = frozenset({"support_talks", "trauma_treatment", "origo_support"})
# No decision stands behind a volunteer or one's own network: they cover while confirmed within 90 days (rules C5).
TO_CONFIRM = frozenset({"volunteer_contact", "own_network"})
# In hospital while the place is kept: the home that there is goes on, and is there afterwards (rules C3).
KEPT = frozenset({"hospital"})
# Studies and work go by terms: a break between two of them is no gap (rules C2.5).
TERMS = frozenset({"occupation_support"})
# What an answer to "moved to" means for the home that follows (rules C3).
HOME_AFTER = {
    "own_lease": "covers",
    "student_flat": "covers",
    "sublet": "covers",
    "room": "covers",
    "friend": "temporary",
    "family": "neither",
}


def plan_of(state: State, horizon_days: int = 365) -> Plan:
    """The plan that the record of a case comes to on ``state.today``."""
    states = tuple(NeedState(need, to, on, _silent_until(state, to, on)) for need, to, on in state.need_history)
    spans = (*_homes(state), *_supports(state), *_decided(state), *_planned(state))
    moves = tuple(sorted({*_moves(state)}))
    first = min([s.from_on for s in spans] + [s.from_on for s in states] + [state.today])
    closed_on = state.ended_on if state.closed else None
    return Plan(state.today, states, spans, moves, closed_on, first, horizon_days)


def needs_shown(state: State) -> list[str]:
    """The need areas of the plan: six from the start, children where there are any, and what else is spoken of."""
    plan = plan_of(state)
    said = {s.need for s in plan.states if s.state != "not_assessed"} | {s.need for s in plan.spans} | set(ROWS)
    if state.children:
        said.add("children")
    return [need for need in METHOD.needs if need in said]


def gaps_of(state: State) -> list[Stretch]:
    """Counted gaps ahead over all needs, the earliest first; a case that is closed has none."""
    if state.closed or not state.is_case:
        return []
    plan = plan_of(state)
    found = [gap for need in METHOD.needs for gap in gaps_ahead(plan, need)]
    return sorted(found, key=lambda g: (g.from_on, g.need != HOUSING))


def holes(plan: Plan, need: str) -> list[Stretch]:
    """From today on, each run of days without cover, whether they are counted yet or not (rules C2.4).

    A gap that runs on past what is counted is one hole with the days behind it.
    """
    found: list[Stretch] = []
    for stretch in stretches(plan, need):
        if stretch.status not in ("gap", "not_planned") or stretch.until_on < plan.today:
            continue
        if found and found[-1].until_on == stretch.from_on - DAY:
            found[-1] = replace(found[-1], until_on=stretch.until_on, after=stretch.after)
        else:
            found.append(stretch if stretch.from_on >= plan.today else _ahead_of(stretch, plan.today))
    return found


def _ahead_of(stretch: Stretch, today: date) -> Stretch:
    """The part of a hole that is left today; what ended before it ended long ago, and is not said to end now."""
    return replace(stretch, from_on=today, before=None)


def with_a_move(plan: Plan) -> list[Span]:
    """Support, not the home itself, with a known last day ahead that is the day of a move or the day before (R7)."""
    ending = [s for s in ends_with_a_move(plan) if s.end == "day" and s.last >= plan.today]
    found = [s for s in ending if not _is_home(s.kind)]
    return list({s.thing or s.kind: s for s in reversed(found)}.values())[::-1]


def hand_overs(plan: Plan, need: str) -> list[tuple[Span, Span, int]]:
    """What ends ahead while another support for the need runs on, and for how many days both do.

    A support and the decision that it rests on are one to whoever leaves: of the two the longer time is told.
    """
    found: dict[tuple[str, str, date], tuple[Span, Span, int]] = {}
    for one, other, days in overlaps(plan, need):
        leaving, staying = sorted((one, other), key=lambda s: s.last)
        if leaving.kind != staying.kind and plan.today <= leaving.last < staying.last and leaving.end == "day":
            key = (leaving.kind, staying.kind, leaving.last)
            if key not in found or days > found[key][2]:
                found[key] = (leaving, staying, days)
    return list(found.values())


def supposing_more(state: State, kind: str, from_on: date, until_on: date | None) -> State:
    """The case as it would be with one more support agreed; nothing is stored. Raises KeyError for an unknown kind."""
    meets = METHOD.interventions[kind].meets
    thing = Thing(uuid4(), kind, from_on, until_on, outcome="agreed", meets=meets)
    return replace(state, planned={**state.planned, f"supposed {kind}": thing})


def supposing(state: State, thing_id: UUID, last_day: date, all_after: bool = False) -> State:
    """The case as it would be if a running or planned support had another last day; nothing is stored.

    With ``all_after`` what is planned after it moves by as many days, as *Flytta allt efter* does it.
    """
    known = (*state.running, *state.planned.values())
    before = next((t for t in known if t.id == thing_id), None)
    if all_after and before is not None:
        state = moving_after(state, before.planned_end_on, last_day, but=before.kind)

    def changed(thing: Thing) -> Thing:
        return replace(thing, planned_end_on=last_day) if thing.id == thing_id and thing.running else thing

    return replace(
        state,
        placements=tuple(changed(t) for t in state.placements),
        interventions=tuple(changed(t) for t in state.interventions),
        decisions=tuple(
            replace(d, planned_end_on=last_day) if _same_support(state, d, thing_id) else d for d in state.decisions
        ),
        planned={kind: changed(t) for kind, t in state.planned.items()},
    )


def supposing_outcomes(state: State, last_days: Mapping[UUID, date | None]) -> State:
    """The case as it would be if every support of a follow-up had the last day said there, drafts signed.

    A support with None, or one that does not run, is as it is. Nothing is stored.
    """
    running = {t.id for t in state.running}
    for thing_id, last_day in last_days.items():
        if last_day is not None and thing_id in running:
            state = supposing(state, thing_id, last_day)
    return state


def _same_support(state: State, decision: Thing, thing_id: UUID) -> bool:
    """Whether a decision grants the support whose end is supposed to move."""
    return any(t.id == thing_id and t.kind == decision.kind for t in state.placements + state.interventions)


def _silent_until(state: State, to: str, on: date) -> date | None:
    """The last day that a no or a pause is silent (rules C1): the follow-up where the question is to be asked again.

    That is the first one held since, so that a new date alone buys no new silence; else the next one agreed.
    A pause lasts six months at the most; a no without any follow-up lasts until there is one.
    """
    if to not in ("declines", "pause"):
        return None
    until = min((day for day in state.follow_up_days if day > on), default=state.next_follow_up_on)
    if until is None or until < on:
        return None
    return min(until, on + LONGEST_PAUSE * DAY) if to == "pause" else until


def _moves(state: State) -> Iterator[date]:
    """The days of moves: into a home and out of it, as they were or as they are granted, agreed and planned.

    A planned last night with another home from the next day is one move, the day of moving in.
    """
    into = {entered for entered, kind in _entries(state) if _is_home(kind)}
    into |= {t.from_on for t in state.agreed if _is_home(t.kind)} | {t.from_on for t in state.placements}
    yield from into
    for thing in state.placements:
        out = thing.ended_on or thing.planned_end_on
        if out and (not thing.running or out + DAY not in into):
            yield out


def _entries(state: State) -> Iterator[tuple[date, str]]:
    """The days on which what is granted can begin, where nothing has."""
    for decision in granted(state):
        entered = None if begun(state, decision) else entered_on(state, decision)
        if entered:
            yield entered, decision.kind


def _homes(state: State) -> Iterator[Span]:
    placements = sorted(state.placements, key=lambda t: t.from_on)
    for thing in placements:
        for need in METHOD.interventions[thing.kind].meets:
            yield _span(state, thing, need, "covers")
        after = _home_after(state, thing)
        if after:
            yield after


def _home_after(state: State, thing: Thing) -> Span | None:
    """The home that somebody moved to, until the record knows of the next."""
    covers = HOME_AFTER.get(thing.moved_to or "")
    if covers is None or thing.ended_on is None:
        return None
    begins = thing.ended_on + DAY
    later = [
        t.from_on
        for t in state.placements + state.interventions
        if t.from_on > thing.ended_on and _is_home(t.kind) and t.kind not in KEPT
    ]
    if not later:
        confirmed = max(thing.ended_on, state.tonight_on or thing.ended_on, state.last_follow_up_on or thing.ended_on)
        return Span(HOUSING, str(thing.moved_to), "carried_out", begins, None, "unknown", covers, confirmed)
    if min(later) <= begins:
        return None
    return Span(HOUSING, str(thing.moved_to), "carried_out", begins, min(later) - DAY, "day", covers)


def _is_home(kind: str) -> bool:
    return METHOD.interventions[kind].covers_housing is not None


def _supports(state: State) -> Iterator[Span]:
    for thing in state.interventions:
        for need in thing.meets:
            yield _span(state, thing, need, _covers(thing, need))


def _covers(thing: Thing, need: str) -> str:
    if need == HOUSING:
        return METHOD.interventions[thing.kind].covers_housing or "no"
    if need == SOCIAL and thing.kind in NO_CONTACT:
        return "no"
    return "covers"


def _span(state: State, thing: Thing, need: str, covers: str) -> Span:
    """What is carried out: to its actual end, else to its planned one, and no longer than it is decided (C2.2).

    Where the planned end has passed and nobody has recorded the ending, two things are true. It is carried out
    until somebody says otherwise, so it covers up to today (rules C2.1): its end is not known, it is to be
    confirmed, and unconfirmed after 14 or 90 days, never a gap behind us (C2.3). But from tomorrow nothing is
    decided or agreed any more (C2.1, C2.2), and that gap must not fall silent because nobody has written.
    """
    decided = last_decided(state, thing)
    until, end = min((d for d in (thing.ended_on or thing.planned_end_on, decided) if d), default=None), "day"
    if until is None:
        end = "unknown" if thing in state.placements else _open_end(thing)
    elif thing.running and until < state.today:
        until, end = state.today, "passed"
    confirmed, term = max(_confirmations(state, thing, need)), thing.kind in TERMS and end == "day"
    known = (until, end, covers, confirmed, term)
    return Span(need, thing.kind, "carried_out", thing.from_on, *known, thing=str(thing.id))


def _open_end(thing: Thing) -> str:
    """A support without a last day goes on until further notice, unless it has to be confirmed (rules C3, C5)."""
    return "unknown" if thing.kind in TO_CONFIRM | INSECURE_HOMES else "further_notice"


def _confirmations(state: State, thing: Thing, need: str) -> Iterator[date]:
    """The days on which a support was known to run; *tonight* is a question about the home alone."""
    known = [thing.from_on, thing.planned_end_on, state.last_follow_up_on]
    known += [state.tonight_on] if need == HOUSING else []
    yield from (day for day in known if day and thing.from_on <= day <= state.today)
    yield thing.from_on


def _decided(state: State) -> Iterator[Span]:
    """Granted decisions: they cover ahead of today, where nothing has begun yet (rules C2.1)."""
    for decision in granted(state):
        if stopped(state, decision):
            continue
        entered, end = entered_on(state, decision), "day" if decision.planned_end_on else "further_notice"
        status, first = ("decided", entered) if entered else ("placeless", decision.from_on)
        for need in decision.meets or METHOD.interventions[decision.kind].meets:
            covers = _covers(decision, need)
            yield Span(need, decision.kind, status, first, decision.planned_end_on, end, covers)


def _planned(state: State) -> Iterator[Span]:
    """What is agreed covers ahead; what is proposed or applied for names the gap (rules C2.1).

    A sublet or a room without a last day is no surer before it has begun than it will be once it runs (rules C3).
    """
    for thing in state.planned.values():
        open_end = "unknown" if thing.kind in INSECURE_HOMES else "further_notice"
        end = "day" if thing.planned_end_on else open_end
        for need in thing.meets:
            covers = _covers(thing, need)
            known = (thing.from_on, thing.planned_end_on, end, covers)
            yield Span(need, thing.kind, str(thing.outcome), *known, term=thing.kind in TERMS)
