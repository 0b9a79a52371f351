"""The one door for change: lock, right, step, fields, hard stops, change, event, journal — one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from langsikt.access import journal, policy
from langsikt.access.errors import Conflict, HardStop, Invalid, NotFound, Refusal, RefusedByRight, RefusedByStep
from langsikt.access.history import event_line
from langsikt.access.look import acting
from langsikt.access.record import Record, read_record, read_root
from langsikt.access.sheets import Actor
from langsikt.actions import check_in as check_in
from langsikt.actions import (
    closure,
    contact,
    correction,
    decision,
    follow_up,
    identity,
    investigation,
    needs_after,
    placement,
)
from langsikt.actions import goal as goal
from langsikt.actions import milestone as milestone
from langsikt.actions import network as network
from langsikt.actions import referral as referral
from langsikt.actions import responsibility as responsibility
from langsikt.actions import risk_assessment as risk_assessment
from langsikt.actions import safety_plan as safety_plan
from langsikt.actions import whereabouts as whereabouts
from langsikt.actions.around import around_of, check_choices
from langsikt.actions.refusals import BY_STEP, STOPS, by_right
from langsikt.actions.register import VERBS
from langsikt.actions.turn import form_key, form_name, lock, receipt_of
from langsikt.actions.work import Work
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.parse import STOCKHOLM, parse_event
from langsikt.model.rules import answer, stops
from langsikt.model.texts import Text
from langsikt.records.models import Draft, Receipt

__all__ = ["Done", "act", "closure", "decision", "follow_up", "investigation", "needs_after", "placement"]

MISSING_VERBS = set(METHOD.events) ^ set(VERBS)
if MISSING_VERBS:
    raise ImportError(f"events and actions differ: {', '.join(sorted(MISSING_VERBS))}; write or remove them")

Raw = Mapping[str, Sequence[str]]
# Stops that say one and the same of what is taken and of what collides (rules B4.1).
COLLIDING = frozenset({"place_free", "supporter_free", "interpreter_free"})
ALSO_WHEN_CORRECTED = COLLIDING | {"no_whereabouts"}


@dataclass(frozen=True)
class Done:
    """The event is in the record."""

    reference: str
    event: str
    text: Text


def act(
    actor: Actor,
    event: str,
    reference: str | None,
    raw: Raw,
    *,
    now: datetime,
    seen: int | None = None,
    key: str = "",
) -> Done:
    """Does ``event`` in the case ``reference`` (None for a new contact), or says no.

    ``raw`` holds the form as typed; ``seen`` the last event number the form knew; ``key`` makes
    the same form twice count once. Raises a Refusal; then nothing is stored but one journal row.
    """
    try:
        with acting(actor, now):
            return _act(actor, event, reference, raw, now, seen, key)
    except Refusal as refusal:
        with acting(actor, now):
            _journal_refusal(actor, event, reference, refusal, now)
        refusal.journaled = True
        raise


def _act(actor: Actor, event: str, reference: str | None, raw: Raw, now: datetime, seen: int | None, key: str) -> Done:
    rule, key = METHOD.events[event], form_key(key)
    lock(*([form_name(actor, key)] if key else []), *([f"case|{reference}"] if reference else []), *_places(raw))
    taken = receipt_of(actor, key)
    if taken:
        return Done(taken.reference, taken.event, rule.done)
    work = _begin(actor, rule, reference, raw, now)
    _check(work, raw, seen)
    VERBS[event](work)
    _finish(work, key)
    return Done(work.root.reference, event, rule.done)


def _begin(actor: Actor, rule: EventRule, reference: str | None, raw: Raw, now: datetime) -> Work:
    """The case, its record, and by what right the actor is here. Raises NotFound, RefusedByRight, RefusedByStep."""
    if reference is None:
        return _begin_new(actor, rule, now)
    root = read_root(reference)
    if root is None or not root.relations:
        raise NotFound
    role = policy.acting_role(root.relations, rule.name)
    record = read_record(root, now.astimezone(STOCKHOLM).date())
    _answer(record, rule, role)
    return Work(actor, role, rule, root, record, {}, now)


def _begin_new(actor: Actor, rule: EventRule, now: datetime) -> Work:
    roles = actor.roles & rule.who
    if "new" not in rule.during:
        raise NotFound
    if not roles or actor.unit is None:
        raise RefusedByRight(by_right(rule, "none"))
    return Work(actor, policy.acting_role(roles, rule.name), rule, contact.new_root(actor), None, {}, now)


def _answer(record: Record, rule: EventRule, role: str) -> None:
    said = answer(record.state, rule.name, role)
    if said == "right":
        raise RefusedByRight(by_right(rule, role))
    if said == "step":
        raise RefusedByStep(BY_STEP)


def _check(work: Work, raw: Raw, seen: int | None) -> None:
    """Newer events of others, then the fields, then the hard stops. Raises Conflict, Invalid, HardStop."""
    _check_seen(work, seen)
    original = _fields(work, raw)
    rule = original or work.rule
    around = around_of(work, rule)
    found = () if work.record is None else stops(work.state, work.rule.name, work.values, around)
    if original and not work.values.get("never_happened"):
        found += tuple(s for s in stops(work.state, rule.name, work.values, around) if s in ALSO_WHEN_CORRECTED)
    if found:
        text, field = STOPS[found[0]]
        raise HardStop(found[0], text, field, identity.target_of(work, rule.name) if found[0] in COLLIDING else None)


def _fields(work: Work, raw: Raw) -> EventRule | None:
    """Reads the fields into the work; for a correction those of the original too, whose rule is returned."""
    parsed = parse_event(work.rule, raw, work.now)
    work.values.update(parsed.values)
    original = None
    if work.rule.name == "correct" and "corrects" not in parsed.complaints:
        corrected = correction.original_of(work)
        original = METHOD.events[corrected.name]
        if not work.values.get("never_happened"):
            again = parse_event(original, raw, work.now, corrected.happened_at.astimezone(STOCKHOLM).date())
            work.values = again.values | work.values
            parsed.complaints.update(again.complaints)
    complaints = parsed.complaints or check_choices(work, original or work.rule)
    if complaints:
        raise Invalid(complaints)
    placement.name_kind(work)
    decision.take_draft(work)
    return original


def _check_seen(work: Work, seen: int | None) -> None:
    if seen is None or work.record is None:
        return
    newer = [row for row in work.record.rows if row.seq > seen and row.actor_id != work.actor.id]
    if newer:
        lines = tuple(event_line(work.record, row, work.root.relations) for row in newer)
        raise Conflict(lines, work.record.last_seq)


def _finish(work: Work, key: str) -> None:
    """The draft goes, the receipt and the journal row come; audit is last."""
    case_id = None if work.record is None else work.root.id
    Draft.objects.filter(staff_id=work.actor.id, case_id=case_id, form=work.rule.name).delete()
    if key:
        Receipt.objects.create(
            staff_id=work.actor.id, key=key, reference=work.root.reference, event=work.rule.name, made_at=work.now
        )
    journal.write(work.actor, work.rule.name, "done", work.now, role=work.role, case_id=work.root.id, klass=2)


def _places(raw: Raw) -> list[str]:
    """What two changes of different cases must not take at once: a dwelling, or somebody's time."""
    names = ("place", "supporter_name", "supporter_number", "interpreter_name", "interpreter_number")
    return [f"{name}|{value}" for name in names for value in raw.get(name, ()) if value]


def _journal_refusal(actor: Actor, event: str, reference: str | None, refusal: Refusal, now: datetime) -> None:
    result = type(refusal).__name__
    root = None if reference is None or isinstance(refusal, NotFound) else read_root(reference)
    case_id: UUID | None = root.id if root else None
    reason = refusal.stop if isinstance(refusal, HardStop) else ""
    typed: Any = reference if reference and case_id is None else ""
    journal.write(actor, event, result, now, case_id=case_id, reason=reason, typed=typed)
    if case_id and isinstance(refusal, HardStop) and refusal.target:
        identity.note_collision(case_id, refusal.target, now)
