"""The plan of a case: what is missing said first, bars reached by keyboard, suppositions, paper and a narrow screen."""

import re
from typing import Any

import pytest

from tests.journeys.desk import NARROW, WIDE, Desk, day, spoken

pytestmark = pytest.mark.browser
PERSON = "Ida Frostlind"  # placed two weeks at a time; a home from day 20, and nothing in between
GAP = "Glapp i bostad"


def open_plan(desk: Desk, person: str = PERSON, who: str = "Sara L") -> str:
    """Somebody opens the plan of somebody."""
    desk.sits(who)
    reference = desk.find_by_name(person)
    desk.page.get_by_role("navigation", name="Ärendets sidor").get_by_role("link", name="Plan", exact=True).click()
    desk.heading("Plan")
    return reference


def focused(desk: Desk) -> str:
    """The name of what has the focus."""
    said: str = desk.page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.id")
    return said


def test_what_is_missing_is_said_with_its_reason(desk: Desk) -> None:
    # Given a young woman placed two weeks at a time
    open_plan(desk)
    # Then the gap says what ends, what begins, and how many nights lie between
    gaps = desk.page.get_by_role("region", name="Glapp")
    gaps.get_by_text(re.compile(rf"^{GAP}")).wait_for()
    gaps.get_by_text(re.compile("Däremellan är 14 nätter utan boende")).wait_for()
    # And each core need says how far its plan reaches
    says = desk.page.get_by_role("list", name="Så långt räcker planen")
    assert says.get_by_role("listitem").count() == 3
    # And the row of decisions is said in words
    desk.sees("beslut i rad, sammanlagt", within="Planen, 12 månader")
    # And every row of the table answers why, also for the gap
    row = desk.page.get_by_role("row").filter(has_text="Glapp").filter(has_text="14 nätter").first
    row.locator("summary").click()
    row.get_by_text(re.compile("Mellanboende börjar den")).wait_for()


def test_the_rows_are_there_from_the_start(desk: Desk) -> None:
    # Given a woman whose needs nobody has assessed
    open_plan(desk, "Maja Rönnglans", "David N")
    # Then the six rows stand in order, and the home is said to have nothing planned
    heads = desk.page.get_by_role("rowheader").all_inner_texts()
    six = ["Bostad", "Sysselsättning", "Socialt stöd", "Hälsa", "Trygghet", "Ekonomi"]
    assert [head for head in heads if head in six] == six
    desk.sees("Inget planerat (bostad)")


def test_the_drawing_by_keyboard(desk: Desk) -> None:
    # Given the plan, and the last stop before the drawing
    open_plan(desk)
    desk.page.get_by_role("link", name="Tabell", exact=True).focus()
    bars = desk.page.locator("[data-bar]")
    assert bars.count() > 5

    # Then Tab enters once, and a bar says what it is, from when to when, and who is responsible
    desk.page.keyboard.press("Tab")
    first = focused(desk)
    assert re.match(
        r"(Hemma hos familjen|Skyddat boende, kollektiv) .+, .+ till .+, ansvarig (Sara L|ingen ansvarig)$", first
    ), first
    assert desk.page.locator("[data-bar][tabindex='0']").count() == 1

    # And the arrows move within the row and between rows
    desk.page.keyboard.press("ArrowRight")
    assert focused(desk) != first
    desk.page.keyboard.press("ArrowLeft")
    assert focused(desk) == first
    desk.page.keyboard.press("ArrowDown")
    assert "sysselsättning" in focused(desk)
    desk.page.keyboard.press("ArrowUp")
    desk.page.keyboard.press("Home")
    assert focused(desk) == first

    # And G goes from gap to gap
    desk.page.keyboard.press("g")
    assert "Glapp" in focused(desk) and "bostad" in focused(desk)
    desk.page.keyboard.press("g")
    assert "sysselsättning" in focused(desk)

    # And Enter opens the row of the table, where the focus is then
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_function("document.activeElement.id.startsWith('glapp-occupation')")
    edit = desk.page.get_by_role("link", name="Planera ett stöd Sysselsättning")
    assert edit.is_visible(), "the row offers what changes it"
    assert desk.page.locator(".row-edit:visible").count() == 1, "and no other row does"
    desk.examine()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    desk.heading("Planera ett stöd")
    desk.page.go_back()
    desk.heading("Plan")

    # And one more Tab from the drawing leaves it
    desk.page.locator("[data-bar][tabindex='0']").focus()
    desk.page.keyboard.press("Tab")
    assert not desk.page.evaluate("document.activeElement.matches('[data-bar]')")

    # And + plans a support
    desk.page.locator("[data-bar][tabindex='0']").focus()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("+")
    desk.heading("Planera ett stöd")


