"""What the role that serves can do by SQL alone, past every page and every rule of ours: on a copy of the demo."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException

from tests import cluster
from tests.records import assertions
from tests.records.assertions import APP, CASE_TABLES, EVERY, JOURNAL, OWNER, SIGN_IN, Connection

NOBODY = UUID(int=1)


@pytest.fixture(scope="module")
def demo() -> str:
    """The demo as it is laid in, on a copy of this module's own."""
    return assertions.scratch(cluster.DEMO, "roles")


@pytest.fixture(scope="module")
def behind(demo: str) -> Iterator[Connection]:
    """The owner, for looking behind the policies."""
    with assertions.connect(OWNER, demo) as connection:
        yield connection


@pytest.fixture
def app(demo: str) -> Iterator[Connection]:
    """The role that serves, in a transaction of which nothing remains."""
    with assertions.connect(APP, demo) as connection, assertions.undone(connection):
        yield connection


def act_as(app: Connection, who: UUID | None) -> None:
    """Says who acts, as the app does at the start of its transaction."""
    app.execute("select set_config('langsikt.actor', %s, true)", [str(who) if who else ""])


def staff(behind: Connection, username: str) -> UUID:
    row = behind.execute("select id from records_staff where username = %s", [username]).fetchone()
    assert row is not None, username
    return UUID(str(row[0]))


def worker_and_case(behind: Connection, is_case: bool = True) -> tuple[UUID, UUID]:
    """A case worker with a case (or a contact that is none) of their own."""
    row = behind.execute(
        "select a.staff_id, a.case_id from records_assignment a where a.relation = 'case_worker' and until_at is null"
        " and exists (select 1 from records_case c where c.case_id = a.case_id) = %s order by a.case_id limit 1",
        [is_case],
    ).fetchone()
    assert row is not None
    return UUID(str(row[0])), UUID(str(row[1]))


def stranger(behind: Connection, case: UUID) -> UUID:
    """A case worker of another unit, who has nothing to do with the case."""
    row = behind.execute(
        "select r.staff_id from records_staffrole r join records_contact c on c.unit_id <> r.unit_id"
        " where c.id = %s and r.role = 'case_worker' and not exists"
        " (select 1 from records_assignment a where a.case_id = c.id and a.staff_id = r.staff_id) limit 1",
        [case],
    ).fetchone()
    assert row is not None
    return UUID(str(row[0]))


@contextmanager
def refused(app: Connection, kind: type[Exception] = InsufficientPrivilege, match: str | None = None) -> Iterator[None]:
    """The statement is refused, and the transaction goes on."""
    with pytest.raises(kind, match=match), app.transaction():
        yield


# --- the bars themselves --------------------------------------------------------------------------

BARS = {
    "disable": "alter table records_note disable row level security",
    "no force": "alter table records_note no force row level security",
    "drop policy": "drop policy denied on records_note",
    "alter policy": "alter policy mine_select on records_note using (true)",
    "new policy": "create policy open on records_note using (true)",
    "disable trigger": "alter table records_note disable trigger all",
    "replica": "set session_replication_role = replica",
    "become owner": "set role langsikt_owner",
    "become backup": "set role langsikt_backup",
    "session": "set session authorization langsikt_owner",
    "bypass": "alter role langsikt_app bypassrls",
    "super": "alter role langsikt_app superuser",
    "membership": "grant langsikt_owner to langsikt_app",
    "new role": "create role intruder",
    "table": "create table public.copied (word text)",
    "temporary table": "create temp table copied (word text)",
    "schema": "create schema elsewhere",
    "view": "create view public.seen as select 1",
    "function": "create function public.langsikt_today2() returns int language sql as 'select 1'",
    "replace function": "create or replace function langsikt_my_cases() returns setof uuid language sql"
    " as 'select id from records_contact'",
    "index": "create index on records_note (note)",
    "rename": "alter table records_note rename to records_note2",
    "drop": "drop table records_note cascade",
    "owner": "alter table records_note owner to langsikt_app",
    "file": "select pg_read_file('/etc/passwd')",
    "program": "copy records_unit to program 'cat'",
    "file out": "copy records_unit to '/tmp/units'",
    "passwords": "select rolpassword from pg_authid",
    "migrations": "select * from django_migrations",
    "assign": "insert into records_assignment (id, case_id, staff_id, relation, from_at)"
    " select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'case_worker', now()",
    "reassign": "update records_assignment set until_at = null",
    "unassign": "delete from records_assignment",
    "read denials": "select * from records_denial",
    "deny": "insert into records_denial (id, case_id, staff_id, ground, from_at)"
    " select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'kin', now()",
    "lift": "update records_denial set lifted_at = now()",
    "undeny": "delete from records_denial",
    "new mark": "update records_installation set kind = 'production'",
    "another key": "update records_datakey set wrapped = ''",
    "no key": "delete from records_datakey",
    "another answer": "update records_receipt set reference = ''",
    "roles gone": "delete from records_staffrole",
}


