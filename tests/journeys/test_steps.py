"""A journey for each of the seven steps, with the made-up people of the demo."""

import pytest

from tests.journeys import wordings as say
from tests.journeys.desk import Desk, day, spoken

pytestmark = pytest.mark.browser


def test_1_a_contact_becomes_a_case(desk: Desk) -> None:
    # Given somebody who got in touch this morning, and whose contact has no outcome yet
    desk.sits("Sara L")
    desk.menu("Ärenden")
    desk.follow("Kontakter utan utfall 1")
    reference = desk.page.get_by_role("region", name="Kontakter utan utfall").get_by_role("link").first.inner_text()
    desk.follow(reference)
    desk.heading(reference)
    desk.sees("Kontakt, inte ärende")
    desk.sees("Ta ställning till kontakten", within="Nu")

    # When the case worker opens an investigation from the step's own page
    desk.step("1 Kontakt")
    desk.sees("Var är personen i natt?")
    desk.follow("Inled utredning")
    desk.write(say.investigation())
    desk.save("Inled utredning", "Utredning har inletts")

    # Then the contact is a case in step 2, and what comes next stands first
    desk.does_not_see("Kontakt, inte ärende")
    assert desk.status_of("1 Kontakt").startswith("Klart")
    assert desk.status_of("2 Utredning").startswith("Pågår")
    desk.sees("Riskbedömning saknas", within="Nu")


def test_2_the_investigation_finds_needs_and_risk(desk: Desk) -> None:
    # Given a young woman whose money others take, and whose risk nobody has assessed
    desk.sits("David N")
    desk.find_by_name("Maja Rönnglans")
    desk.sees("Riskbedömning saknas", within="Nu")
    desk.sees("Kontakta inte, vänta in")

    # When the worker assesses the risk and the needs, then the step says what is done
    desk.step("2 Utredning")
    desk.sees("Vad säger personen själv?")
    desk.follow("Gör hot- och riskbedömning", within="I det här steget")
    desk.write(say.risk("Medel"))
    desk.save("Gör hot- och riskbedömning", "Riskbedömningen är sparad")
    desk.sees("Medel", within="Nu")
    desk.record("Bedöm behoven", say.needs(occupation="Klarar själv"), "Behoven är bedömda")

    # And when the investigation is concluded with shelter, then step 3 opens
    desk.record("Avsluta utredningen", say.conclusion(), "Utredningen är klar")
    assert desk.status_of("2 Utredning").startswith("Klart")
    assert desk.status_of("3 Beslut").startswith("Pågår")


def test_3_a_decision_and_the_question_about_money(desk: Desk) -> None:
    # Given the woman whose rent was refused, and a new decision that is needed
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")
    desk.step("3 Beslut")
    desk.sees("Vad gäller dagen efter?")

    # When economic assistance is asked again, then the case waits for the answer, and the answer is kept
    desk.follow("Lämna över till ekonomiskt bistånd", within="I det här steget")
    desk.write({"Överlämnat": day(), "Vad det gäller": "Hyra", "Personen samtycker": "Ja"})
    desk.save("Lämna över till ekonomiskt bistånd", "Ekonomiskt bistånd har fått frågan")
    desk.sees("Fråga till ekonomiskt bistånd", within="Nu")
    desk.record("Svar från ekonomiskt bistånd", {"Svaret kom": day(), "Utfall": "Bifall"}, "Svaret är sparat")

    # When the decision has no end, then it cannot be issued; what was written is still there
    desk.begin("Fatta beslut")
    answers = say.decision("Genomgångsbostad")
    desk.write({**answers, "Till och med": ""})
    desk.save("Fatta beslut")
    desk.complains("Beslutet kan inte utfärdas än")
    assert desk.page.get_by_label("Skäl").first.input_value() == answers["Skäl"]
    desk.write({"Till och med": day(365)})
    desk.save("Fatta beslut", "Beslutet är fattat")

    # Then it can be served, and step 3 is done
    assert desk.status_of("3 Beslut").startswith("Klart")
    served = {"Beslut": f"Genomgångsbostad, från {spoken()}", "Delgivet": day()}
    desk.record("Beslutet är delgivet", served, "Delgivningen är sparad")


