"""Drafts kept as they are typed: one encrypted row per worker, form and case; gone when the note is locked."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from langsikt.access import journal, policy, vault
from langsikt.access.errors import NotFound, Refusal, RefusedByRight
from langsikt.access.look import acting
from langsikt.access.record import read_root
from langsikt.access.sheets import Actor
from langsikt.access.window.form import KEPT_DAYS
from langsikt.actions.refusals import by_right
from langsikt.actions.turn import form_key, form_name, lock, receipt_of
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.records.models import DataKey, Draft

MOST_BYTES = 400_000
KEPT_OUT = ("csrfmiddlewaretoken", "key", "seen")


def save_draft(
    actor: Actor, event: str, reference: str | None, raw: Mapping[str, Sequence[str]], now: datetime
) -> datetime | None:
    """Keeps what has been typed in a form so far. Returns when, or None for a form that has been sent meanwhile.

    Raises NotFound or RefusedByRight like the form.
    """
    rule = METHOD.events.get(event)
    if rule is None:
        raise NotFound
    try:
        return _save(actor, rule, reference, raw, now)
    except Refusal as refusal:
        with acting(actor, now):
            journal.write(actor, "begin_draft", type(refusal).__name__, now, typed=reference or "", reason=event)
        raise


def _save(
    actor: Actor, rule: EventRule, reference: str | None, raw: Mapping[str, Sequence[str]], now: datetime
) -> datetime | None:
    with acting(actor, now):
        if _taken(actor, raw):
            return None
        write_draft(actor, rule.name, _case(actor, rule, reference), raw, now)
    return now


def _taken(actor: Actor, raw: Mapping[str, Sequence[str]]) -> bool:
    """Whether the form was sent meanwhile: a draft that comes after it would be offered again the next time."""
    key = form_key("".join(raw.get("key", ())))
    if key:
        lock(form_name(actor, key))
    return receipt_of(actor, key) is not None


def write_draft(
    actor: Actor, event: str, case_id: UUID | None, raw: Mapping[str, Sequence[str]], now: datetime
) -> None:
    """Keeps the form for its writer, in the transaction under way. Raises NotFound for more than any form holds."""
    content = json.dumps({k: list(v) for k, v in raw.items() if k not in KEPT_OUT})
    if len(content) > MOST_BYTES:
        raise NotFound
    Draft.objects.filter(staff_id=actor.id, saved_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
    keyring = _keyring(actor)
    draft = Draft.objects.filter(staff_id=actor.id, case_id=case_id, form=event).first()
    if draft is None:
        draft = Draft(staff_id=actor.id, case_id=case_id, form=event)
        journal.write(actor, "begin_draft", "done", now, case_id=case_id, reason=event)
    draft.content = keyring.seal("records_draft", draft.id, "content", content)
    draft.saved_at = now
    draft.save()


def _case(actor: Actor, rule: EventRule, reference: str | None) -> UUID | None:
    """The case's id, None for a new contact. Raises NotFound, or RefusedByRight, when the form could not be sent."""
    if reference is None:
        if "new" in rule.during and actor.roles & rule.who:
            return None
        raise NotFound
    root = read_root(reference)
    if root is None or not root.relations:
        raise NotFound
    role = policy.acting_role(root.relations, rule.name)
    if role not in rule.who:
        raise RefusedByRight(by_right(rule, role))
    return root.id


def _keyring(actor: Actor) -> vault.DataKeyring:
    key = DataKey.objects.filter(scope="staff", scope_id=actor.id).first()
    if key is not None:
        return vault.unwrap(key.id, key.scope_id, key.kek, key.wrapped)
    keyring = vault.new_data_key(actor.id)
    DataKey.objects.create(**vault.wrapped_row(keyring, "staff"))
    return keyring
