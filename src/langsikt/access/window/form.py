"""What a form needs to be drawn: the header, the choices, the draft; one look with one journal row."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from langsikt.access import journal, policy, vault
from langsikt.access.choices import Choice, choices
from langsikt.access.closing_sheets import SentBackSheet
from langsikt.access.errors import NotFound
from langsikt.access.hand_over import sent_back_of
from langsikt.access.history import event_line
from langsikt.access.look import acting
from langsikt.access.people import colleagues, marks
from langsikt.access.sheets import Actor, CaseHeader, EventLine, GoalSheet, Support
from langsikt.access.window.case import Sight, header, running_and_ended, sight_of
from langsikt.access.window.decision import DraftSheet, drafts_of
from langsikt.access.window.follow_up import FollowUpSheet, asked_for, follow_up_sheet, outcome_prefilled
from langsikt.access.window.follow_up import prefilled as follow_up_prefilled
from langsikt.access.window.goal import goals_of
from langsikt.access.window.prefilled import ONLY_ONE, Raw, known, raw_of, shown, suggested
from langsikt.access.window.safety_plan import SearchSheet, search_of
from langsikt.model.due_between import waits_in
from langsikt.model.facts import EXPECTED
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.parse import STOCKHOLM
from langsikt.model.risk_review import too_old_for_family_work
from langsikt.model.rules import answer
from langsikt.model.state import State
from langsikt.records.models import DataKey, Draft

# What *Vad händer om* has tried, so that nobody types it again before it is saved.
FROM_THE_PLAN: tuple[str, ...] = ("intervention", "plan_status", "from_on", "until_on", "until_further_notice")
FROM_THE_PLAN += ("planned_end_on", "move_after")
# Where family work may be chosen, and a risk assessment under 90 days belongs before it (R28).
FAMILY_WORK = frozenset({"start_intervention", "plan_support", "issue_decision", "draft_decision"})
KEPT_DAYS = 14  # a draft can be taken up again for two weeks (ux.md 2.8)
FROM_A_LINK = ("responsible_area", "goal", "referral", "offer", "replaces", "whereabouts_kind")


@dataclass(frozen=True)
class FormSheet:
    """A form about to be drawn. ``answer`` is done, step or right; ``raw`` a draft or prefilled values.

    ``unasked``: fields that this case needs no answer to; ``asked_first``: those that it needs one to now.
    """

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
    search: SearchSheet | None = None
    waits_in: bool = False
    family_work_risk: bool = False
    follow_up: FollowUpSheet | None = None
    drafts: tuple[DraftSheet, ...] = ()
    sent_back: tuple[SentBackSheet, ...] = ()
    unasked: frozenset[str] = frozenset()
    asked_first: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Opening:
    """How a form is opened: to correct an event, by a link that says what it is about, or again as it was typed."""

    corrects: UUID | None = None
    asked: Mapping[str, str] | None = None
    typed: Raw | None = None


def new_form(actor: Actor, now: datetime) -> FormSheet:
    """The form of a new contact. Raises NotFound for whoever may not take one."""
    rule = METHOD.events["receive_contact"]
    if not actor.roles & rule.who or actor.unit is None:
        raise NotFound
    with acting(actor, now):
        raw, saved_at = _draft(actor, None, rule.name, now)
        journal.write(actor, "open_form", "done", now, reason=rule.name)
    listed = {name: choices(METHOD.fields[name], rule, None, [], {}) for name in (*rule.asks, *rule.offers)}
    role = policy.acting_role(actor.roles & rule.who, rule.name)
    raw = raw or suggested(rule, None, actor, listed, now)
    return FormSheet(None, rule, "done", role, listed, (), raw, saved_at, (), 0)


def event_form(actor: Actor, reference: str, event: str, now: datetime, opening: Opening | None = None) -> FormSheet:
    """The form of an event in a case. Raises NotFound (journaled)."""
    try:
        with acting(actor, now):
            sight = sight_of(actor, reference, now)
            sheet = _with_case(sight, _form(sight, METHOD.events[event], opening or Opening()))
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


def sheet_of(sight: Sight, event: str) -> FormSheet:
    """The form of an event for somebody who already looks at the case: for forms with more beside them."""
    return _form(sight, METHOD.events[event], Opening())


def _form(sight: Sight, rule: EventRule, opening: Opening) -> FormSheet:
    record, role = sight.record, policy.acting_role(sight.relations, rule.name)
    original_rule, original, said_before = _original(sight, opening.corrects)
    fields = [*(_fields(original_rule) if original_rule else ()), *_fields(rule)]
    people = colleagues(record.state.today)
    places = marks() if "place" in fields else {}
    listed = {n: choices(METHOD.fields[n], original_rule or rule, record, people, places) for n in fields}
    supports = tuple(s for s in running_and_ended(sight) if s.ended_on is None) if "support_outcomes" in fields else ()
    sheet = FormSheet(
        header=header(sight),
        rule=rule,
        answer=answer(record.state, rule.name, role),
        role=role,
        choices=listed,
        running=supports,
        raw=said_before,
        draft_saved_at=None,
        missing=tuple(name for name in rule.expects if not EXPECTED[name](record.state, {})),
        seen=record.last_seq,
        original=original,
        original_rule=original_rule,
        goals=goals_of(sight) if {"goal_scores", "goal_line"} & set(fields) else (),
        unasked=frozenset() if original_rule else _unasked(record.state),
        asked_first=frozenset({"risk_missing_reason"} if record.state.risk is None else ()),
    )
    return sheet if original_rule and opening.typed is None else _filled(sight, sheet, opening)


def _unasked(state: State) -> frozenset[str]:
    """Reasons that are asked for only where they are needed (R25, R28; rules B2.1)."""
    found = set() if state.risk is None else {"risk_missing_reason"}
    return frozenset(found if too_old_for_family_work(state) else found | {"family_work_reason"})


def _with_case(sight: Sight, sheet: FormSheet) -> FormSheet:
    """The form with what its page shows of the case: goals, a search, waiting in, family work without an assessment."""
    name, state = sheet.rule.name, sight.state
    return replace(
        sheet,
        search=search_of(sight) if name == "report_missing_person" else None,
        waits_in=waits_in(state),
        sent_back=tuple(b for b in sent_back_of(sight.record, sight.value) if b.event == name),
        family_work_risk=name in FAMILY_WORK and too_old_for_family_work(state),
    )


def _filled(sight: Sight, sheet: FormSheet, opening: Opening) -> FormSheet:
    """The form with what was just typed, else with its draft, else with what the record knows."""
    rule, asked = sheet.rule, opening.asked or {}
    raw, saved_at = _draft(sight.actor, sight.record.root.id, rule.name, sight.now)
    if sheet.original_rule or _about_another(sheet, raw, asked):
        raw, saved_at = {}, None
    if opening.typed is not None:
        raw = opening.typed
    elif not raw:
        raw = suggested(rule, sight.record, sight.actor, sheet.choices, sight.now)
        raw |= follow_up_prefilled(sight) if rule.name == "follow_up" else {}
        raw |= known(sight, _about(sheet, asked))
    raw = raw if opening.typed is not None else raw | _about(sheet, asked)
    sheet = replace(sheet, raw=raw, draft_saved_at=saved_at)
    if rule.name == "follow_up" and not sheet.original_rule:
        return _following_up(sight, sheet, asked, opening.typed is None)
    return _signing(sight, sheet, opening.typed is None and not saved_at) if rule.name == "sign_decision" else sheet


def _about(sheet: FormSheet, asked: Mapping[str, str]) -> Raw:
    """What a link says that the form is about, where it can be chosen there."""
    can = [n for n in _fields(sheet.rule) if METHOD.fields[n].kind in ONLY_ONE or n in FROM_A_LINK]
    named = {n: asked[n] for n in can if n in asked}
    known = {n: [value] for n, value in named.items() if value in {v for v, _ in sheet.choices.get(n, [])}}
    return known | {n: [asked[n]] for n in FROM_THE_PLAN if n in _fields(sheet.rule) and _is_plain(n, asked.get(n, ""))}


def _is_plain(name: str, value: str) -> bool:
    """Whether what a link of the plan says is a day, a yes, or one of the field's own answers."""
    field = METHOD.fields[name]
    if name == "intervention":
        return value in METHOD.interventions
    if field.kind == "day":
        return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
    return value == "on" if field.kind == "yes" else value in {option.value for option in field.options}


