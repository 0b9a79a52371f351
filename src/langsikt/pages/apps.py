"""The pages app: templates, static files and template tags."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """What one sees."""

    name = "langsikt.pages"
    label = "pages"
