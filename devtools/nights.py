"""What the log review of the demo has to look into: three nights with Nödöppna, and references that led nowhere."""

from contextlib import suppress
from datetime import datetime, timedelta

from devtools import people
from devtools.stories.filling import STOCKHOLM
from langsikt.access import outbox
from langsikt.access.errors import NotFound
from langsikt.access.window import case as cases
from langsikt.access.window import log_review as window
from langsikt.access.window.reveal import reveal
from langsikt.access.window.staff import actor_named
from langsikt.actions import emergency, log_review

REVIEWER, REVIEWED_AGO = "ingrid.f", 18
# Who opened, how many nights ago and when, why, and what was seen.
NIGHTS = (
    (people.SOFIA, 20, "23:40", "person_calls", "card"),
    (people.ALI, 6, "22:55", "roof_tonight", ""),
    (people.SOFIA, 2, "02:10", "police_or_care", "card"),
)
GUESSES = ("QRTX49", "QRTX94", "QRXT49", "QTRX49")


def nights(references: list[str], now: datetime) -> None:
    """Lays them in: ``references`` are the cases that are opened, one after the other. The oldest is reviewed."""
    for number, (who, ago, clock, why, field) in enumerate(NIGHTS):
        _night(who, references[number % len(references)], _at(now, ago, clock), why, field)
        if ago > REVIEWED_AGO:
            _review(_at(now, REVIEWED_AGO, "10:05"))
    for number, guess in enumerate(GUESSES):
        at = _at(now, 3, "16:20") + timedelta(minutes=2 * number)
        with suppress(NotFound):
            cases.overview(actor_named(people.DAVID, at), guess, at)


def _at(now: datetime, ago: int, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return (now - timedelta(days=ago)).astimezone(STOCKHOLM).replace(hour=hour, minute=minute, second=0, microsecond=0)


def _night(who: str, reference: str, at: datetime, why: str, field: str) -> None:
    """One opening and what was looked at. By the next morning those who work in the case have read the notice."""
    later = at + timedelta(minutes=4)
    emergency.open_emergency(actor_named(who, at), reference, "", why, True, at)
    if field:
        reveal(actor_named(who, later), reference, field, "", True, later)
    else:
        cases.history(actor_named(who, later), reference, later)
    for worker in (people.AMINA, people.JOHAN, people.ELIN, people.DAVID):
        outbox.mark_seen(actor_named(worker, later), at + timedelta(hours=9))


def _review(at: datetime) -> None:
    reviewer = actor_named(REVIEWER, at)
    for line in window.review(reviewer, at).waiting:
        log_review.sign_off(reviewer, line.id, "in_order", at)
    outbox.mark_seen(reviewer, at)
