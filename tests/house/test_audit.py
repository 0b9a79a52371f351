"""`langsikt clock` and `langsikt audit` as somebody types them: one clear line, an exit code that means something."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict

from langsikt.access import notary
from langsikt.cli import clock
from langsikt.cli.home import Home
from tests import cluster
from tests.records import assertions

HOME = Path(os.environ["LANGSIKT_TEST_HOME"])
SEAL_KEY = Home(HOME).seal_key


@pytest.fixture(scope="module")
def known(tmp_path_factory: Any) -> dict[str, str]:
    """What points the commands at a copy of the demo, and at a file outside it."""
    database = assertions.scratch(cluster.DEMO, "audit")
    file = tmp_path_factory.mktemp("outside") / "heads"
    return {**os.environ, **cluster.environment(HOME, database), "LANGSIKT_ANCHOR_FILE": str(file)}


def database_of(known: dict[str, str]) -> str:
    return str(conninfo_to_dict(known["LANGSIKT_AUDIT_URL"])["dbname"])


def command(known: dict[str, str], *words: str, **change: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "langsikt", *words],
        env={**known, **change},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def sealed(known: dict[str, str]) -> dict[str, str]:
    """After the clock has run until a head was outside."""
    with running(known):
        until = time.monotonic() + 120
        while not Path(known["LANGSIKT_ANCHOR_FILE"]).exists():
            assert time.monotonic() < until, "no head within two minutes"
            time.sleep(0.2)
    return known


class running:
    """The clock as a process, ended kindly."""

    def __init__(self, known: dict[str, str]) -> None:
        self.known = known

    def __enter__(self) -> None:
        self.process = subprocess.Popen(clock.command(), env=self.known, start_new_session=True)

    def __exit__(self, *about: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(60) == 0, "it ends its turn, then itself"


def test_an_untouched_journal_passes_with_zero(sealed: dict[str, str]) -> None:
    done = command(sealed, "audit", "verify")
    print(done.stdout.strip())
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.count("\n") == 1
    assert done.stdout.startswith("The journal is as it was sealed: ")
    assert int(done.stdout.split("sealed: ")[1].split()[0]) > 100


def test_a_changed_row_is_named_and_ends_with_one(sealed: dict[str, str]) -> None:
    name = f"{database_of(sealed)}_changed"
    cluster.copy(HOME, database_of(sealed), name)
    with cluster.Swift(Home(HOME)).superuser(name) as hand:
        hand.execute("alter table records_journalentry disable trigger all")
        hand.execute("update records_journalentry set actor = gen_random_uuid() where seal_no = 7")
    url = cluster.environment(HOME, name)["LANGSIKT_AUDIT_URL"]
    done = command(sealed, "audit", "verify", LANGSIKT_AUDIT_URL=url)
    assert done.returncode == 1 and "WRONG  row 7: it is not what was sealed" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("The journal is NOT as it was sealed")


def test_what_cannot_be_asked_ends_with_two(sealed: dict[str, str], tmp_path: Path) -> None:
    refused = {
        "LANGSIKT_AUDIT_URL": ("", "LANGSIKT_AUDIT_URL is not set"),
        "LANGSIKT_ANCHOR_FILE": (str(tmp_path / "none"), "FileNotFoundError"),
        "LANGSIKT_SEAL_KEY_FILE": (str(tmp_path / "none"), "none.pub"),
    }
    for name, (value, word) in refused.items():
        done = command({**sealed, "LANGSIKT_HOME": str(tmp_path)}, "audit", "verify", **{name: value})
        assert done.returncode == 2 and word in done.stderr and done.stderr.count("\n") == 1, done
    superuser = cluster.Swift(Home(HOME)).url("langsikt_super", "postgres")
    assert "langsikt_auditor" in command(sealed, "audit", "status", LANGSIKT_AUDIT_URL=superuser).stderr


def test_the_status_keeps_up_and_lags(sealed: dict[str, str]) -> None:
    done = command(sealed, "audit", "status")
    assert done.returncode == 0 and "keeps up" in done.stdout, done
    with cluster.Swift(Home(HOME)).superuser(database_of(sealed)) as hand:
        hand.execute("delete from records_anchor")
        hand.execute("update records_journalentry set written_at = written_at - interval '1 hour' where seal_no = 1")
    done = command(sealed, "audit", "status")
    assert done.returncode == 1 and "LAGS" in done.stdout, done


def test_the_clock_refuses_in_one_line(known: dict[str, str], tmp_path: Path) -> None:
    open_key = tmp_path / "open.pem"
    shutil.copy(SEAL_KEY, open_key)
    open_key.chmod(0o644)
    refused: list[tuple[dict[str, str], str]] = [
        ({"LANGSIKT_CLOCK_URL": ""}, "LANGSIKT_CLOCK_URL is not set"),
        ({"LANGSIKT_CLOCK_URL": known["LANGSIKT_OWNER_URL"]}, "the clock is langsikt_clock"),
        ({"LANGSIKT_CLOCK_URL": known["LANGSIKT_DATABASE_URL"]}, "langsikt_clock"),
        ({"LANGSIKT_ANCHOR_FILE": ""}, "LANGSIKT_ANCHOR_FILE"),
        ({"LANGSIKT_ANCHOR_SYSLOG": "host"}, "LANGSIKT_ANCHOR_SYSLOG"),
        ({"LANGSIKT_SEAL_KEY_FILE": str(tmp_path / "none.pem")}, "none.pem"),
        ({"LANGSIKT_SEAL_KEY_FILE": str(open_key)}, "chmod 600"),
    ]
    for change, word in refused:
        done = command(known, "clock", **change)
        assert done.returncode == 2 and word in done.stderr and done.stderr.count("\n") == 1, (change, done)
    assert not (tmp_path / "none.pem").exists()


def test_another_sealing_key_is_refused_and_none_is_made_anew(sealed: dict[str, str], tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    name = assertions.scratch(cluster.EMPTY, "audit_key")
    environment = {**sealed, **cluster.environment(HOME, name), "LANGSIKT_ANCHOR_FILE": str(tmp_path / "heads")}
    with running(environment):
        until = time.monotonic() + 120
        while not (tmp_path / "heads").exists() and time.monotonic() < until:
            time.sleep(0.2)
    missing = command(environment, "migrate", LANGSIKT_SEAL_KEY_FILE=str(other))
    assert missing.returncode == 2 and "never make a new one" in missing.stderr and not other.exists()
    notary.make(other)
    done = command(environment, "clock", LANGSIKT_SEAL_KEY_FILE=str(other))
    assert done.returncode == 2 and "does not fit this database" in done.stderr, done
