"""A case seen: its overview, a step, its history; each call is one look with one journal row."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from langsikt.access import journal, policy
from langsikt.access.after_closure import after_closure
from langsikt.access.closing_sheets import CardChoices
from langsikt.access.errors import NotFound, Refusal
from langsikt.access.hand_over import hand_over_of, sent_back_of, support_hand_overs
from langsikt.access.history import event_line, option_text
from langsikt.access.look import acting
from langsikt.access.people import Colleague, colleagues, marks
from langsikt.access.record import Record, read_record, read_root
from langsikt.access.sheets import (
    Actor,
    CaseHeader,
    CaseSheet,
    EventLine,
    HistorySheet,
    Masked,
    Now,
    Possible,
    SafeContact,
    StepSheet,
    StepStop,
    StepTask,
    Support,
    Task,
)
from langsikt.access.whereabouts import address_of
from langsikt.model.due import Due, due, name_of
from langsikt.model.emergency import minutes_left
from langsikt.model.expiry import in_bands
from langsikt.model.load import METHOD
from langsikt.model.parse import STOCKHOLM
from langsikt.model.rules import answer
from langsikt.model.state import Thing
from langsikt.model.texts import Text
from langsikt.model.waiting import lines as summary
from langsikt.records.models import Assignment, DataKey, Dwelling, Noun
from langsikt.records.models import SafeContact as Card

T = TypeVar("T")
LATEST = 6
MORE_ON_THE_CARD = (
    "danger_signal", "caller_name", "fallback_person", "interpreter_language", "interpreter_dialect",
    "interpreter_avoid",
)  # fmt: skip
CARD = ("phone", "hours", "if_someone_else", "code_word", "interpreter_wish", *MORE_ON_THE_CARD)


class Sight:
    """A case as one actor sees it in one transaction."""

    def __init__(
        self, actor: Actor, record: Record, people: list[Colleague], assigned: list[Assignment], now: datetime
    ):
        self.actor, self.record, self.now = actor, record, now
        self.relations = record.root.relations
        self.state = record.state
        self.assigned = assigned
        self.people = people
        self.names = {c.id: c.short_name for c in people}
        self.revealed: frozenset[str] = frozenset()
        self.opened = False
        self.reason, self.klass = "", 2 if self.sees_text else 1
        self.shown: tuple[UUID, ...] | None = None

    @property
    def sees_text(self) -> bool:
        """Whether texts of class 2 are shown without a reveal."""
        return policy.shows(self.relations, 2)

    def value(self, noun: Noun | None, field: str, klass: int) -> str | Masked | None:
        """A sealed value: shown, masked, or None when there is none."""
        if noun is None or getattr(noun, field) is None:
            return None
        if field in self.revealed or policy.shows(self.relations, klass, field):
            return self.record.text(noun, field)
        return Masked(field, klass)


def look(
    actor: Actor,
    reference: str,
    now: datetime,
    action: str,
    show: Callable[[Sight], T],
    look_name: str = "case_overview",
) -> T:
    """One look at one case: reads it, shows it, writes the journal row. Raises NotFound (journaled)."""
    try:
        with acting(actor, now):
            sight = sight_of(actor, reference, now)
            if not policy.may(sight.relations, look_name):
                raise NotFound
            shown = show(sight)
            role = policy.acting_role(sight.relations)
            case_id = sight.record.root.id
            journal.write(
                actor,
                action,
                "done",
                now,
                role=role,
                case_id=case_id,
                shown=sight.shown,
                klass=sight.klass,
                reason=sight.reason,
            )
            return shown
    except Refusal as refusal:
        with acting(actor, now):
            journal.write(actor, action, type(refusal).__name__, now, typed=reference)
        refusal.journaled = True
        raise


def sight_of(actor: Actor, reference: str, now: datetime) -> Sight:
    """The case for this actor, in the transaction under way. Raises NotFound."""
    root = read_root(reference)
    if root is None or not root.relations:
        raise NotFound
    record = read_record(root, now.astimezone(STOCKHOLM).date(), opened=True)
    assigned = list(Assignment.objects.filter(case_id=root.id, until_at=None).order_by("from_at"))
    return Sight(actor, record, colleagues(record.state.today), assigned, now)


def overview(actor: Actor, reference: str, now: datetime) -> CaseSheet:
    """The overview of a case. Raises NotFound."""
    return look(actor, reference, now, "look_case", case_sheet)


def step(actor: Actor, reference: str, step_key: str, now: datetime) -> StepSheet:
    """A step page with its short task list. Raises NotFound."""
    return look(actor, reference, now, f"look_{step_key}", lambda sight: _step_sheet(sight, step_key))


def history(actor: Actor, reference: str, now: datetime) -> HistorySheet:
    """The whole history, newest first. Raises NotFound."""
    return look(actor, reference, now, "look_history", lambda s: HistorySheet(header(s), stops_of(s), tuple(lines(s))))


def case_sheet(sight: Sight) -> CaseSheet:
    """The overview's parts."""
    latest = tuple(lines(sight, LATEST))
    drafts = () if sight.state.closed else tuple(_support(t, "draft", {}) for t in sight.state.drafts.values())
    top, mine = header(sight), {p.event: p for p in possible(sight)}
    return CaseSheet(
        top,
        stops_of(sight),
        now_box(sight),
        safe_contact(sight),
        tuple(running_and_ended(sight)),
        latest,
        drafts,
        after_closure(sight.record, sight.people, mine, sight.sees_text),
        hand_over_of(sight.record, sight.value, sight.names),
        support_hand_overs(sight.record, sight.value),
        summary(sight.state, sight.sees_text),
        sent_back_of(sight.record, sight.value),
        in_bands([sight.state]),
    )


