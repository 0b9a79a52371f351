"""What a follow-up says of each support: read from the form as it is typed, sent to the door, supposed in the plan."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from langsikt.model.outcome import Outcome, as_sent, outcome_of
from langsikt.model.plan import gaps_of, plan_of, supposing_outcomes, with_a_move
from langsikt.model.state import State, Thing

TODAY = date(2026, 3, 12)
SHELTER, HELP, TALKS = (UUID(int=n) for n in (1, 2, 3))
ID = "00000000-0000-4000-8000-000000000007"


def form(**said: str) -> dict[str, list[str]]:
    """A form with these parts for the one support."""
    return {f"outcome-{part}-{ID}" if part != "outcome" else f"outcome-{ID}": [text] for part, text in said.items()}


def case(*things: Thing, **known: object) -> State:
    placements = tuple(t for t in things if t.kind.startswith("shelter"))
    others = tuple(t for t in things if t not in placements)
    state = State(TODAY, {}, is_case=True, placements=placements, interventions=others)
    return replace(state, need_history=(("housing", "need", TODAY),), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (form(outcome="extend", pick="now", until="2026-09-01"), Outcome("extend")),
        (form(outcome="extend", pick="2026-06-12", until="2026-09-01"), Outcome("extend", date(2026, 6, 12))),
        (form(outcome="extend", pick="other", until="2026-09-01"), Outcome("extend", date(2026, 9, 1))),
        (form(outcome="extend", until="2026-09-01"), Outcome("extend", date(2026, 9, 1))),
        (form(outcome="change", pick="2026-06-12"), Outcome("change")),
        (form(outcome="end", pick="2026-06-12", last="2026-03-31"), Outcome("end", date(2026, 3, 31))),
        (form(outcome="end", until="2026-03-31"), Outcome("end", date(2026, 3, 31))),
        (form(outcome="extend", pick="other", until="2026-0"), Outcome("extend")),
        (form(outcome="extend", pick="other", until="9999-12-31"), Outcome("extend")),
        (form(outcome="end", last="2026-03-31", after="not_yet"), Outcome("end", date(2026, 3, 31), "not_yet")),
        ({}, Outcome("")),
    ],
)
def test_the_form_as_it_is_typed(said: dict[str, list[str]], outcome: Outcome) -> None:
    assert outcome_of(said, ID) == outcome


def test_ninety_days_more_hold_only_for_the_day_that_they_were_proposed_for() -> None:
    ends = form(outcome="end", last="2026-04-01", move="2026-04-01/2026-06-30")
    assert outcome_of(ends, ID).instead == date(2026, 6, 30)
    sent = as_sent(ends)
    assert sent[f"outcome-{ID}"] == ["extend"] and sent[f"outcome-until-{ID}"] == ["2026-06-30"]

    later = form(outcome="end", last="2026-05-01", move="2026-04-01/2026-06-30")
    assert outcome_of(later, ID).instead is None
    assert as_sent(later)[f"outcome-until-{ID}"] == ["2026-05-01"]

    on = form(outcome="end", last="2026-04-01", move="2026-04-01/now")
    assert outcome_of(on, ID).goes_on and outcome_of(on, ID).last is None
    assert as_sent(on)[f"outcome-{ID}"] == ["extend"] and as_sent(on)[f"outcome-until-{ID}"] == [""]

    changed = as_sent(form(outcome="change", move="now/2026-06-30"))
    assert changed[f"outcome-{ID}"] == ["change"] and changed[f"outcome-until-{ID}"] == ["2026-06-30"]

    kept = outcome_of(form(outcome="end", last="2026-04-01", move="2026-04-01/keep"), ID)
    assert kept.keeps and kept.instead is None


def test_the_door_gets_one_last_day_and_hears_what_cannot_be_read() -> None:
    assert as_sent(form(outcome="extend", pick="now", until="2026-09-01"))[f"outcome-until-{ID}"] == [""]
    assert as_sent(form(outcome="extend", pick="other", until="i sommar"))[f"outcome-until-{ID}"] == ["i sommar"]
    assert as_sent({"own_words": ["Jag vill bo kvar."]}) == {"own_words": ["Jag vill bo kvar."]}


def test_a_day_of_review_belongs_to_unchanged_alone() -> None:
    day = {"next_review_on": ["2026-06-01"], "risk_line": ["Inget nytt."]}
    assert as_sent({**day, "risk_now": ["unchanged"]})["next_review_on"] == ["2026-06-01"]
    assert "next_review_on" not in as_sent({**day, "risk_now": ["new_assessment"]})
    assert as_sent({**day})["risk_line"] == ["Inget nytt."], "words are never dropped"


def test_many_outcomes_are_supposed_at_once() -> None:
    shelter = Thing(SHELTER, "shelter_flat", date(2026, 1, 1), date(2026, 3, 31))
    support = Thing(HELP, "housing_support", date(2026, 1, 1), date(2026, 4, 30), meets=("daily_life",))
    state = case(shelter, support)
    assert gaps_of(state)[0].from_on == date(2026, 4, 1)

    longer = supposing_outcomes(state, {SHELTER: date(2026, 9, 1), HELP: None})
    assert gaps_of(longer) == []
    assert longer.interventions == state.interventions
    shorter = supposing_outcomes(state, {SHELTER: date(2026, 3, 20), HELP: date(2026, 3, 20)})
    assert gaps_of(shorter)[0].from_on == date(2026, 3, 21)
    assert {t.planned_end_on for t in shorter.placements + shorter.interventions} == {date(2026, 3, 20)}
    assert supposing_outcomes(state, {UUID(int=99): date(2026, 9, 1)}) == state, "what is not there changes nothing"


def test_support_that_would_end_with_the_move_is_found() -> None:
    shelter = Thing(SHELTER, "shelter_flat", date(2026, 1, 1), date(2026, 4, 14))
    support = Thing(HELP, "housing_support", date(2026, 1, 1), date(2026, 9, 30), meets=("daily_life",))
    lease = Thing(TALKS, "own_lease", date(2026, 4, 15), None, outcome="agreed", meets=("housing",))
    state = case(shelter, support, planned={"own_lease": lease})
    assert with_a_move(plan_of(state)) == []
    ending = supposing_outcomes(state, {HELP: date(2026, 4, 15)})
    assert [span.thing for span in with_a_move(plan_of(ending))] == [str(HELP)]
