"""The network: kin are shut out at once, collisions answer as what is taken, duplicates are told to one (rules B4)."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from langsikt.access.errors import Invalid, NotFound
from langsikt.access.identity import identity
from langsikt.access.look import acting
from langsikt.access.window import exclusion, match, network
from langsikt.access.window.reveal import reveal
from langsikt.actions import staff
from langsikt.actions.match import answer_match, identify_staff
from tests.actions import staging
from tests.actions.staging import LONG_AGO, NOW, Case, Office, attempt, do, owner, tell
from tests.actions.test_exclusion import AT_THE_CASE, hidden, listed, rows_in_sql, workers
from tests.model.states import FACTS

FAMILIES = 2_000 if os.environ.get("LANGSIKT_PROVE") else 150
SEED = int(os.environ.get("LANGSIKT_SEED", "1"))
KIN, OTHER_KIN = "Kim Sagofigur", "Lo Sagofigur"
NUMBER, OTHER_NUMBER = "19900101-2385", "20000229-2399"


@pytest.fixture(scope="module")
def office(database: None) -> Office:
    made = staging.open_office()
    staff.set_fallback(made.actor("administrator", LONG_AGO), made.units["ours"], made.ids["outsider"], LONG_AGO)
    return made


@pytest.fixture
def nobody_known(office: Office) -> Iterator[None]:
    """After the test no staff member has an identity, and nobody is shut out of the cases of others."""
    yield
    owner().execute("delete from records_identitytoken where part = 'staff'")
    owner().execute("delete from records_absence")


def know(office: Office, who: str, name: str = "", number: str = "") -> None:
    identify_staff(office.actor("administrator"), office.ids[who], number, name, NOW)


def case_of(office: Office, state: str = "sheltered", **person: str) -> Case:
    """A case that the worker has, with a stand-in named."""
    case = tell(office, state)
    do(case, "hand_over_to_team", {"case_worker": "staff:worker"}, who="duty")
    if person:
        do(case, "record_person", person)
    return case


def kin(case: Case, name: str = KIN, role: str = "risk", number: str = "") -> UUID:
    more = {"network_number": number} if number else {}
    return do(
        case, "add_network_person", {"network_name": name, "network_relation": "Farbror", "network_role": role, **more}
    )


# --- staff matched by their own identity ------------------------------------------------------------------


@pytest.mark.usefixtures("nobody_known")
@pytest.mark.parametrize("who", ["worker", "stand_in", "manager"])
def test_kin_no_longer_see_the_case_once_their_name_is_written(office: Office, who: str) -> None:
    know(office, who, KIN)
    case = case_of(office)
    if who == "stand_in":
        staff.set_absence(office.actor("worker"), NOW.date(), NOW.date(), NOW)
    assert not hidden(AT_THE_CASE["overview"], office.actor(who), case.reference), "seen until then"
    assert all(rows_in_sql(office.ids[who], case.reference)[t] for t in ("records_assignment", "records_event"))
    kin(case)
    assert all(hidden(look, office.actor(who), case.reference) for look in AT_THE_CASE.values())
    assert set(rows_in_sql(office.ids[who], case.reference).values()) == {0} and workers(case) - {who}


@pytest.mark.usefixtures("nobody_known")
def test_and_once_their_identity_is_known(office: Office) -> None:
    case = case_of(office)
    kin(case, KIN, number=NUMBER)
    assert not hidden(AT_THE_CASE["overview"], office.actor("worker"), case.reference)
    know(office, "worker", number=NUMBER)
    assert hidden(AT_THE_CASE["overview"], office.actor("worker"), case.reference)
    assert workers(case) == {"stand_in"}


@pytest.mark.usefixtures("nobody_known")
def test_where_kin_name_every_worker_the_case_is_on_somebodys_list(office: Office) -> None:
    case = case_of(office)
    named = {
        "worker": "Ett Sagofigur",
        "stand_in": "Två Sagofigur",
        "manager": "Tre Sagofigur",
        "other": "Fyra Sagofigur",
    }
    for who, name in named.items():
        know(office, who, name)
        kin_by = next(iter(workers(case)))
        raw = staging.typed(office, {"network_name": name, "network_relation": "Kusin", "network_role": "risk"}, {})
        assert attempt(office.actor(kin_by), "add_network_person", case.reference, raw)[0] == "done"
        having = workers(case)
        assert len(having) == 1 and having.isdisjoint(list(named)[: list(named).index(who) + 1])
        assert listed(office.actor(next(iter(having))), case.reference)
    assert workers(case) == {"outsider"}


@pytest.mark.usefixtures("nobody_known")
def test_the_log_reviewer_who_is_kin_sees_nothing(office: Office) -> None:
    case, reviewer = case_of(office), office.ids["reviewer"]
    assert rows_in_sql(reviewer, case.reference)["records_journalentry"] > 0
    know(office, "reviewer", KIN)
    kin(case)
    assert set(rows_in_sql(reviewer, case.reference).values()) == {0}


@pytest.mark.usefixtures("nobody_known")
def test_a_surname_alone_never_shuts_anybody_out(office: Office) -> None:
    with pytest.raises(Invalid):
        know(office, "worker", "Sagofigur")
    know(office, "worker", "Vera Sagofigur")
    case = case_of(office)
    for name in ("Sagofigur", "Bo Sagofigur", "Vera", "Vera Annan"):
        kin(case, name)
    assert not hidden(AT_THE_CASE["overview"], office.actor("worker"), case.reference)
    kin(case, "sagofigur  VERA")
    assert hidden(AT_THE_CASE["overview"], office.actor("worker"), case.reference)


@pytest.mark.usefixtures("nobody_known")
def test_why_is_seen_by_the_secrecy_officer_alone(office: Office) -> None:
    know(office, "worker", KIN)
    case = case_of(office)
    kin(case)
    row = next(r for r in exclusion.exclusions(office.actor("officer"), NOW) if r["reference"] == case.reference)
    assert row["ground"].sv == "Står själv i personens nätverk"
    for who in ("worker", "manager", "administrator", "reviewer"):
        with pytest.raises(NotFound):
            exclusion.exclusions(office.actor(who), NOW)
    for actor in ("langsikt_app",):
        with staging.behind(actor) as app, pytest.raises(Exception, match="permission denied"):
            app.execute("select 1 from records_identitytoken")


@pytest.mark.usefixtures("nobody_known")
def test_the_administrator_is_told_nothing_and_nobody_else_may(office: Office) -> None:
    case = case_of(office)
    kin(case)
    with CaptureQueriesContext(connection) as hits:
        know(office, "worker", KIN)
    with CaptureQueriesContext(connection) as misses:
        know(office, "other", "Ingen Sådan")
    assert len(hits) == len(misses)
    for who in ("worker", "manager", "officer"):
        with pytest.raises(NotFound):
            identify_staff(office.actor(who), office.ids["worker"], "", KIN, NOW)


# --- the page ----------------------------------------------------------------------------------------------


def test_the_network_is_hidden_until_shown_and_keeps_every_role(office: Office) -> None:
    case = case_of(office)
    first = kin(case, KIN, "risk", NUMBER)
    kin(case, OTHER_KIN, "support")
    for day, role in ((1, "support"), (2, "both")):
        facts = {"network_person": str(first), "network_role": role}
        do(case, "change_network_role", facts, NOW + timedelta(minutes=day))
    later = NOW + timedelta(hours=1)
    worker = office.actor("worker", later)
    sheet = network.network(worker, case.reference, later)
    assert sheet.count == 2 and not sheet.people and KIN not in repr(sheet)
    shown: Any = reveal(worker, case.reference, "network", "", False, later).sheet
    assert [p.name for p in shown.people] == [KIN, OTHER_KIN] and shown.people[0].number == NUMBER
    assert [r.role.sv for r in shown.people[0].roles] == ["Både risk och stöd", "Stöd", "Risk"]
    assert staging.last_journal()["action"] == "reveal_network"
    with pytest.raises(Invalid):
        reveal(office.actor("manager", later), case.reference, "network", "", False, later)
    assert KIN not in repr(AT_THE_CASE["history"](worker, case.reference)), "no name in the history"


# --- collisions: one answer ----------------------------------------------------------------------------------


def placed(office: Office, name: str, place: str) -> Case:
    """Somebody with this name in her network, who lives there."""
    case = tell(office, "decision")
    do(case, "issue_decision", FACTS["issue_decision"], NOW)
    kin(case, name)
    do(case, "start_placement", {**FACTS["start_placement"], "place": f"place:{place}"}, NOW)
    return case


def try_place(case: Case, place: str) -> tuple[Any, list[str], dict[str, Any]]:
    """The answer, the statements in order, and the journal row that it left."""
    raw = staging.submission(case, "start_placement", {"place": f"place:{place}"})
    with CaptureQueriesContext(connection) as seen:
        said, answer = attempt(case.office.actor("worker"), "start_placement", case.reference, raw)
    row = {k: v for k, v in staging.last_journal().items() if k not in ("id", "at", "xid", "written_at")}
    return (said, repr(answer.text), answer.field, answer.stop), [_bare(q["sql"]) for q in seen], row


def _bare(sql: str) -> str:
    return sql.partition("(")[0].partition("WHERE")[0][:60]


def test_a_collision_answers_exactly_as_a_full_dwelling(office: Office) -> None:
    staging.add_place(office, "one", "shelter_flat", 1)
    staging.add_place(office, "roomy", "shelter_flat", 9)
    placed(office, "Ann Annan", "one")
    mother = placed(office, KIN, "roomy")
    daughter = tell(office, "decision")
    do(daughter, "issue_decision", FACTS["issue_decision"], NOW)
    kin(daughter, KIN)
    full, collides = try_place(daughter, "one"), try_place(daughter, "roomy")
    assert full == collides and full[0][0] == "stop"
    stranger = tell(office, "decision")
    do(stranger, "issue_decision", FACTS["issue_decision"], NOW)
    kin(stranger, "Ann Annan2 Helt")
    raw = staging.submission(stranger, "start_placement", {"place": "place:roomy"})
    assert attempt(office.actor("worker"), "start_placement", stranger.reference, raw)[0] == "done"
    told = [
        r
        for r in match.matches(office.actor("officer"), NOW)
        if {r.reference, r.other} == {mother.reference, daughter.reference}
    ]
    assert [r.kind.sv for r in told] == ["Samma boende"], "the officer sees why, once"


def test_a_case_whose_person_stands_in_the_network_of_another_collides_too(office: Office) -> None:
    staging.add_place(office, "kin", "shelter_flat", 9)
    placed(office, "Mor Morsdotter", "kin")
    other = tell(office, "decision")
    do(other, "issue_decision", FACTS["issue_decision"], NOW)
    do(other, "record_person", {"person_name": "Morsdotter Mor"})
    assert try_place(other, "kin")[0][0] == "stop"


@pytest.mark.parametrize(
    ("event", "field"), [("start_intervention", "supporter_name"), ("book_interpreter", "interpreter_name")]
)
def test_two_of_one_network_never_get_the_same_contact_person_or_interpreter(
    office: Office, event: str, field: str
) -> None:
    name = f"Samma {field.title().replace('_', '')}"
    families = [tell(office, "contact_person_granted") for _ in range(3)]
    for case in families[:2]:
        kin(case, f"Släkting {field[:4].title()}")
    facts = {"intervention": "contact_person", "decided_by": "decision"} if event == "start_intervention" else {}
    answers = [attempt(office.actor("worker"), event, c.reference, staging.submission(c, event, {**facts, field: name}))
               for c in families]  # fmt: skip
    said = [answer[0] for answer in answers]
    assert said[:2] == ["done", "stop"], said
    if event == "start_intervention":
        assert said[2] == "done", "somebody outside the network may have the same"
    text = str(answers[1][1].text)
    assert "nätverk" not in text and "network" not in text and families[0].reference not in text


def test_an_interpreter_booked_elsewhere_answers_as_one_who_collides(office: Office) -> None:
    one, kin_of_one, stranger = (tell(office, "sheltered") for _ in range(3))
    kin(one, "Tant Tolkad")
    kin(kin_of_one, "Tant Tolkad")
    said = {}
    for case, at in ((one, "moment:0"), (kin_of_one, "moment:-9"), (stranger, "moment:0")):
        facts = {"interpreter_name": "Tolke Tolk", "interpreter_at": at}
        raw = staging.submission(case, "book_interpreter", facts)
        said[case.reference] = attempt(office.actor("worker"), "book_interpreter", case.reference, raw)
    assert said[one.reference][0] == "done"
    collides, busy = said[kin_of_one.reference][1], said[stranger.reference][1]
    assert (collides.stop, collides.text, collides.field) == (busy.stop, busy.text, busy.field)
    free = {"interpreter_name": "Tolke Tolk", "interpreter_at": "moment:-5"}
    raw = staging.submission(stranger, "book_interpreter", free)
    assert attempt(office.actor("worker"), "book_interpreter", stranger.reference, raw)[0] == "done"


def test_a_correction_is_no_way_around(office: Office) -> None:
    staging.add_place(office, "around", "shelter_flat", 9)
    placed(office, "Om Vägen", "around")
    other = placed(office, "Ut Vägen", "b")
    kin(other, "Om Vägen")
    start = other.latest["start_placement"]
    facts = {"corrects": str(start), "correction_reason": "Fel boende."}
    for place, expected in (("around", "stop"), ("b", "done")):
        raw = staging.typed(office, {**FACTS["start_placement"], "place": f"place:{place}", **facts}, {})
        assert attempt(office.actor("worker"), "correct", other.reference, raw)[0] == expected, place


def test_repeated_tries_go_to_the_coordinator_and_to_the_log_review(office: Office) -> None:
    staging.add_place(office, "tried", "shelter_flat", 1)
    placed(office, "Någon Annan", "tried")
    case = tell(office, "decision")
    do(case, "issue_decision", FACTS["issue_decision"], NOW)
    for n in range(1, 4):
        assert try_place(case, "tried")[0][0] == "stop"
        rows = match.repeated_tries(office.actor("coordinator"), NOW)
        assert (case.reference in {r.reference for r in rows}) is (n == 3), n
    review = match.repeated_tries(office.actor("reviewer"), NOW)
    mine = [r for r in review if "Worker X" in r.names]
    assert mine and case.reference not in {r.reference for r in review}, "the review sees a pseudonym"
    for who in ("worker", "manager", "officer"):
        with pytest.raises(NotFound):
            match.repeated_tries(office.actor(who), NOW)


# --- duplicates -------------------------------------------------------------------------------------------


def test_a_duplicate_is_told_to_the_secrecy_officer_alone(office: Office) -> None:
    cases = [tell(office, "contact") for _ in range(3)]
    answers = []
    for case, number in zip(cases, (OTHER_NUMBER, OTHER_NUMBER, "20170101-2393"), strict=True):
        raw = staging.typed(office, {"personal_number": number}, {})
        with CaptureQueriesContext(connection) as seen:
            said, done = attempt(office.actor("worker"), "record_person", case.reference, raw)
        answers.append((said, done.event, done.text, [_bare(q["sql"]) for q in seen]))
    assert answers[0] == answers[1] == answers[2] and answers[0][0] == "done"
    officer, pair = office.actor("officer"), {cases[0].reference, cases[1].reference}
    found = [r for r in match.matches(officer, NOW) if {r.reference, r.other} == pair]
    assert len(found) == 1 and found[0].duplicate and not found[0].late and found[0].may_answer
    later = NOW + timedelta(minutes=61)
    assert [r.late for r in match.matches(office.actor("officer", later), later) if r.id == found[0].id] == [True]
    assert found[0].id not in {r.id for r in match.matches(office.actor("their_manager"), NOW)}
    for who in ("worker", "reviewer", "coordinator"):
        with pytest.raises(NotFound):
            match.matches(office.actor(who), NOW)
        with pytest.raises(NotFound):
            answer_match(office.actor(who), found[0].id, "other", NOW)
    answer_match(officer, found[0].id, "other", NOW)
    assert found[0].id not in {r.id for r in match.matches(officer, NOW)}


def test_the_manager_of_duty_service_answers_at_night(office: Office) -> None:
    """Our unit has duty service; at noon its manager knows nothing, after an hour and at night she does."""
    for _ in range(2):
        do(tell(office, "contact"), "record_person", {"personal_number": "20220161-2393"})
    newest = max(match.matches(office.actor("officer"), NOW), key=lambda r: (r.since, r.duplicate))
    assert newest.duplicate
    noon, night = NOW, NOW.replace(hour=22)
    assert newest.id not in {r.id for r in match.matches(office.actor("manager", noon), noon)} or noon.hour >= 16
    assert newest.id in {r.id for r in match.matches(office.actor("manager", night), night)}
    assert newest.id not in {r.id for r in match.matches(office.actor("their_manager", night), night)}


# --- the oracle: random families against a full check by hand ------------------------------------------------


@dataclass
class Stay:
    """A case as the naive check knows it: names in clear."""

    id: UUID
    person: str
    kin: set[str]
    lives: int | None = None
    supporters: set[str] = field(default_factory=set)


def families(rng: random.Random, n: int) -> list[Stay]:
    """Cases of ``n`` families; some share an uncle, some a surname only, some stand in each other's networks."""
    found: list[Stay] = []
    for number in range(n):
        surname = f"Släkt{number % 40}"
        uncles = [f"Onkel{number}x{i} {surname}" for i in range(3)]
        people = [f"Person{number}x{i} {surname}" for i in range(rng.randint(1, 4))]
        for person in people:
            circle = set(rng.sample(uncles, rng.randint(0, 2))) | {f"Granne{rng.randint(0, n * 4)} Annan"}
            if rng.random() < 0.2 and len(people) > 1:
                circle.add(rng.choice([p for p in people if p != person]))
            found.append(Stay(uuid4(), person, circle))
    return found


