"""Who the person is, and how to reach her safely."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from langsikt.records.event import Noun
from langsikt.records.sealed import SealedField


class Person(Noun):
    """Names and numbers; found only by exact token."""

    KLASS: ClassVar = {"name_tokens": 1, "number_token": 1, "turns_18_in": 1, "turns_21_in": 1}
    person_name = SealedField()
    called = SealedField()
    personal_number = SealedField()
    age_band = models.TextField(null=True)
    children_at_home = models.TextField(null=True)
    turns_18_in = models.DateField(null=True)
    turns_21_in = models.DateField(null=True)
    representative = SealedField()
    representative_is_risk = models.BooleanField(null=True)
    name_tokens = ArrayField(models.BinaryField(), null=True)
    number_token = models.BinaryField(null=True)


class SafeContact(Noun):
    """The card: how to reach the person, and what never to do."""

    verified_on = models.DateField(null=True)
    contact_channel = models.TextField(null=True)
    phone = SealedField()
    device_control = models.TextField(null=True)
    allowed = ArrayField(models.TextField(), null=True)
    caller_name = SealedField()
    danger_signal = SealedField()
    fallback_person = SealedField()
    interpreter_language = SealedField()
    interpreter_dialect = SealedField()
    interpreter_sex = models.TextField(null=True)
    interpreter_elsewhere = models.BooleanField(null=True)
    interpreter_avoid = SealedField()
    hours = SealedField()
    never = ArrayField(models.TextField(), null=True)
    maybe_watched = models.BooleanField(null=True)
    if_someone_else = SealedField()
    code_word = SealedField()
    interpreter_wish = SealedField()
