"""One dwelling by its mark: whether its address is burnt, and who has ever been shown it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.people import marks, short_names
from langsikt.access.sheets import Actor, DwellingRow
from langsikt.access.window.dwelling import standing


@dataclass(frozen=True)
class AddressSeen:
    """One time that somebody was shown the address: who, in which role, when and why; never for whom."""

    who: str
    role: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class DwellingSheet:
    """One dwelling: its row, who has seen its address (None: not for this actor), and whether one may burn it."""

    row: DwellingRow
    seen: tuple[AddressSeen, ...] | None
    may_burn: bool


def dwelling(actor: Actor, dwelling_id: UUID, now: datetime) -> DwellingSheet:
    """The page of one dwelling, the address masked. Raises NotFound."""
    may_burn, may_see = policy.may(actor.roles, "burn_address"), policy.may(actor.roles, "address_log")
    if not may_burn and not may_see:
        raise NotFound
    with acting(actor, now):
        row = standing(dwelling_id)
        if row is None:
            raise NotFound
        seen = _seen(dwelling_id) if may_see else None
        journal.write(actor, "look_address_log", "done", now, shown=[dwelling_id])
    return DwellingSheet(row, seen, may_burn)


def dwellings_by_mark(actor: Actor, now: datetime) -> list[tuple[UUID, str]]:
    """Every dwelling by its mark, for whoever may ask who has seen an address. Raises NotFound."""
    if not policy.may(actor.roles, "address_log"):
        raise NotFound
    with acting(actor, now):
        return [(place, mark) for place, (mark, _, _) in marks().items()]


def _seen(dwelling_id: UUID) -> tuple[AddressSeen, ...]:
    with connection.cursor() as cursor:
        cursor.execute("select seen_at, who, as_role, why from langsikt_address_seen(%s)", [dwelling_id])
        rows = cursor.fetchall()
    names = short_names(row[1] for row in rows)
    return tuple(AddressSeen(names.get(who, ""), role, at, why) for at, who, role, why in rows)
