"""Finds needs, insatser and rules of who decides that contradict each other."""

from collections.abc import Iterable
from itertools import combinations

from langsikt.model.method import Competence, Intervention, Method
from langsikt.model.reading import Faults

BASES = ("decision", "either", "none", "not_an_intervention")
DECIDED = ("decision", "either")
NEEDED = ("need", "could_not_accept")
COVERS = ("covers", "temporary", "neither")


def check(method: Method, faults: Faults) -> None:
    """``needs.toml``, ``interventions.toml`` and ``competence.toml`` held against each other."""
    for one in (_needs, _interventions, _competence, _deciders):
        one(method, faults)


def _needs(method: Method, faults: Faults) -> None:
    if sum(need.core for need in method.needs.values()) != 3:
        faults.add("needs.toml", "areas", "the report has three core needs", "mark exactly three with core = true")
    gaps = [state.key for state in method.need_states.values() if state.can_have_gap]
    if gaps != list(NEEDED):
        cure = 'only "need" and "could_not_accept" can: write can_have_gap = true there'
        faults.add("needs.toml", "states", f"{gaps} can have a gap", cure)


def _interventions(method: Method, faults: Faults) -> None:
    grounds = _options(method, "legal_ground")
    for item in method.interventions.values():
        for need in item.meets:
            if need not in method.needs:
                faults.unknown("interventions.toml", f"{item.key}.meets", need, "need", method.needs)
        for name, word, known in (("basis", item.basis, BASES), ("covers_housing", item.covers_housing, COVERS)):
            if word is not None and word not in known:
                faults.unknown("interventions.toml", f"{item.key}.{name}", word, name, known)
        if item.legal_ground is not None and item.legal_ground not in grounds:
            faults.unknown("interventions.toml", f"{item.key}.legal_ground", item.legal_ground, "legal ground", grounds)
        for key, wrong, cure in _intervention_itself(item):
            faults.add("interventions.toml", f"{item.key}.{key}", wrong, cure)
    _places(method, faults)


def _intervention_itself(item: Intervention) -> Iterable[tuple[str, str, str]]:
    if item.always_decision and item.basis != "decision":
        yield "always_decision", f'basis "{item.basis}" contradicts it', 'write basis = "decision"'
    if item.young_need_decision and item.basis not in DECIDED:
        yield "young_need_decision", f'basis "{item.basis}" contradicts it', 'write basis = "either" or "decision"'
    if item.shelter and not item.placement:
        yield "shelter", "a shelter that is no placement", "write placement = true"
    if item.basis in DECIDED and item.legal_ground is None:
        yield (
            "legal_ground",
            f'basis "{item.basis}" without a legal ground',
            'write legal_ground = "sol_11_1" or another',
        )
    home = item.placement or (item.basis == "not_an_intervention" and "social_support" not in item.meets)
    if home and item.covers_housing is None:
        yield "covers_housing", "a home that says nothing of cover", f"use one of {', '.join(COVERS)}"
    if item.follow_up_days is not None and item.follow_up_days < 1:
        yield "follow_up_days", f"{item.follow_up_days} days", "write 1 or more, or leave it out"


def _options(method: Method, field: str) -> set[str]:
    """The values of a choice; a field that is missing is told of where an event asks for it."""
    return {option.value for option in method.fields[field].options} if field in method.fields else set()


def _places(method: Method, faults: Faults) -> None:
    """What is asked for by ``place_kind`` and what is a placement must be the same."""
    asked = _options(method, "place_kind")
    placed = {item.key for item in method.interventions.values() if item.placement}
    for key in sorted(asked - placed):
        cure = f"write [{key}] with placement = true in interventions.toml"
        faults.add("fields.toml", "place_kind.options", f'"{key}" is no placement', cure)
    for key in sorted(placed - asked):
        cure = f'add "{key}" to the options of place_kind in fields.toml'
        faults.add("interventions.toml", f"{key}.placement", f'"{key}" cannot be asked for', cure)


def _competence(method: Method, faults: Faults) -> None:
    givers = set(method.roles) - {"stand_in", "emergency"}
    for row in method.competence:
        key = f"{row.district} × {row.intervention}"
        if row.intervention not in method.interventions:
            faults.unknown("competence.toml", key, row.intervention, "insats", method.interventions)
        elif method.interventions[row.intervention].basis not in DECIDED:
            cure = "remove the row, or give the insats a basis with a decision"
            faults.add("competence.toml", key, f'nobody decides "{row.intervention}"', cure)
        for role in sorted(row.roles - givers):
            faults.unknown("competence.toml", key, role, "role that decides", givers)
        if row.until_on is not None and row.until_on < row.from_on:
            faults.add("competence.toml", key, f"until_on {row.until_on} is before from_on {row.from_on}", "swap them")
    for one, other in combinations(method.competence, 2):
        if _overlap(one, other):
            key = f"{one.district} × {one.intervention}"
            cure = f"end one the day before {max(one.from_on, other.from_on)} with until_on, or remove it"
            faults.add("competence.toml", key, f"the rows from {one.from_on} and {other.from_on} overlap", cure)


def _overlap(one: Competence, other: Competence) -> bool:
    if (one.district, one.intervention) != (other.district, other.intervention):
        return False
    first, second = sorted((one, other), key=lambda row: row.from_on)
    return first.until_on is None or first.until_on >= second.from_on


def _deciders(method: Method, faults: Faults) -> None:
    """An insats with a decision is decided by somebody somewhere, or a row for all says who else does."""
    settled = {row.intervention for row in method.competence if row.roles or row.district == "*"}
    for item in method.interventions.values():
        if item.basis in DECIDED and item.key not in settled:
            cure = f'add a row with "{item.key}" to competence.toml'
            faults.add("competence.toml", item.key, f'nobody may decide "{item.key}"', cure)
