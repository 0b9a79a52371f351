"""Closures and the other endings (step 7)."""

from django.db import models

from langsikt.records.event import Noun
from langsikt.records.sealed import SealedField


class Closure(Noun):
    """A closure, asked for or done."""

    closed_on = models.DateField(null=True)
    closure_reason = models.TextField(null=True)
    heard = models.TextField(null=True)
    way_back = models.TextField(null=True)
    taper = models.TextField(null=True)
    calls_agreed = models.TextField(null=True)
    own_words = SealedField()


class AfterClosure(Noun):
    """A call after closure, or a question that is only counted (rules B2.7)."""

    happened_on = models.DateField(null=True)
    call_reached = models.TextField(null=True)


class Ending(Noun):
    """Another ending, or the wish to end."""

    happened_on = models.DateField(null=True)
    void_reason = models.TextField(null=True)
    with_placement = models.BooleanField(null=True)
    own_words = SealedField()
    pressure_talked_about = models.BooleanField(null=True)