@pytest.mark.parametrize("statement", BARS.values(), ids=BARS.keys())
def test_the_app_cannot_move_the_bars(statement: str, app: Connection, behind: Connection) -> None:
    worker, _ = worker_and_case(behind)
    for who in (None, worker):
        act_as(app, who)
        with refused(app):
            app.execute(statement)


@pytest.mark.parametrize("table", sorted(CASE_TABLES | {JOURNAL}))
def test_what_is_recorded_stays(table: str, app: Connection, behind: Connection) -> None:
    worker, _ = worker_and_case(behind)
    act_as(app, worker)
    column = "at" if table == JOURNAL else "case_id" if table != "records_contact" else "id"
    for statement in (
        f"update {table} set {column} = {column}",
        f"delete from {table}",
        f"truncate {table} cascade",
        f"select 1 from {table} for update",
    ):
        with refused(app):
            app.execute(statement)


@pytest.mark.parametrize("table", sorted(CASE_TABLES))
def test_asking_for_all_rows_gives_an_error_and_not_more_rows(table: str, app: Connection, behind: Connection) -> None:
    worker, _ = worker_and_case(behind)
    act_as(app, worker)
    app.execute("set local row_security = off")
    with refused(app, match="row-level security"):
        app.execute(f"select * from {table}")


def test_a_row_cannot_be_added_to_anothers_case(app: Connection, behind: Connection) -> None:
    _, case = worker_and_case(behind)
    act_as(app, stranger(behind, case))
    with refused(app, match="row-level security"):
        app.execute("insert into records_case (case_id, made_at) values (%s, now())", [case])
    with refused(app, match="row-level security"):
        app.execute(
            "insert into records_datakey (id, scope, scope_id, kek, wrapped) values (%s, 'case', %s, '1', '')",
            [uuid4(), case],
        )


def test_roles_are_given_by_the_administrator_only(app: Connection, behind: Connection) -> None:
    worker, _ = worker_and_case(behind)
    give = "insert into records_staffrole (id, staff_id, role, from_on) values (%s, %s, 'log_reviewer', current_date)"
    act_as(app, worker)
    with refused(app, match="row-level security"):
        app.execute(give, [uuid4(), worker])
    act_as(app, staff(behind, "viktor.p"))
    app.execute(give, [uuid4(), worker])


# --- rows -----------------------------------------------------------------------------------------


def held(behind: Connection) -> dict[str, int]:
    """How many rows each table has, of those that have any."""
    counts = {table: assertions.rows_given(behind, table) for table in sorted(EVERY)}
    return {table: count for table, count in counts.items() if count}


def test_with_no_actor_there_are_no_rows(app: Connection, behind: Connection) -> None:
    full = held(behind)
    covered = set(full) - set(SIGN_IN)
    print(f"tables with rows: {len(full)}, of cases: {len(covered & CASE_TABLES)}, excepted: {sorted(SIGN_IN)}")
    assert len(covered & CASE_TABLES) >= 22 and len(covered) >= 30, "the demo has something in nearly every table"
    assertions.nobody_sees_nothing(app)
    act_as(app, None)
    assertions.nobody_sees_nothing(app)


def test_the_exceptions_are_what_is_read_before_anybody_is_known(app: Connection, behind: Connection) -> None:
    full = held(behind)
    assert assertions.rows_given(app, "records_staff") == full["records_staff"] >= 16
    assert all(SIGN_IN.values()), "each with its reason"
    for table in SIGN_IN:
        kinds = {c for t, c, _ in assertions.columns(behind) if t == table}
        assert "case_id" not in kinds, table


def test_an_actor_who_is_nobody_sees_no_case(app: Connection, behind: Connection) -> None:
    act_as(app, NOBODY)
    tables = [*CASE_TABLES, "records_assignment", "records_draft", JOURNAL, "records_datakey", "records_receipt"]
    assert {table for table in tables if assertions.rows_given(app, table)} == set()
    assert set(tables) & set(held(behind))


