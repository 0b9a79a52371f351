"""What is asked to be erased, by whom, and who else has agreed; it outlives the case and says nothing of it."""

import uuid
from typing import ClassVar

from django.db import models

from langsikt.records.staff import Staff


class Erasure(models.Model):
    """Two persons for what cannot be undone (rules D4).

    ``about`` is the case's pseudonym, no foreign key; the reference goes when the case does.
    """

    KLASS: ClassVar = {
        "id": 1,
        "about": 1,
        "reference": 1,
        "from_on": 1,
        "asked_by": 1,
        "asked_at": 1,
        "agreed_by": 1,
        "agreed_at": 1,
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    about = models.UUIDField()
    reference = models.TextField()
    from_on = models.DateField()
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
