"""Erased stays erased: an older dump, opened with today's keys by a script outside the app, gives nothing (P8)."""

import base64
import json
import os
import re
import subprocess
import uuid
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import connection
from django.test.utils import override_settings

from langsikt.access import vault
from langsikt.access.share_store import ShareStore
from langsikt.access.vault import VaultError
from langsikt.actions import shares
from langsikt.cli import binaries, roles
from langsikt.cli.home import Home
from tests import cluster
from tests.actions import staging
from tests.house.test_start import assert_one_line, command, prepared

MINE = os.environ["LANGSIKT_DATABASE_URL"].rsplit("/", 1)[-1].partition("?")[0]
ERASED, KEPT = "Trollsländans vik 4", "Kråkbärsbacken 9"


# --- the script: knows the formats from the ADR, and nothing of the app -------------------------------------


def dump(role: str = roles.BACKUP) -> str:
    """A plain dump of the worker's database."""
    url = cluster.Swift(Home(staging.home())).url(role, MINE)
    done = subprocess.run(
        [binaries.find() / "pg_dump", "--format=plain", url], capture_output=True, text=True, check=True
    )
    return done.stdout


def rows(dumped: str, table: str) -> list[dict[str, str]]:
    """The rows of a table in a plain dump."""
    found = re.search(rf"^COPY public\.{table} \((.*?)\) FROM stdin;\n(.*?)^\\\.$", dumped, re.M | re.S)
    assert found, table
    names = [name.strip('" ') for name in found[1].split(",")]
    return [dict(zip(names, line.split("\t"), strict=True)) for line in found[2].splitlines()]


def opened_lines(dumped: str) -> set[str]:
    """Every note that today's keys and shares open."""
    return set(opened(dumped, Path(os.environ["LANGSIKT_KEY_FILE"]), Path(os.environ["LANGSIKT_SHARES"]), "note"))


def opened(dumped: str, key_file: Path, share_folder: Path, noun: str = "contactmade") -> list[str]:
    """Every line of a contact (or every note) that today's keys and shares open."""
    column = {"contactmade": "contact_line", "note": "note"}[noun]
    keys = {name: base64.b64decode(key) for name, key in json.loads(key_file.read_text())["keys"].items()}
    data_keys = {row["scope_id"]: (row, _data_key(row, keys, share_folder)) for row in rows(dumped, "records_datakey")}
    said = []
    for row in rows(dumped, f"records_{noun}"):
        held, key = data_keys.get(row["case_id"], (None, None))
        if held and key and row[column] != r"\N":
            place = f"records_{noun}|{row['event_id']}|{column}|{held['id']}".encode()
            said.append(_field(key, _bytes(row[column]), place))
    return said


def _data_key(row: dict[str, str], keys: dict[str, bytes], folder: Path) -> bytes | None:
    bound = f"datakey|{row['id']}|{row['scope_id']}".encode()
    file = folder / row["id"].replace("-", "")[:2] / row["id"].replace("-", "")
    wrapped = _bytes(row["wrapped"])
    inner = AESGCM(keys[row["kek"]]).decrypt(wrapped[:12], wrapped[12:], bound)
    tries = [inner, *([file.read_bytes()] if file.exists() else []), bytes(32)]
    for share in tries:
        under = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"share|" + bound).derive(share)
        try:
            return AESGCM(under).decrypt(inner[:12], inner[12:], bound)
        except InvalidTag:
            continue
    return None


def _field(key: bytes, sealed: bytes, place: bytes) -> str:
    return AESGCM(key).decrypt(sealed[18:30], sealed[30:], place).decode()


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix(r"\\x"))


# --- what it finds ------------------------------------------------------------------------------------------


def told(office: staging.Office, line: str) -> staging.Case:
    return staging.begin(
        office, {"happened_at": "moment:-9", "contact_source": "self", "contact_line": line}, staging.at(-9, 1)
    )


