"""The one open risk review: its reasons, its two ways out, its days; and that nothing else makes it go away."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langsikt.model.due import Due, due
from langsikt.model.load import METHOD
from langsikt.model.risk_review import (
    family_work_unassessed,
    first_assessment_by,
    full_assessment,
    review_reasons,
    too_old_for_family_work,
)
from langsikt.model.rules import answer, fold
from langsikt.model.state import Happening, State
from langsikt.model.workdays import next_working_day
from tests.model.states import TODAY, history
from tests.model.test_rules import later, often, seeds
from tests.model.walking import wander

DAY = timedelta(days=1)


def assessed(days_ago: int, **changes: object) -> list[Happening]:
    """A case whose one assessment is so old."""
    on = TODAY - days_ago * DAY
    told = [h for h in history("investigation") if h.name != "assess_risk"]
    return later(told, "assess_risk", -days_ago, assessed_on=on, next_review_on=on + 400 * DAY, **changes)


def review(state: State) -> Due | None:
    """The one thing due about the risk."""
    found = [d for d in due(state) if d.kind == "assess_risk"]
    assert len(found) <= 1, "at most one open review in a case"
    return found[0] if found else None


def reported(told: list[Happening], reason: str, day: int) -> list[Happening]:
    return later(told, "report_risk_assessment_reason", day, risk_reason=reason, happened_on=TODAY + day * DAY)


# --- one review that gathers its reasons (rules B2.2) ------------------------------------------------


def test_without_a_reason_and_far_from_the_next_review_nothing_is_asked() -> None:
    assert review(fold(assessed(30), TODAY)) is None


@pytest.mark.parametrize("reason", [o.value for o in METHOD.fields["risk_reason"].options])
def test_each_reason_opens_the_review_within_seven_days(reason: str) -> None:
    found = review(fold(reported(assessed(30), reason, -3), TODAY))
    assert found is not None and found.due_on == TODAY + 4 * DAY


def test_several_reasons_are_one_review_due_after_the_first() -> None:
    told = reported(reported(reported(assessed(30), "new_relation", -6), "changed_threat", -2), "trial", 0)
    state = fold(told, TODAY)
    assert [(r.kind, r.on) for r in review_reasons(state)] == [
        ("new_relation", TODAY - 6 * DAY),
        ("changed_threat", TODAY - 2 * DAY),
        ("trial", TODAY),
    ]
    found = review(state)
    assert found is not None and found.due_on == TODAY + DAY


def test_a_trial_is_a_reason_on_its_day_and_not_before() -> None:
    def told(on: date) -> list[Happening]:
        return later(assessed(30), "add_milestone", -20, milestone_kind="trial", milestone_on=on)

    assert review(fold(told(TODAY + DAY), TODAY)) is None
    assert [r.kind for r in review_reasons(fold(told(TODAY), TODAY))] == ["trial"]


@pytest.mark.parametrize(("level", "asks"), [("none", False), ("occasional", True), ("regular", True)])
def test_only_more_contact_with_the_family_is_a_reason(level: str, asks: bool) -> None:
    before = later(assessed(30), "record_family_contact", -20, family_contact="none", family_worry=None)
    state = fold(later(before, "record_family_contact", -1, family_contact=level, family_worry=None), TODAY)
    assert [r.kind for r in review_reasons(state)] == (["family_contact"] if asks else [])
    assert (state.safety_plan_since is not None) is asks


def test_worry_is_a_reason_at_any_level() -> None:
    state = fold(later(assessed(30), "record_family_contact", -1, family_contact="none", family_worry=True), TODAY)
    assert [r.kind for r in review_reasons(state)] == ["family_contact"]


# --- the two ways out ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "enough"), [(0, True), (179, True), (180, False), (400, False)])
def test_unchanged_is_enough_under_half_a_year_only(age: int, enough: bool) -> None:
    state = fold(reported(assessed(age), "changed_threat", 0), TODAY)
    assert full_assessment(state) is enough
    assert answer(state, "confirm_risk_assessment", "case_worker") == ("done" if enough else "step")
    found = review(state)
    assert found is not None and found.event == ("confirm_risk_assessment" if enough else "assess_risk")


def test_unchanged_does_not_make_the_assessment_younger() -> None:
    told = later(assessed(170), "confirm_risk_assessment", -1, assessed_on=TODAY - DAY, next_review_on=TODAY + 60 * DAY)
    state = fold(told, TODAY + 10 * DAY)
    assert not full_assessment(state) and state.risk is not None and state.risk.confirmed_on == TODAY - DAY


@pytest.mark.parametrize("way", ["assess_risk", "confirm_risk_assessment"])
def test_either_way_settles_every_reason(way: str) -> None:
    told = reported(reported(assessed(30), "new_relation", -6), "other", -2)
    state = fold(later(told, way, 0, assessed_on=TODAY, next_review_on=TODAY + 60 * DAY), TODAY)
    assert review_reasons(state) == () and review(state) is None


@often
@given(seeds)
def test_a_reason_stands_until_somebody_has_said_something_about_the_risk(seed: int) -> None:
    """No other event takes a reason away (R4): whatever else happens after a move, the review is still asked for."""
    walk = wander(seed)
    told = [h for h in walk.told if h.corrects is None]
    if any(h.corrects for h in walk.told):
        return
    for number in range(1, len(told)):
        before, after = fold(told[:number], walk.today), fold(told[: number + 1], walk.today)
        if set(before.risk_reasons) - set(after.risk_reasons):
            assert told[number].name in ("assess_risk", "confirm_risk_assessment"), told[number].name


# --- without any assessment (R25) ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("concluded", "by"),
    [
        (date(2026, 3, 9), date(2026, 3, 10)),  # Monday: Tuesday
        (date(2026, 3, 6), date(2026, 3, 9)),  # Friday: Monday
        (date(2026, 4, 2), date(2026, 4, 7)),  # before Easter
    ],
)
def test_step_2_concluded_without_one_gives_until_the_next_working_day(concluded: date, by: date) -> None:
    told = [h for h in history("investigation") if h.name != "assess_risk"]
    told = later(told, "conclude_investigation", (concluded - TODAY).days, concluded_on=concluded)
    state = fold(told, max(TODAY, concluded))
    found = review(state)
    assert found is not None and (found.due_on, found.why.sv) == (by, "Riskbedömning saknas")


def test_concluding_is_never_stopped_for_it() -> None:
    told = [h for h in history("investigation") if h.name != "assess_risk"]
    assert answer(fold(told, TODAY), "conclude_investigation", "case_worker") == "done"


@given(st.integers(min_value=0, max_value=20))
@settings(deadline=None, derandomize=True, database=None)
def test_after_an_acute_placement_it_is_the_next_working_day_too(days: int) -> None:
    night = TODAY - days * DAY
    told = [h for h in history("acute") if h.name != "assess_risk"]
    state = fold(later(told, "start_placement", -days, first_night_on=night), TODAY)
    assert first_assessment_by(state) == next_working_day(night)


# --- family work (R28) --------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "old"), [(0, False), (89, False), (90, True), (200, True)])
def test_family_work_wants_an_assessment_under_90_days(age: int, old: bool) -> None:
    state = fold(assessed(age), TODAY)
    assert too_old_for_family_work(state) is old and not family_work_unassessed(state)
    planned = later(assessed(age), "plan_support", -1, intervention="family_work", plan_status="proposed")
    assert family_work_unassessed(fold(planned, TODAY)) is old
    assert answer(fold(planned, TODAY), "start_intervention", "case_worker") == "done", "a warning, never a stop"
