"""A secret link in HTTP: byte for byte no link to whoever may not read both; a collision answers as what is taken."""

import re
from typing import Any

import pytest

from devtools.people import AMINA, KARIN, LENA, MATS, OMAR, SARA
from langsikt.access.identity import identity
from tests.pages import table, visiting
from tests.pages.table import Cell
from tests.pages.visiting import Visits
from tests.pages.world import World

pytestmark = pytest.mark.usefixtures("demo", "still")
PAGES = ("", "plan/", "natverk/", "handelser/", "trygghet/", "mal/", "vem-gor-vad/", "vantar/", "min-plan/", "logg/",
         "logg/vem-har-last/", "arende/natverk/", "dolda-uppgifter/", "natverk/koppla/")  # fmt: skip
LISTS = ("/min-dag/", "/arenden/", "/arenden/?lista=enheten", "/bevakningar/", "/bevakningar/bevakningar.ics", "/team/",
         "/boende/", "/loggkontroll/logg/", "/jav/", "/sparrar/")  # fmt: skip
# Who may read one of the two cases, or neither of them in pages; and the one who may read both.
ONE_ONLY = {SARA: "plain", LENA: "plain", AMINA: "other", MATS: "other", KARIN: "", "ingrid.f": "", "hanna.m": ""}
BOTH = OMAR
# What is drawn by lot, and when a file was made.
DRAWN = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|\b\d{8}T\d{6}Z|(?<=UID:)[^\r\n]+")
ROW = "select result, typed <> '', action, case_id, role, klass, reason from records_journalentry where id not in (%s)"


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The idle time is not written meanwhile: it depends on the clock, not on what is asked for."""
    monkeypatch.setattr("langsikt.access.sessions.SLIDE_EVERY", 10_000)


def anew(world: World, visits: Visits) -> None:
    """The house as it was built, and somebody who works with both cases."""
    world.renew()
    visits.forget()
    with world.owner() as owner:
        for case in ("plain", "other"):
            owner.execute(
                "insert into records_assignment (id, case_id, staff_id, relation, from_at)"
                " values (gen_random_uuid(), %s, %s, 'case_worker', now() - interval '1 day')",
                [world.cases[case], world.staff[BOTH]],
            )


def form(world: World, visits: Visits, said: bool, **answers: str) -> Any:
    """Opens the form of a link, and sends it or not: to open it is a look of its own."""
    path = f"/arenden/{world.references['plain']}/natverk/koppla/"
    if not said:
        return visits.by(BOTH).get(path)
    given = {"reference": world.references["other"], "relation": "child", "secret": "yes", "together": "no"}
    answer = visits.by(BOTH).post(path, given | answers)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def asked(visits: Visits, who: str, path: str, posted: dict[str, str] | None = None) -> tuple[Any, ...]:
    """All of an answer that somebody could compare."""
    browser = visits.by(who)
    with visiting.traced() as trace:
        answer = browser.get(path) if posted is None else browser.post(path, posted)
    body = visiting.without_clock(visiting.without_tokens(answer.content))
    return (
        answer.status_code,
        DRAWN.sub(b"ID", body),
        answer.headers.get("Location"),
        trace.statements,
        trace.decryptions,
    )


def everything(world: World, visits: Visits, people: dict[str, str]) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Every page of the case and every list, by each of these people."""
    found = {}
    for who, case in people.items():
        for page in PAGES if case else ():
            found[who, page] = asked(visits, who, f"/arenden/{world.references[case]}/{page}")
        for path in LISTS:
            found[who, path] = asked(visits, who, path)
    return found


def differing(one: dict[Any, Any], other: dict[Any, Any]) -> set[Any]:
    return {key for key in one if one[key] != other[key]}


def test_a_secret_link_changes_no_byte_for_whoever_may_not_read_both(world: World, visits: Visits) -> None:
    anew(world, visits)
    form(world, visits, said=False)
    without, beside = everything(world, visits, ONE_ONLY), everything(world, visits, {BOTH: "plain"})
    anew(world, visits)
    form(world, visits, said=True)
    linked, seen = everything(world, visits, ONE_ONLY), everything(world, visits, {BOTH: "plain"})
    statuses = {who: sum(answer[0] == 200 for (name, _), answer in linked.items() if name == who) for who in ONE_ONLY}
    print(f"{len(linked)} pages of {len(ONE_ONLY)} people compared, opened by person: {statuses}")
    assert differing(without, linked) == set()
    assert min(statuses.values()) >= 1 and sum(statuses.values()) >= 50
    assert differing(beside, seen) == {(BOTH, "natverk/"), (BOTH, "logg/")}, "who may read both sees it there"
    assert world.references["other"] in seen[BOTH, "natverk/"][1].decode()


@pytest.mark.parametrize(
    ("statement", "page"),
    [
        ("alter policy own_select on records_caselink using (true)", "natverk/"),
        ("drop policy of_two on records_journalentry", "logg/"),
    ],
)
def test_with_the_policy_loosened_the_bytes_differ(statement: str, page: str, world: World, visits: Visits) -> None:
    """The negative control, from outside."""
    path = f"/arenden/{world.references['plain']}/{page}"
    anew(world, visits)
    form(world, visits, said=False)
    without = asked(visits, SARA, path)
    anew(world, visits)
    form(world, visits, said=True)
    assert asked(visits, SARA, path) == without
    with world.owner() as owner:
        owner.execute(statement)
    assert asked(visits, SARA, path)[1] != without[1]


