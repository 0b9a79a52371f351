"""How a made-up person's story is told: moments with raw form values, dated from today.

Raw values are what a form sends, save that a few words are filled in when the story is
laid in: ``now`` (the moment), ``today`` (its day), ``in:14`` (days after that day, ``in:-2``
before), ``day:+6`` (days after the real today), ``staff:sara.l``, ``place:Almen``, and
``@label`` for the thing that an earlier moment of the same story made. ``@label`` may
also end a key: ``outcome-@guide``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Raw = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Moment:
    """One thing that somebody recorded, ``days_ago`` at ``clock``."""

    days_ago: int
    clock: str
    who: str
    event: str
    raw: Raw = field(default_factory=dict)
    label: str = ""


@dataclass(frozen=True)
class Person:
    """A made-up person: ``situation`` is the report's, ``open_steps`` where the story stands at its end."""

    key: str
    situation: str
    open_steps: tuple[str, ...]
    story: tuple[Moment, ...]


def core(housing: str, occupation: str, social_support: str) -> dict[str, str | tuple[str, ...]]:
    """The states of the three core needs, as the form names them."""
    return {"need-housing": housing, "need-occupation": occupation, "need-social_support": social_support}


def granted(
    intervention: str, until: str, reasons: str, decider: str, **more: str | tuple[str, ...]
) -> dict[str, str | tuple[str, ...]]:
    """The form of a decision that grants ``intervention`` from the day it is made."""
    return {
        "intervention": intervention,
        "outcome": "granted",
        "legal_ground": "sol_11_1",
        "decided_on": "today",
        "from_on": "today",
        "until_on": until,
        "reasons": reasons,
        "decider": f"staff:{decider}",
        "delegation_point": "4.1",
        "consent": "on",
        "not_communicated_ground": "in_favour",
        "served_on": "today",
        **more,
    }
