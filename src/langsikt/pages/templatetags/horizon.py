"""The horizon: running supports of a case drawn as bars over twelve months, today marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django import template

from langsikt.access.sheets import Support
from langsikt.model.texts import Text
from langsikt.pages.templatetags.langsikt import short_month, words

register = template.Library()

DAYS_AHEAD = 330
ROW = 40
AFTER = 16
HEAD = 46


@dataclass(frozen=True)
class Span:
    """The days that the drawing covers, as per cent of its width."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """How far to the right a day lies, 0–100."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(100 * min(1.0, max(0.0, share)), 3)


@dataclass(frozen=True)
class Bar:
    """One support: where it lies, and the words above it."""

    name: str
    note: str
    look: str
    x: float
    width: float
    words_x: float
    y: int
    after_x: float | None
    after_words: str


@dataclass(frozen=True)
class Month:
    """A month's first day on the line."""

    x: float
    name: str


@register.simple_tag
def horizon(supports: Sequence[Support], today: date) -> dict[str, object]:
    """The geometry of the drawing: what runs, places first; what has ended stands in the table only."""
    span = Span((today.replace(day=1) - timedelta(days=1)).replace(day=1), today + timedelta(days=DAYS_AHEAD))
    running = sorted((s for s in supports if s.ended_on is None), key=lambda s: (s.kind != "placement", s.from_on))
    bars, y = [], HEAD
    for support in running:
        drawn = bar(support, span, today, y)
        bars.append(drawn)
        y += ROW + (AFTER if drawn.after_x else 0)
    return {
        "bars": bars,
        "months": months(span),
        "today_x": span.at(today),
        "height": y + 8,
    }


def bar(support: Support, span: Span, today: date, y: int) -> Bar:
    """One support as a bar; without a last day it thins out instead of ending."""
    end = support.planned_end_on
    start_x = span.at(support.from_on)
    end_x = span.at(end + timedelta(days=1)) if end else 100.0
    after = end_x if end and support.kind == "placement" and end_x < 80 else None
    return Bar(
        name=words(support.label),
        note=words(note(support)),
        look="certain" if end else "unknown",
        x=start_x,
        width=round(max(0.5, end_x - start_x), 3),
        words_x=max(start_x, span.at(today)),
        y=y,
        after_x=after,
        after_words=words(Text("inget bestämt efter", "nothing settled after")),
    )


def note(support: Support) -> Text:
    """What the dates say."""
    if support.planned_end_on:
        return Text("t.o.m. {d}", "until {d}").filled(d=short(support.planned_end_on))
    return Text("slut okänt", "end unknown")


def short(day: date) -> str:
    """``30 apr``."""
    return f"{day.day} {short_month(day)}"


def months(span: Span) -> list[Month]:
    """Every month's first day inside the span; the last one has no room for its name."""
    found, day = [], span.first
    while day < span.last:
        found.append(Month(span.at(day), short_month(day) if span.at(day) < 96 else ""))
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return found
