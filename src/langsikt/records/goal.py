"""Goals and skills: what the person wants to reach, and what a life of one's own asks for (step 6)."""

from django.db import models

from langsikt.records.event import Event, Noun
from langsikt.records.sealed import SealedField


class Goal(Noun):
    """A goal in the person's own words, with its own scale."""

    goal_line = SealedField()
    goal_need = models.TextField(null=True)
    goal_status = models.TextField(null=True)
    goal_minus_two = SealedField()
    goal_minus_one = SealedField()
    goal_zero = SealedField()
    goal_plus_one = SealedField()
    goal_plus_two = SealedField()


class GoalScore(Noun):
    """Where a goal stands on a day: on its own scale, or before which other goal the person wants it (null: last)."""

    goal = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    goal_before = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    goal_level = models.TextField(null=True)
    goal_status = models.TextField(null=True)
    note = SealedField()


class Skills(Noun):
    """The skills map: ability per skill."""

    skills = models.JSONField(null=True)
    own_words = SealedField()
