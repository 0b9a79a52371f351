"""The hand-over to ekonomiskt bistånd and its answer (step 3)."""

from django.db import models

from langsikt.records.event import Noun
from langsikt.records.sealed import SealedField


class EconomyRequest(Noun):
    """What was asked of them."""

    handed_over_on = models.DateField(null=True)
    economy_request = models.TextField(null=True)
    consent = models.BooleanField(null=True)
    receiver_name = SealedField()
    joint_meeting_on = models.DateField(null=True)


class EconomyAnswer(Noun):
    """What they answered."""

    answered_on = models.DateField(null=True)
    outcome = models.TextField(null=True)
    until_on = models.DateField(null=True)
    note = SealedField()
