"""The plan drawn: rows of bars on one time axis, from the same sheet as the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django import template

from langsikt.access.sheets import PlanBar, PlanGap, PlanMark, PlanRow, PlanSheet
from langsikt.model.texts import Text
from langsikt.pages.templatetags.langsikt import day as day_of
from langsikt.pages.templatetags.langsikt import short_month, words

register = template.Library()

LANE = 38
BELOW = 18
LEAST = 60
# On an A4 on its side: what is left below its head, a line of text, what stands beside the rows, and the sizes.
ON_PAPER = 540
LINE = 17
LINE_LETTERS = 100
BESIDE = 145
SHARES = (100, 90, 80, 75, 70, 65, 60, 55, 50, 45)
MARK_LANE = 20
DAY = timedelta(days=1)
NARROW = 62
# The narrowest drawing, in letters: words that do not collide there collide nowhere.
LETTERS = 116
FOR_NOW = Text("tills vidare", "for now")
UNTIL = Text("t.o.m. {d}", "until {d}")
FROM = Text("från {d}", "from {d}")
UNPLANNED = Text("inte planerat än", "not planned yet")
NOBODY = Text("ingen ansvarig", "nobody responsible")
SPOKEN = Text("{seen}, {first} till {last}, ansvarig {who}", "{seen}, {first} to {last}, responsible: {who}")
SPOKEN_GAP = Text("{seen}, {need}. {why}", "{seen}, {need}. {why}")
Range = tuple[float, float]
# Two days at most: what ends on the day that the next begins shares its lane.
TOUCH = 0.5


@dataclass(frozen=True)
class Axis:
    """The days that the drawing covers, as per cent of its width."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """How far to the right a day begins, 0–100."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return round(100 * min(1.0, max(0.0, share)), 3)

    def over(self, first: date, last: date | None) -> Range:
        """From where to where some days reach; without a last day, to the edge."""
        start = self.at(first)
        return start, max(start + 0.4, self.at(last + DAY) if last else 100.0)


@dataclass(frozen=True)
class Drawn:
    """Something on the line with its words: a bar (above it), a gap or what is not planned yet (below it)."""

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
    why: str = ""
    drop: int = 0


@dataclass(frozen=True)
class DrawnRow:
    """A need area: its name, its bars in lanes, what is missing below the last of them, and its height."""

    row: PlanRow
    bars: tuple[Drawn, ...]
    gaps: tuple[Drawn, ...]
    unplanned: tuple[Drawn, ...]
    height: int


@dataclass(frozen=True)
class Tick:
    """A month on the axis, or a point on the line with its name and date."""

    x: float
    name: str
    note: str = ""
    kind: str = "month"
    y: int = 0
    anchor: str = "start"


@register.simple_tag
def plan_drawing(sheet: PlanSheet, today: date) -> dict[str, object]:
    """The geometry of the whole plan."""
    axis = Axis(sheet.first, sheet.last)
    marks = _marks(sheet, axis)
    rows = [_row(row, axis, today) for row in sheet.rows]
    return {
        "rows": rows,
        "print": _print_size(sheet, sum(row.height for row in rows) + MARK_LANE * len(marks)),
        "months": _months(axis),
        "today_x": axis.at(today),
        "marks": marks,
        "marks_height": max((m.y for m in marks), default=0) + MARK_LANE + 6,
    }


def _print_size(sheet: PlanSheet, height: int) -> str:
    """How small the drawing must be for one A4 on its side, with what else stands on that page."""
    said, top = _letters(sheet), sheet.header
    plate = bool(top.do_not_contact) + bool(top.never) + bool(top.maybe_watched)
    lines = plate + said // LINE_LETTERS + (len(sheet.gaps) + 1) // 2 + len(sheet.flags)
    beside = BESIDE + LINE * 2 * sum(len(row.notes) for row in sheet.rows)
    fits = [share for share in SHARES if (height + beside) * share <= 100 * (ON_PAPER - LINE * lines)]
    return f"print-{fits[0] if fits else SHARES[-1]}"


def _letters(sheet: PlanSheet) -> int:
    """How much of the person's own words stands on the page; each goal begins a line."""
    if sheet.goals:
        return sum(LINE_LETTERS + len(goal) for goal in sheet.goals[1:] if isinstance(goal, str))
    return len(sheet.own_words) if isinstance(sheet.own_words, str) else 0


