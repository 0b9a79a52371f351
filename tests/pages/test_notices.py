"""What somebody is told where the day begins: on that page only, until it has been seen."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from devtools import people
from tests.pages.visiting import Visits
from tests.pages.world import World

pytestmark = pytest.mark.usefixtures("demo")
# Where the day begins, by hand.
STARTS = {
    people.SARA: "/min-dag/",
    people.LENA: "/team/",
    people.KARIN: "/boende/",
    "tor.a": "/staden/",
    "ingrid.f": "/loggkontroll/",
    "hanna.m": "/sparrar/",
    "viktor.p": "/personal/",
}
WORDS = "Ett ärende har kommit till dig."


@pytest.fixture
def told(world: World) -> Iterator[None]:
    """Everybody has been told the same."""
    insert = (
        "insert into records_notice (id, to_staff_id, kind, made_at, next_try_at, tries)"
        " select gen_random_uuid(), id, 'case_came', %s, %s, 0 from records_staff"
    )
    now = datetime.now(UTC)
    with world.owner() as owner:
        owner.execute(insert, [now, now])
        yield
        owner.execute("delete from records_notice")


@pytest.mark.parametrize(("username", "start"), STARTS.items())
def test_the_line_stands_where_the_day_begins(
    username: str, start: str, told: None, world: World, visits: Visits
) -> None:
    browser = visits.by(username)
    answer = browser.get("/", follow=True)
    assert answer.request["PATH_INFO"] == start
    assert WORDS in answer.content.decode()
    assert WORDS not in browser.get("/hjalp/").content.decode()
    after = browser.post("/aviseringar/sedda/", follow=True)
    assert after.request["PATH_INFO"] == start and WORDS not in after.content.decode()


def test_without_a_notice_there_is_no_line(world: World, visits: Visits) -> None:
    assert 'id="aviseringar"' not in visits.by(people.SARA).get("/min-dag/").content.decode()
