"""Recomputes from the history alone whether a closure went past the assessment; shares no code with the rules."""

from collections.abc import Sequence
from datetime import date
from typing import cast
from uuid import UUID

from langsikt.model.rules import Happening


def as_corrected(told: Sequence[Happening]) -> list[tuple[UUID, str, dict[str, object]]]:
    """Each happening in the order of recording, with the facts that its latest correction gives."""
    latest: dict[UUID, Happening] = {}
    for h in sorted(told, key=lambda h: h.seq):
        if h.corrects is not None:
            latest[h.corrects] = h
    read = []
    for h in sorted(told, key=lambda h: h.seq):
        if h.corrects is not None:
            continue
        facts = dict(latest[h.id].facts if h.id in latest else h.facts)
        if not facts.get("never_happened"):
            read.append((h.id, h.name, facts))
    return read


def happened_on(told: Sequence[Happening]) -> dict[UUID, date]:
    """The day of each happening, as its latest correction says it."""
    days = {h.id: h.happened_at.date() for h in told if h.corrects is None}
    for h in sorted((h for h in told if h.corrects is not None), key=lambda h: h.seq):
        days[cast(UUID, h.corrects)] = h.happened_at.date()
    return days


def broken_closures(told: Sequence[Happening]) -> list[str]:
    """Closures while a placement is open, or with one that ended after the last assessment of needs after shelter."""
    open_placements: set[UUID] = set()
    ends: list[date] = []
    assessed: list[date] = []
    found = []
    days = happened_on(told)
    for key, name, facts in as_corrected(told):
        if name == "start_placement":
            open_placements.add(key)
        elif name == "end_placement":
            open_placements.discard(cast(UUID, facts["placement"]))
            ends.append(cast(date, facts["ended_on"]))
        elif name == "end_placement_acutely":
            last = cast(date, facts["last_day_on"])
            if last <= days[key]:  # a last night that lies ahead is no end yet
                open_placements.discard(cast(UUID, facts["placement"]))
                ends.append(last)
        elif name == "assess_needs_after":
            assessed.append(cast(date, facts["assessed_on"]))
        elif name in ("close_case", "sign_closure"):
            if open_placements:
                found.append(f"{name} while a placement is open")
            if ends and (not assessed or max(ends) > max(assessed)):
                found.append(f"{name} with a placement that ended after the last assessment")
    return found


def closures_after_placement(told: Sequence[Happening]) -> int:
    """How many closures come after some placement."""
    names = [name for _, name, _ in as_corrected(told)]
    return sum(
        1 for i, name in enumerate(names) if name in ("close_case", "sign_closure") and "start_placement" in names[:i]
    )
