"""Who does what, who the contact has been, and what others are to answer (R10, R11, R15, R17, R22, R30)."""

import re

import pytest

from tests.journeys.desk import Desk, day, spoken

pytestmark = pytest.mark.browser


def test_r11_who_pays_the_bills_is_one_press_away(desk: Desk) -> None:
    # Given the page of a case
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")

    # When the worker asks who has the bills, then one press shows it: nobody
    desk.follow("Vem gör vad")
    row = desk.page.get_by_role("row", name="Räkningar och post")
    row.get_by_text("Ingen ansvarig").wait_for()
    assert row.locator(".alarm").count() == 1
    desk.examine(dark=True)

    # When somebody is named, then the form knows what about, and the wait for a yes is counted
    desk.open(row.get_by_role("link", name="Utse Räkningar och post"))
    assert desk.page.get_by_label("Vad gäller det?").input_value() == "bills"
    desk.write({"Vilken enhet": "Boendelots", "Vem där": "Mira", "Nästa sak att göra": "Öppna posten tillsammans"})
    desk.save("Skriv vem som gör vad", "Ansvaret är sparat")
    desk.heading("Vem gör vad")
    assert row.inner_text().split("\t")[1].startswith("Boendelots Mira")
    row.get_by_text("Väntar på svar, frågad i dag").wait_for()
    desk.picture("vem-gor-vad")

    # And it has moved to what others are to answer (R15), and leaves it with a yes: what was written is kept
    desk.follow("Väntar på andra")
    desk.sees("Boendelots: räkningar och post")
    desk.press_link("Svaret har kommit Boendelots")
    assert desk.page.get_by_label("Vem där").input_value() == "Mira"
    desk.write({"Mottagaren har sagt ja": "Ja"})
    desk.save("Skriv vem som gör vad", "Ansvaret är sparat")
    row.get_by_text("Har sagt ja").wait_for()
    desk.follow("Väntar på andra")
    desk.sees("Räkningar och post: Boendelots", within="Andra gör det här")

    # And the manager sees the unit and that there are things without anybody, but no names
    desk.sits("Lena K")
    desk.find_by_name("Samira Molnvik")
    desk.sees("Ingen ansvarig för")
    desk.follow("Vem gör vad")
    desk.sees("Boendelots")
    desk.does_not_see("Mira")
    desk.does_not_see("Öppna posten")
    assert row.get_by_text("dolt").count() == 2
    desk.examine()


def test_r10_the_chain_of_contacts_says_who_and_for_how_long(desk: Desk) -> None:
    # Given a case that its manager hands over to somebody else, with a first meeting
    desk.sits("Lena K")
    desk.find_by_name("Ida Frostlind")
    handed = {"Handläggare": "Omar E", "Vikarie": "Sara L", "Första mötet tillsammans": day(3)}
    desk.record("Utse handläggare", handed, "Ansvaret är ändrat")

    # Then the new worker sees who the person has had, since when, and who stands in
    desk.sits("Omar E")
    desk.find_by_name("Ida Frostlind")
    desk.follow("Vem gör vad")
    desk.sees("Omar E är handläggare sedan " + spoken(), within="Kontaktkedja")
    desk.sees("Sara L", within="Kontaktkedja")
    desk.sees("1 byte på 12 månader")
    desk.sees(spoken(3), within="Kontaktkedja")
    desk.examine()


def test_r30_the_wait_for_care_is_counted_and_said_in_the_case_alone(desk: Desk) -> None:
    # Given a question to psychiatry that was sent 74 days ago
    desk.sits("Johan W")
    reference = desk.find_by_name("Elias Tranemyr")
    desk.follow("Väntar på andra")

    # Then the page says since when and for how long
    desk.heading("Väntar på andra")
    desk.sees("väntar 74 dagar", within="Svar som vi väntar på")
    desk.sees(f"skickad {spoken(-74).rsplit(' ', 1)[0]}")
    desk.examine(dark=True)
    desk.follow(reference)
    desk.sees("Väntar på vården, 74 dagar")

    # And lists outside the case say for how long, never for what
    for page in ("Min dag", "Bevakningar"):
        desk.menu(page)
        desk.sees("Svar från annan, 74 dagar")
        for word in ("Psykiatri", "vården"):
            desk.does_not_see(word)

    # When the answer is a place in a queue, then the wait goes on; when care begins, it is over
    desk.go_to_case(reference)
    for answer in ("Ställd i kö", "Ja, det börjar"):
        desk.follow("Väntar på andra")
        desk.press_link("Svaret har kommit Psykiatrin")
        desk.write({"Svaret kom": day(), "Svaret": answer})
        desk.save("Svaret har kommit", "Svaret är sparat")
        if answer == "Ställd i kö":
            desk.sees("i kö, väntar 74 dagar")
    desk.does_not_see("i kö, väntar 74 dagar")


