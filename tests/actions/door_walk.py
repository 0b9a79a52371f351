"""A random walk lived twice: on the pure rules, and through the real door on a real database."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from langsikt.access.look import acting
from langsikt.access.record import read_record, read_root
from langsikt.model import rules
from langsikt.model.fold import fold
from langsikt.model.parse import STOCKHOLM
from langsikt.model.rules import Around, Happening, State
from tests.actions import staging
from tests.actions.staging import WHO, Office, attempt, owner, typed
from tests.model.walking import FINAL, RELATIONS, WEIGHTS, Facts, Walk, correction, relation, submission

PLACES = {"shelter_flat": "place:a", "shelter_collective": "place:collective", "emergency_flat": "place:c"}
TEXTS = {
    "contact_line": "Vill prata.", "conclusion": "Skydd behövs.", "note": "Samtal.", "correction_reason": "Fel dag.",
    "provider_name": "Föreningen",
}  # fmt: skip
NEVER_TRIED = {"stand_in": ("exclude_staff",)}
# Whoever does these sees no more of the case, so no walk goes on: tried in tests/actions/test_conflict.py.
LAST_LOOKS = frozenset({"declare_conflict_of_interest"})
WALKED = {event: weight for event, weight in WEIGHTS.items() if event not in LAST_LOOKS}
# How often an attempt that the pure rules refuse is sent through the door as well.
ALSO_REFUSED = 0.12


@dataclass
class DoorWalk:
    """One case on both sides; ``said`` counts the door's answers, ``wrong`` tells where the two differ."""

    office: Office
    walk: Walk
    reference: str = ""
    said: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def rng(self) -> random.Random:
        return self.walk.rng


def wander(office: Office, seed: int) -> DoorWalk:
    """The walk of tests/model/walking.py, each accepted event through the door, and some of the refused."""
    rng = random.Random(seed)
    ages = ("21_plus",) * 14 + ("18_20", "18_20", "18_20", "unknown", "unknown", "under_18")
    lived = DoorWalk(office, Walk(rng, age=rng.choice(ages)))
    longest = rng.randint(14, 45)
    _begin(lived)
    for _ in range(longest * 60):
        if lived.wrong or lived.walk.accepted >= longest or _over(lived.walk):
            break
        event = rng.choices(list(WALKED), list(WALKED.values()))[0]
        if _try(lived, event, rng.choice(RELATIONS)):
            lived.walk.today += timedelta(days=rng.choice((0, 0, 1, 3, 7, 12)))
            lived.walk.state = replace(lived.walk.state, today=lived.walk.today)
    return lived


def _over(walk: Walk) -> bool:
    return walk.state.closed and walk.state.ending in FINAL


def _begin(lived: DoorWalk) -> None:
    """Duty service takes the contact, the manager names worker and stand-in: so everybody is there."""
    _try(lived, "receive_contact", "duty_service")
    _try(lived, "assign_case", "unit_manager")


def _try(lived: DoorWalk, event: str, who: str) -> bool:
    """One attempt; the rules say what is to come, the door says what came."""
    walk = lived.walk
    if event in NEVER_TRIED.get(who, ()) or (event == "receive_contact" and walk.told):
        return False
    expected = rules.answer(walk.state, event, relation(walk, who))
    facts = _submission(lived, event) if expected == "done" else {}
    if event == "sign_decision" and facts:
        facts["decider"] = f"staff:{WHO[who]}"  # whoever signs decides
    expected = (_refusal(lived, event, facts) or "done") if expected == "done" else expected
    if expected != "done" and walk.rng.random() > ALSO_REFUSED:
        return False
    said, answer = _send(lived, event, who, facts)
    lived.said[event, said] += 1
    if said == "done" and expected == "done":
        _tell(lived, event, facts, answer.reference)
    elif said != expected:
        lived.wrong.append(f"{event} by {who}: rules {expected}, door {said} {answer!r} {facts}")
    return said == "done"


