"""Goals and skills over time: where each goal has stood, and what has changed in the skills map (R9, R23)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from langsikt.model.fold import ordered
from langsikt.model.state import Goal, Happening

MOST_AT_A_TIME = 3
LEVELS = (-2, -1, 0, 1, 2)
# What goes on first, what is done last; within each the person's own order, which the state keeps.
ORDER = (("under_way", "not_begun"), ("paused",), ("reached",))


@dataclass(frozen=True)
class Score:
    """What was said of a goal on a day; None where the level or the status was not said. ``event`` is who says it."""

    on: date
    level: int | None
    status: str | None
    event: UUID


@dataclass(frozen=True)
class SkillsMap:
    """The skills map as it was last written, and as it stood before that."""

    on: date
    now: Mapping[str, str]
    before_on: date | None
    before: Mapping[str, str]

    def changed(self, skill: str) -> bool:
        """Whether the answer is another one than last time; an answer to what was never asked before is one too."""
        return self.before_on is not None and self.now.get(skill) != self.before.get(skill)


def in_order(goals: Iterable[Goal]) -> list[Goal]:
    """The goals as they are listed everywhere: what goes on, rests and is done, each in the person's own order (R9)."""
    listed = list(goals)
    return [goal for together in ORDER for goal in listed if goal.status in together]


def room_for_more(goals: Iterable[Goal]) -> bool:
    """Whether one more goal makes at most three at a time; more than that is the person's own choice."""
    return sum(goal.active for goal in goals) < MOST_AT_A_TIME


def scores_of(happenings: Sequence[Happening]) -> dict[UUID, tuple[Score, ...]]:
    """What has been said of each goal, the oldest first: by itself or in a follow-up, corrections taken in."""
    found: dict[UUID, list[Score]] = {}
    for h in ordered(happenings):
        for goal, level, status in _said(h):
            found.setdefault(goal, []).append(Score(h.happened_at.date(), level, status, h.id))
    return {goal: tuple(scores) for goal, scores in found.items()}


def _said(h: Happening) -> list[tuple[UUID, int | None, str | None]]:
    facts = cast(Any, h.facts)
    if h.name == "score_goal":
        return [(facts["goal"], int(facts["goal_level"]) if facts.get("goal_level") else None, facts["goal_status"])]
    if h.name == "follow_up":
        return [(goal, level, status) for goal, (level, status) in (facts.get("goal_scores") or {}).items()]
    return []


def skills_map(happenings: Sequence[Happening]) -> SkillsMap | None:
    """The map with what it was before the last time; None when nobody has written one."""
    found: SkillsMap | None = None
    for h in ordered(happenings):
        if h.name == "record_skills":
            said = cast(Any, h.facts).get("skills") or {}
            before = found.now if found else {}
            found = SkillsMap(h.happened_at.date(), {**before, **said}, found.on if found else None, before)
    return found
