"""18 and 21 as milestones, derived from the personal number once: the month, never the day (ADR 0014).

An exact birthday points out a person beside a reference; the month is enough to plan by, so that lists need no key.
"""

from datetime import date
from uuid import UUID, uuid5

from langsikt.model.state import Milestone, State, replace

AGES = {"turns_18": 18, "turns_21": 21}


def months_of(number: str) -> dict[str, date]:
    """The first day of the months in which somebody with this personal or coordination number turns 18 and 21.

    >>> months_of("20070321-2399")["turns_21"]
    datetime.date(2028, 3, 1)
    """
    year, month = int(number[:4]), int(number[4:6])
    return {kind: date(year + age, month, 1) for kind, age in AGES.items()}


def coming_of_age(state: State, months: dict[str, date], on: date, said: UUID) -> State:
    """The case with the ages that were still to come ``on`` the day the number was written down as milestones.

    One that somebody has typed stands; one that was derived before gives way, for a number may be corrected.
    """
    typed = tuple(m for m in state.milestones if not m.month_only)
    kinds = {m.kind for m in typed}
    ahead = {k: month for k, month in months.items() if k not in kinds and month >= on.replace(day=1)}
    derived = tuple(Milestone(uuid5(said, kind), kind, month, month_only=True) for kind, month in ahead.items())
    return replace(state, milestones=(*typed, *derived))
