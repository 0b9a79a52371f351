"""The clock: seals behind the horizon and misses nothing, sees no case, and goes on whatever is down."""

import os
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg
import pytest

from langsikt.access import notary
from langsikt.exchange import anchor
from tests import cluster
from tests.access.sealing import HOME, TABLE, Sealed, row, superuser
from tests.records import assertions

PROVE = os.environ.get("LANGSIKT_PROVE") == "1"
WRITERS, EACH = 8, 500 if PROVE else 60
ROWS = WRITERS * EACH + 1  # and the slow one's
HORIZON = "and (j.xid < pg_snapshot_xmin(s) or j.xid >= pg_snapshot_xmax(s))"
NAMES = "id, at, actor, role, action, case_id, shown, klass, result, reason, typed"
INSERT = f"insert into {TABLE} ({NAMES}) values ({', '.join(['%s'] * 11)})"

# The horizon has passed every row: other databases of the server may hold it back for a while.
PASSED = f"select pg_snapshot_xmin(pg_current_snapshot()) > (select xid from {TABLE} order by xid desc limit 1)"


# --- the horizon ----------------------------------------------------------------------------------


def writers(database: str) -> list[threading.Thread]:
    """Several who write at once, and whose commits come late and in another order than their rows."""

    def write(number: int) -> None:
        draw = random.Random(number)
        with psycopg.connect(cluster.Swift(cluster.Home(HOME)).url("langsikt_app", database)) as app:
            for count in range(EACH):
                app.execute(INSERT, row(count))
                time.sleep(draw.choice((0, 0, 0.001, 0.01)))
                app.commit()

    return [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]


class Follower:
    """Somebody who goes forward through the rows by a query and never back."""

    def __init__(self, database: str, query: str) -> None:
        self.database, self.query = database, query
        self.seen = 0
        self.moved = threading.Event()

    def follow(self, going: Callable[[], bool]) -> None:
        last = "0"
        with superuser(self.database) as connection:
            while True:
                on = going()
                rows = connection.execute(self.query.encode(), [last]).fetchall()
                if rows:
                    self.seen, last = self.seen + len(rows), str(rows[-1][0])
                    self.moved.set()
                elif not on and connection.execute(PASSED.encode()).fetchone() == (True,):
                    return
                time.sleep(0.002)


def run(database: str, seal: Callable[[], object]) -> dict[str, int]:
    """Writes, seals and follows at once. Returns how many of the rows each of the two who follow has missed.

    One row is begun before all others, and its writer commits when others have been seen and a seal was made since:
    so whoever does not heed the horizon is always past it.
    """
    after = f"select xid from {TABLE} where xid > %s::text::xid8"
    behind = Follower(database, f"{after} and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid")
    without = Follower(database, f"{after} order by xid")
    writing = writers(database)
    with psycopg.connect(cluster.Swift(cluster.Home(HOME)).url("langsikt_app", database)) as slow:
        slow.execute(INSERT, row(0))

        def going() -> bool:
            return not slow.closed or any(thread.is_alive() for thread in writing)

        following = [threading.Thread(target=one.follow, args=(going,)) for one in (behind, without)]
        for thread in (*writing, *following):
            thread.start()
        while going():
            held = not without.moved.is_set()
            seal()
            if not held and not slow.closed:
                slow.commit()
                slow.close()
            time.sleep(0.002)
    for thread in following:
        thread.join()
    return {"behind the horizon": ROWS - behind.seen, "without it": ROWS - without.seen}


def out_of_order(database: str) -> int:
    """Rows that were sealed after a row of a later transaction."""
    query = (
        "select count(*) from (select xid, max(xid::text::bigint) over (order by seal_no"
        f" rows between unbounded preceding and 1 preceding) as before from {TABLE} where seal_no is not null) o"
        " where o.xid::text::bigint < o.before"
    )
    with superuser(database) as connection:
        found = connection.execute(query.encode()).fetchone()
    return int(found[0]) if found else -1


def test_behind_the_horizon_nothing_is_missed_and_without_it_something_is() -> None:
    database = assertions.scratch(cluster.EMPTY, "race")
    sealed = Sealed(database)
    missed = run(database, lambda: sealed.one("select langsikt_seal(1000)"))
    sealed.seal()
    wrong = out_of_order(database)
    print(f"{ROWS} rows of {WRITERS + 1} writers: missed {missed}; sealed out of order {wrong}")
    assert missed["behind the horizon"] == 0 and wrong == 0
    assert missed["without it"] > 0, "the negative control saw every row: the race did not happen"
    assert sealed.examine().sealed == ROWS
    sealed.clock.close()


