"""Nödöppna: who opened whose case, why, and for how long; rows are only added, and never longer than an hour."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models

from langsikt.records.case import Contact
from langsikt.records.staff import Staff


class Emergency(models.Model):
    """One hour in a case that is not one's own. *Fortsätt* adds a row that ``continues`` the first.

    Written by the database's own functions only; its terms cannot be changed by anybody who serves.
    """

    KLASS: ClassVar = {"id": 1, "case": 1, "staff": 1, "reason": 1, "from_at": 1, "until_at": 1, "continues": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_column="case_id")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["staff", "until_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until_at=models.F("from_at") + timedelta(minutes=60)), name="one_hour"
            )
        ]
