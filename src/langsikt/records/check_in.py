"""Quick check-ins between the follow-ups (step 6)."""

from django.db import models

from langsikt.records.event import Noun
from langsikt.records.sealed import SealedField


class CheckIn(Noun):
    """How things are, and one line."""

    wellbeing = models.TextField(null=True)
    check_in_line = SealedField()
    next_contact_on = models.DateField(null=True)
    tonight = models.TextField(null=True)
