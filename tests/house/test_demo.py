"""The made-up people of the demo: fictional numbers only, every step populated, every story true to the method."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from devtools.people import AWAY, DAVID, DWELLINGS, SARA, STAFF, UNITS
from devtools.stories import PEOPLE
from devtools.stories.telling import Person
from langsikt.model.facts import EXPECTED
from langsikt.model.load import METHOD
from langsikt.model.why import day_in_words
from tests.house.replaying import DISTRICT, NOONS, STOCKHOLM, replay

if TYPE_CHECKING:
    import psycopg

    from devtools.seed import Laying

STEPS = {"contact", "investigation", "decision", "placement", "needs_after", "follow_up", "closure"}


def words() -> list[str]:
    """Every value that the stories type."""
    values = [v for person in PEOPLE for moment in person.story for v in moment.raw.values()]
    return [word for value in values for word in ((value,) if isinstance(value, str) else value)]


def test_there_are_twelve_people_in_three_districts() -> None:
    assert len(PEOPLE) == len({person.key for person in PEOPLE}) == 12
    assert {DISTRICT[p.story[0].who] for p in PEOPLE} >= {"jarva", "farsta", "sodermalm"}


def test_personal_numbers_come_from_the_test_series_only() -> None:
    numbers = [w for w in words() if re.search(r"\d{6}-?\d{4}", w)]
    assert len(numbers) >= 10
    for number in numbers:
        assert re.fullmatch(r"(19|20)\d{6}-(238|239)\d", number), number
        assert control_digit(number[2:8] + number[9:12]) == number[-1], number


def control_digit(nine: str) -> str:
    """The last digit of a personal number, as Skatteverket computes it."""
    doubled = [int(digit) * (2 - index % 2) for index, digit in enumerate(nine)]
    return str(-sum(n // 10 + n % 10 for n in doubled) % 10)


def test_the_control_digit_is_that_of_the_published_numbers() -> None:
    for number in ("19900101-2385", "20170101-2393", "20000229-2399", "20240229-2383", "18900101-9802"):
        assert control_digit(number[2:8] + number[9:12]) == number[-1]


def test_telephone_numbers_are_fictional_and_nobody_shares_one() -> None:
    phones = [w for w in words() if re.search(r"(?<![\d-])\b0\d{1,3}[- ]?\d", w)]
    assert len(phones) == len(set(phones)) >= 10
    for phone in phones:
        assert re.fullmatch(r"070-174 06 \d\d", phone) and 5 <= int(phone[-2:]) <= 99, phone


def test_no_text_says_where_anybody_is() -> None:
    places = [w.lower() for d in DWELLINGS for w in (d.mark, d.address)] + ["stockholm", "järva", "farsta", "södermalm"]
    texts = [w for w in words() if " " in w]
    assert len(texts) > 80
    for text in texts:
        assert not [place for place in places if place in text.lower()], text
        assert not re.search(r"(gatan|vägen|stigen|gränd|torget) \d", text.lower()), text


@pytest.mark.parametrize("now", NOONS, ids=lambda now: now.strftime("%Y-%m-%d-%H%M"))
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
def test_every_story_is_true_to_the_method(person: Person, now: datetime) -> None:
    state, happened = replay(person, now)
    assert [h.happened_at for h in happened] == sorted(h.happened_at for h in happened)
    assert happened[-1].happened_at < now
    assert {key for key, step in state.steps.items() if step.is_open} == set(person.open_steps)


def test_every_step_has_somebody_and_one_case_is_closed() -> None:
    assert {step for person in PEOPLE for step in person.open_steps} == STEPS
    assert [person.key for person in PEOPLE if not person.open_steps] == ["own_strength"]


def test_the_demo_shows_what_must_not_be_forgotten() -> None:
    now = NOONS[0]
    told = {person.key: replay(person, now) for person in PEOPLE}
    states = {key: state for key, (state, _) in told.items()}
    assert states["debts_in_her_name"].debts
    overdue = states["debts_in_her_name"].next_follow_up_on
    assert overdue and overdue < now.date()
    assert states["silent_agreement"].closure_request
    assert states["waiting_for_psychiatry"].steps["placement"].status == "not_applicable"
    assert "reopen_case" in [h.name for h in told["lease_cancelled"][1]]
    assert not EXPECTED["risk_assessed"](states["couple_tonight"], {})
    assert states["others_take_her_money"].is_case and states["others_take_her_money"].risk is None
    assert states["no_place_for_him"].place_requested and not states["no_place_for_him"].placements


def worker_of(person: Person) -> str:
    """Who has the case when the story has been told: the one last named, else the one who took the contact."""
    named = [str(m.raw["case_worker"]) for m in person.story if m.event == "assign_case"]
    return named[-1].removeprefix("staff:") if named else person.story[0].who


def test_somebody_is_away_and_has_a_stand_in() -> None:
    away = {a.username for a in AWAY if a.from_day <= 0 <= a.until_day}
    named = [m.raw for p in PEOPLE for m in p.story if m.event == "assign_case" and "stand_in" in m.raw]
    stood_in_for = {str(raw["case_worker"]).removeprefix("staff:") for raw in named}
    assert away and away <= stood_in_for
    assert stood_in_for - away == {DAVID}, "one is named beforehand, and hears of a night that nobody has followed up"


def test_every_role_of_the_issue_is_somebody() -> None:
    assert {role for role in METHOD.roles if role not in ("stand_in", "emergency")} == {member.role for member in STAFF}
    for unit in [name for name, _ in UNITS if name.startswith("RVT")]:
        assert len([m for m in STAFF if m.unit == unit and m.role == "case_worker"]) >= 2
        assert [m for m in STAFF if m.unit == unit and m.role == "unit_manager"]


def test_every_label_is_spoken_of_again() -> None:
    for person in PEOPLE:
        labels = {moment.label for moment in person.story} - {""}
        said = " ".join(f"{key} {value}" for moment in person.story for key, value in moment.raw.items())
        assert all(f"@{label}" in said for label in labels), person.key


def test_long_stories_are_long_and_fresh_ones_fresh() -> None:
    spans = {p.key: max(m.days_ago for m in p.story) for p in PEOPLE}
    assert timedelta(days=max(spans.values())) > timedelta(days=365) and min(spans.values()) == 0


@pytest.fixture(scope="module")
def laid_in(database: None) -> "tuple[Laying, datetime]":
    """The demo as `make run` lays it in, in this module's own database."""
    from django.db import transaction

    from devtools.seed import Laying

    now = datetime.now(STOCKHOLM)
    laying = Laying(now)
    with transaction.atomic():
        laying.all()
    return laying, now


