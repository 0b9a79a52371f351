"""*Bevakningar*: bands by type, one's own and the team's, each row one step from what renews it; the calendar file."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from devtools import people
from langsikt.access.errors import NotFound
from langsikt.access.window import watch
from langsikt.access.window.staff import actor_named
from tests.pages import sinks, table
from tests.pages.visiting import Visits
from tests.pages.world import ADDRESS, CASES, MARK, SECRETS, World, secret

pytestmark = pytest.mark.usefixtures("demo")
FILE = "/bevakningar/bevakningar.ics"
ROW = re.compile(r'<li class="row watch-row">(.*?)</li>', re.S)


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def count(said: str, which: str) -> int:
    """The number beside a filter."""
    found = re.search(rf'href="\?visa={which}"[^>]*>[^<]*<span class="count">(\d+)</span>', said)
    assert found, which
    return int(found[1])


def test_every_row_is_one_step_from_its_action_and_its_plan(world: World, visits: Visits) -> None:
    said = visits.by(people.SARA).get("/bevakningar/").content.decode()
    rows = ROW.findall(said)
    assert len(rows) >= 10
    for row in rows:
        reference = re.search(r"/arenden/([A-Z0-9]{6})/", row)
        assert reference and f"/arenden/{reference[1]}/plan/" in row, row
        action = re.search(r'<a class="button small" href="([^"]+)"', row)
        assert action and visits.by(people.SARA).get(action[1]).status_code == 200, row


def test_within_a_band_rows_stand_by_type_and_day(world: World) -> None:
    sheet = watch.watches(actor_named(people.SARA, datetime.now(UTC)), "", datetime.now(UTC))
    assert sum(band.count for band in sheet.bands) == sheet.total >= 10
    many = 0
    for band in sheet.bands:
        assert [k.key for k in band.kinds] == [k for k in watch.KINDS if k in {kind.key for kind in band.kinds}]
        assert band.count == sum(len(kind.rows) for kind in band.kinds)
        for kind in band.kinds:
            days = [row.on for row in kind.rows]
            assert days == sorted(days)
            many += len(days) > 1
    assert many


def test_a_worker_sees_her_own_and_no_team(world: World, visits: Visits) -> None:
    sara = visits.by(people.SARA)
    assert 'href="?visa=' not in sara.get("/bevakningar/").content.decode()
    for address in ("/bevakningar/?visa=teamet", "/bevakningar/?visa=annat", f"{FILE}?visa=teamet"):
        assert sara.get(address).status_code == 404, address


def test_a_manager_begins_with_the_team_and_may_ask_for_her_own(world: World, visits: Visits) -> None:
    # The case that its worker was excluded from fell to the manager: it is hers, the others are the team's.
    lena = visits.by(people.LENA)
    said = lena.get("/bevakningar/").content.decode()
    assert count(said, "teamet") == len(ROW.findall(said)) >= 10
    mine = lena.get("/bevakningar/?visa=mina").content.decode()
    rows = ROW.findall(mine)
    assert count(mine, "mina") == len(rows) == 3
    assert all(world.references["denied"] in row for row in rows)
    mats = visits.by(people.MATS).get("/bevakningar/?visa=mina").content.decode()
    assert count(mats, "mina") == 0 and "Inget går ut de närmaste 90 dagarna" in mats


# The calendar file tells nothing.


def told(world: World) -> list[str]:
    """Every word that must not lie in the file: what is secret, where, who, and the references."""
    stems = [secret(case, field) for case in CASES for field in SECRETS]
    phones = [secret(case, "phone") for case in CASES]
    staff = [member.short_name for member in people.STAFF]
    kinds = ["Placering", "Riskbedömning", "Beslut", "Säker kontakt", "Skyddat", "Långsikt", "RVT", "Järva"]
    ids = [*world.cases.values(), *world.staff.values(), *world.events.values()]
    with world.owner() as owner:
        references = [r[0] for r in owner.execute("select reference from records_contact")]
    assert len(references) > 15
    return [*stems, *phones, *staff, *kinds, *ids, *references, ADDRESS, MARK]


@pytest.mark.parametrize(("who", "which"), [(people.SARA, "mina"), (people.LENA, "teamet"), (people.AMINA, "mina")])
def test_the_file_holds_days_and_one_of_two_words(who: str, which: str, world: World, visits: Visits) -> None:
    answer = visits.by(who).get(f"{FILE}?visa={which}")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bevakningar.ics"'
    assert answer.headers["Cache-Control"] == "no-store"
    found = events(answer.content)
    assert found
    for event in found:
        assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP"}
        assert (str(event["CLASS"]), str(event["TRANSP"])) == ("PRIVATE", "TRANSPARENT")
        assert str(event["SUMMARY"]) in ("Möte", "Bevakning")
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)
        assert re.fullmatch(r"[0-9a-f]{32}", str(event["UID"]))
    assert len({str(event["UID"]) for event in found}) == len(found)
    assert not sinks.found_in(answer.content.replace(b"\r\n ", b""), told(world))


def test_in_english_the_two_words_are_english(world: World, visits: Visits) -> None:
    browser = visits.by(people.SARA)
    browser.post("/sprak/", {"language": "en", "next": "/hjalp/"})
    assert {str(event["SUMMARY"]) for event in events(browser.get(FILE).content)} == {"Meeting", "Reminder"}
    browser.post("/sprak/", {"language": "sv", "next": "/hjalp/"})


def test_the_scanner_would_find_a_planted_word(world: World, visits: Visits) -> None:
    content = visits.by(people.SARA).get(FILE).content
    planted = content.replace(b"SUMMARY:", f"SUMMARY:{world.references['plain']} ".encode(), 1)
    assert sinks.found_in(planted, told(world)) == [world.references["plain"]]


def test_the_file_has_the_days_of_the_page_from_today_on(world: World, visits: Visits) -> None:
    said = visits.by(people.SARA).get("/bevakningar/").content.decode()
    ahead = said.partition('id="band-passed"')
    passed = len(ROW.findall(ahead[2].partition("</section>")[0]))
    found = events(visits.by(people.SARA).get(FILE).content)
    assert len(found) == len(ROW.findall(said)) - passed
    assert {str(event["SUMMARY"]) for event in found} == {"Möte", "Bevakning"}
    assert min(event.decoded("DTSTART") for event in found).isoformat() >= table.day()


def test_a_mark_is_the_same_again_and_ones_own(world: World, visits: Visits) -> None:
    def marks(who: str, which: str) -> set[str]:
        return {str(e["UID"]) for e in events(visits.by(who).get(f"{FILE}?visa={which}").content)}

    first = marks(people.SARA, "mina")
    assert first == marks(people.SARA, "mina")
    team = marks(people.LENA, "teamet")
    assert team and not first & team, "nobody can tell by two calendars that two people work in one case"


def test_a_download_is_one_row_of_the_journal(world: World, visits: Visits) -> None:
    with world.owner() as owner:
        owner.execute("create temporary table before as select id from records_journalentry")
        visits.by(people.SARA).get(FILE)
        rows = owner.execute(
            "select action, result, actor::text, cardinality(shown) > 5 from records_journalentry"
            " where id not in (select id from before)"
        ).fetchall()
    assert rows == [("download_watches", "done", world.staff[people.SARA], True)]


def test_whoever_has_no_list_has_no_file(world: World) -> None:
    now = datetime.now(UTC)
    for who in ("tor.a", "ingrid.f", "hanna.m", "viktor.p", people.KARIN):
        with pytest.raises(NotFound):
            watch.calendar_rows(actor_named(who, now), "", now)
