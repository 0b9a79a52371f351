"""Short notice, unsafe nights, moves, going back and going missing: on people made up here, through the pages."""

import re

import pytest

from tests.journeys import wordings as say
from tests.journeys.desk import Answers, Desk, day, now, spoken
from tests.journeys.test_other_ways import new_case

pytestmark = pytest.mark.browser

ALMEN = "Skyddat boende, kollektiv"
COUNTED = {"Sara L": "Min dag", "Lena K": "Team"}  # whose page counts what goes out


def sheltered(desk: Desk, until: int = 60) -> str:
    """A person of Sara's who lives in shelter, assessed today; returns the reference."""
    desk.sits("Sara L")
    reference = new_case(desk)
    desk.record("Skriv hur du når personen säkert", say.safe_contact(), "Säker kontakt är sparad")
    desk.record("Gör hot- och riskbedömning", say.risk(), "Riskbedömningen är sparad")
    desk.record("Bedöm behoven", say.needs(), "Behoven är bedömda")
    desk.record("Avsluta utredningen", say.conclusion(), "Utredningen är klar")
    desk.record("Fatta beslut", say.decision(), "Beslutet är fattat")
    home = {**say.move_in(), "Planerad sista dag": day(until)}
    desk.record("Placera", home, "Placeringen är registrerad")
    return reference


def rows(desk: Desk, reference: str) -> list[str]:
    """The rows of *Min dag* about a case, in their order, as words."""
    desk.menu("Min dag")
    found = desk.page.locator("li.row", has=desk.page.get_by_role("link", name=reference, exact=True))
    return [" ".join(text.split()) for text in found.all_inner_texts()]


def nights_on_team(desk: Desk) -> int:
    """The manager's count of unsafe nights."""
    desk.menu("Team")
    return counted(desk, "osäker natt")


def counted(desk: Desk, words: str) -> int:
    figure = desk.page.locator("ul.figures li", has_text=words)
    return int(re.findall(r"\d+", figure.first.inner_text())[0])


def in_band(desk: Desk, page: str = "", band: str = "Inom 14 dagar") -> int:
    """How much goes out in a band, as the page says it; ``page`` of the menu, else the case that is open."""
    if page:
        desk.menu(page)
    found = re.search(rf"{band} (\d+)", desk.page.get_by_role("main").inner_text())
    return int(found[1]) if found else 0


# --- R2: an ending at short notice ----------------------------------------------------------------------


def test_r2_a_placement_ends_tomorrow_and_nothing_is_known(desk: Desk) -> None:
    reference = sheltered(desk)
    desk.sits("Lena K")
    before = nights_on_team(desk)

    # When the shelter says that it ends tomorrow, the guided form is one click from the case, and saves bare
    desk.sits("Sara L")
    desk.go_to_case(reference)
    desk.press_link("Akut avslut")
    desk.heading("Akut avslut")
    desk.examine()
    desk.write({"Sista natten i boendet": "I morgon"})
    desk.save("Spara det akuta avslutet", "Det akuta avslutet är sparat")

    # Then the placement runs until tomorrow, the night is unknown, and the debts are first on Min dag
    desk.sees(f"{spoken(1)}", within="Stöd")
    listed = rows(desk, reference)
    assert "Natten är osäker" in listed[0] and "Akut avslut utan bestämt samtal" in listed[1], listed

    # And the manager sees one more unsafe night, by reference, with nothing of the case
    desk.sits("Lena K")
    assert nights_on_team(desk) == before + 1
    desk.follow("osäker natt")
    desk.sees(reference)

    # When the worker has reached the person, the alarm is gone from both
    desk.sits("Sara L")
    desk.go_to_case(reference)
    safe = {"En rad om samtalet": "Hos en vän, lugnt.", "Var sover personen i natt?": "Skyddat boende"}
    check_in(desk, {"Hur är läget?": "3, varken eller", **safe})
    assert not [row for row in rows(desk, reference) if "Natten är osäker" in row or "Akut avslut" in row]
    desk.sits("Lena K")
    assert nights_on_team(desk) == before


def check_in(desk: Desk, answers: Answers) -> None:
    """A quick check-in, with where the person sleeps tonight."""
    desk.begin("Snabb avstämning")
    desk.page.locator("summary").filter(has_text="Var sover personen i natt?").click()
    desk.write(answers)
    desk.save("Snabb avstämning", "Avstämningen är sparad")


