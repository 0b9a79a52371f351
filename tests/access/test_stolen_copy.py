"""A stolen copy is worthless: dump, data files, WAL and share store hold nothing of what was typed (security P8)."""

import os
from pathlib import Path
from typing import Any

import psycopg

from tests import cluster
from tests.access.test_shares import MINE, dump
from tests.access.test_vault import SENTINELS, write_everything
from tests.actions import staging
from tests.pages import sinks

PLANTED = "Sandödlans skugga"


def copies() -> dict[str, bytes]:
    """What a thief of each kind of copy has, after everything has been written to the disk."""
    home = cluster.Home(staging.home())
    with cluster.Swift(home).superuser(MINE) as superuser:
        superuser.execute("checkpoint")
        row = superuser.execute("select oid from pg_database where datname = current_database()").fetchone()
        now = superuser.execute("select pg_walfile_name(pg_current_wal_lsn())").fetchone()
    assert row and now
    files = sinks.files(home.data / "base" / str(row[0]))
    return {
        "plain dump": dump().encode(),
        "data files": b"\n".join(files.values()),
        "write-ahead log": (home.data / "pg_wal" / str(now[0])).read_bytes(),
        "shares": b"\n".join(sinks.files(Path(os.environ["LANGSIKT_SHARES"])).values()),
    }


def test_no_copy_holds_what_was_typed_and_the_same_search_finds_a_planted_word(
    fresh_database: None, owner: "psycopg.Connection[tuple[Any, ...]]"
) -> None:
    write_everything()
    found = copies()
    print({name: f"{len(content) // 1024} KiB" for name, content in found.items()}, f"{len(SENTINELS)} words")
    assert min(len(content) for content in found.values()) > 32 and sinks.seen_in(found, SENTINELS) == {}

    owner.execute("insert into records_district (key, name, from_on) values ('planted', %s, now())", [PLANTED])
    file = Path(os.environ["LANGSIKT_SHARES"]) / "planted"
    file.write_text(PLANTED)
    try:
        assert set(sinks.seen_in(copies(), [PLANTED])) == {"plain dump", "data files", "write-ahead log", "shares"}
    finally:
        file.unlink()
