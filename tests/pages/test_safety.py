"""*Trygghet* in HTTP: what each sees of it, the papers behind a step-up, the two calm pages, the numbers."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from langsikt.model.contacts import FRESH_DAYS, telephones
from langsikt.model.load import METHOD
from langsikt.model.reading import Faults
from tests.pages.table import day
from tests.pages.visiting import COOKIE, Visits, signed_in, traced
from tests.pages.world import ALI, LENA, OMAR, SARA, World

pytestmark = pytest.mark.usefixtures("demo")

WANTS, VIEW, ESTIMATE, MEASURES = "Svalbosyskon", "Grankottesyn", "Enbuskrädsla", "Porslunalås"
SIGNAL, SAFE, STEPS, PAPERS, JOURNEY = "Ljungjacka", "Björnmosskusin", "Starrstig", "Hasselskåpet", "Rapsbröllop"
TEXTS = (WANTS, VIEW, ESTIMATE, MEASURES, SIGNAL, SAFE, STEPS, JOURNEY)


@pytest.fixture(scope="module")
def told(world: World, visits: Visits) -> str:
    """The reference of a case in which everything about safety is said, each text with a word of its own."""
    from tests.pages import visiting

    reference = world.references["plain"]
    risk = {"assessed_on": day(-30), "risk_method": "patriark", "risk_level": "medium", "imminent": "yes"}
    sent = {
        "utredning/riskbedomning": {**risk, "next_review_on": day(60), "own_estimate": ESTIMATE, "measures": MEASURES},
        "arende/kontakt-med-familjen": {"happened_on": day(-20), "family_contact": "none"},
        "arende/trygghetsplan": {
            "happened_on": day(-1), "next_contact_on": day(10), "danger_signal": SIGNAL, "safe_person": SAFE,
            "plan_steps": STEPS, "identity_papers": PAPERS, "travel_on": day(30), "travel_line": JOURNEY,
            "numbers_given": ["police"],
        },
    }  # fmt: skip
    with visiting.demo():
        for path, form in sent.items():
            assert post(visits, f"/arenden/{reference}/{path}/", form).status_code == 302, path
        up = {"happened_on": day(), "family_contact": "secret", "person_wants": WANTS, "our_view": VIEW}
        assert post(visits, f"/arenden/{reference}/arende/kontakt-med-familjen/", up).status_code == 302
    return reference


def post(visits: Visits, where: str, form: dict[str, Any], who: str = SARA) -> Any:
    return visits.by(who).post(where, form, secure=True)


def page(visits: Visits, where: str, who: str = SARA) -> str:
    """The page as words."""
    answer = visits.by(who).get(where, secure=True)
    assert answer.status_code == 200, (where, answer.status_code)
    return str(answer.content.decode())


# --- who sees what ----------------------------------------------------------------------------------------


def test_the_worker_reads_the_texts_and_never_the_papers(told: str, visits: Visits) -> None:
    said = page(visits, f"/arenden/{told}/trygghet/")
    assert [text for text in TEXTS if text not in said] == [SIGNAL], "what means danger is hidden like the code word"
    assert PAPERS not in said and "Hemlig" in said and "Medel" in said
    shown = post(visits, f"/arenden/{told}/trygghet/visa/", {"field": "safety_signal"}).content.decode()
    assert SIGNAL in shown and PAPERS not in shown


def test_the_manager_sees_dates_until_a_reason_is_given(told: str, visits: Visits) -> None:
    said = page(visits, f"/arenden/{told}/trygghet/", LENA)
    assert [text for text in (*TEXTS, PAPERS, "Hemlig<", "Medel<", "safety-line", "mer kontakt") if text in said] == []
    assert "Risk över tid" in said and said.count("dolt") >= 8
    where = f"/arenden/{told}/trygghet/visa/"
    refused = post(visits, where, {"field": "safety"}, LENA).content.decode()
    assert "Välj ett skäl först" in refused and WANTS not in refused
    opened = post(visits, where, {"field": "safety", "reason": "guidance"}, LENA)
    shown = opened.content.decode()
    assert [text for text in TEXTS if text not in shown] == [] and PAPERS not in shown
    assert "safety-line" in shown and opened["Refresh"].endswith(f"url=/arenden/{told}/trygghet/")


def test_the_manager_never_gets_the_papers(told: str, visits: Visits) -> None:
    answer = post(visits, f"/arenden/{told}/trygghet/visa/", {"field": "identity_papers", "reason": "guidance"}, LENA)
    assert answer.status_code == 404 and PAPERS not in answer.content.decode()


@pytest.mark.parametrize("field", ["phone", "name", "address", "text", "card", "nothing", ""])
def test_only_what_stands_on_the_page_is_shown_from_it(told: str, visits: Visits, field: str) -> None:
    assert post(visits, f"/arenden/{told}/trygghet/visa/", {"field": field}).status_code == 404


def test_the_papers_are_shown_and_written_down(told: str, visits: Visits, world: World) -> None:
    shown = post(visits, f"/arenden/{told}/trygghet/visa/", {"field": "identity_papers"})
    assert PAPERS in shown.content.decode() and int(shown["Refresh"].partition(";")[0]) == 300
    with world.owner() as owner:
        row = owner.execute(
            "select action, klass, reason from records_journalentry where action = 'reveal_identity_papers'"
            " and result = 'done' order by at desc limit 1"
        ).fetchone()
    assert row == ("reveal_identity_papers", 3, "contact")
    assert PAPERS not in page(visits, f"/arenden/{told}/trygghet/"), "hidden again on the next page"


@pytest.mark.parametrize(("minutes", "status"), [(11, 302), (9, 200)])
def test_the_papers_ask_who_one_is(told: str, minutes: int, status: int) -> None:
    from devtools import signin

    client = signed_in(SARA)
    client.cookies[COOKIE] = signin.open_session(SARA, datetime.now(UTC) - timedelta(minutes=minutes))
    answer = client.post(f"/arenden/{told}/trygghet/visa/", {"field": "identity_papers"}, secure=True)
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"].startswith("/logga-in/bekrafta/") and "trygghet" in answer["Location"]


def test_papers_stand_in_no_history_and_no_form(told: str, visits: Visits) -> None:
    for where in ("", "handelser/", "plan/", "arende/trygghetsplan/", "steg/utredning/", "logg/"):
        assert PAPERS not in page(visits, f"/arenden/{told}/{where}")


@pytest.mark.parametrize("who", [OMAR, ALI])
def test_others_get_what_is_not_there(told: str, visits: Visits, who: str) -> None:
    answers = [visits.by(who).get(f"/arenden/{ref}/trygghet/", secure=True) for ref in (told, "ZZZZ99")]
    assert [a.status_code for a in answers] == [404, 404]


def test_the_page_is_one_look_and_few_statements(told: str, visits: Visits) -> None:
    visits.by(SARA).get("/hjalp/", secure=True)
    with traced() as found:
        page(visits, f"/arenden/{told}/trygghet/")
    journaled = [s for s in found.statements if s.startswith('INSERT INTO "records_journalentry"')]
    assert len(found.statements) <= 15 and len(journaled) == 1, found.statements


# --- what it asks for first --------------------------------------------------------------------------------


def test_more_contact_asks_for_a_plan_first_of_all(told: str, visits: Visits) -> None:
    said = page(visits, f"/arenden/{told}/trygghet/")
    assert said.index("Trygghetsplan vid återvändande") < said.index("Risk över tid")
    assert len(re.findall('class="button filled"', said.partition("<main")[2].partition("</main>")[0])) == 1, (
        "one filled button in a view"
    )


def test_a_journey_proposes_the_milestone_once(told: str, visits: Visits) -> None:
    said = page(visits, f"/arenden/{told}/trygghet/")
    assert f'name="milestone_on" value="{day(30)}"' in said
    form = {"milestone_kind": "school_break", "milestone_on": day(30)}
    done = post(visits, f"/arenden/{told}/behov-efter/milstolpe/?fran=trygghet", form)
    assert done["Location"] == f"/arenden/{told}/trygghet/?klart=add_milestone"
    assert 'name="milestone_kind"' not in page(visits, f"/arenden/{told}/trygghet/")


def test_the_form_suggests_the_next_contact_in_14_days(told: str, visits: Visits) -> None:
    said = page(visits, f"/arenden/{told}/arende/trygghetsplan/")
    assert re.search(rf'name="next_contact_on"[^>]*value="{day(14)}"', said)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_level_is_a_score_or_a_colour(told: str, visits: Visits, language: str) -> None:
    visits.by(SARA).post("/sprak/", {"language": language, "next": "/"}, secure=True)
    said = page(visits, f"/arenden/{told}/trygghet/").partition("<main")[2].lower()
    visits.by(SARA).post("/sprak/", {"language": "sv", "next": "/"}, secure=True)
    assert not re.search(r"poäng|\bscore|is-high|is-low|green|yellow|\d\s*%</|av 3|of 3", said)


# --- the acute ending ------------------------------------------------------------------------------------------


def ending(world: World, visits: Visits, **form: Any) -> Any:
    where = f"/arenden/{world.references['night']}/placering/akut-avslut/"
    placement = world.events["night.placement"]
    return post(visits, where, {"placement": placement, **form}, ALI)


def test_the_questions_come_in_their_order(world: World, visits: Visits) -> None:
    said = page(visits, f"/arenden/{world.references['night']}/placering/akut-avslut/", ALI).partition("<main")[2]
    order = ("last_night", "tonight", "call_by", "call_at", "imminent", "day_after")
    places = [said.index(f'name="{name}"') for name in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("form", "day_said"),
    [
        ({"last_night": day(1), "last_day_on": ""}, day(1)),
        ({"last_night": "", "last_day_on": day(2)}, day(2)),
        ({"last_day_on": day(3)}, day(3)),
        ({"last_night": day(), "last_day_on": day(9)}, day()),
    ],
)
def test_a_chip_or_a_day_is_the_last_night(world: World, visits: Visits, form: dict[str, str], day_said: str) -> None:
    assert ending(world, visits, **form).status_code == 302, "saved with nothing else known (rules B1.1)"
    with world.owner() as owner:
        row = owner.execute(
            "select p.last_day_on from records_placementchange p join records_event e on e.id = p.event_id"
            " where e.name = 'end_placement_acutely' order by e.recorded_at desc, e.seq desc limit 1"
        ).fetchone()
    world.renew()
    visits.forget()
    assert row == (date.fromisoformat(day_said),)


def test_without_a_last_night_it_comes_back_whole(world: World, visits: Visits) -> None:
    answer = ending(world, visits, last_night="", last_day_on="", tonight="unsafe")
    said = answer.content.decode()
    assert answer.status_code == 422 and "last_day_on-complaint" in said
    assert re.search(r'name="tonight" value="unsafe" checked', said)


# --- the unsafe night of somebody else's case (R24) --------------------------------------------------------------


@pytest.mark.parametrize(("hours", "alarmed"), [(23, False), (25, True)])
def test_the_named_stand_in_reads_a_reference_and_nothing_more(
    world: World, visits: Visits, hours: int, alarmed: bool
) -> None:
    world.renew()
    visits.forget()
    reference, line = world.references["present"], "Alrotsrad"
    form = {"wellbeing": "1", "check_in_line": line, "tonight": "unsafe"}
    assert post(visits, f"/arenden/{reference}/uppfoljning/avstamning/", form).status_code == 302
    with world.owner() as owner:
        owner.execute(
            "update records_event set recorded_at = recorded_at - make_interval(hours => %s),"
            " happened_at = happened_at - make_interval(hours => %s) where name = 'check_in' and case_id = %s",
            [hours, hours, world.cases["present"]],
        )
    visits.by(OMAR).get("/hjalp/", secure=True)
    with traced() as found:
        said = page(visits, "/min-dag/", OMAR)
    assert (reference in said) is alarmed and line not in said
    assert f"/arenden/{reference}/" not in said and len(found.statements) <= 15
    assert visits.by(OMAR).get(f"/arenden/{reference}/", secure=True).status_code == 404
    world.renew()
    visits.forget()


# --- the numbers ---------------------------------------------------------------------------------------------------


def test_each_number_has_its_source_and_its_day(told: str, visits: Visits) -> None:
    said = page(visits, f"/arenden/{told}/trygghet/")
    assert {c.number for c in METHOD.contacts} == {"112", "114 14", "08-405 50 05", "010-223 57 60"}
    for contact in METHOD.contacts:
        assert contact.number in said and contact.source in said and contact.checked_on.isoformat() <= day()
    assert said.count("Senast kontrollerad") == len(METHOD.contacts)


def test_a_number_is_to_be_checked_after_half_a_year() -> None:
    contact = METHOD.contacts[0]
    assert not contact.is_stale(contact.checked_on + timedelta(days=FRESH_DAYS))
    assert contact.is_stale(contact.checked_on + timedelta(days=FRESH_DAYS + 1))


def test_a_number_without_a_source_is_a_fault() -> None:
    faults = Faults()
    assert tuple(telephones({"police": {"number": "112", "colour": "red"}}, faults))
    assert any("source" in line for line in faults.lines) and any("colour" in line for line in faults.lines)