def test_a_worker_sees_the_own_cases_and_only_them(app: Connection, behind: Connection) -> None:
    worker, case = worker_and_case(behind)
    act_as(app, worker)
    seen = assertions.names(app, "select id from records_contact")
    mine = assertions.names(behind, "select case_id from records_assignment where staff_id = %s", [worker])
    assert str(case) in seen <= mine
    assert len(seen) < assertions.rows_given(behind, "records_contact")
    for table in CASE_TABLES - {"records_contact"}:
        assert assertions.names(app, f"select distinct case_id from {table}") <= seen, table


def test_the_actor_is_gone_with_the_transaction(demo: str, behind: Connection) -> None:
    worker, _ = worker_and_case(behind)
    with assertions.connect(APP, demo) as connection:
        with connection.transaction():
            act_as(connection, worker)
            assert assertions.rows_given(connection, "records_contact")
        assert assertions.rows_given(connection, "records_contact") == 0


# --- the database's own functions -----------------------------------------------------------------


def call(app: Connection, function: str, *values: Any) -> Any:
    row = app.execute(f"select {function}({', '.join(['%s'] * len(values))})", list(values)).fetchone()
    return row[0] if row else None


def test_nobody_takes_anothers_case(app: Connection, behind: Connection) -> None:
    worker, case = worker_and_case(behind)
    other = stranger(behind, case)
    act_as(app, other)
    with refused(app, RaiseException, "not yours to assign"):
        app.execute("select langsikt_assign(%s, %s, %s, 'case_worker', now())", [uuid4(), case, other])
    with refused(app, RaiseException, "not yours to assign"):
        app.execute("select langsikt_unassign(%s, %s, 'case_worker', now())", [case, worker])
    with refused(app, RaiseException, "not yours to move"):
        app.execute("select langsikt_move(%s, (select id from records_unit limit 1))", [case])
    with refused(app, RaiseException, "not yours to exclude from"):
        app.execute("select langsikt_deny(%s, %s, %s, 'kin', now())", [uuid4(), case, worker])
    with refused(app, RaiseException, "may be erased"):
        app.execute("select langsikt_erase_contact(%s)", [case])
    assert call(app, "langsikt_is_denied", case, worker) is False
    assert call(app, "langsikt_worker_left", case, other) is False, "not even whether it has a worker"


def test_the_worker_may_do_what_others_are_refused(app: Connection, behind: Connection) -> None:
    worker, case = worker_and_case(behind)
    other = stranger(behind, case)
    act_as(app, worker)
    app.execute("select langsikt_assign(%s, %s, %s, 'case_worker', now())", [uuid4(), case, other])
    act_as(app, other)
    assert str(case) in assertions.names(app, "select id from records_contact")


def test_a_new_contact_is_nobody_elses(app: Connection, behind: Connection) -> None:
    worker, case = worker_and_case(behind)
    act_as(app, worker)
    with refused(app, RaiseException, "maker"):
        app.execute(
            "select langsikt_assign(%s, %s, %s, 'case_worker', now())", [uuid4(), uuid4(), stranger(behind, case)]
        )


def test_an_excluded_person_is_not_assigned(app: Connection, behind: Connection) -> None:
    worker, case = worker_and_case(behind)
    other = stranger(behind, case)
    act_as(app, worker)
    app.execute("select langsikt_deny(%s, %s, %s, 'kin', now())", [uuid4(), case, other])
    assert call(app, "langsikt_is_denied", case, other) is True
    with refused(app, RaiseException, "denied"):
        app.execute("select langsikt_assign(%s, %s, %s, 'case_worker', now())", [uuid4(), case, other])


@pytest.mark.parametrize("relation", ["case_worker", "unit_manager"])
def test_an_exclusion_beats_every_grant(relation: str, app: Connection, behind: Connection) -> None:
    worker, case = worker_and_case(behind)
    manager = behind.execute(
        "select r.staff_id from records_staffrole r join records_contact c on c.unit_id = r.unit_id"
        " where c.id = %s and r.role = 'unit_manager'",
        [case],
    ).fetchone()
    assert manager is not None
    who = worker if relation == "case_worker" else manager[0]
    tables = sorted(CASE_TABLES - {"records_contact"} | {JOURNAL, "records_assignment"})
    act_as(app, who)
    before = {t for t in tables if str(case) in assertions.names(app, f"select distinct case_id from {t}")}
    assert len(before) >= 8
    app.execute("select langsikt_deny(%s, %s, %s, 'kin', now())", [uuid4(), case, who])
    act_as(app, who)
    after = {t for t in tables if str(case) in assertions.names(app, f"select distinct case_id from {t}")}
    assert after == set()
    assert str(case) not in assertions.names(app, "select id from records_contact")
    assert not app.execute("select 1 from records_datakey where scope_id = %s", [case]).fetchall(), "the key too"


