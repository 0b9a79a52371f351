"""The journal cannot be changed unseen: every tampering of a superuser is found, and an untouched journal passes."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from os import environ
from typing import Any

import psycopg
import pytest

from langsikt.access import notary
from tests import cluster
from tests.access.sealing import EVERY, HOME, TABLE, Sealed, superuser
from tests.records import assertions

ROWS, HEADS = 60, 4
PROVE = environ.get("LANGSIKT_PROVE") == "1"
RANDOM = 10_000 if PROVE else 200
SEED = int(environ.get("LANGSIKT_SEED", "1"))
REST = ", ".join(column for column in EVERY if column not in ("seal_no", "seal"))
NUMBERED = f"(select * from {TABLE} where seal_no is not null)"


@pytest.fixture(scope="module")
def sealed() -> Iterator[Sealed]:
    """Sixty rows under four heads, and three newer ones that are sealed and not yet under a head."""
    found = Sealed(assertions.scratch(cluster.EMPTY, "seal"))
    for _ in range(HEADS):
        found.write(ROWS // HEADS)
        found.seal()
        found.sign()
    found.write(3)
    found.seal()
    yield found
    found.clock.close()


@pytest.fixture(scope="module")
def hand(sealed: Sealed) -> "Iterator[psycopg.Connection[Any]]":
    """The superuser's."""
    with superuser(sealed.database) as connection:
        yield connection


@contextmanager
def spoilt(hand: "psycopg.Connection[Any]", *statements: str) -> Iterator[None]:
    """What the superuser does, without the constraints and triggers that would be in the way; then undone.

    The auditor looks from the same transaction: the superuser's role is put down, not the transaction.
    """
    with hand.transaction(force_rollback=True):
        hand.execute(f"alter table {TABLE} disable trigger all")
        hand.execute(f"alter table {TABLE} drop constraint records_journalentry_pkey")
        hand.execute(f"alter table {TABLE} drop constraint records_journalentry_seal_no_key")
        for statement in statements:
            hand.execute(statement.encode())
        yield


def seen(sealed: Sealed, hand: "psycopg.Connection[Any]", lines: list[str] | None = None) -> list[str]:
    """The faults, asked as the auditor, within the superuser's transaction."""
    from langsikt.access import chain
    from langsikt.config import audit

    hand.execute("set local role langsikt_auditor")
    double = [row[0] for row in hand.execute(audit.DOUBLE)]
    shipped = [row[0] for row in hand.execute(audit.SHIPPED)]
    rows = [chain.Row(*row) for row in hand.execute(audit.ROWS.encode())]
    hand.execute("reset role")
    return chain.verify(rows, sealed.lines if lines is None else lines, shipped, sealed.public, double).faults


# --- an untouched journal -------------------------------------------------------------------------


def test_an_untouched_journal_passes(sealed: Sealed, hand: "psycopg.Connection[Any]") -> None:
    report = sealed.examine()
    assert report.faults == []
    assert (report.rows, report.sealed, report.covered, report.heads) == (ROWS + 3, ROWS + 3, ROWS, HEADS)
    with spoilt(hand):
        assert seen(sealed, hand) == [], "what the tests take away is not itself what is found"


def test_the_database_and_the_auditor_compute_the_same(sealed: Sealed) -> None:
    """Odd rows too: no value, an empty one, letters of several bytes, lists, signs that the chain itself uses."""
    database = assertions.scratch(cluster.EMPTY, "seal_odd")
    odd = Sealed(database)
    with superuser(database) as connection:
        for reason in ("", "åäö – 🗝", "1:a,2:bc", "-", "0:", "\\x00", "'\"", " "):
            for shown in (None, [], ["6f1c2f0e-0000-4000-8000-000000000000"] * 3):
                connection.execute(
                    f"insert into {TABLE} (id, at, role, action, shown, klass, result, reason, typed) values"
                    " (gen_random_uuid(), now() - random() * interval '9 years', '', 'look', %s::uuid[], 1, 'done',"
                    " %s, '')",
                    [shown, reason],
                )
    assert odd.seal() == 24 and odd.faults() == []
    odd.clock.close()


