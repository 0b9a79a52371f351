"""The other ways through the model: the acute night, support without shelter, the loops, the other endings."""

import pytest

from tests.journeys import wordings as say
from tests.journeys.desk import Desk, day, now

pytestmark = pytest.mark.browser


def new_contact(desk: Desk, **changed: str) -> str:
    """Somebody gets in touch; returns the reference."""
    desk.menu("Ärenden")
    desk.follow("Ny kontakt")
    desk.write(say.contact() | changed)
    desk.save("Ny kontakt", "Kontakten är registrerad")
    return desk.reference()


def new_case(desk: Desk) -> str:
    """Somebody gets in touch, and an investigation is opened."""
    reference = new_contact(desk)
    desk.record("Inled utredning", say.investigation(), "Utredning har inletts")
    return reference


# --- the acute night -------------------------------------------------------------------------


def test_the_acute_night_and_the_next_working_day(desk: Desk) -> None:
    # Given the duty service at night, and the police on the telephone
    desk.sits("Ali D")
    night = {"Vem hörde av sig": "Polis", "Var sover personen i natt?": "Osäkert"}
    reference = new_contact(desk, **night)

    # When an acute investigation is opened, then steps 2, 3 and 4 are open at once
    acute = {**say.investigation(), "Akut: personen behöver skydd i natt": "Ja"}
    desk.record("Inled utredning", acute, "Utredning har inletts")
    assert [desk.status_of(s).split(",")[0] for s in ("2 Utredning", "3 Beslut", "4 Placering")] == ["Pågår"] * 3
    desk.sees("Natten är osäker", within="Nu")

    # When the acute questions are answered and the decision is oral, then she is placed before the investigation ends
    questions = {"När": now(), "Var sover personen i natt?": "Osäkert", "Är faran omedelbar?": "Ja"}
    questions["Det vi gör i natt"] = "Polisen kör henne. Telefonen är avstängd."
    desk.record("Akuta säkerhetsfrågor", questions, "De akuta säkerhetsfrågorna är besvarade")
    oral = say.move_in("Björken · Skyddat boende, kollektiv", "Muntligt beslut i natt, skrivs nästa arbetsdag")
    desk.record("Placera", oral, "Placeringen är registrerad")
    assert desk.status_of("2 Utredning").startswith("Pågår")
    safe = {**questions, "Var sover personen i natt?": "Skyddat boende", "Är faran omedelbar?": "Nej"}
    desk.record("Akuta säkerhetsfrågor", safe, "De akuta säkerhetsfrågorna är besvarade")

    # When it is handed over to the team, then the duty service sees what a made-up reference would show
    desk.record("Lämna över till RVT", {"Handläggare": "Sara L"}, "Ärendet är överlämnat till RVT")
    desk.heading("Min dag")
    desk.does_not_see(reference)
    desk.page.go_back()
    desk.heading("Sidan finns inte")
    hidden = desk.page.get_by_role("main").inner_text()
    desk.follow("Till startsidan")
    answers = [searched(desk, typed) for typed in (reference, "XXXXXX")]
    assert answers[0] == answers[1]
    assert "Kontrollera referensen." in hidden

    # And the team has it the next day: the written decision and the structured assessment are to be made
    desk.sits("Sara L")
    desk.go_to_case(reference)
    desk.sees("Riskbedömning saknas", within="Nu")
    desk.record("Gör hot- och riskbedömning", say.risk(), "Riskbedömningen är sparad")
    desk.record("Fatta beslut", say.decision(), "Beslutet är fattat")
    desk.record("Bedöm behoven", say.needs(), "Behoven är bedömda")
    desk.record("Avsluta utredningen", say.conclusion(), "Utredningen är klar")
    assert desk.status_of("4 Placering").startswith("Pågår")


def searched(desk: Desk, reference: str) -> str:
    """What a search by this reference shows."""
    field = desk.page.get_by_label("Gå till ärende, skriv referensen")
    field.fill(reference)
    with desk.page.expect_navigation():
        field.press("Enter")
    desk.page.get_by_role("status").filter(has_text="0 träffar").wait_for()
    words: str = desk.page.get_by_role("main").inner_text()
    return words


# --- support without shelter, and the loops ----------------------------------------------------


