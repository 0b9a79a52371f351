"""Contact with the family, the safety plan, and when a person is missing or taken away."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from langsikt.records.event import Noun
from langsikt.records.sealed import SealedField


class FamilyContact(Noun):
    """How much contact there is with the family; what the person wants beside what we think (R28)."""

    happened_on = models.DateField(null=True)
    family_contact = models.TextField(null=True)
    family_worry = models.BooleanField(null=True)
    next_contact_on = models.DateField(null=True)
    person_wants = SealedField()
    our_view = SealedField()
    tonight = models.TextField(null=True)


class SafetyPlan(Noun):
    """What the person and we do if it becomes dangerous."""

    happened_on = models.DateField(null=True)
    next_contact_on = models.DateField(null=True)
    danger_signal = SealedField()
    safe_person = SealedField()
    plan_steps = SealedField()
    identity_papers = SealedField()
    travel_on = models.DateField(null=True)
    travel_line = SealedField()
    numbers_given = ArrayField(models.TextField(), null=True)


class Missing(Noun):
    """A person missing, taken away or found."""

    missing_kind = models.TextField(null=True)
    missing_steps = ArrayField(models.TextField(), null=True)
    tonight = models.TextField(null=True)
    note = SealedField()
