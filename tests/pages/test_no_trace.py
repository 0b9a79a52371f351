"""What is typed leaves no trace outside the sealed fields: each word is looked for in every sink."""

import io
import logging
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.pages import sinks, table, visiting
from tests.pages.visiting import Visits
from tests.pages.world import World

# One word for each way in. None stands anywhere in the house.
WORDS = {
    "contact": "Zinkfjäril knackar",
    "called": "Ödlestam",
    "name": "Vitmåra Zetterlund",
    "phone": "070-174 06 66",
    "code": "Sälkråkan",
    "note": "Månlyktan står kvar",
    "draft": "Utkastad tångruska",
    "failing": "Vindskyddet rasade",
    "file": "Pergamentrullen",
    "fault": visiting.FAULT,
    "search": "Okända Flöjtspelerskan",
    "address": "Grodstigen 404, Ingenstad",
    "query": "Fågelungen",
    "login": "hemligt-ord-Blåklint",
    "correction": "Rättelsestickan",
}


@dataclass
class Typed:
    """What became of the words: every page and address that the typing led to, and what was logged meanwhile."""

    pages: dict[str, bytes] = field(default_factory=dict)
    places: dict[str, bytes] = field(default_factory=dict)
    log: io.StringIO = field(default_factory=io.StringIO)
    temp: Path = Path()
    reference: str = ""

    def keep(self, name: str, answer: Any) -> Any:
        """Remembers where an answer led, and what it is called."""
        body = answer.content.decode()
        words = [answer.headers.get("Location", ""), sinks.title_of(body), *answer.headers.values()]
        words += sinks.links_of(body)
        self.places[name] = "\n".join(words).encode()
        self.pages[name] = answer.content
        return answer


@pytest.fixture(scope="module")
def typed(world: World, visits: Visits, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Typed]:
    """Every word typed once, the way people do: in whole forms, broken ones, a draft, a search, an address, a fault."""
    world.renew()
    visits.forget()
    said = Typed(temp=tmp_path_factory.mktemp("temporary"))
    handlers = {h for name in ("", "django", "django.request") for h in logging.getLogger(name).handlers}
    ours = [h for h in handlers if type(h) is logging.StreamHandler and type(h.formatter).__name__ == "QuietFormatter"]
    assert ours, "the app's own handlers"
    before = [h.setStream(said.log) for h in ours], tempfile.tempdir
    tempfile.tempdir = str(said.temp)
    type_everything(said, visits)
    yield said
    tempfile.tempdir = before[1]
    for handler, stream in zip(ours, before[0], strict=True):
        handler.setStream(stream)
    world.renew()
    visits.forget()


def type_everything(said: Typed, visits: Visits) -> None:
    sara, at = visits.by("sara.l"), f"{table.day()}T00:01"
    contact = {"happened_at": at, "contact_source": "self", "contact_line": WORDS["contact"], "called": WORDS["called"]}
    said.keep("draft_new", sara.post("/arenden/utkast/receive_contact/", contact))
    said.keep("form with a draft", sara.get("/arenden/ny/"))
    made = said.keep("contact", sara.post("/arenden/ny/", {**contact, "key": "once"}))
    assert made.status_code == 302, made.content.decode()
    here = made.headers["Location"].partition("?")[0]
    said.reference = here.split("/")[2]
    type_forms(said, sara, here, at)
    type_faults(said, sara, here, at)
    said.keep("name search", sara.post("/arenden/sok/", {"name": WORDS["search"]}))
    said.keep("number search", sara.post("/arenden/sok/", {"personal_number": WORDS["phone"]}))
    said.keep("reveal", sara.post(f"{here}visa/", {"field": "card", "reason": "contact"}))
    karin = visits.by("karin.b")
    home = {"mark": "Silverpoppel", "kind": "shelter_flat", "capacity": "2", "address": WORDS["address"]}
    assert said.keep("dwelling", karin.post("/boende/nytt/", home)).status_code == 302
    said.keep("broken dwelling", karin.post("/boende/nytt/", {**home, "capacity": "x"}))
    wrong = {"login": WORDS["login"], "password": WORDS["login"]}
    said.keep("sign-in", visiting.anonymous().post("/logga-in/", wrong))
    said.keep("after all", sara.get(here))
    said.keep("log", sara.get(f"{here}logg/"))


