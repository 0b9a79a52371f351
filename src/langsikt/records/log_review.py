"""What the log review has to look into, and how each was closed; references and times, never words."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Finding(models.Model):
    """One thing to look into: a rule that was hit, an opening in an emergency, or a month's sample of a unit.

    No foreign keys, like the journal it is drawn from. ``entries`` are rows of the journal; ``seed`` draws a
    sample again. The id of a hit is made of what was hit, so that the same hit is found once.
    """

    KLASS: ClassVar = {
        "id": 1,
        "rule": 1,
        "staff_id": 1,
        "unit_id": 1,
        "case_id": 1,
        "at": 1,
        "found_at": 1,
        "entries": 1,
        "seed": 1,
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    rule = models.TextField()
    staff_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    found_at = models.DateTimeField()
    entries = ArrayField(models.UUIDField(), default=list)
    seed = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"])]


class SignOff(models.Model):
    """A finding is closed, once and for good, by a reviewer whom it is not about."""

    KLASS: ClassVar = {"finding": 1, "reviewer": 1, "outcome": 1, "at": 1}
    finding = models.OneToOneField(Finding, models.PROTECT, primary_key=True, related_name="+")
    reviewer = models.ForeignKey("Staff", models.PROTECT, related_name="+")
    outcome = models.TextField()
    at = models.DateTimeField()
