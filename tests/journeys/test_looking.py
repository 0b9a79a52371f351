"""Who sees what: masked details shown for a while, the stand-in, exclusions, and the roles around the cases."""

import re

import pytest

from tests.journeys import wordings as say
from tests.journeys.desk import Desk, day, now, spoken

pytestmark = pytest.mark.browser


def test_a_name_is_shown_and_hidden_and_the_log_knows(desk: Desk) -> None:
    # Given a case whose name is hidden
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")
    desk.does_not_see("Samira")
    desk.does_not_see("070-174 06 11")

    # When it is shown, then it stands in its place, with when, why and until when
    desk.press("Visa namn")
    desk.page.get_by_text("Samira Molnvik").wait_for()
    desk.sees("visade du namn. Skäl: kontakta personen.")
    assert "Samira" not in desk.page.title() + desk.page.url
    desk.follow("Dölj namn")
    desk.does_not_see("Samira")

    # When she calls, then the whole card stays until the call is over
    desk.press("Ring")
    desk.sees("070-174 06 11")
    desk.sees("Blåklint")
    desk.sees("Kortet ligger kvar hela samtalet.")
    desk.sees("Aldrig")
    desk.press("Samtalet slut")
    desk.does_not_see("070-174 06 11")

    # When the number is shown and Escape is pressed, then it is gone
    desk.press("Visa Telefon")
    desk.sees("070-174 06 11")
    desk.page.keyboard.press("Escape")
    desk.page.get_by_role("button", name="Visa Telefon").wait_for()
    desk.does_not_see("070-174 06 11")

    # And every look is in the log of the case
    desk.follow("Logg")
    for look in ("Visade namn", "Ringde, såg kortet", "Visade telefon"):
        desk.sees(look)
    desk.does_not_see("Samira")


def test_the_manager_gives_a_reason_first(desk: Desk) -> None:
    # Given the manager of the unit, who sees reference, steps and dates
    desk.sits("Lena K")
    reference = desk.find_by_name("Samira Molnvik")
    desk.follow("Händelser")
    desk.does_not_see("Jag vill bestämma själv vem jag ska leva med.")
    desk.follow("Visa texterna")

    # When she asks for the texts without a reason, then nothing is shown
    desk.press("Visa texterna")
    desk.page.get_by_role("alert").get_by_text("Välj ett skäl först").wait_for()
    desk.does_not_see("Jag vill bestämma själv vem jag ska leva med.")

    # When she gives one, then she reads, the page says until when, and never where the person is
    desk.write({"Välj skäl, sedan Visa. Visningen loggas och granskas.": "Chefsstöd i ärendet"})
    desk.press("Visa texterna")
    desk.sees("Jag vill bestämma själv vem jag ska leva med.")
    desk.sees("visade du texterna. Skäl: chefsstöd i ärendet.")
    desk.does_not_see("070-174 06 11")
    desk.follow("Dölj texterna")
    desk.does_not_see("Jag vill bestämma själv vem jag ska leva med.")

    # And the log tells the worker
    desk.sits("Sara L")
    desk.go_to_case(reference)
    desk.follow("Logg")
    row = desk.page.get_by_role("row").filter(has_text="Visade texterna").first
    assert "Lena K" in row.inner_text() and "Chefsstöd i ärendet" in row.inner_text()


def test_the_stand_in_sees_the_case_during_the_absence(desk: Desk) -> None:
    # Given a case of Johan, and Amina named as his stand-in
    desk.sits("Mats R")
    reference = desk.find_by_name("Elias Tranemyr")
    desk.record("Utse handläggare", {"Handläggare": "Johan W", "Vikarie": "Amina H"}, "Ansvaret är ändrat")

    # While Johan is at work, she does not see it
    desk.sits("Amina H")
    desk.does_not_see(reference)
    desk.menu("Ärenden")
    desk.follow("Som vikarie 0")
    desk.does_not_see(reference)

    # When he records days away, then she sees the case and keeps it going
    desk.sits("Johan W")
    desk.follow("Frånvaro")
    desk.write({"Första dagen": day(), "Sista dagen": day(4)})
    desk.press("Spara frånvaro")
    desk.sees(f"{spoken()} – {spoken(4)}")
    desk.sits("Amina H")
    desk.menu("Ärenden")
    desk.follow("Som vikarie 1")
    desk.sees("Vikarierar för Johan W")
    desk.follow(reference)
    note = {"När": now(), "Anteckning": "Jag vikarierar och har ringt honom."}
    desk.record("Skriv anteckning", note, "Anteckningen är låst")


def test_the_excluded_worker_and_the_secrecy_officer(desk: Desk) -> None:
    # Given a contact who asks that Omar, her former neighbour, must not see her case
    desk.sits("Sara L")
    desk.menu("Ärenden")
    desk.follow("Ny kontakt")
    desk.write(say.contact())
    desk.save("Ny kontakt", "Kontakten är registrerad")
    reference = desk.reference()
    desk.begin("Spärra en medarbetare")
    desk.write({"Medarbetare som inte ska kunna se ärendet": "Omar E", "Grund": "Personen ber om det"})
    desk.save("Spärra en medarbetare", "Spärren gäller")

    # When the manager would name him, then the form says that he cannot have it
    desk.sits("Lena K")
    desk.follow(reference, within="Teamets ärenden")
    desk.begin("Utse handläggare")
    desk.write({"Handläggare": "Omar E"})
    desk.save("Utse handläggare")
    desk.complains("Den personen kan inte ha ärendet. Välj någon annan")
    desk.write({"Handläggare": "Sara L"})
    desk.save("Utse handläggare", "Ansvaret är ändrat")

    # Then he finds nothing
    desk.sits("Omar E")
    field = desk.page.get_by_label("Gå till ärende, skriv referensen")
    field.fill(reference)
    field.press("Enter")
    desk.page.get_by_role("status").filter(has_text="0 träffar").wait_for()

    # When the secrecy officer lifts the exclusion, then it is gone from the list; she never saw the case
    desk.sits("Hanna M")
    desk.heading("Spärrar")
    desk.press(f"Häv {reference} Omar E")
    desk.heading("Spärrar")
    desk.does_not_see(reference)


