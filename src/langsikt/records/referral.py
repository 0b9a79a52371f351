"""What others are to answer, and homes that have been offered (step 5)."""

from django.db import models

from langsikt.records.event import Event, Noun
from langsikt.records.sealed import SealedField


class Referral(Noun):
    """A question that somebody else has been asked."""

    sent_on = models.DateField(null=True)
    referral_to = models.TextField(null=True)
    consent = models.BooleanField(null=True)
    note = SealedField()


class ReferralAnswer(Noun):
    """The answer to it."""

    referral = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    referral_outcome = models.TextField(null=True)
    note = SealedField()


class Offer(Noun):
    """A home to say yes or no to. There is no column for where it is."""

    home_kind = models.TextField(null=True)
    answer_by_on = models.DateField(null=True)
    economy_answer_on = models.DateField(null=True)


class OfferAnswer(Noun):
    """How an offer turned out."""

    offer = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    offer_answer = models.TextField(null=True)


class CoordinatedPlan(Noun):
    """The answer to the offer of a coordinated individual plan, given by itself (R17)."""

    coordinated_plan = models.TextField(null=True)
