"""Builds the canonical states of tests/expected as happenings that the pure rules can read."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from langsikt.model.rules import Happening, State, fold

EXPECTED = Path(__file__).parent.parent / "expected"
TODAY = date(2026, 3, 12)
STATES = tomllib.loads((EXPECTED / "states.toml").read_text(encoding="utf-8"))
FACTS = tomllib.loads((EXPECTED / "facts.toml").read_text(encoding="utf-8"))
BEGINS = ("start_placement", "start_intervention", "issue_decision", "ask_to_close")


def identity(name: str) -> UUID:
    """The same id for the same name, in every run."""
    return uuid5(NAMESPACE_URL, f"langsikt-test:{name}")


def at(day: int, minute: int = 0) -> datetime:
    """The moment ``minute`` minutes past eight, ``day`` days from today."""
    return datetime.combine(TODAY, time(8), UTC) + timedelta(days=day, minutes=minute)


@dataclass(frozen=True)
class Line:
    """One line of a hand-written history, with the state that wrote it."""

    state: str
    name: str | None
    event: str
    day: int
    facts: Mapping[str, object]


def lines(state: str) -> list[Line]:
    """The history of a state: that of the state it continues from, then its own lines."""
    entry = STATES[state]
    before = lines(entry["after"]) if "after" in entry else []
    own = [Line(state, x.get("as"), x["event"], x["day"], x["facts"]) for x in entry["then"]]
    return before + own


def history(state: str) -> list[Happening]:
    """The happenings of a canonical state, in the order in which they were written down."""
    told: list[Happening] = []
    named: dict[str, UUID] = {}
    for seq, line in enumerate(lines(state), start=1):
        key = identity(f"{line.state}-{line.name or line.event}-{seq}")
        if line.name:
            named["=" + line.name] = key
        moment = at(line.day, seq)
        told.append(Happening(key, seq, line.event, moment, moment, resolved(line.facts, named)))
    return told


def state_of(name: str) -> State:
    """The canonical state itself, as the rules read it today."""
    return fold(history(name), TODAY)


def submission(event: str, told: Sequence[Happening], changes: Mapping[str, object] | None = None) -> dict[str, object]:
    """The facts of one submission of ``event`` (facts.toml), with ``changes``; None takes a fact away."""
    facts = {**FACTS[event], **(changes or {})}
    kept = {key: value for key, value in facts.items() if value is not None}
    return resolved(kept, spoken_of(told))


def spoken_of(told: Sequence[Happening]) -> dict[str, UUID]:
    """What the words of facts.toml stand for in this history."""
    latest = {h.name: h.id for h in told}
    nothing = identity("nothing")
    ended = [h for h in told if h.name in ("end_placement", "end_intervention")]
    thing: Any = ended[-1].facts.get("placement") or ended[-1].facts.get("running_support") if ended else nothing
    names = {"=placement": "start_placement", "=support": "start_intervention", "=decision": "issue_decision"}
    names["=whereabouts"] = "record_whereabouts"
    names |= {"=draft": "draft_decision", "=goal": "set_goal", "=referral": "send_referral", "=offer": "receive_offer"}
    words = {word: latest.get(name, nothing) for word, name in names.items()}
    words |= {
        "=first_goal": next((h.id for h in told if h.name == "set_goal"), nothing),
        "=network_person": latest.get("add_network_person", nothing),
        "=ended": thing,
        "=first": told[0].id if told else nothing,
        "=p1_end": latest.get("end_placement", nothing),
    }
    return words


def resolved(value: object, named: Mapping[str, UUID]) -> dict[str, object]:
    """Facts as the rules take them: days as dates, names as ids."""
    return {str(key): _resolved(item, named) for key, item in value.items()} if isinstance(value, Mapping) else {}


def _resolved(value: object, named: Mapping[str, UUID]) -> object:
    if isinstance(value, Mapping):
        return {_resolved(key, named): _resolved(item, named) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_resolved(item, named) for item in value)
    if not isinstance(value, str):
        return value
    kind, _, rest = value.partition(":")
    if kind == "day":
        return TODAY + timedelta(days=int(rest))
    if kind == "moment":
        return at(int(rest))
    if kind in ("place", "staff"):
        return identity(value)
    return named[value] if value.startswith("=") else value
