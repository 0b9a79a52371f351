"""A Text as the lazy string that Django and allauth expect: the language is chosen when it is shown."""

from typing import cast

from django.utils.functional import lazystr
from django.utils.translation import get_language

from langsikt.model.texts import Text


class _Spoken:
    def __init__(self, text: Text) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text.within("en" if (get_language() or "sv").startswith("en") else "sv")


def spoken(text: Text) -> str:
    """The words of ``text`` in the language that is active when they are read."""
    return cast(str, lazystr(_Spoken(text)))
