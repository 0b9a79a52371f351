"""One person's whole way through the seven steps."""

import pytest

from tests.journeys import wordings as say
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def test_through_all_seven_steps(desk: Desk) -> None:
    # Given a case worker at her desk
    desk.sits("Sara L")
    desk.heading("Min dag")

    # When somebody gets in touch, then there is a contact with a reference (step 1)
    desk.menu("Ärenden")
    desk.follow("Ny kontakt")
    desk.write(say.contact())
    desk.save("Ny kontakt", "Kontakten är registrerad")
    reference = desk.reference()
    assert desk.status_of("1 Kontakt").startswith("Pågår")

    # When an investigation is opened, then it is a case, and the manager names a stand-in
    desk.record("Inled utredning", say.investigation(), "Utredning har inletts")
    assert desk.status_of("2 Utredning").startswith("Pågår")
    desk.sits("Lena K")
    desk.heading("Team")
    desk.follow(reference, within="Teamets ärenden")
    desk.record("Utse handläggare", {"Handläggare": "Sara L", "Vikarie": "Omar E"}, "Ansvaret är ändrat")

    # When needs, risk and safe contact are known, then the investigation is concluded (step 2)
    desk.sits("Sara L")
    desk.go_to_case(reference)
    desk.record("Bedöm behoven", say.needs(), "Behoven är bedömda")
    desk.record("Gör hot- och riskbedömning", say.risk(), "Riskbedömningen är sparad")
    desk.record("Skriv hur du når personen säkert", say.safe_contact(), "Säker kontakt är sparad")
    desk.record("Avsluta utredningen", say.conclusion(), "Utredningen är klar")
    assert desk.status_of("2 Utredning").startswith("Klart")

    # When shelter is granted, then a place is asked for (step 3)
    desk.record("Fatta beslut", say.decision(), "Beslutet är fattat")
    assert desk.status_of("3 Beslut").startswith("Klart")
    desk.record("Be om en plats", say.place(), "Begäran är skickad till boendesamordnaren")

    # When the coordinator has found a place, then the person lives in shelter (step 4)
    desk.sits("Karin B")
    desk.heading("Boende")
    desk.follow(f"Placera {reference}", within="Begäran om plats")
    desk.write(say.move_in())
    desk.save("Placera", "Placeringen är registrerad")
    desk.heading("Boende")
    desk.does_not_see(reference)

    # When the placement ends, then the day after is answered and the needs after are assessed (step 5)
    desk.sits("Sara L")
    desk.go_to_case(reference)
    assert desk.status_of("4 Placering").startswith("Pågår")
    desk.sees("Almen", within="Stöd")
    desk.record("Placeringen har upphört", say.move_out(), "Det är sparat att placeringen har upphört")
    assert desk.status_of("4 Placering").startswith("Klart")
    assert desk.status_of("5 Behov efter").startswith("Pågår")
    desk.record("Bedöm behov efter skyddat boende", say.needs_after(), "Behoven efter skyddat boende är bedömda")

    # When support has begun, then it is extended, changed and ended in the follow-ups (step 6)
    desk.record("En insats har börjat", say.support("Boendelots"), "Insatsen är registrerad")
    desk.record("En insats har börjat", say.support("Stödsamtal"), "Insatsen är registrerad")
    outcomes = say.follow_up({"Boendelots": "Förändra", "Stödsamtal": "Förläng"})
    desk.follow_up(outcomes)
    assert desk.status_of("5 Behov efter").startswith("Öppnat igen")
    desk.record("Bedöm behov efter skyddat boende", say.needs_after(), "Behoven efter skyddat boende är bedömda")
    outcomes = say.follow_up({"Boendelots": "Avsluta", "Stödsamtal": "Avsluta"}, "Nej, förbered avslut")
    desk.follow_up(outcomes)
    desk.record("En insats har upphört", say.support_ends("Boendelots"), "Det är sparat att insatsen har upphört")
    desk.record("En insats har upphört", say.support_ends("Stödsamtal"), "Det är sparat att insatsen har upphört")

    # When the person no longer needs support, then the case closes, and the history is kept (step 7)
    desk.record("Gör hot- och riskbedömning", say.risk("Låg"), "Riskbedömningen är sparad")
    desk.record("Avsluta ärendet", say.closure(), "Ärendet är avslutat")
    assert desk.status_of("7 Avslut").startswith("Klart")
    desk.sees("Ärendet är avslutat. Historien finns kvar.")
    desk.follow("Händelser")
    desk.sees("Hon behöver skydd nu.")
