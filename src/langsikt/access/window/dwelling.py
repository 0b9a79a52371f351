"""Dwellings by their marks, the requests for a place, and an address shown once with a journal row."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.history import option_text
from langsikt.access.look import acting
from langsikt.access.record import read_roots, records_of
from langsikt.access.sheets import Actor, DwellingRow, Masked
from langsikt.access.whereabouts import address_of
from langsikt.model.load import METHOD
from langsikt.model.parse import STOCKHOLM
from langsikt.model.places import Suits, Wanted, eased, fits, says
from langsikt.model.texts import Text
from langsikt.records.models import DataKey, Dwelling, PlaceRequest


@dataclass(frozen=True)
class FoundPlaces:
    """What a search for a place came to: those with room, those that suit but are full, and with one need less."""

    says: Text
    free: tuple[DwellingRow, ...]
    full: tuple[DwellingRow, ...]
    eased: tuple[tuple[Text, int], ...]


def dwellings(actor: Actor, now: datetime) -> tuple[list[DwellingRow], list[dict[str, Any]]]:
    """Every dwelling with how many live there, and the open requests by reference. Raises NotFound."""
    if not policy.may(actor.roles, "place_requests"):
        raise NotFound
    with acting(actor, now):
        rows = [_row(*one) for one in _taken()]
        requests, shown = _requests(now)
        journal.write(actor, "look_dwellings", "done", now, shown=shown)
    return rows, requests


STANDING = """
select d.id, langsikt_taken(d.id), s.suits, s.youngest, s.oldest, (select case when b.says = 'burnt' then b.at end
    from records_burning b where b.dwelling_id = d.id order by b.at desc limit 1) from records_dwelling d
  left join lateral (select * from records_suitability s where s.dwelling_id = d.id
                      order by s.made_at desc limit 1) s on true
"""


def _taken() -> list[tuple[Dwelling, int, Suits, datetime | None]]:
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        rows = cursor.fetchall()
    found = {row[0]: (row[1], Suits(frozenset(row[2] or ()), row[3], row[4]), row[5]) for row in rows}
    return [(d, *found[d.id]) for d in Dwelling.objects.order_by("mark")]


def _row(dwelling: Dwelling, taken: int, suits: Suits, burnt_at: datetime | None) -> DwellingRow:
    kind = METHOD.interventions[dwelling.kind].name
    burnt = burnt_at.astimezone(STOCKHOLM).date() if burnt_at else None
    hidden = Masked("address", 3)
    return DwellingRow(dwelling.id, dwelling.mark, kind, dwelling.capacity, taken, hidden, suits, burnt)


def standing(dwelling_id: UUID) -> DwellingRow | None:
    """One dwelling by its mark, in the transaction under way; None where there is none."""
    return next((_row(*one) for one in _taken() if one[0].id == dwelling_id), None)


def places(wanted: Wanted) -> FoundPlaces:
    """The places that fit, those with room and those that are full; in the transaction under way."""
    rows = [_row(*one) for one in _taken()]
    fit = [row for row in rows if fits(wanted, row.suits)]
    free = tuple(row for row in fit if row.free)
    less = [(need, sum(1 for row in rows if row.free and fits(one, row.suits))) for need, one in eased(wanted)]
    more = tuple((need, number) for need, number in less if number and not free)
    return FoundPlaces(says(wanted), free, tuple(row for row in fit if not row.free), more)


def suitability(actor: Actor, dwelling_id: UUID, now: datetime) -> DwellingRow:
    """One dwelling by its mark, with what it suits. Raises NotFound."""
    if not policy.may(actor.roles, "place_requests"):
        raise NotFound
    with acting(actor, now):
        found = next((_row(*one) for one in _taken() if one[0].id == dwelling_id), None)
        if found is None:
            raise NotFound
        journal.write(actor, "look_dwellings", "done", now, shown=[dwelling_id])
    return found


def _requests(now: datetime) -> tuple[list[dict[str, Any]], list[UUID]]:
    roots = [r for r in read_roots() if "housing_coordinator" in r.relations]
    records = records_of(roots, now.astimezone(STOCKHOLM).date())
    found = []
    for root in roots:
        noun = records[root.id].latest("request_place")
        if isinstance(noun, PlaceRequest):
            found.append(_request(root.reference, noun))
    return found, [r.id for r in roots]


def _request(reference: str, noun: PlaceRequest) -> dict[str, Any]:
    fields = METHOD.fields
    return {
        "reference": reference,
        "kind": option_text(fields["place_kind"], noun.place_kind or ""),
        "from_on": noun.from_on,
        "adaptations": [option_text(fields["adaptation"], a) for a in noun.adaptation or []],
        "needs": sorted(_needs(noun)),
        "comes_along": option_text(fields["comes_along"], noun.comes_along) if noun.comes_along else None,
    }


def _needs(noun: PlaceRequest) -> set[str]:
    along = {"children": {"children"}, "partner": {"couple"}}.get(noun.comes_along or "", set())
    return set(noun.adaptation or []) | along


def address(actor: Actor, dwelling_id: UUID, now: datetime) -> DwellingRow:
    """One dwelling with its address: class 3, a look of its own. Raises NotFound."""
    if not policy.may(actor.roles, "address"):
        raise NotFound
    with acting(actor, now):
        found = next((one for one in _taken() if one[0].id == dwelling_id), None)
        key = DataKey.objects.filter(scope="dwelling", scope_id=dwelling_id).first()
        if found is None or key is None:
            raise NotFound
        text = address_of(found[0], key)
        journal.write(actor, "reveal_address", "done", now, case_id=None, shown=[dwelling_id], klass=3)
    return replace(_row(*found), address=text)
