"""What this database is: a demo or in production; written once, never changed (rules D7)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Guard(models.Model):
    """What `langsikt migrate` put in place to protect a table, or a function of the protection: a keyed hash of how the
    database itself tells it, which nobody without the keys can make (ADR 0017)."""

    KLASS: ClassVar = {"name": 0, "told": 1}
    name = models.TextField(primary_key=True)
    told = models.BinaryField()


class Installation(models.Model):
    """The mark of the database, and what tells its keys: ``prints`` of those in use, ``attested`` of those of which
    a tested copy exists (``key:print``, which say nothing of the key; ADR 0017)."""

    KLASS: ClassVar = {
        "id": 0,
        "kind": 0,
        "founded_at": 0,
        "key_check": 1,
        "prints": 1,
        "attested": 1,
        "attested_at": 0,
    }
    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.TextField()
    founded_at = models.DateTimeField()
    key_check = models.BinaryField()
    prints = ArrayField(models.TextField(), default=list)
    attested = ArrayField(models.TextField(), default=list)
    attested_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_installation"),
            models.CheckConstraint(condition=models.Q(kind__in=["demo", "production"]), name="known_kind"),
        ]