def today(dumped: str) -> list[str]:
    return sorted(opened(dumped, Path(os.environ["LANGSIKT_KEY_FILE"]), Path(os.environ["LANGSIKT_SHARES"])))


def let_go() -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


@pytest.fixture
def older(fresh_database: None) -> Any:
    """A contact that becomes advice, another that stays; the dump and the copy from before; all done with today."""
    office = staging.open_office()
    going, staying = told(office, ERASED), told(office, KEPT)
    before = dump()
    staging.owner().close()
    let_go()
    copy = f"{MINE}_older"
    cluster.copy(staging.home(), MINE, copy)
    return office, going, staying, before, copy


def test_an_older_dump_does_not_open_what_was_erased_since(older: Any) -> None:
    _, going, staying, before, copy = older
    assert today(before) == sorted([ERASED, KEPT]), "not vacuous: the script opens what is there"
    (key,) = [row["id"] for row in rows(before, "records_datakey") if row["scope_id"] == case_id(before, going)]
    share = file_of(key).read_bytes()
    staging.do(going, "give_advice", {"ended_on": "day:0"})
    assert today(before) == [KEPT]
    assert not file_of(key).exists() and uuid.UUID(key) in ShareStore().destroyed()

    # A share that was kept, by a patch or a backup too long: the same script opens it again. So it looks.
    file_of(key).write_bytes(share)
    assert today(before) == sorted([ERASED, KEPT])
    undone = command("keys", "replay")
    assert undone.returncode == 0 and "0 cases were erased again" in undone.stdout, undone
    assert today(before) == [KEPT]

    # The older database put back: it is erased there too before anybody is served.
    server = cluster.Swift(Home(staging.home()))
    there = {
        "LANGSIKT_OWNER_URL": server.url(roles.OWNER, copy),
        "LANGSIKT_DATABASE_URL": server.url(roles.APP, copy),
        "DJANGO_SETTINGS_MODULE": "langsikt.config.settings",
    }
    assert_one_line(prepared(**there), 2, "no tested copy")
    with cluster.connect(staging.home(), roles.OWNER, copy) as owner:
        assert left(owner, going.reference) == 1
        owner.execute("update records_installation set attested = prints")
        assert_one_line(prepared(**there), 2, "1 data keys have no share")
        assert command("migrate", **there).returncode == 0
        assert prepared(**there).returncode == 0
        assert (left(owner, going.reference), left(owner, staying.reference)) == (0, 1)
        erased = owner.execute("select count(*) from records_event where case_id = %s", [case_id(before, going)])
        assert erased.fetchone() == (0,)
        row = owner.execute("select action, reason from records_journalentry order by at desc limit 1").fetchone()
        assert row == ("erase_again", "1")


def left(owner: "psycopg.Connection[Any]", reference: str) -> int:
    row = owner.execute(
        "select count(*) from records_contact c join records_datakey k on k.scope_id = c.id where reference = %s",
        [reference],
    ).fetchone()
    return int(row[0]) if row else 0


def case_id(dumped: str, case: staging.Case) -> str:
    return next(row["id"] for row in rows(dumped, "records_contact") if row["reference"] == case.reference)


def file_of(key: str) -> Path:
    return ShareStore().folder / uuid.UUID(key).hex[:2] / uuid.UUID(key).hex


