"""Whether the time of a closed case is out (gallring), from when, and why not: hard cases are refused with a reason."""

from dataclasses import dataclass
from datetime import date

from langsikt.model.load import METHOD
from langsikt.model.texts import Text

GROWN_UP = 18
SAYINGS = {
    "open": Text("Ärendet är inte avslutat", "The case is not closed"),
    "born_unknown": Text(
        "Födelsedatum saknas: det går inte att se om handlingarna ska bevaras",
        "The date of birth is missing: it cannot be seen whether the documents are to be kept",
    ),
    "placed_as_child": Text(
        "Gallras aldrig: personen var barn under en placering (SoL 16:2)",
        "Never erased: the person was a child during a placement (SoL 16:2)",
    ),
    "sample": Text(
        "Gallras aldrig: född den 5, 15 eller 25 (SoL 16:4)", "Never erased: born on the 5th, 15th or 25th (SoL 16:4)"
    ),
    "child_not_30": Text(
        "För tidigt: barnets utredning gallras tidigast när barnet fyllt 30 (SoL 16:2 a)",
        "Too early: a child's investigation is not erased before the child has turned 30 (SoL 16:2 a)",
    ),
    "too_early": Text(
        "För tidigt: fem år efter sista anteckningen (SoL 16:1)", "Too early: five years after the last note (SoL 16:1)"
    ),
    "may": Text("Att gallra", "To be erased"),
}
_RULES = METHOD.retention  # ``retention_checks`` refuses a method in which one of them says nothing
YEARS = _RULES["years_after_last_note"].count or 0
AGE_OF_CHILD = _RULES["age_of_child"].count or 0
CHILDS_RULE_FROM = _RULES["age_of_child"].from_on or date.min
SAMPLE_DAYS = frozenset(int(day) for day in _RULES["sample"].days)


@dataclass(frozen=True)
class Kept:
    """What the rules need to know of a case; no name and no number. ``born`` is None when nobody has recorded it."""

    closed_on: date | None
    last_note_on: date
    opened_on: date
    born: date | None
    placed_on: tuple[date, ...] = ()
    placed_for_child: bool = False


@dataclass(frozen=True)
class Answer:
    """``reason`` is a key of SAYINGS; ``from_on`` the first day of erasure, ``by`` its last (None: never)."""

    reason: str
    from_on: date | None = None
    by: date | None = None

    @property
    def text(self) -> Text:
        """The reason in words."""
        return SAYINGS[self.reason]


def answer(kept: Kept, today: date) -> Answer:
    """Whether the case may be erased ``today``: only the reason ``may`` says yes (SoL 16:1, 16:2, 16:2 a, 16:4).

    Unknown is no: a case whose rules cannot be told is kept until somebody has told them.
    """
    if kept.closed_on is None:
        return Answer("open")
    if early := too_early(kept.last_note_on, today):
        return early
    if kept.placed_for_child:
        return Answer("placed_as_child")
    if kept.born is None:
        return Answer("born_unknown")
    if any(on < birthday(kept.born, GROWN_UP) for on in kept.placed_on):
        return Answer("placed_as_child")
    if kept.born.day in SAMPLE_DAYS:
        return Answer("sample")
    return _of_age(kept, kept.born, kept.closed_on, today)


def too_early(last_note_on: date, today: date) -> Answer | None:
    """The answer that needs nothing but dates, so that no number is opened for it; None when five years have passed."""
    first = birthday(last_note_on, YEARS)
    return Answer("too_early", first, _by(first)) if today < first else None


def _of_age(kept: Kept, born: date, closed_on: date, today: date) -> Answer:
    first = birthday(kept.last_note_on, YEARS)
    if kept.opened_on < birthday(born, GROWN_UP) and closed_on >= CHILDS_RULE_FROM:
        first = max(first, birthday(born, AGE_OF_CHILD))
    return Answer("may" if today >= first else "child_not_30", first, _by(first))


def _by(first: date) -> date:
    """The end of the next calendar year."""
    return date(first.year + 1, 12, 31)


def birthday(on: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return date(on.year + years, 3, 1)


def born_of(number: str) -> date | None:
    """The day of birth in a personal or coordination number with its century; None when it tells none."""
    digits = "".join(c for c in number if c.isdigit())
    if len(digits) != 12:
        return None
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    try:
        return date(year, month, day - 60 if day > 60 else day)
    except ValueError:
        return None
