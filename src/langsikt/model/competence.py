"""Who decides: the table district × insats × from–to, read as questions (rules B1.10)."""

from datetime import date

from langsikt.model.load import METHOD
from langsikt.model.state import Thing


def competent(district: str, intervention: str, roles: frozenset[str], on: date) -> bool:
    """Whether somebody with ``roles`` may decide ``intervention`` in ``district`` on the day ``on``.

    A row for the district goes before the row for all (``*``); no row means nobody.
    """
    rows = [
        row for row in METHOD.competence if row.intervention == intervention and _valid(row.from_on, row.until_on, on)
    ]
    own = [row for row in rows if row.district == district] or [row for row in rows if row.district == "*"]
    return any(row.roles & roles for row in own)


def _valid(from_on: date, until_on: date | None, on: date) -> bool:
    return from_on <= on and (until_on is None or on <= until_on)


def young_need_decision(kind: str) -> bool:
    """Whether somebody under 21 needs a decision for this kind (SoL 11:5)."""
    return kind in METHOD.interventions and METHOD.interventions[kind].young_need_decision


def always_decision(kind: str) -> bool:
    """Whether anybody needs a decision for this kind (SoL 11:5 p. 1)."""
    return kind in METHOD.interventions and METHOD.interventions[kind].always_decision


def is_intervention(kind: str) -> bool:
    """Whether this is an insats, and not a home of the person's own that goes on after closure."""
    return METHOD.interventions[kind].basis != "not_an_intervention"


def lasting_home(kind: str) -> bool:
    """Whether this is a home of the person's own that covers the need of one (rules C3)."""
    return not is_intervention(kind) and METHOD.interventions[kind].covers_housing == "covers"


def rests_on_decision(thing: Thing) -> bool:
    """Whether a longer time for a support takes a new decision, which is a draft until it is signed."""
    return thing.decided_by in ("decision", "oral") or always_decision(thing.kind)
