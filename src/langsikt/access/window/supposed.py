"""*Vad händer om …*: a plan as it would be, what that does to the gaps, and the form that makes it true."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from langsikt.access.sheets import PlanGap, PlanWay, Supposed
from langsikt.model.continuity import HOUSING, Plan, Stretch, axis
from langsikt.model.due import name_of
from langsikt.model.load import METHOD
from langsikt.model.plan import gaps_of, holes, needs_shown, plan_of, supposing, supposing_more
from langsikt.model.state import State, Thing
from langsikt.model.texts import Text
from langsikt.model.why import day_in_words, says, why

COUNTED = 120
ALL_AFTER = Text("{said} Det som är planerat efter flyttas med.", "{said} What is planned after it moves along.")
ENDING_ON = Text("Om {what} slutar {day}:", "If {what} ends on {day}:")
STARTING_ON = Text("Om {what} pågår {first}–{last}:", "If {what} runs {first}–{last}:")
FOR_NOW = Text("tills vidare", "until further notice")
Way = Callable[..., PlanWay | None]


@dataclass(frozen=True)
class WhatIf:
    """Something supposed: ``thing`` with another last day, or one more support of a ``kind`` from–to.

    ``all_after``: what is planned after the thing moves by as many days.
    """

    thing: UUID | None = None
    kind: str = ""
    from_on: date | None = None
    until_on: date | None = None
    all_after: bool = False


def movable(state: State) -> list[Thing]:
    """The supports whose last day one may suppose to be another."""
    return [*state.running, *state.planned.values()]


def supposed(state: State, what_if: WhatIf | None) -> tuple[State, Supposed | None]:
    """The state as it would be, and the difference it makes to the gaps."""
    found = _imagined(state, what_if) if what_if else None
    if found is None:
        return state, None
    there, words = found
    before, after = _gap_set(state), _gap_set(there)
    new = tuple(gap for key, gap in after.items() if key not in before)
    covered = tuple(gap for key, gap in before.items() if key not in after)
    was, becomes = _sayings(state), _sayings(there)
    return there, Supposed(words, new, covered, tuple(s for need, s in becomes.items() if s != was.get(need)))


def _imagined(state: State, what_if: WhatIf) -> tuple[State, Text] | None:
    """The supposed state and the supposition in words; None when it speaks of nothing known."""
    thing = next((t for t in movable(state) if t.id == what_if.thing), None)
    if thing and what_if.until_on:
        words = ENDING_ON.filled(what=_low(name_of(thing)), day=day_in_words(what_if.until_on))
        words = ALL_AFTER.filled(said=words) if what_if.all_after else words
        return supposing(state, thing.id, what_if.until_on, what_if.all_after), words
    insats = METHOD.interventions.get(what_if.kind)
    first, last = what_if.from_on, what_if.until_on
    if insats is None or first is None or (last and last < first):
        return None
    until = day_in_words(last) if last else FOR_NOW
    words = STARTING_ON.filled(what=_low(insats.name), first=day_in_words(first), last=until)
    return supposing_more(state, insats.key, first, last), words


def way_to(way: Way, state: State, what_if: WhatIf) -> PlanWay | None:
    """The form that makes the supposition true, filled in; the follow-up for what it alone can change."""
    last, after = what_if.until_on, "&move_after=on" if what_if.all_after else ""
    if what_if.thing is None:
        until = f"until_on={last}" if last else "until_further_notice=on"
        return way("plan_support", query=f"intervention={what_if.kind}&from_on={what_if.from_on}&{until}")
    thing = next(t for t in movable(state) if t.id == what_if.thing)
    if thing in state.running_placements:
        return way("extend_placement", query=f"placement={thing.id}&planned_end_on={last}{after}")
    if thing in state.running_interventions:
        return way("follow_up", query=f"stod={thing.id}&till={last}{after}")
    known = f"intervention={thing.kind}&plan_status={thing.outcome}&from_on={thing.from_on}&until_on={last}"
    return way("plan_support", query=known + after)


def _gap_set(state: State) -> dict[tuple[str, object, object], PlanGap]:
    reckoned = plan_of(state, COUNTED)
    return {(g.need, g.from_on, g.until_on): plan_gap(reckoned, g) for g in gaps_of(state)}


def _sayings(state: State) -> dict[str, Text]:
    reckoned = plan_of(state)
    return {need: says(reckoned, need) for need in needs_shown(state) if METHOD.needs[need].core}


def plan_gap(plan: Plan, gap: Stretch) -> PlanGap:
    """A gap in words and days; where the next support begins after what is counted, the whole way there."""
    hole = next((h for h in holes(plan, gap.need) if h.from_on <= gap.from_on <= h.until_on), gap)
    whole = hole if hole.after else gap
    return PlanGap(
        id=f"glapp-{gap.need}-{gap.from_on.isoformat()}",
        need=METHOD.needs[gap.need].name,
        housing=gap.need == HOUSING,
        from_on=whole.from_on,
        until_on=whole.until_on,
        days=whole.days,
        open_ended=hole.until_on == axis(plan)[1],
        after=METHOD.interventions[hole.after].name if hole.after else None,
        why=why(whole),
    )


def _low(name: Text) -> Text:
    return Text(name.sv.lower(), name.en.lower())