def test_r17_care_that_takes_part_brings_the_offer_of_a_joint_plan(desk: Desk) -> None:
    # Given somebody with whom no health care takes part
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")
    desk.follow("Väntar på andra")
    desk.does_not_see("SIP")

    # When psychiatry is asked, then a joint plan is to be offered
    desk.follow("Vi väntar på någon annan")
    desk.write({"Skickad": day(-1), "Vem väntar vi på?": "Psykiatrin"})
    desk.save("Vi väntar på någon annan", "Väntan syns tills svaret är skrivet")
    desk.page.get_by_role("heading", name="Erbjud SIP").wait_for()
    desk.examine()

    # And one press answers it where it stands; *senare* is asked again at the follow-up, *ja* is not
    for answer, said in (("Senare", f"Förra svaret var senare, {spoken()}."), ("Ja", f"Svaret är ja, {spoken()}.")):
        desk.open(
            desk.page.get_by_role("region", name=re.compile("SIP")).get_by_role("button", name=answer, exact=True)
        )
        desk.page.get_by_role("status").get_by_text("Svaret om SIP är sparat").wait_for()
        desk.sees(said)
    assert not desk.page.get_by_role("heading", name="Erbjud SIP").count()


def test_r22_the_rent_is_answered_before_the_last_day_to_say_yes(desk: Desk) -> None:
    # Given the woman whose rent was refused, and a new home to answer before the rent is answered
    desk.sits("Sara L")
    reference = desk.find_by_name("Samira Molnvik")
    home = {"Vad erbjuds?": "Eget kontrakt", "Svara senast": day(5), "Ekonomiskt bistånd svarar om hyran": day(9)}
    desk.record("Erbjudande om bostad", home, "Erbjudandet är sparat")

    # Then the page says in words what is wrong and what to do, the earlier day first
    offered = desk.page.get_by_role("region", name="Erbjudande om bostad")
    offered.get_by_text("Svaret om hyran kommer 4 dagar efter sista svarsdag").wait_for()
    offered.get_by_text(f"Be ekonomiskt bistånd svara före {spoken(5)}").wait_for()
    assert offered.locator("dt").all_inner_texts() == ["Svara senast", "Ekonomiskt bistånd svarar"]
    desk.examine(dark=True)
    desk.picture("vantar")
    desk.follow(reference)
    desk.sees("Svaret om hyran kommer för sent")

    # And the watch stands on the earlier of the two days
    desk.menu("Bevakningar")
    watch = desk.page.get_by_role("listitem").filter(has_text="Erbjudande om bostad: be ekonomiskt bistånd svara före")
    watch.get_by_text("om 5 dagar").wait_for()

    # When the days are mended, then the conflict is gone and the rent stands first
    desk.go_to_case(reference)
    desk.follow("Väntar på andra")
    desk.follow("Ändra dagarna")
    desk.write({"Ekonomiskt bistånd svarar om hyran": day(2), "Varför rättas det": "Svaret kommer tidigare."})
    desk.save("Spara rättelsen")
    desk.follow("Väntar på andra")
    assert offered.locator("dt").all_inner_texts() == ["Ekonomiskt bistånd svarar", "Svara senast"]
    desk.does_not_see("efter sista svarsdag")

    # And when the rent could not be met, nobody has said no
    desk.follow("Svar på erbjudandet")
    desk.write({"Svaret kom": day(), "Hur blev det?": "Kunde inte, hyran"})
    desk.save("Svar på erbjudandet", "Svaret är sparat")
    desk.page.get_by_text("Svar som har kommit").click()
    desk.sees("Erbjudande om bostad: Kunde inte, hyran")
    for word in ("Avböj", "avböj", "Tackade nej"):
        desk.does_not_see(word)
