"""Supports that began and ended (step 5)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from langsikt.records.event import Event, Noun
from langsikt.records.sealed import SealedField


class Intervention(Noun):
    """A support that has begun."""

    intervention = models.TextField(null=True)
    started_on = models.DateField(null=True)
    decided_by = models.TextField(null=True)
    planned_end_on = models.DateField(null=True)
    meets_needs = ArrayField(models.TextField(), null=True)
    provider_name = SealedField()
    supporter_name = SealedField()
    supporter_number = SealedField()
    own_words = SealedField()
    next_meeting_on = models.DateField(null=True)
    family_work_reason = models.TextField(null=True)


class PlannedSupport(Noun):
    """A support that is agreed, proposed or applied for."""

    intervention = models.TextField(null=True)
    plan_status = models.TextField(null=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    until_further_notice = models.BooleanField(null=True)
    meets_needs = ArrayField(models.TextField(), null=True)
    move_after = models.BooleanField(null=True)
    provider_name = SealedField()
    family_work_reason = models.TextField(null=True)


class InterventionEnd(Noun):
    """A support that has ended."""

    running_support = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
    ended_by = models.TextField(null=True)
    day_after = models.TextField(null=True)
    next_provider = SealedField()
    first_meeting_on = models.DateField(null=True)
    note = SealedField()
