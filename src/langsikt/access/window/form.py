"""What a form needs to be drawn: the header, the choices, the draft; one look with one journal row."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from langsikt.access import journal, policy, vault
from langsikt.access.choices import Choice, choices
from langsikt.access.errors import NotFound
from langsikt.access.history import event_line
from langsikt.access.look import acting
from langsikt.access.people import colleagues, marks
from langsikt.access.record import SEALED_FIELDS, Record
from langsikt.access.sheets import Actor, CaseHeader, EventLine, GoalSheet, Support
from langsikt.access.window.case import Sight, header, running_and_ended, sight_of
from langsikt.access.window.goal import goals_of
from langsikt.model.facts import EXPECTED
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.parse import STOCKHOLM
from langsikt.model.responsible import tenures
from langsikt.model.rules import answer
from langsikt.records.models import DataKey, Draft, Noun

Raw = dict[str, list[str]]
Listed = dict[str, list[Choice]]
Link = Mapping[str, str]
NO_LINK: Link = {}
FROM_A_LINK = ("responsible_area", "goal", "referral", "offer")
ONLY_ONE = ("placement", "support", "ended_support", "decision", "decision_draft", "goal", "referral", "offer")


@dataclass(frozen=True)
class FormSheet:
    """A form about to be drawn. ``answer`` is done, step or right; ``raw`` a draft or prefilled values."""

    header: CaseHeader | None
    rule: EventRule
    answer: str
    role: str
    choices: dict[str, list[Choice]]
    running: tuple[Support, ...]
    raw: Raw
    draft_saved_at: datetime | None
    missing: tuple[str, ...]
    seen: int
    original: EventLine | None = None
    original_rule: EventRule | None = None
    goals: tuple[GoalSheet, ...] = ()


def new_form(actor: Actor, now: datetime) -> FormSheet:
    """The form of a new contact. Raises NotFound for whoever may not take one."""
    rule = METHOD.events["receive_contact"]
    if not actor.roles & rule.who or actor.unit is None:
        raise NotFound
    with acting(actor, now):
        raw, saved_at = _draft(actor, None, rule.name)
        journal.write(actor, "open_form", "done", now, reason=rule.name)
    listed = {name: choices(METHOD.fields[name], rule, None, [], {}) for name in (*rule.asks, *rule.offers)}
    role = policy.acting_role(actor.roles & rule.who, rule.name)
    raw = raw or suggested(rule, None, actor, listed, now)
    return FormSheet(None, rule, "done", role, listed, (), raw, saved_at, (), 0)


def event_form(
    actor: Actor, reference: str, event: str, now: datetime, corrects: UUID | None = None, about: Link = NO_LINK
) -> FormSheet:
    """The form of an event in a case; ``about`` is what the link to it said. Raises NotFound (journaled)."""
    try:
        with acting(actor, now):
            sight = sight_of(actor, reference, now)
            sheet = _form(sight, METHOD.events[event], corrects, about)
            role = policy.acting_role(sight.relations, event)
            journal.write(
                actor, "open_form", "done", now, role=role, case_id=sight.record.root.id, klass=2, reason=event
            )
            return sheet
    except NotFound as refusal:
        with acting(actor, now):
            journal.write(actor, "open_form", "NotFound", now, typed=reference, reason=event)
        refusal.journaled = True
        raise


def _form(sight: Sight, rule: EventRule, corrects: UUID | None, about: Link) -> FormSheet:
    record, role = sight.record, policy.acting_role(sight.relations, rule.name)
    original_rule, original, prefilled = _original(sight, corrects)
    fields = [*(_fields(original_rule) if original_rule else ()), *_fields(rule)]
    people = colleagues(record.state.today)
    places = marks() if "place" in fields else {}
    listed = {n: choices(METHOD.fields[n], original_rule or rule, record, people, places) for n in fields}
    supports = tuple(s for s in running_and_ended(sight) if s.ended_on is None) if "support_outcomes" in fields else ()
    missing = tuple(name for name in rule.expects if not EXPECTED[name](record.state, {}))
    said = answer(record.state, rule.name, role)
    raw, saved_at = (prefilled, None) if prefilled else _opening(sight, rule, listed, about)
    return FormSheet(
        header(sight),
        rule,
        said,
        role,
        listed,
        supports,
        raw,
        saved_at,
        missing,
        record.last_seq,
        original,
        original_rule,
        goals_of(sight) if {"goal_scores", "goal_line"} & set(fields) else (),
    )


def _opening(sight: Sight, rule: EventRule, listed: Listed, about: Link) -> tuple[Raw, datetime | None]:
    """The form as it opens: its draft, unless a link says that it is about something else than the draft."""
    named = named_by(rule, about)
    raw, saved_at = _draft(sight.actor, sight.record.root.id, rule.name)
    if raw and all(raw.get(name) == value for name, value in named.items()):
        return raw, saved_at
    return suggested(rule, sight.record, sight.actor, listed, sight.now) | known(sight, named), None


def named_by(rule: EventRule, about: Link) -> Raw:
    """What a link says that the form is about: a reference or an area, both of class 0–1, never words."""
    return {name: [about[name]] for name in FROM_A_LINK if name in rule.asks and about.get(name)}


def known(sight: Sight, named: Raw) -> Raw:
    """What stands already about the thing that a link names, so that changing one part keeps the others."""
    area = (named.get("responsible_area") or [""])[0]
    held = tenures(sight.record.happenings).get(area)
    noun = sight.record.standing(held.event) if held else None
    if noun is not None:
        return _raw_of(sight.record, noun, _shown(sight, noun)) | named
    goal = next((g for g in sight.state.goals if [str(g.id)] == named.get("goal")), None)
    return named | ({"goal_status": [goal.status]} if goal else {})


def _fields(rule: EventRule) -> tuple[str, ...]:
    return (*rule.asks, *rule.offers)


def _known(rule: EventRule, record: Record) -> Raw:
    """What the record already knows, so that nobody types it twice."""
    raw: Raw = {}
    if "core_need_states" in rule.asks:
        raw |= {f"need-{area}": [state] for area, state in record.state.needs.items()}
    if "skills" in rule.asks:
        raw |= {f"skill-{skill}": [ability] for skill, ability in record.state.skills.items()}
    card = record.latest("record_safe_contact") if rule.name == "record_safe_contact" else None
    if card is not None:
        raw |= _raw_of(record, card, visible=("hours", "if_someone_else", "interpreter_wish"))
    return raw


def suggested(rule: EventRule, record: Record | None, actor: Actor, listed: Listed, now: datetime) -> Raw:
    """A form as it opens: today where a day is asked for, the only choice where there is one, oneself as decider."""
    local = now.astimezone(STOCKHOLM)
    raw: Raw = _known(rule, record) if record else {}
    for name in rule.asks:
        field = METHOD.fields[name]
        if field.kind == "moment":
            raw.setdefault(name, [local.strftime("%Y-%m-%dT%H:%M")])
        elif field.kind == "day" and field.time != "ahead" and name != "planned_end_on":
            raw.setdefault(name, [local.date().isoformat()])
        elif field.kind in ONLY_ONE and len(listed.get(name, [])) == 1:
            raw.setdefault(name, [listed[name][0][0]])
    if "decider" in rule.asks:
        raw.setdefault("decider", [str(actor.id)])
    return raw | _next(rule, record, local.date())


def _next(rule: EventRule, record: Record | None, today: date) -> Raw:
    """When to look again: four weeks in shelter, three months otherwise (``deadlines.toml``)."""
    in_shelter = record is not None and bool(record.state.running_placements)
    days = METHOD.deadlines["follow_up_in_shelter" if in_shelter else "follow_up"].count
    then = [(today + timedelta(days=days)).isoformat()]
    return {name: then for name in ("next_on", "next_review_on") if name in (*rule.asks, *rule.offers)}


def _original(sight: Sight, corrects: UUID | None) -> tuple[EventRule | None, EventLine | None, Raw]:
    """The event to be corrected, as a line and as form values. Raises NotFound."""
    if corrects is None:
        return None, None, {}
    row = next((r for r in sight.record.rows if r.id == corrects and r.corrects_id is None), None)
    line = event_line(sight.record, row, sight.relations, sight.names, correct=True) if row else None
    if row is None or line is None or not line.correctable:
        raise NotFound
    latest = line.corrected_by or row.id
    noun = sight.record.nouns.get(latest)
    raw = _raw_of(sight.record, noun, _shown(sight, noun)) if noun is not None else {}
    raw["corrects"] = [str(row.id)]
    raw["happened_at"] = [row.happened_at.astimezone(STOCKHOLM).strftime("%Y-%m-%dT%H:%M")]
    return METHOD.events[row.name], line, raw


def _shown(sight: Sight, noun: Noun) -> tuple[str, ...]:
    """Names and numbers are masked in a correction too: left empty they stay as they were (``actions.correction``)."""
    fields = SEALED_FIELDS[type(noun)]
    return tuple(name for name in fields if policy.shows(sight.relations, METHOD.fields[name].klass, name))


def _raw_of(record: Record, noun: Noun, visible: tuple[str, ...]) -> Raw:
    """A noun's values as a form would send them; of the sealed ones only the visible."""
    raw: Raw = {}
    for column in noun._meta.concrete_fields:
        if column.name in ("event", "case", "name_tokens", "number_token"):
            continue
        value = getattr(noun, column.attname)
        if column.name in SEALED_FIELDS[type(noun)]:
            value = record.text(noun, column.name) if column.name in visible else None
        raw |= _raw_value(column.name, value)
    return raw


def _raw_value(name: str, value: object) -> Raw:
    if value in (None, "", False):
        return {}
    if isinstance(value, dict) and name == "support_outcomes":
        outcomes = {f"outcome-{k}": [v[0]] for k, v in value.items()}
        return outcomes | {f"outcome-until-{k}": [v[1]] for k, v in value.items() if v[1]}
    if isinstance(value, dict) and name == "skills":
        return {f"skill-{skill}": [ability] for skill, ability in value.items()}
    if isinstance(value, dict):
        return {f"need-{area}": [state] for area, state in value.items()}
    if isinstance(value, list):
        return {name: [str(v) for v in value]}
    return {name: ["on" if value is True else str(value)]}


def _draft(actor: Actor, case_id: UUID | None, form: str) -> tuple[Raw, datetime | None]:
    draft = Draft.objects.filter(staff_id=actor.id, case_id=case_id, form=form).first()
    key = DataKey.objects.filter(scope="staff", scope_id=actor.id).first() if draft else None
    if draft is None or key is None:
        return {}, None
    keyring = vault.unwrap(key.id, key.scope_id, key.kek, key.wrapped)
    content = keyring.open("records_draft", draft.id, "content", draft.content)
    return json.loads(content), draft.saved_at
