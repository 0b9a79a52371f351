"""The same relations in SQL, as the app's own role and without the app: which rows of which case each is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from tests.pages import table
from tests.pages.world import CASES, World

# Tables that say nothing about a person and are read before anybody is known (design, "Sign-in tables"), by name.
SIGN_IN = {
    "records_staff", "django_session", "account_emailaddress", "account_emailconfirmation", "mfa_authenticator",
    "axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog", "axes_accesslog",
}  # fmt: skip
# Rows of a case that stand outside the case's own tables: whose column says which case.
BESIDE = {"records_assignment": "case_id", "records_journalentry": "case_id"}
NOT_A_PERSONS = {
    "records_erasure": "one's own requests",
    "records_guard": "hashes of policies and functions",
    "records_tombstone": "random ids of keys that are gone",
    "records_denial": "nobody reads it but the database's own functions",
    "records_identitytoken": "nobody reads it but the database's own functions",
    "records_match": "nobody reads it but the database's own functions",
    "records_emergency": "one's own openings, also when they have run out; tests/actions/test_emergency.py",
    "records_finding": "the log reviewer's own list; tests/actions/test_log_review.py",
}


@pytest.fixture(scope="module")
def told(world: World) -> dict[str, str]:
    """Every table that holds rows about a case, with its column, from the catalog; asked as owner."""
    with world.owner() as owner:
        found = owner.execute(
            "select table_name, column_name from information_schema.columns"
            " where table_schema = 'public' and column_name = 'case_id'"
        ).fetchall()
    tables = {str(name): str(column) for name, column in found}
    return {name: column for name, column in tables.items() if name not in ("records_draft", *NOT_A_PERSONS)} | {
        "records_contact": "id"
    }


@contextmanager
def as_person(world: World, username: str) -> Iterator["psycopg.Cursor[tuple[Any, ...]]"]:
    """A transaction in which the database knows who asks; nobody for an empty name."""
    with world.app() as app, app.transaction(), app.cursor() as cursor:
        if username:
            cursor.execute("select set_config('langsikt.actor', %s, true)", [world.staff[username]])
        yield cursor


def seen(cursor: "psycopg.Cursor[tuple[Any, ...]]", name: str, column: str) -> set[UUID]:
    """The cases of which this table gives a row."""
    query = sql.SQL("select distinct {} from {}").format(sql.Identifier(column), sql.Identifier(name))
    return {row[0] for row in cursor.execute(query).fetchall() if row[0] is not None}


def related() -> dict[str, bool]:
    """Whether a column has a relation to its case: it sees the case, or (the coordinator) may place in it."""
    pages = {c.column: c.status == 200 for c in table.cells("case", "GET")}
    placing = {c.column: c.status == 200 for c in table.cells("event:start_placement", "GET")}
    return {column: pages[column] or placing[column] for column in pages}


def test_the_expectation_is_not_one_sided() -> None:
    assert sorted(column for column, yes in related().items() if yes) == [
        "case_worker_assigned",
        "duty_service_made",
        "housing_coordinator_with_request",
        "stand_in_active",
        "unit_manager_own_unit",
    ]
    assert len(related()) == 17


@pytest.mark.parametrize("column", table.COLUMNS)
def test_rows_follow_the_relation(column: str, world: World, told: dict[str, str]) -> None:
    username, case = table.COLUMNS[column]
    case_id, expected = UUID(world.cases[case]), related()[column]
    with world.owner() as owner, as_person(world, username) as cursor:
        held = {name for name, column in told.items() if case_id in seen(owner.cursor(), name, column)}
        given = {name for name, column in told.items() if case_id in seen(cursor, name, column)}
    assert len(held) >= 10, "the case has rows"
    if username == "ingrid.f":
        assert given == {"records_journalentry"}, "the log reviewer reads the journal, and nothing else of a case"
    else:
        assert given == (held if expected else set()), column


@pytest.mark.parametrize("username", sorted({username for username, _ in table.COLUMNS.values() if username}))
def test_every_case_table_gives_the_same_cases(username: str, world: World, told: dict[str, str]) -> None:
    """No table is wider than the contact's own: a case is seen whole, or not at all."""
    with as_person(world, username) as cursor:
        mine = {row[0] for row in cursor.execute("select id from records_contact").fetchall()}
        wider = {
            name: cases - mine
            for name, column in told.items()
            if (cases := seen(cursor, name, column)) - mine and (username, name) != ("ingrid.f", "records_journalentry")
        }
        keys = {
            row[0] for row in cursor.execute("select scope_id from records_datakey where scope = 'case'").fetchall()
        }
    assert not wider
    assert keys == mine, "the key of a case goes with the case"


def test_who_sees_how_many(world: World) -> None:
    counts = {}
    for username in sorted({username for username, _ in table.COLUMNS.values()}):
        with as_person(world, username) as cursor:
            counts[username or "nobody"] = cursor.execute("select count(*) from records_contact").fetchone()
    print("cases by person:", counts)
    assert counts["nobody"] == counts["tor.a"] == counts["hanna.m"] == counts["viktor.p"] == counts["ingrid.f"] == (0,)
    assert {counts["sara.l"], counts["lena.k"], counts["ali.d"], counts["karin.b"]}.isdisjoint({(0,)})


