"""The gaps of *Min dag* in words, and drawn over the coming 90 days on one shared scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django import template

from langsikt.access.list_sheets import GapRow
from langsikt.model.ahead import DAYS_AHEAD
from langsikt.model.texts import Text
from langsikt.model.why import COULD_NOT_YET
from langsikt.pages.templatetags.langsikt import MONTHS, distance, language, words
from langsikt.pages.templatetags.planmap import Axis, Tick

register = template.Library()

DAY = timedelta(days=1)
FEW = 5
NARROWEST = 0.6
LAST_NAME = 88  # per cent: a month that begins later has no room for its name
FIRST_NAME = 10  # nor one that begins beside the word for today


@dataclass(frozen=True)
class Drawn:
    """One piece of a lane, in per cent of its width."""

    look: str
    x: float
    width: float

    @property
    def end(self) -> float:
        """Where it ends."""
        return round(self.x + self.width, 3)


@dataclass(frozen=True)
class Line:
    """A gap with its lane."""

    gap: GapRow
    pieces: tuple[Drawn, ...]


@register.simple_tag
def gap_drawing(gaps: Sequence[GapRow], today: date) -> dict[str, object]:
    """The lanes and the ticks of the scale: drawn from the rows themselves."""
    axis = Axis(today, today + DAYS_AHEAD * DAY)
    lines = [Line(gap, tuple(_pieces(gap, axis))) for gap in gaps]
    return {"few": lines[:FEW], "more": lines[FEW:], "ticks": _ticks(axis)}


def _pieces(gap: GapRow, axis: Axis) -> list[Drawn]:
    drawn = [p for p in gap.lane if p.look]
    starts = [(p.look, axis.at(p.from_on), axis.at(p.until_on + DAY)) for p in drawn]
    return [Drawn(look, x, max(NARROWEST, round(end - x, 3))) for look, x, end in starts]


def _ticks(axis: Axis) -> list[Tick]:
    found = [Tick(0.0, words(Text("i dag", "today")))]
    first = (axis.first.replace(day=28) + 4 * DAY).replace(day=1)
    while first <= axis.last:
        x = axis.at(first)
        name = f"1 {MONTHS[language()][first.month - 1]}" if FIRST_NAME < x < LAST_NAME else ""
        found.append(Tick(x, name))
        first = (first.replace(day=28) + 4 * DAY).replace(day=1)
    return found


@register.simple_tag
def gap_title(gap: GapRow, today: date) -> str:
    """``Bostad 1–14 maj``, ``Bostad från 18 mars`` when nothing takes over, ``Bostad från i dag``."""
    begun = gap.from_on <= today
    if gap.open_ended:
        first = words(Text("i dag", "today")) if begun else _day(gap.from_on)
        return words(Text("{need} från {d}", "{need} from {d}").filled(need=gap.need, d=first))
    if begun:
        return words(Text("{need} t.o.m. {d}", "{need} until {d}").filled(need=gap.need, d=_day(gap.until_on)))
    return f"{words(gap.need)} {_days(gap.from_on, gap.until_on)}"


def _days(first: date, last: date) -> str:
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    return f"{_day(first)} – {_day(last)}"


@register.filter
def gap_why(gap: GapRow, today: date) -> Text:
    """What ends, or how long it lasts; what the support is called stands in the plan, not in a list."""
    said = _lasting(gap, today)
    return COULD_NOT_YET.filled(said=said) if gap.could_not else said


def _lasting(gap: GapRow, today: date) -> Text:
    if not gap.open_ended:
        return _between(gap)
    if gap.from_on <= today or not gap.follows:
        return Text("Inget planerat", "Nothing planned")
    ends = distance((gap.from_on - DAY - today).days)
    if gap.housing:
        return Text("Boendet slutar {when}", "The home ends {when}").filled(when=ends)
    return Text("Stödet slutar {when}", "The support ends {when}").filled(when=ends)


def _between(gap: GapRow) -> Text:
    if gap.housing and gap.follows:
        if gap.days == 1:
            return Text("1 natt mellan två boenden", "1 night between two homes")
        return Text("{n} nätter mellan två boenden", "{n} nights between two homes").filled(n=gap.days)
    if gap.housing and gap.days == 1:
        return Text("1 natt före nästa boende", "1 night before the next home")
    if gap.housing:
        return Text("{n} nätter före nästa boende", "{n} nights before the next home").filled(n=gap.days)
    if gap.days == 1:
        return Text("1 dag utan stöd", "1 day without support")
    return Text("{n} dagar utan stöd", "{n} days without support").filled(n=gap.days)


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[language()][day.month - 1]}"