def test_a_case_that_is_not_ones_own_does_not_exist(desk: Desk) -> None:
    # Given a case that the worker has open while she excludes herself from it
    desk.sits("Sara L")
    reference = desk.find_by_name("Amal Solregn")
    desk.begin("Spärra en medarbetare")
    answers = {"Medarbetare som inte ska kunna se ärendet": "Sara L", "Grund": "Jäv", "Den som tar över": "Omar E"}
    desk.write(answers)
    desk.save("Spärra en medarbetare", "Spärren gäller")
    # When she goes back to it, then the page is the one of a made-up reference
    desk.does_not_see(reference)
    desk.page.go_back()
    desk.heading("Sidan finns inte")
    desk.follow("Till startsidan")
    # And the one who took over has it
    desk.sits("Omar E")
    desk.go_to_case(reference)


def test_the_coordinator_and_the_places(desk: Desk) -> None:
    # Given the coordinator; addresses are hidden
    desk.sits("Karin B")
    desk.heading("Boende")
    desk.sees("lediga")
    desk.does_not_see("Sagostigen")

    # When one is shown, then it stands in its place with the time; and it is hidden again
    desk.press("Visa adressen till Cypressen")
    desk.sees("Sagostigen 3")
    desk.sees("Du visade adressen")
    desk.follow("Dölj")
    desk.does_not_see("Sagostigen")

    # When a new place is added, with faults first, then it is in the list by its mark
    desk.follow("Nytt boende")
    desk.write({"Märke": "Almen", "Slag": "Jourlägenhet", "Antal platser": "många", "Adress": "Påhittade stigen 1"})
    desk.press("Spara boendet")
    desk.complains("Märket används redan. Välj ett annat", "Skriv hur många som får plats, 1 till 99")
    assert desk.page.get_by_label("Adress").input_value() == "Påhittade stigen 1"
    desk.write({"Märke": "Idegranen", "Antal platser": "3"})
    desk.press("Spara boendet")
    desk.heading("Boende")
    desk.sees("Idegranen")
    desk.does_not_see("Påhittade stigen")


def test_the_ones_who_see_no_cases(desk: Desk) -> None:
    # Given the system administrator; when somebody new begins, then there is an account with a role
    desk.sits("Viktor P")
    desk.heading("Personal")
    desk.follow("Ny medarbetare")
    person = {"Användarnamn": "sara.l", "Förnamn och initial": "Nadja B", "Första lösenordet": "kort"}
    desk.write(person)
    desk.press("Spara")
    desk.complains("Användarnamnet finns redan. Välj ett annat")
    desk.write({"Användarnamn": "nadja.b", "Första lösenordet": "fyra ord som inte hör ihop"})
    desk.press("Spara")
    desk.heading("Nadja B")
    desk.write({"Roll": "Handläggare", "Från och med": day()})
    desk.press("Ge rollen")
    desk.complains("Välj enhet för den här rollen")
    desk.write({"Enhet": "RVT Järva"})
    desk.press("Ge rollen")
    desk.sees("tills vidare", within="Roller")
    assert not desk.page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Ärenden").count()

    # Given the log reviewer; the log shows who, when, what and a pseudonym, never a reference or a text
    desk.sits("Ingrid F")
    desk.heading("Loggkontroll")
    desk.follow("Hela loggen")
    desk.sees("Gav en roll")
    desk.follow("En månad")
    desk.sees("Viktor P")

    # Given the analyst; small numbers are not shown
    desk.sits("Tor A")
    desk.heading("Staden")
    desk.sees("färre än 8")
    assert not re.search(r"\b[1-7]\b", desk.page.get_by_role("table").first.inner_text())


def test_in_english_and_back(desk: Desk) -> None:
    # Given a worker who reads English better
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")
    # When she switches, then the case, its steps and its forms are in English; what people wrote is not
    desk.press("English")
    desk.sees("How to reach the person safely")
    assert desk.page.locator("html").get_attribute("lang") == "en"
    desk.page.get_by_role("link", name="Events", exact=True).click()
    desk.sees("Jag vill bestämma själv vem jag ska leva med.")
    desk.examine()
    # And back
    desk.press("Svenska")
    desk.heading("Händelser")


ROLES = ("Sara L", "Ali D", "Lena K", "Karin B", "Tor A", "Ingrid F", "Hanna M", "Viktor P")


def test_every_item_of_the_menu_leads_somewhere(desk: Desk) -> None:
    # Given each role in turn; when they follow each item of their menu, then the page opens
    for who in ROLES:
        desk.sits(who)
        items = desk.page.get_by_role("navigation", name="Huvudmeny").get_by_role("link").all_inner_texts()
        assert "Modellen" in items
        for item in items:
            desk.menu(item)
            desk.heading(item)


def test_the_manager_is_offered_only_what_is_hers(desk: Desk) -> None:
    # Given the manager, whose team has things to do that are the workers'
    desk.sits("Lena K")
    desk.sees("Planera", within="Teamets ärenden")
    assert not desk.page.get_by_role("link", name=re.compile("^(Planera|Följ upp|Svara)")).count()
    # When she looks at what expires, then the dates are there without the workers' buttons
    desk.menu("Bevakningar")
    desk.sees("Uppföljning")
    assert not desk.page.get_by_role("link", name=re.compile("^Följ upp")).count()
