"""A dwelling is added: its mark for daily use, its address sealed with a key of its own."""

import uuid
from datetime import datetime

from langsikt.access import journal, policy, vault
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.model.load import METHOD
from langsikt.model.texts import Text
from langsikt.records.models import DataKey, Dwelling

MOST_PLACES = 99


def add_dwelling(actor: Actor, mark: str, kind: str, capacity: int, address: str, now: datetime) -> uuid.UUID:
    """Adds a dwelling. Returns its id. Raises NotFound for others than the coordinator, Invalid."""
    if not policy.may(actor.roles, "address") or "housing_coordinator" not in actor.roles:
        raise NotFound
    with acting(actor, now):
        _check(mark, kind, capacity, address)
        dwelling_id = uuid.uuid4()
        keyring = vault.new_data_key(dwelling_id)
        DataKey.objects.create(**vault.wrapped_row(keyring, "dwelling"))
        sealed = keyring.seal("records_dwelling", dwelling_id, "address", address)
        Dwelling.objects.create(id=dwelling_id, mark=mark, kind=kind, capacity=capacity, address=sealed, made_at=now)
        journal.write(actor, "add_dwelling", "done", now, klass=3)
    return dwelling_id


def _check(mark: str, kind: str, capacity: int, address: str) -> None:
    complaints = {}
    if not mark or len(mark) > 30:
        complaints["mark"] = Text(
            "Ge boendet ett märke som inte säger var det ligger, högst 30 tecken",
            "Give the dwelling a mark that does not tell where it is, at most 30 characters",
        )
    elif Dwelling.objects.filter(mark=mark).exists():
        complaints["mark"] = Text("Märket används redan. Välj ett annat", "The mark is in use. Choose another")
    if kind not in {o.value for o in METHOD.fields["place_kind"].options}:
        complaints["kind"] = Text("Välj slag i listan", "Choose a kind in the list")
    if not 1 <= capacity <= MOST_PLACES:
        complaints["capacity"] = Text("Skriv hur många som får plats, 1 till 99", "Write how many it takes, 1 to 99")
    if not address or len(address) > 200:
        complaints["address"] = Text("Skriv adressen, högst 200 tecken", "Write the address, at most 200 characters")
    if complaints:
        raise Invalid(complaints)
