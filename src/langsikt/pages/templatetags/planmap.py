"""The plan drawn: rows of bars on one time axis, from the same sheet as the table."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import template

from langsikt.access.sheets import PlanBar, PlanGap, PlanRow, PlanSheet
from langsikt.model.texts import Text
from langsikt.pages.templatetags.langsikt import short_month, words

register = template.Library()

LANE = 38
GAP_LANE = 16
DAY = timedelta(days=1)
NARROW = 62


@dataclass(frozen=True)
class Axis:
    """The days that the drawing covers, as per cent of its width."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """How far to the right a day begins, 0–100."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return round(100 * min(1.0, max(0.0, share)), 3)


@dataclass(frozen=True)
class DrawnBar:
    """A bar, or a gap, with the words above (gap: below) it."""

    id: str
    name: str
    note: str
    look: str
    x: float
    width: float
    words_x: float
    anchor: str
    y: int
    said: str


@dataclass(frozen=True)
class DrawnRow:
    """A need area: its name, its bars in lanes, its height, and where nothing is planned yet."""

    row: PlanRow
    bars: tuple[DrawnBar, ...]
    gaps: tuple[DrawnBar, ...]
    height: int
    unplanned_x: float | None
    line_y: int


@dataclass(frozen=True)
class Tick:
    """A month on the axis, or a point on the line."""

    x: float
    name: str
    kind: str = "month"
    lane: int = 0
    anchor: str = "start"


@register.simple_tag
def plan_drawing(sheet: PlanSheet, today: date) -> dict[str, object]:
    """The geometry of the whole plan."""
    axis = Axis(sheet.first, sheet.last)
    rows = [_row(row, axis, today) for row in sheet.rows]
    marks = [
        Tick(axis.at(m.on), f"{words(m.label)} {_short(m.on)}", m.kind, n % 3, _anchor(axis.at(m.on)))
        for n, m in enumerate(sheet.marks)
        if m.on <= sheet.last
    ]
    return {"rows": rows, "months": _months(axis), "today_x": axis.at(today), "marks": marks}


def _row(row: PlanRow, axis: Axis, today: date) -> DrawnRow:
    shown = [bar for bar in row.bars if bar.until_on is None or bar.until_on >= axis.first]
    lanes = _lanes(shown)
    bars = [_bar(bar, axis, today, LANE * lane) for bar, lane in zip(shown, lanes, strict=True)]
    last = LANE * max(lanes, default=0)
    gaps = tuple(_gap(gap, axis, last, n) for n, gap in enumerate(row.gaps))
    height = last + LANE + (GAP_LANE if gaps else 0) + 8
    unplanned = axis.at(row.not_planned_from) if row.not_planned_from and row.not_planned_from <= axis.last else None
    return DrawnRow(row, tuple(bars), gaps, height, unplanned, last + 25)


def _lanes(bars: list[PlanBar]) -> list[int]:
    """Bars that do not overlap share a lane."""
    ends: list[date] = []
    lanes = []
    for bar in bars:
        free = next((n for n, end in enumerate(ends) if end <= bar.from_on), len(ends))
        ends[free : free + 1] = [bar.until_on or date.max]
        lanes.append(free)
    return lanes


def _bar(bar: PlanBar, axis: Axis, today: date, y: int) -> DrawnBar:
    """A bar with its words above it; what has ended keeps its bar, and its words stand in the table."""
    start = axis.at(bar.from_on)
    stop = axis.at(bar.until_on + DAY) if bar.until_on else 100.0
    text_x = max(start, axis.at(today)) if start < NARROW else start
    note = words(Text("t.o.m. {d}", "until {d}").filled(d=_short(bar.until_on))) if bar.until_on else words(OPEN)
    said = f"{words(bar.label)}, {note}"
    passed = bar.until_on is not None and bar.until_on < today
    name, note = ("", "") if passed else (words(bar.label), note)
    width = max(0.4, round(stop - start, 3))
    return DrawnBar(bar.id, name, note, bar.look, start, width, text_x, _anchor(text_x), y, said)


OPEN = Text("utan slutdatum", "no end date")


def _gap(gap: PlanGap, axis: Axis, y: int, number: int) -> DrawnBar:
    start, stop = axis.at(gap.from_on), axis.at(gap.until_on + DAY)
    x = start if start < NARROW else stop
    name = words(Text("Glapp {days}", "Gap {days}").filled(days=gap_days(gap)))
    return DrawnBar(
        f"gap-{number}",
        name,
        words(gap_length(gap)),
        "gap",
        start,
        max(0.4, round(stop - start, 3)),
        x,
        _anchor(x),
        y,
        name,
    )


@register.filter
def gap_days(gap: PlanGap) -> str:
    """``1 maj–14 maj``, or ``från 18 mars`` when nothing takes over."""
    if gap.open_ended:
        return words(Text("från {d}", "from {d}").filled(d=_short(gap.from_on)))
    return f"{_short(gap.from_on)}–{_short(gap.until_on)}"


@register.filter
def gap_length(gap: PlanGap) -> Text:
    """How long the gap is: nights for a home, days otherwise; open when nothing takes over."""
    if gap.open_ended:
        return Text("inget planerat efter", "nothing planned after")
    if gap.housing:
        return Text("1 natt", "1 night") if gap.days == 1 else Text("{n} nätter", "{n} nights").filled(n=gap.days)
    return Text("1 dag", "1 day") if gap.days == 1 else Text("{n} dagar", "{n} days").filled(n=gap.days)


@register.filter
def lowered(text: Text) -> Text:
    """A name inside a sentence."""
    return Text(text.sv.lower(), text.en.lower())


@register.filter
def times(count: int, size: int) -> int:
    """A lane's number turned into its place."""
    return count * size


@register.filter
def day_before(day: date) -> date:
    """The day before."""
    return day - DAY


@register.filter
def day_following(day: date) -> date:
    """The day after."""
    return day + DAY


def _anchor(x: float) -> str:
    return "end" if x >= NARROW else "start"


def _short(day: date) -> str:
    return f"{day.day} {short_month(day)}"


def _months(axis: Axis) -> list[Tick]:
    found, day = [], axis.first
    step = 1 if (axis.last - axis.first).days < 500 else 3
    while day < axis.last:
        found.append(Tick(axis.at(day), short_month(day) if axis.at(day) < 97 else ""))
        for _ in range(step):
            day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return found
