"""Places asked for, taken, extended and left (step 4)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from langsikt.records.dwelling import Dwelling
from langsikt.records.event import Event, Noun
from langsikt.records.sealed import SealedField
from langsikt.records.staff import Staff


class PlaceRequest(Noun):
    """A place that is needed."""

    place_kind = models.TextField(null=True)
    from_on = models.DateField(null=True)
    adaptation = ArrayField(models.TextField(), null=True)
    comes_along = models.TextField(null=True)


class Placement(Noun):
    """The first night in a dwelling."""

    place = models.ForeignKey(Dwelling, models.PROTECT, null=True, related_name="+")
    place_kind = models.TextField(null=True)
    first_night_on = models.DateField(null=True)
    decided_by = models.TextField(null=True)
    planned_end_on = models.DateField(null=True)
    comes_along = models.TextField(null=True)
    with_guardian = models.BooleanField(null=True)


class PlacementChange(Noun):
    """A placement extended or ended."""

    placement = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    planned_end_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.TextField(null=True)
    moved_to = models.TextField(null=True)
    tonight = models.TextField(null=True)
    day_after = models.TextField(null=True)
    last_day_on = models.DateField(null=True)
    imminent = models.TextField(null=True)
    call_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    call_at = models.DateTimeField(null=True)
    move_after = models.BooleanField(null=True)
    short_reason = models.TextField(null=True)
    next_provider = SealedField()
    first_meeting_on = models.DateField(null=True)
    first_90_days = models.TextField(null=True)
    note = SealedField()
