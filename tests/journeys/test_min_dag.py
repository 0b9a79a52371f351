"""*Min dag* by keyboard, without scripts, on paper; a stand-in's day; the search box that opens the case."""

import re
from typing import Any

import pytest

from tests.journeys.desk import Desk, day

pytestmark = pytest.mark.browser


def rows_of(desk: Desk, group: str) -> Any:
    return desk.page.get_by_role("region", name=re.compile(f"^{group}")).get_by_role("listitem")


def test_by_keyboard_from_the_first_row_to_the_form(desk: Desk) -> None:
    # Given a day with gaps and things due
    desk.sits("Sara L")
    first = rows_of(desk, "Nu").first.get_by_role("link").first
    assert first.inner_text().startswith("Svara på dagen efter")
    # When a row has the focus, then the arrows move between rows and the help opens in place
    first.focus()
    desk.page.keyboard.press("ArrowDown")
    second = rows_of(desk, "Nu").nth(1).get_by_role("link").first
    assert second.evaluate("link => link === document.activeElement")
    desk.page.keyboard.press("ArrowUp")
    assert first.evaluate("link => link === document.activeElement")
    desk.page.keyboard.press("ArrowUp")
    gaps = desk.page.get_by_role("region", name=re.compile("^Glapp")).get_by_role("listitem").locator("visible=true")
    assert gaps.last.evaluate("row => row.contains(document.activeElement)"), "the gaps are the list above"
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("?")
    desk.sees("Öppna formuläret som gör raden klar")
    desk.examine()
    # And K opens the form that settles the row
    first.focus()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("k")
    desk.heading("Svara på vad som gäller dagen efter")


def test_a_opens_the_quick_check_in_of_the_case(desk: Desk) -> None:
    desk.sits("Sara L")
    row = rows_of(desk, "Nu").filter(has_text="Planera stöd").first
    reference = row.get_by_role("link").nth(1).inner_text()
    address = row.get_by_role("link", name="Avstämning").get_attribute("href")
    row.get_by_role("link").first.focus()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("a")
    assert address and reference in address and desk.page.url.endswith(address)
    desk.page.get_by_role("heading", level=1, name="avstämning").wait_for()


def test_letters_do_nothing_where_no_row_is_chosen(desk: Desk) -> None:
    desk.sits("Sara L")
    where = desk.page.url
    for place in ("body", "[data-go]"):
        desk.page.locator(place).focus()
        for key in ("k", "s", "a", "?", "ArrowDown"):
            desk.page.keyboard.press(key)
    assert desk.page.url == where
    assert desk.page.get_by_label("Gå till ärende, skriv referensen").input_value() == "ksa?"
    desk.does_not_see("Öppna formuläret som gör raden klar")
    rows_of(desk, "Nu").first.get_by_role("link").first.focus()
    desk.page.keyboard.press("Control+k")
    assert desk.page.url == where, "Ctrl K still goes to the search box"
    assert desk.page.evaluate("document.activeElement.id") == "go-reference"


def test_a_gap_leads_to_the_plan_of_its_case(desk: Desk) -> None:
    desk.sits("Sara L")
    gaps = desk.page.get_by_role("region", name=re.compile("^Glapp")).get_by_role("listitem").locator("visible=true")
    assert gaps.count() == 5
    reference = gaps.first.get_by_role("link").first.inner_text()
    words = gaps.first.get_by_role("link").nth(1).inner_text()
    assert words.startswith("Bostad"), "a home goes before everything else"
    desk.open(gaps.first.get_by_role("link").nth(1))
    assert desk.page.url.endswith(f"/arenden/{reference}/plan/")
    desk.menu("Min dag")
    desk.page.get_by_text(re.compile(r"^Visa \d+ till$")).click()
    assert gaps.count() > 5
    for drawing in desk.page.locator("svg.gap-lane").all():
        assert drawing.get_attribute("aria-hidden") == "true", "the words beside say the same"


def test_without_scripts_the_rows_are_links(plain_desk: Desk) -> None:
    plain_desk.sits("Sara L")
    assert not plain_desk.page.get_by_text("flytta").locator("visible=true").count(), "no keys are promised"
    link = rows_of(plain_desk, "Nu").first.get_by_role("link").first
    plain_desk.open(link)
    assert re.search(r"/arenden/[A-Z0-9]{6}/[\w-]+/[\w-]+/$", plain_desk.page.url)


