"""What may be chosen in a field, given the case: the same list for the form and for the door."""

from uuid import UUID

from langsikt.access.people import Colleague, named
from langsikt.access.record import Record
from langsikt.model.due import name_of
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule, Field
from langsikt.model.state import State, Thing
from langsikt.model.texts import Text
from langsikt.model.why import day_in_words

Choice = tuple[str, Text]
DECIDERS = frozenset({"case_worker", "unit_manager", "duty_service"})
ANY_ROLE = frozenset(METHOD.roles)


def choices(
    field: Field,
    rule: EventRule,
    record: Record | None,
    people: list[Colleague],
    marks: dict[UUID, tuple[str, str, int]],
) -> list[Choice]:
    """(value, text) pairs; empty for a field that is typed."""
    if field.kind in ("choice", "choices"):
        return _options(field)
    if field.kind == "intervention":
        return _interventions(rule)
    if field.kind == "staff":
        return _staff(field, rule, record, people)
    if field.kind == "place":
        kinds = METHOD.interventions
        return [
            (str(i), Text(f"{m} · {kinds[k].name.sv}", f"{m} · {kinds[k].name.en}")) for i, (m, k, _) in marks.items()
        ]
    return [(str(t.id), _said(t)) for t in _things(field, record.state)] if record else []


def _options(field: Field) -> list[Choice]:
    if field.name == "meets_needs":
        return [(need.key, need.name) for need in METHOD.needs.values()]
    return [(option.value, option.text) for option in field.options]


def _interventions(rule: EventRule) -> list[Choice]:
    """A decision grants or refuses an insats; a support that begins is no placement."""
    found = METHOD.interventions.values()
    if rule.name == "issue_decision":
        return [(i.key, i.name) for i in found if i.basis in ("decision", "either")]
    if rule.name == "plan_support":
        return [(i.key, i.name) for i in found if i.covers_housing != "neither"]
    return [(i.key, i.name) for i in found if not i.shelter]


def _staff(field: Field, rule: EventRule, record: Record | None, people: list[Colleague]) -> list[Choice]:
    unit = record.root.unit if record else None
    if field.name == "decider":
        return named(people, DECIDERS)
    if field.name == "excluded":
        return named(people, ANY_ROLE)
    if rule.name == "hand_over_to_team":
        return named(people, frozenset({"case_worker"}))
    return named(people, frozenset({"case_worker"}), unit)


def _things(field: Field, state: State) -> tuple[Thing, ...]:
    return {
        "decision": state.decisions,
        "placement": state.running_placements,
        "support": state.running_interventions,
        "ended_support": state.debts,
        "event": (),
    }.get(field.kind, ())


def _said(thing: Thing) -> Text:
    since = Text("{what}, från {day}", "{what}, from {day}")
    return since.filled(what=name_of(thing), day=day_in_words(thing.from_on))
