"""What may be chosen in a field, given the case: the same list for the form and for the door."""

from collections.abc import Callable
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
    if record is None:
        return []
    if field.kind in AROUND:
        return AROUND[field.kind](record)
    return [(str(t.id), _said(t)) for t in _things(field, record.state)]


def _options(field: Field) -> list[Choice]:
    return [(option.value, option.text) for option in field.options]


def _interventions(rule: EventRule) -> list[Choice]:
    """A decision grants or refuses an insats; a support that begins is no placement."""
    found = METHOD.interventions.values()
    if rule.name in ("issue_decision", "draft_decision"):
        return [(i.key, i.name) for i in found if i.basis in ("decision", "either")]
    if rule.name == "plan_support":
        return [(i.key, i.name) for i in found if i.covers_housing != "neither" and i.key != "own_network"]
    return [(i.key, i.name) for i in found if not i.shelter]


def _staff(field: Field, rule: EventRule, record: Record | None, people: list[Colleague]) -> list[Choice]:
    unit = record.root.unit if record else None
    if field.name == "decider":
        return named(people, DECIDERS)
    if field.name == "call_by":
        return named(people, DECIDERS, unit)
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


def _goals(record: Record) -> list[Choice]:
    """The goals in the person's own words; the need where the words cannot be read."""
    found = []
    for goal in record.state.goals:
        noun = record.standing(goal.id)
        words = record.text(noun, "goal_line") if noun is not None else None
        found.append((str(goal.id), Text(words, words) if words else METHOD.needs[goal.need].name))
    return found


def _referrals(record: Record) -> list[Choice]:
    words = {o.value: o.text for o in METHOD.fields["referral_to"].options}
    since = Text("{what}, sedan {day}", "{what}, since {day}")
    return [(str(r.id), since.filled(what=words[r.to], day=day_in_words(r.sent_on))) for r in record.state.waits]


def _offers(record: Record) -> list[Choice]:
    words = {o.value: o.text for o in METHOD.fields["home_kind"].options}
    by = Text("{what}, svar senast {day}", "{what}, answer by {day}")
    found = record.state.open_offers
    return [(str(o.id), by.filled(what=words[o.kind], day=day_in_words(o.answer_by_on))) for o in found]


def _drafts(record: Record) -> list[Choice]:
    return [(str(t.id), _said(t)) for t in record.state.drafts.values()]


def _network(record: Record) -> list[Choice]:
    """By relation and day, never by name: the form shows no more than the page does before a reveal."""
    days = {h.id: h.happened_at.date() for h in record.happenings if h.corrects is None}
    since = Text("{what}, tillagd {day}", "{what}, added {day}")
    found = []
    for event_id in record.state.network:
        noun = record.standing(event_id)
        words = (record.text(noun, "network_relation") if noun is not None else None) or "—"
        found.append((str(event_id), since.filled(what=Text(words, words), day=day_in_words(days[event_id]))))
    return found


def _whereabouts(record: Record) -> list[Choice]:
    """By kind and day; never by what it says."""
    words = {o.value: o.text for o in METHOD.fields["whereabouts_kind"].options}
    since = Text("{what}, från {day}", "{what}, from {day}")
    found = record.state.current_whereabouts
    return [(str(w.id), since.filled(what=words[w.kind], day=day_in_words(w.from_on))) for w in found]


AROUND: dict[str, Callable[[Record], list[Choice]]] = {
    "goal": _goals,
    "referral": _referrals,
    "offer": _offers,
    "decision_draft": _drafts,
    "network_person": _network,
    "whereabouts": _whereabouts,
}


def _said(thing: Thing) -> Text:
    since = Text("{what}, från {day}", "{what}, from {day}")
    return since.filled(what=name_of(thing), day=day_in_words(thing.from_on))
