"""*Min plan* seen: days and kinds for the three core needs, the person's own goals, and nothing that tells where."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from langsikt.access.people import marks
from langsikt.access.sheets import Actor, CaseHeader
from langsikt.access.window.case import Sight, header, look
from langsikt.model.continuity import axis, stretches
from langsikt.model.leaflet import may_leave
from langsikt.model.load import METHOD
from langsikt.model.plan import plan_of
from langsikt.model.state import State

POINTS = 4


@dataclass(frozen=True)
class LeafletPoint:
    """A run of days of one need. ``status`` is that of the plan; ``until_on`` None: no known end."""

    from_on: date
    until_on: date | None
    status: str
    kind: str


@dataclass(frozen=True)
class LeafletNeed:
    """A core need: what holds now, and what after it."""

    need: str
    points: tuple[LeafletPoint, ...]


@dataclass(frozen=True)
class LeafletSheet:
    """What the leaflet is made of. ``left_out`` counts goals whose words may not leave the house."""

    header: CaseHeader
    needs: tuple[LeafletNeed, ...]
    goals: tuple[str, ...]
    left_out: int
    contact: str | None
    next_on: date | None


def leaflet(actor: Actor, reference: str, now: datetime) -> LeafletSheet:
    """What *Min plan* says of a case. Raises NotFound."""
    return look(actor, reference, now, "look_leaflet", _sheet)


def _sheet(sight: Sight) -> LeafletSheet:
    state, top = sight.state, header(sight)
    said = list(_goals(sight)) if sight.sees_text else []
    known = [mark for mark, _, _ in marks().values()]
    goals = tuple(words for words in said if may_leave(words, known))
    contact = (top.case_worker or "").split(" ")[0] or None
    days = [day for day in (state.next_contact_on, state.next_follow_up_on) if day and day >= state.today]
    needs = tuple(LeafletNeed(need.key, points_of(state, need.key)) for need in METHOD.needs.values() if need.core)
    return LeafletSheet(top, needs, goals, len(said) - len(goals), contact, min(days, default=None))


def _goals(sight: Sight) -> Iterator[str]:
    for goal in sight.state.active_goals:
        noun = sight.record.standing(goal.id)
        words = sight.value(noun, "goal_line", 2) if noun else None
        if isinstance(words, str):
            yield words


def points_of(state: State, need: str) -> tuple[LeafletPoint, ...]:
    """Today's answer and the next ones; what the plan cannot say yet, after what is counted, is one with the gap."""
    plan = plan_of(state)
    found: list[LeafletPoint] = []
    for stretch in stretches(plan, need):
        if stretch.until_on < plan.today:
            continue
        status = "gap" if stretch.status == "not_planned" else stretch.status
        last = None if stretch.until_on == axis(plan)[1] else stretch.until_on
        if found and (found[-1].status, found[-1].kind) == (status, stretch.why):
            found[-1] = LeafletPoint(found[-1].from_on, last, status, stretch.why)
        else:
            found.append(LeafletPoint(max(stretch.from_on, plan.today), last, status, stretch.why))
    return tuple(found[:POINTS])
