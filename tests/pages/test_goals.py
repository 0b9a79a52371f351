"""The pages of goals, responsibility and waiting: who sees what, without a script, and links that say no words."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from langsikt.model.parse import STOCKHOLM
from tests.pages.visiting import Visits
from tests.pages.world import LENA, SARA, World

pytestmark = pytest.mark.usefixtures("demo")
WORDS = "Kanelbullsmålet"
STEP = "Hallonbåten"
NAME = "Vem-där-Väderkvarn"
NEXT = "Nästa-sak-Näckros"
NOTE = "Frågeordet Fjärilsnät"
OWN = "Egna ord Enbärsris"
NEW_ORDER = "Tre mål i taget brukar räcka"


@pytest.fixture(scope="module")
def told(world: World) -> World:
    """The plain case with one of everything."""
    from devtools.people import LENA as MANAGER
    from langsikt.access.window.staff import actor_named
    from langsikt.actions import door

    now = datetime.now(UTC)
    here, today = world.references["plain"], now.astimezone(STOCKHOLM).date()

    def do(event: str, **raw: str) -> None:
        filled = {name.replace("__", "-"): [value] for name, value in raw.items()}
        door.act(actor_named(SARA, now), event, here, filled, now=now)

    goal = {"goal_line": WORDS, "goal_need": "health", "goal_status": "under_way", "goal_minus_one": STEP}
    do("set_goal", **goal)
    do("record_skills", skill__bills="with_support", own_words=OWN)
    do("name_responsible_unit", responsible_area="bills", responsible_unit="housing_guide", responsible_name=NAME,
       next_action=NEXT)  # fmt: skip
    do("send_referral", sent_on=str(today - timedelta(days=74)), referral_to="psychiatry", note=NOTE)
    do("receive_offer", home_kind="own_lease", answer_by_on=str(today + timedelta(days=5)),
       economy_answer_on=str(today + timedelta(days=9)))  # fmt: skip
    assert MANAGER == LENA
    return world


def page(world: World, visits: Visits, who: str, path: str) -> str:
    answer = visits.by(who).get(f"/arenden/{world.references['plain']}/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


SEALED = {
    "mal/": (WORDS, STEP, OWN, "Hälsa", "Betala räkningar", "På väg"),
    "vem-gor-vad/": (NAME, NEXT),
    "vantar/": (NOTE, "Psykiatrin", "Eget kontrakt", "SIP"),
}


@pytest.mark.parametrize("path", SEALED)
def test_a_worker_reads_what_a_manager_sees_only_the_days_of(told: World, visits: Visits, path: str) -> None:
    working, managing = page(told, visits, SARA, path), page(told, visits, LENA, path)
    for words in SEALED[path]:
        assert words in working, words
        assert words not in managing, words
    assert "dolt" in managing or path == "vantar/"


def test_a_manager_sees_the_unit_how_long_and_what_nobody_has(told: World, visits: Visits) -> None:
    matrix, waits = page(told, visits, LENA, "vem-gor-vad/"), page(told, visits, LENA, "vantar/")
    assert "Boendelots" in matrix and "Ingen ansvarig" in matrix and "Utse<" not in matrix
    assert "väntar 74 dagar" in waits and "Svar från annan" in waits
    assert "Svaret om hyran kommer 4 dagar efter sista svarsdag" in waits


def test_nothing_on_the_page_of_goals_speaks_of_age_or_of_failure(told: World, visits: Visits) -> None:
    for language in ("sv", "en"):
        visits.by(SARA).post("/sprak/", {"language": language, "next": "/hjalp/"})
        said = re.sub(r"<[^>]+>", " ", page(told, visits, SARA, "mal/").partition("<main")[2].partition("</main")[0])
        assert len(said) > 500
        assert not re.search(r"ålder|\d+ år\b|\bage\b|year-old|misslyckad|underkän|failed", said, re.IGNORECASE)
    visits.by(SARA).post("/sprak/", {"language": "sv", "next": "/hjalp/"})


def test_the_skills_form_knows_the_last_answers_and_so_does_a_correction(told: World, visits: Visits) -> None:
    form = page(told, visits, SARA, "uppfoljning/fardigheter/")
    assert re.findall(r'name="skill-bills" value="(\w+)" checked', form) == ["with_support"]
    history = page(told, visits, SARA, "handelser/")
    event = re.search(r'id="([0-9a-f-]{36})" tabindex="-1">(?:(?!</li>).)*Färdigheter', history, re.DOTALL)
    assert event
    again = page(told, visits, SARA, f"handelser/{event[1]}/ratta/")
    assert re.findall(r'name="skill-bills" value="(\w+)" checked', again) == ["with_support"]


def test_a_link_names_an_area_and_the_form_knows_what_stands_there(told: World, visits: Visits) -> None:
    form = page(told, visits, SARA, "arende/ansvar/?responsible_area=bills")
    assert chosen(form, "responsible_area") == ["bills"] and chosen(form, "responsible_unit") == ["housing_guide"]
    assert f'value="{NAME}"' in form and f'value="{NEXT}"' in form
    other = page(told, visits, SARA, "arende/ansvar/?responsible_area=bank")
    assert chosen(other, "responsible_area") == ["bank"] and chosen(other, "responsible_unit") == []
    assert NAME not in other


def chosen(form: str, name: str) -> list[str]:
    """The options of a list that are chosen."""
    field = re.search(rf'<select[^>]*name="{name}".*?</select>', form, re.DOTALL)
    assert field
    return re.findall(r'value="(\w+)" selected', field[0])


def test_a_link_says_no_words(told: World, visits: Visits) -> None:
    link = "arende/ansvar/?responsible_name=Stulet&next_action=Annat&responsible_unit=person&responsible_area=nowhere"
    form = page(told, visits, SARA, link)
    main = form.partition("<form method")[2]
    assert "Stulet" not in form and "Annat" not in main.partition("<h2>")[0]
    assert chosen(form, "responsible_area") == [] and chosen(form, "responsible_unit") == []
    pages = {path: page(told, visits, SARA, path) for path in SEALED}
    for address in re.findall(r'(?:href|action)="([^"]+)"', "".join(pages.values())):
        assert not any(word in address for words in SEALED.values() for word in words), address


def test_a_draft_about_one_area_does_not_answer_for_another(told: World, visits: Visits) -> None:
    browser, here = visits.by(SARA), told.references["plain"]
    draft = {"responsible_area": "debts", "responsible_unit": "association", "responsible_name": "Utkastnamn"}
    assert browser.post(f"/arenden/{here}/utkast/name_responsible_unit/", draft).status_code == 200
    assert "Utkastnamn" in page(told, visits, SARA, "arende/ansvar/?responsible_area=debts")
    assert "Utkastnamn" not in page(told, visits, SARA, "arende/ansvar/?responsible_area=bank")
    assert "Utkastnamn" in page(told, visits, SARA, "arende/ansvar/")


def test_a_goal_is_scored_by_one_form_of_the_page_and_counts_once(told: World, visits: Visits) -> None:
    browser, here = visits.by(SARA), told.references["plain"]
    said = page(told, visits, SARA, "mal/")
    form = re.search(r'<form method="post" action="([^"]+mal-lage/)".*?</form>', said, re.DOTALL)
    assert form and '<button type="submit" class="button small score-step" name="goal_level" value="-1">' in form[0]
    sent: dict[str, Any] = dict(re.findall(r'name="(key|seen|goal|goal_status)" value="([^"]+)"', form[0]))
    assert set(sent) == {"key", "seen", "goal", "goal_status"} and len(sent["key"]) <= 64
    for _ in range(2):
        answer = browser.post(form[1], {**sent, "goal_level": "-1"})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/arenden/{here}/mal/?klart=score_goal")
    after = page(told, visits, SARA, "mal/")
    assert after.count("Här nu") == 1 and re.search(rf'aria-current="true".*?{STEP}', after)
    assert len(re.findall(r"<li>[^<]*: <b>−1</b>", after)) == 1


def test_a_fourth_goal_is_asked_about_and_never_stopped(told: World, visits: Visits) -> None:
    browser, here = visits.by(SARA), told.references["plain"]
    address = f"/arenden/{here}/uppfoljning/mal/"
    goal = {"goal_need": "housing", "goal_status": "not_begun"}
    for number in (2, 3):
        assert NEW_ORDER not in browser.get(address).content.decode()
        assert browser.post(address, {**goal, "goal_line": f"Mål {number}"}).status_code == 302
    asked = browser.get(address).content.decode()
    assert f"{NEW_ORDER}. Lägg det här som nästa?" in asked
    assert '<button type="submit" class="button filled" name="goal_status" value="paused">' in asked
    # The radio comes before the button in the form, so the button's word is the last one and counts.
    waiting = f"goal_line=Vila&goal_need=housing&goal_status=under_way&{'goal_status=paused'}"
    answer = browser.post(address, waiting, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert browser.post(address, {**goal, "goal_line": "Fjärde"}).status_code == 302
    said = page(told, visits, SARA, "mal/")
    assert "4 mål är i gång. Tre i taget brukar räcka." in said
    resting = said.partition('id="mal-next"')[2]
    assert "Vila" in resting and "Fjärde" not in resting


ORDERED = ("Lära mig simma", "Spara lite pengar", "Laga mat själv")
SHOWN = ("mal/", "plan/", "min-plan/?papper=ja", "uppfoljning/ny/")


def order(text: str) -> list[str]:
    """The three goals in the order in which a page first says them."""
    found = {words: text.find(words) for words in ORDERED}
    assert min(found.values()) >= 0, found
    return sorted(ORDERED, key=lambda words: found[words])


def move(visits: Visits, here: str, form: str, words: str, way: str) -> None:
    """Presses *Upp* or *Ner* on a goal's card; the form is all that is sent, so no script is needed."""
    card = next(part for part in form.split("<article")[1:] if words in part.partition("</h3>")[0])
    sent: dict[str, str] = dict(re.findall(r'name="(key|seen|goal)" value="([^"]+)"', card.partition("goal-order")[2]))
    pressed = re.search(rf'name="goal_before" value="([^"]*)">(?:(?!</button>).)*{way}<', card, re.DOTALL)
    assert pressed, f"{words}: {way}"
    answer = visits.by(SARA).post(f"/arenden/{here}/uppfoljning/mal-ordning/", {**sent, "goal_before": pressed[1]})
    landed = f"/arenden/{here}/mal/?klart=order_goals#mal-{sent['goal']}"
    assert (answer.status_code, answer.headers["Location"]) == (302, landed)


