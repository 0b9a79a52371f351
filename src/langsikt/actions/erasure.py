"""Gallring: a manager asks, a secrecy officer agrees beforehand, and rows, key and share are destroyed (rules D4)."""

import uuid
from datetime import datetime

from django.db import connection

from langsikt.access import journal, policy, vault
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.functions import ask
from langsikt.access.look import acting
from langsikt.access.record import read_record, read_root
from langsikt.access.sheets import Actor
from langsikt.access.window.erasure import answer_of
from langsikt.model.parse import STOCKHOLM


def ask_erasure(actor: Actor, reference: str, now: datetime) -> uuid.UUID:
    """Asks that a closed case be erased. Returns the request's id.

    Raises NotFound for others than a manager of the case; Invalid, with the reason, while its time is not out.
    """
    with acting(actor, now):
        root = read_root(reference)
        if root is None or "unit_manager" not in root.relations:
            raise NotFound
        today = now.astimezone(STOCKHOLM).date()
        said = answer_of(root, read_record(root, today), today)
        if said.reason != "may":
            raise Invalid({"reference": said.text})
        request = uuid.uuid4()
        ask("langsikt_ask_erasure", request, root.id, said.from_on, now)
        journal.write(actor, "ask_erasure", "done", now, role="unit_manager", case_id=root.id)
    return request


def agree_to_erasure(actor: Actor, request: uuid.UUID, now: datetime) -> None:
    """Erases what somebody else has asked for: the rows, the key, and the key's share outside the database.

    Raises NotFound: not a secrecy officer, one's own request, void or done already, or one is excluded from the case.
    """
    if not policy.may(actor.roles, "exclusions"):
        raise NotFound
    with acting(actor, now):
        with connection.cursor() as cursor:
            cursor.execute("select the_case, key_id from langsikt_erase_case(%s, %s)", [request, now])
            row = cursor.fetchone()
        if row is None:
            raise NotFound
        case_id, key_id = row
        journal.write(actor, "agree_to_erasure", "done", now, case_id=case_id, klass=2)
        if key_id is not None:
            vault.destroy_when_committed(key_id)
