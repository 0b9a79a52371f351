"""The small drawings of *Trygghet*: a level over time as words and places, never a score; the table says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import template

from langsikt.model.contacts import Telephone
from langsikt.model.load import METHOD
from langsikt.model.texts import Text
from langsikt.pages.forms import BoundField, Form
from langsikt.pages.templatetags.horizon import short

register = template.Library()

ROW, HEAD, FOOT = 34, 12, 24
LEFT, RIGHT = 3.0, 94.0
APART = 9.0


@dataclass(frozen=True)
class Dot:
    """One day on the line: where, and the words below it when there is room."""

    x: float
    y: int
    words: str
    ring: bool
    mark: bool
    anchor: str


@dataclass(frozen=True)
class Stretch:
    """A stretch at one level, and the rise or fall to the next."""

    x: float
    until_x: float
    y: int
    next_y: int


@dataclass(frozen=True)
class Level:
    """A level by its word, from the highest down."""

    words: Text
    y: int


@register.simple_tag
def safety_line(points: Sequence[Any], field: str, today: date) -> dict[str, object]:
    """The geometry of a level over time: ``points`` with ``on`` and ``level``; nothing while the levels are hidden."""
    options = METHOD.fields[field].options
    shown = sorted((p for p in points if p.level is not None), key=lambda p: p.on)
    if not shown:
        return {}
    levels = [Level(o.text, _y(n, len(options))) for n, o in reversed(list(enumerate(options)))]
    first, last = shown[0].on, max(today, shown[-1].on)
    xs = [_x(p.on, first, last) for p in shown]
    ys = [_y(p.level, len(options)) for p in shown]
    return {
        "levels": levels,
        "dots": _dots(shown, xs, ys),
        "stretches": [
            Stretch(x, after_x, y, after_y)
            for x, after_x, y, after_y in zip(xs, [*xs[1:], RIGHT], ys, [*ys[1:], ys[-1]], strict=True)
        ],
        "marked": any(dot.mark for dot in _dots(shown, xs, ys)),
        "ringed": any(dot.ring for dot in _dots(shown, xs, ys)),
        "height": HEAD + ROW * len(options) + FOOT,
        "foot": HEAD + ROW * len(options) + 14,
    }


def _y(level: int, count: int) -> int:
    """How far down a level lies: the highest on top."""
    return HEAD + ROW * (count - 1 - level) + ROW // 2


def _x(on: date, first: date, last: date) -> float:
    days = max((last - first) / timedelta(days=1), 1.0)
    return round(LEFT + (RIGHT - LEFT) * ((on - first) / timedelta(days=1)) / days, 3)


def _dots(points: Sequence[Any], xs: Sequence[float], ys: Sequence[int]) -> list[Dot]:
    """A date below each dot that has room for one; the newest first, since it matters most."""
    told: list[float] = []
    found = []
    for point, x, y in reversed(list(zip(points, xs, ys, strict=True))):
        room = all(abs(x - other) > APART for other in told)
        told += [x] if room else []
        ring = getattr(point, "confirmed", False)
        mark = getattr(point, "imminent", False) or getattr(point, "worry", False)
        anchor = "end" if x > 100 - APART else "start" if x < APART else "middle"
        found.append(Dot(x, y, short(point.on) if room else "", ring, mark, anchor))
    return found[::-1]


@register.filter
def field(form: Form, name: str) -> BoundField | None:
    """One field of a form by its name."""
    return next((f for f in form.fields if f.name == name), None)


@register.simple_tag
def nights(today: date, value: str) -> list[tuple[str, Text, bool]]:
    """The chips of the last night: today and tomorrow, as the day that the form sends."""
    days = ((today, Text("I dag", "Today")), (today + timedelta(days=1), Text("I morgon", "Tomorrow")))
    return [(day.isoformat(), words, value == day.isoformat()) for day, words in days]


@register.filter
def is_stale(contact: Telephone, today: date) -> bool:
    """Whether a number is to be checked again before anybody relies on it."""
    return contact.is_stale(today)
