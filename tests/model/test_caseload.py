"""What a unit has in hand, held against cases reckoned by hand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from langsikt.model import caseload
from langsikt.model.fold import fold
from langsikt.model.load import METHOD
from langsikt.model.state import Happening, State

TODAY = date(2026, 3, 12)
SPACE = UUID(int=7)


class Case:
    """A case told event by event, in days from today."""

    def __init__(self) -> None:
        self.told: list[Happening] = []

    def tell(self, name: str, days: int, corrects: UUID | None = None, **facts: Any) -> UUID:
        at = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(days=days, hours=10)
        seq = len(self.told) + 1
        known = uuid5(SPACE, f"{seq}")
        self.told.append(Happening(known, seq, name, at, at, facts, corrects))
        return known

    def decided(self, days: int, until: int, kind: str = "shelter_flat", outcome: str = "granted", **more: Any) -> UUID:
        facts = {"intervention": kind, "outcome": outcome, "from_on": day(days), "until_on": day(until), **more}
        return self.tell("issue_decision", days, decided_on=day(days), **facts)

    def placed(self, days: int, until: int | None, by: str = "without") -> UUID:
        facts = {"first_night_on": day(days), "decided_by": by, "place_kind": "shelter_flat"}
        return self.tell(
            "start_placement", days, **facts, **({"planned_end_on": day(until)} if until is not None else {})
        )

    def state(self) -> State:
        return fold(self.told, TODAY)


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def opened() -> Case:
    case = Case()
    case.tell("receive_contact", -60, contact_source="self")
    case.tell("open_investigation", -60, opened_on=day(-60))
    return case


def needs(case: Case, *states: str, days: int = -50) -> Case:
    told = dict(zip(("housing", "occupation", "social_support"), states, strict=True))
    case.tell("assess_needs", days, assessed_on=day(days), core_need_states=told)
    return case


class TestPeriods:
    """What was decided, and for how long."""

    def test_four_decisions_of_fourteen_days_in_a_row(self) -> None:
        case = opened()
        for days in (-56, -42, -28, -14):
            case.decided(days, days + 13)
        found = caseload.periods(case.told)
        assert [p.days for p in found] == [14, 14, 14, 14]
        chain = caseload.chain(found)
        assert chain is not None
        assert (chain.number, chain.total_days, chain.median_days) == (4, 56, 14)

    def test_a_placement_and_its_extensions_are_periods_of_their_own(self) -> None:
        case = opened()
        which = case.placed(-40, -21)
        case.tell("extend_placement", -25, placement=which, planned_end_on=day(-7))
        case.tell("follow_up", -9, held_on=day(-9), support_outcomes={which: ("extend", day(23))})
        found = caseload.periods(case.told)
        assert [(p.from_on, p.until_on, p.days) for p in found] == [
            (day(-40), day(-21), 20), (day(-20), day(-7), 14), (day(-6), day(23), 30)
        ]  # fmt: skip
        assert [p.extended_on for p in found] == [day(-25), day(-9), None]
        assert [p.decided_on for p in found] == [day(-40), day(-25), day(-9)]

    def test_a_follow_up_makes_no_period_where_a_decision_has_to_be_signed_first(self) -> None:
        case = opened()
        which = case.placed(-40, -21, by="decision")
        case.tell("follow_up", -30, held_on=day(-30), support_outcomes={which: ("extend", day(23), None, None)})
        assert [p.until_on for p in caseload.periods(case.told)] == [day(-21)]
        assert case.state().placements[0].planned_end_on == day(-21)

    def test_a_placement_that_a_decision_granted_is_told_once(self) -> None:
        case = opened()
        case.decided(-40, -11, kind="shelter_collective")
        case.placed(-39, -11)
        assert [(p.kind, p.days) for p in caseload.periods(case.told)] == [("shelter_collective", 30)]

    def test_a_placement_that_reaches_further_than_the_decision_is_told(self) -> None:
        case = opened()
        case.decided(-40, -11)
        case.placed(-40, -10)
        assert len(caseload.periods(case.told)) == 2

    @pytest.mark.parametrize(
        ("facts", "told"),
        [({"outcome": "refused"}, 0), ({"outcome": "partly_granted"}, 1), ({"outcome": "granted"}, 1)],
    )
    def test_what_is_refused_has_no_length(self, facts: dict[str, str], told: int) -> None:
        case = opened()
        case.decided(-20, 10, **facts)
        assert len(caseload.periods(case.told)) == told

    def test_a_signed_draft_is_a_decision_and_a_draft_is_none(self) -> None:
        case = opened()
        facts = {"intervention": "shelter_flat", "outcome": "granted", "from_on": day(-9), "until_on": day(10)}
        case.tell("draft_decision", -10, **facts)
        assert caseload.periods(case.told) == []
        case.tell("sign_decision", -9, decided_on=day(-9), **facts)
        assert [p.days for p in caseload.periods(case.told)] == [20]

    def test_without_a_last_day_there_is_no_length(self) -> None:
        case = opened()
        case.tell("issue_decision", -20, intervention="contact_person", outcome="granted", from_on=day(-20))
        case.placed(-20, None)
        assert caseload.periods(case.told) == []

    def test_a_shortened_placement_is_no_new_period(self) -> None:
        case = opened()
        which = case.placed(-40, 20)
        case.tell("extend_placement", -5, placement=which, planned_end_on=day(1))
        assert [(p.days, p.extended_on) for p in caseload.periods(case.told)] == [(61, None)]

    def test_corrections_are_read_in_place_of_what_they_correct(self) -> None:
        case = opened()
        wrong = case.decided(-30, -17)
        case.tell(
            "issue_decision", -29, corrects=wrong, intervention="shelter_flat", outcome="granted", from_on=day(-30),
            until_on=day(-1), decided_on=day(-30),
        )  # fmt: skip
        gone = case.decided(-10, 20)
        case.tell("issue_decision", -9, corrects=gone, never_happened=True)
        assert [p.days for p in caseload.periods(case.told)] == [30]

    def test_a_gap_of_a_day_keeps_the_chain_and_two_days_break_it(self) -> None:
        case = opened()
        case.decided(-60, -51)
        case.decided(-49, -40)
        case.decided(-37, -28)
        chain = caseload.chain(caseload.periods(case.told))
        assert chain is not None
        assert (chain.number, chain.total_days) == (2, 20)

    def test_a_childs_decisions_are_a_chain_of_their_own(self) -> None:
        case = opened()
        for days in (-28, -14):
            case.decided(days, days + 13)
            case.decided(days, days + 13, for_child=True)
        chain = caseload.chain(caseload.periods(case.told))
        assert chain is not None
        assert chain.number == 2

    def test_nothing_decided_is_no_chain(self) -> None:
        assert caseload.chain([]) is None


class TestLengths:
    """Bands and medians."""

    def test_the_bands_end_at_14_30_90_and_180_days(self) -> None:
        case = opened()
        for length in (1, 14, 15, 30, 31, 90, 91, 180, 181):
            case.decided(-200, -200 + length - 1)
        found = caseload.periods(case.told)
        assert caseload.bands(found) == (2, 2, 2, 2, 1)
        assert caseload.median_days(found) == 31
        assert caseload.median_days([]) is None

    def test_each_year_for_itself(self) -> None:
        case = opened()
        for days in (-730, -729, -365, -364, 0):
            case.decided(days, days + 5)
        found = caseload.periods(case.told)
        assert len(caseload.decided_between(found, day(-365), TODAY)) == 2
        assert len(caseload.decided_between(found, day(-730), day(-365))) == 2

    @pytest.mark.parametrize(("days", "said"), [(28.0, 28), (20.5, 21), (21.5, 22), (0.5, 1)])
    def test_a_half_day_is_said_upwards(self, days: float, said: int) -> None:
        assert caseload.whole(days) == said


class TestFollowUp:
    """Followed up before the end (ux R5)."""

    def followed(self, case: Case) -> tuple[int, int]:
        done, missed = caseload.followed_up(caseload.periods(case.told), caseload.follow_up_days(case.told), TODAY)
        return len(done), len(missed)

    @pytest.mark.parametrize(
        ("held", "expected"),
        [(-41, (0, 1)), (-40, (1, 0)), (-20, (1, 0)), (-11, (1, 0)), (-10, (0, 1)), (None, (0, 1))],
    )
    def test_held_within_the_period_counts(self, held: int | None, expected: tuple[int, int]) -> None:
        case = opened()
        case.decided(-40, -11)
        if held is not None:
            case.tell("follow_up", held, held_on=day(held))
        assert self.followed(case) == expected

    @pytest.mark.parametrize(("until", "counted"), [(1, 0), (0, 0), (-1, 1), (-364, 1), (-365, 0)])
    def test_ends_of_the_last_twelve_months_are_counted(self, until: int, counted: int) -> None:
        case = opened()
        case.decided(until - 20, until)
        assert sum(self.followed(case)) == counted

    def test_what_was_extended_has_ended_too(self) -> None:
        case = opened()
        case.decided(-30, 5)
        assert sum(self.followed(case)) == 0
        case.decided(-3, 60)
        assert self.followed(case) == (0, 1)
        case.tell("follow_up", -10, held_on=day(-10))
        assert self.followed(case) == (1, 0)

    def test_a_placement_that_ended_early_had_to_be_followed_up_before(self) -> None:
        case = opened()
        which = case.placed(-40, 20)
        case.tell("end_placement", -10, placement=which, ended_on=day(-10), day_after="successor")
        case.tell("follow_up", -5, held_on=day(-5))
        assert self.followed(case) == (0, 1)

    @pytest.mark.parametrize(("last", "missed"), [(-10, 1), (3, 0)])
    def test_an_acute_ending_counts_from_its_last_day(self, last: int, missed: int) -> None:
        case = opened()
        which = case.placed(-40, 20)
        case.tell("end_placement_acutely", -10, placement=which, last_day_on=day(last))
        assert self.followed(case) == (0, missed)

    def test_a_decision_whose_placement_ended_early_too(self) -> None:
        case = opened()
        case.decided(-40, 20)
        which = case.placed(-40, 20)
        case.tell("end_placement", -10, placement=which, ended_on=day(-10), day_after="successor")
        assert self.followed(case) == (0, 1)

    def test_a_follow_up_that_never_happened_does_not_count(self) -> None:
        case = opened()
        case.decided(-40, -11)
        held = case.tell("follow_up", -20, held_on=day(-20))
        case.tell("follow_up", -19, corrects=held, never_happened=True)
        assert self.followed(case) == (0, 1)


class TestChanges:
    """Who has had the case."""

    @pytest.mark.parametrize(
        ("spells", "expected"),
        [
            ([], []),
            ([("a", -50)], []),
            ([("a", -50), ("a", -20)], []),
            ([("a", -50), ("b", -20)], [-20]),
            ([("a", -50), ("b", -20), ("b", -10), ("a", -5)], [-20, -5]),
        ],
    )
    def test_somebody_else_is_a_change(self, spells: list[tuple[str, int]], expected: list[int]) -> None:
        found = caseload.changes((who, day(days)) for who, days in spells)
        assert found == [day(days) for days in expected]


class TestWithoutPlan:
    """A case from step 2 on with nothing ahead in any core need."""

    def test_a_contact_has_no_plan_to_miss(self) -> None:
        case = Case()
        case.tell("receive_contact", -2, contact_source="self")
        assert not caseload.without_plan(case.state())

    def test_an_empty_case_is_without(self) -> None:
        assert caseload.without_plan(opened().state())
        assert caseload.without_plan(needs(opened(), "need", "need", "need").state())

    @pytest.mark.parametrize("status", ["agreed", "applied", "proposed"])
    def test_what_is_planned_is_a_plan(self, status: str) -> None:
        case = needs(opened(), "need", "need", "need")
        case.tell("plan_support", -3, intervention="contact_person", plan_status=status, from_on=day(10))
        assert not caseload.without_plan(case.state())

    def test_what_has_ended_is_none(self) -> None:
        case = needs(opened(), "need", "need", "need")
        case.decided(-40, -1, kind="contact_person")
        assert caseload.without_plan(case.state())

    def test_what_runs_is_one(self) -> None:
        case = needs(opened(), "need", "need", "need")
        case.placed(-20, 15)
        assert not caseload.without_plan(case.state())

    def test_nothing_to_plan_where_nothing_is_needed(self) -> None:
        assert not caseload.without_plan(needs(opened(), "no_need_now", "manages", "declines").state())

    def test_a_closed_case_has_none(self) -> None:
        case = opened()
        case.tell("record_death", -1, died_on=day(-1))
        assert case.state().closed
        assert not caseload.without_plan(case.state())


class TestPhases:
    """One phase per case, the first that fits, each with a visible weight."""

    def test_the_unsafe_night_goes_first(self) -> None:
        case = opened()
        case.placed(-20, 15)
        assert caseload.phase_of(case.state()) == "placement"
        case.tell("answer_acute_safety", -1, tonight="unsafe")
        assert caseload.phase_of(case.state()) == "acute"

    def test_an_acute_opening_until_it_is_investigated(self) -> None:
        case = Case()
        case.tell("receive_contact", -60, contact_source="self")
        case.tell("open_investigation", -60, opened_on=day(-60), acute=True)
        assert caseload.phase_of(case.state()) == "acute"
        case.tell("conclude_investigation", -30, concluded_on=day(-30), next_path="shelter")
        assert caseload.phase_of(case.state()) == "investigation"

    @pytest.mark.parametrize(("ended", "phase"), [(-90, "after"), (-91, "follow_up")])
    def test_ninety_days_after_shelter(self, ended: int, phase: str) -> None:
        case = opened()
        which = case.placed(-200, ended)
        case.tell("end_placement", ended, placement=which, ended_on=day(ended), day_after="successor")
        case.tell(
            "assess_needs_after", ended, assessed_on=day(ended), home_after="own_lease",
            core_need_states={"housing": "manages", "occupation": "need", "social_support": "need"},
        )  # fmt: skip
        assert caseload.phase_of(case.state()) == phase

    def test_the_rest_is_investigation(self) -> None:
        assert caseload.phase_of(opened().state()) == "investigation"

    def test_the_weights_are_those_of_the_brief(self) -> None:
        weights = {phase.key: phase.weight for phase in METHOD.caseload.values()}
        assert weights == {"acute": 3, "placement": 2, "after": 2, "follow_up": 1, "investigation": 2}
        assert caseload.weighted({"acute": 1, "placement": 4, "after": 2, "follow_up": 6, "investigation": 0}) == 21
