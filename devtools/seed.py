"""Lays the made-up people into an empty database, through the same door as everybody else."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from devtools import people
from devtools.stories import PEOPLE
from devtools.stories.filling import STOCKHOLM, fill, moments
from devtools.stories.telling import Moment, Person
from langsikt.access.sheets import Actor
from langsikt.access.window import case as case_window
from langsikt.access.window import staff as staff_window
from langsikt.actions import door, dwelling, staff

FOUNDED = timedelta(days=2 * 365)


def lay_in(now: datetime) -> None:
    """Founds the demo, with staff, dwellings and twelve lives up to ``now``: all of it, or nothing."""
    founded = (now - FOUNDED).astimezone(STOCKHOLM).replace(hour=8, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        Laying(now, founded).all()


class Laying:
    """One laying-in: what has been made so far, and who did it."""

    def __init__(self, now: datetime, founded: datetime) -> None:
        self.now, self.founded = now, founded
        self.staff: dict[str, UUID] = {}
        self.places: dict[str, UUID] = {}
        self.references: dict[str, str] = {}
        self.things: dict[str, dict[str, UUID]] = {person.key: {} for person in PEOPLE}

    def all(self) -> None:
        """The house first, then what happened in it, in the order in which it happened."""
        self._house()
        self._dwellings()
        for at, person, moment in self._told():
            self._happen(at, person, moment)
        self._absences()

    def actor(self, username: str, at: datetime) -> Actor:
        """The staff member as they were at the moment ``at``."""
        actor = staff_window.actor(username, at)
        assert actor is not None, username
        return actor
