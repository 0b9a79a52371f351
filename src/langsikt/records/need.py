"""The needs and their states, before and after shelter (steps 2 and 5)."""

from django.db import models

from langsikt.records.event import Noun
from langsikt.records.sealed import SealedField


class NeedAssessment(Noun):
    """States per need area on a day."""

    assessed_on = models.DateField(null=True)
    core_need_states = models.JSONField(null=True)
    other_need_states = models.JSONField(null=True)
    own_words = SealedField()
    home_after = models.TextField(null=True)
    first_90_days = models.TextField(null=True)
    contact_person_wish = models.TextField(null=True)
    no_contact_person = models.TextField(null=True)
    isolation_breaker = models.TextField(null=True)
    coordinated_plan = models.TextField(null=True)
    without_person = models.BooleanField(null=True)