# --- each kind of tampering, by hand --------------------------------------------------------------

CHANGES = {
    "id": "gen_random_uuid()",
    "at": "at + interval '1 second'",
    "actor": "gen_random_uuid()",
    "role": "'log_reviewer'",
    "action": "'look_team'",
    "case_id": "gen_random_uuid()",
    "shown": "array[gen_random_uuid()]",
    "klass": "klass + 1",
    "result": "'Invalid'",
    "reason": "'contact'",
    "typed": "repeat('f', 32)",
    "xid": "(xid::text::bigint + 1)::text::xid8",
    "written_at": "written_at - interval '1 microsecond'",
    "seal_no": "seal_no + 1000",
    "seal": "sha256(seal)",
}


@pytest.mark.parametrize("number", [1, 30, ROWS, ROWS + 2])
@pytest.mark.parametrize("column", EVERY)
def test_every_column_changed_once(column: str, number: int, sealed: Sealed, hand: "psycopg.Connection[Any]") -> None:
    with spoilt(hand, f"update {TABLE} set {column} = {CHANGES[column]} where seal_no = {number}"):
        assert seen(sealed, hand)


def test_every_column_of_the_table_is_tried(hand: "psycopg.Connection[Any]") -> None:
    columns = assertions.names(
        hand, f"select attname from pg_attribute where attrelid = '{TABLE}'::regclass and attnum > 0"
    )
    assert columns == set(EVERY) == set(CHANGES)


KINDS = {
    "the first deleted": f"delete from {TABLE} where seal_no = 1",
    "one in the middle deleted": f"delete from {TABLE} where seal_no = 31",
    "the last under a head deleted": f"delete from {TABLE} where seal_no >= {ROWS}",
    "every tenth deleted": f"delete from {TABLE} where seal_no % 10 = 0",
    "all deleted": f"delete from {TABLE}",
    "truncated": f"truncate {TABLE}",
    "two swapped": f"update {TABLE} set seal_no = 41 - seal_no where seal_no in (20, 21)",
    "two swapped with their seals": f"update {TABLE} a set seal_no = b.seal_no, seal = b.seal from {NUMBERED} b"
    " where a.seal_no in (20, 21) and b.seal_no = 41 - a.seal_no",
    "words swapped between rows": f"update {TABLE} a set actor = b.actor, at = b.at from {NUMBERED} b"
    " where a.seal_no in (23, 25) and b.seal_no = 48 - a.seal_no",
    "a row copied with its seal": f"insert into {TABLE} select * from {TABLE} where seal_no = 12",
    "a row copied to be sealed anew": f"insert into {TABLE} ({REST}) select {REST} from {TABLE} where seal_no = 12",
    "the seals taken away": f"update {TABLE} set seal_no = null, seal = null",
    "the last seal taken away": f"update {TABLE} set seal_no = null, seal = null where seal_no = {ROWS}",
}
# The whole chain as a superuser would make it again after a change: with the database's own functions.
REWRITE = f"""
do $$ declare r {TABLE}; head bytea := ''; n bigint := 0; begin
  for r in select * from {TABLE} where seal_no is not null order by seal_no loop
    n := n + 1; head := sha256(head || langsikt_canonical(n, r));
    update {TABLE} set seal_no = n, seal = head where id = r.id;
  end loop; end $$
"""
KINDS["one deleted and the whole chain rewritten"] = f"delete from {TABLE} where seal_no = 1; {REWRITE}"
KINDS["one changed and the whole chain rewritten"] = (
    f"update {TABLE} set actor = gen_random_uuid() where seal_no = 31; {REWRITE}"
)
KINDS["the heads of the database forgotten"] = "delete from records_anchor"
KINDS["the last head of the database forgotten"] = f"delete from records_anchor where line = {HEADS}"
KINDS["a head of the database changed"] = "update records_anchor set said = replace(said, '1', '2') where line = 2"


