"""*Min dag*: its numbers are those of the case, *Bevakningar* and *Team*; stand-ins come and go by absence alone."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from devtools import people
from devtools.stories.filling import STOCKHOLM
from langsikt.access.list_sheets import DaySheet
from langsikt.access.window import worklist
from langsikt.access.window.staff import actor_named
from langsikt.actions import staff as staff_actions
from langsikt.model.ahead import DAYS_AHEAD
from tests.pages.visiting import Visits
from tests.pages.world import SECRETS, World, secret

pytestmark = pytest.mark.usefixtures("demo")
WORKERS = [m.username for m in people.STAFF if m.role in ("case_worker", "duty_service")]
MANAGERS = [m.username for m in people.STAFF if m.role == "unit_manager"]
REFERENCE = r"[A-Z0-9]{6}"


def day_of(who: str, days: int = 0) -> DaySheet:
    now = datetime.now(UTC) + timedelta(days=days)
    return worklist.my_day(actor_named(who, now), now)


def page(visits: Visits, who: str, address: str) -> str:
    answer = visits.by(who).get(address)
    assert answer.status_code == 200, (who, address)
    said: str = answer.content.decode()
    return said


def header(said: str, words: str) -> int:
    """A number of the header, 0 when it is not there."""
    lead = said.partition('class="lead"')[2].partition("</p>")[0]
    found = re.search(rf">(\d+) {words}<", lead)
    return int(found[1]) if found else 0


def cases_in(said: str) -> set[str]:
    """The references that a list shows."""
    return set(re.findall(rf'<a class="reference" href="/arenden/({REFERENCE})/"', said))


# The same numbers everywhere.


@pytest.mark.parametrize("who", WORKERS)
def test_the_header_counts_the_lists_below_it(who: str, world: World, visits: Visits) -> None:
    said, day = page(visits, who, "/min-dag/"), day_of(who)
    now = next(group for group in day.groups if group.key == "now")
    assert header(said, "sak(?:er)? i dag") == len(now.rows)
    assert header(said, "glapp") == len(day.gaps) == len(re.findall(r'<li class="gap-row" data-row>', said))
    listed = said.partition('id="now"')[2].partition("</section>")[0]
    assert listed.count("data-row>") == len(now.rows)


def test_gaps_are_those_of_the_plan_of_each_case(world: World, visits: Visits) -> None:
    examined = 0
    for who in WORKERS:
        by_case: dict[str, int] = {}
        for gap in day_of(who).gaps:
            by_case[gap.reference] = by_case.get(gap.reference, 0) + 1
        for reference, count in by_case.items():
            said = page(visits, who, f"/arenden/{reference}/plan/")
            listed = said.partition('class="gap-list"')[2].partition("</ul>")[0]
            assert listed.count("<li") == count, (who, reference)
            examined += 1
    assert examined >= 10


def test_the_drawing_is_of_the_same_days_as_the_words(world: World) -> None:
    drawn = 0
    for who in WORKERS:
        for gap in day_of(who).gaps:
            pieces = [(p.from_on, p.until_on) for p in gap.lane if p.look == "gap"]
            assert (gap.from_on, gap.until_on) in pieces, gap
            ends = [p.until_on for p in gap.lane]
            starts = [p.from_on for p in gap.lane]
            assert starts[1:] == [end + timedelta(days=1) for end in ends[:-1]], "no hole, no overlap"
            assert (ends[-1] - starts[0]).days == DAYS_AHEAD
            drawn += len(gap.lane) > 1
    assert drawn >= 5


def test_what_is_due_now_stands_in_the_now_box_of_its_case(world: World, visits: Visits) -> None:
    examined = 0
    for who in WORKERS:
        for group in day_of(who).groups:
            for row in group.rows:
                said = page(visits, who, f"/arenden/{row.task.reference}/")
                box = said.partition('id="nu"')[2].partition("</section>")[0]
                if row.task.event == "hand_over_to_team":
                    continue  # a duty of the list, not of the case
                assert row.task.verb.sv in box and row.task.why.sv in box, (who, row.task)
                examined += 1
    assert examined >= 15


@pytest.mark.parametrize("who", MANAGERS)
def test_a_managers_numbers_are_those_of_the_team(who: str, world: World, visits: Visits) -> None:
    team = cases_in(page(visits, who, "/team/"))
    for which, housing in (("bostad", True), ("glapp", False)):
        gaps = {g.reference for one in (*WORKERS, *MANAGERS) for g in day_of(one).gaps if g.housing is housing}
        assert cases_in(shown_in_team(visits, who, which)) == gaps & team, which
    passed = page(visits, who, "/bevakningar/?visa=teamet").partition('id="band-passed"')[2].partition("</section>")[0]
    others = passed.partition('<h3 class="watch-kind">Säker kontakt')[0]
    assert cases_in(others) == cases_in(shown_in_team(visits, who, "passerat"))


def shown_in_team(visits: Visits, who: str, which: str) -> str:
    """The list behind one of the counts of *Team*; nothing when the count is zero and has no list."""
    said = page(visits, who, "/team/")
    if f'href="?visa={which}#lista"' not in said:
        return ""
    return page(visits, who, f"/team/?visa={which}").partition('id="lista"')[2].partition("</section>")[0]


def test_the_team_has_gaps_and_something_passed(world: World, visits: Visits) -> None:
    for which in ("bostad", "glapp", "passerat"):
        assert cases_in(shown_in_team(visits, people.LENA, which)), f"{which}: nothing would be compared"


def test_nobody_responsible_is_counted_as_in_the_team(world: World, visits: Visits) -> None:
    assert header(page(visits, people.LENA, "/min-dag/"), "utan ansvarig") == 0
    with world.owner() as owner:
        owner.execute(
            "update records_assignment set until_at = now() where case_id = any (%s::uuid[])",
            [[world.cases["plain"], world.cases["met"]]],
        )
    said = page(visits, people.LENA, "/min-dag/")
    assert header(said, "utan ansvarig") == 2
    team = shown_in_team(visits, people.LENA, "ansvar")
    assert cases_in(team) == {world.references["plain"], world.references["met"]}
    assert "/team/?visa=ansvar#lista" in said
    world.renew()
    visits.forget()


# What a list does not tell.


def test_a_gap_outside_the_core_needs_is_not_named(world: World, visits: Visits) -> None:
    others = 0
    for who in WORKERS:
        for gap in day_of(who).gaps:
            assert gap.need.sv in ("Bostad", "Sysselsättning", "Socialt stöd", "Annat behov")
            others += gap.need.sv == "Annat behov"
        said = page(visits, who, "/min-dag/")
        assert not [w for f in SECRETS for w in [secret("plain", f)] if w in said]
    assert others


# Closure of the day.


def test_what_one_saved_today_is_done_today(world: World, visits: Visits) -> None:
    sara, reference = visits.by(people.SARA), world.references["plain"]
    before = len(day_of(people.SARA).done)
    local = datetime.now(STOCKHOLM).strftime("%Y-%m-%dT%H:%M")
    form = {"happened_at": local, "note": "Samtal enligt överenskommelse."}
    assert sara.post(f"/arenden/{reference}/arende/anteckning/", form).status_code == 302
    done = day_of(people.SARA).done
    assert len(done) == before + 1 and done[0].reference == reference
    said = page(visits, people.SARA, "/min-dag/")
    assert f"Klart i dag ({before + 1})" in said
    line = said.partition("Klart i dag")[2].partition("</details>")[0]
    assert reference in line and done[0].label.sv in line and "Samtal" not in line
    assert [d for d in day_of(people.LENA).done if d.reference == reference] == [], "it is hers, not the manager's"
    assert not day_of(people.SARA, days=1).done, "a new day begins empty"
    world.renew()
    visits.forget()


# Stand-ins.


def seen_by(who: str, reference: str, days: int = 0) -> set[Any]:
    day = day_of(who, days)
    rows = {r.standing_in_for for group in day.groups for r in group.rows if r.task.reference == reference}
    return rows | {gap.standing_in_for for gap in day.gaps if gap.reference == reference}


def test_a_stand_in_has_the_case_while_the_worker_is_away_and_no_longer(world: World, visits: Visits) -> None:
    reference = world.references["present"]
    assert seen_by(people.SARA, reference) == {None}
    assert seen_by(people.OMAR, reference) == set()
    now = datetime.now(UTC)
    today = now.astimezone(STOCKHOLM).date()
    staff_actions.set_absence(actor_named(people.SARA, now), today, today + timedelta(days=4), now)
    assert seen_by(people.OMAR, reference) == {"Sara L"}
    assert "Vikarierar för Sara L" in page(visits, people.OMAR, "/min-dag/")
    assert seen_by(people.OMAR, reference, days=4) == {"Sara L"}, "the last day counts"
    assert seen_by(people.OMAR, reference, days=5) == set()
    assert seen_by(people.SARA, reference) == {None}, "the worker still has her own"
    world.renew()
    visits.forget()
