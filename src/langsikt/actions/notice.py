"""Where a member of staff wants to be told by mail that there is something: one's own to give and to take away."""

import uuid
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from langsikt.access import journal, vault
from langsikt.access.errors import Invalid
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.model.texts import Text
from langsikt.records.models import DataKey, DeliveryAddress

LONGEST = 254
WRONG = Text(
    "Skriv en e-postadress, till exempel namn@kommun.example", "Write an e-mail address, such as name@city.example"
)


def set_address(actor: Actor, address: str, now: datetime) -> None:
    """The address of the actor's own, sealed under a key of its own; an empty one takes it away. Raises Invalid."""
    address = address.strip()
    if address:
        _check(address)
    with acting(actor, now):
        DeliveryAddress.objects.filter(staff_id=actor.id).delete()
        if address:
            _keep(actor, address, now)
        journal.write(actor, "set_delivery_address", "done", now)


def _check(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid({"address": WRONG}) from None
    if len(address) > LONGEST:
        raise Invalid({"address": WRONG})


def _keep(actor: Actor, address: str, now: datetime) -> None:
    row = uuid.uuid4()
    keyring = vault.new_data_key(row)
    sealed = keyring.seal("records_deliveryaddress", row, "address", address)
    DeliveryAddress.objects.create(id=row, staff_id=actor.id, address=sealed, set_at=now)
    DataKey.objects.create(**vault.wrapped_row(keyring, "mail"))
