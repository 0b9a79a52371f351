"""Bad input through the door: a clear no at the field, nothing stored; twenty at once count once; nothing is lost."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from langsikt.access.errors import Conflict
from langsikt.access.sheets import Actor
from langsikt.access.window import case as cases
from langsikt.access.window.find import find
from langsikt.actions import door, draft
from langsikt.model.load import METHOD
from tests.actions import staging
from tests.actions.staging import NOW, Case, Office, Raw, attempt, count, do, fingerprint, submission, tell
from tests.model.states import FACTS, lines

TWENTY = 20
LONG = "å" * 100_000


@dataclass
class House:
    """The office and one told case per state, none of which a refusal may change."""

    office: Office
    told: dict[str, Case] = field(default_factory=dict)

    def case(self, state: str) -> Case:
        """The state's case, told once."""
        if state not in self.told:
            self.told[state] = tell(self.office, state)
        return self.told[state]

    def send(self, case: Case, event: str, raw: Raw, **more: Any) -> tuple[str, Any]:
        """By the case worker, or the manager where it is hers."""
        return attempt(self.office.actor(staging.doer(event)), event, case.reference, raw, **more)


@pytest.fixture(scope="module")
def house(database: None) -> House:
    return House(staging.open_office())


# --- a complaint at the field, and no row changed ---------------------------------------------------

NOTE, RISK, PLACE = ("sheltered", "write_note"), ("sheltered", "assess_risk"), ("acute", "start_placement")
FOLLOW, DECIDE, SAFE = ("follow_up", "follow_up"), ("decision", "issue_decision"), ("contact", "record_safe_contact")
BAD = [
    (RISK, "assessed_on", "2026-02-30"),
    (RISK, "assessed_on", "30/2 2026"),
    (RISK, "assessed_on", "i går"),
    (RISK, "assessed_on", "0026-03-12"),
    (RISK, "assessed_on", "20260-03-12"),
    (RISK, "assessed_on", "-1"),
    (RISK, "assessed_on", "2026-03-13"),
    (RISK, "assessed_on", "2026-03-12\x00"),
    (RISK, "assessed_on", ""),
    (RISK, "next_review_on", "2026-03-12"),
    (RISK, "next_review_on", "2020-03-12"),
    (RISK, "next_review_on", "9999-12-31"),
    (NOTE, "happened_at", "2026-03-12T25:00"),
    (NOTE, "happened_at", "0001-01-01T00:00:00+23:59"),
    (NOTE, "happened_at", "9999-12-31T23:59:59-23:59"),
    (NOTE, "happened_at", "2026-03-12T23:59"),
    (NOTE, "happened_at", "igår kl 3"),
    (NOTE, "note", LONG),
    (NOTE, "note", "\x00\u202e\u2066 \u200b"),
    (NOTE, "own_words", LONG),
    (DECIDE, "reasons", LONG),
    (DECIDE, "delegation_point", "4" * 21),
    (DECIDE, "intervention", "teleportation"),
    (DECIDE, "intervention", "missing"),
    (DECIDE, "intervention", "\x00"),
    (DECIDE, "decider", str(uuid4())),
    (DECIDE, "decider", "' or 1=1 --"),
    (DECIDE, "until_on", "2020-01-01"),
    (DECIDE, "legal_ground", "sol_99_9"),
    (PLACE, "place", str(uuid4())),
    (PLACE, "place", "a" * 100_000),
    (PLACE, "decided_by", "nobody"),
    (SAFE, "phone", "0" * 31),
    (SAFE, "never", "carrier_pigeon"),
    (FOLLOW, "next_on", "2026-03-11"),
    (FOLLOW, "still_needed", "perhaps"),
    (("contact", "record_person"), "personal_number", "19900101-2386"),
    (("contact", "record_person"), "personal_number", "٢٠٠٠٠٢٢٩-٢٣٩٩"),
    (("contact", "record_person"), "person_name", "Ö" * 121),
    (("contact", "hand_over_contact"), "receiver", "the_moon"),
    (("closure", "close_case"), "closed_on", "2026-03-13"),
    (("placement", "extend_placement"), "planned_end_on", "2025-01-01"),
    (("placement", "end_placement"), "ended_on", "2025-01-01"),
    (("placement", "end_placement"), "placement", str(uuid4())),
    (("follow_up", "end_intervention"), "running_support", str(uuid4())),
    (("placement", "serve_decision"), "decision", str(uuid4())),
    (("placement", "serve_decision"), "served_on", "2025-01-01"),
    (("needs_after", "answer_day_after"), "ended_support", str(uuid4())),
    (("contact", "assign_case"), "case_worker", str(uuid4())),
    (("contact", "exclude_staff"), "excluded", str(uuid4())),
    (("contact", "exclude_staff"), "instead", str(uuid4())),
]