def test_support_without_shelter(desk: Desk) -> None:
    # Given somebody who is safe at home and needs somebody to talk to
    desk.sits("Sara L")
    new_case(desk)
    desk.record("Gör hot- och riskbedömning", say.risk("Låg"), "Riskbedömningen är sparad")
    desk.record("Bedöm behoven", say.needs(housing="Inget behov nu"), "Behoven är bedömda")

    # When the investigation is concluded without shelter, then 3 and 4 do not apply and 5 is open
    path = say.conclusion("Stöd utan skyddat boende, steg 5")
    desk.record("Avsluta utredningen", path, "Utredningen är klar")
    assert desk.status_of("3 Beslut") == desk.status_of("4 Placering") == "Inte aktuellt"
    assert desk.status_of("5 Behov efter").startswith("Pågår")

    # Then support begins, is followed up, and the case can close without a placement ever having been
    after = say.needs_after()
    desk.record("Bedöm behov efter skyddat boende", after, "Behoven efter skyddat boende är bedömda")
    desk.record("En insats har börjat", say.support("Stödsamtal"), "Insatsen är registrerad")
    ends = say.follow_up({"Stödsamtal": "Avsluta"}, "Nej, förbered avslut")
    desk.follow_up(ends)
    desk.record("En insats har upphört", say.support_ends("Stödsamtal"), "Det är sparat att insatsen har upphört")
    desk.record("Avsluta ärendet", say.closure(), "Ärendet är avslutat")
    desk.sees("Historien finns kvar", within="Nu")


def test_from_follow_up_back_to_needs_and_to_a_decision(desk: Desk) -> None:
    # Given the man who waits for psychiatry, in follow-up
    desk.sits("Johan W")
    desk.find_by_name("Elias Tranemyr")
    assert desk.status_of("6 Uppföljning").startswith("Pågår")

    # When his needs have changed, then step 5 is open again beside step 6 (6 → 5)
    desk.record("Behoven har ändrats", {"Datum": day()}, "Steg 5 är öppnat igen")
    assert desk.status_of("5 Behov efter").startswith("Öppnat igen")
    desk.sees("Steg 5 är öppet", within="Nu")

    # When a new decision is needed, then step 3 is open too (6 → 3); a decision closes it again
    desk.record("Ett nytt beslut behövs", {"Datum": day()}, "Steg 3 är öppnat igen")
    assert desk.status_of("3 Beslut").startswith(("Öppnat igen", "Pågår"))
    desk.sees("3 steg är öppna samtidigt")
    desk.record("Fatta beslut", say.decision("Boendestöd", "Johan W"), "Beslutet är fattat")
    assert desk.status_of("3 Beslut").startswith("Klart")
    desk.record("Bedöm behov efter skyddat boende", say.needs_after(), "Behoven efter skyddat boende är bedömda")
    assert desk.status_of("5 Behov efter").startswith("Klart")


def test_the_one_who_had_left_comes_back(desk: Desk) -> None:
    # Given a case that was closed because the goal was met
    desk.sits("Elin S")
    desk.find_by_name("Zahra Stjärnmo")
    desk.sees("Ärendet är avslutat. Historien finns kvar.", within="Nu")

    # When she is in touch again, then the same case opens in step 1 with its history (7 → 1)
    back = {"När": now(), "Vem hörde av sig": "Personen själv", "Vad gäller det, på en rad": "Hon vill tala med någon."}
    desk.record("Återuppta", back, "Ärendet är återupptaget i steg 1")
    assert desk.status_of("1 Kontakt").startswith("Öppnat igen")
    desk.follow("Händelser")
    desk.sees("Tack för att ni fanns hela vägen.")
    desk.follow("Översikt")
    desk.record("Inled utredning", say.investigation(), "Utredning har inletts")
    assert desk.status_of("2 Utredning").startswith("Öppnat igen")


# --- how a contact may end ----------------------------------------------------------------------


def test_no_investigation_is_opened(desk: Desk) -> None:
    # Given a contact about something else; when it is settled with a reason, then it is closed and no case
    desk.sits("Sara L")
    new_contact(desk)
    reason = {"Sista dag": day(), "Skäl": "Gäller inte våld eller förtryck"}
    desk.record("Utredning inleds inte", reason, "Utredning inleds inte")
    desk.sees("Ärendet är avslutat. Historien finns kvar.", within="Nu")


