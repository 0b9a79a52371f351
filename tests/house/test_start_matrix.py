"""What the start refuses: each fault, made from outside, ends with code 2 and one line, and nothing is overwritten."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import override_settings

from langsikt.access.key_file import KeyFile, make_key_file
from langsikt.cli import roles
from langsikt.config import database as addresses
from langsikt.config import ready
from tests import cluster
from tests.actions import staging
from tests.house.test_start import assert_one_line, command

Owner = "psycopg.Connection[tuple[Any, ...]]"
MINE = os.environ["LANGSIKT_DATABASE_URL"].rsplit("/", 1)[-1].partition("?")[0]
EVENT_POLICY = (
    "create policy mine_select on records_event for select to langsikt_app"
    " using (case_id = any(array(select langsikt_my_cases())))"
)


@dataclass(frozen=True)
class House:
    """A founded database with a case, its keys and its shares, all of this module's own."""

    keys: Path
    shares: Path

    def told(self) -> str:
        """A hash of the keys, the shares, and the number of rows of every table."""
        parts = [f"{file}{file.read_bytes().hex()}" for file in sorted(self.keys.parent.rglob("*")) if file.is_file()]
        counts = [(table, staging.count(table)) for table in [*staging.case_tables(), "records_journalentry"]]
        return hashlib.sha256("".join([*parts, json.dumps(counts)]).encode()).hexdigest()


