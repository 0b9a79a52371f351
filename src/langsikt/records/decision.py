"""Decisions and their service (step 3). There is no column for a place."""

from django.db import models

from langsikt.records.event import Event, Noun
from langsikt.records.sealed import SealedField
from langsikt.records.staff import Staff


class Decision(Noun):
    """A decision that a competent person issued."""

    intervention = models.TextField(null=True)
    outcome = models.TextField(null=True)
    legal_ground = models.TextField(null=True)
    decided_on = models.DateField(null=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    until_further_notice = models.BooleanField(null=True)
    reasons = SealedField()
    decider = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    delegation_point = SealedField()
    consent = models.BooleanField(null=True)
    communicated = models.BooleanField(null=True)
    not_communicated_ground = models.TextField(null=True)
    served_on = models.DateField(null=True)
    for_child = models.BooleanField(null=True)
    with_guardian = models.BooleanField(null=True)
    decision_draft = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")


class DecisionDraft(Noun):
    """A decision to be: no decision until somebody competent signs it."""

    intervention = models.TextField(null=True)
    outcome = models.TextField(null=True)
    legal_ground = models.TextField(null=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    until_further_notice = models.BooleanField(null=True)
    short_reason = models.TextField(null=True)
    reasons = SealedField()


class DecisionService(Noun):
    """When a decision reached the person."""

    decision = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    served_on = models.DateField(null=True)


class SentBack(Noun):
    """A draft, or (without one) a closure, sent back by whoever signs, with one line on what needs to change."""

    decision_draft = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    send_back_line = SealedField()
