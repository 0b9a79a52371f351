"""Which places fit what is looked for: by hand."""

import pytest

from langsikt.model.places import Suits, Wanted, age_band, eased, fits, says, suited

YOUNG_MEN = Suits(frozenset({"man", "woman", "lgbtq"}), 18, 25)


@pytest.mark.parametrize(
    ("needs", "age", "fit"),
    [
        ({"man"}, 19, True),
        ({"man"}, None, True),
        ({"man", "lgbtq"}, 18, True),
        ({"man"}, 25, True),
        ({"man"}, 26, False),
        ({"man"}, 17, False),
        ({"man", "pet"}, 19, False),
        ({"couple"}, 19, False),
        (set(), None, True),
    ],
)
def test_every_need_and_the_age_must_fit(needs: set[str], age: int | None, fit: bool) -> None:
    assert fits(Wanted(frozenset(needs), age), YOUNG_MEN) is fit


def test_a_place_that_nobody_has_described_fits_nobody_in_particular() -> None:
    assert not fits(Wanted(frozenset({"woman"})), Suits())
    assert fits(Wanted(frozenset(), 40), Suits())


def test_what_is_kept_of_an_age_is_its_band() -> None:
    assert [age_band(age) for age in (None, 17, 18, 20, 21, 70)] == [
        None, "under_18", "18_20", "18_20", "21_plus", "21_plus",
    ]  # fmt: skip


def test_in_words() -> None:
    assert says(Wanted(frozenset({"pet", "man"}), 19)).sv == "man, 19 år, husdjur"
    assert says(Wanted(frozenset())).sv == "vem som helst"
    found = suited(YOUNG_MEN)
    assert found is not None and found.sv == "kvinna, man, 18–25 år, hbtq-kunskap"
    assert suited(Suits()) is None


def test_what_may_be_met_in_another_way_is_never_who_comes() -> None:
    found = {text.sv: wanted.needs for text, wanted in eased(Wanted(frozenset({"man", "pet", "wheelchair"}), 19))}
    assert found == {"rullstol": {"man", "pet"}, "husdjur": {"man", "wheelchair"}}
