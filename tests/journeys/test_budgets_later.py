"""The interaction budget of ux.md 6.1 for who does what; to be moved into test_budgets.py when that page is merged."""

import pytest

from tests.journeys.counting import begin, budget
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def counting(desk: Desk) -> None:
    """Each page of the desk counts."""
    begin(desk.page)


def test_who_is_responsible_for_the_bills(desk: Desk) -> None:
    # Given the page of a case, where a guide has the bills
    desk.sits("Sara L")
    desk.find_by_name("Amal Solregn")
    with budget(desk, 2):
        desk.follow("Vem gör vad")
        row = desk.page.get_by_role("row").filter(has_text="Räkningar och post")
        row.get_by_text("Boendelots").first.wait_for()

    # And where nobody has them, that is what it says
    desk.find_by_name("Samira Molnvik")
    with budget(desk, 2):
        desk.follow("Vem gör vad")
        desk.page.get_by_role("row").filter(has_text="Räkningar och post").get_by_text("Ingen ansvarig").wait_for()
