"""Each requirement of the report that is met in this release is proved by a browser test that bears its number."""

import re
from pathlib import Path

import pytest

JOURNEYS = Path(__file__).parents[1] / "journeys"
# Written by hand from ux.md section 1, read through rules.md: number, and what a tester sees.
PROVED = {
    1: "a third short decision in a row is asked about, and its end proposed from the plan",
    2: "what ends within two weeks counts alike on three pages; an acute ending leaves its debts",
    3: "a gap moves when a home is planned",
    4: "a move gives a risk review and a follow-up that stay until recorded",
    5: "followed up before the end, and the list of those that were not",
    6: "a check-in in few presses, which is no follow-up",
    7: "support that ends on the day of the move is warned of",
    8: "a lease that ends soon is not a secured home at closure",
    9: "three goals at a time, skills by ability",
    10: "the chain of contacts, and the stand-in",
    14: "a no to a contact person has a reason and a district",
    17: "a joint plan is offered, answered in place and counted",
    22: "the rent is answered before the offer",
    23: "a goal rests and never fails",
    24: "an unsafe night is first, and the stand-in hears of it",
    25: "no risk assessment: a reason, and a day",
    27: "going back home is met with a plan, and is no reason to close",
    28: "family work without an assessment has a reason; two views side by side",
    30: "the wait for care is counted",
}


@pytest.mark.parametrize("number", PROVED)
def test_the_requirement_has_a_journey_of_its_number(number: int) -> None:
    said = "\n".join(path.read_text("utf-8") for path in JOURNEYS.glob("test_*.py"))
    assert re.search(rf"^def test_r{number}_\w+\(desk: Desk", said, re.MULTILINE), PROVED[number]


def test_no_journey_bears_a_number_that_is_not_listed() -> None:
    """So that a number means one thing; those of other parts are listed with them."""
    said = "\n".join(path.read_text("utf-8") for path in JOURNEYS.glob("test_*.py"))
    numbers = {int(found) for found in re.findall(r"^def test_r(\d+)_", said, re.MULTILINE)}
    assert numbers >= PROVED.keys() and all(1 <= number <= 39 for number in numbers)
