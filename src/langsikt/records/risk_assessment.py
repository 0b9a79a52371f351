"""Threat and risk, assessed with a method: the result only, never the items."""

from django.db import models

from langsikt.records.event import Noun
from langsikt.records.sealed import SealedField


class RiskAssessment(Noun):
    """One structured assessment."""

    assessed_on = models.DateField(null=True)
    risk_method = models.TextField(null=True)
    risk_level = models.TextField(null=True)
    imminent = models.TextField(null=True)
    next_review_on = models.DateField(null=True)
    own_estimate = SealedField()
    with_person = models.TextField(null=True)
    measures = SealedField()
    scenarios = SealedField()


class RiskConfirmation(Noun):
    """The risk is as it was: one line and the next review (rules B2.2)."""

    assessed_on = models.DateField(null=True)
    risk_line = SealedField()
    next_review_on = models.DateField(null=True)


class RiskReason(Noun):
    """Something that makes the risk to be reviewed."""

    happened_on = models.DateField(null=True)
    risk_reason = models.TextField(null=True)
    note = SealedField()
