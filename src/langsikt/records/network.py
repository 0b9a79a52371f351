"""The network around a person, and the blind tokens by which two cases are found to be of one network (ADR 0019)."""

import uuid
from typing import ClassVar

from django.db import models

from langsikt.records.case import Contact
from langsikt.records.event import Event, Noun
from langsikt.records.sealed import SealedField
from langsikt.records.staff import Staff


class NetworkPerson(Noun):
    """Somebody in the person's network, of any sex; names and relation sealed, the role as it was first."""

    network_name = SealedField()
    network_number = SealedField()
    network_relation = SealedField()
    network_role = models.TextField(null=True)
    note = SealedField()


class NetworkRole(Noun):
    """The role of somebody in the network from now on: one and the same may be a risk, a support, and both."""

    network_person = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    network_role = models.TextField(null=True)
    note = SealedField()


class InterpreterBooking(Noun):
    """An interpreter booked by name or number, for a moment."""

    interpreter_name = SealedField()
    interpreter_number = SealedField()
    interpreter_at = models.DateTimeField(null=True)


class IdentityToken(models.Model):
    """A token of one number or one whole name: of a case's person, network, contact person or interpreter, or of a
    staff member. Nobody reads it: only the database's own functions compare it.

    ``part``: person, network, contact_person, interpreter or staff; ``kind``: number or name.
    """

    KLASS: ClassVar = {
        "id": 1,
        "case": 1,
        "event_id": 1,
        "staff": 1,
        "part": 1,
        "kind": 1,
        "token": 1,
        "from_at": 1,
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+", db_column="case_id")
    event_id = models.UUIDField(null=True)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    part = models.TextField()
    kind = models.TextField()
    token = models.BinaryField()
    from_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["token"]), models.Index(fields=["event_id"])]


class Match(models.Model):
    """Two cases that were found to have somebody in common, for the secrecy officer; nobody else reads it.

    ``kind``: duplicate, place, contact_person or interpreter.
    """

    KLASS: ClassVar = {
        "id": 1,
        "kind": 1,
        "case": 1,
        "other": 1,
        "actor": 1,
        "at": 1,
        "answered_at": 1,
        "answered_by": 1,
        "answer": 1,
    }
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.TextField()
    case = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_column="case_id")
    other = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_column="other_id")
    actor = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(null=True)