def test_with_no_actor_no_table_gives_a_row(world: World) -> None:
    empty, full = [], []
    with world.owner() as owner, world.app() as app:
        names = [row[0] for row in owner.execute("select tablename from pg_tables where schemaname = 'public'")]
        for name in sorted(names):
            count = sql.SQL("select count(*) from {}").format(sql.Identifier(name))
            rows = owner.execute(count).fetchone()[0]
            (full if rows else empty).append(name)
            if name not in SIGN_IN:
                assert given(app, count) in (0, "refused"), name
    print(f"with rows {len(full)}, without {len(empty)}: {empty}")
    assert len([name for name in full if name not in SIGN_IN]) >= 30
    assert {f"records_{name}" for name in ("contact", "event", "note", "person", "safecontact", "journalentry")} < set(
        full
    )


def given(app: Any, query: sql.Composed) -> int | str:
    try:
        with app.transaction():
            return int(app.execute(query).fetchone()[0])
    except psycopg.errors.InsufficientPrivilege:
        return "refused"


@pytest.mark.parametrize("actor", ["", "6f1c2f0e-0000-4000-8000-000000000000"])
def test_an_empty_or_unknown_actor_is_given_no_case(actor: str, world: World, told: dict[str, str]) -> None:
    with as_person(world, "") as cursor:
        cursor.execute("select set_config('langsikt.actor', %s, true)", [actor])
        assert not [name for name, column in told.items() if seen(cursor, name, column)]


def test_the_actor_goes_with_the_transaction(world: World) -> None:
    with world.app() as app:
        with app.transaction():
            app.execute("select set_config('langsikt.actor', %s, true)", [world.staff["sara.l"]])
            assert app.execute("select count(*) from records_contact").fetchone()[0] > 0
        assert app.execute("select count(*) from records_contact").fetchone() == (0,)


@pytest.mark.parametrize("case", CASES)
def test_nobody_writes_into_a_case_without_a_relation(case: str, world: World) -> None:
    """Not even a note: what may be read and what may be written into go together."""
    insert = (
        "insert into records_event (id, case_id, seq, name, happened_at, recorded_at, actor_id, role)"
        " values (gen_random_uuid(), %s, 9999, 'write_note', now(), now(), %s, 'case_worker')"
    )
    refused = 0
    for column, (username, its_case) in table.COLUMNS.items():
        if its_case == case and username:
            values = [world.cases[case], world.staff[username]]
            if related()[column]:
                written(world, username, insert, values)
            else:
                refused += 1
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    written(world, username, insert, values)
    assert refused or case in ("other", "stood_in")


def written(world: World, username: str, insert: str, values: list[str]) -> None:
    """Writes and takes it back."""
    with as_person(world, username) as cursor:
        cursor.execute(insert, values)
        raise_back(cursor)


def raise_back(cursor: "psycopg.Cursor[tuple[Any, ...]]") -> None:
    raise psycopg.Rollback


@pytest.mark.parametrize("name", ["records_event", "records_note", "records_contact", "records_journalentry"])
def test_what_has_happened_is_neither_changed_nor_removed(name: str, world: World) -> None:
    for statement in (f"delete from {name}", f"truncate {name}", f"update {name} set id = id"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_person(world, "sara.l") as cursor:
            cursor.execute(
                statement.replace("set id = id", "set event_id = event_id" if name == "records_note" else "set id = id")
            )


def test_deny_beats_every_grant(world: World) -> None:
    """She is assigned, and manages the unit besides: the denial still hides the case from her."""
    case, sara = world.cases["denied"], world.staff["sara.l"]
    lena = f"select unit_id from records_staffrole where staff_id = '{world.staff['lena.k']}'"
    with world.owner() as owner:
        owner.execute(
            "insert into records_staffrole (id, staff_id, role, unit_id, from_on)"
            f" values (gen_random_uuid(), %s, 'unit_manager', ({lena}), current_date - 1)",
            [sara],
        )
        assert owner.execute(
            "select count(*) from records_assignment where case_id = %s and staff_id = %s and until_at is null",
            [case, sara],
        ).fetchone() == (1,)
    with as_person(world, "sara.l") as cursor:
        assert cursor.execute("select count(*) from records_contact where id = %s", [case]).fetchone() == (0,)
        assert cursor.execute("select count(*) from records_event where case_id = %s", [case]).fetchone() == (0,)
        assert cursor.execute("select langsikt_may_touch(%s)", [case]).fetchone() == (False,)
    world.renew()


def test_a_closed_account_and_an_ended_role_see_nothing(world: World) -> None:
    for change in (
        "update records_staff set is_active = false where username = 'sara.l'",
        "update records_staffrole set until_on = current_date - 1 where staff_id ="
        " (select id from records_staff where username = 'sara.l')",
    ):
        with world.owner() as owner:
            owner.execute(change)
        with as_person(world, "sara.l") as cursor:
            assert cursor.execute("select count(*) from records_contact").fetchone() == (0,), change
        world.renew()
    with as_person(world, "sara.l") as cursor:
        assert cursor.execute("select count(*) from records_contact").fetchone() != (0,)


@pytest.mark.parametrize("username", ["", "sara.l", "lena.k", "hanna.m"])
def test_nobody_but_the_administrator_gives_a_role(username: str, world: World) -> None:
    insert = (
        "insert into records_staffrole (id, staff_id, role, from_on)"
        " values (gen_random_uuid(), %s, 'system_administrator', current_date)"
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        written(world, username, insert, [world.staff[username or "sara.l"]])
    written(world, "viktor.p", insert, [world.staff["sara.l"]])


@pytest.mark.parametrize("name", ["records_assignment", "records_denial"])
def test_nobody_assigns_or_excludes_past_the_functions(name: str, world: World) -> None:
    for username in ("sara.l", "lena.k", "viktor.p", "hanna.m"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_person(world, username) as cursor:
            cursor.execute(f"insert into {name} (id) select gen_random_uuid()")
