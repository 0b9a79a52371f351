"""Dwellings: a mark for daily use, and an address that stands in one place only (class 3)."""

import uuid
from typing import ClassVar

from django.db import models

from langsikt.records.sealed import SealedField


class Dwelling(models.Model):
    """A home that people are placed in, known by its mark. The address is sealed with its own key."""

    KLASS: ClassVar = {"id": 1, "mark": 1, "kind": 1, "capacity": 1, "address": 3, "made_at": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mark = models.TextField(unique=True)
    kind = models.TextField()
    capacity = models.PositiveSmallIntegerField()
    address = SealedField()
    made_at = models.DateTimeField()
