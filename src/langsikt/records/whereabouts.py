"""Details that can reveal where the person is (class 3): one table, read on one page (ADR 0018)."""

from django.db import models

from langsikt.records.event import Event, Noun
from langsikt.records.sealed import SealedField


class Whereabouts(Noun):
    """A new name, a telephone, a school, a workplace and the like. An address of a dwelling stays with the dwelling."""

    whereabouts_kind = models.TextField(null=True)
    whereabouts_value = SealedField()
    whereabouts_source = models.TextField(null=True)
    replaces = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)


class WhereaboutsEnd(Noun):
    """When such a detail stopped to hold."""

    whereabouts = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
