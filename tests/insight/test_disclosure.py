"""A number about people leaves the house only hidden or rounded."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from langsikt.insight.disclosure import published, published_part, quarter_start, total


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


@pytest.mark.parametrize(("count", "of", "shown"), [(7, 100, "färre än 8"), (8, 16, "10"), (8, 15, "visas inte")])
def test_a_part_is_hidden_too_when_almost_nobody_is_outside_it(count: int, of: int, shown: str) -> None:
    assert published_part(count, of).sv == shown


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
@example([0])
@example([7, 8])
def test_a_total_comes_from_what_is_shown_alone(counts: list[int]) -> None:
    """Two lists that look alike have the same total, whatever was counted in the hidden cells."""
    hidden = [7 if count <= 7 else count for count in counts]
    assert total(published(count) for count in counts) == total(published(count) for count in hidden)
    said = total(published(count) for count in counts).sv
    assert said == (str(sum(int(published(c).sv) for c in counts if c > 7)) if max(counts) > 7 else "färre än 8")


def test_the_quarter_begins_on_its_first_day() -> None:
    days = [date(2026, month, 30 if month != 2 else 28) for month in range(1, 13)]
    assert [quarter_start(day).isoformat()[5:] for day in days] == [
        "01-01", "01-01", "01-01", "04-01", "04-01", "04-01", "07-01", "07-01", "07-01", "10-01", "10-01", "10-01",
    ]  # fmt: skip
