"""Follow-ups: extend, change or end (step 6)."""

from django.db import models

from langsikt.records.event import Noun
from langsikt.records.sealed import SealedField


class FollowUp(Noun):
    """One follow-up."""

    held_on = models.DateField(null=True)
    support_outcomes = models.JSONField(null=True)
    move_after = models.BooleanField(null=True)
    still_needed = models.TextField(null=True)
    next_on = models.DateField(null=True)
    own_words = SealedField()
    not_asked = models.BooleanField(null=True)
    tonight = models.TextField(null=True)
    contact_person_wish = models.TextField(null=True)
    no_contact_person = models.TextField(null=True)
    isolation_breaker = models.TextField(null=True)
    wellbeing = models.TextField(null=True)
    goal_scores = models.JSONField(null=True)
    family_contact = models.TextField(null=True)
    family_worry = models.BooleanField(null=True)
    person_wants = SealedField()
    our_view = SealedField()
    risk_now = models.TextField(null=True)
    risk_line = SealedField()
    next_review_on = models.DateField(null=True)
    safe_contact_confirmed = models.BooleanField(null=True)
    coordinated_plan = models.TextField(null=True)
    first_90_days = models.TextField(null=True)
    follow_up_note = SealedField()