def naive(one: Stay, other: Stay) -> bool:
    """Whether two cases are of one network, read off the names."""
    return one.id != other.id and bool(one.kin & other.kin or one.person in other.kin or other.person in one.kin)


def store(office: Office, cases: list[Stay], dwellings: list[UUID]) -> None:
    """The rows of the families, put there by the owner: who they are as tokens, and where they live."""
    now, rows = NOW, owner()
    for number, stay in enumerate(cases):
        rows.execute("insert into records_contact (id, reference, unit_id, district_id, made_at)"
                     " values (%s, %s, %s, 'jarva', %s)",
                     [stay.id, f"Q{number:05d}", office.units["ours"], now])  # fmt: skip
        rows.execute("insert into records_assignment (id, relation, from_at, case_id, staff_id)"
                     " values (gen_random_uuid(), 'case_worker', %s, %s, %s)",
                     [LONG_AGO, stay.id, office.ids["worker"]])  # fmt: skip
        for part, names in (("person", {stay.person}), ("network", stay.kin), ("interpreter", stay.supporters)):
            for name in names:
                rows.execute("insert into records_identitytoken (id, case_id, event_id, part, kind, token, from_at)"
                             " values (gen_random_uuid(), %s, gen_random_uuid(), %s, 'name', %s, %s)",
                             [stay.id, part, identity("", name).name, now])  # fmt: skip
        if stay.lives is not None:
            event = uuid4()
            rows.execute("insert into records_event (id, case_id, seq, name, happened_at, recorded_at, actor_id, role)"
                         " values (%s, %s, 1, 'start_placement', %s, %s, %s, 'case_worker')",
                         [event, stay.id, now, now, office.ids["worker"]])  # fmt: skip
            rows.execute("insert into records_placement (event_id, case_id, place_id) values (%s, %s, %s)",
                         [event, stay.id, dwellings[stay.lives]])  # fmt: skip


