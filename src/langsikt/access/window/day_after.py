"""Gaps while a follow-up is written: the plan as it would be, what changes in it, and the day after each support."""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from langsikt.access import journal, policy
from langsikt.access.errors import Refusal, RefusedByRight
from langsikt.access.look import acting
from langsikt.access.sheets import Actor, PlanGap, PlanSheet
from langsikt.access.window.case import Sight, sight_of
from langsikt.access.window.plan import plan_sheet
from langsikt.access.window.supposed import plan_gap
from langsikt.model.continuity import DayAfter, Plan, days_after, gaps_ahead
from langsikt.model.due import name_of
from langsikt.model.extension import periods_of, short_again
from langsikt.model.load import METHOD
from langsikt.model.outcome import END, EXTEND, Outcome, Raw, outcome_of
from langsikt.model.plan import plan_of, supposing_outcomes, with_a_move
from langsikt.model.shift import moved_with
from langsikt.model.state import State, Thing
from langsikt.model.texts import Text
from langsikt.model.why import day_in_words, says

ACTION = "suppose_follow_up"
SHOWN_MONTHS = 4
LONGER = timedelta(days=90)
DAY = timedelta(days=1)
CORE = tuple(need.key for need in METHOD.needs.values() if need.core)
HOW = {"agreed": Text("planerad", "planned"), "decided": Text("beslutad", "decided")}
NEXT = Text("{what}, {how} från {day}", "{what}, {how} from {day}")
GOES_ON = Text("{what} pågår", "{what} runs on")
SAME_DAY = Text("{what} slutar samma dag som inflyttningen, {day}.", "{what} ends on the day of the move, {day}.")


@dataclass(frozen=True)
class NeedNews:
    """What a follow-up would change for one core need. ``kind``: new, moved or covered gap, or says alone."""

    need: Text
    kind: str
    gap: PlanGap | None
    says: Text


@dataclass(frozen=True)
class SupportAfter:
    """The day after a support as the form stands: whether it is asked about, and what the plan answers.

    ``look`` is how the plan draws the answer. ``warning`` says that it ends with a move, ``about`` with which last
    day, and ``longer`` is the day that is then proposed; None where it goes on long enough as it is.
    """

    id: UUID
    label: Text
    on: date | None
    asked: bool
    answer: Text | None
    look: str
    said: str
    short: bool
    warning: Text | None = None
    about: str = ""
    longer: date | None = None
    keeps: bool = False

    @property
    def unanswered(self) -> bool:
        """Whether nobody, and nothing in the plan, says what applies."""
        return self.asked and self.answer is None and not self.said


@dataclass(frozen=True)
class GapSheet:
    """The live strip: the three core needs from today on, one line of news per need that changes, the days after."""

    plan: PlanSheet
    news: tuple[NeedNews, ...]
    after: tuple[SupportAfter, ...]

    @property
    def unanswered(self) -> int:
        """How many questions about the day after have no answer."""
        return sum(one.unanswered for one in self.after)


def supposed_gaps(actor: Actor, reference: str, raw: Raw, now: datetime) -> GapSheet:
    """The plan as it would be if the follow-up were saved as it is typed. Nothing is stored.

    Raises NotFound, the same for a hidden case and an absent one, and RefusedByRight; one journal row each.
    """
    try:
        with acting(actor, now):
            return _supposed(actor, reference, raw, now)
    except Refusal as refusal:
        with acting(actor, now):
            journal.write(actor, ACTION, type(refusal).__name__, now, typed=reference)
        refusal.journaled = True
        raise


def _supposed(actor: Actor, reference: str, raw: Raw, now: datetime) -> GapSheet:
    sight = sight_of(actor, reference, now)
    role = policy.acting_role(sight.relations, "follow_up")
    if role not in METHOD.events["follow_up"].who:
        raise RefusedByRight(Text("Du får inte skriva uppföljningen.", "You may not write the follow-up."))
    journal.write(actor, ACTION, "done", now, role=role, case_id=sight.record.root.id, klass=1)
    return gap_sheet(sight, raw)


