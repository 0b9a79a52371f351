"""The pages of step 7: what is shown before anything is written, one button, the signature, and what holds then."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from devtools import people
from devtools.stories.telling import Raw, core
from tests.pages import table, visiting
from tests.pages.visiting import Visits
from tests.pages.world import Builder, World

pytestmark = pytest.mark.usefixtures("demo")
SARA, LENA = people.SARA, people.LENA
HIDDEN = "Myrlilja"
ANSWERS = {"closure_reason": "goal_met", "heard": "heard", "way_back": "given", "calls_agreed": "phone"}
ROW = re.compile(r'<li class="check is-(\w+)">(.*?)</li>', re.S)


@pytest.fixture(scope="module")
def builder(world: World) -> Builder:
    """Leads cases through the door, beginning twenty days ago."""
    found = Builder(datetime.now(UTC))
    found.staff, found.dwelling = dict(world.staff), world.dwelling
    return found


def closable(builder: Builder, case: str, housing: str = "manages", **more: Raw) -> str:
    """A case in step 7 without a placement; its address."""
    source: Raw = {"happened_at": "now", "contact_source": "self", "age_band": "21_plus", "contact_line": HIDDEN}
    builder.do(case, SARA, "receive_contact", source)
    builder.do(case, SARA, "open_investigation", {"opened_on": "today", "investigation_ground": "application"})
    risk: Raw = {"risk_method": "patriark", "risk_level": "low", "imminent": "no", "next_review_on": "day:+80"}
    builder.do(case, SARA, "assess_risk", {"assessed_on": "today", **risk})
    builder.do(case, SARA, "record_safe_contact", {"verified_on": "today", "phone": "070-174 06 05"})
    builder.do(case, SARA, "assess_needs", {"assessed_on": "today", **core(housing, "manages", "manages")})
    for event, raw in more.items():
        builder.do(case, SARA, event, raw, event)
    ended: Raw = {"concluded_on": "today", "next_path": "no_support", "conclusion": HIDDEN}
    builder.do(case, SARA, "conclude_investigation", ended)
    return f"/arenden/{builder.references[case]}/"


def rows(body: str) -> dict[str, str]:
    """Title and status of each row of the checklist."""
    found = {}
    for status, inner in ROW.findall(body):
        title = re.search(r'class="check-title">([^<]+)', inner)
        assert title
        found[title[1].strip()] = status
    return found


def buttons(body: str) -> list[str]:
    return re.findall(r'name="event" value="(\w+)"', body)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_one_button_closes_and_nothing_known_is_asked(builder: Builder, visits: Visits) -> None:
    here = closable(builder, "plainly")
    body = text(visits.by(SARA).get(f"{here}avslut/avsluta/"))
    shown = rows(body)
    assert shown["Bostad tryggad i mer än 90 dagar"] == shown["Riskbedömning, högst 60 dagar gammal"] == "met"
    assert shown["Personens syn"] == "ask" and 'name="heard"' in body and "Chefen skriver under" not in body
    assert buttons(body) == ["close_case", "ask_to_close"]
    form = {**ANSWERS, "closed_on": table.day(), "event": "close_case"}
    answer = visits.by(SARA).post(f"{here}avslut/avsluta/", form)
    assert answer.status_code == 302 and answer["Location"].endswith("?klart=close_case")


def test_what_was_typed_is_kept_when_the_answer_asks_for_the_manager(builder: Builder, visits: Visits) -> None:
    here = closable(builder, "turning")
    form = {**ANSWERS, "closure_reason": "person_ends", "closed_on": table.day(-1), "own_words": HIDDEN}
    answer = visits.by(SARA).post(f"{here}avslut/avsluta/", {**form, "event": "close_case"})
    body = text(answer)
    assert answer.status_code == 422 and "Nu behöver chefen skriva under" in body and HIDDEN in body
    assert table.day(-1) in body and len(re.findall(r" checked", body)) == 4
    answer = visits.by(SARA).post(f"{here}avslut/avsluta/", {**form, "event": "ask_to_close"})
    assert answer.status_code == 302 and answer["Location"].endswith("?klart=ask_to_close")


def test_a_lease_that_ends_is_told_before_anything_is_written_and_the_manager_signs(
    builder: Builder, visits: Visits
) -> None:
    lease: Raw = {"milestone_kind": "lease_end", "milestone_on": "day:+40"}
    here = closable(builder, "lease", add_milestone=lease)
    body = text(visits.by(SARA).get(f"{here}avslut/avsluta/"))
    assert rows(body)["Bostad tryggad i mer än 90 dagar"] == "unmet" and buttons(body) == ["ask_to_close"]
    assert "Chefen skriver under det här avslutet" in body
    form = {**ANSWERS, "closed_on": table.day(), "own_words": HIDDEN, "event": "ask_to_close"}
    assert visits.by(SARA).post(f"{here}avslut/be-om-underskrift/", form).status_code == 302
    body = text(visits.by(LENA).get(f"{here}avslut/underskrift/"))
    assert "Bostaden är inte tryggad" in body and "Frågan ställdes" in body and HIDDEN not in body
    assert visits.by(SARA).get(f"{here}avslut/underskrift/").status_code == 403
    answer = visits.by(LENA).post(f"{here}avslut/underskrift/", {"closed_on": table.day()})
    assert answer.status_code == 302
    assert "Återuppta" in text(visits.by(SARA).get(here))


def test_what_runs_stops_before_the_form_and_shows_the_way_out(builder: Builder, visits: Visits) -> None:
    support: Raw = {"intervention": "support_talks", "started_on": "today", "decided_by": "without"}
    here = closable(builder, "running", start_intervention=support)
    body = text(visits.by(SARA).get(f"{here}avslut/avsluta/"))
    assert "Ärendet kan inte avslutas än" in body and "Stödsamtal pågår" in body
    assert f'href="{here}behov-efter/insats-avslut/"' in body and 'name="closure_reason"' not in body
    form = {**ANSWERS, "closed_on": table.day(), "event": "close_case"}
    answer = visits.by(SARA).post(f"{here}avslut/avsluta/", form)
    assert answer.status_code == 422 and 'name="closure_reason"' in text(answer), "what was typed is not lost"


def test_who_wants_to_end_is_not_asked_again_and_going_home_is_no_reason(builder: Builder, visits: Visits) -> None:
    home: Raw = {"happened_on": "today", "family_contact": "moved_home", "next_contact_on": "day:+5"}
    wish: Raw = {"happened_on": "today", "pressure_talked_about": "on", "own_words": HIDDEN}
    here = closable(builder, "home", record_family_contact=home, decline_support=wish)
    body = text(visits.by(SARA).get(f"{here}avslut/avsluta/"))
    shown = rows(body)
    assert shown["Personens syn"] == shown["Samtal om ifall någon påverkar personen"] == "met"
    assert shown["Riskbedömning, högst 60 dagar gammal"] == "unmet", "a move home asks for a fresh review"
    assert shown["Trygghetsplan vid återvändande"] == "unmet"
    assert 'name="heard"' not in body and "inget skäl till avslut" in body
    assert not re.search(r'name="closure_reason" value="\w*home', body)
    form = {"closure_reason": "person_ends", "way_back": "given", "closed_on": table.day(), "event": "ask_to_close"}
    assert visits.by(SARA).post(f"{here}avslut/avsluta/", form).status_code == 302
    assert visits.by(LENA).post(f"{here}avslut/underskrift/", {"closed_on": table.day()}).status_code == 302


def test_a_draft_survives_that_the_answer_changes(builder: Builder, visits: Visits) -> None:
    here = closable(builder, "drafted")
    visits.by(SARA).post(f"{here}utkast/ask_to_close/", {"own_words": HIDDEN, "way_back": "given"})
    builder.do(
        "drafted", SARA, "report_risk_assessment_reason", {"happened_on": "today", "risk_reason": "new_relation"}
    )
    for path in ("avsluta", "be-om-underskrift"):
        body = text(visits.by(SARA).get(f"{here}avslut/{path}/"))
        assert HIDDEN in body and buttons(body) == ["ask_to_close"]


@pytest.fixture
def closed(builder: Builder, visits: Visits, request: pytest.FixtureRequest) -> Iterator[str]:
    """A case closed today, with what was agreed about calls."""
    here = closable(builder, request.node.name)
    agreed = getattr(request, "param", "phone")
    form = {**ANSWERS, "calls_agreed": agreed, "closed_on": table.day(), "event": "close_case"}
    assert visits.by(SARA).post(f"{here}avslut/avsluta/", form).status_code == 302
    yield here
    visits.forget()


def at_desk(visits: Visits, days: int, here: str) -> tuple[str, str]:
    """*Min dag* and the case, so many days from now."""
    with time_machine.travel(datetime.now(UTC) + timedelta(days=days), tick=True):
        visits.forget()
        return text(visits.by(SARA).get("/min-dag/")), text(visits.by(SARA).get(here))


def listed(day: str, here: str) -> bool:
    return f"{here}avslut/samtal-efter/" in day


def test_a_call_is_due_after_three_months_and_only_how_it_went_is_kept(closed: str, visits: Visits) -> None:
    before = text(visits.by(SARA).get(f"{closed}handelser/")).count(HIDDEN)
    assert not listed(at_desk(visits, 60, closed)[0], closed)
    day, case = at_desk(visits, 93, closed)
    assert listed(day, closed) and "3 månader efter avslut" in day and "Samma handläggare" in case
    assert "förlänger inte hur länge uppgifterna sparas" in case
    with time_machine.travel(datetime.now(UTC) + timedelta(days=93), tick=True):
        visits.forget()
        form = {"happened_on": table.day(), "call_reached": "not_reached", "note": HIDDEN, "own_words": HIDDEN}
        assert visits.by(SARA).post(f"{closed}avslut/samtal-efter/", form).status_code == 302
    day, case = at_desk(visits, 94, closed)
    assert not listed(day, closed) and "Inte nådd" in case
    assert text(visits.by(SARA).get(f"{closed}handelser/")).count(HIDDEN) == before > 0
    assert listed(at_desk(visits, 190, closed)[0], closed)


@pytest.mark.parametrize("closed", ["no", "person_calls"], indirect=True)
def test_without_consent_and_a_channel_nobody_calls(closed: str, visits: Visits) -> None:
    for days in (93, 190, 370):
        assert not listed(at_desk(visits, days, closed)[0], closed)


def test_the_promise_ends_after_twelve_months_and_the_way_back_does_not(closed: str, visits: Visits) -> None:
    for days, promised in ((300, True), (370, False)):
        _, case = at_desk(visits, days, closed)
        assert ("Samma handläggare: Sara L" in case) is promised and f"{closed}avslut/ateruppta/" in case
    assert "gällde till och med" in case


def test_a_question_is_counted_and_nothing_else(closed: str, visits: Visits, world: World) -> None:
    for _ in range(2):
        form = {"happened_on": table.day(), "note": HIDDEN}
        assert visits.by(SARA).post(f"{closed}avslut/fraga-efter/", form).status_code == 302
    body = text(visits.by(SARA).get(closed))
    assert re.search(r'<b class="big">2</b>\s*räknade, utan text', body)
    with world.owner() as owner:
        kept = owner.execute(
            "select count(*), bool_and(a.call_reached is null) from records_afterclosure a join records_event e"
            " on e.id = a.event_id join records_contact c on c.id = a.case_id where c.reference = %s",
            [closed.split("/")[2]],
        ).fetchone()
    assert kept == (2, True)


def test_reopening_says_who_gets_it_before_anything_is_written(closed: str, visits: Visits) -> None:
    body = text(visits.by(SARA).get(f"{closed}avslut/ateruppta/"))
    assert body.index("Samma handläggare: Sara L") < body.index('name="contact_line"')
    form = {"happened_at": f"{table.day()}T00:00", "contact_source": "self", "contact_line": HIDDEN}
    answer = visits.by(SARA).post(f"{closed}avslut/ateruppta/", form)
    assert answer.status_code == 302 and answer["Location"] == f"{closed}?klart=reopen_case"
    assert "Efter avslut" not in text(visits.by(SARA).get(closed))


def test_each_page_costs_at_most_fifteen_statements(closed: str, visits: Visits, builder: Builder) -> None:
    open_case = closable(builder, "counted")
    pages = [closed, f"{closed}avslut/ateruppta/", f"{open_case}avslut/avsluta/", open_case]
    for address in pages:
        with visiting.traced() as found:
            assert visits.by(SARA).get(address).status_code == 200
        assert 0 < len(found.statements) <= 15, (address, found.statements)


def test_in_english_too(closed: str, visits: Visits, builder: Builder) -> None:
    open_case = closable(builder, "english")
    sara = visits.by(SARA)
    sara.post("/sprak/", {"language": "en", "next": "/min-dag/"})
    assert "A home secured for more than 90 days" in text(sara.get(f"{open_case}avslut/avsluta/"))
    assert "The same worker: Sara L" in text(sara.get(closed))
    sara.post("/sprak/", {"language": "sv", "next": "/min-dag/"})
