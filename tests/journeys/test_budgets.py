"""The interaction budgets of ux.md 6.1: what a task may cost in clicks and key chords, counted in the page itself."""

import re

import pytest

from tests.journeys.counting import begin, budget, counted
from tests.journeys.desk import Desk, day, spoken

pytestmark = pytest.mark.browser
FIRST_SCREEN = 720


@pytest.fixture(autouse=True)
def counting(desk: Desk) -> None:
    """Each page of the desk counts."""
    begin(desk.page)


# --- the counter itself ------------------------------------------------------------------------------


def test_the_counter_counts_what_it_says(desk: Desk) -> None:
    # Given a form with boxes, lists and free text
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")
    desk.begin("Planera ett stöd")
    field = desk.page.get_by_role("main").get_by_label("Vem ger insatsen")

    # When she types and tabs, then nothing is counted
    with budget(desk, 0, 0):
        field.focus()
        desk.page.keyboard.type("Boendelots Maria, tills vidare")
        desk.page.keyboard.press("Tab")
    # When she clicks a label, then it is one click and not two; a choice in a list is one
    with budget(desk, 2, 2):
        desk.page.get_by_label("Avtalat, med dag", exact=True).check()
        desk.page.get_by_label("Insats", exact=True).select_option(label="Mellanboende")
    # When she presses a chord, then it is one; so is Enter where it presses something
    with budget(desk, 2, 2):
        desk.page.keyboard.press("Control+k")
        desk.page.get_by_role("link", name="Gör klart senare").focus()
        with desk.page.expect_navigation():
            desk.page.keyboard.press("Enter")
    # When Enter in a field sends the form, then it is one
    with budget(desk, 1, 1):
        sought = desk.page.get_by_label("Gå till ärende, skriv referensen")
        sought.fill("ZZZZ99")
        with desk.page.expect_navigation():
            sought.press("Enter")
    # When she clicks beside everything, then it is none
    with budget(desk, 0, 0):
        desk.page.get_by_role("heading", level=1).click()


def test_a_budget_that_is_exceeded_fails(desk: Desk) -> None:
    desk.sits("Sara L")
    with pytest.raises(AssertionError, match="3 interactions, the budget is 2"), budget(desk, 2):
        for item in ("Bevakningar", "Modellen", "Min dag"):
            desk.menu(item)
    with pytest.raises(AssertionError, match="0 interactions, the budget is 2"), budget(desk, 2):
        desk.sees("Nu")


# --- the budgets ---------------------------------------------------------------------------------------


def test_the_first_task_of_today_is_there(desk: Desk) -> None:
    # Given a worker who has signed in; when she has done nothing, then the first task is in the first screen
    desk.sits("Sara L")
    with budget(desk, 0, 0):
        lists = desk.page.get_by_role("region", name=re.compile("^(Glapp|Nu)"))
        row = lists.get_by_role("listitem").filter(has=desk.page.get_by_role("link")).first
        assert re.match(r"\S", row.get_by_role("link").last.inner_text())
        box = row.bounding_box()
        assert box and box["y"] + box["height"] <= FIRST_SCREEN, f"{box} is below the first {FIRST_SCREEN} pixels"


def test_a_case_is_opened_by_its_reference(desk: Desk) -> None:
    # Given a reference on a slip of paper, from whatever page
    desk.sits("Sara L")
    reference = desk.find_by_name("Samira Molnvik")
    desk.menu("Modellen")
    with budget(desk, 2, 2):
        desk.page.keyboard.press("Control+k")
        desk.page.keyboard.type(reference)
        with desk.page.expect_navigation():
            desk.page.keyboard.press("Enter")
        desk.heading(reference)


def test_a_quick_check_in_from_the_list_of_the_day(desk: Desk) -> None:
    desk.sits("Sara L")
    with budget(desk, 3):
        desk.open(desk.page.get_by_role("main").get_by_role("link", name=re.compile("^Avstämning")))
        desk.write({"Hur är läget?": "4, bra", "En rad om samtalet": "Ett kort samtal. Hon är glad i dag."})
        desk.save("Snabb avstämning", "Avstämningen är sparad")


