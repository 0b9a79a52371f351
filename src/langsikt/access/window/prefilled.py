"""What a form opens with: what the record knows already, so that nobody types it twice."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from langsikt.access import policy
from langsikt.access.choices import Choice
from langsikt.access.record import SEALED_FIELDS, Record
from langsikt.access.sheets import Actor
from langsikt.access.window.case import CARD, Sight
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.parse import STOCKHOLM
from langsikt.model.responsible import tenures
from langsikt.records.models import Noun

Raw = dict[str, list[str]]
Listed = dict[str, list[Choice]]
OPEN_ON_THE_CARD = tuple(n for n in CARD if policy.shows({"case_worker"}, METHOD.fields[n].klass, n))
ONLY_ONE: tuple[str, ...] = ("placement", "support", "ended_support", "decision", "decision_draft")
ONLY_ONE += ("goal", "referral", "offer", "whereabouts")


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


def _known(rule: EventRule, record: Record) -> Raw:
    """What the record already knows, so that nobody types it twice."""
    raw: Raw = {}
    if "core_need_states" in rule.asks:
        raw |= {f"need-{area}": [state] for area, state in record.state.needs.items()}
    if rule.name == "report_missing_person" and record.state.missing:
        raw["missing_kind"] = [record.state.missing.kind]
    if "skills" in rule.asks:
        raw |= _skill_rows(record.state.skills)
    raw |= _sent_back(rule, record)
    card = record.latest("record_safe_contact") if rule.name == "record_safe_contact" else None
    if card is not None:
        raw |= raw_of(record, card, visible=OPEN_ON_THE_CARD)
    return raw


def _sent_back(rule: EventRule, record: Record) -> Raw:
    """What was sent back, so that only what needs to change is typed."""
    backs = record.state.sent_back.values()
    if rule.name == "draft_decision":
        noun = next((record.standing(back.draft) for back in backs if back.draft), None)
        return raw_of(record, noun, ("reasons",)) if noun is not None else {}
    closure = any(back.draft is None for back in backs) and rule.name in ("ask_to_close", "close_case")
    noun = record.latest("ask_to_close") if closure else None
    return raw_of(record, noun, ("own_words",)) if noun is not None else {}


def _next(rule: EventRule, record: Record | None, today: date) -> Raw:
    """When to look again: four weeks in shelter, three months otherwise (``deadlines.toml``)."""
    in_shelter = record is not None and bool(record.state.running_placements)
    days = METHOD.deadlines["follow_up_in_shelter" if in_shelter else "follow_up"].count
    then = [(today + timedelta(days=days)).isoformat()]
    if rule.name == "write_safety_plan":
        soon = METHOD.deadlines["contact_when_worried"].count
        return {"next_contact_on": [(today + timedelta(days=soon)).isoformat()]}
    return {name: then for name in ("next_on", "next_review_on") if name in (*rule.asks, *rule.offers)}


def known(sight: Sight, named: Raw) -> Raw:
    """What stands already about the thing that a link names, so that changing one part keeps the others."""
    area = (named.get("responsible_area") or [""])[0]
    held = tenures(sight.record.happenings).get(area)
    noun = sight.record.standing(held.event) if held else None
    if noun is not None:
        return raw_of(sight.record, noun, shown(sight, noun)) | named
    planned = sight.state.planned.get((named.get("intervention") or [""])[0])
    if planned is not None and "plan_status" in named:
        noun = sight.record.standing(planned.id)
        return (raw_of(sight.record, noun, shown(sight, noun)) if noun else {}) | named
    goal = next((g for g in sight.state.goals if [str(g.id)] == named.get("goal")), None)
    return named | ({"goal_status": [goal.status]} if goal else {})


def shown(sight: Sight, noun: Noun) -> tuple[str, ...]:
    """Names and numbers are masked in a correction too: left empty they stay as they were (``actions.correction``)."""
    fields = SEALED_FIELDS[type(noun)]
    return tuple(name for name in fields if policy.shows(sight.relations, METHOD.fields[name].klass, name))


def raw_of(record: Record, noun: Noun, visible: tuple[str, ...]) -> Raw:
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
    if isinstance(value, dict):
        return ROWS_OF[name](value) if name in ROWS_OF else {f"need-{area}": [state] for area, state in value.items()}
    if isinstance(value, list):
        return {name: [str(v) for v in value]}
    return {name: ["on" if value is True else str(value)]}


def _outcome_rows(stored: Mapping[str, list[str | None]]) -> Raw:
    """Outcome, last day, the day after and why short, per support."""
    parts = ("outcome", "outcome-until", "outcome-after", "outcome-reason")
    return {
        f"{part}-{thing}": [said]
        for thing, values in stored.items()
        for part, said in zip(parts, values, strict=False)
        if said
    }


def _goal_rows(stored: Mapping[str, list[object]]) -> Raw:
    """Level and status per goal."""
    parts = ("goal-level", "goal-status")
    return {
        f"{part}-{goal}": [str(said)]
        for goal, values in stored.items()
        for part, said in zip(parts, values, strict=True)
        if said is not None
    }


def _skill_rows(stored: Mapping[str, str]) -> Raw:
    return {f"skill-{skill}": [ability] for skill, ability in stored.items()}


ROWS_OF: dict[str, Any] = {"support_outcomes": _outcome_rows, "goal_scores": _goal_rows, "skills": _skill_rows}
