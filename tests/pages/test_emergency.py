"""Nödöppna in HTTP: the bar on every page, the same answer for the excluded as for nothing, and no text lost."""

from typing import Any

import pytest

from tests.pages import table, visiting
from tests.pages.visiting import Visits
from tests.pages.world import OMAR, SARA, World, secret, shown_to_workers

pytestmark = pytest.mark.usefixtures("demo")
WORDS = "Står i porten och väntar på taxi"
BAR = "Nödöppnat ärende."


def form(reference: str) -> dict[str, str]:
    return {"reference": reference, "reason": "danger", "understood": "on"}


@pytest.fixture
def opened(world: World, visits: Visits) -> Any:
    """Omar has opened the case in an emergency."""
    answer = visits.by(OMAR).post("/nodoppna/", form(world.references["plain"]))
    assert answer.headers["Location"] == f"/arenden/{world.references['plain']}/"
    return answer.headers["Location"]


def test_it_opens_at_once_and_says_so_on_every_page(opened: str, world: World, visits: Visits) -> None:
    browser = visits.by(OMAR)
    for page in ("", "plan/", "handelser/", "trygghet/", "mal/", "vem-gor-vad/", "vantar/", "arende/anteckning/"):
        said = browser.get(opened + page).content.decode()
        assert BAR in said and "minuter kvar" in said and "Fortsätt" in said, page
    assert shown_to_workers("plain") in browser.get(f"{opened}handelser/").content.decode()
    assert browser.get(f"{opened}logg/").status_code == 404, "the log is not for an emergency"
    assert world.references["plain"] in browser.get("/nodoppna/").content.decode()
    assert BAR not in visits.by(SARA).get(opened).content.decode(), "the worker needs none"


def test_a_value_is_shown_by_one_press_and_logged_by_that_role(opened: str, world: World, visits: Visits) -> None:
    assert secret("plain", "phone") in visits.by(OMAR).post(f"{opened}visa/", {"field": "phone"}).content.decode()
    with world.owner() as owner:
        row = owner.execute(
            "select role, klass from records_journalentry where action = 'reveal_phone' order by at desc limit 1"
        ).fetchone()
    assert row == ("emergency", 3)


@pytest.mark.parametrize("missing", ["reason", "understood", "reference"])
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(missing: str, world: World, visits: Visits) -> None:
    answer = visits.by(OMAR).post("/nodoppna/", {**form(world.references["other"]), missing: ""})
    said = answer.content.decode()
    assert answer.status_code == 422 and f'href="#{missing}"' in said
    assert missing == "reference" or world.references["other"] in said


def test_the_excluded_get_the_answer_of_a_made_up_reference(world: World, visits: Visits) -> None:
    given = []
    for reference in (world.references["denied"], table.ABSENT):
        browser = visits.by(SARA)
        with visiting.traced() as trace:
            answer = browser.post("/nodoppna/", form(reference))
        body = visiting.without_clock(visiting.without_tokens(answer.content)).replace(reference.encode(), b"TYPED")
        given.append((answer.status_code, body, trace.statements, trace.decryptions))
    assert given[0] == given[1] and given[0][0] == 422


def test_a_form_that_comes_when_the_hour_is_over_is_kept(opened: str, world: World, visits: Visits) -> None:
    browser, page = visits.by(OMAR), f"{opened}arende/anteckning/"
    typed = {"note": WORDS, "happened_at": f"{table.day(-1)}T10:00"}
    with world.owner() as owner:
        owner.execute(
            "update records_emergency set from_at = from_at - interval '61 minutes',"
            " until_at = until_at - interval '61 minutes'"
        )
    assert browser.get(opened).status_code == 404, "the end holds at the next request"
    late = browser.post(page, typed)
    assert late.status_code == 403 and "Tiden är slut" in late.content.decode() and WORDS not in late.content.decode()
    reference = opened.rstrip("/").rpartition("/")[2]
    assert f'href="/arenden/skriv/?arende={reference}"' in late.content.decode(), "a way on that needs no opening"
    assert f'value="{reference}"' in browser.get(f"/arenden/skriv/?arende={reference}").content.decode()
    assert browser.post(f"{opened}utkast/write_note/", typed).status_code == 200, "and so is an autosave"
    gone_on = browser.post(f"{opened}nodoppna/fortsatt/", {"next": page})
    assert gone_on.headers["Location"] == page
    assert WORDS in browser.get(page).content.decode()
    assert browser.post(page, {**typed, "key": "one"}).status_code == 302


def test_going_on_never_leads_out_of_the_case(opened: str, visits: Visits) -> None:
    for elsewhere in ("https://example.org/", "//example.org/", "/staden/", f"{opened}../../staden/", ""):
        answer = visits.by(OMAR).post(f"{opened}nodoppna/fortsatt/", {"next": elsewhere})
        assert answer.headers["Location"] == opened, elsewhere
