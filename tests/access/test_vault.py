"""What is sealed opens in one place only, and nothing that somebody typed can be read in the database."""

import base64
import hashlib
import json
import stat
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test.utils import override_settings
from hypothesis import given
from hypothesis import strategies as st

from langsikt.access import search, vault
from langsikt.access.key_file import make_key_file
from langsikt.access.vault import VaultError
from langsikt.actions import draft
from langsikt.records.models import Note
from tests.actions import staging
from tests.records import assertions

ROW, OTHER = uuid.UUID(int=11), uuid.UUID(int=12)
KEY = vault.new_data_key(uuid.UUID(int=1))
ANOTHERS = vault.new_data_key(uuid.UUID(int=2))
WORD = "Blåklocksvägen 7, hos Ulla"


@pytest.fixture
def rings(tmp_path: Path) -> Iterator[Any]:
    """Lets a test use a key ring of its own; the run's own comes back."""

    def use(name: str) -> Path:
        path = tmp_path / name
        if not path.exists():
            make_key_file(path)
        changed = override_settings(LANGSIKT_KEY_FILE=str(path), LANGSIKT_SHARES=str(tmp_path / "shares"))
        changed.enable()
        used.append(changed)
        return path

    used: list[Any] = []
    yield use
    for changed in reversed(used):
        changed.disable()


# --- one field ------------------------------------------------------------------------------------


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    sealed = KEY.seal("records_note", ROW, "note", text)
    assert KEY.open("records_note", ROW, "note", sealed) == text
    assert KEY.open("records_note", ROW, "note", memoryview(sealed)) == text  # type: ignore[arg-type]


@given(st.text(min_size=5))
def test_the_text_is_not_in_what_is_sealed_and_no_two_look_alike(text: str) -> None:
    first, second = (KEY.seal("records_note", ROW, "note", text) for _ in range(2))
    assert first != second and text.encode() not in first


@pytest.mark.parametrize(
    ("keyring", "table", "row", "field"),
    [
        (KEY, "records_note", OTHER, "note"),
        (KEY, "records_note", ROW, "own_words"),
        (KEY, "records_decision", ROW, "note"),
        (ANOTHERS, "records_note", ROW, "note"),
        (KEY, "records_note", ROW, "note|"),
    ],
    ids=["row", "field", "table", "case", "boundary"],
)
def test_what_is_moved_does_not_open(keyring: vault.DataKeyring, table: str, row: uuid.UUID, field: str) -> None:
    sealed = KEY.seal("records_note", ROW, "note", WORD)
    assert KEY.open("records_note", ROW, "note", sealed) == WORD
    with pytest.raises(VaultError) as fault:
        keyring.open(table, row, field, sealed)
    assert WORD not in str(fault.value) and fault.value.__cause__ is None


@given(st.data())
def test_a_single_changed_byte_does_not_open(data: st.DataObject) -> None:
    sealed = bytearray(KEY.seal("records_note", ROW, "note", WORD))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(VaultError):
        KEY.open("records_note", ROW, "note", bytes(sealed))


@given(st.data())
def test_neither_does_a_cut_one_nor_anything_else(data: st.DataObject) -> None:
    sealed = KEY.seal("records_note", ROW, "note", WORD)
    for wrong in (sealed[: data.draw(st.integers(0, len(sealed) - 1))], data.draw(st.binary()), sealed + b"\0"):
        with pytest.raises(VaultError):
            KEY.open("records_note", ROW, "note", wrong)


@pytest.mark.parametrize("value", [b"in clear", b"", WORD.encode(), b"\x4c", bytearray(b"x" * 60), memoryview(b"y")])
def test_what_is_not_sealed_is_refused_before_sql(value: Any) -> None:
    column = Note._meta.get_field("note")
    with pytest.raises(ValueError, match="not sealed") as fault:
        column.get_db_prep_value(value, connection=None)  # type: ignore[arg-type]
    assert "clear" not in str(fault.value) and WORD not in str(fault.value)


