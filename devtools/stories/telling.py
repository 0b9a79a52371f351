"""How a made-up person's story is told: moments with raw form values, dated from today.

Raw values are what a form sends, save that a few words are filled in when the story is
laid in: ``now`` (the moment), ``today`` (its day), ``in:14`` (days after that day, ``in:-2``
before), ``day:+6`` (days after the real today), ``staff:sara.l``, ``place:Almen``, and
``@label`` for the thing that an earlier moment of the same story made. ``@label`` may
also end a key: ``outcome-@guide``. A day that must be exact whatever the weekday is a ``day:``,
and its moment comes on that day or later: moments in office hours move to the Monday after.
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


def goal(
    line: str, need: str, status: str, scale: tuple[str, str, str, str, str] = ("", "", "", "", "")
) -> dict[str, str | tuple[str, ...]]:
    """The form of a goal in the person's own words; ``scale`` are the words for −2 to +2, where they were agreed."""
    steps = ("goal_minus_two", "goal_minus_one", "goal_zero", "goal_plus_one", "goal_plus_two")
    words = {step: said for step, said in zip(steps, scale, strict=True) if said}
    return {"goal_line": line, "goal_need": need, "goal_status": status, **words}


def who_does(area: str, unit: str, *, accepted: bool = False, **more: str) -> dict[str, str | tuple[str, ...]]:
    """The form that says which unit has ``area``; until it has said yes it is *väntar på svar*."""
    yes = {"accepted": "on"} if accepted else {}
    return {"responsible_area": area, "responsible_unit": unit, **yes, **more}