def test_a_quick_check_in(desk: Desk) -> None:
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")
    with budget(desk, 4):
        desk.begin("Snabb avstämning")
        desk.write({"Hur är läget?": "3, varken eller", "En rad om samtalet": "Hon ville höra hur det går med rummet."})
        desk.save("Snabb avstämning", "Avstämningen är sparad")


def test_a_follow_up_is_begun(desk: Desk) -> None:
    # Given a follow-up that is near, on the list of the day
    desk.sits("Sara L")
    with budget(desk, 2):
        desk.open(desk.page.get_by_role("main").get_by_role("link", name=re.compile("^Följ upp")))
        desk.heading("Följ upp")


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


def test_one_decision_is_extended(desk: Desk) -> None:
    # Given a placement whose decision ends in a few days; the worker drafts the next decision for the one who decides
    desk.sits("Sara L")
    desk.find_by_name("Ida Frostlind")
    with budget(desk, 5):
        desk.begin("Skriv ett utkast till beslut")
        desk.write({"Insats": "Skyddat boende, kollektiv", "Utfall": "Bifall"})
        desk.write({"Från och med": day(6), "Till och med": day(19)})
        desk.save("Skriv ett utkast till beslut", "Utkastet är sparat")


def test_the_next_home_is_added(desk: Desk) -> None:
    # Given a room that ends; from the list of the day to a home that is agreed
    desk.sits("Sara L")
    reference = desk.find_by_name("Samira Molnvik")
    desk.menu("Min dag")
    with budget(desk, 6):
        desk.follow(reference)
        desk.open(desk.page.get_by_role("navigation", name="Ärendets sidor").get_by_role("link", name="Plan"))
        desk.open(desk.page.get_by_role("main").get_by_role("link", name="Planera ett stöd"))
        desk.write({"Insats": "Mellanboende", "Hur säkert är det?": "Avtalat, med dag"})
        desk.write({"Från och med": day(10), "Till och med": day(190), "Vem ger insatsen": "Ett mellanboende"})
        desk.save("Planera ett stöd", "Det planerade stödet är sparat")
    desk.follow("Plan")
    desk.page.get_by_role("row").filter(has_text="Mellanboende").get_by_text("planerad").first.wait_for()


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


def test_the_telephone_is_shown_with_its_reason(desk: Desk) -> None:
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")
    with budget(desk, 3):
        desk.press("Visa Telefon")
        desk.sees("070-174 06 11")
    desk.sees("visade du telefon. Skäl: kontakta personen.")


def test_the_list_is_handed_over_when_one_is_away(desk: Desk) -> None:
    desk.sits("Johan W")
    with budget(desk, 4):
        desk.follow("Frånvaro")
        desk.write({"Första dagen": day(1), "Sista dagen": day(5)})
        desk.press("Spara frånvaro")
    desk.sees(f"{spoken(1)} – {spoken(5)}")


def test_the_leaflet_is_printed(desk: Desk) -> None:
    # Given the page of a case; the person has said that paper is safe
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")
    with budget(desk, 4, 4):
        desk.open(desk.page.get_by_role("navigation", name="Ärendets sidor").get_by_role("link", name="Plan"))
        desk.open(desk.page.get_by_role("main").get_by_role("link", name="Min plan"))
        desk.open(desk.page.get_by_role("main").get_by_role("link", name="Ja", exact=True))
        desk.page.get_by_role("main").get_by_role("button", name="Skriv ut").click()
    assert desk.page.evaluate("sessionStorage.getItem('printed')"), "the page was sent to the printer"


def test_the_plan_is_printed(desk: Desk) -> None:
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")
    with budget(desk, 4):
        desk.open(desk.page.get_by_role("navigation", name="Ärendets sidor").get_by_role("link", name="Plan"))
        desk.page.get_by_role("main").get_by_role("button", name="Skriv ut").click()
    assert desk.page.evaluate("sessionStorage.getItem('printed')"), "the page was sent to the printer"
    assert len(counted(desk.page)) == 2


def test_a_place_is_found_for_a_man_of_nineteen(desk: Desk) -> None:
    # Given the coordinator; when a man of nineteen needs a place, then it is found, or said that there is none
    desk.sits("Karin B")
    with budget(desk, 4):
        desk.write({"Platsen ska passa": "Man", "Ålder": "19"})
        desk.press("Sök plats")
        desk.sees("boenden har plats för man, 19 år")
