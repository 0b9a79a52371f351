"""The investigation of acute and long-term needs (step 2)."""

from django.db import models

from langsikt.records.event import Noun
from langsikt.records.sealed import SealedField


class Investigation(Noun):
    """Ground and day of an investigation."""

    opened_on = models.DateField(null=True)
    investigation_ground = models.TextField(null=True)
    acute = models.BooleanField(null=True)


class AcuteSafety(Noun):
    """Answers to the acute safety questions."""

    tonight = models.TextField(null=True)
    imminent = models.TextField(null=True)
    children_at_home = models.TextField(null=True)
    acute_measures = SealedField()


class Conclusion(Noun):
    """What the investigation came to."""

    concluded_on = models.DateField(null=True)
    next_path = models.TextField(null=True)
    conclusion = SealedField()
    own_words = SealedField()
    contact_person_wish = models.TextField(null=True)
    no_contact_person = models.TextField(null=True)
    isolation_breaker = models.TextField(null=True)
    risk_missing_reason = models.TextField(null=True)
