"""A text in Swedish with English beside it: the only way words reach a screen."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Words in both languages.

    >>> Text("Beslut", "Decision").within("en")
    'Decision'
    """

    sv: str
    en: str

    def within(self, language: str) -> str:
        """The words in ``language`` (``sv`` unless it is ``en``)."""
        return self.en if language == "en" else self.sv

    def filled(self, **values: object) -> "Text":
        """Both texts with ``{name}`` filled in; a value that is itself a Text fills in its language."""

        def pick(language: str) -> Mapping[str, object]:
            return {k: v.within(language) if isinstance(v, Text) else v for k, v in values.items()}

        return Text(self.sv.format(**pick("sv")), self.en.format(**pick("en")))

    def capitalized(self) -> "Text":
        """The same words with a capital first; the rest as it stands."""
        return Text(self.sv[:1].upper() + self.sv[1:], self.en[:1].upper() + self.en[1:])
