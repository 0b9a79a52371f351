"""Step 7 at the desk: the checklist, the manager's signature, going home, the way back, and a change of worker."""

import pytest

from tests.journeys import wordings as say
from tests.journeys.desk import NARROW, WIDE, Answers, Desk, day, now, spoken
from tests.journeys.test_other_ways import new_case

pytestmark = pytest.mark.browser
CLOSE, ASK = "Avsluta ärendet", "Be chefen skriva under avslutet"
LIST, WHY = "Checklista inför avslut", "Chefen skriver under det här avslutet"


def ready_to_close(desk: Desk, milestone: Answers | None = None) -> str:
    """A case without shelter in which support is no longer needed; nothing is said of ending yet."""
    reference = new_case(desk)
    desk.record("Gör hot- och riskbedömning", say.risk("Låg"), "Riskbedömningen är sparad")
    needs = say.needs("Klarar själv", "Klarar själv", "Klarar själv")
    desk.record("Bedöm behoven", needs, "Behoven är bedömda")
    if milestone:
        desk.record("Lägg till en milstolpe", milestone, "Milstolpen står i planen")
    desk.record("Avsluta utredningen", say.conclusion("Inget stöd behövs, steg 7"), "Utredningen är klar")
    return reference


def closing(reason: str = "Målet är nått", calls: str = "Nej") -> Answers:
    """What the form asks when the case does not know what the person thinks."""
    heard = {"Personens syn": "Personen har fått säga sitt"}
    return {**say.closure(reason), **heard, "Får vi höra av oss efter 3, 6 och 12 månader?": calls}


def signs(desk: Desk, reference: str) -> None:
    """The manager finds the case and signs."""
    desk.sits("Lena K")
    desk.go_to_case(reference)
    desk.begin("Skriv under avslutet")
    desk.save("Skriv under avslutet", "Ärendet är avslutat")


def row(desk: Desk, title: str) -> str:
    """The word of a row of the checklist, and what the case says."""
    found = desk.page.get_by_role("region", name=LIST).get_by_role("listitem").filter(has_text=title)
    words: str = found.inner_text()
    return words


def test_r8_a_lease_that_ends_in_forty_days(desk: Desk) -> None:
    # Given somebody who needs no more support, and whose lease ends in forty days (R8)
    desk.sits("Sara L")
    lease: Answers = {"Milstolpe": "Hyresavtalet slutar", "Dag": day(40)}
    reference = ready_to_close(desk, lease)

    # When the worker opens the closure, then what is not met and who signs stands there before anything is written
    desk.begin(ASK)
    assert "Inte klart" in row(desk, "Bostad tryggad") and spoken(40) in row(desk, "Bostad tryggad")
    assert "Klart" in row(desk, "Riskbedömning")
    desk.sees("Bostaden är inte tryggad i mer än 90 dagar", within=WHY)
    assert not desk.page.get_by_role("button", name=CLOSE, exact=True).count()
    desk.examine(dark=True)
    desk.write(closing())
    desk.save(ASK, "Chefen har fått frågan")

    # And the manager signs; then the case may be reopened, and the same worker is promised
    signs(desk, reference)
    desk.sits("Sara L")
    desk.go_to_case(reference)
    desk.sees("Samma handläggare: Sara L", within="Efter avslut")
    desk.examine()
    desk.follow("Återuppta", within="Efter avslut")
    desk.sees("Samma handläggare: Sara L")
    back = {"När": now(), "Vem hörde av sig": "Personen själv", "Vad gäller det, på en rad": "Kontraktet är slut."}
    desk.write(back)
    desk.save("Återuppta", "Ärendet är återupptaget i steg 1")
    assert desk.status_of("1 Kontakt").startswith("Öppnat igen") and desk.reference() == reference


def test_the_button_follows_what_is_chosen(desk: Desk) -> None:
    # Given a case with nothing left undone
    desk.sits("Sara L")
    ready_to_close(desk)
    desk.begin(CLOSE)
    button = desk.page.get_by_role("main").get_by_role("button", name=CLOSE, exact=True)
    asking = desk.page.get_by_role("main").get_by_role("button", name=ASK, exact=True)
    button.wait_for()
    assert not asking.count()

    # When the person was not reached, then one button turns into the other, and nothing is typed twice
    desk.write({**closing(), "Personens syn": "Personen nåddes inte"})
    asking.wait_for()
    assert not button.count()
    desk.answer("Personens syn", "Personen har fått säga sitt")
    desk.save(CLOSE, "Ärendet är avslutat")


def test_without_a_script_the_button_follows_too(plain_desk: Desk) -> None:
    # Given a browser where no script runs, and a reason that the manager signs for
    plain_desk.sits("Sara L")
    ready_to_close(plain_desk)
    plain_desk.begin(CLOSE)
    plain_desk.write(closing("Personen vill avsluta"))
    assert not plain_desk.page.get_by_role("main").get_by_role("button", name=CLOSE, exact=True).count()
    plain_desk.save(ASK, "Chefen har fått frågan")


