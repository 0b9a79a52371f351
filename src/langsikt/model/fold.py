"""The fold: from what has happened to where a case stands."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from langsikt.model.facts import FACTS
from langsikt.model.load import METHOD
from langsikt.model.method import Effect
from langsikt.model.sayings import SAYS
from langsikt.model.state import Happening, State, StepState, replace

SPEAKS_OF = (
    "placement",
    "running_support",
    "decision",
    "decision_draft",
    "ended_support",
    "goal",
    "goal_before",
    "referral",
    "offer",
    "network_person",
    "whereabouts",
    "replaces",
)
CONTACT = frozenset(
    {
        "receive_contact",
        "follow_up",
        "check_in",
        "write_note",
        "reopen_case",
        "record_safe_contact",
        "answer_acute_safety",
        "record_person_found",
    }
)
STEPS = tuple(key for key, step in METHOD.steps.items() if step.number)


def fold(happenings: Sequence[Happening], today: date) -> State:
    """Where the case stands on ``today``, read over ``happened_at`` (design, idea 3).

    A correction takes the place of what it corrects; the order is that of what happened,
    and of recording where two things happened at the same moment.
    """
    state = beginning(today)
    for happening in ordered(happenings):
        state = step_forward(state, happening)
    return state


def beginning(today: date) -> State:
    """The state before anything has happened."""
    return State(today=today, steps={key: StepState() for key in STEPS})


def ordered(happenings: Sequence[Happening]) -> list[Happening]:
    """The happenings in the order in which they are to be read.

    That is the order of what happened, with three limits that keep a late or corrected date
    from turning the record inside out: nothing comes before what it speaks of, an ending or a
    reopening comes after all that was recorded before it, and what was recorded after it, after.
    """
    moments: dict[UUID, datetime] = {}
    floor: datetime | None = None
    kept = sorted(effective(happenings), key=lambda h: h.seq)
    for h in kept:
        spoken_of = [moments[ref] for ref in _references(h) if ref in moments]
        moment = max([h.happened_at, *spoken_of, *([floor] if floor else [])])
        if _turns(h):
            floor = moment = max([moment, *moments.values()])
        moments[h.id] = moment
    return sorted(kept, key=lambda h: (moments[h.id], h.seq))


def _references(h: Happening) -> list[UUID]:
    named = [h.facts.get(field) for field in SPEAKS_OF]
    rows = [cast(dict[UUID, object], h.facts.get(field) or {}) for field in ("support_outcomes", "goal_scores")]
    return [ref for ref in named if isinstance(ref, UUID)] + [ref for row in rows for ref in row]


def _turns(h: Happening) -> bool:
    return h.name == "reopen_case" or any(effect.ends for effect in METHOD.events[h.name].effects)


def effective(happenings: Sequence[Happening]) -> list[Happening]:
    """The happenings as they are to be read: the latest correction stands in for what it corrects."""
    kept = {h.id: h for h in happenings if h.corrects is None}
    for correction in sorted((h for h in happenings if h.corrects), key=lambda h: h.seq):
        original = kept.get(cast(Any, correction.corrects))
        if original is None:
            continue
        if correction.facts.get("never_happened"):
            del kept[original.id]
        else:
            kept[original.id] = replace(original, happened_at=correction.happened_at, facts=correction.facts)
    return list(kept.values())


def step_forward(state: State, happening: Happening) -> State:
    """The state after one more happening: first what it says, then what it does to the steps."""
    rule = METHOD.events[happening.name]
    say = SAYS.get(happening.name)
    state = replace(_common(state, happening), events=state.events + 1)
    if say:
        state = say(state, happening)
    for effect in rule.effects:
        if effect.fact is None or FACTS[effect.fact](state, happening.facts):
            state = _apply(state, effect, happening)
    return state


def _common(state: State, h: Happening) -> State:
    """What any event may say: where the person sleeps tonight, age, children, contact person, joint plan."""
    facts = h.facts
    changes: dict[str, Any] = {}
    if facts.get("tonight"):
        changes |= {"tonight": facts["tonight"], "tonight_on": h.happened_at.date()}
    if facts.get("age_band"):
        changes["age_band"] = facts["age_band"]
    for name in ("contact_person_wish", "coordinated_plan", "first_90_days"):
        if facts.get(name):
            key = name.removesuffix("_wish")
            changes |= {key: facts[name], f"{key}_on": h.happened_at.date()}
    if facts.get("contact_person_wish"):
        changes["no_contact_person"] = facts.get("no_contact_person")
    if facts.get("children_at_home"):
        changes["children"] = facts["children_at_home"] == "yes"
    if h.name in CONTACT:
        changes |= {"last_contact_on": h.happened_at.date(), "written_seq": max(state.written_seq, h.seq)}
    return replace(state, **changes)


def _apply(state: State, effect: Effect, h: Happening) -> State:
    steps = dict(state.steps)
    on, turn = h.happened_at.date(), state.round
    for key in effect.completes:
        if steps[key].is_open:
            steps[key] = StepState("done", on, turn)
    for key in effect.skips:
        if _untouched(steps[key], turn):
            steps[key] = StepState("not_applicable", on, turn)
    for key in effect.opens:
        if _untouched(steps[key], turn):
            steps[key] = _reopened(steps[key], on, turn)
    for key in effect.reopens:
        steps[key] = _reopened(steps[key], on, turn)
    state = replace(state, steps=steps)
    return _end(state, effect.ends, h) if effect.ends else state


def _untouched(step: StepState, turn: int) -> bool:
    """Whether nothing has happened in the step since the case was opened, or last reopened."""
    return not step.is_open and (step.status in ("not_started", "not_applicable") or step.round < turn)


def _reopened(step: StepState, on: date, turn: int) -> StepState:
    if step.is_open:
        return step
    return StepState("reopened" if step.status == "done" else "open", on, turn)


def _end(state: State, ends: str, h: Happening) -> State:
    """A contact or a case ends; a reopened contact that leads nowhere closes the case again."""
    steps = dict(state.steps)
    on = h.happened_at.date()
    which = ("contact",) if ends == "contact" else STEPS
    for key in which:
        if steps[key].is_open:
            steps[key] = StepState("done", on, state.round)
    if any(step.is_open for step in steps.values()):
        return replace(state, steps=steps)
    ending = state.ending if ends == "contact" and state.is_case and state.ending else h.name
    return replace(state, steps=steps, closed=True, ending=ending, ended_on=on, closure_request=None)
