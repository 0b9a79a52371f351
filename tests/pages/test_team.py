"""*Team*: what stands there, that every number opens its list, and that nothing of a case's content does."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from devtools.bench_data import many_cases
from langsikt.access.window import team as window
from tests.pages import sinks, visiting
from tests.pages.test_statements import owner_url
from tests.pages.visiting import Visits
from tests.pages.world import CASES, LENA, OMAR, SARA, SECRETS, World, secret

pytestmark = pytest.mark.usefixtures("demo")
MOST = 15
HERE = ("plain", "stood_in", "present", "met", "denied")
# What the demo's stories of the manager's unit are about; a list row must not tell (rules B4.9).
CONTENT = ("psykiatri", "Trauma", "Hälsa", "bror", "PATRIARK", "hög risk", "hot", "Stödsamtal", "Kvinnojour")


@pytest.fixture(scope="module")
def page(world: World, visits: Visits, demo: None) -> str:
    return body(visits, "/team/")


def body(visits: Visits, address: str) -> str:
    answer = visits.by(LENA).get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def said(page: str) -> str:
    """The words of the page's main part."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def reckoned(now: datetime | None = None) -> window.Team:
    from langsikt.access.window.staff import actor_named

    at = now or datetime.now(UTC)
    return window.team(actor_named(LENA, at), at)


