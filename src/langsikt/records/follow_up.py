"""Follow-ups: extend, change or end (step 6)."""

from django.db import models

from langsikt.records.event import Noun
from langsikt.records.sealed import SealedField


class FollowUp(Noun):
    """One follow-up."""

    held_on = models.DateField(null=True)
    support_outcomes = models.JSONField(null=True)
    still_needed = models.TextField(null=True)
    next_on = models.DateField(null=True)
    own_words = SealedField()
    not_asked = models.BooleanField(null=True)
    tonight = models.TextField(null=True)
    contact_person_wish = models.TextField(null=True)
