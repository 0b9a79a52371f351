"""`langsikt audit`: whether the journal is as it was sealed, read as a role that sees nothing else."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from langsikt.access import chain, notary
from langsikt.config import database, ready

# Everything that the chain holds of a row, as text, by the database's own casts: no function of ours is asked.
PARTS = (
    "array[id::text, extract(epoch from at)::text, actor::text, role, action, case_id::text, shown::text, klass::text,"
    " result, reason, typed, xid::text, extract(epoch from written_at)::text]"
)
ORDER = "order by seal_no nulls last, written_at"
ROWS = f"select seal_no, seal, written_at, {PARTS} from public.records_journalentry {ORDER}"  # noqa: S608 - our own words
DOUBLE = "select id::text from public.records_journalentry group by id having count(*) > 1 order by 1 limit 20"
SHIPPED = "select said from public.records_anchor where shipped_at is not null order by line"
HEAD = "select number, waiting, since, (select max(shipped_at) from public.records_anchor) from public.langsikt_head()"
MOST = 50


def main() -> None:
    """Exit code 0 all is well, 1 something is not, 2 it could not be asked."""
    asked = _parser().parse_args()
    fault = database.check_role(database.AUDIT_URL, "the audit is done as langsikt_auditor")
    if fault:
        raise ready.refuse(fault)
    try:
        with psycopg.connect(os.environ[database.AUDIT_URL], connect_timeout=database.CONNECT_TIMEOUT) as connection:
            raise SystemExit(asked.command(connection, asked))
    except (psycopg.Error, OSError, notary.NotaryError) as error:
        text = str(error) if isinstance(error, notary.NotaryError) else f"the audit failed ({type(error).__name__})"
        raise ready.refuse(f"{text}.") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="langsikt audit")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    verify = commands.add_parser("verify", help="every row against its seal, and the chain against the signed heads")
    verify.add_argument("--anchor", type=Path, required=True, help="the file with the heads, or a log that holds them")
    verify.add_argument("--public-key", type=Path, required=True, help="the public half of the sealing key")
    verify.set_defaults(command=_verify)
    commands.add_parser("status", help="how far the seals have come").set_defaults(command=_status)
    return parser


def _verify(connection: "psycopg.Connection[Any]", asked: argparse.Namespace) -> int:
    key = notary.read_public(asked.public_key)
    lines = asked.anchor.read_text("utf-8", "replace").splitlines()
    report = examine(connection, lines, key)
    for fault in report.faults[:MOST]:
        print(f"WRONG  {fault}")
    if len(report.faults) > MOST:
        print(f"WRONG  and {len(report.faults) - MOST} more")
    verdict = "The journal is NOT as it was sealed" if report.faults else "The journal is as it was sealed"
    waiting = report.rows - report.covered
    print(f"{verdict}: {report.rows} rows, {report.sealed} sealed, {report.covered} under a signed head"
          f" ({report.heads} heads, key {notary.mark_of(key)}), {waiting} newer than the last head.")  # fmt: skip
    return 1 if report.faults else 0


def examine(connection: "psycopg.Connection[Any]", lines: list[str], key: Ed25519PublicKey) -> chain.Report:
    """The journal in one snapshot, row by row, against these heads."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    with connection.transaction():
        connection.execute("set local search_path = pg_catalog")
        double = [row[0] for row in connection.execute(DOUBLE)]
        shipped = [row[0] for row in connection.execute(SHIPPED)]
        return chain.verify(_rows(connection), lines, shipped, key, double)


def _rows(connection: "psycopg.Connection[Any]") -> Iterator[chain.Row]:
    with connection.cursor("journal") as cursor:
        cursor.itersize = 5000
        for row in cursor.execute(ROWS):
            yield chain.Row(*row)


def _status(connection: "psycopg.Connection[Any]", asked: argparse.Namespace) -> int:
    number, waiting, since, shipped = connection.execute(HEAD).fetchone() or (0, 0, None, None)
    lagging = connection.execute("select public.langsikt_seal_lags()").fetchone()
    print(f"{number} rows sealed, {waiting} waiting" + (f" since {since:%Y-%m-%d %H:%M:%S %Z}" if since else "") + ".")
    print(f"Last signed head outside the database: {shipped:%Y-%m-%d %H:%M:%S %Z}." if shipped else "No head yet.")
    late = bool(lagging and lagging[0])
    print("The seal LAGS: does the clock run, and does it reach the place outside?" if late else "The seal keeps up.")
    return 1 if late else 0


if __name__ == "__main__":
    main()
