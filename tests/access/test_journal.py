"""The journal: one row for every look and every refusal, pseudonyms only, never changed; and what advice leaves."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from langsikt.access import vault
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.window import case as cases
from langsikt.access.window import dwelling as dwellings
from langsikt.access.window import (
    exclusion,
    find,
    form,
    goal,
    leaflet,
    log,
    plan,
    referral,
    responsibility,
    reveal,
    safety_plan,
    team,
    watch,
    whereabouts,
    worklist,
)
from langsikt.access.window import staff as people
from langsikt.actions import draft
from langsikt.insight import city
from tests.actions import staging
from tests.records import assertions

WORD, NAME, PHONE = "Kvastfjärilsdal", "Zebrina Qvarnhjul", "070-174 06 55"
LINE, CARD, TYPED = "Tistelängsvägen", "Mossklockan", "Rönnbärstaket"
NUMBER, MADE_UP = "19900101-2385", "QQQQQQ"
TOLD = [WORD, "Zebrina", "Qvarnhjul", PHONE, LINE, CARD, TYPED, "9001012385"]


class World:
    """An office with one sheltered person, an exclusion, and somebody else's case."""

    def __init__(self) -> None:
        self.office = staging.open_office()
        self.case = staging.tell(self.office, "placement")
        staging.do(self.case, "record_person", {"person_name": NAME, "personal_number": NUMBER, "age_band": "21_plus"})
        card = {"verified_on": "day:0", "never": ["letter_home"], "phone": PHONE, "code_word": CARD}
        staging.do(self.case, "record_safe_contact", card)
        staging.do(self.case, "write_note", {"happened_at": "moment:0", "note": WORD})
        staging.do(self.case, "exclude_staff", {"excluded": "staff:other", "exclusion_ground": "person_asks"})

    @property
    def reference(self) -> str:
        return self.case.reference

    def actor(self, word: str) -> Any:
        return self.office.actor(word)


@pytest.fixture(scope="module")
def world(database: None) -> World:
    return World()


# --- one look, one row ----------------------------------------------------------------------------

NOW = staging.NOW
Look = Callable[[World], object]
# The word of the row, who looks, and the look.
LOOKS: dict[str, tuple[str, str, Look]] = {
    "overview": ("look_case", "worker", lambda w: cases.overview(w.actor("worker"), w.reference, NOW)),
    "overview masked": ("look_case", "manager", lambda w: cases.overview(w.actor("manager"), w.reference, NOW)),
    "step": ("look_placement", "worker", lambda w: cases.step(w.actor("worker"), w.reference, "placement", NOW)),
    "history": ("look_history", "worker", lambda w: cases.history(w.actor("worker"), w.reference, NOW)),
    "safety": ("look_safety", "worker", lambda w: safety_plan.safety(w.actor("worker"), w.reference, NOW)),
    "plan": ("look_plan", "worker", lambda w: plan.plan(w.actor("worker"), w.reference, 12, NOW)),
    "leaflet": ("look_leaflet", "worker", lambda w: leaflet.leaflet(w.actor("worker"), w.reference, NOW)),
    "goals": ("look_goals", "worker", lambda w: goal.goals(w.actor("worker"), w.reference, NOW)),
    "responsibility": (
        "look_responsibility",
        "manager",
        lambda w: responsibility.responsibility(w.actor("manager"), w.reference, NOW),
    ),
    "waiting": ("look_waiting", "worker", lambda w: referral.waiting(w.actor("worker"), w.reference, NOW)),
    "whereabouts": (
        "look_whereabouts",
        "worker",
        lambda w: whereabouts.whereabouts(w.actor("worker"), w.reference, NOW),
    ),
    "form": ("open_form", "worker", lambda w: form.event_form(w.actor("worker"), w.reference, "write_note", NOW)),
    "new form": ("open_form", "worker", lambda w: form.new_form(w.actor("worker"), NOW)),
    "correction": (
        "open_form",
        "worker",
        lambda w: form.event_form(
            w.actor("worker"), w.reference, "correct", NOW, form.Opening(w.case.latest["write_note"])
        ),
    ),
    "my day": ("look_my_day", "worker", lambda w: worklist.my_day(w.actor("worker"), NOW)),
    "lists": ("look_cases", "worker", lambda w: worklist.lists(w.actor("worker"), "mina", NOW)),
    "list of unit": ("look_cases", "manager", lambda w: worklist.lists(w.actor("manager"), "enheten", NOW)),
    "watches": ("look_watches", "worker", lambda w: watch.watches(w.actor("worker"), "", NOW)),
    "team": ("look_team", "manager", lambda w: team.team(w.actor("manager"), NOW)),
    "search reference": ("search", "worker", lambda w: find.find(w.actor("worker"), w.reference, "", "", NOW)),
    "search name": ("search", "worker", lambda w: find.find(w.actor("worker"), "", NAME, "", NOW)),
    "search number": ("search", "worker", lambda w: find.find(w.actor("worker"), "", "", NUMBER, NOW)),
    "search nothing": ("search", "outsider", lambda w: find.find(w.actor("outsider"), w.reference, "", "", NOW)),
    "dwellings": ("look_dwellings", "coordinator", lambda w: dwellings.dwellings(w.actor("coordinator"), NOW)),
    "address of a dwelling": (
        "reveal_address",
        "coordinator",
        lambda w: dwellings.address(w.actor("coordinator"), w.office.places["a"], NOW),
    ),
    "exclusions": ("look_exclusions", "officer", lambda w: exclusion.exclusions(w.actor("officer"), NOW)),
    "log of the case": ("look_log", "worker", lambda w: log.case_log(w.actor("worker"), w.reference, NOW)),
    "log": ("look_journal", "reviewer", lambda w: log.review(w.actor("reviewer"), 400, NOW)),
    "staff": ("look_staff", "administrator", lambda w: people.everybody(w.actor("administrator"), NOW)),
    "city": ("look_city", "analyst", lambda w: city.city(w.actor("analyst"), NOW)),
    "reveal by manager": (
        "reveal_text",
        "manager",
        lambda w: reveal.reveal(w.actor("manager"), w.reference, "text", "guidance", False, NOW),
    ),
    "call": ("call", "worker", lambda w: reveal.reveal(w.actor("worker"), w.reference, "card", "", True, NOW)),
}
KLASSES = {"name": 2, "personal_number": 2, "code_word": 2, "text": 2, "phone": 3, "card": 3, "address": 3}


