"""A number about people leaves the house only hidden or rounded."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from langsikt.insight.disclosure import published


@pytest.mark.parametrize("count", range(8))
def test_seven_or_fewer_are_hidden_and_look_alike(count: int) -> None:
    text = published(count)
    assert (text.sv, text.en) == ("färre än 8", "fewer than 8")


@given(st.integers(8, 10**7))
@example(8)
@example(12)
@example(13)
def test_the_rest_is_rounded_to_five_and_never_off_by_more_than_two(count: int) -> None:
    text = published(count)
    assert text.sv == text.en
    shown = int(text.sv)
    assert shown % 5 == 0 and abs(shown - count) <= 2


@pytest.mark.parametrize(("count", "shown"), [(8, "10"), (9, "10"), (11, "10"), (12, "10"), (13, "15"), (100, "100")])
def test_by_hand(count: int, shown: str) -> None:
    assert published(count).sv == shown


def test_one_person_more_or_less_is_not_told() -> None:
    told = [published(count).sv for count in range(200)]
    assert all(told.count(word) >= 5 for word in set(told[:197])), "each answer stands for five counts or more"
