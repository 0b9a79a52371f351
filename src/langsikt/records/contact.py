"""A contact as it came, and how it ended (step 1)."""

from django.db import models

from langsikt.records.event import Noun
from langsikt.records.sealed import SealedField


class ContactMade(Noun):
    """Who got in touch, and about what."""

    contact_source = models.TextField(null=True)
    contact_line = SealedField()
    called = SealedField()
    safe_way = SealedField()
    do_not_contact = models.BooleanField(null=True)
    tonight = models.TextField(null=True)
    age_band = models.TextField(null=True)
    alone = models.BooleanField(null=True)
    children_at_home = models.TextField(null=True)
    interpreter = models.BooleanField(null=True)


class ContactEnded(Noun):
    """How the contact ended without a case."""

    ended_on = models.DateField(null=True)
    not_opened_reason = models.TextField(null=True)
    receiver = models.TextField(null=True)
    protection_assessment = models.BooleanField(null=True)
