"""*Loggkontroll*: what a finding is called, how it is closed, when it is late, and the month's sample of a unit."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from langsikt.model import emergency
from langsikt.model.months import next_month
from langsikt.model.parse import STOCKHOLM
from langsikt.model.texts import Text
from langsikt.model.unusual import RULES

LOOKS_BACK = timedelta(days=35)
SAMPLE = "sample"
SAMPLE_SIZE = 20
SAMPLE_DAY = 10  # the sample of a month is done by this day of the next

OUTCOMES: dict[str, Text] = {
    "in_order": Text("I ordning", "In order"),
    "talk": Text("Samtal med den anställde", "Talk with the employee"),
    "report": Text("Anmäls", "Reported"),
}
SAMPLED = Text("Stickprov", "Random sample")


ASSESS, TOLD = "assess_readers", "names_told"
# B4.7: a name is told only after somebody has examined whether it may be (OSL), and the answer is written down.
ASSESSED: dict[str, Text] = {
    TOLD: Text("Ja, namnen kan lämnas ut", "Yes, names may be told"),
    "names_kept_danger": Text("Nej, det kan vara farligt för en medarbetare", "No, it may endanger an employee"),
    "names_kept": Text("Nej, av annat skäl", "No, for another reason"),
}


def rule_words(rule: str) -> Text:
    """What a finding is about."""
    return SAMPLED if rule == SAMPLE else RULES[rule][0]


def due_on(rule: str, at: datetime) -> date | None:
    """The last day of its review; None where none is set."""
    if rule == "emergency":
        return emergency.review_by(at)
    if rule == SAMPLE:
        return sample_by(at.astimezone(STOCKHOLM).date())
    return None


def sample_by(month: date) -> date:
    """The last day of the review of a month's sample."""
    return next_month(month).replace(day=SAMPLE_DAY)


def drawn(seed: str, entries: Iterable[UUID], most: int = SAMPLE_SIZE) -> list[UUID]:
    """The sample that a seed draws: the same seed and the same rows give the same sample, in any order.

    >>> from uuid import UUID
    >>> rows = [UUID(int=n) for n in range(100)]
    >>> drawn("frö", rows) == drawn("frö", reversed(rows)) != drawn("annat", rows)
    True
    """
    return sorted(entries, key=lambda entry: hashlib.sha256(f"{seed}|{entry}".encode()).digest())[:most]