@pytest.fixture(scope="module")
def house(database: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Founded as in production, with an attested copy."""
    folder = tmp_path_factory.mktemp("secrets")
    keys = folder / "keys.json"
    shutil.copy(os.environ["LANGSIKT_KEY_FILE"], keys)
    with override_settings(LANGSIKT_KEY_FILE=str(keys), LANGSIKT_SHARES=str(folder / "shares")):
        from langsikt.access import vault
        from langsikt.access.share_store import ShareStore

        ShareStore().make(vault.key_check())
        staging.begin(staging.open_office())
        staging.owner().execute("update records_installation set attested = prints, attested_at = now()")
        yield House(keys, folder / "shares")


def started(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """What `langsikt serve` does before it becomes the web server: the exit code and the lines on stderr."""
    capsys.readouterr()
    try:
        ready.check()
    except SystemExit as end:
        return int(str(end.code)), capsys.readouterr().err.splitlines()
    return 0, capsys.readouterr().err.splitlines()


def refused(house: House, capsys: pytest.CaptureFixture[str], *words: str) -> None:
    """One line that says this, code 2, and nothing has changed."""
    before = house.told()
    code, lines = started(capsys)
    assert (code, len(lines)) == (2, 1), lines
    assert not [word for word in words if word not in lines[0]], lines[0]
    assert staging.PASSWORD not in lines[0] and "hemligt" not in lines[0]
    assert house.told() == before


# --- the protection of the tables ------------------------------------------------------------------------

# What is done as the owner, what undoes it, and a word of the line.
FAULTS = {
    "no force": (
        "alter table records_note no force row level security",
        "alter table records_note force row level security",
        "records_note",
    ),
    "disabled": (
        "alter table records_person disable row level security",
        "alter table records_person enable row level security",
        "records_person",
    ),
    "without a policy": ("drop policy mine_select on records_event", EVENT_POLICY, "records_event"),
    "another condition": (
        "alter policy mine_select on records_event using (true)",
        "alter policy mine_select on records_event using (case_id = any(array(select langsikt_my_cases())))",
        "the protection of records_event",
    ),
    "an exclusion that asks nothing": (
        "alter policy denied on records_event using (true) with check (true)",
        "alter policy denied on records_event using (case_id <> all(array(select langsikt_my_denied())))"
        " with check (case_id <> all(array(select langsikt_my_denied())))",
        "the protection of records_event",
    ),
    "a function that lets all through": (
        "alter function langsikt_may_touch(uuid) rename to touched; create function langsikt_may_touch(the_case uuid)"
        " returns boolean language sql stable security definer set search_path = public, pg_temp as 'select true';"
        " grant execute on function langsikt_may_touch(uuid) to langsikt_app",
        "drop function langsikt_may_touch(uuid); alter function touched(uuid) rename to langsikt_may_touch",
        "the protection of langsikt_may_touch(uuid)",
    ),
    "one more policy": (
        "create policy open on records_contact for select to langsikt_app using (true)",
        "drop policy open on records_contact",
        "records_contact",
    ),
    "may change the journal": (
        "grant update (reason) on records_journalentry to langsikt_app",
        "revoke update (reason) on records_journalentry from langsikt_app",
        "records_journalentry",
    ),
    "may delete events": (
        "grant delete on records_event to langsikt_app",
        "revoke delete on records_event from langsikt_app",
        "records_event",
    ),
    "may empty the journal": (
        "grant truncate on records_journalentry to langsikt_app",
        "revoke truncate on records_journalentry from langsikt_app",
        "records_journalentry",
    ),
    "a column in plain text": (
        "alter table records_draft alter column content type text using encode(content, 'escape')",
        "alter table records_draft alter column content type bytea using decode(content, 'escape')",
        "records_draft.content",
    ),
    "a table that nobody knows": ("create table records_wish (word text)", "drop table records_wish", "records_wish"),
}


@pytest.mark.parametrize(("fault", "undo", "word"), FAULTS.values(), ids=FAULTS.keys())
def test_without_its_protection_it_does_not_start(
    fault: str, undo: str, word: str, house: House, owner: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    owner.execute(fault)
    try:
        refused(house, capsys, word)
    finally:
        owner.execute(undo)
    assert started(capsys) == (0, []), "undone, it starts: it was this fault that was refused"


@pytest.mark.parametrize(
    ("role", "word"),
    [
        (roles.OWNER, "the owner of the data"),
        (roles.BACKUP, "able to bypass row-level security"),
        ("langsikt_super", "a superuser"),
    ],
)
def test_with_too_much_right_it_does_not_start(
    role: str, word: str, house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = cluster.Swift(cluster.Home(staging.home())).url(role, MINE)
    monkeypatch.setenv(addresses.SERVING_URL, url)
    refused(house, capsys, word, "serve as langsikt_app")


# --- keys, shares and the mark ---------------------------------------------------------------------------


@contextmanager
def moved(path: Path) -> Iterator[Path]:
    """Something is not where it was; afterwards it is again."""
    aside = path.parent.parent / f"{path.name}.aside"
    path.rename(aside)
    try:
        yield aside
    finally:
        (shutil.rmtree if path.is_dir() else Path.unlink)(path) if path.exists() else None  # type: ignore[operator]
        aside.rename(path)


def nothing(house: House, aside: Path) -> None:
    """It is simply missing."""


def empty(house: House, aside: Path) -> None:
    house.keys.touch()


def anothers(house: House, aside: Path) -> None:
    """A new key file, as somebody makes one who wants it to start."""
    make_key_file(house.keys)


def new_key_of_that_name(house: House, aside: Path) -> None:
    """The right tokens and the house's key, and a key-encryption key made anew under the old name."""
    make_key_file(house.keys)
    ours, new = json.loads(aside.read_text()), json.loads(house.keys.read_text())
    house.keys.write_text(json.dumps({**ours, "keys": new["keys"]}))


def retired_too_early(house: House, aside: Path) -> None:
    """A newer key is there and the one that wraps is not."""
    shutil.copy(aside, house.keys)
    held = KeyFile(house.keys)
    held.activate(held.add())
    held.retire("1")


KEY_FAULTS: dict[str, tuple[Callable[[House, Path], None], str]] = {
    "missing": (nothing, "cannot be read"),
    "empty": (empty, "cannot be read"),
    "a new file beside old data": (anothers, "does not fit this database"),
    "a new key by the old name": (new_key_of_that_name, "the key 1 in"),
    "an old key that data need is gone": (retired_too_early, "the key 1, which data need"),
}


@pytest.mark.parametrize(("change", "word"), KEY_FAULTS.values(), ids=KEY_FAULTS.keys())
def test_with_other_keys_it_does_not_start(
    change: Callable[[House, Path], None], word: str, house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    with moved(house.keys) as aside:
        change(house, aside)
        refused(house, capsys, word, "never make a new one")
    assert started(capsys) == (0, [])


def test_without_the_share_store_it_does_not_start(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    with moved(house.shares):
        refused(house, capsys, "the share store", "is missing")
        assert not house.shares.exists()
    with moved(next(house.shares.glob("??/*")).parent):
        refused(house, capsys, "data keys have no share")
    with moved(house.shares / "shares-of"):
        (house.shares / "shares-of").write_text("00")
        refused(house, capsys, "belongs to another database")
    assert started(capsys) == (0, [])


def test_migrating_makes_no_keys_and_no_store_beside_old_data(house: House) -> None:
    """The one command that makes them, for a database that holds nothing."""
    there = {"LANGSIKT_KEY_FILE": str(house.keys), "LANGSIKT_SHARES": str(house.shares)}
    before = house.told()
    with moved(house.keys):
        assert_one_line(command("migrate", **there), 2, "never make a new one")
        assert not house.keys.exists()
    with moved(house.shares):
        assert_one_line(command("migrate", **there), 2, "never make a new one")
        assert not house.shares.exists()
    assert house.told() == before


def test_in_production_a_tested_copy_is_needed_and_in_the_demo_not(
    house: House, owner: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    owner.execute("update records_installation set attested = '{}'")
    try:
        refused(house, capsys, "no tested copy", "langsikt keys attest")
        owner.execute("update records_installation set kind = 'demo'")
        with override_settings(INSTALLATION="demo"):
            assert started(capsys) == (0, [])
    finally:
        owner.execute("update records_installation set attested = prints, kind = 'production'")


def test_the_demo_and_real_work_never_open_each_others_database(
    house: House, owner: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    with override_settings(INSTALLATION="demo"):
        refused(house, capsys, "bears the mark 'production' and is never used as 'demo'")
    owner.execute("update records_installation set kind = 'demo'")
    try:
        refused(house, capsys, "bears the mark 'demo' and is never used as 'production'")
    finally:
        owner.execute("update records_installation set kind = 'production'")
    assert started(capsys) == (0, [])


def test_a_refusal_leaves_no_connection(house: House, owner: Owner, capsys: pytest.CaptureFixture[str]) -> None:
    """Not vacuous about the pool: the check itself has been through the database."""
    assert started(capsys) == (0, [])
    assert connection.connection is None