def _reveal(field: str) -> Look:
    return lambda w: reveal.reveal(w.actor("worker"), w.reference, field, "", False, NOW)


LOOKS |= {f"reveal {field}": (f"reveal_{field}", "worker", _reveal(field)) for field in KLASSES}


@pytest.mark.parametrize(("action", "who", "look"), LOOKS.values(), ids=LOOKS.keys())
def test_a_look_writes_exactly_one_row(action: str, who: str, look: Look, world: World) -> None:
    before = staging.journal_rows()
    assert look(world) is not None
    assert staging.journal_rows() == before + 1
    row = staging.last_journal()
    assert (row["action"], row["result"], row["actor"]) == (action, "done", str(world.office.ids[who]))
    assert row["case_id"] or row["shown"] is not None or action in (
        "open_form", "look_exclusions", "look_journal", "look_staff", "look_city",
    )  # fmt: skip


@pytest.mark.parametrize("field", KLASSES)
def test_a_reveal_says_the_class_and_the_reason(field: str, world: World) -> None:
    _reveal(field)(world)
    row = staging.last_journal()
    assert (row["klass"], row["reason"], row["role"]) == (KLASSES[field], "contact", "case_worker")


def test_a_list_says_which_cases_it_showed(world: World) -> None:
    worklist.lists(world.actor("worker"), "mina", NOW)
    shown = staging.last_journal()["shown"]
    cases_of = assertions.names(
        staging.owner(), "select id from records_contact where reference = %s", [world.reference]
    )
    assert cases_of <= set(shown)


# --- refusals -------------------------------------------------------------------------------------