def header(sight: Sight) -> CaseHeader:
    """What stands at the top of every page of the case."""
    state, root = sight.state, sight.record.root
    person = sight.record.latest("record_person")
    made = sight.record.latest("receive_contact", "reopen_case")
    name = sight.value(person, "person_name", 2) or sight.value(person, "called", 2) or sight.value(made, "called", 2)
    return CaseHeader(
        reference=root.reference,
        is_case=root.is_case,
        closed=state.closed,
        ending=METHOD.events[state.ending].done if state.ending else None,
        case_worker=_who(sight, "case_worker") or _who(sight, "duty_service"),
        stand_in=_who(sight, "stand_in"),
        unit=root.unit_name,
        name=name,
        protected=True,
        children=state.children,
        never=tuple(option_text(METHOD.fields["never"], n) for n in state.never),
        maybe_watched=state.maybe_watched,
        do_not_contact=state.do_not_contact,
        actions=tuple(possible(sight)),
        sees_text=sight.sees_text,
        last_seq=sight.record.last_seq,
        missing_since=state.missing.since if state.missing and not state.closed else None,
        **_emergency(sight),
    )


def _emergency(sight: Sight) -> dict[str, Any]:
    """Until when the case is open, for whoever is here by an emergency and nothing else."""
    until = sight.record.root.open_until
    if until is None or sight.relations != {"emergency"}:
        return {}
    return {"emergency_until": until, "emergency_minutes": minutes_left(until, sight.now)}


def _who(sight: Sight, relation: str) -> str | None:
    found = [sight.names.get(a.staff_id) for a in sight.assigned if a.relation == relation]
    return found[-1] if found else None


def stops_of(sight: Sight) -> tuple[StepStop, ...]:
    """The seven stops of the strip."""
    steps = [s for s in METHOD.steps.values() if s.number]
    return tuple(
        StepStop(s.key, s.number, s.short, s.name, sight.state.steps[s.key].status, sight.state.steps[s.key].since)
        for s in sorted(steps, key=lambda s: s.number)
    )


def possible(sight: Sight) -> list[Possible]:
    """Every event that the actor may do now, in the order of the model."""
    found = []
    for name, rule in METHOD.events.items():
        role = policy.acting_role(sight.relations, name)
        if name != "correct" and answer(sight.state, name, role) == "done":
            found.append(Possible(name, rule.label, rule.step, rule.path))
    return found


def task(d: Due, reference: str, today: date) -> Task:
    """A thing due as a row: with its event's path, and the group of *Min dag* it belongs to."""
    rule = METHOD.events[d.event] if d.event else None
    late = d.due_on is None or (d.due_on - today).days <= 0
    group = "waiting" if d.waits else "now" if late or d.rank <= 1 else "week"
    step_key, path = (rule.step, rule.path) if rule else (None, None)
    return Task(d.kind, d.verb, d.why, d.due_on, group, d.rank, reference, d.event, step_key, path)


def _choice_seen(sight: Sight, field: str, value: str | None) -> Text | Masked | None:
    """What was chosen, masked for whoever sees dates only."""
    if value is None:
        return None
    return option_text(METHOD.fields[field], value) if sight.sees_text else Masked(field, 1)


def _mine(row: Task, possible_events: set[str]) -> Task:
    """The row without its event where this actor may only read it."""
    return row if row.event in possible_events else replace(row, event=None, step=None, path=None)


def _told_once(rows: list[Task]) -> list[Task]:
    """A thing that is due for two, told once here: by the form that this actor may open, else by the first."""
    told: dict[tuple[object, ...], Task] = {}
    for number, row in enumerate(rows):
        key = (row.kind, row.verb, row.due_on) if row.kind == "hand_over" else (number,)
        if key not in told or (told[key].event is None and row.event):
            told[key] = row
    return list(told.values())