@pytest.mark.parametrize(("where", "name", "value"), BAD, ids=[f"{w[1]}-{n}-{i}" for i, (w, n, _) in enumerate(BAD)])
def test_a_wrong_value_gets_a_complaint_at_its_field(
    house: House, where: tuple[str, str], name: str, value: str
) -> None:
    state, event = where
    case = house.case(state)
    raw = submission(case, event) | {name: [value]}
    before, rows = fingerprint(), staging.journal_rows()
    said, answer = house.send(case, event, raw)
    assert said == "invalid", f"{said} {answer!r}"
    assert set(answer.complaints) == {name}
    text = answer.complaints[name]
    assert text.sv and text.en and text.sv != text.en and (len(value) < 12 or value not in text.sv)
    assert fingerprint() == before and staging.journal_rows() == rows + 1
    assert staging.last_journal()["result"] == "Invalid"


def test_every_missing_answer_is_named_at_once(house: House) -> None:
    said, answer = house.send(house.case("decision"), "issue_decision", {})
    assert said == "invalid" and set(answer.complaints) == set(METHOD.events["issue_decision"].asks)


def test_own_network_is_told_in_her_words_and_an_agreement_names_its_giver(house: House) -> None:
    """Rules C5 and C2.1: what has no words, or nobody to keep it, is not recorded as cover."""
    case = tell(house.office, "follow_up")
    network = submission(case, "start_intervention") | {"intervention": ["own_network"], "decided_by": ["without"]}
    agreed = submission(case, "plan_support") | {"plan_status": ["agreed"], "provider_name": [""]}
    before = fingerprint()
    for event, raw, name in (("start_intervention", network, "own_words"), ("plan_support", agreed, "provider_name")):
        said, answer = house.send(case, event, raw)
        assert said == "invalid" and set(answer.complaints) == {name}
    assert fingerprint() == before
    for event, raw in (
        ("start_intervention", network | {"own_words": ["Moster, och två vänner från kören."]}),
        ("plan_support", agreed | {"plan_status": ["proposed"]}),
    ):
        said, answer = house.send(case, event, raw)
        assert said == "done", f"{said} {answer!r}"


def test_needs_and_outcomes_are_complained_of_one_by_one(house: House) -> None:
    case = house.case("follow_up")
    raw = submission(case, "assess_needs") | {"need-housing": ["castle"]}
    said, answer = house.send(case, "assess_needs", raw)
    assert said == "invalid" and set(answer.complaints) == {"need-housing"}
    support = next(k for k in submission(case, "follow_up") if k.startswith("outcome-") and "until" not in k)
    for said_of_it in ("perhaps", ""):
        said, answer = house.send(case, "follow_up", submission(case, "follow_up") | {support: [said_of_it]})
        assert said == "invalid" and set(answer.complaints) == {support}
    until = support.replace("outcome-", "outcome-until-")
    for day in ("2020-01-01", "tomorrow"):
        said, answer = house.send(case, "follow_up", submission(case, "follow_up") | {until: [day]})
        assert said == "invalid" and set(answer.complaints) == {until}


@pytest.mark.parametrize(
    "reference", ["", "XXXXXX", "%", "_" * 6, "ABC\x00DE", "å" * 100_000, "../../etc", "' or ''='", "🌻"]
)
def test_an_unknown_reference_is_hidden(house: House, reference: str) -> None:
    before = fingerprint()
    said, _ = attempt(house.office.actor("worker"), "write_note", reference, FACTS["write_note"])
    assert said == "hidden" and fingerprint() == before


# --- things of other cases, and under the wrong parent ----------------------------------------------


def test_things_of_another_case_are_not_on_the_list(house: House) -> None:
    """A placement, a decision, a support of another case: refused at the field, as if there were none."""
    ours, theirs = house.case("placement"), tell(house.office, "follow_up")
    also = tell(house.office, "placement")
    before = fingerprint()
    for event, name, thing in (
        ("end_placement", "placement", also.latest["start_placement"]),
        ("extend_placement", "placement", also.latest["start_placement"]),
        ("serve_decision", "decision", theirs.latest["issue_decision"]),
    ):
        said, answer = house.send(ours, event, submission(ours, event) | {name: [str(thing)]})
        assert said == "invalid" and set(answer.complaints) == {name}, f"{event}: {said} {answer!r}"
    support = house.case("follow_up")
    raw = submission(support, "end_intervention") | {"running_support": [str(theirs.latest["start_intervention"])]}
    assert house.send(support, "end_intervention", raw)[0] == "invalid"
    assert fingerprint() == before


