"""Working days in Sweden, the eves that offices keep free included."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _free(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("SE", years=year, categories=("public", "de_facto"))


def is_working_day(day: date) -> bool:
    """Whether an office is open: Monday to Friday, no holiday and no eve."""
    return day.weekday() < 5 and day not in _free(day.year)


def next_working_day(day: date) -> date:
    """The first working day after ``day``."""
    following = day + timedelta(days=1)
    while not is_working_day(following):
        following += timedelta(days=1)
    return following
