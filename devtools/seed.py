"""Lays the made-up people into an empty database, through the same doors as everybody else."""

from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID

from django.db import transaction

from devtools import people
from devtools.nights import nights
from devtools.stories import PEOPLE
from devtools.stories.filling import STOCKHOLM, fill, moments
from devtools.stories.telling import Moment, Person
from langsikt.access.errors import Refusal
from langsikt.access.sheets import Actor
from langsikt.access.window import case as cases
from langsikt.access.window.staff import actor_named
from langsikt.actions import door, dwelling, staff
from langsikt.actions.case_link import Said, link_cases

FOUNDED = timedelta(days=2 * 365)


class Untrue(Exception):
    """The method refuses a moment of a story: the story or the method has to change."""


def lay_in(now: datetime) -> None:
    """Founds the demo, with staff, dwellings and twelve lives up to ``now``: all of it, or nothing."""
    with transaction.atomic():
        Laying(now).all()


class Laying:
    """One laying-in: what has been made so far, by name."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.founded = (now - FOUNDED).astimezone(STOCKHOLM).replace(hour=8, minute=0, second=0, microsecond=0)
        self.made: dict[tuple[str, str], UUID] = {}
        self.references: dict[str, str] = {}
        self.things: dict[str, dict[str, UUID]] = {person.key: {} for person in PEOPLE}

    def all(self) -> None:
        """The house first, then what happened in it, in the order in which it happened."""
        self._house()
        self._dwellings()
        told = [(at, person, moment) for person in PEOPLE for at, moment in moments(person, self.now)]
        for at, person, moment in sorted(told, key=itemgetter(0)):
            self._happen(at, person, moment)
        self._absences()
        self._links()
        nights([self.references[person.key] for person in PEOPLE if person.key in people.OPENED_AT_NIGHT], self.now)

    def _house(self) -> None:
        """Districts, units and staff, by the administrator who founds the installation."""
        first = next(member for member in people.STAFF if member.role == "system_administrator")
        staff.found_installation("demo", first.username, first.short_name, people.DEMO_PASSWORD, self.founded)
        administrator = actor_named(first.username, self.founded)
        for key, name in people.DISTRICTS:
            staff.add_district(administrator, key, name, self.founded)
        for name, district in people.UNITS:
            self.made["unit", name] = staff.add_unit(administrator, name, district, self.founded)
        for member in people.STAFF:
            if member is not first:
                self._employ(administrator, member)
        for unit, fallback in people.FALLBACKS:
            staff.set_fallback(administrator, self.made["unit", unit], self.made["staff", fallback], self.founded)

    def _employ(self, administrator: Actor, member: people.StaffMember) -> None:
        staff_id = staff.add_staff(
            administrator, member.username, member.short_name, people.DEMO_PASSWORD, self.founded
        )
        self.made["staff", member.username] = staff_id
        unit = self.made["unit", member.unit] if member.unit else None
        staff.give_role(administrator, staff_id, member.role, unit, self.founded.date(), None, self.founded)

    def _dwellings(self) -> None:
        coordinator = actor_named(people.KARIN, self.founded)
        for home in people.DWELLINGS:
            place = dwelling.add_dwelling(coordinator, home.mark, home.kind, home.capacity, home.address, self.founded)
            dwelling.describe_place(coordinator, place, home.suits, self.founded)
            self.made["place", home.mark] = place

    def _happen(self, at: datetime, person: Person, moment: Moment) -> None:
        """One moment of a story, through the door; what it made is remembered by its label."""
        things = self.things[person.key]
        raw = fill(moment.raw, at, self.now, lambda kind, name: self.made[kind, name], things)
        actor = actor_named(moment.who, at)
        try:
            done = door.act(actor, moment.event, self.references.get(person.key), raw, now=at)
        except Refusal as refusal:
            raise Untrue(f"{person.key}: {moment.event} {moment.days_ago} days ago: {refusal!r}") from refusal
        self.references[person.key] = done.reference
        if moment.label:
            things[moment.label] = cases.history(actor, done.reference, at).lines[0].id

    def _absences(self) -> None:
        today = self.now.astimezone(STOCKHOLM).date()
        for away in people.AWAY:
            said = self.now + timedelta(days=away.from_day - 1)
            from_on, until_on = (today + timedelta(days=n) for n in (away.from_day, away.until_day))
            staff.set_absence(actor_named(away.username, said), from_on, until_on, said)

    def _links(self) -> None:
        """Cases of one family, said by whoever works with both."""
        for link in people.LINKS:
            said = Said(self.references[link.other], {"relation": link.relation, "secret": "yes", "together": "no"})
            link_cases(actor_named(link.who, self.now), self.references[link.key], said, self.now)
