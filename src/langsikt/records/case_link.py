"""What two cases of one family are to each other, and who may know it (ADR 0022)."""

import uuid
from typing import ClassVar

from django.db import models

from langsikt.records.case import Contact
from langsikt.records.staff import Staff


class CaseLink(models.Model):
    """What was said of two cases of one family: what the other is to this one, whether they are secret from each
    other, and whether they may live together. Said again whenever it changes; the highest number of a pair holds.

    No event of either case: an event has a number in its case, and whoever counts would miss one. Written by the
    database's own function only. ``relation``: sibling, child, parent or partner.
    """

    KLASS: ClassVar = {
        "id": 1,
        "case": 1,
        "other": 1,
        "number": 1,
        "relation": 1,
        "secret": 1,
        "together": 1,
        "ended": 1,
        "actor": 1,
        "at": 1,
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_column="case_id")
    other = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_column="other_id")
    number = models.PositiveIntegerField()
    relation = models.TextField()
    secret = models.BooleanField()
    together = models.BooleanField()
    ended = models.BooleanField()
    actor = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(case=models.F("other")), name="two_cases")]
