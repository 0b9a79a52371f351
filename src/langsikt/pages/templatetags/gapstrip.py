"""The live strip drawn: the three core needs on one narrow axis, names above the line and gaps below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django import template

from langsikt.access.sheets import PlanBar, PlanRow, PlanSheet
from langsikt.model.texts import Text
from langsikt.pages.templatetags.langsikt import distance, short_month, words
from langsikt.pages.templatetags.planmap import Axis, gap_length, gap_title

register = template.Library()

DAYS = 122
LANE = 32
BELOW = 17
LETTERS = 42
DAY = timedelta(days=1)
TODAY = Text("I dag", "Today")
UNPLANNED = Text("inte planerat än", "not planned yet")
NOTHING = Text("Inget planerat", "Nothing planned")
Range = tuple[float, float]


@dataclass(frozen=True)
class StripPart:
    """A bar, a gap or what is not planned yet, with its words."""

    name: str
    look: str
    x: float
    width: float
    words_x: float
    anchor: str
    y: int
    drop: int = 0


@dataclass(frozen=True)
class StripRow:
    """One core need; ``said`` is the whole of it in words."""

    need: str
    label: Text
    bars: tuple[StripPart, ...]
    gaps: tuple[StripPart, ...]
    unplanned: tuple[StripPart, ...]
    height: int
    said: str


@register.simple_tag
def gap_strip(sheet: PlanSheet) -> dict[str, object]:
    """The geometry of the strip: from today, four months on."""
    axis = Axis(sheet.first, sheet.first + DAYS * DAY)
    return {"months": list(_months(axis)), "rows": [_row(row, axis) for row in sheet.rows]}


@register.filter
def how_far(value: date, today: date) -> str:
    """How far off a day is: ``om 49 dagar``."""
    return words(distance((value - today).days))


def _months(axis: Axis) -> Sequence[dict[str, object]]:
    found: list[dict[str, object]] = [{"x": 0, "name": words(TODAY), "first": True}]
    day = (axis.first.replace(day=28) + 4 * DAY).replace(day=1)
    while day < axis.last:
        x = axis.at(day)
        found.append({"x": x, "name": short_month(day) if 14 < x < 93 else "", "first": False})
        day = (day.replace(day=28) + 4 * DAY).replace(day=1)
    return found


def _words(x: float, name: str) -> tuple[float, str, Range]:
    """Where words begin or end so that they stay within the strip."""
    reach = 100 * (len(name) + 1) / LETTERS
    return (100.0, "end", (100 - reach, 100.0)) if x + reach > 100 else (x, "start", (x, x + reach))


def _lane(taken: list[list[Range]], *wanted: Range) -> int:
    """The first lane where nothing lies in the way; it is taken from then on."""
    for number, lane in enumerate(taken):
        if not any(a < stop and start < b for start, stop in lane for a, b in wanted):
            lane.extend(wanted)
            return number
    taken.append(list(wanted))
    return len(taken) - 1


def _row(row: PlanRow, axis: Axis) -> StripRow:
    shown = [b for b in row.bars if (b.until_on is None or b.until_on >= axis.first) and b.from_on <= axis.last]
    lanes: list[list[Range]] = []
    bars = tuple(_bar(bar, axis, lanes) for bar in sorted(shown, key=lambda b: b.from_on))
    missing = [axis.over(g.from_on, g.until_on) for g in row.gaps] + [axis.over(*days) for days in row.not_planned]
    bottom = [(bar.x, bar.x + bar.width) for bar in bars if bar.y == LANE * (len(lanes) - 1)]
    covered = any(a + 0.5 < stop and start + 0.5 < b for start, stop in bottom for a, b in missing)
    last, below = LANE * max(0, len(lanes) - (0 if covered else 1)), list[list[Range]]()
    gaps = tuple(
        _below(gap_title(g), axis.over(g.from_on, g.until_on), last, below) for g in row.gaps if g.from_on <= axis.last
    )
    rest = [(a, b) for a, b in row.not_planned if a <= axis.last]
    unplanned = tuple(_below(words(UNPLANNED), axis.over(a, b), last, below) for a, b in rest)
    height = last + LANE + BELOW * len(below) + 2
    return StripRow(row.need, row.label, bars, gaps, unplanned, height, _said(row, shown))


def _bar(bar: PlanBar, axis: Axis, lanes: list[list[Range]]) -> StripPart:
    start, stop = axis.over(max(bar.from_on, axis.first), bar.until_on)
    name = words(bar.label)
    x, anchor, reach = _words(start, name)
    lane = _lane(lanes, (min(start, reach[0]), max(stop - 0.5, reach[1]) if stop < 100 else max(stop, reach[1])))
    return StripPart(name, bar.look, start, round(stop - start, 3), x, anchor, LANE * lane)


def _below(name: str, over: Range, y: int, below: list[list[Range]]) -> StripPart:
    x, anchor, reach = _words(over[0], name)
    return StripPart(name, "gap", over[0], round(over[1] - over[0], 3), x, anchor, y, BELOW * _lane(below, reach))


def _said(row: PlanRow, shown: Sequence[PlanBar]) -> str:
    """The row for whoever hears it."""
    told = [f"{words(bar.label)}, {words(bar.status)}" for bar in shown]
    told += [f"{gap_title(gap)}, {words(gap_length(gap))}" for gap in row.gaps]
    return f"{words(row.label)}: {'; '.join(told) or words(NOTHING)}"
