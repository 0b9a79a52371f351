"""Holds what a decision covers against examples reckoned by hand (rules C2.1–2, C2.5, C5)."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from langsikt.model.continuity import gaps_ahead, past_gap_days, stretches
from langsikt.model.load import METHOD
from langsikt.model.plan import gaps_of, plan_of
from langsikt.model.state import State, Thing
from langsikt.model.why import why

EXAMPLES = tomllib.loads((Path(__file__).parents[1] / "expected" / "decided.toml").read_text())["example"]
DAY = timedelta(days=1)


def thing(number: int, told: dict[str, Any], **known: Any) -> Thing:
    last = told.get("until") or told.get("planned")
    meets = METHOD.interventions[told["kind"]].meets
    return Thing(UUID(int=number), told["kind"], told["from"], last, told.get("ended"), meets=meets, **known)


def case(told: dict[str, Any]) -> State:
    """The state that the example speaks of."""
    lived = [(thing(100 + n, t, decided_by=t.get("by", "without")), t) for n, t in enumerate(told.get("lived", ()))]
    return State(
        told["today"],
        {},
        is_case=True,
        placements=tuple(found for found, t in lived if t.get("place")),
        interventions=tuple(found for found, t in lived if not t.get("place")),
        decisions=tuple(thing(n, t, outcome="granted") for n, t in enumerate(told.get("decided", ()))),
        planned={t["kind"]: thing(200, t, outcome="agreed") for t in told.get("agreed", ())},
        place_requested=told.get("asked", False),
        need_history=((told["need"], "need", told["since"]),),
    )


@pytest.mark.parametrize("told", EXAMPLES, ids=lambda told: f"{told['rule']} {told['story'][:50]}")
def test_the_record_covers_what_the_example_says(told: dict[str, Any]) -> None:
    plan, need, expected = plan_of(case(told)), told["need"], told["expected"]
    gaps = gaps_ahead(plan, need)
    assert [{"from": g.from_on, "until": g.until_on, "count": g.days} for g in gaps] == expected.get("gaps", [])
    assert past_gap_days(plan, need) == expected.get("past", 0)
    covered = [s for s in stretches(plan, need) if s.status == "covered"]
    if "covered" in expected:
        assert covered[0].from_on <= told["today"] <= covered[0].until_on == expected["covered"]
    if "entry" in expected:
        assert min(s.from_on for s in covered if s.from_on > told["today"]) == expected["entry"]
    if "unconfirmed" in expected:
        assert [s.from_on for s in stretches(plan, need) if s.status == "unconfirmed"] == [expected["unconfirmed"]]
    if "sv" in expected:
        assert why(gaps[0]).sv == expected["sv"]
    assert [g for g in gaps_of(case(told)) if g.need == need] == gaps, "lists and plan reckon alike"


def test_every_kind_of_example_is_there() -> None:
    answers = {name for told in EXAMPLES for name in told["expected"]}
    assert answers == {"past", "gaps", "entry", "covered", "unconfirmed", "sv"} and len(EXAMPLES) >= 12


def test_a_place_that_has_been_given_covers_again() -> None:
    # the same story, a day later, when she has moved in: nothing else of the record has changed
    told = EXAMPLES[0]
    lived = [{"kind": "shelter_flat", "place": True, "from": date(2026, 3, 12), "by": "decision"}]
    plan = plan_of(case({**told, "asked": False, "lived": lived}))
    assert gaps_ahead(plan, "housing") == []
