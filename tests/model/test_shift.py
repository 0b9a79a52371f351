"""*Flytta allt efter*, and the months of 18 and 21: worked by hand."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from langsikt.model.fold import fold
from langsikt.model.of_age import months_of
from langsikt.model.plan import gaps_of, supposing
from langsikt.model.shift import moved_after, moved_with, plans_after
from langsikt.model.state import Happening, State, Thing

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
TODAY = NOON.date()


def thing(number: int, kind: str, first: date, last: date | None, outcome: str = "agreed") -> Thing:
    return Thing(UUID(int=number), kind, first, last, outcome=outcome, meets=("housing",))


def happened(number: int, name: str, **facts: object) -> Happening:
    return Happening(UUID(int=number), number, name, NOON, NOON, facts)


def days(planned: dict[str, Thing]) -> dict[str, tuple[date, date | None]]:
    return {kind: (t.from_on, t.planned_end_on) for kind, t in planned.items()}


def test_what_begins_after_moves_by_as_many_days_and_keeps_its_length() -> None:
    planned = {
        "transitional_housing": thing(1, "transitional_housing", date(2026, 5, 15), date(2026, 11, 14)),
        "own_lease": thing(2, "own_lease", date(2026, 11, 15), None),
        "sublet": thing(3, "sublet", date(2026, 4, 1), date(2026, 4, 30)),
    }
    # the shelter ends on 14 May and is to end on 28 May: fourteen days
    moved = moved_after(planned, date(2026, 5, 14), date(2026, 5, 28))
    assert days(moved) == {
        "transitional_housing": (date(2026, 5, 29), date(2026, 11, 28)),
        "own_lease": (date(2026, 11, 29), None),
        "sublet": (date(2026, 4, 1), date(2026, 4, 30)),
    }
    assert moved_after(moved, date(2026, 5, 28), date(2026, 5, 14)) == planned, "there and back again"
    assert moved_after(planned, None, date(2026, 5, 28)) == planned, "without a day nothing moves"


def test_no_gap_comes_between_what_moves_along() -> None:
    state = State(
        TODAY,
        {},
        is_case=True,
        placements=(Thing(UUID(int=9), "shelter_flat", date(2026, 1, 1), date(2026, 4, 14), meets=("housing",)),),
        planned={"own_lease": thing(2, "own_lease", date(2026, 4, 15), None)},
        need_history=(("housing", "need", date(2026, 1, 1)),),
    )
    assert gaps_of(state) == []
    earlier = supposing(state, UUID(int=9), date(2026, 4, 4))
    assert [(g.from_on, g.until_on) for g in gaps_of(earlier)] == [(date(2026, 4, 5), date(2026, 4, 14))]
    assert gaps_of(supposing(state, UUID(int=9), date(2026, 4, 4), all_after=True)) == []


def test_a_follow_up_moves_what_comes_after_the_support_that_was_to_end_last() -> None:
    guide, shelter = UUID(int=8), UUID(int=9)
    state = State(
        TODAY,
        {},
        is_case=True,
        placements=(Thing(shelter, "shelter_flat", date(2026, 1, 1), date(2026, 4, 14), meets=("housing",)),),
        interventions=(Thing(guide, "housing_guide", date(2026, 2, 1), date(2026, 4, 30)),),
        planned={
            "own_lease": thing(2, "own_lease", date(2026, 4, 15), None),
            "volunteer_contact": thing(3, "volunteer_contact", date(2026, 5, 1), date(2026, 7, 31)),
        },
    )
    assert plans_after(state) and not plans_after(replace(state, planned={}))
    # the guide stays ten days longer: the volunteer comes after, the lease does not
    ten = {guide: date(2026, 5, 10), shelter: date(2026, 4, 14)}
    assert days(moved_with(state, ten)) == {"volunteer_contact": (date(2026, 5, 11), date(2026, 8, 10))}
    # the shelter a week shorter: both come after it
    assert days(moved_with(state, {guide: date(2026, 4, 30), shelter: date(2026, 4, 7)})) == {
        "own_lease": (date(2026, 4, 8), None),
        "volunteer_contact": (date(2026, 4, 24), date(2026, 7, 24)),
    }
    # both longer: once, by the days of the one that was to end last
    assert days(moved_with(state, {guide: date(2026, 5, 10), shelter: date(2026, 6, 14)})) == {
        "volunteer_contact": (date(2026, 5, 11), date(2026, 8, 10))
    }
    assert moved_with(state, {guide: None, shelter: date(2026, 4, 14)}) == {}, "nothing gets another day"


def test_the_record_moves_them_when_it_is_ticked() -> None:
    told = [
        happened(1, "receive_contact"),
        happened(
            2, "start_placement", place_kind="shelter_flat", first_night_on=TODAY, planned_end_on=date(2026, 4, 14)
        ),
        happened(3, "plan_support", intervention="own_lease", plan_status="agreed", from_on=date(2026, 4, 15)),
    ]
    longer = {"placement": UUID(int=2), "planned_end_on": date(2026, 4, 24)}
    moved = fold([*told, happened(4, "extend_placement", **longer, move_after=True)], TODAY)
    stays = fold([*told, happened(4, "extend_placement", **longer)], TODAY)
    assert moved.planned["own_lease"].from_on == date(2026, 4, 25)
    assert stays.planned["own_lease"].from_on == date(2026, 4, 15)


def test_a_planned_support_takes_along_what_comes_after_it() -> None:
    def plan(number: int, kind: str, first: date, last: date | None, **more: object) -> Happening:
        facts = {"intervention": kind, "plan_status": "agreed", "from_on": first, "until_on": last, **more}
        return happened(number, "plan_support", **facts)

    told = [
        happened(1, "receive_contact"),
        plan(2, "training_flat", date(2026, 5, 1), date(2026, 8, 31)),
        plan(3, "own_lease", date(2026, 9, 1), None),
        plan(4, "training_flat", date(2026, 5, 8), date(2026, 9, 7), move_after=True),
    ]
    assert days(dict(fold(told, TODAY).planned)) == {
        "training_flat": (date(2026, 5, 8), date(2026, 9, 7)),
        "own_lease": (date(2026, 9, 8), None),
    }


# --- 18 and 21 (ADR 0014) ------------------------------------------------------------------------------


def test_the_months_are_reckoned_from_the_number() -> None:
    assert months_of("20070321-2399") == {"turns_18": date(2025, 3, 1), "turns_21": date(2028, 3, 1)}
    assert months_of("20220161-2393")["turns_18"] == date(2040, 1, 1), "a coordination number has the month as it is"


def person(number: int, eighteen: date, twenty_one: date) -> Happening:
    return happened(number, "record_person", turns_18_in=eighteen, turns_21_in=twenty_one)


def test_only_what_lies_ahead_is_a_milestone() -> None:
    state = fold([happened(1, "receive_contact"), person(2, date(2025, 3, 1), date(2028, 3, 1))], TODAY)
    assert [(m.kind, m.on, m.month_only) for m in state.milestones] == [("turns_21", date(2028, 3, 1), True)]
    grown = fold([happened(1, "receive_contact"), person(2, date(2008, 3, 1), date(2011, 3, 1))], TODAY)
    assert grown.milestones == ()


def test_this_month_still_lies_ahead_and_a_new_number_takes_the_old_ones_place() -> None:
    told = [happened(1, "receive_contact"), person(2, date(2026, 3, 1), date(2029, 3, 1))]
    assert [m.kind for m in fold(told, TODAY).milestones] == ["turns_18", "turns_21"]
    corrected = fold([*told, person(3, date(2027, 1, 1), date(2030, 1, 1))], TODAY)
    assert [(m.kind, m.on) for m in corrected.milestones] == [
        ("turns_18", date(2027, 1, 1)),
        ("turns_21", date(2030, 1, 1)),
    ]


def test_a_typed_day_goes_before_the_derived_month() -> None:
    typed = happened(3, "add_milestone", milestone_kind="turns_18", milestone_on=date(2027, 1, 14))
    known = person(2, date(2027, 1, 1), date(2030, 1, 1))
    for order in ([known, typed], [replace(typed, seq=2), replace(known, seq=3)]):
        state = fold([happened(1, "receive_contact"), *order], TODAY)
        assert {(m.kind, m.on) for m in state.milestones} == {
            ("turns_18", date(2027, 1, 14)),
            ("turns_21", date(2030, 1, 1)),
        }
