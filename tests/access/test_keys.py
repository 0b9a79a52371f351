"""The key-encryption key is changed while people read and write: no field is lost, and no old key goes too early."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test.utils import override_settings

from langsikt.access import vault
from langsikt.access.key_file import KeyFile, make_key_file
from langsikt.access.key_service import KeyService, VaultError, service
from tests.actions import staging
from tests.house.test_start import assert_one_line, command, prepared

PROVE = bool(os.environ.get("LANGSIKT_PROVE"))
CASES, FIELDS = (10_000, 100) if PROVE else (1_200, 2)
WORD = "Sälgpipsvägen 3"
KEPT = (
    "insert into records_datakey (id, scope, scope_id, kek, wrapped)"
    " values (%(id)s, %(scope)s, %(scope_id)s, %(kek)s, %(wrapped)s)"
)
BOUND = b"datakey|x|y"


@pytest.fixture
def ring(tmp_path: Path) -> Iterator[Path]:
    """A copy of the run's key file, so that no other database of the run sees what is done with it."""
    own = tmp_path / "keys.json"
    shutil.copy(os.environ["LANGSIKT_KEY_FILE"], own)
    with override_settings(LANGSIKT_KEY_FILE=str(own)):
        yield own


def keys(*words: str, ring: Path) -> "subprocess.CompletedProcess[str]":
    """`langsikt keys …` as somebody types it."""
    return command("keys", *words, LANGSIKT_KEY_FILE=str(ring))


def attest(ring: Path) -> None:
    """A copy of the file as it is now, tested and recorded."""
    copy = ring.with_name("copy.json")
    shutil.copy(ring, copy)
    done = keys("attest", str(copy), ring=ring)
    assert done.returncode == 0, done.stderr
    copy.unlink()


# --- the service --------------------------------------------------------------------------------------------------


def test_what_a_service_must_keep(tmp_path: Path) -> None:
    """The promises of docs/runbook.md; a municipality's own service is put through the same."""
    make_key_file(tmp_path / "keys.json")
    keeps_its_promises(lambda: KeyFile(tmp_path / "keys.json"))


def keeps_its_promises(opened: Callable[[], KeyService]) -> None:
    """Wrap, rotate and retire; ``opened`` gives the service as another process would open it."""
    first, other = opened(), opened()
    old = first.active()
    assert first.wrap(b"k" * 88, BOUND)[1] != first.wrap(b"k" * 88, BOUND)[1]
    kek, wrapped = first.wrap(b"k" * 88, BOUND)
    assert kek == old and b"k" * 8 not in wrapped
    tokens, house, told = first.token("a", "b"), first.house_key("session"), dict(first.prints())
    assert {len(tokens), len(house)} == {32} and first.token("a", "c") != tokens != first.token("ab", "")
    new = first.add()
    assert int(new) > int(old) and (first.active(), other.active()) == (old, old)
    first.activate(new)
    assert other.active() == new and other.wrap(b"x", BOUND)[0] == new
    assert other.unwrap(old, wrapped, BOUND) == b"k" * 88
    for name, value, bound in (
        (new, wrapped, BOUND),
        (old, wrapped, b"z"),
        (old, wrapped[:-1], BOUND),
        ("99", b"", b""),
    ):
        with pytest.raises(VaultError):
            other.unwrap(name, value, bound)
    with pytest.raises(VaultError):
        first.retire(new)
    first.retire(old)
    with pytest.raises(VaultError):
        other.unwrap(old, wrapped, BOUND)
    assert (other.token("a", "b"), other.house_key("session")) == (tokens, house), "sessions and searches go on"
    assert {name: print_ for name, print_ in other.prints().items() if name in told} == {
        name: print_ for name, print_ in told.items() if name != old
    }
    assert int(other.add()) > int(new), "no id is used twice"


def test_a_file_from_before_keeps_its_house_key(tmp_path: Path) -> None:
    """Second factors sealed under the first key open for good, also when that key has been retired."""
    make_key_file(path := tmp_path / "keys.json")
    content = json.loads(path.read_text())
    del content["house"]
    path.write_text(json.dumps(content))
    held = KeyFile(path)
    before = held.house_key("second_factor")
    held.activate(held.add())
    held.retire("1")
    assert KeyFile(path).house_key("second_factor") == before


