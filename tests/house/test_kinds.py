"""The twelve between them show every kind of gap, and everything that lives between the steps.

The tables are written by hand from the stories and rules C, and hold on any day that the demo is laid in.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from devtools.stories import PEOPLE
from langsikt.model.continuity import (
    chains,
    contact_without_successor,
    ends_with_a_move,
    gaps_ahead,
    home_ends_soon,
    overlaps,
    past_gap_days,
    state_on,
    stretches,
)
from langsikt.model.load import METHOD
from langsikt.model.plan import gaps_of, plan_of
from langsikt.model.risk_review import review_reasons
from langsikt.model.rules import signature_needed
from langsikt.model.spans import Plan
from langsikt.model.state import State
from tests.house.replaying import NOONS, replay

CORE = ("housing", "occupation", "social_support")
WARM = 7
KINDS = {
    "lease_cancelled": {"gap social_support", "past gap social_support", "contact without successor", "manages"},
    "silent_agreement": {"home ends within 90 days of closing", "declines", "manages"},
    "own_strength": {"bridged", "manages", "past gap occupation"},
    "debts_in_her_name": {
        "gap social_support", "past gap social_support", "unconfirmed", "support ends on the day of a move",
        "day-after debt", "contact without successor", "manages",
    },
    "refused_rent": {
        "gap housing", "gap social_support", "waiting for a decision", "not planned yet", "manages", "could_not_accept",
    },
    "starting_from_zero": {"gap occupation", "gap social_support", "not planned yet", "past gap occupation"},
    "waiting_for_psychiatry": {"pause", "overlap with a warm hand-over", "manages"},
    "two_weeks": {
        "gap housing", "gap occupation", "gap social_support", "neither", "waiting for a decision", "not planned yet",
        "past gap occupation", "past gap social_support", "contact without successor",
    },
    "no_place_for_him": {"temporary", "past gap housing", "gap occupation", "gap social_support", "not planned yet"},
    "others_take_her_money": {"gap housing", "gap social_support", "past gap housing", "not planned yet"},
    "rejected_by_family": set[str](),
    "couple_tonight": {"gap housing", "not planned yet"},
}  # fmt: skip
NOT_THESE = {
    "lease_cancelled": {"gap housing", "gap occupation", "day-after debt"},
    "silent_agreement": {"gap housing", "gap occupation", "gap social_support", "day-after debt"},
    "own_strength": {"gap housing", "gap occupation", "gap social_support", "day-after debt"},
    "debts_in_her_name": {"gap housing", "gap occupation"},
    "refused_rent": {"gap occupation", "day-after debt", "unconfirmed"},
    "starting_from_zero": {"gap housing", "day-after debt"},
    "waiting_for_psychiatry": {"gap housing", "gap social_support", "declines"},
    "two_weeks": {"manages", "day-after debt", "bridged"},
    "no_place_for_him": {"day-after debt", "contact without successor"},
    "others_take_her_money": {"gap occupation", "temporary"},
    "rejected_by_family": {"gap housing", "gap occupation", "gap social_support"},
    "couple_tonight": {"gap occupation", "gap social_support", "past gap housing"},
}
EVERY = {
    *(f"gap {need}" for need in CORE),
    *(f"past gap {need}" for need in CORE),
    "unconfirmed",
    "temporary",
    "neither",
    "not planned yet",
    "waiting for a decision",
    "pause",
    "declines",
    "could_not_accept",
    "manages",
    "bridged",
    "overlap with a warm hand-over",
    "support ends on the day of a move",
    "contact without successor",
    "home ends within 90 days of closing",
    "day-after debt",
}
BY_NAME = {person.key: person for person in PEOPLE}
WEEK = [NOONS[0] + timedelta(days=days) for days in range(1, 7)]
"""Stories shift off weekends, so every weekday is tried."""
DAYS = pytest.mark.parametrize("now", NOONS + WEEK, ids=lambda now: now.strftime("%Y-%m-%d-%H%M"))


@cache
def told(key: str, now: datetime) -> State:
    """Where a person's case stands when the demo is laid in."""
    return replay(BY_NAME[key], now)[0]