def test_a_seal_without_the_horizon_would_run_ahead() -> None:
    """The negative control: the same function, with the horizon cut out of a copy."""
    text = files("langsikt.records").joinpath("protection.sql").read_text()
    start = text.index("create or replace function langsikt_seal(")
    function = text[start : text.index("end $$;", start) + len("end $$;")]
    assert HORIZON in function
    database = assertions.scratch(cluster.EMPTY, "race_blind")
    with superuser(database) as connection:
        connection.execute(function.replace(HORIZON, "").encode())
    sealed = Sealed(database)
    run(database, lambda: sealed.one("select langsikt_seal(1000)"))
    ahead = out_of_order(database)
    print(f"without the horizon: {ahead} of {ROWS} rows sealed after a later one")
    assert ahead > 0
    sealed.clock.close()


def test_an_open_transaction_holds_the_seal_back_and_its_row_comes_first() -> None:
    database = assertions.scratch(cluster.EMPTY, "horizon")
    sealed = Sealed(database)
    with cluster.connect(HOME, "langsikt_app", database) as slow, slow.transaction():
        sealed.write(1, slow)
        sealed.write(5)
        assert sealed.one("select langsikt_seal(1000)")[0] == 0
    assert sealed.seal() == 6 and out_of_order(database) == 0 and sealed.faults() == []
    sealed.clock.close()


def test_rows_of_another_server_are_sealed_after_a_restore() -> None:
    """A dump keeps the numbers of the old server's transactions, which this one may reach only years later."""
    database = assertions.scratch(cluster.EMPTY, "restored")
    sealed = Sealed(database)
    with superuser(database) as connection, connection.transaction():
        sealed.write(3, connection)
        connection.execute(f"alter table {TABLE} disable trigger all")
        connection.execute(f"update {TABLE} set xid = '9000000000'::xid8")
        connection.execute(f"alter table {TABLE} enable trigger all")
    assert sealed.seal() == 3 and sealed.faults() == []
    sealed.clock.close()


# --- what the roles reach -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo() -> str:
    """The demo's rows: every table has some to refuse."""
    return assertions.scratch(cluster.DEMO, "clock")


def reached(role: str, database: str) -> set[str]:
    """The tables of which a role is given anything."""
    with cluster.connect(HOME, role, database) as connection:
        return {table for table in sorted(assertions.EVERY) if may_read(connection, table)}


