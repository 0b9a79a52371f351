"""Notes, answers and turns that carry a few words."""

from django.db import models

from langsikt.records.event import Event, Noun
from langsikt.records.sealed import SealedField
from langsikt.records.staff import Staff


class Note(Noun):
    """A locked note."""

    note = SealedField()
    own_words = SealedField()
    happened_on = models.DateField(null=True)
    ended_support = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    day_after = models.TextField(null=True)
    next_provider = SealedField()
    first_meeting_on = models.DateField(null=True)


class Responsibility(Noun):
    """Who is responsible, and who must not see."""

    case_worker = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    stand_in = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    excluded = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    exclusion_ground = models.TextField(null=True)
    instead = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    conflict_kind = models.TextField(null=True)
    pressure_talked_about = models.BooleanField(null=True)
    note = SealedField()
    first_meeting_on = models.DateField(null=True)
    handover_note = SealedField()


class ResponsibleUnit(Noun):
    """Who does what: one need or practical thing, one unit, one next thing to do."""

    responsible_area = models.TextField(null=True)
    responsible_unit = models.TextField(null=True)
    accepted = models.BooleanField(null=True)
    responsible_name = SealedField()
    next_action = SealedField()
    next_action_on = models.DateField(null=True)


class Correction(Noun):
    """Why something was corrected; what it now says stands in its own noun."""

    correction_reason = SealedField()
    never_happened = models.BooleanField(null=True)
