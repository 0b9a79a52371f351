"""Staff by id and by role, as plain values: what forms and histories need to name somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from langsikt.model.load import METHOD
from langsikt.model.texts import Text
from langsikt.records.models import Burning, Dwelling, Staff

WORKING = (
    "select s.id, s.short_name, r.role, r.unit_id from records_staff s join records_staffrole r on r.staff_id = s.id"
    " where s.is_active and r.from_on <= %s and (r.until_on is null or r.until_on >= %s) order by s.short_name, r.role"
)

DESKS = (
    "select s.id, s.short_name, r.role, u.name from records_staff s"
    " left join records_staffrole r on r.staff_id = s.id and r.from_on <= %s"
    " and (r.until_on is null or r.until_on >= %s)"
    " left join records_unit u on u.id = r.unit_id order by r.unit_id nulls last, r.role"
)


@dataclass(frozen=True)
class Colleague:
    """Somebody who works here today, with one of their roles."""

    id: UUID
    short_name: str
    role: str
    unit: UUID | None


@dataclass(frozen=True)
class Desk:
    """Who somebody is to others here: short name, role and unit."""

    short_name: str
    role: Text | None
    unit: str


Desks = dict[UUID, Desk]


def desks(today: date) -> Desks:
    """Everybody who has an account, by id, with the role and unit that they have today, if any: one statement."""
    found: Desks = {}
    with connection.cursor() as cursor:
        cursor.execute(DESKS, [today, today])
        for staff_id, short_name, role, unit in cursor.fetchall():
            name = METHOD.roles[role].name if role in METHOD.roles else None
            found.setdefault(staff_id, Desk(short_name, name, unit or ""))
    return found


def colleagues(today: date) -> list[Colleague]:
    """Everybody with a role today, one row per role: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(WORKING, [today, today])
        return [Colleague(*row) for row in cursor.fetchall()]


def marks() -> dict[UUID, tuple[str, str, int]]:
    """Mark, kind and capacity of every dwelling: one statement, no address."""
    return {d.id: (d.mark, d.kind, d.capacity) for d in Dwelling.objects.defer("address").order_by("mark")}


def short_names(staff: Iterable[UUID | None]) -> dict[UUID, str]:
    """What these members of staff are called, also those who have left. One statement."""
    return dict(Staff.objects.filter(id__in=set(staff) - {None}).values_list("id", "short_name"))


def latest_burning(dwelling: UUID) -> str | None:
    """What was said last of a dwelling's address: burnt, cleared, or nothing. One statement."""
    return Burning.objects.filter(dwelling_id=dwelling).order_by("-at").values_list("says", flat=True).first()


def named(people: list[Colleague], roles: frozenset[str], unit: UUID | None = None) -> list[tuple[str, Text]]:
    """Options of a form: each person once, of these roles and, if given, of this unit."""
    found: dict[str, Text] = {}
    for person in people:
        if person.role in roles and (unit is None or person.unit == unit):
            found.setdefault(str(person.id), Text(person.short_name, person.short_name))
    return list(found.items())
