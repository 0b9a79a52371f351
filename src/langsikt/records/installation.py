"""What this database is: a demo or in production; written once, never changed (rules D7)."""

from typing import ClassVar

from django.db import models


class Installation(models.Model):
    """The mark of the database."""

    KLASS: ClassVar = {"id": 0, "kind": 0, "founded_at": 0, "key_check": 1}
    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.TextField()
    founded_at = models.DateTimeField()
    key_check = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_installation"),
            models.CheckConstraint(condition=models.Q(kind__in=["demo", "production"]), name="known_kind"),
        ]