def type_forms(said: Typed, sara: Client, here: str, at: str) -> None:
    person = {"person_name": WORDS["name"], "age_band": "21_plus"}
    card = {"verified_on": table.day(), "phone": WORDS["phone"], "code_word": WORDS["code"], "never": "letter_home"}
    note = {"happened_at": at, "note": WORDS["note"], "key": "twice"}
    for name, path, form in (
        ("person", "utredning/personuppgifter", person),
        ("card", "utredning/saker-kontakt", card),
        ("note", "arende/anteckning", note),
        ("note again", "arende/anteckning", note),
    ):
        assert said.keep(name, sara.post(f"{here}{path}/", form)).status_code == 302, name
    said.keep("draft", sara.post(f"{here}utkast/write_note/", {"note": WORDS["draft"]}))
    said.keep("note with a draft", sara.get(f"{here}arende/anteckning/"))
    history = said.keep("history", sara.get(f"{here}handelser/")).content.decode()
    latest = re.search(r"handelser/([0-9a-f-]{36})/ratta/", history)
    assert latest
    form = {"happened_at": at, "note": WORDS["note"], "correction_reason": WORDS["correction"]}
    assert said.keep("correct", sara.post(f"{here}handelser/{latest[1]}/ratta/", form)).status_code == 302


def type_faults(said: Typed, sara: Client, here: str, at: str) -> None:
    bad = said.keep(
        "failing", sara.post(f"{here}arende/anteckning/", {"happened_at": "i går", "note": WORDS["failing"]})
    )
    assert bad.status_code == 422 and WORDS["failing"] in bad.content.decode(), "nothing typed is lost"
    attached = SimpleUploadedFile(f"{WORDS['file']}.txt", WORDS["file"].encode() * 200_000)
    said.keep("file", sara.post(f"{here}arende/anteckning/", {"happened_at": at, "note": attached}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("langsikt.pages.event.act", visiting.broken)
        sara.raise_request_exception = False
        lost = said.keep("fault", sara.post(f"{here}arende/anteckning/", {"happened_at": at, "note": visiting.FAULT}))
        sara.raise_request_exception = True
    assert lost.status_code == 500 and not sinks.found_in(lost.content, WORDS.values())
    for name, where in (("query", "/arenden/?lista={}"), ("path", "/arenden/{}/"), ("done", "/min-dag/?klart={}")):
        answer = sara.get(where.format(WORDS["query"]), headers={"referer": f"http://localhost/{WORDS['query']}"})
        said.keep(name, answer)
        assert not sinks.found_in(answer.content, [WORDS["query"]]), where


def test_no_table_holds_a_typed_word(typed: Typed, world: World) -> None:
    with world.owner() as owner:
        dumped = sinks.tables(owner)
    full = [name for name, text in dumped.items() if text.strip()]
    print(f"{len(dumped)} tables, {len(full)} with rows, {sum(map(len, dumped.values()))} bytes, {len(WORDS)} words")
    assert {"records_journalentry", "records_draft", "records_receipt", "django_session", "records_note"} <= set(full)
    assert not sinks.seen_in(dumped, WORDS.values())


def test_the_scanner_finds_a_planted_word_in_every_table(typed: Typed, world: World) -> None:
    """One positive control per sink: the same dump, the same scanner."""
    planted, missed = [], []
    with world.owner() as owner:
        for name, column, kind in columns(owner):
            word = f"Planterad {name}"
            value = word.encode() if kind == "bytea" else word
            with owner.transaction(force_rollback=True):
                try:
                    owner.execute("set constraints all deferred")
                    owner.execute(
                        f"update {name} set {column} = %s where ctid = (select min(ctid) from {name})", [value]
                    )
                except (psycopg.IntegrityError, psycopg.DataError):
                    continue  # a check or a foreign key refuses it: another column of the table will do
                (planted if sinks.found_in(sinks.dumped(owner, name), [word]) else missed).append(f"{name}.{column}")
    print(f"planted and found in {len(planted)} columns of {len({p.partition('.')[0] for p in planted})} tables")
    assert not missed
    for name in ("records_journalentry", "records_draft", "records_receipt", "django_session", "records_note"):
        assert [p for p in planted if p.startswith(f"{name}.")], name


def columns(owner: Any) -> list[tuple[str, str, str]]:
    """Every column with words or bytes, of tables that have rows."""
    query = (
        "select c.table_name, c.column_name, c.data_type from information_schema.columns c join pg_class p"
        " on p.relname = c.table_name and p.relkind = 'r' where c.table_schema = 'public'"
        " and c.data_type in ('text', 'bytea', 'character varying') order by 1, 2"
    )
    return [
        row for row in owner.execute(query).fetchall() if owner.execute(f"select 1 from {row[0]} limit 1").fetchone()
    ]


def test_no_address_title_or_header_holds_a_typed_word(typed: Typed) -> None:
    assert len(typed.places) >= 20
    assert not sinks.seen_in(typed.places, WORDS.values())
    planted = {"a page": b"\n".join([*typed.places.values(), f"/arenden/?namn={WORDS['name']}".encode()])}
    assert sinks.seen_in(planted, WORDS.values()) == {"a page": [WORDS["name"]]}


def test_a_page_shows_only_what_it_was_sent_back_for(typed: Typed) -> None:
    allowed = {
        "form with a draft": {"contact", "called"},
        "note with a draft": {"draft"},
        "history": {"contact", "note"},
        "failing": {"failing"},
        "broken dwelling": {"address"},
        "reveal": {"phone", "code", "contact", "note", "correction"},
        "after all": {"contact", "note", "correction"},
        "sign-in": {"login"},
    }
    for name, body in typed.pages.items():
        seen = {key for key, word in WORDS.items() if sinks.found_in(body, [word])}
        assert seen <= allowed.get(name, set()), (name, seen)
    assert sinks.found_in(typed.pages["reveal"], [WORDS["phone"]])


def test_no_log_line_holds_a_typed_word(typed: Typed) -> None:
    logged = typed.log.getvalue()
    assert "RuntimeError at langsikt.pages" in logged, "the fault was logged, by its class and place"
    assert not sinks.found_in(logged.encode(), [*WORDS.values(), "planted", typed.reference])


def test_the_scanner_finds_a_word_that_a_talkative_log_would_hold(typed: Typed) -> None:
    handler = logging.StreamHandler(said := io.StringIO())
    logger = logging.getLogger("tests.talkative")
    logger.addHandler(handler)
    logger.propagate = False
    try:
        visiting.broken()
    except RuntimeError:
        logger.exception("a fault")
    assert sinks.found_in(said.getvalue().encode(), [visiting.FAULT])


def test_no_temporary_file_is_left(typed: Typed) -> None:
    assert not sinks.files(typed.temp)
    with tempfile.NamedTemporaryFile(dir=typed.temp) as planted:
        planted.write(WORDS["file"].encode())
        planted.flush()
        assert sinks.seen_in(sinks.files(typed.temp), WORDS.values()) == {planted.name: [WORDS["file"]]}


def test_the_session_and_the_draft_are_there_and_open_with_the_key(typed: Typed, visits: Visits) -> None:
    """The words were not merely lost: whoever may read them still can."""
    assert WORDS["draft"] in typed.pages["note with a draft"].decode()
    assert WORDS["note"] in typed.pages["history"].decode()
