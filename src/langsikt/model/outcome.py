"""What a follow-up says of one support, read from the form as it is typed; and the form as the door takes it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

Raw = Mapping[str, Sequence[str]]
EXTEND, CHANGE, END = "extend", "change", "end"
# What is picked for an extension: a day, another day typed beside, or the last day as it is.
OTHER, AS_NOW = "other", "now"
KEEP = "keep"
NAMED = re.compile(r"outcome-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
OPEN_YEARS = range(1990, 2101)


@dataclass(frozen=True)
class Outcome:
    """One support in the form: extend, change or end, its last day if that is another one, and what was said of it.

    ``after`` is what applies the day after. ``instead`` is a longer last day that was chosen where the support
    would end with a move; None where it was not chosen, or where the last day has changed since. ``goes_on``
    says that it is then to go on as it is, ``keeps`` that it ends with the move all the same.
    """

    outcome: str
    until: date | None = None
    after: str = ""
    why: str = ""
    instead: date | None = None
    goes_on: bool = False
    keeps: bool = False

    @property
    def last(self) -> date | None:
        """The last day if it is another one than today's plan says."""
        return None if self.goes_on else self.instead or self.until


def outcome_of(raw: Raw, thing: str) -> Outcome:
    """What the form says of a support. What cannot be read yet, a day half typed, counts as not said."""
    outcome = _last(raw, f"outcome-{thing}")
    until = _day(_until(raw, thing, outcome))
    after, why = _last(raw, f"outcome-after-{thing}"), _last(raw, f"outcome-reason-{thing}")
    about, _, longer = _last(raw, f"outcome-move-{thing}").partition("/")
    asked = until.isoformat() if until else AS_NOW
    settled = longer if about == asked else ""
    return Outcome(outcome, until, after, why, _day(settled), settled == AS_NOW, settled == KEEP)


def as_sent(raw: Raw) -> dict[str, list[str]]:
    """The form with one last day for each support, as the door takes it; nothing that was typed is dropped from it.

    A date of review belongs to *oförändrad* alone (rules B2.2).
    """
    sent = {name: list(values) for name, values in raw.items()}
    for name in raw:
        if found := NAMED.fullmatch(name):
            sent |= _sent(raw, found[1])
    if _last(raw, "risk_now") != "unchanged":
        sent.pop("next_review_on", None)
    return sent


def _sent(raw: Raw, thing: str) -> dict[str, list[str]]:
    said = outcome_of(raw, thing)
    if said.instead or said.goes_on:
        until = said.instead.isoformat() if said.instead else ""
        outcome = CHANGE if said.outcome == CHANGE else EXTEND  # longer, and still to be changed
        return {f"outcome-{thing}": [outcome], f"outcome-until-{thing}": [until]}
    return {f"outcome-until-{thing}": [_until(raw, thing, said.outcome)]}


def _until(raw: Raw, thing: str, outcome: str) -> str:
    """The last day as it was typed or picked; empty where it stays as it is."""
    typed, pick = _last(raw, f"outcome-until-{thing}"), _last(raw, f"outcome-pick-{thing}")
    if outcome == END:
        return _last(raw, f"outcome-last-{thing}") or ("" if pick else typed)
    if not pick or (pick == OTHER and outcome == EXTEND):
        return typed
    return pick if outcome == EXTEND and pick != AS_NOW else ""


def _last(raw: Raw, name: str) -> str:
    return (list(raw.get(name, ())) or [""])[-1].strip()


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in OPEN_YEARS else None
