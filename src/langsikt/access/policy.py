"""Who may: one pure function for looks and one for events; what nobody has granted is refused."""

from collections.abc import Iterable

from langsikt.model.load import METHOD

ORDER = ("case_worker", "stand_in", "duty_service", "unit_manager", "housing_coordinator", "emergency")
ALWAYS_MASKED = frozenset(
    {"person_name", "called", "personal_number", "representative", "code_word", "danger_signal"}
    | {"network_name", "network_number", "network_relation", "supporter_number", "interpreter_number"}
)
DUTY_LOOKS = "duty_service"


def may(roles: Iterable[str], look: str) -> bool:
    """Whether any of ``roles`` (in a case: relations) may take the look (``roles.toml``); default no."""
    return any(look in METHOD.roles[role].looks for role in roles if role in METHOD.roles)


def shows(relations: Iterable[str], klass: int, field: str = "") -> bool:
    """Whether a value is shown without a reveal: never whereabouts, names, code words or danger signals."""
    if klass >= 3 or field in ALWAYS_MASKED:
        return False
    return klass <= max((METHOD.roles[role].shows for role in relations if role in METHOD.roles), default=-1)


def acting_role(relations: Iterable[str], event: str | None = None) -> str:
    """The relation by which somebody acts: the first that gives the right to ``event``, else the first."""
    having = frozenset(relations)
    held = [role for role in ORDER if role in having]
    for role in held:
        if event and role in METHOD.events[event].who:
            return role
    return held[0] if held else "none"