def test_advice_leaves_nothing_behind(desk: Desk) -> None:
    # Given somebody who only asks
    desk.sits("Sara L")
    reference = new_contact(desk, **{"Namn personen vill bli kallad": "Vendela"})
    # When it was advice, then nothing about the person is kept: the reference leads to an empty, closed contact
    desk.begin("Rådgivning, inget sparas")
    desk.sees("Det som står om personen raderas.")
    desk.write({"Sista dag": day()})
    desk.save("Rådgivning, inget sparas", "Rådgivning gavs. Inget om personen har sparats.")
    desk.heading("Min dag")
    desk.go_to_case(reference)
    desk.follow("Händelser")
    desk.does_not_see("Vendela")
    desk.does_not_see("giftas bort")


def test_handed_over_to_another_unit(desk: Desk) -> None:
    # Given a contact that belongs to another district; when it is handed over, then it is closed here
    desk.sits("Sara L")
    new_contact(desk)
    receiver = {"Sista dag": day(), "Till vem": "RVT i ett annat stadsdelsområde"}
    desk.record("Lämna över till annan", receiver, "Kontakten är överlämnad")
    desk.sees("Kontakten är överlämnad")


def test_a_child_who_comes_alone(desk: Desk) -> None:
    # Given a child without an adult; when the contact is taken, then Barn och unga has it at once
    desk.sits("Sara L")
    new_contact(desk, **{"Ålder": "Under 18", "Barnet kommer utan vuxen vårdnadshavare": "Ja"})
    desk.sees("Ärendet är avslutat. Historien finns kvar.", within="Nu")
    desk.follow("Händelser")
    desk.sees("Barn och unga")
    desk.sees("Skyddsbedömning är begärd")


# --- how a case may end otherwise ---------------------------------------------------------------


def test_she_declines_and_the_manager_signs(desk: Desk) -> None:
    # Given an adult in investigation who wants no more support
    desk.sits("Sara L")
    reference = new_case(desk)
    wish = {"Datum": day(), "Vi har talat om ifall någon får personen att säga så": "Ja"}
    desk.record("Personen vill avsluta", wish, "Personens vilja är sparad. Steg 7 är öppet.")

    # When the worker would close alone, then she has to ask the manager
    desk.step("7 Avslut")
    assert not desk.page.get_by_role("link", name="Avsluta ärendet", exact=True).count()
    desk.follow("Be chefen skriva under avslutet", within="I det här steget")
    desk.write(say.closure("Personen vill avsluta"))
    desk.save("Be chefen skriva under avslutet", "Chefen har fått frågan")

    # Then the manager signs, and the case is closed
    desk.sits("Lena K")
    desk.follow("att skriva under")
    row = desk.page.get_by_role("region", name="Att skriva under").get_by_role("listitem").filter(has_text=reference)
    desk.open(row.get_by_role("link", name="Skriv under avslutet"))
    desk.save("Skriv under avslutet", "Ärendet är avslutat")
    assert desk.reference() == reference


@pytest.mark.parametrize(
    ("name", "event", "answers", "said"),
    [
        ("Samira Molnvik", "Dödsfall", {"Datum": day()}, "Ärendet är avslutat"),
        ("Ida Frostlind", "Registrerat i fel", {"Datum": day(), "Varför": "Fel person"}, "Ärendet är makulerat"),
        (
            "Amal Solregn",
            "En annan kommun har tagit över",
            {"Datum": day(), "Kommunen tar över placeringen": "Ja"},
            "Ärendet är överflyttat",
        ),
    ],
    ids=["death", "registered in error", "another municipality"],
)
def test_endings_that_are_the_managers(desk: Desk, name: str, event: str, answers: dict[str, str], said: str) -> None:
    # Given a case of the unit, with its worker, who cannot end it this way
    desk.sits("Sara L")
    reference = desk.find_by_name(name)
    desk.step("7 Avslut")
    assert not desk.page.get_by_role("link", name=event, exact=True).count()
    # When the manager records how it ended, then the case is closed and says how
    desk.sits("Lena K")
    desk.follow(reference, within="Teamets ärenden")
    desk.record(event, answers, said)
    desk.sees(said)
    desk.sees("Historien finns kvar", within="Nu")