Hidden = Callable[[Any, str], object]
HIDDEN: dict[str, Hidden] = {
    "overview": lambda a, ref: cases.overview(a, ref, NOW),
    "step": lambda a, ref: cases.step(a, ref, "placement", NOW),
    "history": lambda a, ref: cases.history(a, ref, NOW),
    "plan": lambda a, ref: plan.plan(a, ref, 12, NOW),
    "goals": lambda a, ref: goal.goals(a, ref, NOW),
    "responsibility": lambda a, ref: responsibility.responsibility(a, ref, NOW),
    "waiting": lambda a, ref: referral.waiting(a, ref, NOW),
    "whereabouts": lambda a, ref: whereabouts.whereabouts(a, ref, NOW),
    "form": lambda a, ref: form.event_form(a, ref, "write_note", NOW),
    "log": lambda a, ref: log.case_log(a, ref, NOW),
    **{
        f"reveal {field}": (lambda f: lambda a, ref: reveal.reveal(a, ref, f, "", False, NOW))(field)
        for field in KLASSES
    },
    "draft": lambda a, ref: draft.save_draft(a, "write_note", ref, {"note": [TYPED]}, NOW),
    "change": lambda a, ref: staging.door.act(a, "write_note", ref, {"note": [TYPED]}, now=NOW),
}


@pytest.mark.parametrize("who", ["outsider", "their_manager", "other", "analyst", "administrator", "reviewer"])
@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN.keys())
def test_a_refused_look_leaves_one_row_without_the_reference(hidden: Hidden, who: str, world: World) -> None:
    actor, rows = world.actor(who), []
    for reference in (world.reference, MADE_UP):
        before = staging.journal_rows()
        with pytest.raises(NotFound):
            hidden(actor, reference)
        assert staging.journal_rows() == before + 1
        row = staging.last_journal()
        assert row["result"] == "NotFound" and row["case_id"] is None and row["shown"] is None
        assert row["typed"] == vault.token("typed-reference", reference).hex()[:32]
        assert reference not in str(row)
        rows.append({k: v for k, v in row.items() if k not in ("id", "typed", "xid", "written_at")})
    assert rows[0] == rows[1], "hidden and absent leave the same"


def test_a_part_of_the_right_is_journaled_as_refused_too(world: World) -> None:
    """The coordinator has a relation to the case, and no look at its pages."""
    for hidden in (HIDDEN["overview"], HIDDEN["history"], HIDDEN["log"], HIDDEN["reveal phone"]):
        before = staging.journal_rows()
        with pytest.raises(NotFound):
            hidden(world.actor("coordinator"), world.reference)
        assert staging.journal_rows() == before + 1 and staging.last_journal()["result"] == "NotFound"


def test_a_reveal_without_a_reason_is_journaled(world: World) -> None:
    before = staging.journal_rows()
    with pytest.raises(Invalid):
        reveal.reveal(world.actor("manager"), world.reference, "text", "", False, NOW)
    assert staging.journal_rows() == before + 1
    assert (staging.last_journal()["action"], staging.last_journal()["result"]) == ("reveal_text", "Invalid")


# --- what it holds --------------------------------------------------------------------------------


def test_the_journal_holds_pseudonyms_only(world: World) -> None:
    find.find(world.actor("worker"), "", NAME, "", NOW)
    find.find(world.actor("worker"), TYPED, "", "", NOW)
    rows = staging.owner().execute("select to_jsonb(j) from records_journalentry j").fetchall()
    assert len(rows) >= 60
    references = assertions.names(staging.owner(), "select reference from records_contact")
    staff = assertions.names(staging.owner(), "select unnest(array[username, short_name]) from records_staff")
    staff = {name for name in staff if " " in name or "." in name}  # "duty" is a word of the journal's own
    words = [
        *TOLD,
        NAME,
        MADE_UP,
        *references,
        *staff,
        "Boende A",
        "Sagostigen",
        "http",
        "/arenden",
        "/boende",
    ]
    found = assertions.places_of(staging.owner(), [w for w in words if len(w) >= 5], [assertions.JOURNAL])
    assert found == set()
    for (row,) in rows:
        assert re.fullmatch(r"[a-z_]*", row["action"] + row["role"] + row["reason"]), row
        assert re.fullmatch(r"[A-Za-z]+", row["result"]) and re.fullmatch(r"([0-9a-f]{32})?", row["typed"]), row
        assert row["klass"] in range(4)
        assert row["actor"] is None or UUID(row["actor"])


def test_the_scanner_would_find_a_name_there(world: World) -> None:
    owner = staging.owner()
    with assertions.undone(owner):
        owner.execute("update records_journalentry set reason = %s", [f"sökte {NAME}"])
        assert assertions.places_of(owner, [NAME], [assertions.JOURNAL]) == {(assertions.JOURNAL, NAME)}