def _about_another(sheet: FormSheet, raw: Raw, asked: Mapping[str, str]) -> bool:
    """Whether a draft was begun about another thing than the link names."""
    return any(raw.get(name, value) != value for name, value in _about(sheet, asked).items())


def _following_up(sight: Sight, sheet: FormSheet, asked: Mapping[str, str], fresh: bool) -> FormSheet:
    """A follow-up: every running support has its proposal, also one that began after the draft."""
    raw = dict(sheet.raw)
    running = sight.state.running
    for thing in running if fresh else ():
        if f"outcome-{thing.id}" not in raw:
            raw |= outcome_prefilled(sight.state, thing)
    if fresh and asked.get("stod"):
        raw = asked_for(sight.state, raw, asked["stod"], asked.get("till", ""))
    return replace(sheet, raw=raw, follow_up=follow_up_sheet(sight, raw))


def _signing(sight: Sight, sheet: FormSheet, fresh: bool) -> FormSheet:
    """A signature shows what is signed: the draft that was chosen, with all it says filled in, and no other."""
    chosen = (sheet.raw.get("decision_draft") or [""])[-1]
    drafts = tuple(d for d in drafts_of(sight) if str(d.id) == chosen) or drafts_of(sight)
    listed = [choice for choice in sheet.choices["decision_draft"] if choice[0] == chosen]
    noun = sight.record.standing(UUID(chosen)) if listed else None
    if noun is None:
        return replace(sheet, drafts=drafts)
    said = raw_of(sight.record, noun, ("reasons",) if sight.sees_text else ())
    known = {name: values for name, values in said.items() if name in _fields(sheet.rule)} if fresh else {}
    choices_left = {**sheet.choices, "decision_draft": listed}
    return replace(sheet, raw=sheet.raw | known, choices=choices_left, drafts=drafts)


def _fields(rule: EventRule) -> tuple[str, ...]:
    return (*rule.asks, *rule.offers)


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
    raw = raw_of(sight.record, noun, shown(sight, noun)) if noun is not None else {}
    raw["corrects"] = [str(row.id)]
    raw["happened_at"] = [row.happened_at.astimezone(STOCKHOLM).strftime("%Y-%m-%dT%H:%M")]
    return METHOD.events[row.name], line, raw


def _draft(actor: Actor, case_id: UUID | None, form: str, now: datetime) -> tuple[Raw, datetime | None]:
    kept = Draft.objects.filter(saved_at__gte=now - timedelta(days=KEPT_DAYS))
    draft = kept.filter(staff_id=actor.id, case_id=case_id, form=form).first()
    key = DataKey.objects.filter(scope="staff", scope_id=actor.id).first() if draft else None
    if draft is None or key is None:
        return {}, None
    keyring = vault.unwrap(key.id, key.scope_id, key.kek, key.wrapped)
    content = keyring.open("records_draft", draft.id, "content", draft.content)
    return json.loads(content), draft.saved_at