@pytest.mark.parametrize("name", ["nobody.has.Made", "langsikt.access.key_file.Missing", "keys"])
def test_a_service_that_is_not_there_is_one_line(name: str, fresh_database: None) -> None:
    with override_settings(LANGSIKT_KEY_SERVICE=name), pytest.raises(VaultError, match="which is not there"):
        service()
    staging.open_office()
    assert_one_line(prepared(LANGSIKT_KEY_SERVICE=name), 2, "LANGSIKT_KEY_SERVICE", name)


def test_the_file_is_whole_after_every_change_and_its_owners_only(tmp_path: Path) -> None:
    make_key_file(path := tmp_path / "keys.json")
    held = KeyFile(path)
    held.activate(held.add())
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"], "no draft is left"
    tmp_path.chmod(0o500)
    before = path.read_bytes()
    if os.geteuid():
        with pytest.raises(OSError):
            held.add()
    tmp_path.chmod(0o700)
    assert path.read_bytes() == before or not os.geteuid()


# --- under load -------------------------------------------------------------------------------------------------------


@dataclass
class Load:
    """Cases with sealed notes, and people who read and write them until told to stop."""

    cases: list[uuid.UUID]
    stop: threading.Event = field(default_factory=threading.Event)
    read: int = 0
    written: int = 0
    faults: list[str] = field(default_factory=list)

    def reader(self) -> None:
        """Opens the notes of one case after the other, as a request would: the row, its key, the field."""
        with staging.behind() as owner:
            while not self.stop.is_set():
                for case in self.cases[:: max(1, len(self.cases) // 200)]:
                    self.read += self._watched(lambda case=case: len(texts(owner, "scope_id = %s", [case])))

    def writer(self) -> None:
        """New cases, each with its key."""
        with staging.behind() as owner:
            while not self.stop.is_set():
                self.written += self._watched(lambda: len(lay_in(owner, 1, 1)))
                time.sleep(0.01)

    def _watched(self, act: Callable[[], int]) -> int:
        try:
            return act()
        except (VaultError, psycopg.Error, AssertionError) as fault:
            self.faults.append(repr(fault))
            return 0


def lay_in(owner: "psycopg.Connection[tuple[Any, ...]]", cases: int, fields: int) -> list[uuid.UUID]:
    """Cases with a data key and sealed fields each, past the door since only the keys matter here."""
    made = []
    with owner.cursor() as cursor:
        notes = []
        for _ in range(cases):
            keyring = vault.new_data_key(uuid.uuid4())
            row = vault.wrapped_row(keyring, "case")
            cursor.execute(KEPT, row)
            made.append(keyring.scope_id)
            for event in (uuid.uuid4() for _ in range(fields)):
                notes.append((event, keyring.scope_id, keyring.seal("records_note", event, "note", WORD)))
        with cursor.copy("copy laid (event_id, case_id, note) from stdin (format binary)") as copy:
            copy.set_types(["uuid", "uuid", "bytea"])
            for note in notes:
                copy.write_row(note)
    return made


def texts(owner: "psycopg.Connection[tuple[Any, ...]]", where: str, values: list[Any]) -> list[str]:
    """Every note of these cases, opened; raises VaultError for one that does not open."""
    rows = owner.execute(
        "select k.id, k.scope_id, k.kek, k.wrapped, array_agg(n.event_id), array_agg(n.note) from records_datakey k"
        f" join laid n on n.case_id = k.scope_id where {where} group by k.id",
        values,
    )
    found = []
    for key_id, scope_id, kek, wrapped, events, notes in rows:
        keyring = vault.unwrap(key_id, scope_id, kek, wrapped)
        found += [keyring.open("records_note", e, "note", n) for e, n in zip(events, notes, strict=True)]
    assert set(found) <= {WORD}
    return found


def keks(owner: "psycopg.Connection[tuple[Any, ...]]", cases: list[uuid.UUID] | None = None) -> dict[str, int]:
    """How many data keys each key wraps; of these cases only, if any are named."""
    rows = owner.execute(
        "select kek, count(*) from records_datakey where %(cases)s::uuid[] is null or scope_id = any(%(cases)s)"
        " group by kek",
        {"cases": cases},
    )
    return {str(kek): int(str(number)) for kek, number in rows}


def test_a_rotation_under_load_that_is_killed_and_taken_up_again(
    fresh_database: None, owner: "psycopg.Connection[tuple[Any, ...]]", ring: Path
) -> None:
    staging.open_office()
    owner.execute("create table laid (event_id uuid primary key, case_id uuid, note bytea)")
    owner.execute("create index on laid (case_id)")
    load = Load(lay_in(owner, CASES, FIELDS))
    fields = "select sum(hashtextextended(note::text, 0)) from laid where case_id = any(%s)"
    before = owner.execute(fields, [load.cases]).fetchone()

    made = keys("rotate", ring=ring)
    assert_one_line(made, 2, "the key 2 has no tested copy", "langsikt keys attest")
    assert set(keks(owner)) == {"1"} and service().active() == "1"
    attest(ring)
    people = [threading.Thread(target=load.reader) for _ in range(2)] + [threading.Thread(target=load.writer)]
    for person in people:
        person.start()
    try:
        killed_halfway(owner, ring, load.cases)
        half = keks(owner, load.cases)
        assert set(half) == {"1", "2"}
        done = keys("rotate", ring=ring)
        assert done.returncode == 0 and ", 0 are left" in done.stdout, done
        time.sleep(0.2)
        retired = keys("retire", ring=ring)
        assert retired.stdout == "Destroyed: 1.\n", retired
        time.sleep(0.2)
    finally:
        load.stop.set()
        for person in people:
            person.join()
    assert load.faults == [] and load.read > 0 and load.written > 0
    assert set(keks(owner)) == {"2"} and set(json.loads(ring.read_text())["keys"]) == {"2"}
    opened = texts(owner, "k.scope_id = any(%s)", [load.cases])
    assert owner.execute(fields, [load.cases]).fetchone() == before, "no field was sealed anew"
    print(f"{len(opened)} fields of {CASES} cases after the rotation, {CASES * FIELDS - len(opened)} unreadable")
    print(f"meanwhile {load.read} read and {load.written} written, {len(load.faults)} faults; killed at {half}")
    assert len(opened) == CASES * FIELDS


def killed_halfway(owner: "psycopg.Connection[tuple[Any, ...]]", ring: Path, cases: list[uuid.UUID]) -> None:
    """A rotation ended by force when some of the rows are wrapped anew and some are not."""
    process = subprocess.Popen(
        [sys.executable, "-m", "langsikt.config.keys", "rotate"],
        env={**os.environ, "LANGSIKT_KEY_FILE": str(ring)},
        stdout=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while "2" not in keks(owner, cases):
        assert process.poll() is None and time.monotonic() < until
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


# --- what is refused -------------------------------------------------------------------------------------------------


def test_no_key_goes_that_wraps_something(
    fresh_database: None, owner: "psycopg.Connection[tuple[Any, ...]]", ring: Path
) -> None:
    staging.open_office()
    keys("rotate", ring=ring)
    attest(ring)
    assert keys("rotate", ring=ring).returncode == 0
    kept = vault.new_data_key(uuid.uuid4())
    with override_settings(LANGSIKT_KEY_FILE=os.environ["LANGSIKT_KEY_FILE"]):
        row = vault.wrapped_row(kept, "case")
    assert row["kek"] == "1"
    owner.execute(
        "insert into records_datakey (id, scope, scope_id, kek, wrapped) values (%s, %s, %s, %s, %s)", [*row.values()]
    )
    before = ring.read_bytes()
    assert "no key" in keys("retire", ring=ring).stdout and ring.read_bytes() == before
    assert vault.unwrap(kept.id, kept.scope_id, "1", bytes(row["wrapped"])).key == kept.key  # type: ignore[call-overload]
    assert "1 data keys are wrapped by the key 2, 0 are left" in keys("rotate", ring=ring).stdout
    assert keys("retire", ring=ring).stdout == "Destroyed: 1.\n"
    assert service().prints().keys() == {"2", "index", "house"}


def test_a_copy_that_does_not_open_is_not_attested(fresh_database: None, ring: Path) -> None:
    staging.open_office()
    copy = ring.with_name("copy.json")
    assert_one_line(keys("attest", str(copy), ring=ring), 2, "cannot be read")
    assert_one_line(keys("attest", str(ring), ring=ring), 2, "the key file itself")
    copy.symlink_to(ring)
    assert_one_line(keys("attest", str(copy), ring=ring), 2, "the key file itself")
    copy.unlink()
    make_key_file(copy)
    assert_one_line(keys("attest", str(copy), ring=ring), 2, "the copy lacks the keys 1, house, index")
    assert_one_line(prepared(LANGSIKT_KEY_FILE=str(ring)), 2, "no tested copy")
    attest(ring)
    assert prepared(LANGSIKT_KEY_FILE=str(ring)).returncode == 0
    attested = staging.last_journal()
    assert (attested["action"], attested["actor"]) == ("attest_keys", None)