def test_the_page_holds_its_parts_in_order(page: str) -> None:
    parts = ["Glapp", "glapp i bostad", "Beslutens längd", "Uppföljning och byten", "Ärenden per fas"]
    parts += ["Ärenden per handläggare", "Frånvaro de närmaste 30 dagarna", "Teamets ärenden"]
    places = [said(page).index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.usefixtures("world")
def test_every_number_above_nought_opens_its_list(page: str, visits: Visits) -> None:
    links = sorted(set(re.findall(r'href="\?visa=([\w-]+)#', page)))
    assert len(links) >= 8
    for key in links:
        opened = body(visits, f"/team/?visa={key}")
        assert len(re.findall(r'class="reference"', opened)) >= 1, key
        if key != "alla-glapp":
            shown = reckoned().counted(key) or reckoned().listed(key)
            assert shown is not None
            assert f'<h2 class="group" id="lista">{shown.label.sv[:1].upper()}' in opened


def test_a_nought_opens_nothing_and_is_grey(page: str, world: World) -> None:
    empty = [count for count in reckoned().counts if not count.rows]
    assert empty
    for count in empty:
        assert f'<li class="is-zero"><b>0</b> <span>{count.label.sv}</span>' in page
        assert f"?visa={count.key}#" not in page


def test_an_unknown_list_opens_none(visits: Visits, page: str) -> None:
    assert "Teamets ärenden" in body(visits, "/team/?visa=risk")
    assert "Teamets ärenden" in body(visits, "/team/?visa=%27%3Cscript%3E")


def test_references_and_dates_and_no_content(visits: Visits, page: str, world: World) -> None:
    keys = [c.key for c in reckoned().counts] + ["ej-foljda", "i-rad", "byten-1", "utan-mote", "alla-glapp", ""]
    secrets = [secret(case, field) for case in CASES for field in SECRETS]
    for key in keys:
        opened = body(visits, f"/team/?visa={key}")
        assert not sinks.found_in(opened.encode(), secrets), key
        words = said(opened)
        assert not [word for word in CONTENT if re.search(rf"(?<!\w){word}", words)], key
    assert world.references["plain"] in body(visits, "/team/")


def test_other_units_are_not_there(page: str, world: World) -> None:
    assert world.references["other"] not in page
    assert all(world.references[case] in page for case in HERE)


@pytest.fixture
def changed(world: World, visits: Visits) -> Iterator[None]:
    """The house may be changed past the door; afterwards it is as it was, and everybody signs in anew."""
    yield
    world.renew()
    visits.forget()


@pytest.mark.usefixtures("changed")
class TestCounts:
    """The counts that this page added."""

    def found(self, key: str) -> set[str]:
        count = reckoned().counted(key)
        assert count is not None
        return {row.reference for row in count.rows}

    def test_absence_without_a_stand_in(self, world: World) -> None:
        assert not self.found("franvaro") & {world.references[case] for case in HERE}
        away(world, SARA, 7, 9)
        assert self.found("franvaro") >= {world.references["plain"], world.references["met"]}
        assert world.references["present"] not in self.found("franvaro")  # Omar stands in
        rows = [row for row in reckoned().figures.away if row.who == "Sara L"]
        assert [(row.without > 0, "Omar E" in row.stand_ins) for row in rows] == [(True, True)]

    def test_absence_further_off_is_told_and_not_counted(self, world: World) -> None:
        away(world, SARA, 8, 9)
        away(world, SARA, 31, 40)
        assert not self.found("franvaro") & {world.references[case] for case in HERE}
        days = [row.from_on for row in reckoned().figures.away if row.who == "Sara L"]
        assert days == [today() + timedelta(days=8)]

    def test_hand_over_without_a_date(self, world: World) -> None:
        assert self.found("overlamning") >= {world.references[case] for case in HERE}
        with world.owner() as owner:
            owner.execute("update records_economyrequest set joint_meeting_on = current_date where case_id = %s",
                          [world.cases["plain"]])  # fmt: skip
        assert world.references["plain"] not in self.found("overlamning")

    def test_without_a_case_worker(self, world: World) -> None:
        assert not self.found("handlaggare")
        with world.owner() as owner:
            ended = "update records_assignment set until_at = now() where case_id = %s and relation = 'case_worker'"
            owner.execute(ended, [world.cases["plain"]])
        assert self.found("handlaggare") == {world.references["plain"]}

    def test_a_decision_that_has_expired(self, world: World) -> None:
        before = self.found("beslut")
        assert world.references["plain"] not in before
        with world.owner() as owner:
            owner.execute("update records_decision set until_on = current_date - 1 where case_id = %s",
                          [world.cases["plain"]])  # fmt: skip
        assert self.found("beslut") == before | {world.references["plain"]}

    def test_changes_of_case_worker_and_the_first_meeting(self, world: World) -> None:
        plain = world.references["plain"]
        assert plain in self.found("byten-0")
        with world.owner() as owner:
            shift(owner, world, "plain", OMAR, "now()")
        assert plain in self.found("byten-1") & self.found("utan-mote")
        with world.owner() as owner:
            shift(owner, world, "plain", SARA, "now()")
            owner.execute("update records_event set happened_at = now() where case_id = %s and name = 'write_note'",
                          [world.cases["plain"]])  # fmt: skip
        assert plain in self.found("byten-2") - self.found("utan-mote")

    def test_a_hand_over_with_a_meeting_ahead_is_in_neither_list(self, world: World) -> None:
        plain = world.references["plain"]
        with world.owner() as owner:
            owner.execute("update records_economyrequest set joint_meeting_on = current_date")
        handed = {"case_worker": world.staff[OMAR], "handover_note": "Möts på torsdag."}
        do(LENA, "assign_case", plain, handed)
        assert plain in self.found("byten-1") & self.found("overlamning") & self.found("utan-mote")
        again = {**handed, "case_worker": world.staff[SARA], "first_meeting_on": str(today() + timedelta(days=3))}
        do(LENA, "assign_case", plain, again)
        assert plain in self.found("byten-2")
        assert plain not in self.found("overlamning") | self.found("utan-mote")

    def test_a_draft_of_a_decision_waits_for_the_manager(self, world: World, visits: Visits) -> None:
        plain = world.references["plain"]
        assert plain not in [row.reference for row in reckoned().approvals]
        draft = {"intervention": "contact_person", "outcome": "granted", "from_on": str(today()), "reasons": "Behövs."}
        do(SARA, "draft_decision", plain, draft)
        waiting = [row for row in reckoned().approvals if row.reference == plain]
        assert [(row.what.sv, row.asked_on, row.label.sv) for row in waiting] == [
            ("Beslut", today(), "Skriv under beslutet")
        ]
        visits.forget()
        card = body(visits, "/team/").partition('id="godkanna"')[2].partition("</section>")[0]
        link = re.findall(rf'href="(/arenden/{plain}/[^"]+)"', card)[-1]
        assert visits.by(LENA).get(link).status_code == 200
        assert "Behövs." not in card and "Kontaktperson" not in card


def do(username: str, event: str, reference: str, raw: dict[str, Any]) -> None:
    """One event through the door, now."""
    from langsikt.access.window.staff import actor_named
    from langsikt.actions import door

    now = datetime.now(UTC)
    door.act(actor_named(username, now), event, reference, {name: [value] for name, value in raw.items()}, now=now)


def shift(owner: Any, world: World, case: str, to: str, at: str) -> None:
    """Another case worker, past the door."""
    owner.execute(f"update records_assignment set until_at = {at} where case_id = %s and relation = 'case_worker'"
                  " and until_at is null", [world.cases[case]])  # fmt: skip
    owner.execute("insert into records_assignment (id, case_id, staff_id, relation, from_at)"
                  f" values (gen_random_uuid(), %s, %s, 'case_worker', {at})",
                  [world.cases[case], world.staff[to]])  # fmt: skip


def away(world: World, username: str, first: int, last: int) -> None:
    with world.owner() as owner:
        days = [today() + timedelta(days=first), today() + timedelta(days=last)]
        owner.execute("insert into records_absence (id, staff_id, from_on, until_on, recorded_at)"
                      " values (gen_random_uuid(), %s, %s, %s, now())", [world.staff[username], *days])  # fmt: skip


def today() -> date:
    from langsikt.model.parse import STOCKHOLM

    return datetime.now(UTC).astimezone(STOCKHOLM).date()


def test_workers_stand_in_alphabetical_order_and_nothing_sorts_them(page: str, world: World) -> None:
    rows = reckoned().figures.workers
    assert [row.who for row in rows] == sorted(row.who for row in rows)
    assert len(rows) >= 2
    table = page[page.index('class="team-workers"') :].partition("</table>")[0]
    assert not re.search(r"<a |<button|<input|aria-sort|× ", table)
    assert "aldrig för att bedöma prestation eller lön" in page
    # One number per phase and no sum: nothing in the row weighs anybody.
    assert table.count("<td") == len(rows) * len(reckoned().figures.phases)


def test_the_phases_hold_every_open_case_once(world: World) -> None:
    team = reckoned()
    listed = [row.reference for count in team.phases for row in count.rows]
    assert sorted(listed) == sorted(row.reference for row in team.rows)
    assert team.figures.weighted == sum(row.weight * row.number for row in team.figures.phases)


def test_the_gaps_are_those_of_each_plan(visits: Visits, world: World) -> None:
    """Housing first; what the drawing shows is said in words, and is the same as on the plan of the case."""
    team = reckoned()
    assert team.gaps
    assert [row.gaps[0].housing for row in team.gaps] == sorted((r.gaps[0].housing for r in team.gaps), reverse=True)
    home = next(row for row in team.gaps if row.gaps[0].housing)
    assert visits.by(LENA).get(f"/arenden/{home.reference}/plan/").status_code == 200
    for row in team.gaps:
        drawn = [(part.from_on, part.until_on) for part in row.parts if part.look == "gap"]
        assert drawn == [(gap.from_on, gap.until_on) for gap in row.gaps], row
        assert all(today() <= first <= last <= today() + timedelta(days=90) for first, last in drawn)
    opened = body(visits, "/team/?visa=alla-glapp")
    assert opened.count('class="team-lane"') == len(team.gaps)
    assert opened.count("<pattern") == 2 * len(team.gaps)


def test_in_english_too(visits: Visits, world: World) -> None:
    browser = visits.by(LENA)
    browser.post("/sprak/", {"language": "en"})
    opened = body(visits, "/team/")
    browser.post("/sprak/", {"language": "sv"})
    assert "Length of decisions" in opened and "never used to judge performance or pay" in opened
    assert "Beslutens längd" in body(visits, "/team/")


@pytest.mark.usefixtures("changed")
def test_as_many_statements_with_a_thousand_cases_as_with_ten(
    world: World, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("langsikt.access.sessions.SLIDE_EVERY", 0)  # each visit is the dearest, however long it took
    visits.by(LENA).get("/team/")
    with visiting.traced() as few:
        visits.by(LENA).get("/team/")
    many_cases(1000, datetime.now(UTC), owner_url=owner_url())
    with visiting.traced() as many:
        answer = visits.by(LENA).get("/team/")
    print(
        f"{len(few.statements)} statements with few cases, {len(many.statements)} with 1,000; {len(answer.content)} B"
    )
    assert len(few.statements) == len(many.statements) <= MOST
    assert len(re.findall(rb"<li class=\"row case-row\">", answer.content)) > 1000
    assert many.decryptions == 1
    for key in ("ej-foljda", "i-rad", "byten-0", "alla-glapp", "fas-follow_up"):
        with visiting.traced() as listed:
            assert visits.by(LENA).get(f"/team/?visa={key}").status_code == 200
        assert len(listed.statements) <= MOST, key