# --- words that do not collide -----------------------------------------------------------------------


def _place(x: float, letters: int) -> tuple[str, Range]:
    """On which side of ``x`` words lie, and how far they reach, as per cent."""
    reach = 100 * (letters + 3) / LETTERS
    return ("end", (x - reach, x)) if x >= NARROW else ("start", (x, x + reach))


def _free(taken: Sequence[Sequence[Range]], *wanted: Range) -> int:
    """The first lane where nothing lies in the way; a new one when all are taken."""
    for number, lane in enumerate(taken):
        if not any(a < stop - TOUCH and start + TOUCH < b for start, stop in lane for a, b in wanted):
            return number
    return len(taken)


class Lanes:
    """Lanes that fill from the first, so that no two things in one lane touch."""

    def __init__(self) -> None:
        self.taken: list[list[Range]] = []

    def take(self, *wanted: Range) -> int:
        """The lane of something, which from then on is taken there."""
        number = _free(self.taken, *wanted)
        if number == len(self.taken):
            self.taken.append([])
        self.taken[number].extend(wanted)
        return number


# --- a row -------------------------------------------------------------------------------------------


def _row(row: PlanRow, axis: Axis, today: date) -> DrawnRow:
    who = words(row.who) if row.who else None
    shown = [bar for bar in row.bars if axis.first <= (bar.until_on or axis.last) and bar.from_on <= axis.last]
    bars, above, lines = [], Lanes(), Lanes()
    for bar in shown:
        drawn, reach = _bar(bar, axis, today, who)
        line = axis.over(bar.from_on, bar.until_on)
        lane = max(_free(lines.taken, line), _free(above.taken, reach))
        for lanes, wanted in ((lines, line), (above, reach)):
            lanes.taken.extend([] for _ in range(lane + 1 - len(lanes.taken)))
            lanes.taken[lane].append(wanted)
        bars.append(_lowered(drawn, LANE * lane))
    return _with_missing(row, axis, bars, lines.taken)


def _with_missing(row: PlanRow, axis: Axis, bars: list[Drawn], taken: list[list[Range]]) -> DrawnRow:
    """What is missing lies on the last line, or on one of its own where a bar that does not cover is in the way."""
    gaps = [g for g in row.gaps if g.from_on <= axis.last]
    unplanned = [(a, b) for a, b in row.not_planned if a <= axis.last]
    missing = [axis.over(g.from_on, g.until_on) for g in gaps] + [axis.over(a, b) for a, b in unplanned]
    last = max(0, len(taken) - 1)
    lane = last + 1 if taken and _free([taken[last]], *missing) and missing else last
    below = Lanes()
    drawn_gaps = [_gap(gap, axis, LANE * lane, below) for gap in gaps]
    drawn_rest = [_unplanned(a, b, axis, LANE * lane, below) for a, b in unplanned]
    height = max(LEAST, LANE * lane + LANE + BELOW * len(below.taken) + 8)
    return DrawnRow(row, tuple(bars), tuple(drawn_gaps), tuple(drawn_rest), height)


def _lowered(drawn: Drawn, y: int) -> Drawn:
    return Drawn(**{**drawn.__dict__, "y": y})


def _bar(bar: PlanBar, axis: Axis, today: date, who: str | None) -> tuple[Drawn, Range]:
    """A bar with its words above it, and how far they reach; what has ended has its words in the table."""
    start, stop = axis.over(bar.from_on, bar.until_on)
    x = max(start, axis.at(today)) if start < NARROW else start
    passed = bar.until_on is not None and bar.until_on < today
    name, note = words(bar.label), _note(bar, today)
    said = _spoken(bar, f"{name} {words(bar.status) if passed else note}", who)
    name, note = ("", "") if passed else (name, note)
    anchor, reach = _place(x, len(name) + len(note))
    reach = (x, x) if passed else reach
    why = " ".join(words(text) for text in bar.more)
    width = round(stop - start, 3)
    return Drawn(bar.id, name, note, bar.look, start, width, x, anchor, 0, said, why), reach


