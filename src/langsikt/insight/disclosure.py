"""What a number about people may look like when it leaves: seven or fewer hidden, the rest rounded to five."""

from collections.abc import Iterable
from datetime import date

from langsikt.model.texts import Text

SMALL = 7
STEP = 5
FEW = Text("färre än 8", "fewer than 8")
NEARLY_ALL = Text("visas inte", "not shown")


def published(count: int) -> Text:
    """A count of persons as it may be shown; zero is hidden like any other small number (security 4.6)."""
    return FEW if count <= SMALL else _number(_rounded(count))


def published_part(count: int, of: int) -> Text:
    """A count that is part of another: hidden also where almost nobody is left outside it (security 4.6, 100 %-cells).

    >>> published_part(30, 33).sv, published_part(30, 50).sv
    ('visas inte', '30')
    """
    return NEARLY_ALL if count > SMALL and of - count <= SMALL else published(count)


def total(shown: Iterable[Text]) -> Text:
    """The sum of what is shown, never of what was counted; where nothing is shown it is hidden too (security 4.6).

    >>> total([FEW, published(12), published(31)]).sv
    '40'
    """
    numbers = [int(text.sv) for text in shown if text.sv.isdecimal()]
    return _number(sum(numbers)) if numbers else FEW


def quarter_start(today: date) -> date:
    """The first day of the quarter: numbers stand as they were then until the next one (security 4.6)."""
    return date(today.year, today.month - (today.month - 1) % 3, 1)


def _rounded(count: int) -> int:
    return STEP * round(count / STEP)


def _number(count: int) -> Text:
    return Text(str(count), str(count))