def test_the_persons_own_order_is_the_same_on_every_page(told: World, visits: Visits) -> None:
    browser, here = visits.by(SARA), told.references["plain"]
    for words in ORDERED:
        sent = {"goal_line": words, "goal_need": "housing", "goal_status": "under_way"}
        assert browser.post(f"/arenden/{here}/uppfoljning/mal/", sent).status_code == 302
    first, second, third = ORDERED
    for words, way, expected in (
        (third, "Upp", [first, third, second]),
        (third, "Upp", [third, first, second]),
        (first, "Ner", [third, second, first]),
        (second, "Upp", [second, third, first]),
    ):
        move(visits, here, page(told, visits, SARA, "mal/"), words, way)
        assert {path: order(page(told, visits, SARA, path)) for path in SHOWN} == dict.fromkeys(SHOWN, expected)
    history = page(told, visits, SARA, "handelser/")
    assert history.count("Målens ordning") >= 4, "what was first before can still be read"


def test_the_first_goal_has_no_way_up_and_a_manager_no_way_at_all(told: World, visits: Visits) -> None:
    group = page(told, visits, SARA, "mal/").partition('id="mal-now"')[2].partition("</section>")[0]
    cards = group.split("<article")[1:]
    assert len(cards) > 1
    assert [("Upp<" in c, "Ner<" in c) for c in cards] == [(n > 0, n + 1 < len(cards)) for n in range(len(cards))]
    assert "goal_before" not in page(told, visits, LENA, "mal/")


def test_a_goal_comes_before_another_and_never_before_itself(told: World, visits: Visits) -> None:
    browser, here = visits.by(SARA), told.references["plain"]
    found = re.search(r'name="goal" value="([^"]+)"', page(told, visits, SARA, "mal/"))
    assert found
    answer = browser.post(f"/arenden/{here}/uppfoljning/mal-ordning/", {"goal": found[1], "goal_before": found[1]})
    assert answer.status_code == 422 and "Välj ett annat mål än det som flyttas" in answer.content.decode()
