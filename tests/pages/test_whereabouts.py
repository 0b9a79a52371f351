"""Whereabouts in pages: masked in one place, warned of in free text, and an address that is burnt moves everybody."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from devtools import people
from tests.pages import sinks, table, visiting
from tests.pages.visiting import Visits
from tests.pages.world import ADDRESS, MARK, World, secret

SARA, LENA, KARIN, OFFICER = people.SARA, people.LENA, people.KARIN, "hanna.m"
STREET = ADDRESS.partition(",")[0]
WORK = secret("plain", "whereabouts_value")
ELSEWHERE = "Tallticksvägen 14"  # no case knows it; it looks like an address


@pytest.fixture(autouse=True)
def fresh(world: World, visits: Visits) -> Iterator[None]:
    yield
    world.renew()
    visits.forget()


def here(world: World, path: str = "", case: str = "plain") -> str:
    return f"/arenden/{world.references[case]}/{path}"


def note(text: str, **more: str) -> dict[str, str]:
    return {"happened_at": f"{table.day(-1)}T10:00", "note": text, **more}


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html.unescape(answer.content.decode())))


def notes_kept(world: World) -> int:
    with world.owner() as owner:
        query = "select count(*) from records_note where case_id = %s"
        return int(owner.execute(query, [world.cases["plain"]]).fetchone()[0])


# --- the warning -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "says"),
    [(STREET, "adress"), ("Ingenstad", "adress"), (WORK, "arbetsplats"), (MARK, "boendets märke"),
     (secret("plain", "phone"), "telefon"), (ELSEWHERE, "ser ut som en adress")],
)  # fmt: skip
def test_a_note_that_says_where_comes_back_once_and_is_saved_with_the_tick(
    word: str, says: str, world: World, visits: Visits
) -> None:
    before, sara = notes_kept(world), visits.by(SARA)
    text = f"Samtal i dag. Hon är vid {word} nu.\r\nAllt är lugnt."
    back = sara.post(here(world, "arende/anteckning/"), note(text, key="one"))
    page = back.content.decode()
    assert back.status_code == 422 and notes_kept(world) == before, "nothing is saved without her knowing"
    assert f"<mark>{html.escape(word)}</mark>" in page and f"({says})" in text_of(back)
    assert "Allt är lugnt." in page and page.count('name="anyway"') == 1, "the text is kept, and there is one tick"
    saved = sara.post(here(world, "arende/anteckning/"), note(text, key="one", anyway="on"))
    assert saved.status_code == 302 and notes_kept(world) == before + 1, "a note is never stopped"


@pytest.mark.parametrize("text", ["Målet är att komma vidare på vägen.", "Vi ses på gatan 2 gånger i veckan."])
def test_a_near_miss_is_saved_at_once(text: str, world: World, visits: Visits) -> None:
    before = notes_kept(world)
    assert visits.by(SARA).post(here(world, "arende/anteckning/"), note(text)).status_code == 302
    assert notes_kept(world) == before + 1


def test_another_case_s_whereabouts_are_no_warning_here(world: World, visits: Visits) -> None:
    other = secret("other", "whereabouts_value")
    assert visits.by(SARA).post(here(world, "arende/anteckning/"), note(f"Om {other}.")).status_code == 302


def test_while_typing_the_answer_says_where_the_words_stand_and_not_one_of_them(world: World, visits: Visits) -> None:
    text = f"Hej 😀\r\nHon är vid {WORK} och {ELSEWHERE}."
    answer = visits.by(SARA).post(here(world, "utkast/write_note/"), note(text))
    said = json.loads(answer.content)
    letters = text.replace("\r\n", "\n")
    marked = [(letters[a:b], kind) for a, b, kind in said["marked"]["note"]]
    assert marked == [(WORK, "workplace"), (ELSEWHERE, "looks_like")]
    assert not sinks.found_in(answer.content, [WORK, ELSEWHERE, "Tallticksvägen"])


def test_the_answer_is_no_way_to_guess_for_whoever_may_not_be_shown(world: World, visits: Visits) -> None:
    """A manager never sees where the person is: then no word that is typed may tell it either."""
    form = {"case_worker": world.staff[SARA], "handover_note": f"Hon arbetar vid {WORK}, bor på {STREET}."}
    said = json.loads(visits.by(LENA).post(here(world, "utkast/assign_case/"), form).content)
    assert [kind for _, _, kind in said["marked"]["handover_note"]] == ["looks_like"]


def test_a_decision_is_stopped_and_not_merely_warned(world: World, visits: Visits) -> None:
    cell = table.Cell("event:issue_decision", "POST", "case_worker_assigned", 302)
    form = table.body(cell, world)
    for words, hard in ((f"Hon arbetar vid {WORK}.", True), (f"Bor på {STREET}.", True), (f"Nära {ELSEWHERE}.", False)):
        sent = {**form, "reasons": words}
        answer = visits.by(SARA).post(here(world, "beslut/fatta/"), sent)
        assert answer.status_code == 422 and ('name="anyway"' in answer.content.decode()) is not hard, words
        ticked = visits.by(SARA).post(here(world, "beslut/fatta/"), {**sent, "anyway": "on"})
        assert ticked.status_code == (422 if hard else 302), words


# --- the page --------------------------------------------------------------------------------------


def test_the_value_is_on_no_page_until_it_is_shown_with_a_reason(world: World, visits: Visits) -> None:
    sara, row = visits.by(SARA), world.events["plain.whereabouts"]
    for path in ("", "dolda-uppgifter/", "handelser/", "trygghet/", "plan/", "vantar/", "logg/", "steg/kontakt/"):
        page = sara.get(here(world, path))
        assert page.status_code == 200 and not sinks.found_in(page.content, [WORK, STREET]), path
    unreasoned = sara.post(here(world, f"dolda-uppgifter/{row}/visa/"))
    assert unreasoned.status_code == 422 and not sinks.found_in(unreasoned.content, [WORK])
    shown = sara.post(here(world, f"dolda-uppgifter/{row}/visa/"), {"reason": "contact"})
    assert sinks.found_in(shown.content, [WORK]) == [WORK] and shown.headers["Refresh"].startswith("300;")
    assert "Sara" in text_of(sara.get(here(world, "dolda-uppgifter/"))).partition("Vem har sett den")[2]


def test_another_case_s_row_is_not_found(world: World, visits: Visits) -> None:
    row = world.events["met.whereabouts"]
    answer = visits.by(SARA).post(here(world, f"dolda-uppgifter/{row}/visa/"), {"reason": "contact"})
    assert answer.status_code == 404


def test_a_detail_is_replaced_and_ended(world: World, visits: Visits) -> None:
    sara, row = visits.by(SARA), world.events["plain.whereabouts"]
    form = {"whereabouts_kind": "workplace", "whereabouts_value": "Bokbinderiet Tre Ark", "replaces": row}
    assert sara.post(here(world, "arende/uppgift-som-kan-roja/"), form).status_code == 302
    page = text_of(sara.get(here(world, "dolda-uppgifter/")))
    assert "Gäller inte längre 1" in page and "Bokbinderiet" not in page
    address = {"whereabouts_kind": "address", "whereabouts_value": ADDRESS}
    stopped = sara.post(here(world, "arende/uppgift-som-kan-roja/"), address)
    assert stopped.status_code == 422 and "Den skrivs bara där" in text_of(stopped), "an address stands in one place"


# --- burnt -----------------------------------------------------------------------------------------


def test_a_burnt_address_takes_nobody_and_moves_everybody_until_it_is_undone(world: World, visits: Visits) -> None:
    place = f"/boende/{world.dwelling}/"
    move = {"place": world.dwelling, "first_night_on": table.day(), "decided_by": "decision"}
    assert visits.by(LENA).post(f"{place}rojd/", {"says": "burnt"}).status_code == 302
    day = text_of(visits.by(SARA).get("/min-dag/"))
    assert day.count("Adressen är röjd") >= 3 and "Flytta personen" in day
    assert day.index("Adressen är röjd") < day.index("Riskbedömning") if "Riskbedömning" in day else True
    assert re.search(r"[1-9]\d* adressen är röjd", text_of(visits.by(LENA).get("/team/")))
    assert "Adressen är röjd" in text_of(visits.by(SARA).get(here(world)))
    refused = visits.by(KARIN).post(here(world, "placering/inflyttning/"), move)
    assert refused.status_code == 422 and "Platsen kan inte användas nu" in text_of(refused), "as a full one answers"
    assert visits.by(KARIN).post(f"{place}rojd/", {"says": "cleared"}).status_code == 302
    assert "Adressen är röjd" not in text_of(visits.by(SARA).get("/min-dag/"))
    assert visits.by(KARIN).post(here(world, "placering/inflyttning/"), move).status_code == 302


def test_who_has_ever_seen_the_address(world: World, visits: Visits) -> None:
    place = f"/boende/{world.dwelling}/"
    visits.by(SARA).post(here(world, "visa/"), {"field": "address", "reason": "contact"})
    visits.by(KARIN).post(f"{place}visa/")
    for who in (KARIN, OFFICER):
        page = visits.by(who).get(place)
        seen = text_of(page).partition("Vem har sett adressen")[2]
        assert page.status_code == 200 and "Sara" in seen and "Karin" in seen, who
        assert not sinks.found_in(page.content, [STREET, *world.references.values()]), "never for whom"
    assert "Vem har sett" not in text_of(visits.by(LENA).get(place)), "the manager may burn it, not read who looked"


def test_the_lists_cost_no_statement_more(world: World, visits: Visits) -> None:
    def counted() -> dict[str, int]:
        found = {}
        for who, path in ((SARA, "/min-dag/"), (LENA, "/team/"), (KARIN, "/boende/"), (SARA, here(world))):
            browser = visits.by(who)
            with visiting.traced() as trace:
                assert browser.get(path).status_code == 200
            found[path] = len(trace.statements)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("langsikt.access.sessions.SLIDE_EVERY", 0)  # each visit writes that the session is in use
        counted()
        before = counted()
        visits.by(KARIN).post(f"/boende/{world.dwelling}/rojd/", {"says": "burnt"})
        after = counted()
    print(after)
    assert after == before and max(after.values()) <= 15