def kinds_of(state: State) -> set[str]:
    """Every kind that the case shows, asked of the engine."""
    plan = plan_of(state)
    found = {kind for kind, shows in SHOWS.items() if shows(state, plan)}
    found |= {f"gap {gap.need}" for gap in gaps_of(state)}
    found |= {f"past gap {need}" for need in CORE if past_gap_days(plan, need)}
    return found | {state_on(plan, need, plan.today) for need in CORE}


def status(word: str) -> Callable[[State, Plan], bool]:
    """Whether a day of a core need has this answer."""
    return lambda _, plan: any(s.status == word for need in CORE for s in stretches(plan, need))


def warm(state: State, plan: Plan) -> bool:
    """Two different contacts who both are there for a week before the one leaves."""
    pairs = [(sorted((a, b), key=lambda s: s.last), days) for a, b, days in overlaps(plan, "social_support")]
    return any(a.kind != b.kind and plan.today <= a.last < b.last and days >= WARM for (a, b), days in pairs)


SHOWS: dict[str, Callable[[State, Plan], bool]] = {
    "unconfirmed": status("unconfirmed"),
    "temporary": status("temporary"),
    "neither": status("neither"),
    "not planned yet": lambda state, plan: state.is_case and status("not_planned")(state, plan),
    "bridged": status("bridged"),
    "waiting for a decision": lambda state, plan: any(g.waiting for need in CORE for g in gaps_ahead(plan, need)),
    "overlap with a warm hand-over": warm,
    "support ends on the day of a move": lambda state, plan: any(
        not METHOD.interventions[s.kind].placement for s in ends_with_a_move(plan)
    ),
    "contact without successor": lambda state, plan: bool(contact_without_successor(plan)),
    "home ends within 90 days of closing": lambda state, plan: (
        state.steps["closure"].is_open and home_ends_soon(plan, plan.today) is not None
    ),
    "day-after debt": lambda state, plan: bool(state.debts),
}


def test_the_tables_name_everybody_and_every_kind() -> None:
    assert set(KINDS) == set(NOT_THESE) == set(BY_NAME)
    assert {kind for kinds in KINDS.values() for kind in kinds} == EVERY
    assert {kind for kinds in NOT_THESE.values() for kind in kinds} <= EVERY


@DAYS
@pytest.mark.parametrize("key", BY_NAME)
def test_each_person_shows_the_kinds_of_the_story(key: str, now: datetime) -> None:
    found = kinds_of(told(key, now))
    assert KINDS[key] - found == set()
    assert NOT_THESE[key] & found == set()


@DAYS
def test_the_numbers_that_the_stories_promise(now: datetime) -> None:
    ida, elias, yasmin = (told(key, now) for key in ("two_weeks", "waiting_for_psychiatry", "silent_agreement"))
    row = [c for c in chains(s for s in plan_of(ida).spans if s.status == "decided") if c.number == 4]
    assert {(c.kind, c.total_days, c.median_days) for c in row} == {("shelter_collective", 56, 14.0)}
    assert [gap.days for gap in gaps_of(ida) if gap.need == "housing"] == [14]
    assert max(d for a, b, d in overlaps(plan_of(elias), "social_support") if a.kind != b.kind) == 16
    home = home_ends_soon(plan_of(yasmin), yasmin.today)
    assert home is not None and ahead(yasmin, home.last) == 40
    adam = told("no_place_for_him", now)
    assert min(28, past_gap_days(plan_of(adam), "housing")) >= 26, "weekends move two days at the most"


def ahead(state: State, on: date) -> int:
    """How many days ahead."""
    return (on - state.today).days


# --- what lives between the steps ------------------------------------------------------------------