def now_box(sight: Sight) -> Now:
    """The *Nu* box."""
    s = sight.state
    mine = {p.event for p in possible(sight)}
    tasks = [_mine(task(d, sight.record.root.reference, s.today), mine) for d in due(s)]
    return Now(
        tasks=tuple(_told_once(tasks)),
        tonight=_choice_seen(sight, "tonight", s.tonight),
        tonight_on=s.tonight_on,
        last_contact_on=s.last_contact_on,
        risk_level=_choice_seen(sight, "risk_level", s.risk.level if s.risk else None),
        risk_on=s.risk.assessed_on if s.risk else None,
        risk_age_days=(s.today - s.risk.assessed_on).days if s.risk else None,
        next_follow_up_on=s.next_follow_up_on,
    )


def safe_contact(sight: Sight) -> SafeContact:
    """*Så når du personen säkert*."""
    card = sight.record.latest("record_safe_contact")
    made = sight.record.latest("receive_contact", "reopen_case")
    values: dict[str, Any] = {name: sight.value(card, name, METHOD.fields[name].klass) for name in CARD}
    more = {name: values.pop(name) for name in MORE_ON_THE_CARD}
    way = sight.value(made, "safe_way", 2)
    chosen = _chosen(sight, card) if isinstance(card, Card) else None
    return SafeContact(verified_on=sight.state.verified_on, safe_way=way, more=more, chosen=chosen, **values)


def _chosen(sight: Sight, card: Card) -> CardChoices:
    """What of the card is chosen rather than written, and whether it is time to ask the person again (R34)."""
    verified, fields = sight.state.verified_on, METHOD.fields
    most = METHOD.deadlines["safe_contact_recheck"].count
    return CardChoices(
        channel=_choice_seen(sight, "contact_channel", card.contact_channel),
        device=_choice_seen(sight, "device_control", card.device_control),
        allowed=tuple(option_text(fields["allowed"], a) for a in card.allowed or () if a not in sight.state.never),
        interpreter_sex=_choice_seen(sight, "interpreter_sex", card.interpreter_sex),
        interpreter_elsewhere=bool(card.interpreter_elsewhere),
        check_again=verified is not None and (sight.state.today - verified).days > most,
    )


def running_and_ended(sight: Sight) -> list[Support]:
    """Every placement and intervention of the case."""
    places = marks() if sight.state.placements else {}
    burnt = sight.state.burnt
    found = [
        replace(_support(t, "placement", places), address=_address(sight, t), place=t.place, burnt=t.place in burnt)
        for t in sight.state.placements
    ]
    return found + [_support(t, "intervention", places) for t in sight.state.interventions]


def _address(sight: Sight, thing: Thing) -> str | Masked | None:
    """Where a running placement is: masked until revealed, and only where the person lives now."""
    if thing.place is None or not thing.running:
        return None
    if "address" not in sight.revealed:
        return Masked("address", 3)
    key = DataKey.objects.get(scope="dwelling", scope_id=thing.place)
    sight.shown = (*(sight.shown or ()), thing.place)
    return address_of(Dwelling.objects.only("address").get(id=thing.place), key)


def _support(thing: Thing, kind: str, places: dict[UUID, tuple[str, str, int]]) -> Support:
    mark = places[thing.place][0] if thing.place in places else None
    return Support(thing.id, name_of(thing), mark, kind, thing.from_on, thing.planned_end_on, thing.ended_on)


def lines(sight: Sight, most: int | None = None, only: str | None = None) -> list[EventLine]:
    """Lines of the history, newest first; ``only`` those of one step."""
    correct = answer(sight.state, "correct", policy.acting_role(sight.relations, "correct")) == "done"
    names = sight.names | ({i: m for i, (m, _, _) in marks().items()} if sight.state.placements else {})
    rows = sorted(sight.record.rows, key=lambda r: r.seq, reverse=True)[:most]
    found = [event_line(sight.record, row, sight.relations, names, correct, sight.opened) for row in rows]
    return [line for line in found if only is None or line.step == only]


def _step_sheet(sight: Sight, step_key: str) -> StepSheet:
    done = _done_on(sight)
    urgent = {d.event for d in due(sight.state)}
    tasks = []
    for p in possible(sight):
        if p.step == step_key:
            status = "to_do" if p.event in urgent else "done" if p.event in done else "optional"
            tasks.append(StepTask(p, status, done.get(p.event)))
    return StepSheet(header(sight), stops_of(sight), step_key, tuple(tasks), tuple(lines(sight, only=step_key)))


def _done_on(sight: Sight) -> dict[str, date]:
    return {h.name: h.happened_at.date() for h in sight.record.happenings if h.corrects is None}