def test_r27_going_home_is_no_reason_and_an_adult_may_end(desk: Desk) -> None:
    # Given an adult who has moved home to the family, and wants to end (R27, B1.7)
    desk.sits("Sara L")
    reference = new_case(desk)
    desk.record("Gör hot- och riskbedömning", say.risk("Låg"), "Riskbedömningen är sparad")
    family = {"Datum": day(), "Kontakt med familjen": "Har flyttat hem"}
    desk.record("Skriv om kontakten med familjen", family, "Kontakten med familjen är sparad")
    wish = {"Datum": day(), "Vi har talat om ifall någon får personen att säga så": "Ja"}
    desk.record("Personen vill avsluta", wish, "Personens vilja är sparad. Steg 7 är öppet.")

    # When the worker opens the closure, then going home is no reason, and what is missing is told
    desk.begin(ASK)
    desk.sees("Att ha flyttat hem är inget skäl till avslut.")
    for title, word in (("Trygghetsplan", "Inte klart"), ("Riskbedömning", "Inte klart"), ("Samtal om", "Klart")):
        assert row(desk, title).startswith(word), title
    reasons = desk.page.get_by_role("group", name="Skäl till avslut").inner_text()
    assert "hem" not in reasons.lower() and "Personen vill avsluta" in reasons
    assert not desk.page.get_by_role("group", name="Personens syn").count(), "the case knows what the person thinks"
    desk.follow("Gör klart senare")

    # When the risk is assessed anew and a safety plan is written, then a way back and the manager close the case
    desk.record("Gör hot- och riskbedömning", say.risk("Medel"), "Riskbedömningen är sparad")
    plan = {"Datum": day(), "Nästa kontakt, på det sätt ni kommit överens om": day(7)}
    desk.record("Skriv trygghetsplan", plan, "Trygghetsplanen är sparad")
    desk.begin(ASK)
    for title in ("Trygghetsplan", "Riskbedömning"):
        assert row(desk, title).startswith("Klart"), title
    desk.write({"Så hör du av dig igen": "Personen har fått veta hur"})
    desk.save(ASK, "Chefen har fått frågan")
    signs(desk, reference)


def test_a_change_of_worker_with_a_note_and_a_meeting(desk: Desk) -> None:
    # Given a case that Sara took, and that Omar is to have (R10)
    desk.sits("Sara L")
    reference = new_case(desk)
    desk.sits("Lena K")
    desk.go_to_case(reference)
    note = "Överlämning: det nästa handläggare behöver veta först"
    over = {"Handläggare": "Omar E", note: "Ring aldrig på fredagar.", "Första mötet tillsammans": day()}
    desk.record("Utse handläggare", over, "Ansvaret är ändrat")
    desk.does_not_see("Ring aldrig på fredagar.")

    # Then the note stands first for Omar, with the meeting; and goes when the two have met
    desk.sits("Omar E")
    desk.go_to_case(reference)
    desk.sees("Ring aldrig på fredagar.", within="Överlämning")
    desk.sees("Första mötet", within="Överlämning")
    desk.sees("Håll första mötet", within="Nu")
    desk.examine(dark=True)
    desk.record(
        "Snabb avstämning",
        {"Hur är läget?": "3, varken eller", "En rad om samtalet": "Vi har träffats."},
        "Avstämningen är sparad",
    )
    assert not desk.page.get_by_role("region", name="Överlämning").count(), "the note stands among the events now"


def test_a_change_of_worker_without_a_meeting_is_a_debt_of_both(desk: Desk) -> None:
    # Given a change of worker with nothing written: nothing stops the manager
    desk.sits("Sara L")
    reference = new_case(desk)
    desk.sits("Lena K")
    desk.go_to_case(reference)
    desk.record("Utse handläggare", {"Handläggare": "Omar E"}, "Ansvaret är ändrat")

    # Then it waits on the list of the manager, and on that of the new worker
    desk.menu("Min dag")
    rows = desk.page.get_by_role("listitem").filter(has_text=reference)
    rows.filter(has_text="Bestäm första mötet").first.wait_for()
    desk.sits("Omar E")
    rows.filter(has_text="Bestäm första mötet").first.wait_for()
    desk.go_to_case(reference)
    desk.sees("Första mötet är inte bestämt", within="Överlämning")


def test_the_checklist_on_paper(desk: Desk) -> None:
    # Given the checklist of a case; when it is printed, then the rows are there and what can be pressed is not
    desk.sits("Sara L")
    ready_to_close(desk)
    desk.begin(CLOSE)
    for size in (NARROW, WIDE):
        desk.page.set_viewport_size(size)
        desk.page.emulate_media(media="print")
        for title in ("Bostad tryggad i mer än 90 dagar", "Personens syn"):
            assert desk.page.get_by_text(title, exact=True).first.is_visible()
        assert not desk.page.get_by_role("button", name=CLOSE, exact=True).count()
        desk.page.emulate_media(media="screen")
