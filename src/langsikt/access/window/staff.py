"""Who somebody is: the actor of a request, and staff as lists for those who may see them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting, acting_as
from langsikt.access.sheets import Actor
from langsikt.model.load import METHOD
from langsikt.model.parse import STOCKHOLM
from langsikt.records.models import Absence, District, Staff, StaffRole, Unit

ACTOR = (
    "select s.short_name, r.role, r.unit_id, u.district_id, array(select n.kind from records_notice n"
    " where n.to_staff_id = s.id and n.seen_at is null group by n.kind order by max(n.made_at) desc),"
    " coalesce(r.role in ('log_reviewer', 'system_administrator') and langsikt_seal_lags(), false)"
    " from records_staff s"
    " left join records_staffrole r on r.staff_id = s.id and r.from_on <= langsikt_today()"
    " and (r.until_on is null or r.until_on >= langsikt_today())"
    " left join records_unit u on u.id = r.unit_id"
    " where s.id = %s and s.is_active order by r.unit_id nulls last, r.role"
)


def actor(staff_id: UUID, now: datetime) -> Actor | None:
    """The actor behind a staff id, with the roles valid now; None when the account is closed."""
    with acting_as(staff_id, now), connection.cursor() as cursor:
        cursor.execute(ACTOR, [staff_id])
        rows = cursor.fetchall()
    if not rows:
        return None
    roles = frozenset(row[1] for row in rows if row[1])
    alarm = ("seal_lags",) if any(row[5] for row in rows) else ()
    return Actor(staff_id, rows[0][0], roles, rows[0][2], rows[0][3], (*alarm, *rows[0][4]))


def actor_named(username: str, now: datetime) -> Actor:
    """The actor with this user name. Raises NotFound."""
    staff_id = Staff.objects.filter(username=username).values_list("id", flat=True).first()
    found = actor(staff_id, now) if staff_id else None
    if found is None:
        raise NotFound
    return found


def everybody(viewer: Actor, now: datetime) -> list[dict[str, Any]]:
    """All staff with their roles, for the system administrator. Raises NotFound."""
    if not policy.may(viewer.roles, "staff"):
        raise NotFound
    with acting(viewer, now):
        roles: dict[UUID, list[Any]] = {}
        for row in StaffRole.objects.select_related("unit").order_by("from_on"):
            roles.setdefault(row.staff_id, []).append(row)
        known = _identified()
        everyone = Staff.objects.order_by("short_name")
        found = [_staff_row(s, roles.get(s.id, []), _day(now)) | {"identified": s.id in known} for s in everyone]
        journal.write(viewer, "look_staff", "done", now)
    return found


def _identified() -> set[UUID]:
    """Who has said who they are; not what was said."""
    with connection.cursor() as cursor:
        cursor.execute("select langsikt_identified()")
        return {row[0] for row in cursor.fetchall()}


def _staff_row(staff: Staff, roles: list[StaffRole], today: date) -> dict[str, Any]:
    valid = [r for r in roles if r.from_on <= today and (r.until_on is None or r.until_on >= today)]
    return {
        "id": staff.id,
        "short_name": staff.short_name,
        "username": staff.username,
        "active": staff.is_active,
        "roles": [METHOD.roles[r.role].name for r in valid],
        "rows": [
            {
                "role": METHOD.roles[r.role].name,
                "unit": r.unit.name if r.unit else "",
                "from_on": r.from_on,
                "until_on": r.until_on,
            }
            for r in roles
        ],
    }


def units(viewer: Actor, now: datetime) -> list[tuple[UUID, str]]:
    """Every unit with its district, for a form."""
    with acting(viewer, now):
        return [(u.id, f"{u.name}") for u in Unit.objects.order_by("name")]


def districts(viewer: Actor, now: datetime) -> dict[str, str]:
    """Names of the districts by key."""
    with acting(viewer, now):
        return dict(District.objects.values_list("key", "name"))


def absences(viewer: Actor, now: datetime) -> list[dict[str, Any]]:
    """Absences that have not passed: one's own, and for a manager those of the unit. Dates only."""
    with acting(viewer, now):
        rows = Absence.objects.select_related("staff").defer("staff__password").filter(until_on__gte=_day(now))
        if "unit_manager" in viewer.roles and viewer.unit:
            mine = StaffRole.objects.filter(unit_id=viewer.unit).values_list("staff_id", flat=True)
            rows = rows.filter(staff_id__in=[*mine, viewer.id])
        else:
            rows = rows.filter(staff_id=viewer.id)
        return [
            {"who": r.staff.short_name, "from_on": r.from_on, "until_on": r.until_on} for r in rows.order_by("from_on")
        ]


def _day(now: datetime) -> date:
    return now.astimezone(STOCKHOLM).date()
