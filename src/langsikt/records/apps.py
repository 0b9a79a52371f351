"""The records app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What is stored."""

    name = "langsikt.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
