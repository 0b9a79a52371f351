"""A dwelling is added and described; a place is looked for by need, and what nobody has is counted without a person."""

import uuid
from datetime import datetime

from langsikt.access import journal, policy, vault
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.access.window.dwelling import FoundPlaces, places
from langsikt.model.load import METHOD
from langsikt.model.parse import STOCKHOLM
from langsikt.model.places import OLDEST, Suits, Wanted, age_band
from langsikt.model.texts import Text
from langsikt.records.models import DataKey, Dwelling, Suitability, UnmetNeed

MOST_PLACES = 99
AGE = Text("Skriv åldern i hela år, 0 till 120", "Write the age in whole years, 0 to 120")


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
        journal.write(actor, "add_dwelling", "done", now, shown=[dwelling_id], klass=3)
    return dwelling_id


def describe_place(actor: Actor, dwelling_id: uuid.UUID, suits: Suits, now: datetime) -> None:
    """Says whom and what a dwelling suits; what was said before is kept. Raises NotFound, Invalid (ux R32)."""
    if "housing_coordinator" not in actor.roles:
        raise NotFound
    with acting(actor, now):
        if not Dwelling.objects.filter(id=dwelling_id).exists():
            raise NotFound
        _check_ages(suits)
        Suitability.objects.create(
            dwelling_id=dwelling_id,
            suits=sorted(suits.needs),
            youngest=suits.youngest,
            oldest=suits.oldest,
            made_at=now,
        )
        journal.write(actor, "describe_place", "done", now)


def _check_ages(suits: Suits) -> None:
    complaints = {
        name: AGE
        for name, age in (("youngest", suits.youngest), ("oldest", suits.oldest))
        if age is not None and not 0 <= age <= OLDEST
    }
    if not complaints and (suits.youngest or 0) > (OLDEST if suits.oldest is None else suits.oldest):
        complaints["oldest"] = Text(
            "Den äldsta kan inte vara yngre än den yngsta", "The oldest cannot be younger than the youngest"
        )
    if complaints:
        raise Invalid(complaints)


def find_place(actor: Actor, wanted: Wanted, key: uuid.UUID, now: datetime) -> FoundPlaces:
    """Looks for a place by need. Where none has room, the need is counted: the day and the need, never for whom.

    ``key`` is that of the form, so that the same answer sent twice is counted once. Raises NotFound, Invalid (ux R32).
    """
    if not policy.may(actor.roles, "place_requests"):
        raise NotFound
    with acting(actor, now):
        if wanted.age is not None and not 0 <= wanted.age <= OLDEST:
            raise Invalid({"age": AGE})
        found = places(wanted)
        if not found.free:
            need = UnmetNeed(
                id=key,
                searched_on=now.astimezone(STOCKHOLM).date(),
                suits=sorted(wanted.needs),
                age_band=age_band(wanted.age),
            )
            UnmetNeed.objects.bulk_create([need], ignore_conflicts=True)
        journal.write(actor, "find_place", "done", now, shown=[])
    return found


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