def test_a_row_in_clear_never_reaches_the_database(database: None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked, pytest.raises(ValueError, match="not sealed"):
        Note.objects.create(event_id=ROW, case_id=OTHER, note=WORD.encode())
    assert not any("INSERT" in query["sql"] for query in asked.captured_queries)


# --- the ring -------------------------------------------------------------------------------------


def test_the_key_file_is_for_its_owner_only_and_never_made_twice(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    make_key_file(path)
    before = path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = json.loads(before)
    assert {
        len(base64.b64decode(value)) for value in (*content["keys"].values(), content["index"], content["house"])
    } == {32}
    with pytest.raises(FileExistsError):
        make_key_file(path)
    (link := tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        make_key_file(link)
    assert path.read_bytes() == before
    make_key_file(tmp_path / "another.json")
    assert (tmp_path / "another.json").read_bytes() != before


def test_a_data_key_opens_with_its_own_ring_only(rings: Any) -> None:
    rings("ours")
    row = vault.wrapped_row(KEY, "case")
    wrapped, kek = row["wrapped"], str(row["kek"])
    assert isinstance(wrapped, bytes) and KEY.key not in wrapped
    assert vault.unwrap(KEY.id, KEY.scope_id, kek, wrapped) == KEY
    for key_id, scope_id, name, value in (
        (OTHER, KEY.scope_id, kek, wrapped),
        (KEY.id, OTHER, kek, wrapped),
        (KEY.id, KEY.scope_id, "2", wrapped),
        (KEY.id, KEY.scope_id, kek, wrapped[:-1]),
        (KEY.id, KEY.scope_id, kek, b""),
    ):
        with pytest.raises(VaultError):
            vault.unwrap(key_id, scope_id, name, value)
    rings("theirs")
    with pytest.raises(VaultError, match="does not fit"):
        vault.unwrap(KEY.id, KEY.scope_id, kek, wrapped)


def test_another_ring_is_noticed(rings: Any) -> None:
    rings("ours")
    check, sealed = vault.key_check(), vault.seal_system("session", WORD.encode())
    assert vault.open_system("session", sealed) == WORD.encode()
    for wrong in (sealed[:-1], b"", sealed[:5]):
        with pytest.raises(VaultError):
            vault.open_system("session", wrong)
    with pytest.raises(VaultError):
        vault.open_system("second-factor", sealed)
    rings("theirs")
    assert vault.key_check() != check
    with pytest.raises(VaultError):
        vault.open_system("session", sealed)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"active": "1"}',
        "not json",
        '{"active": "1", "keys": [], "index": ""}',
        '{"active": "1", "keys": {}, "index": ""}',
        '{"active": "1", "keys": {"1": "c2hvcnQ="}, "index": "c2hvcnQ="}',
    ],
)
def test_a_broken_key_file_is_an_error_that_tells_nothing(content: str, rings: Any) -> None:
    path = rings("broken")
    path.write_text(content)
    with pytest.raises(VaultError, match="cannot be read"):
        vault.key_check()


# --- tokens ---------------------------------------------------------------------------------------


def test_tokens_say_equal_or_not_and_nothing_else(rings: Any) -> None:
    rings("ours")
    tokens = {text: vault.token("name", text) for text in ("Anna", "Anna ", "anna", "Ann", "Annb", "")}
    assert len(set(tokens.values())) == len(tokens)
    assert vault.token("name", "Anna") == tokens["Anna"] != vault.token("number", "Anna")
    assert {len(t) for t in tokens.values()} == {32}
    assert hashlib.sha256(b"Anna").digest() not in tokens.values(), "no plain hash, which a list of names would open"
    near, far = (
        sum(bin(a ^ b).count("1") for a, b in zip(tokens["Anna"], tokens[w], strict=True)) for w in ("Ann", "")
    )
    assert 70 < near < 186 and 70 < far < 186, "near is as far as far"
    rings("theirs")
    assert vault.token("name", "Anna") != tokens["Anna"]


def test_a_name_is_found_whole_in_any_order_and_never_by_a_part(rings: Any) -> None:
    rings("ours")
    stored = search.name_tokens("Anna Berg Åsdotter")
    assert len(stored) == len(set(stored)) == 4
    for typed in ("anna", "BERG", "Åsdotter", "Åsdotter Anna  berg"):
        assert search.name_token(typed) in stored, typed
    for typed in ("ann", "Anna Berg", "Asdotter", "", "*", "%"):
        assert search.name_token(typed) not in stored, typed
    assert (
        search.number_token("19900101-2385") == search.number_token("9001012385") == search.number_token("900101-2385")
    )
    assert search.number_token("900101-2386") != search.number_token("900101-2385")


# --- nothing in clear -----------------------------------------------------------------------------

LINE, CALLED, WAY, NAME, PHONE = "Xylofonregn", "Kvittenbär", "Pumpastuga", "Zebrina Qvarnhjul", "070-174 06 55"
HOURS, CODE, NOTE, OWN, REASONS = "Månskenstimmen", "Sälgpipa", "Tranbärsmyr", "Vitsippsbacke", "Näckrosdamm"
WHY, STREET, TYPED, NUMBER = "Havtornssnår", "Trollsländegränd 9", 'Fjärilshåv\n"Öde"', "19900101-2385"
SENTINELS = [
    LINE, CALLED, WAY, "Zebrina", "Qvarnhjul", PHONE, "0701740655", HOURS, CODE, NOTE, OWN, REASONS, WHY,
    "Trollsländegränd", "Fjärilshåv", "900101-2385", "9001012385",
]  # fmt: skip


