"""*Senare*: a row of *Min dag* about to be put off; one look with one journal row."""

from datetime import datetime

from langsikt.access.errors import NotFound
from langsikt.access.list_sheets import LaterSheet
from langsikt.access.sheets import Actor
from langsikt.access.window.case import Sight, look
from langsikt.access.window.worklist import tasks_of
from langsikt.model.due import due
from langsikt.model.later import days_offered, later


def postpone_form(actor: Actor, reference: str, kind: str, now: datetime) -> LaterSheet:
    """The row, and how far it may be put off. Raises NotFound for a case or a row that is not the actor's."""
    return look(actor, reference, now, "open_postpone", lambda sight: row_that_may_wait(sight, kind))


def row_that_may_wait(sight: Sight, kind: str) -> LaterSheet:
    """The actor's row of this kind in the case. Raises NotFound when there is none, or it may not wait.

    Of several of a kind the first day binds them all: none is put off past its own.
    """
    today = sight.state.today
    rows = [row for row in tasks_of(sight.record, due(sight.state), today) if row.kind == kind]
    limits = [later(row.kind, row.due_on, today) for row in rows]
    allowed = [limit for limit in limits if limit is not None]
    if not allowed or len(allowed) < len(rows):
        raise NotFound
    most = min(limit.until for limit in allowed)
    return LaterSheet(rows[0], most, tuple(days_offered(most, today)), any(limit.asks_why for limit in allowed))
