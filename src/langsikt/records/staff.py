"""Who works here: districts, units, staff, their roles from day to day, and absences (dates only)."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class District(models.Model):
    """A stadsdel, valid from–to: the map changes."""

    KLASS: ClassVar = {"key": 0, "name": 0, "from_on": 0, "until_on": 0}
    key = models.TextField(primary_key=True)
    name = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)


class Unit(models.Model):
    """A team of a district; ``fallback`` takes a case that would otherwise have nobody (rules D3)."""

    KLASS: ClassVar = {"id": 0, "name": 0, "district": 0, "fallback": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.TextField()
    district = models.ForeignKey(District, models.PROTECT)
    fallback = models.ForeignKey("Staff", models.PROTECT, null=True, related_name="+")


class StaffManager(BaseUserManager["Staff"]):
    """Finds staff by their user name."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        """The staff member with this user name."""
        return self.get(username=username)


class Staff(AbstractBaseUser):
    """A member of staff as the sign-in knows them. No address, no relatives (rules B4.4)."""

    KLASS: ClassVar = {
        "id": 1,
        "username": 1,
        "short_name": 1,
        "password": 1,
        "is_active": 1,
        "last_login": 1,
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    username = models.CharField(max_length=60, unique=True)
    short_name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["short_name"]
    objects: ClassVar[Any] = StaffManager()

    def __str__(self) -> str:
        return self.short_name


class StaffRole(models.Model):
    """A role that a staff member holds from one day to another (``until_on`` included)."""

    KLASS: ClassVar = {"id": 1, "staff": 1, "role": 1, "unit": 1, "from_on": 1, "until_on": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="staff_roles")
    role = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)


class Absence(models.Model):
    """Days away, first and last included. Never a reason (rules B4.6)."""

    KLASS: ClassVar = {"id": 1, "staff": 1, "from_on": 1, "until_on": 1, "recorded_at": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(until_on__gte=models.F("from_on")), name="absence_in_order")
        ]
