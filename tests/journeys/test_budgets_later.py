"""The interaction budgets of ux.md 6.1 for the follow-up in five parts and for who does what."""

import pytest

from tests.journeys.counting import begin, budget
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def counting(desk: Desk) -> None:
    """Each page of the desk counts."""
    begin(desk.page)


def test_a_follow_up_where_nothing_has_changed(desk: Desk) -> None:
    # Given the mother with a flat, a guide, three goals and a follow-up that is near; nothing has changed
    desk.sits("Sara L")
    desk.find_by_name("Amal Solregn")
    with budget(desk, 12, 6):
        desk.follow("Följ upp", within="Nu")
        desk.write({"Med personens egna ord": "Allt är som förra gången. Det är skönt."})
        go_on(desk)
        desk.write({"Har risken ändrats sedan sist?": "Oförändrad"})
        desk.write({"Varför risken är oförändrad, på en rad": "Ingen ny kontakt, inga nya hot."})
        desk.write({"Säker kontakt stämmer fortfarande": "Ja"})
        go_on(desk)
        for choice in desk.page.get_by_role("radio", name="Förläng", exact=True).locator("visible=true").all():
            choice.check()
        go_on(desk)
        desk.write({"Behöver personen stöd även i fortsättningen?": "Ja"})
        go_on(desk)
        desk.save("Spara uppföljningen", "Uppföljningen är sparad")


def go_on(desk: Desk) -> None:
    """*Fortsätt*, the one button of the part that is open."""
    desk.page.get_by_role("button", name="Fortsätt", exact=True).locator("visible=true").click()


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
