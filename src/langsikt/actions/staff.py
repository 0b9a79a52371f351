"""Founding an installation, and the administrator's work: districts, units, staff, roles, absences."""

import uuid
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from langsikt.access import journal, policy, signin, vault
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.functions import ask
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.model.load import METHOD
from langsikt.model.parse import STOCKHOLM
from langsikt.model.texts import Text
from langsikt.records.models import Absence, District, Staff, StaffRole, Unit

NOT_GIVEN = frozenset({"stand_in", "emergency"})
IN_UNIT = frozenset({"case_worker", "unit_manager", "duty_service"})


def found_installation(kind: str, username: str, short_name: str, password: str, now: datetime) -> uuid.UUID:
    """Marks an empty database as ``demo`` or ``production`` for good, with its first administrator.

    Returns the administrator's id. Raises Invalid on a weak password, and the database's own
    error when the installation is already founded (rules D7).
    """
    _check_password(password)
    staff_id = uuid.uuid4()
    with transaction.atomic():
        Staff.objects.create(
            id=staff_id, username=username.lower(), short_name=short_name, password=make_password(password)
        )
        ask("langsikt_found", kind, vault.key_check(), vault.prints(), staff_id, now)
    return staff_id


def _check_password(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as error:
        words = " ".join(error.messages)
        raise Invalid({"password": Text(words, words)}) from None


def _administrator(actor: Actor) -> None:
    if not policy.may(actor.roles, "staff"):
        raise NotFound


def add_district(actor: Actor, key: str, name: str, now: datetime) -> None:
    """A stadsdel, from today on. Raises NotFound for others than the administrator."""
    _administrator(actor)
    with acting(actor, now):
        District.objects.create(key=key, name=name, from_on=now.astimezone(STOCKHOLM).date())
        journal.write(actor, "add_district", "done", now)


def add_unit(actor: Actor, name: str, district: str, now: datetime) -> uuid.UUID:
    """A team of a district. Returns its id. Raises NotFound."""
    _administrator(actor)
    with acting(actor, now):
        unit = Unit.objects.create(name=name, district_id=district)
        journal.write(actor, "add_unit", "done", now)
    return uuid.UUID(str(unit.id))


def set_fallback(actor: Actor, unit: uuid.UUID, staff_id: uuid.UUID, now: datetime) -> None:
    """Who takes a case of the unit that would otherwise have nobody (rules D3). Raises NotFound."""
    _administrator(actor)
    with acting(actor, now):
        Unit.objects.filter(id=unit).update(fallback_id=staff_id)
        journal.write(actor, "set_fallback", "done", now)


def add_staff(actor: Actor, username: str, short_name: str, password: str, now: datetime) -> uuid.UUID:
    """A member of staff with an account. Returns the id. Raises NotFound, Invalid."""
    _administrator(actor)
    username = username.lower()
    _check_staff(username, short_name)
    _check_password(password)
    with acting(actor, now):
        staff = Staff.objects.create(username=username, short_name=short_name, password=make_password(password))
        journal.write(actor, "add_staff", "done", now)
    return uuid.UUID(str(staff.id))


def _check_staff(username: str, short_name: str) -> None:
    complaints = {}
    if not username or len(username) > 60 or not username.replace(".", "").replace("-", "").isalnum():
        complaints["username"] = Text(
            "Skriv bokstäver, siffror och punkt, högst 60", "Write letters, digits and dots, at most 60"
        )
    elif Staff.objects.filter(username=username).exists():
        complaints["username"] = Text(
            "Användarnamnet finns redan. Välj ett annat", "The user name is taken. Choose another"
        )
    if not short_name or len(short_name) > 60:
        complaints["short_name"] = Text(
            "Skriv förnamn och initial, till exempel Sara L", "Write first name and initial, for example Sara L"
        )
    if complaints:
        raise Invalid(complaints)


def give_role(
    actor: Actor,
    staff_id: uuid.UUID,
    role: str,
    unit: uuid.UUID | None,
    from_on: date,
    until_on: date | None,
    now: datetime,
) -> None:
    """A role from one day to another. Nobody gives a role to oneself. Raises NotFound, Invalid."""
    _administrator(actor)
    complaints = {}
    if role not in METHOD.roles or role in NOT_GIVEN:
        complaints["role"] = Text("Välj en roll i listan", "Choose a role in the list")
    if role in IN_UNIT and unit is None:
        complaints["unit"] = Text("Välj enhet för den här rollen", "Choose a unit for this role")
    if until_on and until_on < from_on:
        complaints["until_on"] = Text("Sista dagen ligger före den första", "The last day comes before the first")
    if staff_id == actor.id:
        complaints["role"] = Text("Du kan inte ge dig själv en roll", "You cannot give yourself a role")
    if complaints:
        raise Invalid(complaints)
    with acting(actor, now):
        if not Staff.objects.filter(id=staff_id).exists():
            raise NotFound
        StaffRole.objects.create(staff_id=staff_id, role=role, unit_id=unit, from_on=from_on, until_on=until_on)
        journal.write(actor, "give_role", "done", now, reason=role)


def reset_second_factor(actor: Actor, staff_id: uuid.UUID, now: datetime) -> None:
    """A lost second factor: the app and the recovery codes go, and the next sign-in connects a new app.

    Raises NotFound; nobody resets their own.
    """
    _administrator(actor)
    if staff_id == actor.id or not Staff.objects.filter(id=staff_id).exists():
        raise NotFound
    signin.reset(staff_id)
    with acting(actor, now):
        journal.write(actor, "reset_second_factor", "done", now)


def set_absence(actor: Actor, from_on: date, until_on: date, now: datetime) -> None:
    """One's own days away, first and last included; dates only (rules B4.6). Raises NotFound, Invalid."""
    if not actor.roles & {"case_worker", "duty_service", "unit_manager", "housing_coordinator"}:
        raise NotFound
    if until_on < from_on:
        raise Invalid({"until_on": Text("Sista dagen ligger före den första", "The last day comes before the first")})
    with acting(actor, now):
        Absence.objects.create(staff_id=actor.id, from_on=from_on, until_on=until_on, recorded_at=now)
        journal.write(actor, "set_absence", "done", now)


def lift_exclusion(actor: Actor, denial_id: uuid.UUID, now: datetime) -> None:
    """The secrecy officer lifts an exclusion, never one of their own. Raises NotFound."""
    if not policy.may(actor.roles, "exclusions"):
        raise NotFound
    with acting(actor, now):
        case_id = ask("langsikt_lift", denial_id, now)
        if case_id is None:
            raise NotFound
        journal.write(actor, "lift_exclusion", "done", now, case_id=case_id)
