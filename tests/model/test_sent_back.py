"""What is not signed is the worker's again, until it is written anew or decided."""

from datetime import timedelta

from langsikt.model.due import Due, due
from langsikt.model.rules import answer, fold
from langsikt.model.state import Happening, State
from tests.model.states import TODAY, history
from tests.model.test_rules import later

DRAFT = "draft_decision"


def of(kind: str, state: State) -> list[Due]:
    return [d for d in due(state) if d.kind == kind]


def sent_back() -> list[Happening]:
    """The placement of the tables, whose draft has been sent back."""
    return later(history("placement"), "send_back_decision", 0)


def test_a_draft_sent_back_waits_for_no_signature_and_is_the_workers_to_change() -> None:
    before = fold(history("placement"), TODAY)
    assert of("sign_decision", before) and not of("sent_back", before)
    state = fold(sent_back(), TODAY)
    assert not state.drafts and not of("sign_decision", state)
    (row,) = of("sent_back", state)
    assert (row.verb.sv, row.event, row.due_on, row.for_role) == ("Ändra utkastet", DRAFT, TODAY, "case_worker")
    assert answer(state, "sign_decision", "unit_manager") == "step", "there is nothing to sign"
    assert answer(state, "send_back_decision", "unit_manager") == "step"


def test_a_new_draft_or_a_decision_settles_it_and_another_insats_does_not() -> None:
    other = fold(later(sent_back(), DRAFT, 0, intervention="training_flat"), TODAY)
    assert of("sent_back", other) and set(other.drafts) == {"training_flat"}
    again = fold(later(sent_back(), DRAFT, 0), TODAY)
    assert not of("sent_back", again) and of("sign_decision", again)
    decided = fold(later(sent_back(), "issue_decision", 0), TODAY)
    assert not of("sent_back", decided)


def test_a_closure_sent_back_is_asked_for_again() -> None:
    asked = history("closure_asked")
    assert of("sign", fold(asked, TODAY))
    back = later(asked, "send_back_closure", 0)
    state = fold(back, TODAY)
    assert state.closure_request is None and not of("sign", state) and not state.closed
    (row,) = of("sent_back", state)
    assert (row.verb.sv, row.event) == ("Ändra avslutet", "ask_to_close")
    assert not [d for d in due(state) if d.kind == "conclude" and d.event in ("ask_to_close", "close_case")]
    anew = fold(later(back, "ask_to_close", 0), TODAY + timedelta(days=1))
    assert of("sign", anew) and not of("sent_back", anew)


def test_a_no_without_a_reason_is_asked_for_until_it_is_given() -> None:
    told = later(history("follow_up"), "assess_needs_after", 0, contact_person_wish="no")
    state = fold(told, TODAY)
    assert [d.why.sv for d in of("contact_person", state)] == ["Nej till kontaktperson, utan skäl"]
    reasoned = {"contact_person_wish": "no", "no_contact_person": "no_need"}
    assert not of("contact_person", fold(later(told, "assess_needs_after", 0, **reasoned), TODAY))
    assert not of("contact_person", fold(later(told, "assess_needs_after", 0, contact_person_wish="yes"), TODAY))


def test_an_answer_about_a_joint_plan_counts_wherever_it_is_given() -> None:
    asked = later(history("follow_up"), "send_referral", 0, referral_to="psychiatry")
    assert of("coordinated_plan", fold(asked, TODAY))
    for said, offered in (("later", True), ("no", False), ("yes", False)):
        state = fold(later(asked, "answer_coordinated_plan", 0, coordinated_plan=said), TODAY)
        assert bool(of("coordinated_plan", state)) is offered and state.coordinated_plan == said