def test_an_event_of_another_case_cannot_be_corrected_here(house: House) -> None:
    ours, theirs = house.case("placement"), house.case("follow_up")
    before = fingerprint()
    for wrong in (theirs.latest["receive_contact"], theirs.latest["start_placement"], uuid4()):
        raw = submission(ours, "correct") | {"corrects": [str(wrong)]}
        said, _ = house.send(ours, "correct", raw)
        assert said == "hidden"
    assert fingerprint() == before


def test_a_correction_names_nothing_of_another_case_either(house: House) -> None:
    ours, theirs = tell(house.office, "needs_after"), house.case("follow_up")
    for event, name, wrong in (
        ("end_placement", "placement", theirs.latest["start_placement"]),
        ("end_placement", "placement", uuid4()),
        ("issue_decision", "decider", uuid4()),
        ("start_placement", "place", uuid4()),
    ):
        facts = next(line.facts for line in reversed(lines("needs_after")) if line.event == event)
        raw = staging.typed(house.office, {**facts, "correction_reason": "Fel."}, ours.words())
        raw |= {"corrects": [str(ours.latest[event])], name: [str(wrong)]}
        before = fingerprint()
        said, answer = house.send(ours, "correct", raw)
        assert said == "invalid" and set(answer.complaints) == {name}, f"{event} {name}: {said} {answer!r}"
        assert fingerprint() == before


# --- what looks odd and is right ----------------------------------------------------------------------


def test_an_emoji_in_a_name_is_kept_and_found(house: House) -> None:
    case = tell(house.office, "contact")
    for name in ("Sara 🌻 Ek", "👩🏽‍🚀 Nour", "Ýrsa d'Ångström-Łukasz"):
        do(case, "record_person", {"person_name": name}, NOW)
        found = find(house.office.actor("worker"), "", name, "", NOW)
        assert [row.reference for row in found.rows] == [case.reference], name
    assert not find(house.office.actor("worker"), "", "🌼", "", NOW).rows
    assert [r.reference for r in find(house.office.actor("worker"), "", "sara", "", NOW).rows] == [case.reference]
    assert not find(house.office.actor("worker"), "", "sar", "", NOW).rows, "never a part of a name"


def test_invisible_direction_and_control_signs_are_taken_away(house: House) -> None:
    case = tell(house.office, "sheltered")
    evil = "Ring\u202e 112\u2069\u200b\x00\x07\x1b[31m i kväll\r\nRad två\tslut"
    do(case, "write_note", {"happened_at": "moment:0", "note": evil}, NOW)
    line = cases.history(house.office.actor("worker"), case.reference, NOW).lines[0]
    note = next(str(fact.value) for fact in line.facts if fact.field == "note")
    assert note == "Ring 112[31m i kväll\nRad två\tslut"


def test_long_lists_of_answers_are_kept_once_each(house: House) -> None:
    case = tell(house.office, "contact")
    raw = submission(case, "record_safe_contact") | {"never": ["letter_home", "call"] * 5_000}
    assert house.send(case, "record_safe_contact", raw)[0] == "done"
    row = staging.owner().execute(
        "select never from records_safecontact where event_id = %s", [staging.newest_event(case.reference)]
    )
    assert sorted(next(iter(row))[0]) == ["call", "letter_home"]


def test_unknown_names_and_thousands_of_fields_are_left_aside(house: House) -> None:
    case = tell(house.office, "sheltered")
    more = {f"outcome-{uuid4()}": ["extend"] for _ in range(2_000)} | {"is_admin": ["on"], "seq": ["99"], "id": ["1"]}
    assert house.send(case, "write_note", submission(case, "write_note") | more)[0] == "done"
    before = fingerprint()
    said, answer = house.send(case, "follow_up", submission(case, "follow_up") | more | {"still_needed": []})
    assert said == "invalid" and set(answer.complaints) == {"still_needed"} and fingerprint() == before


