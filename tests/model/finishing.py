"""Looks for a way from a reachable state to closure, one sensible allowed event at a time."""

import random
from dataclasses import replace
from datetime import date, timedelta

from langsikt.model import rules
from tests.model.walking import Facts, Walk, attempt

LONGEST = 40
STEADY = {"housing": "manages", "occupation": "manages", "social_support": "manages"}


class Steady(random.Random):
    """No chance: circumstances are kind, so that only the rules can stand in the way."""

    def random(self) -> float:
        return 0.5


def copy_of(walk: Walk) -> Walk:
    """The same case, from where the worker now tries to reach the end."""
    return replace(walk, rng=Steady(1), told=list(walk.told))


def closes(walk: Walk) -> Walk | None:
    """The case after its closure, or None when no way was found within ``LONGEST`` events."""
    walk = copy_of(walk)
    for _ in range(LONGEST):
        if walk.state.closed:
            return walk
        _wait(walk, until=walk.state.last_placement_end or walk.today)  # a move that was corrected to tomorrow
        if not _one_step_on(walk):
            _wait(walk, until=walk.today + timedelta(days=70))
            if not _one_step_on(walk):
                return None
    return walk if walk.state.closed else None


def _wait(walk: Walk, until: date) -> None:
    walk.today = max(walk.today, until)
    walk.state = replace(walk.state, today=walk.today)


def _one_step_on(walk: Walk) -> bool:
    return any(attempt(walk, event, who, facts) for event, who, facts in _plan(walk))


def _plan(walk: Walk) -> list[tuple[str, str, Facts]]:
    """What a worker would try, in order; what the rules refuse is passed over."""
    day, state = walk.today, walk.state
    closing: Facts = {"closed_on": day, "closure_reason": "goal_met", "heard": "heard", "way_back": "given"}
    assessed: Facts = {"assessed_on": day, "core_need_states": STEADY, "home_after": "own_lease"}
    late = state.last_placement_end is not None and (state.needs_after_on or day.min) < state.last_placement_end
    plan: list[tuple[str, str, Facts]] = [
        ("close_case", "case_worker", closing),
        ("sign_closure", "unit_manager", {"closed_on": day}),
        *_ended(walk),
        *([("assess_needs_after", "case_worker", assessed)] if late else []),
        ("ask_to_close", "case_worker", closing),
    ]
    if not state.steps["closure"].is_open:
        plan += [
            ("follow_up", "case_worker", {"held_on": day, "support_outcomes": {}, "still_needed": "no"}),
            ("decline_support", "case_worker", {"happened_on": day}),
            ("open_investigation", "case_worker", {"opened_on": day, "investigation_ground": "application"}),
        ]
    return plan


def _ended(walk: Walk) -> list[tuple[str, str, Facts]]:
    """The end of all that runs, moved home as planned."""
    day, state = walk.today, walk.state
    ends: list[tuple[str, str, Facts]] = []
    for thing in state.running_placements:
        facts: Facts = {"placement": thing.id, "ended_on": day, "moved_to": "own_lease", "day_after": "manages"}
        ends.append(("end_placement", "case_worker", facts))
    for thing in state.running_interventions:
        ends.append(
            ("end_intervention", "case_worker", {"running_support": thing.id, "ended_on": day, "day_after": "manages"})
        )
    return ends


def can_be_ended(walk: Walk) -> bool:
    """What has happened is never refused (rules B1.1): whatever runs in an open case can be recorded as ended."""
    answers = []
    if walk.state.running_placements:
        answers.append(rules.answer(walk.state, "end_placement", "case_worker"))
    if walk.state.running_interventions:
        answers.append(rules.answer(walk.state, "end_intervention", "case_worker"))
    return all(said == "done" for said in answers)