def _note(bar: PlanBar, today: date) -> str:
    """Status and date in few words: ``beslutad t.o.m. 30 nov``, ``planerad från 15 maj``."""
    status = words(bar.status).split(",")[0]
    if bar.look == "unknown":
        return status
    if bar.from_on > today:
        return f"{status} {words(FROM.filled(d=_short(bar.from_on)))}"
    if bar.until_on is None:
        return f"{status}, {words(FOR_NOW)}"
    return f"{status} {words(UNTIL.filled(d=_short(bar.until_on)))}"


def _spoken(bar: PlanBar, seen: str, who: str | None) -> str:
    """The whole of a bar for whoever hears it, what is seen of it first.

    *Mellanboende planerad från 15 juni, 15 juni 2026 till 14 december 2026, ansvarig Sara L*.
    """
    last = day_of(bar.until_on) if bar.until_on else words(FOR_NOW)
    return words(SPOKEN.filled(seen=seen, first=day_of(bar.from_on), last=last, who=who or words(NOBODY)))


def _gap(gap: PlanGap, axis: Axis, y: int, below: Lanes) -> Drawn:
    start, stop = axis.over(gap.from_on, gap.until_on)
    name, note = gap_title(gap), words(gap_length(gap))
    x = start if start < NARROW else stop
    anchor, reach = _place(x, len(name) + len(note))
    said = words(SPOKEN_GAP.filled(seen=f"{name} {note}", need=words(gap.need).lower(), why=gap.why))
    drop, width = BELOW * below.take(reach), round(stop - start, 3)
    return Drawn(gap.id, name, note, "gap", start, width, x, anchor, y, said, drop=drop)


def _unplanned(first: date, last: date, axis: Axis, y: int, below: Lanes) -> Drawn:
    start, stop = axis.over(first, last)
    name = words(UNPLANNED)
    x = max([start, *(end for _, end in below.taken[0] if end < stop - 8)]) if below.taken else start
    anchor, reach = _place(x, len(name))
    fits = stop - start > 8
    drop, width = BELOW * below.take(reach) if fits else 0, round(stop - start, 3)
    return Drawn("", name if fits else "", "", "unplanned", start, width, x, anchor, y, "", drop=drop)


def gap_title(gap: PlanGap) -> str:
    """``Glapp 1 maj–14 maj``."""
    return words(Text("Glapp {days}", "Gap {days}").filled(days=gap_days(gap)))


@register.filter
def gap_days(gap: PlanGap) -> str:
    """``1 maj–14 maj``, or ``från 18 mars`` when nothing takes over."""
    if gap.open_ended:
        return words(FROM.filled(d=_short(gap.from_on)))
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
def mark_day(mark: PlanMark) -> str:
    """``21 mars``; of one that is known by its month alone ``mars 2028``."""
    return f"{short_month(mark.on)} {mark.on.year}" if mark.month_only else _short(mark.on)


@register.filter
def lowered(text: Text) -> Text:
    """A name inside a sentence."""
    return Text(text.sv.lower(), text.en.lower())


def _short(day: date) -> str:
    return f"{day.day} {short_month(day)}"


# --- the axis ----------------------------------------------------------------------------------------


def _marks(sheet: PlanSheet, axis: Axis) -> list[Tick]:
    """The points with name and date, in as few lanes as let no two touch: two as a rule."""
    lanes, found = Lanes(), list[Tick]()
    for mark in sheet.marks:
        if not axis.first <= mark.on <= axis.last:
            continue
        x, name, note = axis.at(mark.on), words(mark.label), mark_day(mark)
        anchor, (a, b) = _place(x, len(name) + len(note) + 2)
        lane = lanes.take((a - 1.5, b + 1.5))
        found.append(Tick(x, name, note, mark.kind, MARK_LANE * lane, anchor))
    return found


def _months(axis: Axis) -> list[Tick]:
    found, day = list[Tick](), axis.first
    months = (axis.last.year - axis.first.year) * 12 + axis.last.month - axis.first.month
    step = 1 if months < 16 else 2 if months < 30 else 3
    while day < axis.last:
        year = f" {day.year}" if not found or day.month <= step else ""
        found.append(Tick(axis.at(day), f"{short_month(day)}{year}" if axis.at(day) < 95 else ""))
        for _ in range(step):
            day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return found


@register.filter
def add_share(x: float, width: float) -> float:
    """Where something ends, as per cent."""
    return round(x + width, 3)
