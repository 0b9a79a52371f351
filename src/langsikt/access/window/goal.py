"""The goals of a case as they are read: the person's own words, the five steps, and where each goal stands."""

from langsikt.access.sheets import GoalSheet, Masked
from langsikt.access.window.case import Sight
from langsikt.model.load import METHOD
from langsikt.model.state import Goal

LEVELS = ((-2, "goal_minus_two"), (-1, "goal_minus_one"), (0, "goal_zero"), (1, "goal_plus_one"), (2, "goal_plus_two"))


def goals_of(sight: Sight, every: bool = False) -> tuple[GoalSheet, ...]:
    """The goals that the person works on, or ``every`` goal there has been, in the order they were set."""
    goals = sight.state.goals if every else tuple(g for g in sight.state.goals if g.status != "reached")
    return tuple(_goal(sight, goal) for goal in goals)


def _goal(sight: Sight, goal: Goal) -> GoalSheet:
    noun = sight.record.standing(goal.id)
    levels: tuple[tuple[int, str | Masked | None], ...] = tuple(
        (level, sight.value(noun, field, 2)) for level, field in LEVELS
    )
    return GoalSheet(
        goal.id,
        sight.value(noun, "goal_line", 2),
        METHOD.needs[goal.need].name,
        goal.status,
        goal.level,
        goal.set_on,
        goal.scored_on,
        levels,
    )