def test_a_placement_ends_today_with_all_answered(desk: Desk) -> None:
    reference = sheltered(desk)
    desk.go_to_case(reference)
    desk.press_link("Akut avslut")
    desk.write(
        {
            "Sista natten i boendet": "I dag",
            "Var sover personen i natt?": "Tillfälligt hos någon, känner sig trygg",
            "Vem ringer": "Sara L",
            "När": f"{day(1)}T09:30",
            "Är faran omedelbar?": "Nej",
            "Vad gäller dagen efter?": "Nästa stöd är bestämt",
        }
    )
    desk.save("Spara det akuta avslutet", "Det akuta avslutet är sparat")
    assert desk.status_of("5 Behov efter").startswith("Pågår")
    listed = rows(desk, reference)
    assert any("Ring" in row and "Lovat samtal" in row for row in listed), listed
    assert not [row for row in listed if "Natten är osäker" in row or "Svara på dagen efter" in row]


def test_r2_thirteen_days_before_the_end_all_pages_agree(desk: Desk) -> None:
    """D−13: the same placement, the same band, for the worker and for the manager, and on the case itself.

    Min dag, the case and the team page each say how much goes out in the band, and all three count alike.
    """
    before = {}
    for who, page in COUNTED.items():
        desk.sits(who)
        before[page] = in_band(desk, page)
    reference = sheltered(desk, until=13)
    here = in_band(desk)
    assert here >= 1
    for who, page in COUNTED.items():
        desk.sits(who)
        assert in_band(desk, page) - before[page] == here, page
    found = {}
    for who in ("Sara L", "Lena K"):
        desk.sits(who)
        desk.menu("Bevakningar")
        band = desk.page.get_by_role("region", name=re.compile("^Inom 14 dagar"))
        found[who] = band.locator("li.row", has_text=reference).filter(has_text=ALMEN).count()
    assert found == {"Sara L": 1, "Lena K": 1}
    desk.sits("Sara L")
    desk.menu("Bevakningar")
    desk.page.get_by_role("link", name=f"Akut avslut {reference}").first.click()
    desk.heading("Akut avslut")
    desk.go_to_case(reference)
    desk.sees(spoken(13), within="Stöd")
    desk.sees("om 13 dagar", within="Stöd")


# --- R4: a move gives two tasks ----------------------------------------------------------------------------


def test_r4_a_move_gives_a_review_and_a_follow_up_that_stay_until_recorded(desk: Desk) -> None:
    reference = sheltered(desk)
    desk.record("Placeringen har upphört", say.move_out(), "Det är sparat att placeringen har upphört")
    desk.sees("Något har hänt sedan förra bedömningen", within="Nu")
    desk.sees("Uppföljning efter flytt", within="Nu")
    desk.follow("Trygghet")
    desk.sees("Flytt", within="Risk över tid")
    desk.sees("om 7 dagar", within="Risk över tid")

    # A note and new needs do not settle them
    desk.record("Skriv anteckning", {"När": now(), "Anteckning": "Flytten gick bra."}, "Anteckningen är låst")
    desk.sees("Något har hänt sedan förra bedömningen", within="Nu")

    # Unchanged, one line, settles the review and leaves the follow-up
    desk.follow("Trygghet")
    desk.follow("Oförändrad, en rad")
    desk.write({"Varför risken är oförändrad, på en rad": "Ingen vet var boendet är.", "Bedöms igen senast": day(60)})
    desk.save("Risken är oförändrad", "Det är sparat att risken är oförändrad")
    desk.heading("Trygghet")
    desk.sees("Inget har hänt som kräver en ny bedömning nu.", within="Risk över tid")
    desk.sees("Ingen vet var boendet är.", within="Risk över tid")
    desk.follow("Översikt")
    desk.sees("Uppföljning efter flytt", within="Nu")
    desk.does_not_see("Något har hänt sedan förra bedömningen")

    desk.record("Bedöm behov efter skyddat boende", say.needs_after(), "Behoven efter skyddat boende är bedömda")
    desk.follow_up(say.follow_up({}))
    desk.does_not_see("Uppföljning efter flytt")
    assert desk.reference() == reference


# --- R25: no assessment -------------------------------------------------------------------------------------


