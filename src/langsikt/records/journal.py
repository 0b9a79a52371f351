"""The journal: a row for every change, every look and every refusal; pseudonyms, never words."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class JournalEntry(models.Model):
    """Who did what with which case. No foreign keys: the journal outlives what it speaks of.

    ``typed`` is an HMAC of a reference that led nowhere; ``shown`` the cases of a list.
    """

    KLASS: ClassVar = {
        "id": 1,
        "at": 1,
        "actor": 1,
        "role": 1,
        "action": 1,
        "case_id": 1,
        "shown": 1,
        "klass": 1,
        "result": 1,
        "reason": 1,
        "typed": 1,
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    role = models.TextField()
    action = models.TextField()
    case_id = models.UUIDField(null=True)
    shown = ArrayField(models.UUIDField(), null=True)
    klass = models.PositiveSmallIntegerField(default=1)
    result = models.TextField()
    reason = models.TextField(default="")
    typed = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"]), models.Index(fields=["case_id", "at"])]