def test_without_scripts_the_bars_are_links_in_order(plain_desk: Desk) -> None:
    open_plan(plain_desk)
    bars = plain_desk.page.locator("[data-bar]")
    assert bars.count() > 5
    assert plain_desk.page.locator("[data-bar][tabindex]").count() == 0
    for href in [bar.get_attribute("href") for bar in bars.all()]:
        assert plain_desk.page.locator(f'[id="{href[1:]}"]').count() == 1, href


def test_what_happens_if_is_shown_and_never_kept(desk: Desk) -> None:
    # Given the gap between the shelter and the next home
    open_plan(desk)
    before = desk.page.get_by_role("list").filter(has_text=GAP).first.inner_text()

    # When one more home is supposed for just those nights, by keyboard alone
    form = desk.page.get_by_role("form", name="Ett stöd till")
    form.get_by_label("Lägg till stöd").focus()
    form.get_by_label("Lägg till stöd").select_option(label="Genomgångsbostad")
    form.get_by_label("Från", exact=True).fill(day(6))
    form.get_by_label("Till och med", exact=True).fill(day(19))
    with desk.page.expect_navigation():
        form.get_by_label("Till och med", exact=True).press("Enter")

    # Then it is said, where it is read aloud, that the gap is gone, and how far the plan then reaches
    said = desk.page.get_by_role("status").filter(has_text="Om genomgångsbostad pågår").inner_text()
    assert "Borta: glapp i bostad" in said
    assert re.search(r"Ingen planering efter .+ \(bostad\)", said)
    assert GAP not in desk.page.get_by_role("region", name="Glapp").inner_text()
    desk.examine()

    # When it is only half told, then it says what is missing
    form = desk.page.get_by_role("form", name="Ett stöd till")
    form.get_by_label("Till och med", exact=True).fill(day(-30))
    with desk.page.expect_navigation():
        form.get_by_role("button").click()
    desk.sees("Fyll i dagarna för att se vad som händer.")

    # When another last day is supposed, then the new gap is named; back again, nothing has changed
    form = desk.page.get_by_role("form", name="En annan sista dag")
    form.get_by_label("Stöd").select_option(label="Mellanboende")
    form.get_by_label("Sista dag").fill(day(40))
    with desk.page.expect_navigation():
        form.get_by_role("button").click()
    assert "Nytt: glapp i bostad" in desk.page.get_by_role("status").filter(has_text="Om mellanboende").inner_text()
    desk.follow("Tillbaka till planen som den är")
    assert desk.page.get_by_role("list").filter(has_text=GAP).first.inner_text() == before


