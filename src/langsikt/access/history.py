"""The lines of a case's history: each event with its labelled facts, opened or masked."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from langsikt.access import policy
from langsikt.access.record import Record
from langsikt.access.sheets import EventLine, Fact, Masked
from langsikt.model.due import name_of
from langsikt.model.load import METHOD
from langsikt.model.method import Field
from langsikt.model.texts import Text
from langsikt.model.why import day_in_words
from langsikt.records.classes import klass_of
from langsikt.records.models import Event, Noun

YES = Text("Ja", "Yes")
NETWORK_PERSON = Text("Person i nätverket", "Person in the network")
HIDDEN_COLUMNS = ("event", "case", "name_tokens", "number_token")
NOT_CORRECTABLE = frozenset(
    {"assign_case", "exclude_staff", "declare_conflict_of_interest", "hand_over_to_team", "give_advice", "correct"}
)

Names = dict[UUID, str]
Dictionaries = dict[str, Callable[[Any, Record | None], Text]]
Sees = tuple[frozenset[str], bool]


def event_line(
    record: Record,
    row: Event,
    relations: Iterable[str],
    names: Names | None = None,
    correct: bool = False,
    opened: bool = False,
) -> EventLine:
    """One event as a line; texts above what ``relations`` show are masked unless ``opened`` by a reveal."""
    originals = {r.id: r.name for r in record.rows}
    name = originals.get(row.corrects_id, row.name) if row.corrects_id else row.name
    rule = METHOD.events[name]
    noun = record.nouns.get(row.id)
    corrected_by = next((r.id for r in reversed(record.rows) if r.corrects_id == row.id), None)
    label = Text("Rättelse: {what}", "Correction: {what}").filled(what=rule.noun) if row.corrects_id else rule.noun
    return EventLine(
        id=row.id,
        seq=row.seq,
        name=row.name,
        label=label,
        step=rule.step,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        who=row.actor.short_name,
        facts=tuple(_facts(record, row, noun, (frozenset(relations), opened), names or {})),
        corrects=row.corrects_id,
        corrected_by=corrected_by,
        correctable=correct and row.corrects_id is None and row.name not in NOT_CORRECTABLE,
    )


def _facts(record: Record, row: Event, noun: Noun | None, sees: Sees, names: Names) -> Iterable[Fact]:
    nouns = [noun] if noun is not None else []
    correction = record.corrections.get(row.id)
    for said in [*nouns, *([correction] if correction is not None else [])]:
        for column in said._meta.concrete_fields:
            if column.name in HIDDEN_COLUMNS or getattr(said, column.attname) in (None, "", [], {}, False):
                continue
            value = getattr(said, column.attname)
            if isinstance(value, date) or _sees_content(sees):
                yield _fact(record, said, column.name, value, sees, names)


def _sees_content(sees: Sees) -> bool:
    """Managers see dates; what was said and chosen takes a reveal (rules B4.8; SoLPuL 10 §)."""
    relations, opened = sees
    return opened or policy.shows(relations, 2)


def _fact(record: Record, noun: Noun, name: str, value: Any, sees: Sees, names: Names) -> Fact:
    spec = METHOD.fields.get(name)
    label = spec.label if spec else Text("Slag", "Kind")
    klass = klass_of(noun, name)
    if klass >= 2:
        relations, opened = sees
        shown = policy.shows(relations, klass, name) or (opened and policy.shows({"case_worker"}, klass, name))
        return Fact(name, label, record.text(noun, name) if shown else Masked(name, klass))
    return Fact(name, label, said(spec, name, value, record, names))


def said(
    spec: Field | None, name: str, value: Any, record: Record | None, names: Names
) -> str | Text | date | datetime:
    """A plain value in words."""
    if isinstance(value, bool):
        return YES
    if isinstance(value, date):
        return value
    if isinstance(value, UUID):
        return _referred(value, record, names)
    if isinstance(value, dict):
        return DICTIONARIES.get(name, _needs)(value, record)
    if isinstance(value, list):
        return _joined([option_text(spec, v) for v in value])
    return option_text(spec, value)


def option_text(spec: Field | None, value: str) -> Text:
    """The words of a chosen value; the value itself where there are none."""
    for option in spec.options if spec else ():
        if option.value == value:
            return option.text
    if value in METHOD.interventions:
        return METHOD.interventions[value].name
    if value in METHOD.needs:
        return METHOD.needs[value].name
    return Text(value, value)


def _referred(value: UUID, record: Record | None, names: Names) -> str | Text:
    if value in names:
        return names[value]
    if record is None:
        return Text("—", "—")
    state = record.state
    things = (*state.placements, *state.interventions, *state.decisions, *state.drafts.values())
    named = {t.id: name_of(t) for t in things}
    named |= {goal.id: METHOD.needs[goal.need].name for goal in state.goals}
    named |= {r.id: option_text(METHOD.fields["referral_to"], r.to) for r in state.referrals}
    named |= {o.id: option_text(METHOD.fields["home_kind"], o.kind) for o in state.offers}
    named |= dict.fromkeys(state.network, NETWORK_PERSON)
    named |= {w.id: option_text(METHOD.fields["whereabouts_kind"], w.kind) for w in state.whereabouts}
    return named.get(value, Text("—", "—"))


def _needs(states: dict[str, str], record: Record | None) -> Text:
    parts = [(METHOD.needs[a].name, METHOD.need_states[s].name) for a, s in states.items()]
    return Text("; ".join(f"{a.sv}: {s.sv}" for a, s in parts), "; ".join(f"{a.en}: {s.en}" for a, s in parts))


SUPPORT = Text("Insats", "Support")
BESIDE = {
    "day_after": Text("dagen efter: {said}", "the day after: {said}"),
    "short_reason": Text("kort igen: {said}", "short again: {said}"),
}
OUTCOMES = {"extend": Text("förläng", "extend"), "change": Text("förändra", "change"), "end": Text("avsluta", "end")}


def _outcomes(outcomes: dict[str, list[Any]], record: Record | None) -> Text:
    things = {str(t.id): name_of(t) for t in (record.state.placements + record.state.interventions if record else ())}
    parts = [
        (things.get(k, SUPPORT), OUTCOMES[o], _until(until), _joined([Text("", ""), *_beside(rest)]))
        for k, (o, until, *rest) in outcomes.items()
    ]
    sv = "; ".join(f"{t.sv}: {o.sv}{u.sv}{more.sv}" for t, o, u, more in parts)
    return Text(sv, "; ".join(f"{t.en}: {o.en}{u.en}{more.en}" for t, o, u, more in parts))


def _beside(rest: list[Any]) -> Iterable[Text]:
    """What applies the day after, and why the time is short, where that was said."""
    for field, value in zip(("day_after", "short_reason"), rest, strict=False):
        if value:
            said = option_text(METHOD.fields[field], value)
            yield BESIDE[field].filled(said=Text(said.sv.lower(), said.en.lower()))


def _skills(said: dict[str, str], record: Record | None) -> Text:
    parts = [(METHOD.skills[k], METHOD.abilities[v]) for k, v in said.items() if k in METHOD.skills]
    return Text("; ".join(f"{k.sv}: {v.sv}" for k, v in parts), "; ".join(f"{k.en}: {v.en}" for k, v in parts))


def _scores(scores: dict[str, list[Any]], record: Record | None) -> Text:
    """Where each goal stands; the goal by its need, since its words are a text of its own."""
    needs = {str(g.id): METHOD.needs[g.need].name for g in record.state.goals} if record else {}
    status = {o.value: o.text for o in METHOD.fields["goal_status"].options}
    level = {o.value: o.text for o in METHOD.fields["goal_level"].options}
    said = [
        (needs.get(k, GOAL), [*([level[str(n)]] if n is not None else []), *([status[s]] if s else [])])
        for k, (n, s) in scores.items()
    ]
    sv = "; ".join(f"{g.sv}: {', '.join(t.sv for t in texts)}" for g, texts in said)
    return Text(sv, "; ".join(f"{g.en}: {', '.join(t.en for t in texts)}" for g, texts in said))


GOAL = Text("Mål", "Goal")
DICTIONARIES: Dictionaries = {"support_outcomes": _outcomes, "goal_scores": _scores, "skills": _skills}


def _until(day: str | None) -> Text:
    until = Text(" till och med {day}", " until and including {day}")
    return until.filled(day=day_in_words(date.fromisoformat(day))) if day else Text("", "")


def _joined(texts: list[Text]) -> Text:
    return Text(", ".join(t.sv for t in texts), ", ".join(t.en for t in texts))
