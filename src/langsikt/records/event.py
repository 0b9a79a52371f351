"""What has happened: rows that are only added, each with when it happened and when it was recorded."""

from typing import ClassVar

from django.db import models

from langsikt.records.case import Contact
from langsikt.records.staff import Staff


class Event(models.Model):
    """One happening of a case. ``seq`` counts within the case; ``corrects`` names what it corrects."""

    KLASS: ClassVar = {
        "id": 1,
        "case": 1,
        "seq": 1,
        "name": 1,
        "happened_at": 1,
        "recorded_at": 1,
        "actor": 1,
        "role": 1,
        "corrects": 1,
    }
    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Contact, models.PROTECT, related_name="events", db_column="case_id")
    seq = models.PositiveIntegerField()
    name = models.TextField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(Staff, models.PROTECT)
    role = models.TextField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "seq"], name="one_event_per_number")]


class Noun(models.Model):
    """What an event said: one row per event, in the table of its noun. Never changed (ADR 0002)."""

    KLASS: ClassVar[dict[str, int]] = {}
    event = models.OneToOneField(Event, models.PROTECT, primary_key=True)
    case = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_column="case_id")

    class Meta:
        abstract = True
