"""What is not signed goes back: one line from whoever signs, and it is the worker's again, with what was written."""

import pytest

from tests.journeys.desk import Desk, day
from tests.journeys.test_closing import ASK, closing, ready_to_close

pytestmark = pytest.mark.browser
LINE = "Vad behöver ändras, på en rad"


def test_a_draft_of_a_decision_goes_back_and_comes_again(desk: Desk) -> None:
    # Given a draft that waits for the manager
    desk.sits("Mats R")
    reference = desk.find_by_name("Adam Gransvale")
    drafts = desk.page.get_by_role("region", name="Utkast till beslut")

    # When the manager sends it back with one line
    desk.open(drafts.get_by_role("link", name="Skicka tillbaka"))
    desk.heading("Skicka tillbaka utkastet")
    desk.save("Skicka tillbaka utkastet")
    desk.page.get_by_role("alert").wait_for()
    desk.write({LINE: "Skriv vad han själv säger om tiden."})
    desk.examine()
    desk.save("Skicka tillbaka utkastet", "Utkastet är tillbaka hos handläggaren")
    assert not drafts.count()

    # Then it is on the worker's list, and the case says who sent it back and why
    desk.sits("Amina H")
    row = desk.page.get_by_role("listitem").filter(has_text=reference).filter(has_text="Utkastet är skickat tillbaka")
    row.first.wait_for()
    desk.go_to_case(reference)
    desk.sees("Skriv vad han själv säger om tiden.", within="Skickat tillbaka")
    desk.sees("Mats R", within="Skickat tillbaka")
    desk.examine(dark=True)

    # When the draft is changed, then only what needs to change is typed, and it waits for the manager again
    desk.follow("Ändra utkastet", within="Skickat tillbaka")
    assert desk.page.get_by_label("Skäl").input_value() != "", "what was written is there"
    desk.sees("Skriv vad han själv säger om tiden.")
    desk.save("Skriv ett utkast till beslut", "Utkastet är sparat")
    assert not desk.page.get_by_role("region", name="Skickat tillbaka").count()
    drafts.wait_for()


def test_a_closure_goes_back_and_is_asked_for_again(desk: Desk) -> None:
    # Given a closure that the manager is asked to sign, and does not
    desk.sits("Sara L")
    reference = ready_to_close(desk, {"Milstolpe": "Hyresavtalet slutar", "Dag": day(40)})
    desk.begin(ASK)
    desk.write(closing())
    desk.save(ASK, "Chefen har fått frågan")
    desk.sits("Lena K")
    desk.go_to_case(reference)
    desk.begin("Skriv under avslutet")
    desk.follow("Skicka tillbaka avslutet")
    desk.write({LINE: "Bostaden måste vara klar först."})
    desk.save("Skicka tillbaka avslutet", "Avslutet är tillbaka hos handläggaren")

    # Then it is first among what the worker has to do in the case, and asked for again without being typed anew
    desk.sits("Sara L")
    desk.go_to_case(reference)
    desk.sees("Avslutet är skickat tillbaka", within="Nu")
    desk.sees("Bostaden måste vara klar först.", within="Skickat tillbaka")
    desk.follow("Ändra avslutet", within="Skickat tillbaka")
    desk.save(ASK, "Chefen har fått frågan")
    assert not desk.page.get_by_role("region", name="Skickat tillbaka").count()