def may_read(connection: Any, table: str) -> bool:
    try:
        connection.execute(f"select * from {table} limit 1")
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def test_the_clock_sees_no_case_and_of_the_journal_no_more_than_the_rules_of_its_review(demo: str) -> None:
    assert reached("langsikt_clock", demo) == {
        "records_notice", "records_deliveryaddress", "records_datakey", "records_anchor",
    }  # fmt: skip
    with cluster.connect(HOME, "langsikt_clock", demo) as clock:
        assert clock.execute(f"select {NAMES} from {TABLE} limit 1").fetchone(), "pseudonyms, keys and times"
        kinds = {str(found[0]) for found in clock.execute("select distinct scope from records_datakey")}
        assert kinds <= {"mail"}, "no key of a case, a dwelling or a person's drafts"
        for statement in (
            f"insert into {TABLE} (id) values (gen_random_uuid())",
            f"update {TABLE} set seal_no = null",
            f"delete from {TABLE}",
            f"select xid from {TABLE}",
            f"select seal from {TABLE}",
            "select * from records_finding",
            "delete from records_finding",
            "update records_anchor set said = ''",
            "delete from records_anchor",
            "update records_notice set kind = 'case_came'",
            "select langsikt_my_cases()",
            "select langsikt_stamp()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                clock.execute(statement.encode())


def test_the_auditor_reads_the_journal_and_its_heads_and_nothing_else(demo: str) -> None:
    assert reached("langsikt_auditor", demo) == {TABLE, "records_anchor"}
    with cluster.connect(HOME, "langsikt_auditor", demo) as auditor:
        for statement in (f"update {TABLE} set seal = null", f"delete from {TABLE}", "select langsikt_seal(1)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                auditor.execute(statement.encode())


def test_the_app_neither_seals_nor_stamps(demo: str) -> None:
    """What the app says of the sealed columns is not heard; the heads are not its to read."""
    mine = row(1)
    with cluster.connect(HOME, "langsikt_app", demo) as app:
        app.execute(
            INSERT.replace(" values", "")
            .replace("typed)", "typed, xid, written_at, seal_no, seal) values")
            .replace("%s)", "%s, '7', '2001-01-01', 1, 'x')"),
            mine,
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("select langsikt_seal(1)")
    assert "records_anchor" not in reached("langsikt_app", demo)
    with superuser(demo) as connection:
        found = connection.execute(
            f"select xid::text, written_at, seal_no, seal from {TABLE} where id = %s", [mine[0]]
        ).fetchone()
    assert found and found[0] != "7" and found[1] > datetime.now(UTC) - timedelta(hours=1) and found[2:] == (None, None)


def test_too_much_right_of_the_clock_is_named(demo: str) -> None:
    from langsikt.records import protection

    with superuser(demo) as connection, assertions.undone(connection):
        for grant in ("select on records_note", "update (note) on records_note", "delete on records_notice"):
            connection.execute(f"grant {grant} to langsikt_clock")
        connection.execute("revoke select on records_anchor from langsikt_clock")
        connection.execute("set local role langsikt_clock")
        faults = protection.check_beside(connection, protection.CLOCK)
    assert len(faults) == 4 and all("langsikt migrate" in fault for fault in faults), faults


# --- the places outside ---------------------------------------------------------------------------


def test_a_head_reaches_a_file_and_a_syslog_host(tmp_path: Path) -> None:
    file = tmp_path / "heads"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as host:
        host.bind(("localhost", 0))
        host.settimeout(10)
        where = {
            "LANGSIKT_ANCHOR_FILE": str(file),
            "LANGSIKT_ANCHOR_SYSLOG": f"udp://localhost:{host.getsockname()[1]}",
        }
        anchor.of(where).send('{"a":1}')
        heard = host.recv(2000).decode()
    assert heard.startswith("<109>1 - ") and heard.endswith('langsikt - anchor - {"a":1}')
    file.write_text(file.read_text() + '{"half')
    anchor.of({"LANGSIKT_ANCHOR_FILE": str(file)}).send('{"half":2}')
    assert file.read_text().splitlines() == ['{"a":1}', '{"half', '{"half":2}']
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_stream_says_how_long_the_message_is() -> None:
    with socket.create_server(("localhost", 0)) as host:
        anchor.of({"LANGSIKT_ANCHOR_SYSLOG": f"tcp://localhost:{host.getsockname()[1]}"}).send("{}")
        line, _ = host.accept()
        with line:
            length, _, message = line.recv(2000).partition(b" ")
    assert int(length) == len(message)


@pytest.mark.parametrize("address", ["", "host:514", "http://host", "unix://", "udp://"])
def test_a_place_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="LANGSIKT_ANCHOR"):
        anchor.of({"LANGSIKT_ANCHOR_SYSLOG": address})


# --- one turn, with everything down ---------------------------------------------------------------


@pytest.fixture
def turning(database: None) -> Iterator[Any]:
    """The clock in this process, on the worker's copy, as its own role."""
    from langsikt.jobs.clock import Clock
    from tests.access.test_outbox import delivering

    with delivering():
        yield lambda sinks: Clock(notary.read(cluster.Home(HOME).seal_key), sinks)


class Shut(anchor.Sinks):
    """A place outside that does not answer."""

    def send(self, said: str) -> None:
        raise ConnectionRefusedError


def heads() -> list[Any]:
    from tests.actions import staging

    return staging.owner().execute("select line, said, shipped_at from records_anchor order by line").fetchall()


def test_a_head_that_cannot_leave_stays_and_leaves_later(turning: Any, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    turning(Shut(None, "")).turn(now)
    (kept,) = heads()
    assert kept[2] is None
    clock = turning(anchor.Sinks(tmp_path / "heads", ""))
    clock.turn(now + timedelta(seconds=2))
    clock.turn(now + timedelta(seconds=4))
    assert kept[1] in (tmp_path / "heads").read_text() and all(shipped for _, _, shipped in heads())
    lines = len(heads())
    clock.turn(now + timedelta(seconds=64))
    assert len(heads()) == lines, "nothing new, so no new head"
    clock.turn(now + timedelta(minutes=17))
    assert len(heads()) == lines + 1, "a sign of life"


def test_a_seal_that_lags_is_told_to_those_who_can_do_something(fresh_database: None) -> None:
    from langsikt.access.window.staff import actor
    from tests.actions import staging

    office, now = staging.open_office(), staging.NOW
    told = {who: found.notices for who, i in office.ids.items() if (found := actor(i, now))}
    assert set(told.values()) == {()}, "the rows are young"
    owner = staging.owner()
    owner.execute(f"update {TABLE} set written_at = written_at - interval '4 minutes'")
    told = {who: found.notices for who, i in office.ids.items() if (found := actor(i, now))}
    assert {who for who, notices in told.items() if notices == ("seal_lags",)} == {"administrator", "reviewer"}
    assert {notices for who, notices in told.items() if who not in ("administrator", "reviewer")} == {()}
