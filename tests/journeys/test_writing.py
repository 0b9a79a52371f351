"""What is typed is never lost: bad input, drafts, two who write at once, a correction, a browser without scripts."""

import re

import pytest

from tests.journeys import wordings as say
from tests.journeys.desk import Desk, day, now

pytestmark = pytest.mark.browser

WORDS = "Hon sov dåligt i natt och vill prata om det på torsdag."


def test_an_empty_form_says_what_is_missing(desk: Desk) -> None:
    # Given a new contact with nothing but one line; when it is saved
    desk.sits("Sara L")
    desk.menu("Ärenden")
    desk.follow("Ny kontakt")
    desk.write({"När": "", "Vad gäller det, på en rad": "Hon vill veta vilken hjälp som finns."})
    desk.save("Ny kontakt")

    # Then the summary has the focus, links to the fields, and the line is still there
    desk.complains("Fyll i: När", "Välj: Vem hörde av sig")
    desk.page.get_by_role("alert").get_by_role("link", name="Välj: Vem hörde av sig").click()
    assert desk.page.get_by_label("Vem hörde av sig").evaluate("field => field === document.activeElement")
    assert desk.page.title().startswith("Fel:")
    line = desk.page.get_by_label("Vad gäller det, på en rad")
    assert line.input_value() == "Hon vill veta vilken hjälp som finns."

    # And when it is filled in, then it is saved
    desk.write({"När": now(), "Vem hörde av sig": "Personen själv"})
    desk.save("Ny kontakt", "Kontakten är registrerad")


def test_wrong_times_too_long_texts_and_wrong_numbers(desk: Desk) -> None:
    # Given a note that lies ahead and has a hundred thousand characters
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")
    desk.begin("Skriv anteckning")
    long = "Lång text. " * 9_090 + "Slutet hit."
    assert len(long) > 100_000
    desk.write({"När": f"{day(3)}T10:00", "Anteckning": long})
    desk.save("Skriv anteckning")

    # Then both fields say what to do, and every character is still there
    desk.complains("Datumet ligger framåt i tiden. Skriv den dag det hände", "Korta den till högst 20000")
    assert desk.page.get_by_label("Anteckning").input_value() == long

    # When it is shortened, then it is locked
    desk.write({"När": now(), "Anteckning": WORDS})
    desk.save("Skriv anteckning", "Anteckningen är låst")

    # When a number is wrong, then it says so; a name may hold any character
    desk.begin("Skriv personuppgifter")
    desk.write({"Namn": "Samira 🌻 Molnvik", "Personnummer eller samordningsnummer": "19980617-2385"})
    desk.save("Skriv personuppgifter")
    desk.complains("Numret stämmer inte")
    assert desk.page.get_by_label("Namn", exact=True).input_value() == "Samira 🌻 Molnvik"
    desk.write({"Personnummer eller samordningsnummer": "19980617-2384"})
    desk.save("Skriv personuppgifter", "Personuppgifterna är sparade")
    desk.press("Visa namn")
    desk.page.get_by_text("Samira 🌻 Molnvik").wait_for()


def test_a_file_where_text_belongs_and_a_double_press(desk: Desk) -> None:
    # Given a form that somebody has bent so that it sends a file
    desk.sits("Sara L")
    desk.find_by_name("Amal Solregn")
    desk.begin("Skriv anteckning")
    desk.write({"När": now()})
    desk.page.get_by_label("Anteckning").evaluate(
        "field => { field.form.enctype = 'multipart/form-data'; const file = document.createElement('input');"
        " file.type = 'file'; file.name = field.name; file.id = field.id; field.replaceWith(file); }"
    )
    sheet = {"name": "anteckning.docx", "mimeType": "application/octet-stream", "buffer": b"\x00\xff" * 512}
    desk.page.get_by_label("Anteckning").set_input_files(sheet)
    desk.save("Skriv anteckning")
    # Then the field says that text is wanted
    desk.complains("Filer tas inte emot här")

    # When the note is written and the button is pressed twice, then there is one note
    desk.write({"Anteckning": WORDS})
    desk.page.get_by_role("main").get_by_role("button", name="Skriv anteckning").dblclick()
    desk.page.get_by_role("status").get_by_text("Anteckningen är låst").wait_for()
    desk.follow("Händelser")
    desk.sees(WORDS)
    assert desk.page.get_by_text(WORDS).count() == 1


