"""*Skriv till ärende*: a note into a case that one may not read; one answer, with or without a case (rules D5)."""

import uuid
from datetime import datetime

from django.db import connection

from langsikt.access import journal, vault
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.functions import ask
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.actions.turn import lock
from langsikt.model.load import METHOD
from langsikt.model.texts import Text
from langsikt.records.models import Unit

LONGEST_REFERENCE = 12
FROM = Text("Skrivet utifrån av {role}, {unit}.", "Written from outside by {role}, {unit}.")
NOWHERE = uuid.UUID(int=0)
NO_UNIT = "hela staden"


def write_into(actor: Actor, reference: str, note: str, now: datetime) -> None:
    """Adds a note to the case with exactly this reference, marked with unit and role, for its worker to read.

    Nobody is told whether there is such a case: the same statements, sealings and journal row either way.
    Whoever is excluded from the case may write too, and learns no more. Raises NotFound, Invalid.
    """
    if not actor.roles:
        raise NotFound
    reference, text = reference.strip().upper()[:LONGEST_REFERENCE].replace("\0", ""), note.strip()
    _check(reference, text)
    event_id = uuid.uuid4()
    role = min(actor.roles)
    with acting(actor, now):
        lock(f"case|{reference}")
        unit = Unit.objects.filter(id=actor.unit or NOWHERE).values_list("name", flat=True).first() or NO_UNIT
        keyring = _keyring(reference)
        head = FROM.filled(role=METHOD.roles[role].name, unit=Text(unit, unit)).sv
        sealed = keyring.seal("records_note", event_id, "note", f"{head}\n\n{text}")
        ask("langsikt_write_into", reference, event_id, sealed, role, now)
        journal.write(actor, "write_into", "done", now, klass=2, typed=reference)


def _keyring(reference: str) -> vault.DataKeyring:
    """The key of the case; where there is no such case that of another, unwrapped as well and used for nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select key_id, scope_id, kek, wrapped from langsikt_note_key(%s)", [reference])
        row = cursor.fetchone()
    return vault.unwrap(*row) if row else vault.new_data_key(uuid.uuid4())  # not one case in the house yet


def _check(reference: str, text: str) -> None:
    complaints = {}
    if not reference:
        complaints["reference"] = Text("Skriv ärendets referens", "Write the reference of the case")
    most = METHOD.fields["note"].most
    if not text:
        complaints["note"] = Text("Skriv det du vill lämna", "Write what you want to pass on")
    elif len(text) > most:
        complaints["note"] = Text(f"Korta texten till {most} tecken", f"Shorten the text to {most} characters")
    if complaints:
        raise Invalid(complaints)
