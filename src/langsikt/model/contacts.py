"""The telephone numbers of contacts.toml: who answers, when, what for, and how fresh the number is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from langsikt.model.reading import Faults, named_tables
from langsikt.model.texts import Text

FILE = "contacts.toml"
FRESH_DAYS = 180


@dataclass(frozen=True)
class Telephone:
    """A number to call: ``use`` says when, ``checked_on`` the day it was last checked against ``source``."""

    key: str
    name: Text
    number: str
    hours: Text
    use: Text
    source: str
    checked_on: date

    def is_stale(self, today: date) -> bool:
        """Whether it is to be checked again before anybody relies on it (ux.md 2.12)."""
        return (today - self.checked_on).days > FRESH_DAYS


def telephones(raw: Mapping[str, object], faults: Faults) -> Iterator[Telephone]:
    """Each number of the file, in its order; what is wrong with it goes to ``faults``."""
    for key, table in named_tables(FILE, raw, faults):
        name, hours, use = (table.text(part) for part in ("name", "hours", "use"))
        number, source, checked_on = table.word("number"), table.word("source"), table.day("checked_on")
        yield Telephone(key, name, number, hours, use, source, checked_on)
        table.finish()
