"""The outbox: that somebody has something to look at, and whether a mail has said so; never what it is about."""

import uuid
from typing import ClassVar

from django.db import models

from langsikt.records.sealed import SealedField
from langsikt.records.staff import Staff


class Notice(models.Model):
    """One sentence of ``notices.toml`` for one member of staff. Names no case: whoever steals it learns nothing."""

    KLASS: ClassVar = {
        "id": 1,
        "to_staff": 1,
        "kind": 1,
        "made_at": 1,
        "seen_at": 1,
        "sent_at": 1,
        "tries": 1,
        "next_try_at": 1,
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    to_staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    kind = models.TextField()
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["to_staff"], condition=models.Q(seen_at=None), name="unseen_notices"),
            models.Index(fields=["next_try_at"], condition=models.Q(sent_at=None), name="unsent_notices"),
        ]


class DeliveryAddress(models.Model):
    """Where a member of staff wants to be told that there is something; under a key of its own, and only if given."""

    KLASS: ClassVar = {"id": 1, "staff": 1, "address": 2, "set_at": 1}
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    staff = models.OneToOneField(Staff, models.PROTECT, related_name="+")
    address = SealedField(null=False)
    set_at = models.DateTimeField()