def test_the_blind_check_answers_as_a_full_check_by_hand(office: Office) -> None:
    rng = random.Random(SEED)
    cases = families(rng, FAMILIES)
    capacity = [rng.choice((3, 6, 40, 400)) for _ in range(10)]
    dwellings = [staging.add_place(office, f"o{i}", "shelter_flat", 99) for i in range(10)]
    for stay in cases:
        home = rng.randrange(10)
        if rng.random() < 0.5 and sum(c.lives == home for c in cases) < capacity[home]:
            stay.lives = home
        stay.supporters = {f"Tolk{rng.randrange(30)} Tolk"} if rng.random() < 0.4 else set()
    with owner().transaction():
        store(office, cases, dwellings)
    tally: Counter[str] = Counter()
    with acting(office.actor("worker"), NOW), connection.cursor() as cursor:
        for stay in rng.sample(cases, min(len(cases), 3 * FAMILIES)):
            home, who = rng.randrange(10), f"Tolk{rng.randrange(30)} Tolk"
            living = [c for c in cases if c.lives == home]
            full = len(living) >= capacity[home]
            collides = any(naive(stay, c) for c in living)
            cursor.execute("select langsikt_place_open(%s, %s, %s)", [stay.id, dwellings[home], capacity[home]])
            assert cursor.fetchone()[0] is not (full or collides), (stay, home)
            shared = any(who in c.supporters and naive(stay, c) for c in cases)
            cursor.execute("select langsikt_supporter_open(%s, 'interpreter', null, %s, %s)",
                           [stay.id, identity("", who).name, NOW])  # fmt: skip
            assert cursor.fetchone()[0] is not shared, (stay, who)
            tally["full" if full else "collides" if collides else "open"] += 1
            tally["interpreter taken" if shared else "interpreter free"] += 1
    pairs = sum(naive(a, b) for a, b in combinations(cases, 2))
    print(
        f"collisions: {FAMILIES} families, {len(cases)} cases, {pairs} pairs of one network, seed {SEED}, {dict(tally)}"
    )
    assert pairs >= FAMILIES // 3 and min(tally.values()) >= 5 and len(tally) == 5, tally


def test_the_table_of_tokens_taken_away_lets_collisions_through(office: Office) -> None:
    """The negative control, last in the file: without the comparison the same choice passes."""
    staging.add_place(office, "control", "shelter_flat", 9)
    placed(office, "Kon Troll", "control")
    case = tell(office, "decision")
    do(case, "issue_decision", FACTS["issue_decision"], NOW)
    kin(case, "Kon Troll")
    assert try_place(case, "control")[0][0] == "stop"
    blind = "language sql stable security definer set search_path = public, pg_temp as 'select false'"
    owner().execute(f"create or replace function langsikt_one_network(one uuid, other uuid) returns boolean {blind}")
    raw = staging.submission(case, "start_placement", {"place": "place:control"})
    assert attempt(office.actor("worker"), "start_placement", case.reference, raw)[0] == "done"
