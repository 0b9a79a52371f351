"""What lies on a desk for a while: drafts as they are typed, and forms already taken in."""

import uuid
from typing import ClassVar

from django.db import models

from langsikt.records.sealed import SealedField


class Draft(models.Model):
    """One encrypted draft per staff member, form and case; no history; gone when the note is locked."""

    KLASS: ClassVar = {"id": 1, "staff": 1, "case_id": 1, "form": 1, "content": 2, "saved_at": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    staff = models.ForeignKey("Staff", models.PROTECT, related_name="+")
    case_id = models.UUIDField(null=True)
    form = models.TextField()
    content = SealedField(null=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "case_id", "form"], name="one_draft", nulls_distinct=False)
        ]


class Receipt(models.Model):
    """A form that has been taken in: the same key again gets the same answer. References only."""

    KLASS: ClassVar = {"id": 1, "staff": 1, "key": 1, "reference": 1, "event": 1, "made_at": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    staff = models.ForeignKey("Staff", models.PROTECT, related_name="+")
    key = models.TextField()
    reference = models.TextField()
    event = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["staff", "key"], name="one_receipt")]


class Postponement(models.Model):
    """A row of *Min dag* that its worker has put off until a day; nobody else's list changes."""

    KLASS: ClassVar = {"id": 1, "staff": 1, "case_id": 1, "kind": 1, "until_on": 1, "reason": 1, "made_at": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    staff = models.ForeignKey("Staff", models.PROTECT, related_name="+")
    case_id = models.UUIDField()
    kind = models.TextField()
    until_on = models.DateField()
    reason = models.TextField(default="")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["staff", "case_id", "kind"], name="one_postponement")]
