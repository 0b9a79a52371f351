"""The drawings of *Team*: gaps of many cases on one scale of 90 days, and bars beside the numbers of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django import template

from langsikt.access.window.caseload import Lengths
from langsikt.access.window.unit import DAYS, Part, TeamGap
from langsikt.model.caseload import whole
from langsikt.model.months import next_month
from langsikt.model.texts import Text
from langsikt.pages.templatetags.langsikt import short_month, words
from langsikt.pages.templatetags.planmap import DAY, Axis, gap_days, gap_length

register = template.Library()
LAST_NAME = 92
THINNEST = 0.5


@dataclass(frozen=True)
class Drawn:
    """A stretch on the scale, as per cent of its width."""

    look: str
    x: float
    width: float


@dataclass(frozen=True)
class DrawnGap:
    """A row of the drawing: the words, and the stretches that say the same."""

    row: TeamGap
    title: str
    note: str
    parts: tuple[Drawn, ...]


@register.simple_tag
def gap_scale(today: date) -> list[tuple[float, str]]:
    """Today and each first of a month on the scale, with its name where there is room."""
    axis = _axis(today)
    marks, day = [(0.0, words(Text("i dag", "today")))], next_month(today)
    while day <= axis.last:
        x = axis.at(day)
        marks.append((x, f"{day.day} {short_month(day)}" if 12 < x < LAST_NAME else ""))
        day = next_month(day)
    return marks


@register.simple_tag
def drawn_gap(row: TeamGap, today: date) -> DrawnGap:
    """One row of the drawing."""
    axis = _axis(today)
    several = Text(" och ", " and ")
    title = f"{words(row.need)} {words(several).join(gap_days(gap) for gap in row.gaps)}"
    note = words(several).join(words(gap_length(gap)) for gap in row.gaps)
    return DrawnGap(row, title, note, tuple(_drawn(part, axis) for part in row.parts))


def _axis(today: date) -> Axis:
    return Axis(today, today + timedelta(days=DAYS))


def _drawn(part: Part, axis: Axis) -> Drawn:
    start, stop = axis.at(part.from_on), axis.at(part.until_on + DAY)
    return Drawn(part.look, start, max(THINNEST, round(stop - start, 3)))


@register.simple_tag
def share(number: int, numbers: Sequence[int]) -> float:
    """The length of a bar as per cent of the longest; nothing for nothing."""
    most = max(numbers, default=0)
    return round(100 * number / most, 1) if most else 0.0


@register.filter
def lengths_said(lengths: Lengths) -> Text:
    """``Median 28 dagar, året före 21.``"""
    if lengths.median is None:
        return Text("Inga beslut med slutdatum på 12 månader.", "No decisions with an end in 12 months.")
    if lengths.median_before is None:
        only = Text("Median {n} dagar, året före inget beslut.", "Median {n} days, no decision the year before.")
        return only.filled(n=whole(lengths.median))
    both = Text("Median {n} dagar, året före {before}.", "Median {n} days, the year before {before}.")
    return both.filled(n=whole(lengths.median), before=whole(lengths.median_before))


@register.filter
def numbers_of(rows: Sequence[tuple[Text, int, int]]) -> list[int]:
    """Every number of a table of lengths, so that the bars of both years are on one scale."""
    return [number for row in rows for number in row[1:]]
