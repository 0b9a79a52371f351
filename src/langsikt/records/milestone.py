"""Days that change what is needed (step 5)."""

from django.db import models

from langsikt.records.event import Noun
from langsikt.records.sealed import SealedField


class Milestone(Noun):
    """A milestone of the plan, with the contact planned for it."""

    milestone_kind = models.TextField(null=True)
    milestone_on = models.DateField(null=True)
    planned_contact_on = models.DateField(null=True)
    planned_contact_by = SealedField()
