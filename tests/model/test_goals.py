"""Goals, skills, who does what and what we wait for: the pure reading of what has happened."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from langsikt.model.due import due
from langsikt.model.expiry import expiring
from langsikt.model.fold import fold
from langsikt.model.goals import Score, in_order, room_for_more, scores_of, skills_map
from langsikt.model.responsible import areas_of, elsewhere, tenures, without_owner
from langsikt.model.state import Goal, Happening, State
from langsikt.model.waiting import first_day, joint_plan_to_offer, lines, waits_of

TODAY = date(2026, 11, 22)


class History:
    """Happenings told one after the other, each on a day counted from today."""

    def __init__(self) -> None:
        self.told: list[Happening] = []
        self.numbers: Iterator[int] = count(1)
        self.tell(-100, "receive_contact", contact_source="self", age_band="21_plus")
        self.tell(-99, "open_investigation", opened_on=TODAY - timedelta(days=99), investigation_ground="application")

    def tell(self, day: int, name: str, corrects: UUID | None = None, **facts: Any) -> UUID:
        number = next(self.numbers)
        moment = datetime.combine(TODAY + timedelta(days=day), time(9), UTC)
        happening = Happening(UUID(int=number), number, name, moment, moment, facts, corrects)
        self.told.append(happening)
        return happening.id

    def goal(self, day: int, status: str = "under_way", need: str = "health") -> UUID:
        return self.tell(day, "set_goal", goal_need=need, goal_status=status)

    def has(self, day: int, area: str, unit: str, **more: Any) -> UUID:
        return self.tell(day, "name_responsible_unit", responsible_area=area, responsible_unit=unit, **more)

    def asks(self, days_ago: int, to: str) -> UUID:
        return self.tell(-days_ago, "send_referral", sent_on=TODAY - timedelta(days=days_ago), referral_to=to)

    @property
    def state(self) -> State:
        return fold(self.told, TODAY)


@pytest.fixture
def history() -> History:
    """An open case of which nothing is known yet."""
    return History()


# Goals.


def test_goals_stand_as_going_on_resting_and_done_and_else_in_the_persons_own_order() -> None:
    days = (("reached", 1), ("paused", 2), ("not_begun", 3), ("under_way", 5), ("under_way", 4))
    goals = [Goal(UUID(int=n), "health", status, TODAY + timedelta(days=n)) for status, n in days]
    assert [goal.set_on.day - TODAY.day for goal in in_order(goals)] == [3, 5, 4, 2, 1]


# What is moved before what (None: last), one after the other, and the order by hand.
MOVES = {
    "nothing was said": ((), "ABCD"),
    "the last one first": ((("D", "A"),), "DABC"),
    "the first one later": ((("A", "C"),), "BACD"),
    "the first one last": ((("A", None),), "BCDA"),
    "one said again": ((("A", "B"),), "ABCD"),
    "two moves": ((("D", "A"), ("A", "C")), "DBAC"),
    "there and back": ((("C", "A"), ("C", "D")), "ABCD"),
    "before itself": ((("B", "B"),), "ACDB"),
}


@pytest.mark.parametrize("moves", MOVES)
def test_the_persons_own_order_is_what_was_said_last(history: History, moves: str) -> None:
    named = {letter: history.goal(-60) for letter in "ABCD"}
    said, expected = MOVES[moves]
    for which, before in said:
        history.tell(-5, "order_goals", goal=named[which], **({"goal_before": named[before]} if before else {}))
    letters = {goal: letter for letter, goal in named.items()}
    assert "".join(letters[goal.id] for goal in history.state.goals) == expected
    history.goal(-1)
    assert len(history.state.goals) == 5 and history.state.goals[-1].id not in letters, "a new goal comes last"


def test_an_order_outlives_a_score_and_goes_with_a_correction(history: History) -> None:
    first, second = history.goal(-60), history.goal(-50)
    moved = history.tell(-10, "order_goals", goal=second, goal_before=first)
    history.tell(-5, "score_goal", goal=second, goal_status="under_way", goal_level="1")
    assert [goal.id for goal in history.state.goals] == [second, first]
    history.tell(-10, "order_goals", moved, goal=second, goal_before=first, never_happened=True)
    assert [goal.id for goal in history.state.goals] == [first, second]


def test_a_goal_that_never_was_leaves_the_others_in_their_order(history: History) -> None:
    goals = [history.goal(-60) for _ in range(3)]
    history.tell(-10, "order_goals", goal=goals[2], goal_before=goals[0])
    history.tell(-60, "set_goal", goals[0], goal_need="health", goal_status="under_way", never_happened=True)
    assert {goal.id for goal in history.state.goals} == {goals[1], goals[2]}


@pytest.mark.parametrize(("statuses", "room"), [
    (("under_way", "not_begun"), True),
    (("under_way", "not_begun", "under_way"), False),
    (("under_way", "not_begun", "paused", "reached"), True),
    (("under_way",) * 5, False),
])  # fmt: skip
def test_there_is_room_for_three_at_a_time(statuses: tuple[str, ...], room: bool) -> None:
    goals = [Goal(UUID(int=n), "health", status, TODAY) for n, status in enumerate(statuses)]
    assert room_for_more(goals) is room


def test_scores_are_gathered_from_both_forms_and_a_correction_takes_the_place_of_what_it_corrects(
    history: History,
) -> None:
    goal, other = history.goal(-60), history.goal(-50)
    first = history.tell(-40, "score_goal", goal=goal, goal_status="under_way", goal_level="-1")
    second = history.tell(-20, "follow_up", held_on=TODAY, support_outcomes={}, goal_scores={goal: (1, None)})
    history.tell(-10, "score_goal", goal=other, goal_status="paused")
    history.tell(-40, "score_goal", first, goal=goal, goal_status="under_way", goal_level="0")
    scores = scores_of(history.told)
    assert scores[goal] == (
        Score(TODAY - timedelta(days=40), 0, "under_way", first),
        Score(TODAY - timedelta(days=20), 1, None, second),
    )
    assert [(s.level, s.status) for s in scores[other]] == [(None, "paused")]
    assert {g.id: (g.level, g.status) for g in history.state.goals} == {
        goal: (1, "under_way"),
        other: (None, "paused"),
    }


# Skills.


def test_the_map_says_what_is_new_since_last_time_and_what_is_skipped_stays(history: History) -> None:
    assert skills_map(history.told) is None
    history.tell(-30, "record_skills", skills={"cleaning": "alone", "bills": "with_support"})
    once = skills_map(history.told)
    assert once and once.before_on is None and not any(once.changed(skill) for skill in once.now)
    history.tell(-2, "record_skills", skills={"bills": "alone", "care": "not_now"})
    again = skills_map(history.told)
    assert again and again.now == {"cleaning": "alone", "bills": "alone", "care": "not_now"}
    assert {skill for skill in again.now if again.changed(skill)} == {"bills", "care"}
    assert (again.before_on, again.before["bills"]) == (TODAY - timedelta(days=30), "with_support")


# Who does what.


def test_an_area_has_been_held_since_its_unit_first_was_asked(history: History) -> None:
    history.has(-30, "bills", "economy_unit")
    history.has(-20, "bills", "housing_guide")
    history.has(-10, "bills", "housing_guide", accepted=True)
    latest = history.told[-1].id
    assert tenures(history.told)["bills"].since == TODAY - timedelta(days=20)
    assert tenures(history.told)["bills"].event == latest


def test_every_area_without_a_unit_is_counted_save_those_that_the_person_has_settled(history: History) -> None:
    assert len(without_owner(history.state)) == 11 and "children" not in areas_of(history.state)
    needs = {"housing": "need", "occupation": "manages", "social_support": "pause"}
    history.tell(
        -5, "assess_needs", assessed_on=TODAY, core_need_states=needs, other_need_states={"health": "declines"}
    )
    history.has(-4, "debts", "person")
    assert set(without_owner(history.state)) == {
        "housing", "safety", "economy", "bills", "bank", "subscriptions", "housing_search",
    }  # fmt: skip


def test_what_is_handed_to_others_waits_until_they_say_yes_and_a_list_does_not_say_for_what(history: History) -> None:
    history.has(-6, "bank", "housing_guide")
    history.has(-6, "bills", "team")
    assert [said.area for said in elsewhere(history.state)] == ["bank"]
    assert [(wait.kind, wait.what) for wait in waits_of(history.state)] == [("area", "bank")]
    rows = [row for row in due(history.state) if row.waits]
    assert [(row.why.sv, row.event) for row in rows] == [("Svar från annan, 6 dagar", "name_responsible_unit")]
    history.has(0, "bank", "housing_guide", accepted=True)
    assert not waits_of(history.state) and not [row for row in due(history.state) if row.waits]


# What we wait for.


def test_care_is_named_to_whoever_reads_the_texts_and_to_nobody_else(history: History) -> None:
    history.asks(74, "psychiatry")
    history.asks(20, "housing_queue")
    assert [wait.since for wait in waits_of(history.state)] == [TODAY - timedelta(days=n) for n in (74, 20)]
    assert said(history.state, True)["waiting"] == "Väntar på vården, 74 dagar"
    assert said(history.state, False)["waiting"] == "Svar från annan, 74 dagar"


def said(state: State, sees_text: bool) -> Mapping[str, str]:
    return {line.page: line.said.sv for line in lines(state, sees_text)}


@pytest.mark.parametrize(("answer_by", "rent", "watched", "conflicts"), [
    (5, 9, 5, True), (9, 5, 5, False), (5, None, 5, False), (5, 5, 5, False),
])  # fmt: skip
def test_the_earlier_of_the_two_days_is_watched(
    history: History, answer_by: int, rent: int | None, watched: int, conflicts: bool
) -> None:
    days = {"answer_by_on": TODAY + timedelta(days=answer_by)}
    days |= {"economy_answer_on": TODAY + timedelta(days=rent)} if rent else {}
    history.tell(-1, "receive_offer", home_kind="own_lease", **days)
    offer = history.state.open_offers[0]
    row = next(row for row in expiring(history.state) if row.kind == "offer")
    assert (first_day(offer), row.on, offer.conflicts) == (TODAY + timedelta(days=watched),) * 2 + (conflicts,)
    assert ("be ekonomiskt bistånd svara före 27 november 2026" in row.what.sv) is conflicts


@pytest.mark.parametrize(("days", "watched"), [(60, False), (61, True), (74, True)])
def test_an_answer_that_has_been_long_in_coming_is_watched_without_a_word_of_what(
    history: History, days: int, watched: bool
) -> None:
    asked = history.asks(days, "psychiatry")
    rows = [row for row in expiring(history.state) if row.kind == "referral"]
    assert [row.what.sv for row in rows] == ([f"Svar från annan, {days} dagar"] if watched else [])
    history.tell(0, "record_referral_answer", referral=asked, answered_on=TODAY, referral_outcome="accepted")
    assert not [row for row in expiring(history.state) if row.kind == "referral"]


def test_a_joint_plan_is_offered_when_care_comes_in_and_again_when_it_comes_after_a_no(history: History) -> None:
    assert not joint_plan_to_offer(history.state)
    history.asks(50, "primary_care")
    assert joint_plan_to_offer(history.state)
    needs = {"housing": "need", "occupation": "need", "social_support": "need"}
    for answer, offered in (("no", False), ("later", True), ("yes", False), ("no", False)):
        history.tell(-40, "assess_needs_after", assessed_on=TODAY, core_need_states=needs, coordinated_plan=answer)
        assert joint_plan_to_offer(history.state) is offered, answer
    history.asks(10, "psychiatry")
    assert joint_plan_to_offer(history.state)