def test_r25_step_2_ends_without_an_assessment_and_the_debt_has_its_day(desk: Desk) -> None:
    desk.sits("Sara L")
    reference = new_case(desk)
    desk.record("Bedöm behoven", say.needs(), "Behoven är bedömda")
    desk.begin("Avsluta utredningen")
    desk.page.get_by_role("group", name="Riskbedömning saknas. Varför?").wait_for()
    desk.write({"Riskbedömning saknas. Varför?": "Akut, skyddet går först"})
    desk.write(say.conclusion("Stöd utan skyddat boende, steg 5"))
    desk.save("Avsluta utredningen", "Utredningen är klar")
    desk.sees("Riskbedömning saknas", within="Nu")
    assert any("Gör riskbedömning" in row and "Riskbedömning saknas" in row for row in rows(desk, reference))
    desk.go_to_case(reference)
    desk.follow("Trygghet")
    desk.sees("Ingen riskbedömning är gjord än.", within="Risk över tid")
    desk.follow("Gör ny bedömning")
    desk.write({**say.risk("Medel"), "Personens egen bedömning": "Räddast på vägen hem."})
    desk.save("Gör hot- och riskbedömning", "Riskbedömningen är sparad")
    desk.heading("Trygghet")
    desk.sees("Räddast på vägen hem.", within="Risk över tid")
    desk.examine(dark=True)


# --- R24: an unsafe night -------------------------------------------------------------------------------------


def test_r24_an_unsafe_night_is_first_the_same_day_and_the_stand_in_hears_of_it(desk: Desk) -> None:
    reference = sheltered(desk)
    unsafe = {"En rad om samtalet": "Rädd i kväll.", "Var sover personen i natt?": "Osäkert"}
    check_in(desk, {"Hur är läget?": "1, mycket svårt", **unsafe})
    desk.sees("Natten är osäker", within="Nu")
    listed = rows(desk, reference)
    assert "Natten är osäker" in listed[0] and listed[0].startswith("Ring"), listed

    # Given a night that has been unsafe for more than a day, without anybody having acted
    desk.sits("David N")
    forgotten = desk.find_by_name("Maja Rönnglans")
    assert "Natten är osäker" in rows(desk, forgotten)[0]
    # Then the stand-in, who has no right to the case yet, is told of it: the reference, and since when
    desk.sits("Elin S")
    told = desk.page.get_by_role("region", name="Osäker natt som ingen har följt upp")
    told.get_by_text(forgotten).wait_for()
    assert not told.get_by_role("link").count()


# --- R27: going back --------------------------------------------------------------------------------------------


def test_r27_more_contact_asks_for_a_plan_and_an_unchanged_level_for_nothing(desk: Desk) -> None:
    reference = sheltered(desk)
    desk.follow("Trygghet")

    # The first word and the same word again ask for nothing
    for _ in range(2):
        desk.follow("Skriv om kontakten med familjen")
        desk.write({"Datum": day(), "Kontakt med familjen": "Enstaka"})
        desk.save("Skriv om kontakten med familjen", "Kontakten med familjen är sparad")
        desk.heading("Trygghet")
        desk.does_not_see("Trygghetsplan vid återvändande")

    # A move home asks for the plan first of all; both voices stand side by side, without blame
    desk.follow("Skriv om kontakten med familjen")
    desk.write({"Datum": day(), "Kontakt med familjen": "Har flyttat hem", "Vad personen vill": "Vara nära syskonen."})
    desk.write({"Vår bedömning": "Vi är oroliga för sommaren."})
    desk.save("Skriv om kontakten med familjen", "Kontakten med familjen är sparad")
    desk.sees("Trygghetsplan vid återvändande")
    desk.sees("Vara nära syskonen.", within="Kontakt med familjen")
    desk.sees("Vi är oroliga för sommaren.", within="Kontakt med familjen")
    assert any("Skriv trygghetsplan" in row for row in rows(desk, reference))
    desk.go_to_case(reference)
    desk.follow("Trygghet")

    # The plan is written, and the papers are hidden until somebody asks
    desk.open(desk.page.get_by_role("region", name="Trygghetsplan vid").get_by_role("link", name="Skriv trygghetsplan"))
    desk.write({"Ord eller tecken som betyder fara": "Frågar om regnet", "Planerad resa": day(40)})
    desk.write({"Var pass och id-handling finns": "Hos skolsköterskan", "Personen har fått numren till": ("Polisen",)})
    desk.save("Skriv trygghetsplan", "Trygghetsplanen är sparad")
    desk.does_not_see("Trygghetsplan vid återvändande")
    desk.sees("om 14 dagar", within="Trygghetsplan")
    desk.does_not_see("Hos skolsköterskan")
    desk.press("Visa var pass")
    desk.sees("Hos skolsköterskan", within="Trygghetsplan")
    desk.follow("Dölj")
    desk.does_not_see("Hos skolsköterskan")

    # The journey proposes a milestone, added by one press, and the case cannot be closed for having gone home
    desk.press("Lägg till milstolpen")
    desk.page.get_by_role("status").get_by_text("Milstolpen står i planen").wait_for()
    desk.does_not_see("Lägg till milstolpen")
    desk.follow("Plan")
    desk.page.get_by_text("Lov eller skolstart").first.wait_for()


