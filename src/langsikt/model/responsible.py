"""Who does what: the areas that somebody has to have, who has them, and since when (R11, R15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from langsikt.model.fold import ordered
from langsikt.model.load import METHOD
from langsikt.model.state import Happening, Responsible, State

OURS = ("team", "person")
AREAS = tuple(option.value for option in METHOD.fields["responsible_area"].options)
# The person has answered for these: nobody has to be named until there is a need again (rules C1).
SETTLED = ("no_need_now", "manages", "declines", "pause")


@dataclass(frozen=True)
class Tenure:
    """Since when the unit that has an area has been asked to; ``event`` is the latest word about it."""

    since: date
    event: UUID


def areas_of(state: State) -> tuple[str, ...]:
    """The rows of *Vem gör vad*: the need areas and the practical things; children only where there are any."""
    return tuple(area for area in AREAS if area != "children" or state.children or area in state.responsible)


def without_owner(state: State) -> tuple[str, ...]:
    """The areas that nobody has, save those that the person needs nobody for."""
    return tuple(a for a in areas_of(state) if a not in state.responsible and state.needs.get(a) not in SETTLED)


def elsewhere(state: State) -> tuple[Responsible, ...]:
    """What somebody outside the team has been asked to do, or does."""
    return tuple(said for said in state.responsible.values() if said.unit not in OURS)


def tenures(happenings: Sequence[Happening]) -> dict[str, Tenure]:
    """For each area: since when the same unit has had it, unbroken, corrections taken in."""
    found: dict[str, tuple[str, Tenure]] = {}
    for h in ordered(happenings):
        if h.name == "name_responsible_unit":
            facts = cast(Any, h.facts)
            area, unit = facts["responsible_area"], facts["responsible_unit"]
            before = found.get(area)
            since = before[1].since if before and before[0] == unit else h.happened_at.date()
            found[area] = (unit, Tenure(since, h.id))
    return {area: tenure for area, (_, tenure) in found.items()}