def _send(lived: DoorWalk, event: str, who: str, facts: Facts) -> tuple[str, Any]:
    """The attempt through the door; a stand-in acts on a day when the worker is absent."""
    raw = _typed(lived, event, facts)
    now = lived.walk.moment
    if who == "stand_in":
        owner().execute(
            "insert into records_absence (id, staff_id, from_on, until_on, recorded_at)"
            " values (gen_random_uuid(), %s, %s, %s, %s)",
            [lived.office.ids["worker"], lived.walk.today, lived.walk.today, now],
        )
    actor = lived.office.actor(WHO[who], now)
    said, answer = attempt(actor, event, lived.reference or None, raw, now)
    if who == "stand_in":
        owner().execute("delete from records_absence")
    return said, answer


def _submission(lived: DoorWalk, event: str) -> Facts:
    """The facts of walking.py, with what the real house adds: who decides, which dwelling, texts."""
    walk, facts = lived.walk, submission(lived.walk, event)
    facts = {k: v for k, v in facts.items() if k != "place"}
    if event == "receive_contact":
        facts["happened_at"] = walk.moment
    if event == "issue_decision":
        facts["decider"] = walk.rng.choice(("staff:worker", "staff:manager", "staff:manager"))
    if event == "start_placement":
        facts["place"] = "place:full" if walk.rng.random() < 0.1 else PLACES[str(facts["place_kind"])]
    if event == "correct" and "place_kind" in facts:
        facts["place"] = PLACES[str(facts["place_kind"])]
    if event in ("assign_case", "hand_over_to_team"):
        facts |= {"case_worker": "staff:worker", "stand_in": "staff:stand_in"}
    if event == "exclude_staff":
        facts["excluded"] = "staff:outsider"
    if event == "plan_support":
        facts["provider_name"] = "Föreningen"
    return _in_order(walk, event, facts)


def _in_order(walk: Walk, event: str, facts: Facts) -> Facts:
    """The pure rules leave the order of days to the form: no end before a beginning, no extension backwards."""
    things = {t.id: t for t in walk.state.placements + walk.state.interventions}
    thing = things.get(cast(UUID, facts.get("placement") or facts.get("running_support")))
    if thing and event in ("end_placement", "end_intervention"):
        facts["ended_on"] = max(cast(date, facts["ended_on"]), thing.from_on)
    if thing and event == "end_placement_acutely":
        facts["last_day_on"] = max(cast(date, facts["last_day_on"]), thing.from_on)
    if event == "follow_up":  # without new days: those of a support that rests on a decision become drafts
        facts["support_outcomes"] = {key: (said[0], None) for key, said in cast(Any, facts["support_outcomes"]).items()}
    if thing and event == "extend_placement":
        before = thing.planned_end_on or thing.from_on
        facts["planned_end_on"] = max(cast(date, facts["planned_end_on"]), before + timedelta(days=1))
    return facts


def _refusal(lived: DoorWalk, event: str, facts: Facts) -> str | None:
    """What the pure rules refuse, in the circumstances that the house is really in."""
    walk = lived.walk
    if event == "issue_decision" and not facts.get("legal_ground"):
        return "invalid"
    if event == "correct":
        return _correction_refused(walk, facts)
    roles = {"staff:worker": "case_worker", "staff:manager": "unit_manager"}
    roles |= {"staff:stand_in": "case_worker", "staff:duty": "duty_service"}
    around = Around(
        today=walk.today, district="jarva", age_band=walk.state.age_band, place_free=facts.get("place") != "place:full",
        decider_roles=frozenset({roles.get(str(facts.get("decider")), "")}),
    )  # fmt: skip
    if rules.stops(walk.state, event, facts, around):
        return "stop"
    return "right" if event == "close_case" and rules.signature_needed(walk.state, facts) else None


def _correction_refused(walk: Walk, facts: Facts) -> str | None:
    """A day that lies ahead or before the beginning is refused at the field; then closures must still hold."""
    began = {t.id: t.from_on for t in walk.state.placements}
    ended, thing = facts.get("ended_on"), facts.get("placement")
    days = [v for k, v in facts.items() if k in ("ended_on", "assessed_on") and isinstance(v, date)]
    if any(day > walk.today for day in days):
        return "invalid"
    if not rules.closures_hold([*walk.told, correction(walk, facts)], walk.today):
        return "stop"
    early = isinstance(ended, date) and isinstance(thing, UUID) and thing in began and ended < began[thing]
    return "invalid" if early else None


