"""Who may look, what is shown without a reveal, and by which relation somebody acts: tables written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langsikt.access import policy

# What each role may look at, from rules.md D1–D6 and permissions: everything else is refused.
CASEWORK = {"own_list", "search", "case_overview", "case_text", "reveal_2", "reveal_3", "whereabouts", "model"}
LOOKS = {
    "case_worker": CASEWORK | {"case_log", "open_emergency", "link_cases"},
    "stand_in": CASEWORK | {"link_cases"},
    "duty_service": CASEWORK | {"open_emergency", "link_cases"},
    "emergency": {"case_overview", "case_text", "reveal_2", "reveal_3", "whereabouts", "model"},  # rules B3.2, an hour
    "unit_manager": {
        "own_list", "unit_list", "search", "case_overview", "reveal_2", "case_log", "conflicts", "burn_address",
        "aggregates", "link_cases", "model",
    },
    "housing_coordinator": {"place_requests", "dwellings", "address", "address_log", "burn_address", "model"},
    "analyst": {"aggregates", "model"},
    "log_reviewer": {"journal", "model"},
    "secrecy_officer": {"exclusions", "address_log", "model"},
    "system_administrator": {"staff", "model"},
}  # fmt: skip
EVERY_LOOK = sorted(set().union(*LOOKS.values()))
# The highest class that a relation shows without a reveal.
SHOWN = {
    "case_worker": 2, "stand_in": 2, "duty_service": 2, "emergency": 2, "unit_manager": 1,
    "housing_coordinator": 1, "log_reviewer": 1, "secrecy_officer": 1, "analyst": 0, "system_administrator": 0,
}  # fmt: skip
NAMES = ["person_name", "called", "personal_number", "representative", "code_word", "danger_signal"]
NAMES += ["network_name", "network_number", "network_relation", "supporter_number", "interpreter_number"]


@pytest.mark.parametrize("look", EVERY_LOOK)
@pytest.mark.parametrize("role", sorted(LOOKS))
def test_each_role_may_look_at_this_and_nothing_else(role: str, look: str) -> None:
    assert policy.may({role}, look) is (look in LOOKS[role])


def test_the_table_holds_both_answers() -> None:
    allowed = sum(len(looks) for looks in LOOKS.values())
    assert allowed == 62 and len(LOOKS) * len(EVERY_LOOK) - allowed >= 60


@pytest.mark.parametrize("role", ["none", "", "CASE_WORKER", "superuser", "caseworker", "owner"])
@pytest.mark.parametrize("look", EVERY_LOOK)
def test_an_unknown_role_may_nothing(role: str, look: str) -> None:
    assert policy.may({role}, look) is False
    assert not policy.shows({role}, 0)


@pytest.mark.parametrize("look", ["", "everything", "case", "CASE_OVERVIEW", "case_overview ", "reveal_4", "reveal_0"])
def test_an_unknown_look_is_refused_to_all_together(look: str) -> None:
    assert policy.may(LOOKS, look) is False


def test_nobody_may_nothing() -> None:
    assert not any(policy.may((), look) for look in EVERY_LOOK)
    assert not any(policy.shows((), klass) for klass in range(5))
    assert policy.acting_role(()) == "none"


@given(st.sets(st.sampled_from(sorted(LOOKS))), st.sampled_from(EVERY_LOOK))
def test_several_roles_may_what_one_of_them_may(roles: set[str], look: str) -> None:
    assert policy.may(roles, look) is any(look in LOOKS[role] for role in roles)


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_not_granted_is_refused(role: str, look: str) -> None:
    assert policy.may({role}, look) is (look in LOOKS.get(role, ()))


@pytest.mark.parametrize("klass", range(5))
@pytest.mark.parametrize("role", sorted(SHOWN))
def test_each_role_is_shown_so_much_unmasked(role: str, klass: int) -> None:
    assert policy.shows({role}, klass) is (klass <= min(SHOWN[role], 2))


@given(st.sets(st.sampled_from(sorted(SHOWN))), st.integers(3, 9), st.text(max_size=12))
def test_whereabouts_are_never_shown_without_a_reveal(roles: set[str], klass: int, field: str) -> None:
    assert policy.shows(roles, klass, field) is False


@given(st.sets(st.sampled_from(sorted(SHOWN))), st.integers(0, 3), st.sampled_from(NAMES))
def test_names_are_never_shown_without_a_reveal(roles: set[str], klass: int, field: str) -> None:
    assert policy.shows(roles, klass, field) is False


def test_a_note_is_shown_to_who_works_in_the_case_and_to_nobody_else() -> None:
    shown = {role for role in SHOWN if policy.shows({role}, 2, "note")}
    assert shown == {"case_worker", "stand_in", "duty_service", "emergency"}


ACTING = [
    (["unit_manager", "case_worker"], None, "case_worker"),
    (["stand_in", "duty_service"], None, "stand_in"),
    (["housing_coordinator", "unit_manager"], None, "unit_manager"),
    (["housing_coordinator"], None, "housing_coordinator"),
    (["unit_manager", "case_worker"], "assign_case", "unit_manager"),
    (["unit_manager", "case_worker"], "write_note", "case_worker"),
    (["unit_manager", "case_worker"], "sign_closure", "unit_manager"),
    (["case_worker", "duty_service"], "hand_over_to_team", "duty_service"),
    (["case_worker"], "assign_case", "case_worker"),
    (["emergency", "unit_manager"], "write_note", "emergency"),
    (["emergency", "unit_manager"], None, "unit_manager"),
    (["emergency"], "assign_case", "emergency"),
    (["analyst"], None, "none"),
    (["system_administrator", "log_reviewer"], "write_note", "none"),
    (["somebody"], "receive_contact", "none"),
]


@pytest.mark.parametrize(("held", "event", "role"), ACTING)
def test_somebody_acts_by_the_relation_that_gives_the_right(held: list[str], event: str | None, role: str) -> None:
    assert policy.acting_role(held, event) == policy.acting_role(reversed(held), event) == role