@pytest.mark.parametrize("statement", KINDS.values(), ids=KINDS.keys())
def test_what_a_superuser_does_is_found(statement: str, sealed: Sealed, hand: "psycopg.Connection[Any]") -> None:
    with spoilt(hand, *statement.split(";\n") if "$$" not in statement else (statement,)):
        assert seen(sealed, hand)


def test_the_rewriting_would_pass_without_heads_outside(sealed: Sealed, hand: "psycopg.Connection[Any]") -> None:
    """The negative control: a chain alone finds nothing when all of it is written again (security 4.5)."""
    with spoilt(hand, KINDS["one changed and the whole chain rewritten"], "delete from records_anchor"):
        assert seen(sealed, hand, lines=[]) == []


def test_a_row_deleted_before_any_head_is_beyond_what_can_be_known(
    sealed: Sealed, hand: "psycopg.Connection[Any]"
) -> None:
    """Where the promise ends, said aloud: the minute before the next head (ADR 0016)."""
    with spoilt(hand, f"delete from {TABLE} where seal_no > {ROWS}"):
        assert seen(sealed, hand) == []


# --- the heads outside ----------------------------------------------------------------------------


def _edited(line: str, **change: Any) -> str:
    return json.dumps({**json.loads(line), **change}, separators=(",", ":"))


OUTSIDE: dict[str, Callable[[list[str]], list[str]]] = {
    "emptied": lambda lines: [],
    "the first head cut off": lambda lines: lines[1:],
    "one in the middle cut out": lambda lines: [*lines[:1], *lines[2:]],
    "the last head cut off": lambda lines: lines[:-1],
    "all but the first cut off": lambda lines: lines[:1],
    "two swapped": lambda lines: [lines[1], lines[0], *lines[2:]],
    "a number edited": lambda lines: [*lines[:-1], _edited(lines[-1], no=ROWS - 1)],
    "a seal edited": lambda lines: [*lines[:-1], _edited(lines[-1], seal="0" * 64)],
    "a time edited": lambda lines: [_edited(lines[0], at="2020-01-01T00:00:00+00:00"), *lines[1:]],
    "a signature taken from another": lambda lines: [_edited(lines[0], sig=json.loads(lines[1])["sig"]), *lines[1:]],
    "a line of noise": lambda lines: [*lines, "hej"],
    "a line copied to the end": lambda lines: [*lines, lines[0]],
}


