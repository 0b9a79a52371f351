"""*Senare*: what of *Min dag* may be put off, until when at most, and what asks for a reason."""

from dataclasses import dataclass
from datetime import date, timedelta

from langsikt.model.texts import Text

AT_MOST_DAYS = 7
# What may be put off at all. What concerns tonight, the day after, the acute questions, a gap, the risk or how
# to reach the person safely is not here, nor is anything that nobody has thought of: its row stays.
MAY_WAIT = frozenset(
    {"ends", "needs_after", "follow_up", "needs", "conclude", "coordinated_plan", "contact_person", "waiting"}
)
# Their day says since when, not by when: nothing is missed by waiting a week more.
SINCE = frozenset({"needs", "conclude", "coordinated_plan", "contact_person", "waiting"})
REASONS = {
    "booked": Text("En tid är bokad", "A time is booked"),
    "person_waits": Text("Personen vill vänta", "The person wants to wait"),
    "not_reached": Text("Inte nådd på det säkra sättet", "Not reached by the safe way"),
    "not_safe": Text("Inte säkert att ta kontakt nu", "Not safe to make contact now"),
}


@dataclass(frozen=True)
class Later:
    """How far a row may be put off; ``asks_why`` where it concerns safety in the wider sense."""

    until: date
    asks_why: bool


def later(kind: str, due_on: date | None, today: date) -> Later | None:
    """Until when a row may wait: at most its own day; None for a row that may not.

    A follow-up that is late may wait a week more, with a reason chosen (``ux.md`` 2.3; rules B2.1).
    """
    if kind not in MAY_WAIT:
        return None
    if kind in SINCE or due_on is None:
        return Later(today + timedelta(days=AT_MOST_DAYS), False)
    if due_on > today:
        return Later(due_on, False)
    return Later(today + timedelta(days=AT_MOST_DAYS), True) if kind == "follow_up" else None


def days_offered(most: date, today: date) -> list[tuple[date, Text]]:
    """The days to choose from with one press: tomorrow, in three days, the next Monday; none after ``most``."""
    monday = today + timedelta(days=7 - today.weekday())
    offered = (
        (today + timedelta(days=1), Text("I morgon", "Tomorrow")),
        (today + timedelta(days=3), Text("Om 3 dagar", "In 3 days")),
        (monday, Text("Nästa vecka", "Next week")),
    )
    found: dict[date, Text] = {}
    for day, words in offered:
        if day <= most:
            found.setdefault(day, words)
    return sorted(found.items())
