"""Nödöppna (rules B3.2): why somebody else's case may be opened, for how long, and when it must be reviewed."""

from datetime import date, datetime, timedelta

from langsikt.model.parse import STOCKHOLM
from langsikt.model.texts import Text
from langsikt.model.workdays import next_working_day

LASTS = timedelta(minutes=60)
MAY_GO_ON = timedelta(minutes=60)  # after the end: one press and no new reason
REVIEW_WORKING_DAYS = 3

REASONS: dict[str, Text] = {
    "danger": Text("Fara för liv eller hälsa just nu", "Danger to life or health right now"),
    "person_calls": Text("Personen hör av sig och det är akut", "The person makes contact and it is urgent"),
    "roof_tonight": Text("Personen saknar tak över huvudet i natt", "The person has no roof tonight"),
    "missing": Text("Personen är försvunnen", "The person is missing"),
    "police_or_care": Text("Polis eller vård behöver svar nu", "Police or care needs an answer now"),
    "worker_unreachable": Text(
        "Handläggare, vikarie och chef går inte att nå", "Case worker, stand-in and manager cannot be reached"
    ),
}


def review_by(opened_at: datetime) -> date:
    """The last day of the review: the third working day after the opening.

    >>> from datetime import UTC
    >>> review_by(datetime(2026, 12, 24, 19, tzinfo=UTC)).isoformat()
    '2026-12-30'
    """
    day = opened_at.astimezone(STOCKHOLM).date()
    for _ in range(REVIEW_WORKING_DAYS):
        day = next_working_day(day)
    return day


def minutes_left(until: datetime, now: datetime) -> int:
    """Whole minutes left, at least one while there is any time; 0 when it is over."""
    return max(0, -(-int((until - now).total_seconds()) // 60))
