"""Turns a told story into moments of this year and the form values that were sent then."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from devtools.people import DUTY_UNIT, STAFF
from devtools.stories.telling import Moment, Person, Raw

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NIGHT_STAFF = frozenset(member.username for member in STAFF if member.unit == DUTY_UNIT)
SATURDAY = 5
_DAYS = re.compile(r"(in|day):([+-]?\d+)")
_NAMED = re.compile(r"(staff|place):(.+)")

Find = Callable[[str, str], UUID]
"""The id of a staff member or a dwelling: ``find("staff", "sara.l")``."""


def moments(person: Person, now: datetime) -> Iterator[tuple[datetime, Moment]]:
    """Each moment of the story with its time: before ``now``, in order, office hours on weekdays only."""
    local = now.astimezone(STOCKHOLM)
    last: datetime | None = None
    for index, moment in enumerate(person.story):
        latest = local - timedelta(minutes=2 * (len(person.story) - index))
        at = min(_at(moment, local), latest)
        last = max(at, last + timedelta(minutes=1)) if last else at
        yield last, moment


def _at(moment: Moment, local: datetime) -> datetime:
    at = datetime.combine(local.date() - timedelta(days=moment.days_ago), time.fromisoformat(moment.clock), STOCKHOLM)
    if moment.who in NIGHT_STAFF:
        return at
    monday = at + timedelta(days=7 - at.weekday())
    if at.weekday() >= SATURDAY and monday.date() < local.date():
        return monday
    while at.weekday() >= SATURDAY or at > local:
        at -= timedelta(days=1)
    return at


def fill(raw: Raw, at: datetime, now: datetime, find: Find, things: Mapping[str, UUID]) -> dict[str, list[str]]:
    """The form values as they were sent at the moment ``at``."""
    today = now.astimezone(STOCKHOLM).date()

    def word(value: str) -> str:
        if value.startswith("@"):
            return str(things[value[1:]])
        named = _NAMED.fullmatch(value)
        return str(find(named[1], named[2])) if named else _date(value, at, today)

    return {
        _key(key, things): [word(v) for v in ((value,) if isinstance(value, str) else value)]
        for key, value in raw.items()
    }


def _key(key: str, things: Mapping[str, UUID]) -> str:
    head, mark, label = key.partition("@")
    return head + str(things[label]) if mark else key


def _date(value: str, at: datetime, today: date) -> str:
    if value == "now":
        return at.replace(tzinfo=None).isoformat(timespec="minutes")
    if value == "today":
        return at.date().isoformat()
    days = _DAYS.fullmatch(value)
    if not days:
        return value
    start = at.date() if days[1] == "in" else today
    return (start + timedelta(days=int(days[2]))).isoformat()
