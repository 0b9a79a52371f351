"""*Min plan*: the plan in short words on a paper that anybody may find (``ux.md`` 2.13, visual.md *Leaflet*).

It names no place, no office, no number and no reason; kinds of support become everyday words, and what is not
settled says so. Nothing here is stored.
"""

from dataclasses import dataclass
from datetime import date

from langsikt.access.window.leaflet import LeafletNeed, LeafletPoint, LeafletSheet
from langsikt.model.texts import Text
from langsikt.model.why import MONTHS

TITLES = {
    "housing": Text("Hem", "Home"),
    "occupation": Text("Skola och jobb", "School and work"),
    "social_support": Text("Någon att prata med", "Someone to talk to"),
}
NOW = Text("Nu", "Now")
UNTIL = Text("{said} Det gäller till {day}.", "{said} It holds until {day}.")
UNCLEAR = Text("Inte klart än. Vi tar upp det när vi ses.", "Not settled yet. We talk about it when we meet.")
# What holds today, by need and by the kind that covers; the first that is found.
HERE = {
    "housing": Text("Du bor kvar där du bor.", "You stay where you live."),
    "occupation": Text("Du går kvar där du går.", "You go on where you are."),
    "social_support": Text("Du har en kontakt som du träffar.", "You have a contact whom you meet."),
}
NEXT = {
    "housing": Text("Du flyttar till ett nytt hem.", "You move to a new home."),
    "occupation": Text("Du börjar på något nytt.", "You start something new."),
    "social_support": Text("Du får en ny kontakt.", "You get a new contact."),
}
OTHERS = {
    "temporary": Text("Du bor där en kort tid.", "You stay there for a short time."),
    "neither": Text("Du bor där du är nu.", "You live where you are now."),
    "manages": Text("Det klarar du själv.", "You manage it on your own."),
    "no_need_now": Text("Det är bra som det är.", "It is good as it is."),
    "declines": Text("Du vill inte ha hjälp nu. Du kan ändra dig.", "You want no help now. You can change your mind."),
    "pause": Text("Det får vänta. Vi tar upp det igen.", "It can wait. We take it up again."),
    "not_assessed": Text("Vi har inte pratat om det än.", "We have not talked about it yet."),
    "bridged": Text("Det är lov. Sedan går det vidare.", "There is a break. Then it goes on."),
}
SETTLED = ("covered", "manages", "no_need_now", "bridged", "unconfirmed")
MEET = Text("{weekday} {day}.", "{weekday} {day}.")
NO_DAY = Text("Vi kommer överens om en ny dag.", "We agree on a new day.")
WEEKDAYS = (
    Text("Måndag", "Monday"),
    Text("Tisdag", "Tuesday"),
    Text("Onsdag", "Wednesday"),
    Text("Torsdag", "Thursday"),
    Text("Fredag", "Friday"),
    Text("Lördag", "Saturday"),
    Text("Söndag", "Sunday"),
)


@dataclass(frozen=True)
class Line:
    """A ring on the line and its words: filled when it is settled, empty when not."""

    when: Text
    words: Text
    settled: bool


@dataclass(frozen=True)
class Part:
    """One core need: what holds now, and what applies the day after."""

    title: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Leaflet:
    """The words of the two sides."""

    goals: tuple[str, ...]
    parts: tuple[Part, ...]
    contact: str | None
    meet: Text
    unsettled: bool
    made: Text


def leaflet(sheet: LeafletSheet, today: date) -> Leaflet:
    """The plan of the sheet in words for the person, made ``today``."""
    parts = tuple(Part(TITLES[need.need], _lines(need)) for need in sheet.needs if need.points)
    unsettled = any(not line.settled for part in parts for line in part.lines)
    return Leaflet(sheet.goals, parts, sheet.contact, _meeting(sheet.next_on), unsettled, _day(today))


def _lines(need: LeafletNeed) -> tuple[Line, ...]:
    """Now, and then: two lines at most, so that each need is one glance."""
    now, *later = need.points
    lines = [Line(NOW, _with_end(_said(need.need, now, HERE), now), now.status in SETTLED)]
    if later:
        after = later[0]
        words = _with_end(_said(need.need, after, NEXT), after)
        lines.append(Line(_day(after.from_on), words, after.status in SETTLED))
    return tuple(lines)


def _said(need: str, point: LeafletPoint, words: dict[str, Text]) -> Text:
    if point.status == "covered":
        return words[need]
    if point.status == "unconfirmed":
        return HERE[need]
    return OTHERS.get(point.status, UNCLEAR)


def _with_end(said: Text, point: LeafletPoint) -> Text:
    if point.status != "covered" or point.until_on is None:
        return said
    return UNTIL.filled(said=said, day=_day(point.until_on))


def _meeting(day: date | None) -> Text:
    return MEET.filled(weekday=WEEKDAYS[day.weekday()], day=_day(day)) if day else NO_DAY


def _day(day: date) -> Text:
    """``1 maj``; the year is left out, as one says it."""
    return Text("{d} {month}", "{d} {month}").filled(d=day.day, month=MONTHS[day.month - 1])