LIFTERS = {
    "viktor.p": "system_administrator", "ingrid.f": "log_reviewer", "tor.a": "analyst", "lena.k": "unit_manager",
    "sara.l": "case_worker", "karin.b": "housing_coordinator", "ali.d": "duty_service",
}  # fmt: skip


def test_only_the_secrecy_officer_lifts(app: Connection, behind: Connection) -> None:
    worker, case = worker_and_case(behind)
    officer, denial, own = staff(behind, "hanna.m"), uuid4(), uuid4()
    act_as(app, worker)
    app.execute("select langsikt_deny(%s, %s, %s, 'kin', now())", [own, case, officer])
    app.execute("select langsikt_deny(%s, %s, %s, 'kin', now())", [denial, case, stranger(behind, case)])
    for username in LIFTERS:
        act_as(app, staff(behind, username))
        with refused(app, RaiseException, "not yours to lift"):
            app.execute("select langsikt_lift(%s, now())", [denial])
        assert app.execute("select * from langsikt_exclusions()").fetchall() == [], username
    act_as(app, None)
    with refused(app, RaiseException, "not yours to lift"):
        app.execute("select langsikt_lift(%s, now())", [denial])
    act_as(app, officer)
    row = app.execute("select langsikt_lift(%s, now())", [own]).fetchone()
    assert row == (None,), "never one's own"
    row = app.execute("select langsikt_lift(%s, now())", [denial]).fetchone()
    assert row is not None and row[0] == case


def test_a_case_is_not_erased_by_its_worker(app: Connection, behind: Connection) -> None:
    worker, case = worker_and_case(behind)
    act_as(app, worker)
    with refused(app, RaiseException, "no case"):
        app.execute("select langsikt_erase_contact(%s)", [case])


def test_a_contact_that_is_no_case_may_be(app: Connection, behind: Connection) -> None:
    worker, case = worker_and_case(behind)
    contact = uuid4()
    act_as(app, worker)
    app.execute("select langsikt_assign(%s, %s, %s, 'case_worker', now())", [uuid4(), contact, worker])
    app.execute(
        "insert into records_contact (id, reference, made_at, unit_id, district_id)"
        " select %s, 'ZZZZZZ', now(), unit_id, district_id from records_contact where id = %s",
        [contact, case],
    )
    app.execute("select langsikt_erase_contact(%s)", [contact])
    app.execute("insert into records_case (case_id, made_at) values (%s, now())", [contact])
    with refused(app, RaiseException, "no case"):
        app.execute("select langsikt_erase_contact(%s)", [contact])


def test_an_installation_is_founded_once(app: Connection, behind: Connection) -> None:
    worker, _ = worker_and_case(behind)
    for who in (None, worker, staff(behind, "viktor.p")):
        act_as(app, who)
        with refused(app, RaiseException, "already founded"):
            app.execute("select langsikt_found('production', '', '{}', %s, now())", [worker])


@pytest.mark.parametrize("username", sorted(LIFTERS))
def test_numbers_are_for_analyst_and_manager(username: str, app: Connection, behind: Connection) -> None:
    act_as(app, staff(behind, username))
    rows = app.execute("select * from langsikt_open_cases(now())").fetchall()
    assert bool(rows) == (LIFTERS[username] in ("analyst", "unit_manager"))


def test_functions_cannot_be_turned_by_a_search_path(app: Connection, behind: Connection) -> None:
    worker, case = worker_and_case(behind)
    act_as(app, stranger(behind, case))
    app.execute("set local search_path = pg_temp, pg_catalog")
    row = app.execute("select public.langsikt_may_touch(%s)", [case]).fetchone()
    assert row is not None and row[0] is False
    act_as(app, worker)
    row = app.execute("select public.langsikt_may_touch(%s)", [case]).fetchone()
    assert row is not None and row[0] is True


def test_another_role_than_the_apps_may_not_call_them(demo: str) -> None:
    for role in ("langsikt_clock", "langsikt_backup"):
        with assertions.connect(role, demo) as other, pytest.raises(psycopg.errors.InsufficientPrivilege):
            other.execute("select langsikt_found('demo', '', '{}', gen_random_uuid(), now())")
