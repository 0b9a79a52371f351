"""The register of verbs: one function per event of the method, no event without one."""

from collections.abc import Callable

from langsikt.actions.work import Work

Verb = Callable[[Work], None]
VERBS: dict[str, Verb] = {}


def verb(function: Verb) -> Verb:
    """Registers a function under its own name, which is the name of its event."""
    VERBS[function.__name__] = function
    return function