def test_a_crash_between_the_rows_and_the_share_is_made_good_at_the_next_start(
    older: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, going, _, before, _ = older
    with monkeypatch.context() as crash:
        crash.setattr(ShareStore, "destroy", lambda *given: (_ for _ in ()).throw(OSError("no power")))
        staging.do(going, "give_advice", {"ended_on": "day:0"})
    assert today(before) == sorted([ERASED, KEPT])
    assert shares.finish_erasures() == 1
    assert today(before) == [KEPT] and shares.finish_erasures() == 0


def test_a_refused_advice_destroys_nothing(older: Any) -> None:
    office, going, _, before, _ = older
    assert staging.attempt(office.actor("other"), "give_advice", going.reference, {"ended_on": ["x"]})[0] != "done"
    assert today(before) == sorted([ERASED, KEPT])


# --- the store ----------------------------------------------------------------------------------------------


def test_a_share_is_its_owners_only_never_made_twice_and_gone_when_destroyed(tmp_path: Path) -> None:
    store = ShareStore(tmp_path / "shares")
    store.make(b"ours")
    key = uuid.uuid4()
    share = store.keep(key)
    assert ShareStore(tmp_path / "shares").share(key) == share and list(store.held()) == [key]
    assert {file.stat().st_mode & 0o777 for file in store.folder.rglob("*") if file.is_file()} == {0o600}
    assert store.folder.stat().st_mode & 0o777 == 0o700
    with pytest.raises(VaultError, match="cannot be written"):
        store.keep(key)
    assert store.share(key) == share
    for _ in range(2):
        store.destroy(key)
    assert store.destroyed() == {key} and list(store.held()) == []
    with pytest.raises(VaultError, match="not there"):
        store.share(key)
    (file := store.folder / key.hex[:2] / key.hex).write_bytes(share[:-1])
    with pytest.raises(VaultError, match="not there"):
        store.share(key)
    file.unlink()
    with pytest.raises(VaultError, match="another database"):
        store.make(b"theirs")


def test_a_data_key_opens_with_its_own_share_only(tmp_path: Path) -> None:
    with override_settings(LANGSIKT_SHARES=str(tmp_path)):
        one, other = (vault.new_data_key(uuid.uuid4()) for _ in range(2))
        first, second = (vault.wrapped_row(keyring, "case") for keyring in (one, other))
        kek, wrapped = vault.rewrapped(one.id, one.scope_id, str(first["kek"]), first["wrapped"])  # type: ignore[arg-type]
        assert vault.unwrap(one.id, one.scope_id, kek, wrapped) == one, "a rotation leaves the share as it is"
        store = ShareStore()
        (store.folder / one.id.hex[:2] / one.id.hex).write_bytes(store.share(other.id))
        with pytest.raises(VaultError, match="does not fit"):
            vault.unwrap(one.id, one.scope_id, kek, wrapped)
        assert vault.unwrap(other.id, other.scope_id, str(second["kek"]), second["wrapped"]) == other  # type: ignore[arg-type]


def test_data_keys_from_before_get_a_share_and_a_lost_store_is_never_made_anew(
    fresh_database: None, owner: "psycopg.Connection[tuple[Any, ...]]", tmp_path: Path
) -> None:
    """A database of an earlier version: its data keys are wrapped and nothing more."""
    from langsikt.access.key_service import service

    case = told(staging.open_office(), KEPT)
    for key_id, scope_id, kek, wrapped in owner.execute("select id, scope_id, kek, wrapped from records_datakey"):
        opened_key = vault.unwrap(key_id, scope_id, kek, wrapped)  # type: ignore[arg-type]
        _, alone = service().wrap(opened_key.key, f"datakey|{key_id}|{scope_id}".encode())
        owner.execute("update records_datakey set wrapped = %s where id = %s", [alone, key_id])
    owner.execute("update records_installation set attested = prints")
    there = {"LANGSIKT_SHARES": str(tmp_path / "shares")}
    assert_one_line(prepared(**there), 2, "the share store", "is missing", "never make a new one")
    assert command("migrate", **there).returncode == 0
    assert prepared(**there).returncode == 0
    with override_settings(LANGSIKT_SHARES=there["LANGSIKT_SHARES"]):
        from langsikt.access.window import case as cases

        assert cases.overview(case.office.actor("worker"), case.reference, staging.NOW).header.reference
    gone = {"LANGSIKT_SHARES": str(tmp_path / "gone")}
    for refused in (prepared(**gone), command("migrate", **gone)):
        assert_one_line(refused, 2, "the share store", "is missing", "never make a new one")
    assert not list((tmp_path / "gone").glob("*"))
