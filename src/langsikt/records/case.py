"""The root of what is stored about a person: the contact, and the case it may become."""

import uuid
from typing import ClassVar

from django.db import models

from langsikt.records.staff import District, Staff, Unit


class Contact(models.Model):
    """Somebody got in touch (step 1). The reference is random and speakable, never countable."""

    KLASS: ClassVar = {"id": 1, "reference": 1, "unit": 1, "district": 1, "made_at": 1}
    id = models.UUIDField(primary_key=True)
    reference = models.TextField(unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT)
    district = models.ForeignKey(District, models.PROTECT)
    made_at = models.DateTimeField()


class Case(models.Model):
    """A contact that led to an investigation; only that makes a case (rules B1.5)."""

    KLASS: ClassVar = {"case": 1, "made_at": 1}
    case = models.OneToOneField(Contact, models.PROTECT, primary_key=True, related_name="+", db_column="case_id")
    made_at = models.DateTimeField()


class Assignment(models.Model):
    """Why somebody may see a case: from one moment until another. Written by the database's own
    function only. ``relation``: case_worker, stand_in, duty_service, housing_coordinator, or
    unit_manager for the manager of another unit who has stepped in (rules B4.3)."""

    KLASS: ClassVar = {"id": 1, "case": 1, "staff": 1, "relation": 1, "from_at": 1, "until_at": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Contact, models.PROTECT, related_name="assignments", db_column="case_id")
    staff = models.ForeignKey(Staff, models.PROTECT)
    relation = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["staff", "until_at"]), models.Index(fields=["case", "until_at"])]


class Denial(models.Model):
    """Somebody must not see a case, whatever else they may: deny beats every grant (security 4.2)."""

    KLASS: ClassVar = {
        "id": 1,
        "case": 1,
        "staff": 1,
        "ground": 1,
        "from_at": 1,
        "lifted_at": 1,
        "examined_at": 1,
        "examined_by": 1,
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_column="case_id")
    staff = models.ForeignKey(Staff, models.PROTECT)
    ground = models.TextField()
    from_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    examined_at = models.DateTimeField(null=True)
    examined_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["staff", "lifted_at"])]


class Tombstone(models.Model):
    """A data key that was erased with all that it sealed; its share outside the database must be gone (ADR 0017)."""

    KLASS: ClassVar = {"key_id": 1, "erased_at": 1}
    key_id = models.UUIDField(primary_key=True)
    erased_at = models.DateTimeField()


class DataKey(models.Model):
    """The key of one case, dwelling or staff member, wrapped by the key-encryption key ``kek``."""

    KLASS: ClassVar = {"id": 1, "scope": 1, "scope_id": 1, "kek": 1, "wrapped": 1}
    id = models.UUIDField(primary_key=True)
    scope = models.TextField()
    scope_id = models.UUIDField(unique=True)
    kek = models.TextField()
    wrapped = models.BinaryField()