def test_support_that_ends_with_the_move_has_a_way_out(desk: Desk) -> None:
    # Given a contact that is planned to end on the very day that the home begins
    open_plan(desk)
    desk.record(
        "Planera ett stöd",
        {
            "Insats": "Boendestöd",
            "Hur säkert är det?": "Avtalat, med dag",
            "Vem ger insatsen": "Boendestödet i distriktet",
            "Från och med": day(8),
            "Till och med": day(20),
        },
        "Det planerade stödet är sparat",
    )
    desk.page.get_by_role("navigation", name="Ärendets sidor").get_by_role("link", name="Plan", exact=True).click()
    # Then the plan says so, with a way out
    flags = desk.page.get_by_role("list", name="Slutar med flytten")
    flags.get_by_text(f"Boendestöd slutar samma dag som flytten, {spoken(20)}.").wait_for()
    assert flags.get_by_role("link").count() == 1
    # And that the home takes over with one day to hand over
    desk.sees("Mellanboende har då börjat: 1 dag tillsammans för en överlämning.")


def test_a_milestone_is_drawn_and_gives_the_end_of_an_extension(desk: Desk) -> None:
    # Given a plan, from which a milestone is added
    open_plan(desk)
    desk.press_link("Lägg till en milstolpe")
    desk.write({"Milstolpe": "Hyresavtalet slutar", "Dag": day(60)})
    desk.save("Lägg till en milstolpe", "Milstolpen står i planen")
    desk.page.get_by_role("navigation", name="Ärendets sidor").get_by_role("link", name="Plan", exact=True).click()
    # Then it stands on the line by its name, also for whoever hears it
    marks = desk.page.get_by_role("img").filter(has_text="Hyresavtalet slutar")
    assert "Hyresavtalet slutar" in str(marks.get_attribute("aria-label"))
    # And what follows the home is suggested to last until then, with the reason beside it
    row = desk.page.get_by_role("row").filter(has_text="Skyddat boende, kollektiv").nth(1)
    row.locator("summary").click()
    row.get_by_text(re.compile("Förslag om det förlängs: till och med")).wait_for()


def test_the_goal_stands_on_top_in_the_persons_words(desk: Desk) -> None:
    open_plan(desk)
    desk.record(
        "Sätt ett mål",
        {
            "Målet, med personens egna ord": "En egen dörr att låsa",
            "Vilket behov hör målet till?": "Bostad",
            "Hur är det med målet?": "På väg",
        },
        "Målet är sparat",
    )
    desk.page.get_by_role("navigation", name="Ärendets sidor").get_by_role("link", name="Plan", exact=True).click()
    desk.sees("Målet med egna ord")
    desk.sees("”En egen dörr att låsa”")


def pages_of(paper: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", paper))


@pytest.mark.parametrize(
    ("person", "who"), [(PERSON, "Sara L"), ("Samira Molnvik", "Sara L"), ("Adam Gransvale", "Amina H")]
)
def test_on_paper_the_plan_is_one_sheet_and_the_table_another(desk: Desk, person: str, who: str) -> None:
    reference = open_plan(desk, person, who)
    paper = desk.page.pdf(landscape=True, prefer_css_page_size=True)
    assert pages_of(paper) == 2
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper)
    assert box and float(box[1]) > 840 > 600 > float(box[2]), "A4 on its side"
    desk.page.emulate_media(media="print")
    on_paper = desk.page.locator("body").inner_text()
    assert reference in on_paper
    for secret in (*person.split(), "Prova en annan sista dag", "Skriv ut"):
        assert secret not in on_paper, secret


def test_the_leaflet_is_two_small_sheets_with_nothing_of_ours(desk: Desk) -> None:
    # Given a person who says that paper is safe; then two sides of A5 leave the printer
    reference = open_plan(desk, "Samira Molnvik")
    desk.press_link("Min plan")
    desk.open(desk.page.get_by_role("main").get_by_role("link", name="Ja", exact=True))
    paper = desk.page.pdf(prefer_css_page_size=True)
    assert pages_of(paper) == 2
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper)
    assert box and 415 < float(box[1]) < 425 and 590 < float(box[2]) < 600, "A5"
    desk.page.emulate_media(media="print")
    on_paper = desk.page.locator("body").inner_text()
    assert "Nästa gång vi ses" in on_paper
    for ours in (reference, "Samira", "sekretess", "Sara L", "Långsikt", "Är det säkert", "Skriv ut", "Aldrig"):
        assert ours not in on_paper, ours
    # And where it is not, nothing of it does
    desk.page.emulate_media(media="screen")
    desk.press_link("Nej, vi läser tillsammans")
    desk.sees("Nästa gång vi ses")
    desk.page.emulate_media(media="print")
    assert "Nästa gång vi ses" not in desk.page.locator("body").inner_text()


