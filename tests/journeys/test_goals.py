"""Goals in the person's own words and the skills map by ability, with the made-up people of the demo (R9, R23)."""

import re

import pytest

from tests.journeys.desk import Answers, Desk

pytestmark = pytest.mark.browser

SCALE: Answers = {
    "−2: så här är det nu": "Ringer ingen",
    "−1: ett litet steg": "Någon ringer åt mig",
    "0: det vi hoppas på": "Ringer själv till en",
    "+1: lite mer än så": "Ringer själv till två",
    "+2: mycket mer än så": "Ringer till vem som helst",
}
IN_SIGHT = "(words) => { const b = words.getBoundingClientRect(); return b.top >= 0 && b.top < innerHeight; }"
AGES = re.compile(r"ålder|åldr|\d+ år\b|års|vuxen|ungdom", re.IGNORECASE)


def goal(words: str, need: str = "Socialt stöd", status: str = "På väg") -> Answers:
    """A goal without a scale."""
    return {
        "Målet, med personens egna ord": words,
        "Vilket behov hör målet till?": need,
        "Hur är det med målet?": status,
    }


def the_goals(desk: Desk, who: str, name: str) -> None:
    """The page of the goals of a case, one link away from the case."""
    desk.sits(who)
    desk.find_by_name(name)
    desk.follow("Mål")
    desk.heading("Mål")


def test_r9_small_steps_count_and_a_fourth_goal_may_wait(desk: Desk) -> None:
    # Given somebody who waits for care, and has no goals yet
    the_goals(desk, "Johan W", "Elias Tranemyr")
    desk.sees("Inga mål än")
    desk.examine()

    # When a goal is set with a scale of its own, then its steps stand on a line
    desk.follow("Sätt ett mål")
    desk.sees("Skriv med personen hur det är nu")
    desk.does_not_see("Tre mål i taget")
    desk.examine()
    desk.write({**goal("Ringa vården själv", "Hälsa", "Inte börjat"), **SCALE})
    desk.save("Sätt ett mål", "Målet är sparat")
    desk.heading("Mål")
    card = desk.page.get_by_role("article", name="Ringa vården själv")
    assert card.get_by_role("listitem").all_inner_texts()[0].split("\n") == ["−2", "Ringer ingen"]
    desk.sees("Ingen plats på skalan än.")

    # When it is scored, two clicks are enough, and what has begun is under way
    card.get_by_text("Hur går det nu?").click()
    desk.open(card.get_by_role("button", name="−1 Någon ringer åt mig"))
    desk.sees("Läget är sparat")
    here = card.locator("[aria-current=true]")
    assert here.inner_text().split("\n")[:3] == ["−1", "Någon ringer åt mig", "Här nu"]
    assert card.locator(".goal-status").inner_text() == "På väg"

    # When three goals go on, then the fourth is asked to wait, and does
    for words in ("Sova en hel natt", "Träffa Robert varje vecka"):
        desk.follow("Sätt ett mål")
        desk.write(goal(words))
        desk.save("Sätt ett mål", "Målet är sparat")
    desk.follow("Sätt ett mål")
    desk.sees("Tre mål i taget brukar räcka. Lägg det här som nästa?")
    desk.examine()
    desk.write(goal("Gå en kurs", "Sysselsättning"))
    desk.save("Lägg som nästa", "Målet är sparat")
    desk.sees("Gå en kurs", within="Nästa, eller paus 1")

    # And when the person wants a fourth all the same, nothing stands in the way
    desk.follow("Sätt ett mål")
    desk.write(goal("Ha en egen nyckel", "Bostad"))
    desk.save("Sätt målet nu ändå", "Målet är sparat")
    desk.sees("Ha en egen nyckel", within="Nu 4")
    desk.sees("4 mål är i gång. Tre i taget brukar räcka.")
    desk.examine(dark=True)

    # And the person says which comes first: one press of the keyboard for each place, and the card is still at hand
    words = desk.page.locator("section[aria-labelledby=mal-now] article h3").all_inner_texts()
    up = desk.page.get_by_role("button", name="Upp Ha en egen nyckel")
    for place in (2, 1, 0):
        up.focus()
        with desk.page.expect_navigation():
            desk.page.keyboard.press("Enter")
        now = desk.page.locator("section[aria-labelledby=mal-now] article h3").all_inner_texts()
        assert now.index("Ha en egen nyckel") == place
        assert desk.page.get_by_role("heading", name="Ha en egen nyckel").evaluate(IN_SIGHT)
    assert words[3] == "Ha en egen nyckel" and now[1:] == words[:3]
    assert up.count() == 0
    desk.examine()