@DAYS
def test_goals_have_scales_and_skills_are_told_by_ability(now: datetime) -> None:
    goals = {key: told(key, now).goals for key in BY_NAME}
    assert len(told("starting_from_zero", now).active_goals) == 3, "a fourth is offered as the next one (R9)"
    assert {g.level for found in goals.values() for g in found} >= {-2, -1, 0, 1}
    assert {g.status for found in goals.values() for g in found} == {"not_begun", "under_way", "paused", "reached"}
    assert {v for key in BY_NAME for v in told(key, now).skills.values()} == set(METHOD.abilities)


@DAYS
def test_milestones_of_every_kind_but_one(now: datetime) -> None:
    stones = {m.kind: (key, m) for key in BY_NAME for m in told(key, now).milestones if not m.month_only}
    assert {kind: key for kind, (key, _) in stones.items()} == {
        "turns_18": "starting_from_zero",
        "studies_end": "own_strength",
        "lease_end": "silent_agreement",
        "trial": "refused_rent",
        "holiday": "others_take_her_money",
        "school_break": "starting_from_zero",
    }
    assert stones["holiday"][1].contact_on and stones["school_break"][1].contact_on
    derived = {key: [(m.kind, m.on) for m in told(key, now).milestones if m.month_only] for key in BY_NAME}
    assert derived["no_place_for_him"] == [("turns_21", date(2028, 3, 1))], "Adam's number says when (ADR 0014)"


@DAYS
def test_what_waits_for_others(now: datetime) -> None:
    (wait,) = told("waiting_for_psychiatry", now).waits
    assert (wait.to, -ahead(told("waiting_for_psychiatry", now), wait.sent_on)) == ("psychiatry", 74)
    assert [offer.answer for offer in told("refused_rent", now).offers] == ["rent"]
    assert [offer.conflicts for offer in told("debts_in_her_name", now).open_offers] == [True]
    assert [draft.kind for draft in told("no_place_for_him", now).drafts.values()] == ["emergency_flat"]
    assert told("silent_agreement", now).closure_request
    assert set(signature_needed(told("silent_agreement", now), {})) == {"home", "declined"}
    others = [key for key in BY_NAME if told(key, now).drafts]
    assert others == ["no_place_for_him"]


@DAYS
def test_contact_with_the_family_in_steps_with_a_plan(now: datetime) -> None:
    yasmin = told("silent_agreement", now)
    levels = [contact.level for contact in yasmin.family]
    assert list(dict.fromkeys(levels)) == ["none", "occasional", "regular"]
    assert yasmin.safety_plan_on and yasmin.safety_plan_since is None and not review_reasons(yasmin)
    assert [c.level for c in told("others_take_her_money", now).family] == ["regular"]


@DAYS
def test_who_does_what_has_one_without_owner_and_one_without_answer(now: datetime) -> None:
    samira = told("refused_rent", now)
    waiting = [area for area, said in samira.responsible.items() if not said.accepted]
    assert waiting == ["economy"]
    assert 4 <= -ahead(samira, samira.responsible["economy"].since) <= 6, "a weekend between moves it to the Monday"
    assert "bills" not in samira.responsible, "nobody has her bills"
    assert told("starting_from_zero", now).responsible["bills"].unit == "housing_guide"
    others = [said for key in BY_NAME if key != "refused_rent" for said in told(key, now).responsible.values()]
    assert len(others) > 4 and all(said.accepted for said in others)


@DAYS
def test_talks_hand_overs_and_what_comes_after_closure(now: datetime) -> None:
    talked = {key for key in BY_NAME if told(key, now).check_ins}
    assert len(talked) >= 6 and {told(key, now).wellbeing for key in talked} >= {"2", "4"}
    handed_over = [k for k in BY_NAME if told(k, now).hand_over_missing and len(told(k, now).workers) > 1]
    assert handed_over == ["waiting_for_psychiatry"]
    zahra = told("own_strength", now)
    assert (zahra.closed, zahra.calls_agreed, zahra.questions_after) == (True, "phone", 1)
    assert [reached for _, reached in zahra.calls] == ["reached"]