def test_the_door_takes_every_story_and_the_window_shows_it(laid_in: "tuple[Laying, datetime]") -> None:
    from langsikt.access.window import case
    from langsikt.access.window.staff import actor_named

    laying, now = laid_in
    for person in PEOPLE:
        worker = actor_named(worker_of(person), now)
        sheet = case.overview(worker, laying.references[person.key], now)
        assert {stop.key for stop in sheet.steps if stop.status in ("open", "reopened")} == set(person.open_steps)
        assert len(case.history(worker, sheet.header.reference, now).lines) == len(person.story)
        assert sheet.header.closed is not bool(person.open_steps)


def test_every_page_of_everybody_opens_and_no_gap_begins_with_an_end_of_long_ago(
    laid_in: "tuple[Laying, datetime]",
) -> None:
    from langsikt.access.window import plan
    from langsikt.access.window.staff import actor_named

    laying, now = laid_in
    yesterday = day_in_words(now.date() - timedelta(days=1))
    gaps = 0
    for person in PEOPLE:
        sheet = plan.plan(actor_named(worker_of(person), now), laying.references[person.key], 12, now)
        gaps += len(sheet.gaps)
        assert not [gap.why.sv for gap in sheet.gaps if f"slutar den {yesterday}" in gap.why.sv], person.key
    assert gaps > 12


def test_the_stand_in_has_the_cases_while_the_worker_is_away_and_not_after(laid_in: "tuple[Laying, datetime]") -> None:
    from langsikt.access.window import worklist
    from langsikt.access.window.staff import actor_named

    laying, now = laid_in
    theirs = {laying.references[key] for key in ("debts_in_her_name", "silent_agreement")}

    def rows_on(day: int) -> set[str]:
        then = now + timedelta(days=day)
        return {row.reference for row in worklist.lists(actor_named(SARA, then), "vikarie", then)[1]}

    last = next(away.until_day for away in AWAY)
    assert [rows_on(day) for day in (0, last, last + 1)] == [theirs, theirs, set()]


def test_the_demo_bears_its_mark_and_nobody_lays_it_in_twice(
    laid_in: "tuple[Laying, datetime]", owner: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    from django.db import DatabaseError

    from devtools.seed import lay_in

    def counted() -> list[tuple[object, ...]]:
        return owner.execute(
            "select (select kind from records_installation), (select count(*) from records_contact),"
            " (select count(*) from records_event), (select count(*) from records_staff)"
        ).fetchall()

    before = counted()
    assert before == [("demo", 12, sum(len(person.story) for person in PEOPLE), len(STAFF))]
    with pytest.raises(DatabaseError):
        lay_in(laid_in[1])
    assert counted() == before


def test_many_cases_look_like_cases(laid_in: "tuple[Laying, datetime]", owner: object) -> None:
    from devtools.bench_data import many_cases
    from langsikt.access.window import case
    from langsikt.access.window.staff import actor_named
    from langsikt.cli import roles
    from tests import cluster
    from tests.conftest import HOME, MINE

    _, now = laid_in
    url = cluster.Swift(cluster.Home(HOME)).url(roles.OWNER, MINE)
    made = many_cases(8, now, notes=3, owner_url=url)
    sara = actor_named(SARA, now)
    seen = [case.history(sara, reference, now) for reference in made]
    assert len({history.header.reference for history in seen}) == 8
    assert all(len([line for line in history.lines if line.name == "write_note"]) == 3 for history in seen)
    assert {stop.key for history in seen for stop in history.steps if stop.status == "open"} >= {
        "investigation",
        "needs_after",
        "follow_up",
    }