def test_where_contact_may_be_watched_the_page_says_wait(desk: Desk) -> None:
    sheltered(desk)
    card = {**say.safe_contact(), "Kontakten kan vara övervakad": "Ja"}
    desk.record("Skriv hur du når personen säkert", card, "Säker kontakt är sparad")
    plan = {"Datum": day()}
    desk.record("Skriv trygghetsplan", plan, "Trygghetsplanen är sparad")
    desk.follow("Trygghet")
    desk.sees("Vänta in", within="Trygghetsplan")
    desk.sees("Hör inte av dig.", within="Trygghetsplan")
    desk.press_link("Akut avslut")
    desk.sees("Vem väntar in, och när?")
    desk.does_not_see("Vem ringer")


# --- missing or taken away ------------------------------------------------------------------------------------------


def test_somebody_missing_is_searched_for_by_a_list(desk: Desk) -> None:
    reference = sheltered(desk)
    desk.follow("Trygghet")
    desk.follow("Försvunnen eller bortförd")
    desk.write({"När": now(), "Vad vet vi?": "Befaras bortförd"})
    desk.save("Försvunnen eller bortförd", "Listan över vad som ska göras står överst på Min dag")
    desk.heading("Försvunnen eller bortförd")
    desk.sees("114 14", within="Nummer att ringa")
    desk.sees("Senast kontrollerad", within="Nummer att ringa")
    desk.examine()

    # Each thing that is done says who and when; the rest stays to be ticked
    desk.page.get_by_label("Chefen vet", exact=True).check()
    desk.save("Spara det som är gjort", "Det är sparat")
    assert re.search(r"Chefen vet Sara L, \d", " ".join(desk.page.locator(".is-done").inner_text().split()))
    desk.page.get_by_label("Polisen är larmad, 112 eller 114 14", exact=True).check()
    desk.save("Spara det som är gjort", "Det är sparat")
    assert desk.page.locator(".is-done").count() == 2 and desk.page.get_by_role("checkbox").count() == 6

    # It is first on Min dag, and the head of every page of the case says it
    listed = rows(desk, reference)
    assert "Fortsätt sökandet" in listed[0] and "6 saker kvar på listan" in listed[0], listed
    desk.press_link(f"Fortsätt sökandet {reference}")
    desk.heading("Försvunnen eller bortförd")
    desk.go_to_case(reference)
    for page in ("Översikt", "Plan", "Trygghet", "Händelser"):
        desk.follow(page)
        desk.page.get_by_text(re.compile("Försvunnen sedan")).first.wait_for()

    # Heard from: the search is over
    desk.follow("Trygghet")
    desk.follow("Till listan")
    desk.follow("Personen är tillbaka eller har hört av sig")
    desk.write({"När": now(), "Var sover personen i natt?": "Skyddat boende"})
    desk.save("Personen är tillbaka eller har hört av sig", "Det är sparat att personen har hört av sig")
    desk.does_not_see("Försvunnen sedan")
    assert not [row for row in rows(desk, reference) if "Fortsätt sökandet" in row]


# --- R28: family work -------------------------------------------------------------------------------------------------


def test_r28_family_work_without_an_assessment_is_warned_of_and_never_stopped(desk: Desk) -> None:
    desk.sits("Sara L")
    new_case(desk)
    desk.record("Bedöm behoven", say.needs(), "Behoven är bedömda")
    desk.begin("Planera ett stöd")
    desk.page.get_by_text("Familjearbete: gör en riskbedömning först").wait_for()
    why = desk.page.get_by_role("group", name="Familjearbete utan ny riskbedömning. Varför?")
    assert not why.count(), "asked for family work and for nothing else"
    desk.write({"Insats": "Familjearbete", "Från och med": day(10), "Hur säkert är det?": "Föreslaget"})
    why.wait_for()
    desk.write({"Familjearbete utan ny riskbedömning. Varför?": "Bedömningen är bokad"})
    desk.save("Planera ett stöd", "Det planerade stödet är sparat")
    desk.follow("Trygghet")
    desk.sees("Familjearbete: gör en riskbedömning först", within="Risk över tid")
    desk.follow("Gör ny bedömning")
    desk.write(say.risk("Låg"))
    desk.save("Gör hot- och riskbedömning", "Riskbedömningen är sparad")
    desk.does_not_see("Familjearbete: gör en riskbedömning först")