def test_on_paper_only_references_and_verbs(desk: Desk) -> None:
    desk.sits("Sara L")
    rows = [row.get_by_role("link").first.inner_text() for row in rows_of(desk, "Nu").all()]
    desk.page.emulate_media(media="print")
    desk.page.set_viewport_size({"width": 700, "height": 900})
    printed = desk.page.locator("main").inner_text()
    lines = [line.strip() for line in printed.split("\n") if line.strip()]
    assert len(rows) > 5 and all(row.split("\n")[0] in printed for row in rows)
    known = re.compile(r"[A-Z0-9]{6}|Min dag|Nu.*|Den här veckan.*|Väntar på andra.*|\d+|\w+dag \d+ \w+ \d{4}")
    listed = [row for group in ("Nu", "Den här veckan", "Väntar på andra") for row in rows_of(desk, group).all()]
    verbs = {row.get_by_role("link").first.inner_text().split("\n")[0] for row in listed}
    other = [line for line in lines if not known.fullmatch(line) and line not in verbs]
    assert not [line for line in other if not re.fullmatch(r"(\w[\w ]+ )?[A-Z0-9]{6}", line)], other
    for words in ("Vikarierar", "Glapp", "dagar sedan", "försenad", "Varför den här", "Planera nästa boende i"):
        assert words not in printed
    desk.page.emulate_media(media="screen")


def test_what_is_done_moves_to_done_today(desk: Desk) -> None:
    # Given somebody in whose cases nothing happens on the demo's own day, whatever the hour (Sara L took a contact
    # at 08.35); when she saves a note, then the day has an end to show
    desk.sits("Amina H")
    desk.sees("Klart i dag (0)")
    reference = desk.find_by_name("Adam Gransvale")
    desk.record("Skriv anteckning", {"Anteckning": "Samtal enligt överenskommelse."}, "Anteckningen är låst")
    desk.menu("Min dag")
    desk.page.get_by_text("Klart i dag (1)").click()
    line = desk.page.get_by_role("group").filter(has_text="Klart i dag").get_by_role("listitem")
    assert re.fullmatch(rf"Anteckning\s+{reference}\s+\d\d\.\d\d", line.inner_text())
    desk.examine()


def test_the_stand_in_has_the_case_from_the_first_day_away(desk: Desk) -> None:
    # Given a case with a stand-in, whose worker is at work
    desk.sits("Lena K")
    desk.find_by_name("Samira Molnvik")
    reference = desk.reference()
    desk.record("Utse handläggare", {"Handläggare": "Sara L", "Vikarie": "Omar E"}, "Ansvaret är ändrat")
    desk.sits("Omar E")
    desk.does_not_see(reference)
    # When she sets her absence, then he sees the case and whose it is
    desk.sits("Sara L")
    desk.follow("Frånvaro")
    desk.write({"Första dagen": day(), "Sista dagen": day(4)})
    desk.press("Spara frånvaro")
    desk.sits("Omar E")
    row = rows_of(desk, "Nu").filter(has_text=reference).first
    row.get_by_text("Vikarierar för Sara L").wait_for()


def test_the_search_box_opens_the_case_at_once(desk: Desk) -> None:
    desk.sits("Sara L")
    reference = desk.find_by_name("Ida Frostlind")
    desk.menu("Modellen")
    desk.go_to_case(reference)
    # One that is not hers, or no one's, gives the one answer
    for typed in ("ZZZZ99", "inget"):
        field = desk.page.get_by_label("Gå till ärende, skriv referensen")
        field.fill(typed)
        with desk.page.expect_navigation():
            field.press("Enter")
        desk.sees("0 träffar")


def test_the_bands_of_the_watches(desk: Desk) -> None:
    desk.sits("Lena K")
    desk.menu("Bevakningar")
    desk.follow("Mina 0")
    desk.sees("Inget går ut de närmaste 90 dagarna")
    desk.press_link("Teamet")
    desk.examine(dark=True)
    with desk.page.expect_download() as download:
        desk.page.get_by_role("link", name="Hämta till kalender").click()
    assert download.value.suggested_filename == "bevakningar.ics"
    desk.press_link("Visa i planen")
    assert desk.page.url.endswith("/plan/")


def test_later_and_back_again_by_keyboard(desk: Desk) -> None:
    # Given a follow-up that is late
    desk.sits("Sara L")
    late = rows_of(desk, "Nu").filter(has_text="Uppföljningen är försenad")
    reference = late.first.get_by_role("link").nth(1).inner_text()
    # When S is pressed on its row and a reason is chosen, then it is away, and says when it is back
    late.first.get_by_role("link").first.focus()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("s")
    desk.heading("Senare")
    desk.save("Skjut upp")
    desk.complains("Välj en dag, eller skriv den")
    desk.write({"Till när": "I morgon"})
    desk.save("Skjut upp")
    desk.complains("Välj varför det får vänta")
    desk.write({"Varför det får vänta": "En tid är bokad"})
    desk.examine(dark=True)
    desk.save("Skjut upp")
    desk.heading("Min dag")
    assert not late.filter(has_text=reference).count()
    desk.page.get_by_text("Senare (1)").click()
    desk.sees("tillbaka i morgon")
    desk.examine()
    # And a row that concerns safety has no such way
    safety = rows_of(desk, "Nu").filter(has_text="dagen efter är obesvarad").first
    assert not safety.get_by_role("link", name="Senare").count()
    # When it is taken back, then it is where it was
    desk.press("Ta tillbaka")
    late.filter(has_text=reference).first.wait_for()
    desk.does_not_see("Senare (")
