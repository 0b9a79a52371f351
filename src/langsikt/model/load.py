"""Loads the method from its TOML files, or refuses to start and says how to cure it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from langsikt.model import checks, shaping
from langsikt.model.contacts import telephones
from langsikt.model.method import Method
from langsikt.model.reading import Faults, ModelError, read_file

__all__ = ["METHOD", "ModelError", "load"]

FILES = (
    *("steps", "fields", "needs", "interventions", "competence", "roles"),
    *("terms", "deadlines", "skills", "caseload", "notices", "contacts", "retention"),
)


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=_Keyed)
V = TypeVar("V")


def load(folder: Path) -> Method:
    """The method that the TOML files of ``folder`` describe.

    Raises ModelError: something is missing, misspelt or contradicts something else.
    """
    faults = Faults()
    raw = {name: read_file(folder, f"{name}.toml", faults) for name in FILES}
    faults.stop()
    method = _shape(raw, faults)
    checks.check(method, faults)
    faults.stop()
    return method


def _shape(raw: Mapping[str, Mapping[str, object]], faults: Faults) -> Method:
    needs = _keyed(shaping.needs(raw["needs"], faults))
    steps, events = shaping.steps_and_events(raw["steps"], faults)
    checks.doubles(events, faults)
    method = Method(
        steps=_keyed(steps),
        events=_frozen((event.name, event) for event in events),
        fields=_frozen((field.name, field) for field in shaping.fields(raw["fields"], needs, faults)),
        needs=needs,
        need_states=_keyed(shaping.need_states(raw["needs"], faults)),
        interventions=_keyed(shaping.interventions(raw["interventions"], faults)),
        competence=tuple(shaping.competence(raw["competence"], faults)),
        roles=_keyed(shaping.roles(raw["roles"], faults)),
        terms=_frozen((term.identifier, term) for term in shaping.terms(raw["terms"], faults)),
        deadlines=_keyed(shaping.deadlines(raw["deadlines"], faults)),
        skills=_frozen(shaping.words("skills", "skills", raw["skills"], faults)),
        abilities=_frozen(shaping.words("skills", "abilities", raw["skills"], faults)),
        caseload=_keyed(shaping.caseload(raw["caseload"], faults)),
        notices=_frozen(shaping.words("notices", "notices", raw["notices"], faults)),
        mail=_frozen(shaping.words("notices", "mail", raw["notices"], faults)),
        contacts=tuple(telephones(raw["contacts"], faults)),
        retention=_keyed(shaping.retention(raw["retention"], faults)),
    )
    faults.stop()
    return method


def _keyed(items: Iterable[K]) -> Mapping[str, K]:
    return _frozen((item.key, item) for item in items)


def _frozen(pairs: Iterable[tuple[str, V]]) -> Mapping[str, V]:
    return MappingProxyType(dict(pairs))


METHOD = load(Path(__file__).parent)
