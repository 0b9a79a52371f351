"""Dwellings: a mark for daily use, and an address that stands in one place only (class 3)."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from langsikt.records.sealed import SealedField
from langsikt.records.staff import Staff


class Dwelling(models.Model):
    """A home that people are placed in, known by its mark. The address is sealed with its own key."""

    KLASS: ClassVar = {"id": 1, "mark": 1, "kind": 1, "capacity": 1, "address": 3, "made_at": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mark = models.TextField(unique=True)
    kind = models.TextField()
    capacity = models.PositiveSmallIntegerField()
    address = SealedField()
    made_at = models.DateTimeField()


class Suitability(models.Model):
    """Whom and what a dwelling suits; the latest row stands. An age left empty is no limit."""

    KLASS: ClassVar = {"id": 1, "dwelling": 1, "suits": 1, "youngest": 1, "oldest": 1, "made_at": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="+")
    suits = ArrayField(models.TextField())
    youngest = models.PositiveSmallIntegerField(null=True)
    oldest = models.PositiveSmallIntegerField(null=True)
    made_at = models.DateTimeField()


class UnmetNeed(models.Model):
    """A search for a place that found none: the day, what the place had to suit, and nothing about the person."""

    KLASS: ClassVar = {"id": 1, "searched_on": 1, "suits": 1, "age_band": 1}
    id = models.UUIDField(primary_key=True)
    searched_on = models.DateField()
    suits = ArrayField(models.TextField())
    age_band = models.TextField(null=True)


class Burning(models.Model):
    """Somebody dangerous may know the address of a dwelling, or that was a mistake. Rows are only added.

    ``says``: burnt or cleared; the latest row holds. It takes no new people while it is burnt.
    """

    KLASS: ClassVar = {"id": 1, "dwelling": 1, "says": 1, "at": 1, "staff": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="burnings")
    says = models.TextField()
    at = models.DateTimeField()
    staff = models.ForeignKey(Staff, models.PROTECT)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(says__in=["burnt", "cleared"]), name="burnt_or_cleared")
        ]
