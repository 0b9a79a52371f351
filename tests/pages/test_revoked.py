"""What is taken away is gone at the next request: a session, a role, an assignment, also in the middle of a form."""

from typing import Any

import pytest

from devtools import people
from langsikt.pages.back import INSTEAD
from tests.pages import table
from tests.pages.visiting import Visits, without_clock
from tests.pages.world import World

pytestmark = pytest.mark.usefixtures("demo")
NOTE = {"happened_at": "2026-01-01T10:00", "note": "Skrivet innan det tog slut."}


@pytest.fixture(autouse=True)
def renewed(world: World, visits: Visits) -> None:
    world.renew()
    visits.forget()


def test_the_administrator_signs_somebody_out_everywhere(world: World, visits: Visits) -> None:
    sara, viktor = visits.by(people.SARA), visits.by("viktor.p")
    assert sara.get("/min-dag/").status_code == 200
    answer = viktor.post(f"/personal/{world.staff[people.SARA]}/inloggningar/slut/")
    assert answer.status_code == 302
    late = sara.get("/min-dag/")
    assert late.status_code == 302 and late.headers["Location"].startswith("/logga-in/")
    assert viktor.get("/personal/").status_code == 200, "nobody else is signed out"


def test_an_ended_role_holds_from_the_next_request(world: World, visits: Visits) -> None:
    karin = visits.by(people.KARIN)
    assert karin.get("/boende/").status_code == 200
    with world.owner() as owner:
        owner.execute(
            "update records_staffrole set until_on = current_date - 2 where staff_id = %s", [world.staff[people.KARIN]]
        )
    assert karin.get("/boende/").status_code == 404


def test_an_ended_assignment_ends_in_the_middle_of_a_form(world: World, visits: Visits) -> None:
    sara, lena = visits.by(people.SARA), visits.by(people.LENA)
    here = f"/arenden/{world.references['plain']}/"
    form = f"{here}arende/anteckning/"
    assert sara.get(form).status_code == 200
    omar = {"case_worker": world.staff[people.OMAR]}
    assert lena.post(f"{here}arende/handlaggare/", omar).status_code == 302
    late: Any = sara.post(form, NOTE)
    assert late.status_code == 404
    assert sara.post(f"{here}utkast/write_note/", NOTE).status_code == 404
    assert without_clock(late.content) == without_clock(sara.get(f"/arenden/{table.ABSENT}/").content)


def test_nobody_gives_themselves_a_role(world: World, visits: Visits) -> None:
    viktor = visits.by("viktor.p")
    mine = f"/personal/{world.staff['viktor.p']}/"
    form = {"role": "log_reviewer", "from_on": table.day()}
    answer = viktor.post(mine, form)
    assert answer.status_code == 422 and "Du kan inte ge dig själv en roll" in answer.content.decode()
    assert viktor.get("/loggkontroll/").status_code == 404
    assert viktor.post(f"/personal/{world.staff[people.DAVID]}/", form).status_code == 302, "to others they may"


def test_a_page_that_only_answers_a_form_has_another_one_to_come_back_to() -> None:
    """After a lock one is led to an address by GET: none of them is refused there (pages/back.py)."""
    by_route: dict[str, dict[str, set[int]]] = {}
    for route, method, row in table.rows():
        by_route.setdefault(route.partition(":")[0], {}).setdefault(method, set()).update(row.values())
    none: set[int] = set()
    answers = {n for n, found in by_route.items() if 405 in found.get("GET", none) and 200 in found.get("POST", none)}
    no_pages = {"draft", "draft_new", "follow_up_gaps"}
    assert len(answers) >= 6 and answers - no_pages <= set(INSTEAD), answers - no_pages - set(INSTEAD)
    for name in INSTEAD.values():
        assert 200 in by_route[name]["GET"], name
