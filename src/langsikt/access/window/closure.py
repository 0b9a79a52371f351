"""Step 7 seen: the checklist with its form, what the manager signs, and what holds after closure."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from langsikt.access import journal, policy
from langsikt.access.after_closure import after_closure
from langsikt.access.closing_sheets import AfterClosure, Checklist, ChecklistRow, StopRow
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.record import read_root
from langsikt.access.sheets import Actor, Possible
from langsikt.access.window.case import Sight, possible, sight_of
from langsikt.access.window.form import FormSheet, sheet_of
from langsikt.model.closing import Row, Told, answers, checklist, moved_home
from langsikt.model.closing_stops import Way, closing_stops
from langsikt.model.parse import STOCKHOLM
from langsikt.model.rules import signature_needed
from langsikt.model.state import Facts
from langsikt.model.texts import Text

T = TypeVar("T")
DECLINED = Text("Personen vill avsluta", "The person wants to end")
NOT_REACHED = Text("Personen har inte nåtts", "The person has not been reached")


def closing(actor: Actor, reference: str, now: datetime) -> tuple[FormSheet, Checklist]:
    """The form that closes, or asks to, with its checklist. Raises NotFound (journaled)."""
    return _form(actor, reference, "ask_to_close", now, lambda sight: checklist_of(sight, {}))


def signing(actor: Actor, reference: str, now: datetime) -> tuple[FormSheet, Checklist]:
    """What the manager signs: why, by whom it was asked and when. Raises NotFound (journaled)."""
    return _form(actor, reference, "sign_closure", now, lambda sight: checklist_of(sight, _asked(sight)))


def reopening(actor: Actor, reference: str, now: datetime) -> tuple[FormSheet, AfterClosure | None]:
    """The form that reopens, with who the case goes back to. Raises NotFound (journaled)."""
    return _form(actor, reference, "reopen_case", now, after_of)


def _form(actor: Actor, reference: str, event: str, now: datetime, beside: Callable[[Sight], T]) -> tuple[FormSheet, T]:
    """A form with what stands beside it: one look, one journal row."""
    try:
        with acting(actor, now):
            sight = sight_of(actor, reference, now)
            found = sheet_of(sight, event), beside(sight)
            role = policy.acting_role(sight.relations, event)
            journal.write(
                actor, "open_form", "done", now, role=role, case_id=sight.record.root.id, klass=2, reason=event
            )
            return found
    except NotFound as refusal:
        with acting(actor, now):
            journal.write(actor, "open_form", "NotFound", now, typed=reference, reason=event)
        refusal.journaled = True
        raise


def checklist_of(sight: Sight, facts: Facts) -> Checklist:
    """The checklist of a case, with the ways out that this actor may take. ``facts``: what has been asked already."""
    state, mine = sight.state, {p.event: p for p in possible(sight)}
    rows = checklist(state, _told(sight))
    said = {row.key: row.said for row in rows}
    declined = said["view"] if state.declined_on else DECLINED
    words = said | {"declined": declined, "not_reached": NOT_REACHED}
    asked = next((r for r in reversed(sight.record.rows) if r.id == state.closure_request), None)
    return Checklist(
        rows=tuple(ChecklistRow(r.key, r.title, r.status, r.said, _way(r.ways, mine), _signed(r)) for r in rows),
        stops=tuple(StopRow(stop.what, _way(stop.ways, mine)) for stop in closing_stops(state)),
        why=tuple((key, words[key]) for key in signature_needed(state, facts)),
        answers=answers(rows),
        moved_home=moved_home(state),
        asked_on=asked.recorded_at.astimezone(STOCKHOLM).date() if asked else None,
        asked_by=asked.actor.short_name if asked else None,
    )


def _signed(row: Row) -> bool:
    return row.signs and row.status == "unmet"


def _way(ways: Way, mine: dict[str, Possible]) -> Possible | None:
    """The first of the ways out that this actor may take now."""
    return next((mine[event] for event in ways if event in mine), None)


def _told(sight: Sight) -> Told:
    """The days on which texts of the record say what the person thinks; the texts stay closed."""
    followed: Any = sight.record.latest("follow_up")
    ended: Any = sight.record.latest("decline_support")
    said = followed is not None and followed.still_needed == "no" and followed.own_words is not None
    talked = ended is not None and ended.pressure_talked_about
    return Told(followed.held_on if said else None, ended.happened_on if talked else None)


def _asked(sight: Sight) -> Facts:
    """What the worker chose when asking for the signature: only what the manager signs for."""
    noun: Any = sight.record.latest("ask_to_close")
    return {} if noun is None else {"closure_reason": noun.closure_reason, "heard": noun.heard}


def after_of(sight: Sight) -> AfterClosure | None:
    """What holds after closure; None while the case is open, and after an ending that nobody comes back from."""
    mine = {p.event: p for p in possible(sight)}
    return after_closure(sight.record, sight.people, mine, sees_text=sight.sees_text)


def still_seen(actor: Actor, reference: str, now: datetime) -> bool:
    """Whether the actor still has a reason to see the case after a change of one's own; nothing of it is read."""
    with acting(actor, now):
        root = read_root(reference)
    return root is not None and policy.may(root.relations, "case_overview")
