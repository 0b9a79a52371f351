"""*Staden*: cases are counted by district, as the latest answer of each says, and stand still within a quarter."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from langsikt.access.errors import NotFound
from langsikt.actions import dwelling
from langsikt.insight.city import City, DistrictRow, city
from langsikt.insight.disclosure import quarter_start
from langsikt.model.parse import STOCKHOLM
from langsikt.model.places import Suits, Wanted
from tests.actions import staging
from tests.actions.staging import NOW, Case, Office

MAN = Wanted(frozenset({"man"}), 19)
NEVER = {"correction_reason": "Fel ärende.", "never_happened": True}
LATER = NOW + timedelta(days=92)  # in the next quarter, whatever day it is


@pytest.fixture
def office(fresh_database: None) -> Iterator[Office]:
    yield staging.open_office()


def asked(office: Office, answer: str | None, plan: str | None) -> Case:
    """A case whose needs after shelter were assessed with these answers."""
    case = staging.tell(office, "without_shelter")
    answers = {"contact_person_wish": answer, "coordinated_plan": plan}
    raw = staging.submission(case, "assess_needs_after", {k: v for k, v in answers.items() if v})
    kind, said = staging.attempt(office.actor("worker"), "assess_needs_after", case.reference, raw)
    assert kind == "done", said
    case.latest["assess_needs_after"] = staging.newest_event(case.reference)
    return case


def seen(office: Office, now: object = LATER) -> City:
    return city(office.actor("analyst", LATER), now)  # type: ignore[arg-type]


def row(found: City, name: str) -> DistrictRow:
    return next(one for one in found.rows if one.name == name)


def test_refusals_and_joint_plans_are_counted_by_district(office: Office) -> None:
    # Nine no and nine yes: neither is almost all of those asked, so both may be shown, rounded
    for answer, plan in (("no", "later"), ("yes", "yes")):
        for _ in range(9):
            asked(office, answer, plan)
    found = seen(office)
    jarva, farsta = row(found, "Järva"), row(found, "Farsta")
    assert (jarva.open.sv, jarva.no_contact_person.sv) == ("20", "10")
    assert [text.sv for text in jarva.joint_plan] == ["10", "färre än 8", "10"]
    assert (farsta.open.sv, farsta.no_contact_person.sv) == ("färre än 8", "färre än 8")
    assert found.totals.no_contact_person.sv == "10"
    # Within the quarter in which they were recorded nothing of it is seen yet
    assert row(seen(office, NOW), "Järva").no_contact_person.sv == "färre än 8"
    assert found.until == quarter_start(LATER.astimezone(STOCKHOLM).date())


def test_the_latest_answer_of_a_case_counts_and_one_that_never_was_given_does_not(office: Office) -> None:
    cases = [asked(office, "no", "no") for _ in range(9)] + [asked(office, "yes", "yes") for _ in range(8)]
    assert row(seen(office), "Järva").no_contact_person.sv == "10"
    for case in cases[:2]:
        staging.do(case, "correct", {"corrects": case.latest["assess_needs_after"], **NEVER})
    assert row(seen(office), "Järva").no_contact_person.sv == "färre än 8"


def test_what_no_place_met_is_counted_once_and_without_a_person(office: Office) -> None:
    coordinator = office.actor("coordinator")
    key = uuid4()
    for _ in range(2):  # the same form sent twice
        found = dwelling.find_place(coordinator, MAN, key, NOW)
        assert not found.free and not found.full
    assert staging.count("records_unmetneed") == 1
    for _ in range(7):
        dwelling.find_place(coordinator, MAN, uuid4(), NOW)
    needs = {need.sv: count.sv for need, count in seen(office).unmet}
    assert needs["Man"] == "10" and needs["18–20"] == "10" and needs["Par"] == "färre än 8"
    assert seen(office).unmet_searches.sv == "10"
    columns = staging.owner().execute("select * from records_unmetneed limit 1").description
    assert [column.name for column in columns or ()] == ["id", "searched_on", "suits", "age_band"]


def test_a_place_that_fits_is_found_and_counts_nothing(office: Office) -> None:
    coordinator = office.actor("coordinator")
    suits = Suits(frozenset({"man", "woman"}), 18, 25)
    dwelling.describe_place(coordinator, office.places["a"], suits, NOW)
    assert [p.mark for p in dwelling.find_place(coordinator, MAN, uuid4(), NOW).free] == ["Boende A"]
    older = dwelling.find_place(coordinator, Wanted(frozenset({"man"}), 26), uuid4(), NOW)
    assert not older.free and staging.count("records_unmetneed") == 1
    # What is said last stands, and what was said before is kept
    dwelling.describe_place(coordinator, office.places["a"], Suits(frozenset({"man"})), NOW + timedelta(hours=1))
    assert dwelling.find_place(coordinator, Wanted(frozenset({"man"}), 60), uuid4(), NOW).free
    assert staging.count("records_suitability") == 2


@pytest.mark.parametrize("who", ["worker", "manager", "analyst", "duty"])
def test_only_the_coordinator_looks_for_a_place(who: str, office: Office) -> None:
    for refused in (
        lambda: dwelling.find_place(office.actor(who), MAN, uuid4(), NOW),
        lambda: dwelling.describe_place(office.actor(who), office.places["a"], Suits(), NOW),
    ):
        with pytest.raises(NotFound):
            refused()
    assert not staging.count("records_unmetneed") and not staging.count("records_suitability")
