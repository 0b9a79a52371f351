"""Hand-overs of a case seen: to a new worker, until the first meeting is held, and from one support to the next."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from langsikt.access.closing_sheets import HandOver, SentBackSheet, SupportHandOver
from langsikt.access.record import Record
from langsikt.access.sheets import Masked
from langsikt.model.due_between import first_meeting_waits
from langsikt.model.due_item import name_of
from langsikt.model.load import METHOD
from langsikt.model.state import Thing
from langsikt.model.texts import Text
from langsikt.records.models import Noun

Value = Callable[[Noun | None, str, int], str | Masked | None]
ENDINGS = ("end_placement", "end_placement_acutely", "end_intervention", "answer_day_after")
REFERS = ("placement_id", "running_support_id", "ended_support_id")
SHOWN_DAYS = 30


def hand_over_of(record: Record, value: Value, names: dict[UUID, str]) -> HandOver | None:
    """What the new worker must know first; None once the two have met, and where nobody is new."""
    state = record.state
    if state.closed or not first_meeting_waits(state):
        return None
    worker, since = state.workers[-1]
    said = _latest_note(record, worker)
    return HandOver(names.get(worker), since, value(said, "handover_note", 2), state.first_meeting_on)


def _latest_note(record: Record, worker: UUID) -> Noun | None:
    """The latest assignment of this worker that carries a note: a new stand-in does not take the note away."""
    given = [record.standing(h.id) for h in record.happenings if h.name == "assign_case" and h.corrects is None]
    noted: list[Any] = [n for n in given if n is not None]
    found = [n for n in noted if n.case_worker_id == worker and n.handover_note is not None]
    return found[-1] if found else None


def support_hand_overs(record: Record, value: Value) -> tuple[SupportHandOver, ...]:
    """Supports that somebody takes over: shown until thirty days after the first meeting, or until one is settled."""
    state = record.state
    ended = [t for t in (*state.placements, *state.interventions) if not t.running]
    found = []
    for thing in ended:
        said = _said(record, thing)
        to = value(said, "next_provider", 2)
        if (thing.meeting_on or to) and _recent(thing, state.today):
            found.append(SupportHandOver(name_of(thing), thing.ended_on, to, thing.meeting_on))
    return tuple(found)


def _recent(thing: Thing, today: date) -> bool:
    last = max(day for day in (thing.meeting_on, thing.ended_on) if day)
    return last >= today - timedelta(days=SHOWN_DAYS)


def _said(record: Record, thing: Thing) -> Noun | None:
    """The latest word on who takes over a support."""
    nouns: list[Any] = [record.standing(h.id) for h in record.happenings if h.name in ENDINGS and h.corrects is None]
    about = [n for n in nouns if n is not None and any(getattr(n, refers, None) == thing.id for refers in REFERS)]
    told = [n for n in about if n.next_provider is not None]
    return told[-1] if told else None


def sent_back_of(record: Record, value: Value) -> tuple[SentBackSheet, ...]:
    """What whoever signs has sent back and the worker has not changed yet."""
    found = []
    for kind, back in record.state.sent_back.items():
        row = next(r for r in record.rows if r.id == back.id)
        what = METHOD.interventions[kind].name if back.draft else Text("Avslut", "Closure")
        line = value(record.standing(back.id), "send_back_line", 2)
        event = "draft_decision" if back.draft else "ask_to_close"
        found.append(SentBackSheet(what, back.on, row.actor.short_name, line, event))
    return tuple(found)