def test_reading_the_log_stands_in_the_log(world: World) -> None:
    worker, reviewer = world.actor("worker"), world.actor("reviewer")
    later = NOW + timedelta(minutes=5)
    log.case_log(worker, world.reference, later)
    _, rows = log.case_log(worker, world.reference, later + timedelta(seconds=1))
    assert rows[0].action == "look_log" and rows[0].at == later
    log.review(reviewer, 30, later + timedelta(seconds=2))
    found = log.review(reviewer, 30, later + timedelta(seconds=3))
    assert [line.action for line in found[:3]] == ["look_journal", "look_log", "look_log"]
    assert world.reference not in str(found), "the reviewer sees a pseudonym"


def test_the_app_only_adds_to_it(database: None) -> None:
    from django.db import ProgrammingError, transaction

    from langsikt.records.models import JournalEntry

    for spoil in (
        lambda: JournalEntry.objects.update(reason=""),
        lambda: JournalEntry.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            spoil()


# --- advice ---------------------------------------------------------------------------------------


def test_advice_leaves_nothing_of_the_person(fresh_database: None) -> None:
    office = staging.open_office()
    owner = staging.owner()
    first = {
        "happened_at": "moment:-9",
        "contact_source": "school",
        "contact_line": LINE,
        "called": WORD,
        "safe_way": TYPED,
    }
    facts = {**first, "tonight": "unsafe", "age_band": "under_18", "alone": False, "interpreter": True}
    case = staging.begin(office, {**facts, "age_band": "18_20"}, staging.at(-9, 1))
    staging.do(case, "record_person", {"person_name": NAME, "personal_number": NUMBER, "age_band": "18_20"})
    staging.do(case, "record_safe_contact", {"verified_on": "day:0", "phone": PHONE, "code_word": CARD})
    staging.do(case, "write_note", {"happened_at": "moment:0", "note": WORD})
    staging.do(case, "correct", {**case.first, "corrects": "=first", "correction_reason": TYPED, "called": NAME})
    staging.do(case, "exclude_staff", {"excluded": "staff:other", "exclusion_ground": "person_asks"})
    worker = office.actor("worker")
    draft.save_draft(worker, "open_investigation", case.reference, {"investigation_ground": [TYPED]}, NOW)
    draft.save_draft(worker, "give_advice", case.reference, {"note": [TYPED]}, NOW)
    case_id = assertions.names(owner, "select id from records_contact").pop()
    before = left(owner, case_id)
    assert len(before) >= 10 and before["records_datakey"] == 1 and before["records_draft"] == 2, "there was something"

    staging.do(case, "give_advice", {"ended_on": "day:0"})

    assert left(owner, case_id) == {
        "records_contact": 1,
        "records_event": 1,
        "records_contactended": 1,
        "records_assignment": before["records_assignment"],
        "records_denial": before["records_denial"],
        "records_journalentry": before["records_journalentry"] + 1,
    }
    assert assertions.places_of(owner, TOLD) == set()
    row = owner.execute("select to_jsonb(e) from records_contactended e").fetchone()
    assert row is not None
    assert {k for k, v in row[0].items() if v is not None} == {"event_id", "case_id", "ended_on"}
    name = owner.execute("select name, corrects_id from records_event").fetchone()
    assert name == ("give_advice", None)
    sheet = cases.overview(worker, case.reference, NOW)
    assert sheet.header.name is None and sheet.header.closed
    assert [line.name for line in cases.history(worker, case.reference, NOW).lines] == ["give_advice"]


def left(owner: assertions.Connection, case_id: str) -> dict[str, int]:
    """How many rows of each table name this case anywhere."""
    found = dict.fromkeys(sorted(assertions.EVERY), 0)
    for table in found:
        row = owner.execute(f"select count(*) from {table} t where t::text like %s", [f"%{case_id}%"]).fetchone()
        found[table] = int(row[0]) if row else 0
    return {table: count for table, count in found.items() if count}


def test_what_is_erased_is_not_taken_up_again_without_a_key(fresh_database: None) -> None:
    office = staging.open_office()
    case = staging.begin(office)
    staging.do(case, "give_advice", {"ended_on": "day:0"})
    before = staging.fingerprint()
    raw = staging.submission(case, "reopen_case")
    said, _ = staging.attempt(office.actor("worker"), "reopen_case", case.reference, raw)
    assert said in ("step", "right") and staging.fingerprint() == before
