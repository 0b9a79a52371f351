"""What the pages of goals, responsibility and waiting say beside the common words."""

from datetime import date
from typing import Any

from django import template

from langsikt.access.sheets import GoalSheet, Possible
from langsikt.model.goals import MOST_AT_A_TIME
from langsikt.model.load import METHOD
from langsikt.model.texts import Text
from langsikt.pages.templatetags.langsikt import PLAIN_DAYS, as_day, day, words

register = template.Library()


@register.filter
def can(actions: tuple[Possible, ...], event: str) -> Possible | None:
    """The event among those that the reader may do now; None when it is not."""
    return next((action for action in actions if action.event == event), None)


@register.filter
def is_crowded(goals: tuple[GoalSheet, ...]) -> bool:
    """Whether one more goal would be the fourth at a time."""
    return sum(goal.status in ("not_begun", "under_way") for goal in goals) >= MOST_AT_A_TIME


@register.filter
def level_word(level: int) -> str:
    """``−2`` to ``+2``, with a minus sign that is read as one."""
    return f"+{level}" if level > 0 else f"−{-level}" if level else "0"


@register.simple_tag
def goal_statuses() -> list[tuple[str, Text]]:
    """The four words for how it is with a goal."""
    return [(option.value, option.text) for option in METHOD.fields["goal_status"].options]


@register.filter
def score_status(status: str) -> str:
    """A goal that has not begun and gets a place on its scale is under way; any other stays as it is."""
    return "under_way" if status == "not_begun" else status


@register.filter
def days_long(days: int) -> str:
    """``74 dagar``."""
    return words(Text("1 dag", "1 day") if days == 1 else Text("{n} dagar", "{n} days").filled(n=days))


@register.simple_tag(takes_context=True)
def whole_day(context: Any, value: date) -> str:
    """``9 september``, with the year when it is more than ten months off."""
    found = as_day(value)
    far = abs((found - context["today"]).days) > PLAIN_DAYS
    return day(found) if far else day(found).rsplit(" ", 1)[0]
