"""What a case knows of where its person is, opened for the scanner; and the one place where an address is opened."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from langsikt.access import vault
from langsikt.access.record import Record
from langsikt.model.whereabouts import Known
from langsikt.records.models import DataKey, Dwelling, SafeContact, Whereabouts

MARK, ADDRESS, PHONE = "mark", "address", "phone"


def known_to(record: Record) -> tuple[Known, ...]:
    """Every whereabouts that the case has had, those that no longer hold too: at most two statements."""
    return (*_of_the_case(record), *dwellings_of(t.place for t in record.state.placements if t.place))


def _of_the_case(record: Record) -> Iterator[Known]:
    for noun in record.nouns.values():
        if isinstance(noun, SafeContact) and (phone := record.text(noun, PHONE)):
            yield Known(PHONE, phone)
        if isinstance(noun, Whereabouts) and (value := record.text(noun, "whereabouts_value")):
            yield Known(noun.whereabouts_kind or ADDRESS, value)


def dwellings_of(places: Iterable[UUID]) -> tuple[Known, ...]:
    """Mark and address of each dwelling; an address only where its key may be read."""
    wanted = set(places)
    if not wanted:
        return ()
    keys = {k.scope_id: k for k in DataKey.objects.filter(scope="dwelling", scope_id__in=wanted)}
    found = []
    for dwelling in Dwelling.objects.filter(id__in=wanted):
        found.append(Known(MARK, dwelling.mark))
        if key := keys.get(dwelling.id):
            found.append(Known(ADDRESS, address_of(dwelling, key)))
    return tuple(found)


def address_of(dwelling: Dwelling, key: DataKey) -> str:
    """The address of a dwelling, opened with its own key. Raises VaultError."""
    opened = vault.unwrap(key.id, key.scope_id, key.kek, key.wrapped)
    return opened.open("records_dwelling", dwelling.id, "address", dwelling.address)