def write_everything() -> None:
    """One case with a word of ours in each kind of field, through the door."""
    office = staging.open_office()
    first = {
        "happened_at": "moment:-9",
        "contact_source": "self",
        "contact_line": LINE,
        "called": CALLED,
        "safe_way": WAY,
    }
    case = staging.begin(office, first, staging.at(-9, 1))
    staging.do(case, "record_person", {"person_name": NAME, "personal_number": NUMBER, "age_band": "21_plus"})
    card = {"verified_on": "day:0", "never": ["letter_home"], "phone": PHONE, "hours": HOURS, "code_word": CODE}
    staging.do(case, "record_safe_contact", card)
    staging.do(case, "write_note", {"happened_at": "moment:0", "note": NOTE})
    staging.do(case, "open_investigation", staging.FACTS["open_investigation"])
    staging.do(case, "assess_risk", staging.FACTS["assess_risk"])
    staging.do(case, "assess_needs", {**staging.FACTS["assess_needs"], "own_words": OWN})
    staging.do(case, "conclude_investigation", {**staging.FACTS["conclude_investigation"], "conclusion": REASONS})
    staging.do(case, "issue_decision", {**staging.FACTS["issue_decision"], "reasons": REASONS})
    staging.do(case, "correct", {**case.first, "corrects": "=first", "correction_reason": WHY, "called": CALLED})
    from langsikt.actions import dwelling

    coordinator = office.actor("coordinator")
    dwelling.add_dwelling(coordinator, "Boende Z", "shelter_flat", 2, STREET, staging.NOW)
    worker = office.actor("worker")
    draft.save_draft(worker, "write_note", case.reference, {"note": [TYPED]}, staging.NOW)
    draft.save_draft(worker, "receive_contact", None, {"contact_line": [TYPED]}, staging.NOW)
    staging.attempt(worker, "write_note", case.reference, {"note": [NOTE], "happened_at": ["inte en dag"]})
    staging.attempt(worker, "write_note", "QQQQQQ", {"note": [NOTE]})
    staging.attempt(worker, "write_note", case.reference, {"note": [NOTE]}, key="form-1")


def test_nothing_that_was_typed_stands_in_any_table(
    fresh_database: None, owner: "psycopg.Connection[tuple[Any, ...]]"
) -> None:
    write_everything()
    with staging.behind() as behind:
        filled = {t for t in assertions.EVERY if assertions.rows_given(behind, t)}
        print(f"{len(SENTINELS)} words in {len(filled)} tables with rows")
        assert len(filled) >= 20
        assert assertions.places_of(behind, SENTINELS) == set()
        assert assertions.places_of(behind, ["Boende Z"]) == {("records_dwelling", "Boende Z")}, "what may be read is"
        planted = plant_everywhere(behind)
    print(f"the scanner found the word in each of {len(planted)} columns")
    assert len(planted) >= 60 and not [place for place, found in planted.items() if not found]


def plant_everywhere(behind: assertions.Connection) -> dict[str, bool]:
    """Whether the scanner finds a word that is put in clear into each column that can hold words, one by one."""
    found = {}
    for table, column, kind in assertions.columns(behind):
        if assertions.rows_given(behind, table):
            try:
                with assertions.undone(behind):
                    _plant(behind, table, column, kind)
                    found[f"{table}.{column}"] = bool(assertions.places_of(behind, [LINE], [table]))
            except (psycopg.errors.CheckViolation, psycopg.errors.StringDataRightTruncation):
                continue  # a column that takes only certain words, or short ones
    return found


def _plant(behind: assertions.Connection, table: str, column: str, kind: str) -> None:
    values: dict[str, Any] = {
        "bytea": LINE.encode(),
        "bytea[]": [LINE.encode()],
        "text[]": [LINE],
        "jsonb": json.dumps({"a": [LINE]}),
    }
    one = f"ctid = (select ctid from {table} limit 1)"
    behind.execute(f"update {table} set {column} = %s::{kind} where {one}", [values.get(kind, LINE)])


@pytest.mark.parametrize("text", ["räv", LINE, "Fjärilshåv"])
def test_the_scanner_knows_the_word_in_disguise(text: str) -> None:
    disguises = [text.upper(), text.encode().hex(), json.dumps(text)[1:-1]]
    disguises += [base64.b64encode(b"x" * n + text.encode() + b"yy").decode() for n in range(3)]
    for disguise in disguises:
        if len(text) > 5:
            assert any(form in disguise.casefold() for form in assertions.forms(text)), disguise