def test_a_key_of_any_form_is_a_key(house: House) -> None:
    case = tell(house.office, "sheltered")
    for key in ("k" * 64, "nyckel\x00", "🗝️", "' or 1=1"):
        raw = submission(case, "write_note")
        assert [house.send(case, "write_note", raw, key=key)[0] for _ in range(2)] == ["done", "done"]
    assert count("records_event", "name = 'write_note' and case_id = %s", _id(case)) == 4


# --- the same form twenty times at once -----------------------------------------------------------------


def at_once(tries: Sequence[Callable[[], Any]]) -> list[Any]:
    """Each in a thread of its own, all let go at the same moment; what each came to."""
    gate = threading.Barrier(len(tries))
    came: list[Any] = [None] * len(tries)

    def run(n: int) -> None:
        gate.wait()
        try:
            came[n] = tries[n]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(tries))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@pytest.fixture
def threads(django_db_blocker: Any) -> Iterator[None]:
    """Threads may use the database while this test runs."""
    with django_db_blocker.unblock():
        yield


def test_the_same_form_twenty_times_at_once_counts_once(house: House, threads: None) -> None:
    case = tell(house.office, "sheltered")
    raw, actor = submission(case, "write_note"), house.office.actor("worker")
    came = at_once([partial(attempt, actor, "write_note", case.reference, raw, key="once")] * TWENTY)
    assert Counter(said for said, _ in came) == {"done": TWENTY}
    assert {answer.reference for _, answer in came} == {case.reference}
    assert count("records_event", "name = 'write_note' and case_id = %s", _id(case)) == 1
    assert count("records_receipt", "key = 'once'") == 1


def test_a_new_contact_sent_twenty_times_at_once_is_one_contact(house: House, threads: None) -> None:
    actor, before = house.office.actor("duty"), count("records_contact")
    raw = staging.typed(house.office, FACTS["receive_contact"], {})
    came = at_once([partial(attempt, actor, "receive_contact", None, raw, NOW, key="new")] * TWENTY)
    assert Counter(said for said, _ in came) == {"done": TWENTY}
    assert len({answer.reference for _, answer in came}) == 1 and count("records_contact") == before + 1


def test_twenty_forms_that_close_a_case_close_it_once(house: House, threads: None) -> None:
    case = tell(house.office, "closure")
    raw, actor = submission(case, "close_case"), house.office.actor("worker")
    tries = [partial(attempt, actor, "close_case", case.reference, raw, key=f"close-{n}") for n in range(TWENTY)]
    came = at_once(tries)
    assert Counter(said for said, _ in came) == {"done": 1, "step": TWENTY - 1}
    assert count("records_event", "name = 'close_case' and case_id = %s", _id(case)) == 1


def test_the_last_place_is_given_to_one(house: House, threads: None) -> None:
    staging.add_place(house.office, "last", "shelter_flat", 1)
    actor, told = house.office.actor("worker"), [tell(house.office, "acute") for _ in range(4)]
    facts = {"place": "place:last"}
    tries = [
        lambda c=c: attempt(actor, "start_placement", c.reference, submission(c, "start_placement", facts))
        for c in told
    ]
    assert Counter(said for said, _ in at_once(tries)) == {"done": 1, "stop": 3}


def test_the_numbers_of_events_have_no_gap_and_no_twin(house: House, threads: None) -> None:
    case = tell(house.office, "sheltered")
    raw = submission(case, "write_note")
    tries = [
        partial(attempt, house.office.actor(who), "write_note", case.reference, raw, key=f"{who}-{n}")
        for n in range(5)
        for who in ("worker", "duty")
    ]
    assert Counter(said for said, _ in at_once(tries)) == {"done": 10}
    rows = (
        staging.owner().execute("select seq from records_event where case_id = %s order by seq", [_id(case)]).fetchall()
    )
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))


# --- two people saving the same thing ---------------------------------------------------------------------


