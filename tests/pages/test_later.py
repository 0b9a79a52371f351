"""*Senare*: one's own row is away for a while and comes back; safety is never put off; nobody else's list changes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from devtools import people
from devtools.stories.filling import STOCKHOLM
from langsikt.access.list_sheets import DayRow, DaySheet
from langsikt.access.window import worklist
from langsikt.access.window.staff import actor_named
from tests.pages import table
from tests.pages.visiting import Visits, without_clock
from tests.pages.world import World

pytestmark = pytest.mark.usefixtures("demo", "as_built")
SAFETY = ("unsafe_tonight", "day_after", "acute_safety", "gap", "assess_risk", "safe_contact", "end_contact")
WORKERS = [m.username for m in people.STAFF if m.role in ("case_worker", "duty_service")]


@pytest.fixture
def as_built(world: World, visits: Visits) -> Any:
    yield
    world.renew()
    visits.forget()


def day_of(who: str, days: int = 0) -> DaySheet:
    now = datetime.now(UTC) + timedelta(days=days)
    return worklist.my_day(actor_named(who, now), now)


def rows(day: DaySheet) -> list[DayRow]:
    return [row for group in day.groups for row in group.rows]


def has(found: list[DayRow], reference: str, kind: str) -> bool:
    return any((row.task.reference, row.task.kind) == (reference, kind) for row in found)


def address(reference: str, kind: str = "waiting") -> str:
    return f"/min-dag/senare/{reference}/{kind}/"


def put_off(visits: Visits, who: str, reference: str, kind: str = "waiting", **form: str) -> Any:
    return visits.by(who).post(address(reference, kind), form or {"until": table.day(3)})


def late_follow_up() -> DayRow:
    """A follow-up that is late, among those that Sara stands in for."""
    today = datetime.now(STOCKHOLM).date()
    found = [r for r in rows(day_of(people.SARA)) if r.task.kind == "follow_up"]
    return next(r for r in found if r.task.due_on and r.task.due_on < today)


def test_a_row_is_away_until_its_day_and_may_be_taken_back(world: World, visits: Visits) -> None:
    reference, before = world.references["plain"], rows(day_of(people.SARA))
    assert has(before, reference, "waiting")
    assert put_off(visits, people.SARA, reference).headers["Location"] == "/min-dag/"
    day = day_of(people.SARA)
    assert not has(rows(day), reference, "waiting") and len(rows(day)) == len(before) - 1
    assert has(list(day.later), reference, "waiting") and len(day.later) == 1
    said = visits.by(people.SARA).get("/min-dag/").content.decode()
    assert "Senare (1)" in said and f"{address(reference)}tillbaka/" in said
    assert has(list(day_of(people.SARA, days=2).later), reference, "waiting")
    assert has(rows(day_of(people.SARA, days=3)), reference, "waiting"), "on its day it is back by itself"
    assert visits.by(people.SARA).post(f"{address(reference)}tillbaka/").status_code == 302
    assert has(rows(day_of(people.SARA)), reference, "waiting") and not day_of(people.SARA).later


def test_putting_off_and_taking_back_are_each_one_row_of_the_journal(world: World, visits: Visits) -> None:
    reference = world.references["plain"]
    steps = (
        ("open_postpone", lambda: visits.by(people.SARA).get(address(reference))),
        ("postpone", lambda: put_off(visits, people.SARA, reference)),
        ("take_back", lambda: visits.by(people.SARA).post(f"{address(reference)}tillbaka/")),
    )
    for action, does in steps:
        visits.by(people.SARA)
        with world.owner() as owner:
            owner.execute("create temporary table before as select id from records_journalentry")
            does()
            told = owner.execute(
                "select action, result, role, actor::text, case_id::text from records_journalentry"
                " where id not in (select id from before)"
            ).fetchall()
        assert told == [(action, "done", "case_worker", world.staff[people.SARA], world.cases["plain"])]


def test_what_another_puts_off_changes_nothing_for_me(world: World, visits: Visits) -> None:
    # Sara stands in for Omar: both have the row, each a list of their own.
    reference = world.references["stood_in"]
    assert put_off(visits, people.SARA, reference).status_code == 302
    assert not has(rows(day_of(people.SARA)), reference, "waiting")
    assert has(rows(day_of(people.OMAR)), reference, "waiting") and not day_of(people.OMAR).later
    assert visits.by(people.OMAR).post(f"{address(reference)}tillbaka/").status_code == 302
    assert has(list(day_of(people.SARA).later), reference, "waiting"), "hers is still away"
    assert put_off(visits, people.OMAR, reference, until=table.day(1)).status_code == 302
    until = [row.put_off_until for row in day_of(people.SARA).later]
    assert [day.isoformat() for day in until if day] == [table.day(3)]


@pytest.mark.parametrize("kind", SAFETY)
def test_what_concerns_safety_has_no_later(kind: str, world: World, visits: Visits) -> None:
    absent = visits.by(people.SARA).get(address(table.ABSENT, kind))
    for case in ("plain", "stood_in", "present"):
        for answer in (
            visits.by(people.SARA).get(address(world.references[case], kind)),
            put_off(visits, people.SARA, world.references[case], kind),
        ):
            assert answer.status_code == 404 and without_clock(answer.content) == without_clock(absent.content)


def test_no_safety_row_of_the_demo_offers_it(world: World) -> None:
    every = [row for who in WORKERS for row in rows(day_of(who))]
    assert {row.task.kind for row in every} & set(SAFETY)
    assert not [row.task for row in every if row.task.kind in SAFETY and row.may_wait]
    assert {row.task.kind for row in every if row.may_wait} >= {"follow_up", "waiting"}


@pytest.mark.parametrize("days", [-1, 0, 8, 400])
def test_not_to_the_past_nor_past_the_last_day(days: int, world: World, visits: Visits) -> None:
    reference = world.references["plain"]
    for name in ("until", "until_on"):
        answer = put_off(visits, people.SARA, reference, **{name: table.day(days)})
        assert answer.status_code == 422 and 'class="errors"' in answer.content.decode()
    assert has(rows(day_of(people.SARA)), reference, "waiting")


@pytest.mark.parametrize("typed", ["", "i morgon", "2026-13-45", "\0"])
def test_a_day_that_is_none_is_asked_for_again(typed: str, world: World, visits: Visits) -> None:
    assert put_off(visits, people.SARA, world.references["plain"], until_on=typed).status_code == 422
    assert not day_of(people.SARA).later


def test_a_late_follow_up_asks_why_with_a_chip(world: World, visits: Visits) -> None:
    row = late_follow_up()
    reference, when = row.task.reference, {"until": table.day(1)}
    said = visits.by(people.SARA).get(address(reference, "follow_up")).content.decode()
    assert "Varför det får vänta" in said and "En tid är bokad" in said
    for reason in ({}, {"reason": ""}, {"reason": "Hon är orolig för sin bror"}):
        answer = put_off(visits, people.SARA, reference, "follow_up", **when, **reason)
        assert answer.status_code == 422, reason
    assert put_off(visits, people.SARA, reference, "follow_up", **when, reason="booked").status_code == 302
    assert has(list(day_of(people.SARA).later), reference, "follow_up")
    with world.owner() as owner:
        kept = owner.execute("select reason from records_postponement").fetchall()
    assert kept == [("booked",)]


def test_what_happens_in_the_case_brings_the_row_back(world: World, visits: Visits) -> None:
    reference = world.references["plain"]
    assert put_off(visits, people.SARA, reference).status_code == 302
    local = datetime.now(STOCKHOLM).strftime("%Y-%m-%dT%H:%M")
    form = {"happened_at": local, "note": "Personen ringde."}
    assert visits.by(people.SARA).post(f"/arenden/{reference}/arende/anteckning/", form).status_code == 302
    assert has(rows(day_of(people.SARA)), reference, "waiting") and not day_of(people.SARA).later


def test_the_numbers_of_the_header_leave_out_what_is_away(world: World, visits: Visits) -> None:
    row = late_follow_up()
    before = visits.by(people.SARA).get("/min-dag/").content.decode()
    count = len(next(g for g in day_of(people.SARA).groups if g.key == "now").rows)
    assert f"{count} saker i dag" in before
    put_off(visits, people.SARA, row.task.reference, "follow_up", until=table.day(1), reason="booked")
    assert f"{count - 1} saker i dag" in visits.by(people.SARA).get("/min-dag/").content.decode()