def gap_sheet(sight: Sight, raw: Raw) -> GapSheet:
    """The strip for a form as it stands, in a look that is under way."""
    state = sight.state
    running = state.running
    said = {thing.id: outcome_of(raw, str(thing.id)) for thing in running}
    lasts = {i: one.last for i, one in said.items()}
    there = supposing_outcomes(state, lasts)
    if "on" in raw.get("move_after", ()):
        there = replace(there, planned={**there.planned, **moved_with(state, lasts)})
    bare = supposing_outcomes(state, {i: one.until for i, one in said.items()})
    supposed = copy(sight)
    supposed.state = there
    shown = plan_sheet(supposed, SHOWN_MONTHS)
    rows = tuple(row for row in shown.rows if row.core)
    drawn = replace(shown, first=state.today, rows=rows, marks=(), flags=())
    moves = {span.thing: span.last for span in with_a_move(plan_of(bare))}
    after = _days_after(plan_of(there))
    cards = tuple(_after(state, t, said[t.id], after.get(str(t.id)), moves.get(str(t.id))) for t in running)
    return GapSheet(drawn, tuple(_news(state, there)), cards)


# --- what changes ------------------------------------------------------------------------------------


def _news(before: State, there: State) -> Iterator[NeedNews]:
    """One line per core need that changes."""
    was, becomes = plan_of(before), plan_of(there)
    for need in CORE:
        old, new = _gaps(was, need), _gaps(becomes, need)
        kind, gap = _difference(old, new)
        said = says(becomes, need)
        if kind or said != says(was, need):
            yield NeedNews(METHOD.needs[need].name, kind or "says", gap, said)


def _gaps(plan: Plan, need: str) -> dict[tuple[date, date], PlanGap]:
    found = [plan_gap(plan, gap) for gap in gaps_ahead(plan, need)]
    return {(gap.from_on, gap.until_on): gap for gap in found}


def _difference(
    old: Mapping[tuple[date, date], PlanGap], new: Mapping[tuple[date, date], PlanGap]
) -> tuple[str, PlanGap | None]:
    """Whether a gap is new, covered, or another one than it was; and which."""
    came = [gap for key, gap in new.items() if key not in old]
    gone = [gap for key, gap in old.items() if key not in new]
    if came:
        return ("moved" if gone else "new"), came[0]
    return ("covered", gone[0]) if gone else ("", None)


# --- the day after -----------------------------------------------------------------------------------


def _days_after(plan: Plan) -> dict[str, tuple[Plan, DayAfter]]:
    """For each support, the day after in the first of the needs that it meets: what a home is asked for is a home."""
    found: dict[str, tuple[Plan, DayAfter]] = {}
    for after in days_after(plan):
        if after.span.thing:
            found.setdefault(after.span.thing, (plan, after))
    return found


def _after(
    state: State, thing: Thing, said: Outcome, found: tuple[Plan, DayAfter] | None, move: date | None
) -> SupportAfter:
    last = said.last or thing.planned_end_on
    answer, look = _answer(*found) if found else (None, "")
    near = found is not None and found[1].status in ("gap", "temporary", "neither")
    lengthened = said.outcome == EXTEND and said.until is not None
    sheet = SupportAfter(
        id=thing.id,
        label=name_of(thing),
        on=max(last, state.today) + DAY if last else None,
        asked=last is not None and (said.outcome == END or near or look != ""),
        answer=answer,
        look=look,
        said=said.after,
        short=lengthened and said.until is not None and short_again(periods_of(state, thing), said.until),
    )
    return _warned(sheet, said, move, thing.planned_end_on)


def _warned(sheet: SupportAfter, said: Outcome, move: date | None, planned: date | None) -> SupportAfter:
    """Support that would end with the move: the warning, and ninety days more as the proposal (``ux.md`` R7).

    Where it is planned to last that long, the proposal is that it goes on as it is.
    """
    if move is None:
        return sheet
    enough = planned is None or planned >= move + LONGER
    words = SAME_DAY.filled(what=sheet.label, day=day_in_words(move))
    about = said.until.isoformat() if said.until else "now"
    return replace(sheet, warning=words, about=about, longer=None if enough else move + LONGER, keeps=said.keeps)


def _answer(plan: Plan, after: DayAfter) -> tuple[Text | None, str]:
    """What the plan says of the day after, and how it is drawn; None when it says nothing."""
    if after.status in METHOD.need_states and after.status != "need":
        return METHOD.need_states[after.status].name, ""
    if after.successor is None or after.status not in ("covered", "bridged"):
        return None, ""
    name = METHOD.interventions[after.successor].name
    spans = [s for s in plan.spans if (s.need, s.kind) == (after.span.need, after.successor) and s.last >= after.on]
    later = sorted((s for s in spans if s.from_on > plan.today and s.status in HOW), key=lambda s: s.from_on)
    ahead = next(iter(later), None)
    if ahead is None:
        return GOES_ON.filled(what=name), "decided"
    return NEXT.filled(what=name, how=HOW[ahead.status], day=day_in_words(ahead.from_on)), ahead.status