def test_on_a_narrow_screen_the_bars_stand_beside_their_text(desk: Desk) -> None:
    open_plan(desk)
    standing: Any = desk.page.locator(".plan-standing")
    desk.page.set_viewport_size(NARROW)
    assert standing.is_visible() and not desk.page.locator(".plan").is_visible()
    with_words = standing.get_by_role("listitem").filter(has_text="Mellanboende").first.inner_text()
    assert "planerad" in with_words and spoken(20) in with_words
    desk.page.set_viewport_size(WIDE)
    assert not standing.is_visible() and desk.page.locator(".plan").is_visible()
    for months in ("3 mån", "36 mån"):
        desk.follow(months)
        desk.examine(dark=True)


def test_table_or_time_line_is_remembered(desk: Desk) -> None:
    # Given the plan as a time line; when the table is chosen, then it is alone, and is there the next time
    reference = open_plan(desk)
    desk.follow("Tabell")
    assert desk.page.get_by_role("table").count() == 1 and not desk.page.locator("[data-plan]").count()
    desk.examine(dark=True)
    desk.go_to_case(reference)
    desk.page.get_by_role("navigation", name="Ärendets sidor").get_by_role("link", name="Plan", exact=True).click()
    desk.heading("Plan")
    assert not desk.page.locator("[data-plan]").count()
    desk.follow("Tidslinje")
    desk.page.locator("[data-plan]").wait_for()


def test_everything_after_moves_along_and_the_form_is_filled_in(desk: Desk) -> None:
    # Given a placement that ends in a few days, and a home agreed from day 20
    open_plan(desk)
    form = desk.page.get_by_role("form", name="En annan sista dag")
    form.get_by_label("Sista dag").fill(day(40))
    form.get_by_label("Flytta allt efter, lika många dagar").check()
    desk.press("Visa en annan sista dag")
    # Then the preview says that it moves along, and nothing has been saved
    desk.sees("Det som är planerat efter flyttas med.")
    # When the form is opened from there, then the days and the box are filled in already
    desk.open(desk.page.get_by_role("region", name="Vad händer om …").get_by_role("link", name="Förläng placeringen"))
    desk.heading("Förläng placeringen")
    main = desk.page.get_by_role("main")
    assert main.locator("[name=planned_end_on]").input_value() == day(40)
    assert main.locator("[name=move_after]").is_checked()
    desk.save("Förläng placeringen", "Placeringen är förlängd")
    # And afterwards the home that was agreed begins so many days later
    desk.follow("Plan")
    row = desk.page.get_by_role("row").filter(has_text="Mellanboende").filter(has_text="planerad").first
    assert spoken(20) not in row.inner_text()


def test_no_words_of_the_drawing_lie_on_each_other(desk: Desk) -> None:
    open_plan(desk)
    for size in (WIDE, {"width": 980, "height": 800}):
        desk.page.set_viewport_size(size)
        faults = desk.page.evaluate(
            """() => [...document.querySelectorAll('.plan-lane')].flatMap(lane => {
              const boxes = [...lane.querySelectorAll('text')].filter(t => t.textContent.trim())
                .map(t => [t.textContent.trim(), t.getBoundingClientRect()]);
              return boxes.flatMap(([a, p], i) => boxes.slice(i + 1)
                .filter(([, q]) => Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1
                  && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 4).map(([b]) => `${a} / ${b}`));
            })"""
        )
        assert not faults, faults