def test_r23_a_goal_rests_begins_again_and_never_fails(desk: Desk) -> None:
    # Given somebody with one goal
    the_goals(desk, "Johan W", "Elias Tranemyr")
    desk.follow("Sätt ett mål")
    desk.write(goal("Läsa en bok", "Sysselsättning"))
    desk.press("Sätt")
    card = desk.page.get_by_role("article", name="Läsa en bok")

    # When it rests, begins again and is done, then each is one word, without blame and without an alarm
    for word in ("Paus", "På väg", "Klart"):
        card.get_by_text("Hur går det nu?").click()
        desk.open(card.get_by_role("button", name=word, exact=True))
        desk.sees("Läget är sparat")
        if word == "Klart":
            desk.page.locator("summary", has_text="Klart").click()
        assert card.locator(".goal-status").inner_text().strip() == word
    said = desk.page.get_by_role("main").inner_text()
    assert "isslyckad" not in said
    assert desk.page.locator("main .wrap .alarm, main .wrap .is-passed").count() == 0

    # And what has been said of it is kept, the latest first
    card.get_by_text("Så har det gått").click()
    kept = [line.partition(", ")[2] for line in card.locator(".goal-history li").all_inner_texts()]
    assert kept == ["klart", "på väg", "paus", ""]


def test_r9_the_skills_map_goes_by_ability_and_never_by_age(desk: Desk) -> None:
    # Given somebody of whose skills nobody has asked
    the_goals(desk, "Johan W", "Elias Tranemyr")
    desk.sees("Inget är skrivet än.", within="Färdigheter")
    desk.follow("Skriv färdigheter")
    desk.write(
        {"Städa": "Gör själv", "Betala räkningar": "Med stöd", "Boka tid": "Vill lära sig", "Söka vård": "Inte nu"}
    )
    desk.save("Skriv färdigheter", "Färdigheterna är sparade")

    # Then each stands under its ability, and what was not asked is said
    rows = desk.page.get_by_role("region", name="Färdigheter", exact=True).get_by_role("row").all_inner_texts()
    assert [re.split(r"\s*\t\s*", row)[0] for row in rows[1:]] == ["Gör själv", "Med stöd", "Vill lära sig", "Inte nu"]
    desk.sees("Inte pratat om än: tvätta, laga mat")

    # When it is written again, then the form knows the last answers, and the page says what has changed
    desk.follow("Skriv färdigheter")
    bills = desk.page.get_by_role("group", name="Betala räkningar")
    assert bills.get_by_label("Med stöd").is_checked()
    desk.write({"Betala räkningar": "Gör själv"})
    desk.save("Skriv färdigheter", "Färdigheterna är sparade")
    desk.sees("förra gången: med stöd")
    assert desk.page.locator(".changed").count() == 1

    desk.picture("mal")

    # And nowhere does it say what anybody ought to manage at an age
    assert not AGES.search(desk.page.get_by_role("main").inner_text())
    desk.examine()
    desk.page.emulate_media(media="print")
    assert desk.page.locator(".skills-map").is_visible() and not desk.page.locator(".score").first.is_visible()


def test_a_manager_sees_days_and_no_goals(desk: Desk) -> None:
    desk.sits("Mats R")
    desk.find_by_name("Elias Tranemyr")
    desk.follow("Mål")
    desk.sees("Målen")
    desk.sees("dolt")
    for words in ("Ringa vården själv", "Hälsa", "Betala räkningar", "På väg"):
        desk.does_not_see(words)
    assert not desk.page.get_by_text("Hur går det nu?").count()
    desk.examine()