def test_two_people_saving_the_same_thing_lose_nothing(house: House) -> None:
    """The second is shown what is newer, keeps what was typed, and may send it again knowingly."""
    case = tell(house.office, "sheltered")
    seen = count("records_event", "case_id = %s", _id(case))
    duty = house.office.actor("duty")
    theirs = submission(case, "assess_risk", {"measures": "Byta telefon."})
    assert attempt(duty, "assess_risk", case.reference, theirs, seen=seen)[0] == "done"
    mine = submission(case, "assess_risk", {"risk_level": "high", "measures": "Larm."})
    draft.save_draft(house.office.actor("worker"), "assess_risk", case.reference, mine, NOW)
    before = fingerprint()
    said, conflict = house.send(case, "assess_risk", mine, seen=seen, key="form")
    assert said == "conflict" and isinstance(conflict, Conflict) and fingerprint() == before
    assert [line.who for line in conflict.lines] == ["Duty X"] and conflict.last_seq == seen + 1
    assert count("records_draft", "form = 'assess_risk'") == 1, "the draft is kept"
    assert staging.last_journal()["result"] == "Conflict"
    assert house.send(case, "assess_risk", mine, seen=conflict.last_seq, key="form")[0] == "done"
    assert count("records_event", "name = 'assess_risk' and case_id = %s", _id(case)) == 3
    assert count("records_draft", "form = 'assess_risk'") == 0


def test_ones_own_newer_event_is_no_conflict(house: House) -> None:
    case = tell(house.office, "sheltered")
    seen = count("records_event", "case_id = %s", _id(case))
    for _ in range(2):
        assert house.send(case, "write_note", submission(case, "write_note"), seen=seen)[0] == "done"


def test_two_at_once_are_two_events_or_a_conflict(house: House, threads: None) -> None:
    case = tell(house.office, "sheltered")
    seen = count("records_event", "case_id = %s", _id(case))
    raw = submission(case, "assess_risk")
    tries = [
        partial(attempt, house.office.actor(who), "assess_risk", case.reference, raw, seen=seen)
        for who in ("worker", "duty")
    ]
    assert Counter(said for said, _ in at_once(tries)) == {"done": 1, "conflict": 1}


def _id(case: Case) -> object:
    row = staging.owner().execute("select id from records_contact where reference = %s", [case.reference]).fetchone()
    return row[0] if row else None


# --- negative control: without the lock, the same tries are found out -----------------------------------------


def test_without_the_lock_twenty_at_once_are_found_out(
    house: House, threads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: all six have read the case before one of them writes."""
    case = tell(house.office, "closure")
    raw, actor = submission(case, "close_case"), house.office.actor("worker")
    read, check = threading.Barrier(6, timeout=60), door._check

    def after_all_have_read(*given: Any) -> None:
        read.wait()
        check(*given)

    monkeypatch.setattr(door, "lock", lambda *names: None)
    monkeypatch.setattr(door, "_check", after_all_have_read)

    def try_it(n: int) -> str:
        try:
            return attempt(actor, "close_case", case.reference, raw, key=f"close-{n}")[0]
        except Exception as error:
            return type(error).__name__

    said = Counter(at_once([partial(try_it, n) for n in range(6)]))
    assert said != {"done": 1, "step": 5}, "the same number twice: only the unique key still holds"


# --- a draft that comes after its form ------------------------------------------------------------------


def kept(case: Case) -> int:
    return count("records_draft", "form = 'write_note' and case_id = %s", _id(case))


def late(case: Case, actor: Actor, key: str) -> datetime | None:
    """What the page sends while it is typed in, and what may still be on its way when the form is sent."""
    return draft.save_draft(actor, "write_note", case.reference, submission(case, "write_note") | {"key": [key]}, NOW)


def test_a_draft_that_comes_after_its_form_was_sent_is_not_kept(house: House) -> None:
    case, actor = tell(house.office, "sheltered"), house.office.actor("worker")
    assert late(case, actor, "sent") == NOW and kept(case) == 1
    assert house.send(case, "write_note", submission(case, "write_note"), key="sent")[0] == "done"
    assert late(case, actor, "sent") is None and kept(case) == 0
    assert late(case, actor, "the next one") == NOW and kept(case) == 1


def test_without_the_question_the_next_form_would_open_with_what_was_sent(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    monkeypatch.setattr(draft, "_taken", lambda actor, raw: False)
    case, actor = tell(house.office, "sheltered"), house.office.actor("worker")
    assert house.send(case, "write_note", submission(case, "write_note"), key="sent")[0] == "done"
    assert late(case, actor, "sent") == NOW and kept(case) == 1


def test_a_draft_and_its_form_at_once_leave_no_draft(house: House, threads: None) -> None:
    case, actor = tell(house.office, "sheltered"), house.office.actor("worker")
    raw = submission(case, "write_note")
    for number in range(TWENTY):
        key = f"both {number}"
        sent = partial(attempt, actor, "write_note", case.reference, raw, key=key)
        came = at_once([partial(late, case, actor, key), sent])
        assert came[1][0] == "done" and kept(case) == 0
