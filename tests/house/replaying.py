"""Tells a made-up person's story to the pure model, as the door would."""

from datetime import datetime
from typing import cast
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from devtools.people import DWELLINGS, STAFF, UNITS
from devtools.stories.filling import fill, moments
from devtools.stories.telling import Person
from langsikt.model.fold import fold
from langsikt.model.load import METHOD
from langsikt.model.of_age import months_of
from langsikt.model.parse import parse_event
from langsikt.model.rules import answer, stops
from langsikt.model.state import Around, Happening, State

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SPACE = UUID("00000000-0000-4000-8000-000000000002")
ROLE = {member.username: member.role for member in STAFF}
DISTRICT = {member.username: dict(UNITS).get(member.unit or "", "") for member in STAFF}
KIND = {str(uuid5(SPACE, f"place:{d.mark}")): d.kind for d in DWELLINGS}
ROLES = {uuid5(SPACE, f"staff:{member.username}"): frozenset({member.role}) for member in STAFF}
ROWS = ("need-", "outcome-", "goal-", "skill-")
NOONS = [
    datetime(2026, 11, 22, 12, 48, tzinfo=STOCKHOLM),  # a Sunday
    datetime(2026, 11, 23, 0, 4, tzinfo=STOCKHOLM),  # just after midnight
    datetime(2026, 3, 31, 7, 30, tzinfo=STOCKHOLM),  # early, two days after the clocks changed
    datetime(2028, 2, 29, 16, 59, tzinfo=STOCKHOLM),  # a leap day
]
"""Days on which the demo might be laid in."""


def find(kind: str, name: str) -> UUID:
    """A made-up id for a staff member or a dwelling."""
    return uuid5(SPACE, f"{kind}:{name}")


def replay(person: Person, now: datetime) -> tuple[State, list[Happening]]:
    """Tells the story to the pure model, as the door would; fails at the first refusal."""
    happened: list[Happening] = []
    things: dict[str, UUID] = {}
    for at, moment in moments(person, now):
        here = f"{person.key}: {moment.event} {moment.days_ago} days ago"
        rule, today = METHOD.events[moment.event], at.date()
        state = fold(happened, today)
        raw = fill(moment.raw, at, now, find, things)
        fields = {*rule.asks, *rule.offers}
        assert {key for key in raw if not key.startswith(ROWS)} <= fields, here
        parsed = parse_event(rule, raw, at)
        assert not parsed.complaints, f"{here}: {parsed.complaints}"
        assert answer(state, moment.event, ROLE[moment.who]) == "done", (
            f"{here}: {answer(state, moment.event, ROLE[moment.who])}"
        )
        facts = dict(parsed.values)
        if "place" in facts:
            facts["place_kind"] = KIND[str(facts["place"])]
        if facts.get("personal_number"):
            facts |= {f"{kind}_in": month for kind, month in months_of(str(facts["personal_number"])).items()}
        decider = facts.get("decider")
        roles = ROLES[decider] if isinstance(decider, UUID) else frozenset()
        around = Around(today, DISTRICT[moment.who], state.age_band, decider_roles=roles)
        assert stops(state, moment.event, facts, around) == (), here
        if moment.event == "follow_up":
            running = {thing.id for thing in state.running}
            assert set(cast(dict[UUID, object], facts["support_outcomes"])) == running, here
        known = uuid5(SPACE, f"{person.key}:{len(happened)}")
        happened.append(Happening(known, len(happened) + 1, moment.event, at, at, facts))
        if moment.label:
            things[moment.label] = known
    return fold(happened, now.date()), happened