def test_4_a_place_for_the_young_man(desk: Desk) -> None:
    # Given a young man whom three shelters have turned away, and a request that waits
    desk.sits("Karin B")
    desk.sees("Begäran om plats")
    row = desk.page.get_by_role("region", name="Begäran om plats").get_by_role("listitem").filter(has_text="Man")
    reference = row.first.inner_text().split()[0]

    # When the coordinator finds a flat, by its mark, then the request is answered and she no longer sees him
    desk.follow(f"Placera {reference}")
    desk.write(say.move_in("Cypressen · Skyddat boende, skyddslägenhet"))
    desk.save("Placera", "Placeringen är registrerad")
    desk.does_not_see(reference)

    # And his worker sees where he is by the mark, never the address, and that the time after is to be planned
    desk.sits("Amina H")
    desk.find_by_name("Adam Gransvale")
    desk.sees("Cypressen", within="Stöd")
    desk.does_not_see("Sagostigen")
    desk.step("4 Placering")
    desk.sees("Vad händer vid flytten?")
    desk.follow("Förläng placeringen", within="I det här steget")
    placement = f"Skyddat boende, skyddslägenhet, från {spoken()}"
    desk.write({"Placering": placement, "Planerad sista dag": day(200)})
    desk.save("Förläng placeringen", "Placeringen är förlängd")
    desk.sees("om 200 dagar", within="Stöd")


def test_5_what_comes_after_two_weeks_at_a_time(desk: Desk) -> None:
    # Given a young woman placed two weeks at a time, and step 5 open
    desk.sits("Sara L")
    desk.find_by_name("Ida Frostlind")
    desk.step("5 Behov efter")
    desk.sees("Vem stöttar de första 90 dagarna?")

    # When the needs after shelter are assessed, then step 5 is done
    desk.follow("Bedöm behov efter skyddat boende", within="I det här steget")
    desk.write(say.needs_after("Mellanboende", housing="Behov"))
    desk.save("Bedöm behov efter skyddat boende", "Behoven efter skyddat boende är bedömda")
    assert desk.status_of("5 Behov efter").startswith("Klart")

    # When a contact person is to begin without a decision, then the form says so; with one she begins
    desk.begin("En insats har börjat")
    desk.write(say.support("Kontaktperson"))
    desk.save("En insats har börjat")
    desk.complains("Den här insatsen kräver ett beslut")
    desk.follow("Gör klart senare")
    desk.record("Fatta beslut", say.decision("Kontaktperson"), "Beslutet är fattat")
    answers = say.support("Kontaktperson", "Beslut finns")
    desk.record("En insats har börjat", answers, "Insatsen är registrerad")

    # When it ends and nobody has said what comes then, the question about the day after stands first until answered
    ends = {**say.support_ends("Kontaktperson"), "Vad gäller dagen efter?": "Inte klart än"}
    desk.record("En insats har upphört", ends, "Det är sparat att insatsen har upphört")
    desk.sees("Kontaktperson har upphört, dagen efter är obesvarad", within="Nu")
    desk.follow("Svara på dagen efter", within="Nu")
    question = {
        "Stödet som har upphört": f"Kontaktperson, från {spoken()}",
        "Vad gäller dagen efter?": "Nästa stöd är bestämt",
    }
    desk.write(question)
    desk.save("Svara på vad som gäller dagen efter", "Svaret är sparat")
    desk.does_not_see("dagen efter är obesvarad")


def test_6_the_follow_up_extends_and_changes(desk: Desk) -> None:
    # Given the mother who starts from zero, with a flat and a housing guide
    desk.sits("Sara L")
    desk.find_by_name("Amal Solregn")
    desk.step("6 Uppföljning")

    # When the follow-up extends the flat and changes the guide, with her own words
    desk.follow("Följ upp", within="I det här steget")
    answers = say.follow_up({"Genomgångsbostad Granen": "Förläng", "Boendelots": "Förändra"})
    longer = {"Förläng till och med Genomgångsbostad": "Annat datum", "Annat datum Genomgångsbostad": day(400)}
    desk.write_parts(answers | longer)
    desk.save("Spara uppföljningen", "Uppföljningen är sparad")
    desk.follow("Till ärendet")

    # Then a decision to sign lets the flat go on, the needs are assessed again, and the next follow-up has a date
    desk.sees(spoken(400), within="Utkast till beslut")
    assert desk.status_of("5 Behov efter").startswith("Öppnat igen")
    desk.sees("om 30 dagar", within="Nu")
    desk.follow("Händelser")
    desk.sees("Nu känns det som mitt eget.")


def test_7_the_manager_signs_a_closure(desk: Desk) -> None:
    # Given a woman who wants to end, and a closure that waits for the manager
    desk.sits("Lena K")
    desk.follow("att skriva under")

    # When the manager signs, without having seen a single text
    desk.follow("Skriv under avslutet", within="Att skriva under")
    desk.save("Skriv under avslutet", "Ärendet är avslutat")

    # Then the case is closed, the history is kept, and nothing is due in it
    assert desk.status_of("7 Avslut").startswith("Klart")
    desk.sees("Ärendet är avslutat. Historien finns kvar.", within="Nu")
    desk.does_not_see("Jag vill sluta nu")
    desk.menu("Team")
    assert not desk.page.get_by_role("link", name="att skriva under").count()
