"""Puts a row of *Min dag* off, and takes it back: the actor's own list, nobody else's."""

import uuid
from datetime import date, datetime

from langsikt.access.errors import Invalid
from langsikt.access.sheets import Actor
from langsikt.access.window.case import Sight, look
from langsikt.access.window.postponement import row_that_may_wait
from langsikt.model.later import REASONS
from langsikt.model.texts import Text
from langsikt.model.why import day_in_words
from langsikt.records.models import Postponement


def postpone(actor: Actor, reference: str, kind: str, until_on: date, reason: str, now: datetime) -> None:
    """The actor's row of this kind is away until ``until_on``. Raises NotFound, Invalid."""

    def put_off(sight: Sight) -> None:
        _check(sight, kind, until_on, reason)
        mine = {"staff_id": actor.id, "case_id": sight.record.root.id, "kind": kind}
        Postponement.objects.filter(**mine).delete()
        Postponement.objects.create(id=uuid.uuid4(), **mine, until_on=until_on, reason=reason, made_at=now)

    look(actor, reference, now, "postpone", put_off)


def _check(sight: Sight, kind: str, until_on: date, reason: str) -> None:
    sheet = row_that_may_wait(sight, kind)
    complaints = {}
    if not sight.state.today < until_on <= sheet.most:
        words = Text("Välj en dag efter i dag, senast {d}", "Choose a day after today, {d} at the latest")
        complaints["until_on"] = words.filled(d=day_in_words(sheet.most))
    if reason and reason not in REASONS:
        complaints["reason"] = Text("Välj ett av skälen", "Choose one of the reasons")
    elif sheet.asks_why and not reason:
        complaints["reason"] = Text("Välj varför det får vänta", "Choose why it may wait")
    if complaints:
        raise Invalid(complaints)


def take_back(actor: Actor, reference: str, kind: str, now: datetime) -> None:
    """The row is back in the list; the same when it was never away. Raises NotFound."""

    def back(sight: Sight) -> None:
        Postponement.objects.filter(staff_id=actor.id, case_id=sight.record.root.id, kind=kind).delete()

    look(actor, reference, now, "take_back", back)
