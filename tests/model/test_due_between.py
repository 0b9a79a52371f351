"""What is due between the steps, around safety: nights, calls, going back, somebody missing, and after a move."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from langsikt.model.competence import lasting_home
from langsikt.model.continuity import gaps_ahead
from langsikt.model.due import Due, due
from langsikt.model.load import METHOD
from langsikt.model.plan import plan_of
from langsikt.model.rules import answer, fold
from langsikt.model.state import Happening, State
from tests.model.states import TODAY, at, history
from tests.model.test_rules import later, often, seeds
from tests.model.walking import wander

DAY = timedelta(days=1)
STEPS = [o.value for o in METHOD.fields["missing_steps"].options]


def of(kind: str, state: State) -> list[Due]:
    """What of this kind is due."""
    return [d for d in due(state) if d.kind == kind]


def ended(day: int = 0, **said: object) -> list[Happening]:
    """A sheltered case whose placement ends acutely."""
    return later(history("sheltered"), "end_placement_acutely", 0, last_day_on=TODAY + day * DAY, **said)


BARE = dict.fromkeys(("tonight", "call_by", "call_at", "imminent", "day_after", "moved_to", "ended_by", "note"))


# --- the acute ending (R2; rules B1.1, B2.6) ---------------------------------------------------------


def test_saved_bare_it_leaves_three_debts_first_on_the_list() -> None:
    state = fold(ended(**BARE), TODAY)
    assert state.tonight == "unknown" and [p.ended_on for p in state.placements] == [TODAY]
    assert [d.kind for d in due(state)][:3] == ["unsafe_tonight", "call", "day_after"]
    assert {d.rank for d in due(state)[:3]} == {0, 1}


def test_what_is_answered_is_no_debt() -> None:
    said = {**BARE, "tonight": "temporary", "call_at": at(1), "day_after": "successor"}
    state = fold(ended(**said), TODAY)
    assert not of("unsafe_tonight", state) and not of("day_after", state)
    assert [d.due_on for d in of("call", state)] == [TODAY + DAY]


def test_notice_for_tomorrow_is_a_new_end_and_no_ending() -> None:
    state = fold(
        ended(
            1,
            **BARE,
        ),
        TODAY,
    )
    assert [(p.ended_on, p.planned_end_on) for p in state.placements] == [(None, TODAY + DAY)]
    assert not of("day_after", state) and of("gap", state), "the nights after tomorrow have no home"


@pytest.mark.parametrize("night", ["unsafe", "unknown"])
def test_a_night_that_is_not_safe_is_first_the_same_day(night: str) -> None:
    state = fold(later(history("follow_up"), "check_in", 0, tonight=night), TODAY)
    assert due(state)[0].kind == "unsafe_tonight"
    settled = later(later(history("follow_up"), "check_in", -1, tonight=night), "check_in", 0, tonight="safe_own")
    assert not of("unsafe_tonight", fold(settled, TODAY))


@pytest.mark.parametrize("night", ["safe_shelter", "safe_own", "temporary", "with_family", "does_not_say"])
def test_other_nights_are_no_alarm(night: str) -> None:
    assert not of("unsafe_tonight", fold(later(history("follow_up"), "check_in", 0, tonight=night), TODAY))


# --- wait in, never call (rules B2.8) ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("card", "verb"),
    [
        ({}, "Ring"),
        ({"maybe_watched": True}, "Vänta in"),
        ({"never": ("call",)}, "Vänta in"),
        ({"never": ("text_message",)}, "Ring"),
    ],
)
def test_where_contact_may_be_watched_nobody_calls(card: dict[str, object], verb: str) -> None:
    told = later(history("sheltered"), "record_safe_contact", -1, **{"never": (), **card})
    told = later(told, "end_placement_acutely", 0, **{**BARE, "last_day_on": TODAY, "call_at": at(1)})
    state = fold(told, TODAY)
    assert [d.verb.sv for d in of("call", state)] == [verb]
    assert [d.verb.sv for d in of("unsafe_tonight", state)] == [verb]


def test_the_next_contact_after_a_safety_plan_waits_too() -> None:
    told = later(history("sheltered"), "record_safe_contact", -1, never=(), maybe_watched=True)
    told = later(told, "write_safety_plan", 0, next_contact_on=TODAY + 14 * DAY)
    assert [(d.verb.sv, d.due_on) for d in of("next_contact", fold(told, TODAY))] == [("Vänta in", TODAY + 14 * DAY)]


# --- going back (R27) ------------------------------------------------------------------------------------


def test_a_step_up_asks_for_a_safety_plan_until_it_is_written() -> None:
    told = later(history("follow_up"), "record_family_contact", -2, family_contact="moved_home", family_worry=None)
    state = fold(told, TODAY)
    assert [d.event for d in of("safety_plan", state)] == ["write_safety_plan"] and due(state)[0].rank <= 1
    assert "familj" not in due(state)[0].why.sv.lower(), "a row never tells of relatives (rules B4.9)"
    written = fold(later(told, "write_safety_plan", 0, next_contact_on=TODAY + 10 * DAY), TODAY)
    assert not of("safety_plan", written)


def test_an_unchanged_level_asks_nothing() -> None:
    told = later(history("follow_up"), "record_family_contact", -9, family_contact="regular", family_worry=None)
    before = fold(told, TODAY)
    after = fold(later(told, "record_family_contact", 0, family_contact="regular", family_worry=None), TODAY)
    assert not of("safety_plan", before) and not of("safety_plan", after)


def test_going_home_is_no_ground_for_closing_but_the_person_may_end() -> None:
    reasons = {o.value for o in METHOD.fields["closure_reason"].options}
    assert not {r for r in reasons if "home" in r or "return" in r}
    told = later(history("follow_up"), "record_family_contact", -2, family_contact="moved_home", family_worry=None)
    assert answer(fold(told, TODAY), "decline_support", "case_worker") == "done"


# --- missing or taken away -----------------------------------------------------------------------------------


def test_somebody_missing_is_first_until_found() -> None:
    told = later(history("follow_up"), "report_missing_person", -1, missing_kind="missing", missing_steps=())
    assert due(fold(told, TODAY))[0].kind == "missing"
    told = later(told, "report_missing_person", 0, missing_kind="abducted", missing_steps=("police_report",))
    state = fold(told, TODAY)
    assert state.missing is not None and state.missing.kind == "abducted"
    assert [d.why.sv for d in of("missing", state)] == [f"{len(STEPS) - 1} saker kvar på listan"]
    found = fold(later(told, "record_person_found", 0, tonight="safe_own"), TODAY)
    assert not of("missing", found) and found.tonight == "safe_own"


# --- after a move (R4) -----------------------------------------------------------------------------------------


def test_a_move_gives_two_tasks_with_their_days() -> None:
    told = later(history("sheltered"), "assess_risk", -30, assessed_on=TODAY - 30 * DAY)
    assert not of("assess_risk", fold(told, TODAY))
    told = later(told, "end_placement", -2, ended_on=TODAY - 2 * DAY)
    state = fold(told, TODAY)
    assert [d.due_on for d in of("assess_risk", state)] == [TODAY + 5 * DAY]
    assert [d.due_on for d in of("follow_up", state)] == [TODAY + 12 * DAY]
    told = later(told, "assess_risk", 0, assessed_on=TODAY, next_review_on=TODAY + 60 * DAY)
    assert not of("assess_risk", fold(told, TODAY)) and of("follow_up", fold(told, TODAY))
    told = later(told, "follow_up", 0, held_on=TODAY, support_outcomes={}, next_on=TODAY + 60 * DAY)
    state = fold(told, TODAY)
    assert [d.due_on for d in of("follow_up", state)] == [TODAY + 60 * DAY]


@often
@given(seeds)
def test_the_tasks_of_a_move_stay_until_they_are_recorded(seed: int) -> None:
    """For any history: after the last end of a placement the follow-up is asked for until one is recorded."""
    state = wander(seed).state
    last = state.last_placement_end
    if last is None or state.closed or not state.steps["follow_up"].is_open or not state.still_needed:
        return
    followed = state.last_follow_up_on is not None and state.last_follow_up_on >= last
    wanted = last + METHOD.deadlines["follow_up_after_move"].count * DAY
    days = [d.due_on for d in of("follow_up", state) if d.due_on]
    assert followed or (days and min(days) <= wanted)
    assert of("assess_risk", state) or (state.risk is not None and not state.risk_reasons)


# --- a home that is unsure (rules C3) -----------------------------------------------------------------


def lodging(home: str, days: int, told: list[Happening] | None = None) -> list[Due]:
    """What is asked about the home so many days after a move to ``home`` that has no end date."""
    if told is None:
        told = later(history("sheltered"), "end_placement", 0, ended_on=TODAY, moved_to=home)
    return of("unsure_home", fold(told, TODAY + days * DAY))


@pytest.mark.parametrize(
    ("home", "days", "asked"),
    [
        ("sublet", 0, False),
        ("sublet", 20, False),
        ("sublet", 90, False),  # the first night there is the next one, and it is asked 90 days after that
        ("sublet", 91, True),
        ("room", 91, True),
        ("room", 400, True),
        ("own_lease", 91, False),
        ("friend", 91, False),
    ],
)
def test_a_sublet_or_a_room_is_asked_about_after_90_days(home: str, days: int, asked: bool) -> None:
    assert [(d.due_on, d.event) for d in lodging(home, days)] == ([(TODAY + 91 * DAY, "check_in")] if asked else [])


def test_where_contact_may_be_watched_the_home_is_not_asked_about_by_calling() -> None:
    told = later(history("sheltered"), "record_safe_contact", -1, never=("call",), maybe_watched=True)
    told = later(told, "end_placement", 0, ended_on=TODAY, moved_to="sublet")
    assert [d.verb.sv for d in lodging("sublet", 91, told)] == ["Vänta in"]
    told = later(history("sheltered"), "record_safe_contact", -1, never=(), maybe_watched=False)
    told = later(told, "end_placement", 0, ended_on=TODAY, moved_to="sublet")
    assert [d.verb.sv for d in lodging("sublet", 91, told)] == ["Fråga om boendet"]


def test_an_answer_about_the_night_buys_another_90_days() -> None:
    told = later(history("sheltered"), "end_placement", -4, ended_on=TODAY - 4 * DAY, moved_to="sublet")
    told = later(told, "check_in", 0, tonight="safe_own")
    assert not lodging("sublet", 89, told)
    assert [d.due_on for d in lodging("sublet", 90, told)] == [TODAY + 90 * DAY]


@pytest.mark.parametrize(("end", "asked"), [(None, True), (TODAY + 300 * DAY, False)])
def test_a_sublet_recorded_as_a_support_is_asked_about_too(end: date | None, asked: bool) -> None:
    told = later(history("sheltered"), "end_placement", -1, ended_on=TODAY - DAY, moved_to="unknown")
    known = {"started_on": TODAY, "decided_by": "without", "planned_end_on": end, "meets_needs": ("housing",)}
    told = later(told, "start_intervention", 0, intervention="sublet", **known)
    assert bool(lodging("sublet", 90, told)) is asked


# --- hospital, the place is kept (rules C3) -------------------------------------------------------------


def test_hospital_covers_while_the_place_is_kept_and_the_home_goes_on() -> None:
    told = later(history("sheltered"), "end_placement", 0, ended_on=TODAY, moved_to="sublet")
    there, back = TODAY + 5 * DAY, TODAY + 14 * DAY
    known = {"started_on": there, "decided_by": "without", "planned_end_on": back, "meets_needs": ("housing",)}
    told = later(told, "start_intervention", 5, intervention="hospital", **known)
    plan = plan_of(fold(told, there))
    homes = {s.kind: (s.from_on, s.last, s.covers) for s in plan.spans if s.need == "housing" and s.from_on > TODAY}
    assert homes == {"sublet": (TODAY + DAY, date.max, "covers"), "hospital": (there, back, "covers")}
    assert not gaps_ahead(plan, "housing")
    assert not lasting_home("hospital"), "it is no home to close a case upon (rules B2.5)"
