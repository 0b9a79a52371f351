"""The dates of *Bevakningar* as a calendar file that tells nothing: days, and one of two words."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from langsikt.access.list_sheets import WatchRow
from langsikt.model.texts import Text

MEETING = Text("Möte", "Meeting")
WATCH = Text("Bevakning", "Reminder")
MAKER = "-//Kalender//SV"  # a calendar shows its maker: it names neither the product nor the office


def calendar(rows: Iterable[WatchRow], language: str, now: datetime) -> bytes:
    """All-day private events without reference, place or description (rules D8; ``ux.md`` 6.6).

    ``language`` is sv or en. The marks of the rows become the events' own: opaque, and the same the next time.
    """
    found = Calendar()
    found.add("prodid", MAKER)
    found.add("version", "2.0")
    for row in rows:
        event = Event()
        event.add("uid", row.mark)
        event.add("dtstamp", now)
        event.add("dtstart", row.on)
        event.add("dtend", row.on + timedelta(days=1))
        event.add("summary", (MEETING if row.meeting else WATCH).within(language))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        found.add_component(event)
    return bytes(found.to_ical())
