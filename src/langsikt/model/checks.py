"""Finds what contradicts what in the method, once each file has been read."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import combinations

from langsikt.model import field_checks, intervention_checks, retention_checks, vocabulary
from langsikt.model.method import Effect, EventRule, Method
from langsikt.model.reading import Faults
from langsikt.model.shaping import SLUGS

UNITS = ("days", "weeks", "months", "working_days")
ENDS = ("contact", "case")
HEAVIEST = 9
LOOKS = (
    "own_list",
    "unit_list",
    "search",
    "case_overview",
    "case_text",
    "reveal_2",
    "reveal_3",
    "whereabouts",
    "case_log",
    "place_requests",
    "dwellings",
    "address",
    "address_log",
    "burn_address",
    "journal",
    "exclusions",
    "conflicts",
    "staff",
    "aggregates",
    "link_cases",
    "open_emergency",
    "model",
)
STARTS = (
    "my_day",
    "team",
    "dwellings",
    "log_review",
    "exclusions",
    "staff",
    "city",
)
CORE_NOUNS = (
    "case",
    "person",
    "need",
    "risk_assessment",
    "position",
    "intervention",
    "shelter",
    "transitional_housing",
    "housing_guide",
    "housing_support",
    "contact_person",
    "volunteer_contact",
    "gap",
    "day_after",
    "provider",
    "protected_details",
    "conflict_of_interest",
    "log_review",
    "erasure",
)
PATH = re.compile(r"[a-z]+(-[a-z]+)*")
MANAGER_ONLY = frozenset({"unit_manager"})


def check(method: Method, faults: Faults) -> None:
    """Every contradiction in ``method`` becomes a fault."""
    checks: tuple[Callable[[Method, Faults], None], ...] = (
        _steps, _events, _absence, field_checks.check, intervention_checks.check, _roles, _glossary, _deadlines,
        _caseload, retention_checks.check,
    )  # fmt: skip
    for one in checks:
        one(method, faults)


def doubles(events: Collection[EventRule], faults: Faults) -> None:
    """Two events of one name, or two of one step at one path."""
    for one, other in combinations(events, 2):
        if one.name == other.name:
            key = f"{other.step}.{other.name}"
            faults.add("steps.toml", key, f'event "{other.name}" stands twice', "remove one or rename it")
        if (one.step, one.path) == (other.step, other.path):
            key = f"{other.step}.{other.name}.path"
            faults.add("steps.toml", key, f'"{other.path}" is also the path of {one.name}', "give one its own path")


# --- steps.toml -------------------------------------------------------------------------------


def _steps(method: Method, faults: Faults) -> None:
    for key, number in zip(SLUGS, range(1, 8), strict=False):
        if key not in method.steps:
            faults.add("steps.toml", key, f'step "{key}" is missing', f"write [{key}] with number = {number}")
        elif method.steps[key].number != number:
            found = method.steps[key].number
            faults.add("steps.toml", f"{key}.number", f"{found} is not its number", f"write number = {number}")
    reached = {step for event in method.events.values() for effect in event.effects for step in _opened(effect)}
    for key in numbered(method):
        if key not in reached:
            faults.add("steps.toml", key, f'no event opens "{key}"', f'name "{key}" in opens or reopens of an event')


def numbered(method: Method) -> tuple[str, ...]:
    """The keys of the seven steps, in order."""
    return tuple(key for key, step in method.steps.items() if step.number)


def _events(method: Method, faults: Faults) -> None:
    places = (*numbered(method), "new", "closed")
    for event in method.events.values():
        key = f"{event.step}.{event.name}"
        words = _Words(key, faults)
        words.known("during", event.during, "step", places)
        words.known("who", event.who, "role", method.roles)
        words.known("asks", event.asks, "field", method.fields)
        words.known("offers", event.offers, "field", method.fields)
        words.known("requires", event.requires, "hard stop", vocabulary.HARD_STOPS)
        words.known("expects", event.expects, "expectation", vocabulary.EXPECTED)
        words.known("needs", (event.needs,) if event.needs else (), "thing that must exist", vocabulary.NEEDS)
        for effect in event.effects:
            _effect(method, effect, words)
        _event_itself(event, key, faults)


class _Words:
    """Checks words of one event in ``steps.toml``."""

    def __init__(self, key: str, faults: Faults) -> None:
        self.key, self.faults = key, faults

    def known(self, name: str, words: Iterable[str], what: str, known: Collection[str] | Mapping[str, object]) -> None:
        """Each of ``words`` must be among ``known``."""
        for word in sorted(words):
            if word not in known:
                self.faults.unknown("steps.toml", f"{self.key}.{name}", word, what, known)


def _effect(method: Method, effect: Effect, words: _Words) -> None:
    steps = numbered(method)
    words.known("when", (effect.fact,) if effect.fact else (), "fact", vocabulary.FACTS)
    for name in ("opens", "reopens", "completes", "skips"):
        words.known(name, getattr(effect, name), "step", steps)
    words.known("ends", (effect.ends,) if effect.ends else (), "thing that can end", ENDS)
    for step in sorted(_opened(effect) & {*effect.completes, *effect.skips}):
        wrong = f'"{step}" is opened and finished by the same effect'
        words.faults.add("steps.toml", words.key, wrong, "keep one of the two")


def _opened(effect: Effect) -> set[str]:
    return {*effect.opens, *effect.reopens}


def _event_itself(event: EventRule, key: str, faults: Faults) -> None:
    if not PATH.fullmatch(event.path):
        faults.add("steps.toml", f"{key}.path", f'"{event.path}" is no path', "use a–z and single hyphens")
    if not event.who:
        faults.add("steps.toml", f"{key}.who", "nobody may do it", "name at least one role")
    for field in sorted(set(event.asks) & set(event.offers)):
        faults.add("steps.toml", f"{key}.offers", f'"{field}" is both asked and offered', "keep it in asks only")
    if event.erases and not event.before_case:
        faults.add("steps.toml", f"{key}.erases", "a case is never erased by an event", "write before_case = true")


def _absence(method: Method, faults: Faults) -> None:
    """From a placement there is no way to closure that does not pass the assessment (rules B1.2 g, B1.3)."""
    for event in method.events.values():
        ends = any(effect.ends == "case" for effect in event.effects)
        opens = any("closure" in _opened(effect) for effect in event.effects)
        key = f"{event.step}.{event.name}"
        if event.step == "placement" and (ends or opens):
            cure = 'open "needs_after" instead: every way out of a placement passes that assessment'
            faults.add("steps.toml", key, 'a placement must not lead to "closure"', cure)
        elif ends and event.who != MANAGER_ONLY and "needs_after_assessed" not in event.requires:
            cure = 'add "needs_after_assessed" to requires, or make it the manager\'s alone: who = ["unit_manager"]'
            faults.add("steps.toml", key, 'ends the "case" past the assessment of needs after shelter', cure)


# --- roles.toml, terms.toml, deadlines.toml, caseload.toml ---------------------------------------------------


def _roles(method: Method, faults: Faults) -> None:
    for role in method.roles.values():
        for look in sorted(role.looks - {*LOOKS}):
            faults.unknown("roles.toml", f"{role.key}.looks", look, "look", LOOKS)
        if role.start not in STARTS:
            faults.unknown("roles.toml", f"{role.key}.start", role.start, "page to start on", STARTS)
        if role.shows not in range(3):
            cure = "use 0, 1 or 2; class 3 is only shown by a logged reveal"
            faults.add("roles.toml", f"{role.key}.shows", f"{role.shows} is no class shown unmasked", cure)
        elif (role.shows == 2) != ("case_text" in role.looks):
            cure = 'shows = 2 and the look "case_text" go together'
            faults.add("roles.toml", f"{role.key}.shows", f"shows = {role.shows} contradicts looks", cure)


def _glossary(method: Method, faults: Faults) -> None:
    """The words of the work: steps, roles that act in a case, core nouns. Other roles stand in ``roles.toml`` alone."""
    acting = sorted({role for event in method.events.values() for role in event.who} & set(method.roles))
    for word in (*numbered(method), *acting, *CORE_NOUNS):
        if word not in method.terms:
            cure = f"write [{word}] with sv, en, meaning and source"
            faults.add("terms.toml", word, f'"{word}" is missing in the glossary', cure)


def _deadlines(method: Method, faults: Faults) -> None:
    for deadline in method.deadlines.values():
        if deadline.unit not in UNITS:
            faults.unknown("deadlines.toml", f"{deadline.key}.unit", deadline.unit, "unit", UNITS)
        if deadline.count < 1:
            faults.add("deadlines.toml", f"{deadline.key}.count", f"{deadline.count} is no time", "write 1 or more")


def _caseload(method: Method, faults: Faults) -> None:
    for phase in method.caseload.values():
        if phase.key not in vocabulary.PHASES:
            faults.unknown("caseload.toml", phase.key, phase.key, "phase", vocabulary.PHASES)
        if not 1 <= phase.weight <= HEAVIEST:
            faults.add("caseload.toml", f"{phase.key}.weight", f"{phase.weight} is no weight", f"write 1 to {HEAVIEST}")
    for key in sorted(vocabulary.PHASES - method.caseload.keys()):
        faults.add("caseload.toml", key, f'"{key}" is missing', f"write [{key}] with name, meaning, weight and source")
