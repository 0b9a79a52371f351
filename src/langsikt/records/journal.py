"""The journal: a row for every change, every look and every refusal; pseudonyms, never words."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class TransactionField(models.Field):  # type: ignore[type-arg]
    """The number of the transaction that wrote the row (xid8): what the seal's horizon is compared with."""

    empty_strings_allowed = False  # the database writes the number; until then there is none

    def db_type(self, connection: Any) -> str:
        """PostgreSQL's own 64-bit number, which never comes round again."""
        return "xid8"


class JournalEntry(models.Model):
    """Who did what with which case. No foreign keys: the journal outlives what it speaks of.

    ``typed`` is an HMAC of a reference that led nowhere; ``shown`` the cases of a list. The database itself
    fills in ``xid`` and ``written_at``, and the clock once ``seal_no`` and ``seal`` (ADR 0016).
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
        "xid": 1,
        "written_at": 1,
        "seal_no": 1,
        "seal": 1,
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
    xid = TransactionField(editable=False)
    written_at = models.DateTimeField(editable=False)
    seal_no = models.BigIntegerField(null=True, unique=True, editable=False)
    seal = models.BinaryField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at"]),
            models.Index(fields=["case_id", "at"]),
            models.Index(fields=["written_at"], condition=models.Q(seal_no=None), name="unsealed_rows"),
            models.Index(fields=["at"], name="whereabouts_shown", condition=models.Q(klass=3)),
        ]


class Anchor(models.Model):
    """A signed head of the journal, word for word as it goes to the place outside the database."""

    KLASS: ClassVar = {"line": 1, "seal_no": 1, "said": 1, "made_at": 1, "shipped_at": 1}
    line = models.BigIntegerField(primary_key=True)
    seal_no = models.BigIntegerField()
    said = models.TextField()
    made_at = models.DateTimeField()
    shipped_at = models.DateTimeField(null=True)