def test_an_open_link_says_the_relation_and_no_reference(world: World, visits: Visits) -> None:
    anew(world, visits)
    form(world, visits, said=True, secret="no", together="yes")
    for who, case, other, word in ((SARA, "plain", "other", "Barn"), (AMINA, "other", "plain", "Förälder")):
        said = asked(visits, who, f"/arenden/{world.references[case]}/natverk/")[1].decode()
        assert f"{word}, eget ärende" in said and world.references[other] not in said and world.cases[other] not in said
    assert "eget ärende" not in asked(visits, LENA, f"/arenden/{world.references['other']}/natverk/")[1].decode()


def test_made_up_hidden_and_excluded_are_one_answer(world: World, visits: Visits) -> None:
    anew(world, visits)
    path, answers = f"/arenden/{world.references['plain']}/natverk/koppla/", []
    for reference in (table.ABSENT, world.references["other"], world.references["denied"]):
        with world.owner() as owner:
            owner.execute("create temporary table before as select id from records_journalentry")
            given = {"reference": reference, "relation": "sibling", "secret": "yes", "together": "no"}
            status, body, *work = asked(visits, SARA, path, given)
            rows = owner.execute(ROW.replace("%s", "select id from before") + " order by at, action").fetchall()
        answers.append((status, body.replace(reference.encode(), b"TYPED"), work, rows))
        changed = asked(visits, SARA, f"{path}{reference}/")
        assert changed[0] == 404
    assert answers[0] == answers[1] == answers[2] and answers[0][0] == 422


# --- a collision and what is taken: whole answers ----------------------------------------------------------------

WHO = "Kon Taktperson"
CHOICES = {
    "place": ("placering/inflyttning/", {}),
    "contact_person": (
        "behov-efter/insats/",
        {"intervention": "volunteer_contact", "decided_by": "without", "supporter_name": WHO},
    ),
    "interpreter": ("arende/tolk/", {"interpreter_name": WHO}),
}


def link_in_sql(world: World, together: bool) -> None:
    """As if somebody who reads both had linked the two, earlier."""
    with world.owner() as owner:
        owner.execute(
            "insert into records_caselink (id, case_id, other_id, number, relation, secret, together, ended, actor_id,"
            " at) values (gen_random_uuid(), %s, %s, 1, 'sibling', true, %s, false, %s, now() - interval '1 day')",
            [world.cases["plain"], world.cases["other"], together, world.staff[BOTH]],
        )


def had_by(world: World, kind: str, case: str, event: str = "") -> None:
    """The case has had this contact person or interpreter."""
    with world.owner() as owner:
        owner.execute(
            "insert into records_identitytoken (id, case_id, event_id, part, kind, token, from_at)"
            " values (gen_random_uuid(), %s, coalesce(nullif(%s, '')::uuid, gen_random_uuid()), %s, 'name', %s, now())",
            [world.cases[case], event, kind, identity("", WHO).name],
        )


def taken(world: World, kind: str) -> None:
    """Full, or had by five others, or booked within the two hours."""
    with world.owner() as owner:
        if kind == "place":
            owner.execute("update records_dwelling set capacity = 1 where id = %s", [world.dwelling])
        if kind == "interpreter":
            owner.execute(
                "insert into records_interpreterbooking (event_id, case_id, interpreter_at) values (%s, %s, %s)",
                [world.events["met.placement"], world.cases["met"], f"{table.day(-1)}T10:30+01:00"],
            )
    if kind == "contact_person":
        for case in ("stood_in", "present", "met", "night", "denied"):
            had_by(world, kind, case)
    if kind == "interpreter":
        had_by(world, kind, "met", world.events["met.placement"])


def tried(world: World, visits: Visits, kind: str) -> tuple[Any, ...]:
    """The choice made in the page: the whole answer, its statements, and its journal rows."""
    path, more = CHOICES[kind]
    moment = {"started_on": table.day(), "interpreter_at": f"{table.day(-1)}T10:00"}
    place = table.body(Cell("event:start_placement", "POST", "case_worker_assigned", 302), world)
    given = place if kind == "place" else {**moment, **more}
    with world.owner() as owner:
        owner.execute("create temporary table before as select id from records_journalentry")
        answer = asked(visits, SARA, f"/arenden/{world.references['plain']}/{path}", given)
        rows = owner.execute(ROW.replace("%s", "select id from before") + " order by at, action").fetchall()
    return *answer, rows


@pytest.mark.parametrize("kind", CHOICES)
def test_a_collision_answers_byte_for_byte_as_what_is_taken(kind: str, world: World, visits: Visits) -> None:
    answers = {}
    for state in ("taken", "collides", "may live together", "strangers"):
        world.renew()
        visits.forget()
        if state == "taken":
            taken(world, kind)
        elif kind != "place":
            had_by(world, kind, "other")
        if state in ("collides", "may live together"):
            link_in_sql(world, together=state != "collides")
        answers[state] = tried(world, visits, kind)
    assert answers["taken"] == answers["collides"] and answers["taken"][0] == 422
    assert len(answers["taken"][3]) >= 10 and "HardStop" in {row[0] for row in answers["taken"][5]}
    assert (answers["may live together"][0], answers["strangers"][0]) == (302, 302), "and it is no other refusal"