@pytest.mark.parametrize("change", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_heads_that_were_edited_are_found(change: Callable[[list[str]], list[str]], sealed: Sealed) -> None:
    assert sealed.faults(change(list(sealed.lines)))


def test_heads_signed_by_another_key_are_found(sealed: Sealed, tmp_path: Any) -> None:
    notary.make(tmp_path / "other.pem")
    other = notary.read(tmp_path / "other.pem")
    heads = [{k: v for k, v in json.loads(line).items() if k not in ("key", "sig")} for line in sealed.lines]
    assert len(sealed.faults([other.sign(head) for head in heads])) >= HEADS


def test_what_a_log_host_or_a_power_cut_adds_is_no_fault(sealed: Sealed) -> None:
    """A syslog's words before each head, a head sent twice, and one half written before it was sent again."""
    logged = [f"Nov 30 10:00:00 host <109>1 - host langsikt - anchor - {line}" for line in sealed.lines]
    torn = [*sealed.lines[:2], sealed.lines[2][:40], *sealed.lines[2:]]
    for lines in (logged, torn, [line for line in sealed.lines for _ in range(2)]):
        assert sealed.faults(lines) == []


def test_yesterday_restored_is_found_by_the_heads_of_today() -> None:
    today = Sealed(assertions.scratch(cluster.EMPTY, "seal_today"))
    today.write(20)
    today.seal()
    today.sign(datetime.now(UTC) - timedelta(days=1))
    yesterday = assertions.scratch(cluster.EMPTY, "seal_yesterday")
    today.clock.close()
    cluster.copy(HOME, today.database, yesterday)
    today = Sealed(today.database, today.lines)
    today.write(20)
    today.seal()
    today.sign()
    assert today.faults() == []
    restored = Sealed(yesterday)
    assert restored.faults(today.lines[:1]) == [], "with its own heads it is whole"
    faults = restored.faults(today.lines)
    assert any("row 40, which it speaks of, is gone" in fault for fault in faults), faults
    for one in (today, restored):
        one.clock.close()


def test_a_clock_that_stands_still_is_found(sealed: Sealed, hand: "psycopg.Connection[Any]") -> None:
    """Rows older than three minutes without a head: the clock is dead, or the end of the file was cut off."""
    later = f"update {TABLE} set written_at = written_at + interval '4 minutes' where seal_no = {ROWS + 3}"
    with spoilt(hand, later):
        assert any("have no head" in fault for fault in seen(sealed, hand))


# --- at random ------------------------------------------------------------------------------------


def tampering(draw: random.Random, lines: list[str]) -> tuple[str, str, list[str]]:
    """A kind, what the superuser does, and the heads as they are then."""
    number, other = draw.sample(range(1, ROWS + 1), 2)
    low, high = sorted((number, other))
    column = draw.choice([c for c in EVERY if c not in ("seal_no", "seal")])
    place = draw.randrange(len(lines))
    text = lines[place]
    spot = draw.randrange(len(text))
    edited = text[:spot] + draw.choice([c for c in "0123456789abcdef" if c != text[spot]]) + text[spot + 1 :]
    return draw.choice(
        [
            ("changed", f"update {TABLE} set {column} = {CHANGES[column]} where seal_no = {number}", lines),
            ("deleted", f"delete from {TABLE} where seal_no = {number}", lines),
            ("range deleted", f"delete from {TABLE} where seal_no between {low} and {high}", lines),
            ("tail cut", f"delete from {TABLE} where seal_no >= {number}", lines),
            ("swapped", f"update {TABLE} set seal_no = {number + other} - seal_no"
             f" where seal_no in ({number}, {other})", lines),
            ("copied", f"insert into {TABLE} select * from {TABLE} where seal_no = {number}", lines),
            ("renumbered", f"update {TABLE} set seal_no = seal_no - 1 where seal_no > {number}", lines),
            ("rewritten", f"delete from {TABLE} where seal_no = {number}; {REWRITE}", lines),
            ("rewritten after a change",
             f"update {TABLE} set {column} = {CHANGES[column]} where seal_no = {number}; {REWRITE}", lines),
            ("seal moved", f"update {TABLE} a set seal = b.seal from {NUMBERED} b"
             f" where a.seal_no = {number} and b.seal_no = {other}", lines),
            ("head edited", "select 1", [*lines[:place], edited, *lines[place + 1 :]]),
            ("head cut", "select 1", [*lines[:place], *lines[place + 1 :]]),
            ("heads' end cut", "select 1", lines[:place]),
        ]
    )  # fmt: skip


def test_random_tamperings_are_all_found(sealed: Sealed, hand: "psycopg.Connection[Any]") -> None:
    draw, kinds, missed = random.Random(SEED), Counter[str](), []
    for number in range(RANDOM):
        kind, statement, lines = tampering(draw, sealed.lines)
        with spoilt(hand, statement):
            found = seen(sealed, hand, lines)
        kinds[kind] += 1
        if not found:
            missed.append((number, kind, statement))
    found_all = f"{RANDOM - len(missed)} found"
    print(f"{RANDOM} random tamperings, seed {SEED}, {ROWS} rows, {HEADS} heads: {found_all}; {dict(kinds)}")
    assert not missed, missed[:3]
    assert len(kinds) == 13 and min(kinds.values()) >= RANDOM // 60
    assert seen(sealed, hand) == []