def test_a_draft_is_kept_while_the_worker_types(desk: Desk) -> None:
    # Given a worker who types a note; when she pauses, then the draft is kept and the page says so
    desk.sits("Sara L")
    reference = desk.find_by_name("Ida Frostlind")
    desk.begin("Skriv anteckning")
    desk.write({"Anteckning": WORDS, "Med personens egna ord": "Jag vill sova."})
    desk.page.get_by_role("status").get_by_text(re.compile(r"^Sparat \d\d\.\d\d$")).wait_for()

    # When the page is loaded again, or left and opened another time, then the words are there
    desk.page.reload()
    assert desk.page.get_by_label("Anteckning").input_value() == WORDS
    desk.follow("Gör klart senare")
    desk.sits("Karin B")
    desk.sits("Sara L")
    desk.go_to_case(reference)
    desk.begin("Skriv anteckning")
    assert desk.page.get_by_label("Anteckning").input_value() == WORDS
    assert desk.page.get_by_label("Med personens egna ord").input_value() == "Jag vill sova."

    # When the note is locked, then the draft is gone
    desk.write({"När": now()})
    desk.save("Skriv anteckning", "Anteckningen är låst")
    desk.begin("Skriv anteckning")
    assert desk.page.get_by_label("Anteckning").input_value() == ""


def test_two_who_write_in_the_same_case(desk: Desk, other_desk: Desk) -> None:
    # Given a worker and her stand-in, both with a note open in the same case
    desk.sits("Sara L")
    desk.find_by_name("Nour Havsbrisk")
    desk.begin("Skriv anteckning")
    other_desk.sits("Omar E")
    other_desk.find_by_name("Nour Havsbrisk")
    other_desk.record("Skriv anteckning", {"När": now(), "Anteckning": "Jag ringde henne."}, "Anteckningen är låst")

    # When the second one saves, then she sees what the first one wrote, and her own text is kept
    desk.write({"När": now(), "Anteckning": WORDS})
    desk.save("Skriv anteckning")
    newer = desk.page.get_by_role("alert")
    newer.get_by_text("Något nytt har skrivits i ärendet medan du skrev").wait_for()
    newer.get_by_text("Jag ringde henne.").wait_for()
    assert "Omar E" in newer.inner_text()
    assert desk.page.get_by_label("Anteckning").input_value() == WORDS
    desk.examine()

    # When she has read it and saves again, then both notes are in the history
    desk.save("Skriv anteckning", "Anteckningen är låst")
    desk.follow("Händelser")
    desk.sees("Jag ringde henne.")
    desk.sees(WORDS)


def test_a_correction_leaves_what_stood_before(desk: Desk) -> None:
    # Given a note that is wrong
    desk.sits("Elin S")
    desk.find_by_name("Dilan Dimvåg")
    desk.follow("Händelser")
    desk.press_link("Rätta Anteckning")
    desk.sees("Så stod det")
    desk.sees("Kontraktet gällde bara under studietiden.")

    # When it is corrected with a reason
    desk.write({"Anteckning": "Kontraktet gällde ett år.", "Varför rättas det": "Jag läste fel i kontraktet."})
    desk.save("Spara rättelsen", "Rättelsen är sparad. Det som stod finns kvar i historiken.")

    # Then the history shows the correction, and the original is readable beside it
    desk.follow("Händelser")
    desk.sees("Kontraktet gällde ett år.")
    desk.sees("Jag läste fel i kontraktet.")
    desk.sees("Kontraktet gällde bara under studietiden.")
    desk.follow("Till rättelsen")
    desk.follow("Till det som stod")


def test_without_scripts(plain_desk: Desk) -> None:
    # Given a browser where no script runs
    desk = plain_desk
    desk.sits("Sara L")
    desk.menu("Ärenden")
    desk.follow("Ny kontakt")

    # When the form is sent empty, then the summary links to the fields and what was typed is kept
    desk.write({"När": "", "Vad gäller det, på en rad": WORDS})
    desk.save("Ny kontakt")
    desk.page.get_by_role("alert").get_by_role("link", name="Fyll i: När").wait_for()
    assert desk.page.get_by_label("Vad gäller det, på en rad").input_value() == WORDS

    # When it is filled in, then the contact is there, a note can be written, and a number shown and hidden again
    desk.write(say.contact())
    desk.save("Ny kontakt", "Kontakten är registrerad")
    desk.record("Skriv hur du når personen säkert", say.safe_contact(), "Säker kontakt är sparad")
    desk.record("Skriv anteckning", {"När": now(), "Anteckning": WORDS}, "Anteckningen är låst")
    desk.press("Visa Telefon")
    desk.sees("070-174 06 99")
    desk.follow("Dölj")
    desk.does_not_see("070-174 06 99")
