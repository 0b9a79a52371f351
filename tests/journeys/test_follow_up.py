"""The follow-up in five parts: few presses when nothing has changed, the plan beside it, and no word lost."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys import wordings as say
from tests.journeys.desk import NARROW, WIDE, Answers, Desk, day, spoken

pytestmark = pytest.mark.browser
PARTS = ("Läget", "Trygghet", "Insatserna", "Ansvar och nästa gång", "Kontrollera")
SHORT = "Ida Frostlind"  # placed two weeks at a time; a home from day 20
SHELTER = "Skyddat boende, kollektiv Björken"
RICH = "Amal Solregn"  # a flat and a housing guide
WORDS = "Jag vill bo kvar tills skolan är slut."
# What somebody presses, counted in the page itself: clicks and keys that are no letters of a text.
COUNTER = """() => {
  window.pressed = [];
  const typing = (key) => key.length === 1 || ['Shift', 'Backspace', 'Delete'].includes(key);
  const said = (e) => e.target.closest('label, button, a')?.textContent.trim() ?? e.target.name;
  const click = (e) => { if (e.isTrusted && e.detail) window.pressed.push(said(e)); };
  const key = (e) => { if (e.ctrlKey || e.metaKey || !typing(e.key)) window.pressed.push(e.key); };
  addEventListener('click', click, true);
  addEventListener('keydown', key, true);
}"""
# Every question that can be seen, part by part, and whether it has an answer.
QUESTIONS = """() => [...document.querySelectorAll('[data-part]')].flatMap((part) => {
  const hidden = part.hidden;
  part.hidden = false;
  const seen = (b) => b === part || (getComputedStyle(b).display !== 'none' && seen(b.parentElement));
  const name = (box) => box.querySelector('input, textarea, select').name.replace(/-.*/, '');
  const told = (box) => Boolean(box.querySelector('input:checked')) ||
    [...box.querySelectorAll('textarea, input[type=date], input[type=text]')].some((field) => field.value);
  const found = [...part.querySelectorAll('.field, .outcome-card')].filter(seen).map((box) => [name(box), told(box)]);
  part.hidden = hidden;
  return found;
})"""
# The longest that the server took to keep a draft on this page, in milliseconds.
SLOWEST = """() => Math.max(0, ...performance.getEntriesByType('resource')
  .filter((one) => one.name.includes('/utkast/') && one.responseStatus === 200).map((one) => one.duration))"""
# Asked of somebody each time: nobody else's answer will do (rules C6, B2.2), and what only a change brings.
EACH_TIME = {"own_words", "not_asked", "risk_now", "safe_contact_confirmed", "family_worry", "follow_up_note"}


@pytest.fixture(autouse=True)
def anew(server: Any) -> Iterator[None]:
    """Each journey here starts from the demo as it was laid in."""
    server.reset()
    yield


def case(desk: Desk, person: str, who: str = "Sara L") -> str:
    desk.sits(who)
    return desk.find_by_name(person)


def begin(desk: Desk, person: str, who: str = "Sara L") -> str:
    reference = case(desk, person, who)
    desk.begin("Följ upp")
    return reference


def news(desk: Desk) -> str:
    """What the strip says would change, once it has been redrawn."""
    told: str = desk.page.get_by_role("complementary", name="Så blir planen").get_by_role("list").inner_text()
    return told


def becomes(desk: Desk, words: str) -> None:
    """Waits until the strip says so, and until it has been read aloud."""
    strip = desk.page.get_by_role("complementary", name="Så blir planen")
    strip.get_by_role("list").get_by_text(words).wait_for()
    strip.get_by_role("status").get_by_text(words).wait_for()


# --- the five parts ----------------------------------------------------------------------------------


def test_one_part_at_a_time_and_back_again(desk: Desk) -> None:
    # Given a follow-up; then the first part is shown, and no other
    begin(desk, RICH)
    shown = desk.page.get_by_role("heading", level=2)
    assert shown.all_inner_texts() == ["Läget"]
    desk.sees("Del 1 av 5")

    # When one goes on, then the heading of the next part has the focus
    for part in PARTS[1:]:
        desk.go_on()
        assert desk.page.evaluate("document.activeElement.textContent") == part
        assert shown.all_inner_texts() == [part]
    assert not desk.page.get_by_role("button", name="Fortsätt").count()

    # When the browser goes back, then so does the follow-up
    desk.page.go_back()
    desk.page.get_by_role("heading", level=2, name="Ansvar och nästa gång").wait_for()
    desk.page.go_back()
    desk.page.get_by_role("heading", level=2, name="Insatserna").wait_for()

    # When something is changed from Kontrollera, then one press leads back there, and it shows the change
    desk.part("Kontrollera")
    desk.page.get_by_role("link", name="Ändra Läget").click()
    desk.page.get_by_role("heading", level=2, name="Läget", exact=True).wait_for()
    desk.write({"Hur är läget?": "4, bra"})
    desk.page.get_by_role("button", name="Till Kontrollera").click()
    desk.page.get_by_role("heading", level=2, name="Kontrollera", exact=True).wait_for()
    row = desk.page.locator(".check-answers div").filter(has_text="Hur är läget?")
    assert row.inner_text().split() == ["Hur", "är", "läget?", "4,", "bra"]

    # And Enter in a field goes on; it does not save
    desk.part("Läget")
    desk.page.get_by_label("Uppföljningen hölls").press("Enter")
    desk.page.get_by_role("heading", level=2, name="Trygghet").wait_for()


def test_by_axe_in_every_part(desk: Desk) -> None:
    begin(desk, SHORT)
    for part in PARTS:
        desk.part(part)
        desk.examine(dark=True)
    desk.part("Insatserna")
    desk.write({SHELTER: "Avsluta"})
    desk.page.get_by_text("Obesvarad").first.wait_for()
    desk.examine()


def first_time(desk: Desk) -> None:
    """A follow-up where everything is answered, so that the record knows it the next time."""
    answers: Answers = {
        "Med personens egna ord": WORDS,
        "Hur är läget?": "4, bra",
        "Kontakt med familjen": "Enstaka",
        "Vad personen vill": "Ha kontakt med sin syster, inte med fler.",
        "Vår bedömning": "Kontakten med systern är trygg.",
        "Kontaktperson?": "Nej",
        "Om nej: varför?": "Annat stöd möter behovet",
        "Om nej: vad bryter ensamheten?": "Eget nätverk, säger personen",
    }
    desk.follow_up(answers)


def test_when_nothing_has_changed_twelve_presses_are_enough(desk: Desk) -> None:
    # Given somebody followed up before, with every question answered, and a goal
    case(desk, RICH)
    first_time(desk)

    # When the next follow-up opens, then at least nine of ten questions have their answer
    desk.begin("Följ upp")
    questions = [(name, told) for name, told in desk.page.evaluate(QUESTIONS) if name not in EACH_TIME]
    told = sum(answered for _, answered in questions)
    print(f"prefilled: {told} of {len(questions)}")
    assert len(questions) >= 9 and told >= 0.9 * len(questions), questions

    # When the person's words and the risk are written and nothing else, then it takes at most twelve presses
    desk.page.evaluate(COUNTER)
    words = desk.page.get_by_label("Med personens egna ord")
    words.click()
    words.press_sequentially("Allt är som förut.")
    desk.go_on()
    desk.page.get_by_role("radio", name="Oförändrad").check()
    line = desk.page.get_by_label("Varför risken är oförändrad, på en rad")
    line.click()
    line.press_sequentially("Inget har hänt.")
    for _ in range(3):
        desk.go_on()
    desk.page.evaluate("addEventListener('pagehide', () => sessionStorage.setItem('pressed', JSON.stringify(pressed)))")
    desk.save("Spara uppföljningen", "Uppföljningen är sparad")
    pressed = desk.page.evaluate("JSON.parse(sessionStorage.getItem('pressed'))")
    print(f"presses: {len(pressed)} {pressed}")
    assert 6 <= len(pressed) <= 12, pressed

    # Then the note, the confirmed risk and the next date are there
    desk.sees("Allt är som förut.")
    desk.follow("Händelser")
    desk.sees("Inget har hänt.")


# --- the plan beside the form ------------------------------------------------------------------------


def test_the_strip_is_redrawn_and_read_aloud(desk: Desk) -> None:
    # Given a placement that is proposed to go on to the day before the next home
    begin(desk, SHORT)
    desk.part("Insatserna")
    assert "Bostad: glappet är täckt." in news(desk)

    # When it is left as it is, then nothing changes; when it ends today, then the gap grows
    desk.write({f"Förläng till och med {SHELTER.rsplit(' ', 1)[0]}": f"Som nu {spoken(5)}"})
    becomes(desk, "Ingen skillnad mot planen i dag.")
    desk.write({SHELTER: "Avsluta", "Sista dag Skyddat boende, kollektiv": day()})
    becomes(desk, "Bostad: glappet ändras.")
    desk.sees(f"Vad gäller dagen efter, {spoken(1)}?")
    assert desk.page.get_by_text("Obesvarad", exact=True).locator("visible=true").count() == 1

    # When the day after is answered, then it is no longer unanswered
    desk.write({"Vad gäller dagen efter? Skyddat boende, kollektiv": "Inte klart än"})
    assert not desk.page.get_by_text("Obesvarad", exact=True).locator("visible=true").count()

    # And on a narrow screen the strip lies after the card
    desk.page.set_viewport_size(NARROW)
    desk.page.locator("[data-strip-slot] > [data-strip]").wait_for()
    desk.page.set_viewport_size(WIDE)
    desk.page.locator(".with-strip > [data-strip]").wait_for()


def test_what_another_unit_decides_has_no_choices(desk: Desk) -> None:
    case(desk, RICH)
    desk.record("En insats har börjat", say.support("Ekonomiskt bistånd", "Beslut finns"), "Insatsen är registrerad")
    desk.begin("Följ upp")
    desk.part("Insatserna")
    card = desk.page.get_by_role("group", name="Ekonomiskt bistånd", exact=True)
    assert not card.get_by_role("radio").count()
    card.get_by_role("link", name="Fråga ekonomiskt bistånd").wait_for()
    others = desk.page.get_by_role("group", name="Boendelots", exact=True).get_by_role("radio")
    assert [r.evaluate("r => r.closest('label').innerText") for r in others.all()[:3]] == [
        "Förläng",
        "Förändra",
        "Avsluta",
    ]


# --- R1, R5, R6, R7, R14, R28 ------------------------------------------------------------------------


def test_r1_a_third_short_time_in_a_row_is_asked_about_and_never_stopped(desk: Desk) -> None:
    # Given somebody placed two weeks at a time; then the proposal comes from the plan, with its reason
    reference = begin(desk, SHORT)
    desk.part("Insatserna")
    desk.sees("4 beslut i rad, sammanlagt 56 dagar")
    proposed = desk.page.get_by_role("radio", name=f"Förslag {spoken(19)}")
    assert proposed.is_checked()
    desk.sees("dagen innan mellanboende börjar")

    # When a long time is chosen, then nothing more is asked; two weeks more, then why, as one row of chips
    why = desk.page.get_by_role("group", name="Varför kort igen? Skyddat boende, kollektiv")
    desk.page.get_by_role("radio", name="6 mån").check()
    assert not why.count()
    name = "Förläng till och med Skyddat boende, kollektiv"
    desk.write({name: "Annat datum", "Annat datum Skyddat boende, kollektiv": day(19)})
    expect(why.get_by_role("radio")).to_have_count(4)
    assert not why.get_by_role("textbox").count()
    assert why.get_by_role("radio", name="Kostnad eller platsbrist").count() == 1

    # When it is not answered, then it is saved all the same, as a draft of a decision
    for _ in range(2):
        desk.go_on()
    desk.save("Spara uppföljningen", "Uppföljningen är sparad")
    desk.sees("1 utkast till beslut väntar på underskrift")
    desk.follow("Till ärendet")

    # When the manager signs it, then the form shows what is signed, and the support goes on to that day
    desk.sees(spoken(19), within="Utkast till beslut")
    desk.sits("Lena K")
    desk.go_to_case(reference)
    desk.page.get_by_role("region", name="Utkast till beslut").get_by_role("link", name="Skriv under").click()
    desk.heading("Skriv under beslutet")
    desk.sees(spoken(19), within="Det här skriver du under")
    assert desk.page.get_by_label("Till och med").input_value() == day(19)
    assert desk.page.get_by_role("group", name="Lagrum").get_by_role("radio", checked=True).count() == 1
    assert desk.page.get_by_label("Skäl").input_value() == "", "the reasons are the decider's own"
    desk.write({"Skäl": "Du behöver bo skyddat tills nästa boende börjar.", "Punkt i delegationsordningen": "4.1"})
    desk.save("Skriv under beslutet", "Beslutet är fattat")
    assert not desk.page.get_by_role("region", name="Utkast till beslut").count()
    desk.sees(spoken(19), within="Stöd")

    # And the manager's page says how long decisions are in the middle, beside the year before
    desk.menu("Team")
    desk.sees("Median", within="Beslutens längd")


def test_r5_without_a_next_date_the_case_says_so(desk: Desk) -> None:
    reference = begin(desk, RICH)
    desk.write_parts({"Gick inte att fråga": "Ja", "Nästa uppföljning": ""})
    desk.save("Spara uppföljningen", "Uppföljningen är sparad")
    desk.sees("Ingen uppföljning planerad")
    desk.follow("Till ärendet")
    desk.sees("Ingen uppföljning planerad", within="Nu")
    desk.menu("Min dag")
    row = desk.page.get_by_role("listitem").filter(has_text=reference).filter(has_text="Ingen uppföljning planerad")
    assert row.count() >= 1


def test_r6_a_quick_check_in_takes_four_presses_and_is_no_follow_up(desk: Desk) -> None:
    # Given Min dag with a row of a case, and what the case says of its next follow-up
    desk.sits("Sara L")
    row = desk.page.get_by_role("listitem").filter(has=desk.page.get_by_role("link", name="Avstämning")).first
    reference = row.get_by_role("link", name="Avstämning").inner_text().split()[-1]
    desk.go_to_case(reference)
    now = desk.page.get_by_role("region", name="Nu")
    planned = now.locator("dd").first.inner_text()
    desk.menu("Min dag")

    # When a check-in is written from there: open, how it is, one line, save
    with desk.page.expect_navigation():
        desk.page.get_by_role("link", name=f"Avstämning {reference}").first.click()
    desk.heading("Snabb avstämning")
    for size in ({"width": 1280, "height": 720}, NARROW):
        desk.page.set_viewport_size(size)
        asked = [desk.page.get_by_role("group", name="Hur är läget?"), desk.page.get_by_label("En rad om samtalet")]
        asked += [desk.page.get_by_label("Nästa kontakt"), desk.page.get_by_role("button", name="Snabb avstämning")]
        for one in asked:
            box = one.bounding_box()
            assert box and box["y"] >= 0 and box["y"] + box["height"] <= size["height"], (size, box)
        assert desk.page.evaluate("scrollY") == 0
    desk.page.set_viewport_size(WIDE)
    desk.examine()
    desk.page.evaluate(COUNTER)
    desk.page.get_by_label("4, bra").check()
    line = desk.page.get_by_label("En rad om samtalet")
    line.click()
    line.press_sequentially("Ett kort samtal, allt är lugnt.")
    desk.page.evaluate("addEventListener('pagehide', () => sessionStorage.setItem('pressed', JSON.stringify(pressed)))")
    desk.save("Snabb avstämning", "Avstämningen är sparad")
    pressed = ["Avstämning", *desk.page.evaluate("JSON.parse(sessionStorage.getItem('pressed'))")]
    print(f"presses: {pressed}")
    assert len(pressed) == 4, pressed

    # Then it counts as contact and stands in the history, and the follow-up is still to be made
    assert now.locator("div").filter(has_text="Senaste kontakt").last.inner_text().endswith(spoken())
    assert now.locator("dd").first.inner_text() == planned
    desk.follow("Händelser")
    desk.page.get_by_role("heading", level=3, name="Avstämning").first.wait_for()
    desk.sees("Ett kort samtal, allt är lugnt.")
    desk.follow("Översikt")
    desk.begin("Följ upp")
    assert desk.page.get_by_role("radio", name="4, bra").is_checked(), "what is known is not asked again"


def test_r7_support_that_ends_with_the_move_is_warned_of(desk: Desk) -> None:
    # Given housing support, and a home of one's own that begins on day 20
    case(desk, RICH)
    support = {**say.support("Boendestöd"), "Planerad sista dag": day(100)}
    desk.record("En insats har börjat", support, "Insatsen är registrerad")
    home: Answers = {"Insats": "Eget kontrakt", "Hur säkert är det?": "Avtalat, med dag", "Från och med": day(20)}
    home |= {"Vem ger insatsen": "Hyresvärden", "Tills vidare": "Ja"}
    desk.record("Planera ett stöd", home, "Det planerade stödet är sparat")

    # When the support is ended on that very day, then it is said, and ninety days more are chosen already
    desk.begin("Följ upp")
    desk.part("Insatserna")
    desk.write({"Boendestöd": "Avsluta", "Sista dag Boendestöd": day(20)})
    warned = desk.page.get_by_role("group", name=f"Boendestöd slutar samma dag som inflyttningen, {spoken(20)}.")
    warned.wait_for()
    assert warned.get_by_role("radio", name="Förläng 90 dagar").is_checked()
    desk.examine()

    # When another day is chosen, then the warning goes; back again, then it is there, and it is saved
    desk.write({"Sista dag Boendestöd": day(60)})
    warned.wait_for(state="detached")
    desk.write({"Sista dag Boendestöd": day(20)})
    warned.wait_for()
    desk.go_on()
    desk.sees("Vem stöttar de första 90 dagarna?")
    desk.write({"Vem stöttar de första 90 dagarna?": "Boendestöd"})
    desk.go_on()
    desk.save("Spara uppföljningen", "Uppföljningen är sparad")
    desk.follow("Till ärendet")
    row = desk.page.get_by_role("region", name="Stöd").get_by_role("row").filter(has_text="Boendestöd")
    row.get_by_text(spoken(110)).wait_for()


def test_r14_a_no_to_a_contact_person_asks_why_and_what_else_breaks_isolation(desk: Desk) -> None:
    begin(desk, RICH)
    desk.part("Ansvar och nästa gång")
    instead = desk.page.get_by_role("group", name="Om nej: vad bryter ensamheten?")
    desk.write({"Kontaktperson?": "Ja, kontaktperson"})
    assert not instead.count()
    desk.write({"Kontaktperson?": "Nej"})
    instead.wait_for()
    desk.page.get_by_role("group", name="Om nej: varför?").wait_for()

    # When the reason is left out, then it is saved all the same, and asked for until it is given
    desk.write({"Om nej: vad bryter ensamheten?": "Grupp eller förening"})
    desk.go_on()
    desk.save("Spara uppföljningen", "Uppföljningen är sparad")
    desk.sees("Grupp eller förening")
    desk.follow("Till ärendet")
    desk.sees("Nej till kontaktperson, utan skäl", within="Nu")
    desk.begin("Följ upp")
    desk.part("Ansvar och nästa gång")
    assert desk.page.get_by_role("group", name="Om nej: vad bryter").get_by_label("Grupp eller förening").is_checked()
    desk.write({"Om nej: varför?": "Annat stöd möter behovet"})
    desk.go_on()
    desk.save("Spara uppföljningen", "Uppföljningen är sparad")
    desk.follow("Till ärendet")
    desk.does_not_see("Nej till kontaktperson, utan skäl")

    # And the city counts refusals by district, as groups and never as few
    desk.sits("Tor A")
    table = desk.page.get_by_role("table").filter(has_text="Nej till kontaktperson")
    cells = [row.get_by_role("cell").nth(1).inner_text() for row in table.get_by_role("row").all()[1:]]
    assert len(cells) == 5 and set(cells) == {"färre än 8"}, "four districts and their sum, in a city of twelve people"


def test_r28_what_the_person_wants_stands_beside_what_we_think(desk: Desk) -> None:
    # Given that both have been written; when the next follow-up opens
    case(desk, RICH)
    first_time(desk)
    desk.begin("Följ upp")

    # Then both texts from last time are there, side by side, with their date
    desk.sees(f"Så skrevs det {spoken()}.")
    wants, ours = desk.page.get_by_label("Vad personen vill"), desk.page.get_by_label("Vår bedömning")
    assert wants.input_value() == "Ha kontakt med sin syster, inte med fler."
    assert ours.input_value() == "Kontakten med systern är trygg."
    one, other = wants.bounding_box(), ours.bounding_box()
    assert one and other and one["y"] == other["y"] and one["x"] + one["width"] < other["x"]


# --- nothing is lost ---------------------------------------------------------------------------------


def test_when_the_server_is_killed_at_most_two_seconds_are_lost(desk: Desk, server: Any) -> None:
    # Given somebody who types on and on; the page says when it was last saved
    begin(desk, RICH)
    where, context = desk.page.url, desk.page.context
    box = desk.page.get_by_label("Med personens egna ord")
    box.click()
    desk.page.evaluate(
        "() => { window.typed = []; document.getElementById('own_words').addEventListener('input',"
        " (e) => typed.push([performance.now(), e.target.value.length])); }"
    )
    status = desk.page.get_by_role("status")
    box.press_sequentially("Jag vill att ni vet hur det är. " * 3, delay=60)
    status.get_by_text(re.compile(r"^Sparat \d\d\.\d\d$")).wait_for()
    box.press_sequentially("Det var det jag ville säga. " * 2, delay=60)

    # When the server is killed in the middle of a word, then the page says so, and keeps what is typed
    gone = desk.page.evaluate("performance.now()")
    server.kill()
    try:
        box.press_sequentially("och nu skriver jag vidare", delay=60)
        status.get_by_text("Inte sparat än").wait_for()
        typed = desk.page.evaluate("typed")
        slowest = desk.page.evaluate(SLOWEST)
        desk.page.close()  # and the computer too: what only the page held is lost
    finally:
        server.start()

    # Then what was typed two seconds before is there when it serves again
    desk.page = context.new_page()
    desk.page.goto(where)
    kept = len(desk.page.get_by_label("Med personens egna ord").input_value())
    # Two seconds are ours; how long a busy machine takes to answer is measured in the same run, and printed
    before = max((length for at, length in typed if at <= gone - 2000 - slowest), default=0)
    at_once = max(length for at, length in typed if at <= gone)
    print(
        f"kept {kept} letters of {at_once}; {before} were typed two seconds and one answer ({slowest:.0f} ms) earlier"
    )
    assert before > 20 and before <= kept <= at_once


def test_without_a_net_the_words_stay_and_are_saved_when_it_is_back(desk: Desk) -> None:
    # Given a browser whose net is cut; when words are typed, then the page says that they are not saved
    begin(desk, RICH)
    desk.page.context.set_offline(True)
    desk.write({"Med personens egna ord": WORDS})
    status = desk.page.get_by_role("status")
    status.get_by_text("Inte sparat än").wait_for()
    # When the net is back, then they are saved by themselves, and the page says when
    desk.page.context.set_offline(False)
    status.get_by_text(re.compile(r"^Sparat \d\d\.\d\d$")).wait_for()
    desk.page.reload()
    assert desk.page.get_by_label("Med personens egna ord").input_value() == WORDS
    status.get_by_text(re.compile(r"^Sparat \d\d\.\d\d$")).wait_for()


def test_when_it_cannot_be_saved_it_says_so_and_keeps_the_words(desk: Desk) -> None:
    # In a follow-up, and in every other form
    case(desk, RICH)
    for event, label in (("Följ upp", "Med personens egna ord"), ("Skriv anteckning", "Anteckning")):
        desk.begin(event)
        desk.page.route("**/utkast/**", lambda route: route.fulfill(status=500, body="fel"))
        desk.write({label: WORDS})
        desk.page.get_by_role("status").get_by_text("Kunde inte spara. Försök igen").wait_for()
        assert desk.page.get_by_label(label).input_value() == WORDS
        desk.page.unroute("**/utkast/**")
        desk.page.get_by_role("status").get_by_text(re.compile(r"^Sparat \d\d\.\d\d$")).wait_for()
        desk.follow("Gör klart senare")


def signs_in_beside(desk: Desk, who: str) -> None:
    """Somebody signs in in a second tab of the same browser, and closes it."""
    tab = desk.page.context.new_page()
    tab.goto(f"{desk.page.url.split('/arenden/')[0]}/demo/")
    tab.get_by_role("button", name=who).first.click()
    tab.get_by_role("button", name="Lås").wait_for()
    tab.close()


def test_when_another_has_signed_in_the_words_wait_for_their_writer(desk: Desk) -> None:
    # Given words that are being typed when somebody else signs in in the same browser
    begin(desk, RICH)
    signs_in_beside(desk, "Lena K")
    desk.write({"Med personens egna ord": WORDS})

    # Then they are kept as nobody's, and stay where they are
    status = desk.page.get_by_role("status")
    status.get_by_text("någon annan är inloggad").wait_for()
    assert desk.page.get_by_label("Med personens egna ord").input_value() == WORDS

    # When their writer signs in again, then they are saved as hers
    signs_in_beside(desk, "Sara L")
    status.get_by_text(re.compile(r"^Sparat \d\d\.\d\d$")).wait_for()
    desk.page.reload()
    assert desk.page.get_by_label("Med personens egna ord").input_value() == WORDS


def test_when_the_session_is_over_the_words_stay_until_one_has_signed_in_again(desk: Desk) -> None:
    # Given words that are being typed when the session ends
    begin(desk, RICH)
    context = desk.page.context
    context.clear_cookies()
    desk.write({"Med personens egna ord": WORDS})
    status = desk.page.get_by_role("status")
    status.get_by_text("du är utloggad").wait_for()

    # When it is saved all the same, then the page stays, with the words
    for _ in range(4):
        desk.go_on()
    desk.page.get_by_role("button", name="Spara uppföljningen").click()
    time.sleep(1)
    desk.part("Läget")
    assert desk.page.get_by_label("Med personens egna ord").input_value() == WORDS

    # When one signs in again in another tab, then the words are saved without having been typed again
    signs_in_beside(desk, "Sara L")
    status.get_by_text(re.compile(r"^Sparat \d\d\.\d\d$")).wait_for()
    desk.part("Kontrollera")
    desk.save("Spara uppföljningen", "Uppföljningen är sparad")
    desk.sees(WORDS)


def test_it_is_taken_up_in_the_part_where_it_was_left(desk: Desk) -> None:
    begin(desk, RICH)
    desk.write({"Med personens egna ord": WORDS})
    desk.part("Insatserna")
    desk.write({"Boendelots": "Förändra"})
    desk.page.get_by_role("status").get_by_text(re.compile(r"^Sparat \d\d\.\d\d$")).wait_for()
    desk.follow("Gör klart senare")
    desk.begin("Följ upp")
    assert desk.page.get_by_role("heading", level=2).all_inner_texts() == ["Insatserna"]
    card = desk.page.get_by_role("group", name="Boendelots", exact=True)
    assert card.get_by_role("radio", name="Förändra").is_checked()
    desk.part("Läget")
    assert desk.page.get_by_label("Med personens egna ord").input_value() == WORDS


def test_what_is_wrong_is_shown_in_its_part(desk: Desk) -> None:
    begin(desk, RICH)
    desk.write({"Uppföljningen hölls": day(3)})
    desk.part("Kontrollera")
    desk.save("Spara uppföljningen")
    desk.complains("Datumet ligger framåt i tiden")
    assert desk.page.get_by_role("heading", level=2, name="Läget").is_visible()
    desk.part("Insatserna")
    desk.page.get_by_role("alert").get_by_role("link").click()
    assert desk.page.get_by_label("Uppföljningen hölls").evaluate("field => field === document.activeElement")
    desk.examine()


def test_without_scripts_it_is_one_long_page(plain_desk: Desk) -> None:
    # Given a browser where no script runs; then all five parts are on the page
    begin(plain_desk, SHORT)
    heads = plain_desk.page.get_by_role("heading", level=2).all_inner_texts()
    assert tuple(heads) == PARTS
    assert not plain_desk.page.get_by_role("button", name="Fortsätt").count()

    # When everything is answered on it, then it is saved, and the page says what was written
    longer = plain_desk.page.get_by_role("radio", name="6 mån")
    longer.check()
    until = longer.evaluate("radio => radio.closest('label').querySelector('.second').textContent")
    plain_desk.write({"Med personens egna ord": WORDS})
    plain_desk.save("Spara uppföljningen", "Uppföljningen är sparad")
    plain_desk.sees(WORDS)
    plain_desk.sees("1 utkast till beslut väntar på underskrift")
    plain_desk.sees(until, within="Det här skrevs")
