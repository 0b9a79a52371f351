"""Holds the plan of a case against examples written by hand from rules C and ux.md R3, R7."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from langsikt.model.competence import is_intervention, lasting_home
from langsikt.model.continuity import Plan, Span, state_on, stretches
from langsikt.model.due import due
from langsikt.model.expiry import expiring
from langsikt.model.facts import Around, something_running
from langsikt.model.fold import beginning
from langsikt.model.load import METHOD
from langsikt.model.plan import gaps_of, hand_overs, holes, needs_shown, plan_of, supposing, supposing_more, with_a_move
from langsikt.model.state import Risk, State, Thing
from langsikt.model.why import says

TODAY = date(2026, 3, 12)
DAY = timedelta(days=1)
CORE = ("housing", "occupation", "social_support")
SIX = ["housing", "occupation", "social_support", "health", "safety", "economy"]


def case(**known: object) -> State:
    """A case at step 2 on 12 March, with nothing else known."""
    return replace(State(TODAY, {}, is_case=True), **known)  # type: ignore[arg-type]


def thing(kind: str, from_on: date, end: date | None = None, **known: object) -> Thing:
    """A support that meets the usual needs of its kind, as the record says it when nobody ticks others."""
    known.setdefault("meets", METHOD.interventions[kind].meets)
    return replace(Thing(UUID(int=1), kind, from_on, end), **known)  # type: ignore[arg-type]


def assessed(state: str, on: date, *needs: str) -> tuple[tuple[str, str, date], ...]:
    return tuple((need, state, on) for need in needs)


def of(plan: Plan, need: str) -> list[Span]:
    return [s for s in plan.spans if s.need == need]


# --- a no and a pause end (C1) -----------------------------------------------------------------------


def test_a_no_is_silent_until_the_next_follow_up() -> None:
    said = assessed("declines", date(2026, 3, 1), "occupation")
    plan = plan_of(case(need_history=said, next_follow_up_on=date(2026, 4, 1)))
    assert state_on(plan, "occupation", date(2026, 4, 1)) == "declines"
    assert state_on(plan, "occupation", date(2026, 4, 2)) == "need"


def test_a_no_is_not_carried_over_a_follow_up_that_has_been_held() -> None:
    # declined 1 January, followed up in February and March without asking again: the next date gives no new silence
    said = assessed("declines", date(2026, 1, 1), "occupation")
    state = case(
        need_history=said, follow_up_days=(date(2026, 2, 1), date(2026, 3, 1)), next_follow_up_on=date(2026, 6, 1)
    )
    assert state_on(plan_of(state), "occupation", date(2026, 2, 1)) == "declines"
    assert state_on(plan_of(state), "occupation", date(2026, 2, 2)) == "need"
    assert [g.from_on for g in gaps_of(state) if g.need == "occupation"] == [TODAY]


def test_a_no_said_at_the_follow_up_itself_lasts_to_the_next() -> None:
    said = assessed("declines", date(2026, 3, 1), "occupation")
    state = case(need_history=said, follow_up_days=(date(2026, 3, 1),), next_follow_up_on=date(2026, 6, 1))
    assert state_on(plan_of(state), "occupation", date(2026, 6, 1)) == "declines"


def test_a_pause_without_a_follow_up_lasts_184_days() -> None:
    plan = plan_of(case(need_history=assessed("pause", date(2026, 1, 1), "occupation")))
    assert state_on(plan, "occupation", date(2026, 7, 4)) == "pause"
    assert state_on(plan, "occupation", date(2026, 7, 5)) == "need"


def test_a_pause_never_lasts_longer_than_184_days() -> None:
    said = assessed("pause", date(2026, 1, 1), "occupation")
    plan = plan_of(case(need_history=said, next_follow_up_on=date(2026, 9, 1)))
    assert state_on(plan, "occupation", date(2026, 7, 5)) == "need"


def test_what_is_managed_needs_no_end() -> None:
    said = assessed("manages", date(2026, 1, 1), "occupation")
    plan = plan_of(case(need_history=said, follow_up_days=(date(2026, 2, 1),), next_follow_up_on=date(2026, 4, 1)))
    assert state_on(plan, "occupation", date(2027, 1, 1)) == "manages"


# --- what covers socialt stöd (C5) ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["support_talks", "trauma_treatment", "origo_support"])
def test_talks_and_treatment_are_no_contact_however_they_are_granted(kind: str) -> None:
    state = case(
        need_history=assessed("need", date(2026, 3, 1), "social_support"),
        decisions=(thing(kind, date(2026, 3, 13), date(2026, 9, 1), outcome="granted", meets=("social_support",)),),
    )
    assert {s.covers for s in of(plan_of(state), "social_support")} == {"no"}
    assert [(g.from_on, g.until_on) for g in gaps_of(state) if g.need == "social_support"] == [
        (TODAY, TODAY + 30 * DAY)
    ]


def test_a_granted_contact_covers_ahead_from_its_first_day() -> None:
    state = case(
        need_history=assessed("need", date(2026, 3, 1), "social_support"),
        decisions=(thing("contact_person", date(2026, 3, 20), date(2026, 9, 1), outcome="granted"),),
    )
    found = [(g.from_on, g.until_on, g.after) for g in gaps_of(state) if g.need == "social_support"]
    assert found == [(TODAY, date(2026, 3, 19), "contact_person")]


# --- a planned end that has passed (C2.1–3) -------------------------------------------------------------


def home_until(end: date, **known: object) -> State:
    return case(
        placements=(thing("shelter_flat", date(2026, 1, 1), end),),
        need_history=assessed("need", date(2026, 1, 1), "housing"),
        **known,
    )


def test_a_passed_end_covers_today_but_nothing_from_tomorrow() -> None:
    (span,) = of(plan_of(home_until(date(2026, 3, 2))), "housing")
    assert (span.end, span.until_on, span.confirmed_on) == ("passed", TODAY, date(2026, 3, 2))
    gaps = gaps_of(home_until(date(2026, 3, 2)))
    assert [(g.from_on, g.before) for g in gaps if g.need == "housing"] == [(TODAY + DAY, None)]


@pytest.mark.parametrize(("end", "answer"), [(date(2026, 2, 26), "covered"), (date(2026, 2, 25), "unconfirmed")])
def test_a_passed_end_is_doubted_after_fourteen_days(end: date, answer: str) -> None:
    today = next(s for s in stretches(plan_of(home_until(end)), "housing") if s.from_on <= TODAY <= s.until_on)
    assert today.status == answer


def test_the_question_about_tonight_confirms_a_home_and_nothing_else() -> None:
    state = home_until(date(2026, 2, 1), tonight_on=date(2026, 3, 10))
    assert [s.confirmed_on for s in plan_of(state).spans if s.need == "housing"] == [date(2026, 3, 10)]
    assert [s.confirmed_on for s in plan_of(state).spans if s.need == "safety"] == [date(2026, 2, 1)]


def test_a_passed_end_stands_among_the_watches_as_passed() -> None:
    assert [(e.on, e.event) for e in expiring(home_until(date(2026, 3, 2)))] == [(date(2026, 3, 2), "extend_placement")]


def test_today_is_not_passed() -> None:
    (span,) = of(plan_of(home_until(TODAY)), "housing")
    assert (span.end, span.until_on) == ("day", TODAY)


# --- the rows and the sentences (R3) --------------------------------------------------------------------


def test_a_new_case_has_six_rows_and_a_seventh_with_children() -> None:
    assert needs_shown(case()) == SIX
    assert needs_shown(case(children=True)) == [*SIX, "children"]


def test_what_else_is_said_gets_its_row() -> None:
    assert needs_shown(case(need_history=assessed("need", TODAY, "daily_life"))) == [*SIX, "daily_life"]


def sentences(state: State) -> dict[str, str]:
    plan = plan_of(state)
    return {need: says(plan, need).sv for need in CORE}


def open_case(state: State) -> State:
    """The case with its steps, so that what is due can be asked of it."""
    return replace(state, events=1, steps=beginning(TODAY).steps)


def test_who_could_not_accept_is_told_from_who_does_not_want_to() -> None:
    could_not, declines = (
        case(need_history=assessed(said, TODAY, "occupation")) for said in ("could_not_accept", "declines")
    )
    told = "Inget planerat (sysselsättning). Kunde inte ta emot det som erbjöds"
    assert sentences(could_not)["occupation"] == told
    assert sentences(declines)["occupation"] == "Inget planerat, avböjer (sysselsättning)"
    assert [gap.need for gap in gaps_of(could_not)] == ["housing", "occupation"]
    assert [gap.need for gap in gaps_of(declines)] == ["housing"]
    says_so = [d.why.sv for d in due(open_case(could_not)) if d.kind == "gap" and "Kunde inte ta emot" in d.why.sv]
    assert says_so == ["Glapp i sysselsättning. Kunde inte ta emot det som erbjöds"]
    assert not any("Kunde inte ta emot" in d.why.sv for d in due(open_case(declines)))


def test_an_agreed_sublet_is_as_sure_before_it_begins_as_when_it_runs() -> None:
    begins = date(2026, 4, 1)
    agreed = case(planned={"sublet": thing("sublet", begins, outcome="agreed")})
    running = replace(case(interventions=(thing("sublet", begins),)), today=begins)
    told = [[(s.end, s.from_on, s.doubted) for s in of(plan_of(state), "housing")] for state in (agreed, running)]
    assert told == [[("unknown", begins, True)]] * 2
    own = thing("own_lease", begins, None, outcome="agreed", id=UUID(int=3))
    assert [s.end for s in of(plan_of(case(planned={own.kind: own})), "housing")] == ["further_notice"]


def test_a_new_case_says_of_each_core_need_that_nothing_is_planned() -> None:
    assert sentences(case()) == {
        "housing": "Inget planerat (bostad)",
        "occupation": "Inget planerat, inte bedömt (sysselsättning)",
        "social_support": "Inget planerat, inte bedömt (socialt stöd)",
    }


def in_shelter_until_june() -> State:
    """Case of R3: in step 2, with shelter granted until 14 June."""
    return home_until(date(2026, 6, 14))


def test_the_worked_example_of_r3() -> None:
    # Shelter until 14 June; on 12 March nothing is known after it.
    state = in_shelter_until_june()
    assert sentences(state)["housing"] == "Ingen planering efter 14 juni 2026 (bostad)"
    # A home is counted 90 days ahead: from 17 March, 15 June is the 90th (14 + 30 + 31 + 15).
    later = replace(state, today=date(2026, 3, 17))
    assert [(g.from_on, g.before) for g in gaps_of(later)] == [(date(2026, 6, 15), "shelter_flat")]
    # A transitional home 15 June–14 December takes the gap away and moves the next to 15 December.
    home = thing("transitional_flat", date(2026, 6, 15), date(2026, 12, 14), outcome="agreed", id=UUID(int=2))
    planned = replace(later, planned={home.kind: home})
    assert gaps_of(planned) == []
    assert sentences(planned)["housing"] == "Ingen planering efter 14 december 2026 (bostad)"
    assert [h.from_on for h in holes(plan_of(planned), "housing")] == [date(2026, 12, 15)]


def test_a_hole_between_two_supports_is_one_hole_however_far_it_is_counted() -> None:
    # gap 1–11 June is counted, 12–30 June is not planned yet: together 1–30 June, then the home begins
    home = thing("transitional_flat", date(2026, 7, 1), None, outcome="agreed", id=UUID(int=2))
    state = replace(home_until(date(2026, 5, 31)), planned={home.kind: home})
    (hole,) = holes(plan_of(state), "housing")
    assert (hole.from_on, hole.until_on, hole.before, hole.after) == (
        date(2026, 6, 1),
        date(2026, 6, 30),
        "shelter_flat",
        "transitional_flat",
    )
    assert sentences(state)["housing"] == "Inget planerat 1 juni 2026–30 juni 2026 (bostad)"


def test_of_a_hole_that_began_long_ago_nothing_is_said_to_end_now() -> None:
    needed = {"need_history": assessed("need", date(2026, 1, 1), "housing")}
    left = thing("shelter_flat", date(2026, 1, 1), None, ended_on=date(2026, 3, 1))
    (hole,) = holes(plan_of(case(placements=(left,), **needed)), "housing")
    assert (hole.from_on, hole.before) == (TODAY, None)
    yesterday = replace(left, ended_on=TODAY - DAY)
    (hole,) = holes(plan_of(case(placements=(yesterday,), **needed)), "housing")
    assert (hole.from_on, hole.before) == (TODAY, "shelter_flat")


def test_what_is_covered_says_so() -> None:
    home = thing("own_lease", date(2026, 3, 1), None)
    state = case(interventions=(replace(home, meets=("housing",)),))
    assert sentences(state)["housing"] == "Planerat så långt planen visar (bostad)"


def test_what_is_managed_is_said_to_be_so_whether_or_not_something_runs() -> None:
    said = assessed("manages", date(2026, 3, 1), "occupation")
    assert sentences(case(need_history=said))["occupation"] == "Inget planerat, klarar själv (sysselsättning)"
    runs = thing("occupation_support", date(2026, 3, 1), date(2026, 4, 1))
    assert sentences(case(need_history=said, interventions=(runs,)))["occupation"] == "Klarar själv (sysselsättning)"


# --- what if ---------------------------------------------------------------------------------------------


def test_supposing_a_support_more_covers_the_gap_and_stores_nothing() -> None:
    state = home_until(date(2026, 4, 30))
    there = supposing_more(state, "transitional_flat", date(2026, 5, 15), date(2027, 5, 14))
    assert [(g.from_on, g.until_on) for g in gaps_of(there)] == [(date(2026, 5, 1), date(2026, 5, 14))]
    assert state == home_until(date(2026, 4, 30))


def test_supposing_a_support_that_is_planned_keeps_the_plan() -> None:
    home = thing("transitional_flat", date(2026, 6, 15), date(2026, 12, 14), outcome="agreed", id=UUID(int=2))
    state = replace(home_until(date(2026, 4, 30)), planned={home.kind: home})
    there = supposing_more(state, "transitional_flat", date(2026, 5, 1), date(2026, 6, 14))
    assert gaps_of(there) == []
    assert home in there.planned.values()


def test_supposing_another_last_day_moves_the_gap() -> None:
    there = supposing(home_until(date(2026, 4, 30)), UUID(int=1), date(2026, 4, 15))
    assert [g.from_on for g in gaps_of(there)] == [date(2026, 4, 16)]


# --- moves and hand-overs (R7) -----------------------------------------------------------------------------


def moving_in_june(support_ends: date) -> State:
    home = thing("own_lease", date(2026, 6, 15), None, outcome="agreed", meets=("housing",), id=UUID(int=2))
    support = thing("housing_support", date(2026, 1, 1), support_ends, meets=("daily_life",), id=UUID(int=3))
    return replace(home_until(date(2026, 6, 14)), planned={home.kind: home}, interventions=(support,))


@pytest.mark.parametrize(
    ("ends", "flagged"),
    [
        (date(2026, 6, 14), ["housing_support"]),
        (date(2026, 6, 15), ["housing_support"]),
        (date(2026, 6, 13), []),
        (date(2026, 9, 13), []),
    ],
)
def test_support_that_ends_on_the_day_of_a_planned_move_is_flagged(ends: date, flagged: list[str]) -> None:
    assert [s.kind for s in with_a_move(plan_of(moving_in_june(ends)))] == flagged


def test_a_support_for_two_needs_is_flagged_once() -> None:
    state = moving_in_june(date(2026, 6, 14))
    both = replace(state.interventions[0], meets=("daily_life", "economy"))
    assert len(with_a_move(plan_of(replace(state, interventions=(both,))))) == 1


def test_a_support_that_has_not_been_ended_is_not_said_to_end_with_todays_move() -> None:
    state = replace(moving_in_june(date(2026, 3, 1)), placements=(thing("shelter_flat", TODAY, None),))
    assert with_a_move(plan_of(state)) == []


def test_a_hand_over_is_two_supports_of_different_kind_that_meet() -> None:
    old = thing("housing_support", date(2026, 1, 1), date(2026, 4, 30), meets=("social_support",), id=UUID(int=3))
    new = thing(
        "volunteer_contact", date(2026, 4, 17), None, outcome="agreed", meets=("social_support",), id=UUID(int=4)
    )
    state = case(interventions=(old,), planned={new.kind: new})
    found = hand_overs(plan_of(state), "social_support")
    assert [(a.kind, b.kind, days) for a, b, days in found] == [("housing_support", "volunteer_contact", 14)]


def test_a_support_and_its_own_decision_hand_over_once() -> None:
    ends = TODAY + 20 * DAY
    contact = thing("contact_person", date(2026, 1, 10), ends)
    decided = thing("contact_person", date(2026, 1, 1), ends, outcome="granted", id=UUID(int=9))
    volunteer = thing("volunteer_contact", TODAY + 5 * DAY, None, outcome="agreed", id=UUID(int=2))
    state = case(interventions=(contact,), decisions=(decided,), planned={volunteer.kind: volunteer})
    found = hand_overs(plan_of(state), "social_support")
    assert [(a.kind, b.kind, days) for a, b, days in found] == [("contact_person", "volunteer_contact", 16)]


def test_a_support_and_its_own_decision_hand_nothing_over() -> None:
    state = replace(
        home_until(date(2026, 6, 14)),
        decisions=(thing("shelter_flat", date(2026, 1, 1), date(2026, 6, 14), outcome="granted", id=UUID(int=9)),),
        risk=Risk(TODAY, "high", False, None),
    )
    assert hand_overs(plan_of(state), "housing") == []


# --- the person's own network (C5) ------------------------------------------------------------------------


def test_own_network_covers_while_it_is_confirmed_within_90_days() -> None:
    said = assessed("need", date(2026, 1, 10), "social_support")
    network = thing("own_network", date(2026, 1, 10))
    plan = plan_of(case(need_history=said, interventions=(network,)))
    found = [(s.status, s.from_on) for s in stretches(plan, "social_support")]
    assert found[:2] == [("covered", date(2026, 1, 10)), ("unconfirmed", date(2026, 4, 11))]  # 21 + 28 + 31 + 10 = 90
    followed = plan_of(case(need_history=said, interventions=(network,), last_follow_up_on=date(2026, 3, 2)))
    found = [(s.status, s.from_on) for s in stretches(followed, "social_support")]
    assert found[:2] == [("covered", date(2026, 1, 10)), ("unconfirmed", date(2026, 6, 1))]  # 29 + 30 + 31 = 90


def test_own_network_is_no_insats_and_no_home() -> None:
    """Nobody has to end it before the case is closed (rules B1.2 g), and no home is secured by it (rules B2.5)."""
    assert not is_intervention("own_network") and not lasting_home("own_network")
    assert METHOD.interventions["own_network"].meets == ("social_support",)
    state = case(interventions=(thing("own_network", date(2026, 1, 10)),))
    assert not something_running(state, {}, Around(TODAY))
    ended = case(interventions=(thing("volunteer_contact", date(2026, 1, 10)),))
    assert something_running(ended, {}, Around(TODAY)), "a volunteer is ended or handed over first"