def _typed(lived: DoorWalk, event: str, facts: Facts) -> staging.Raw:
    """The form as it would be sent; a correction says again what the original should have said."""
    said: dict[str, Any] = dict(facts)
    if event == "correct" and facts:
        original = next(h for h in lived.walk.told if h.id == facts["corrects"])
        if original.name == "write_note" or "happened_at" not in said:
            said.setdefault("happened_at", original.happened_at)
    for name in ("note", "contact_line", "conclusion", "reasons", "correction_reason"):
        said.setdefault(name, TEXTS.get(name, "Skäl."))
    return typed(lived.office, said, {})


def _tell(lived: DoorWalk, event: str, facts: Facts, reference: str) -> None:
    """Writes down what the door accepted: its id and moment read behind the app's back, its facts as they were sent."""
    walk, lived.reference = lived.walk, reference
    row = (
        owner()
        .execute(
            "select e.id, e.happened_at, e.recorded_at from records_event e join records_contact c on c.id = e.case_id"
            " where c.reference = %s order by e.seq desc limit 1",
            [reference],
        )
        .fetchone()
    )
    assert row is not None
    event_id, happened_at, recorded_at = row
    seq = len(walk.told) + 1
    name, corrects, kept = event, None, dict(facts)
    if event == "correct":
        corrects = UUID(str(kept.pop("corrects")))
        kept.pop("correction_reason", None)
        name = next(h.name for h in walk.told if h.id == corrects)
    walk.told.append(Happening(event_id, seq, name, happened_at, recorded_at, _meant(lived.office, kept), corrects))
    if not _on_its_day(kept, happened_at, recorded_at):
        lived.wrong.append(f"{event} happened at {happened_at}, the form said {kept}")
    walk.state = fold(walk.told, walk.today)
    if event == "hand_over_to_team":
        walk.handed_over = True
    if event != "give_advice" and (seq % 3 == 0 or walk.state.closed or corrects):
        _compare(lived, event)


def _on_its_day(facts: Facts, happened_at: datetime, recorded_at: datetime) -> bool:
    """The row's moment is that of the day the form gave, or that of the recording."""
    said = [facts.get(name) for name in ("ended_on", "assessed_on", "held_on", "closed_on")]
    days = {day for day in said if isinstance(day, date)}
    return not days or happened_at.astimezone(STOCKHOLM).date() in days or happened_at == recorded_at


def _meant(office: Office, facts: Mapping[str, object]) -> dict[str, object]:
    """The facts as values: words of the house as ids; what a form leaves empty is not there."""
    kept = {k: v for k, v in facts.items() if v not in ("", None, False)}
    return {k: office.id_of(v) if isinstance(v, str) and v[:6] in ("place:", "staff:") else v for k, v in kept.items()}


def _compare(lived: DoorWalk, event: str) -> None:
    """The record that the door wrote folds to the very state of the pure walk."""
    moment = lived.walk.moment
    with acting(lived.office.actor("manager", moment), moment):
        root = read_root(lived.reference)
        assert root is not None
        record = read_record(root, lived.walk.today)
    ours, theirs = plain(lived.walk.state), plain(record.state)
    differing = [name for name in ours if ours[name] != theirs[name]]
    if differing:
        lived.wrong.append(
            f"after {event}: " + "; ".join(f"{n}: pure {ours[n]!r}, door {theirs[n]!r}" for n in differing)
        )


def plain(state: State) -> dict[str, Any]:
    """A state as comparable values: lists and tuples, nothing and empty are the same."""
    found: dict[str, Any] = {}
    for name in state.__dataclass_fields__:
        value = getattr(state, name)
        found[name] = tuple(value) if isinstance(value, list) else value or None
    for name in ("placements", "interventions", "decisions"):
        found[name] = tuple(
            replace(t, meets=tuple(t.meets), day_after=t.day_after or None) for t in getattr(state, name)
        )
    return found
