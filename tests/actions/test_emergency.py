"""Nödöppna (P10, T18): every path through it, walked on a real database by a machine that forgets nothing.

The clock only goes forward, over all examples; what the machine remembers is what must be true.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from langsikt.access.errors import Invalid, NotFound
from langsikt.access.sheets import Actor
from langsikt.access.window import case as cases
from langsikt.access.window import emergency as window
from langsikt.access.window import form, worklist
from langsikt.actions import draft, emergency, staff
from langsikt.model.emergency import REASONS
from tests.actions import staging
from tests.actions.staging import NOW

USUAL, FULL = 16, 160
N = FULL if os.environ.get("LANGSIKT_PROVE") else USUAL
STEPS = 30
HOUR = timedelta(minutes=60)
MADE_UP, WORDS = "QQQQQQ", "Ropar från trapphuset"
NUMBER, NEW_NUMBER = "19900101-2385", "20000229-2399"
NO_RIGHT = ("manager", "coordinator", "analyst", "reviewer", "officer", "administrator")


class House:
    """One sheltered person whose case is the worker's; the outsider works in another unit."""

    def __init__(self) -> None:
        self.office = staging.open_office()
        self.case = staging.tell(self.office, "placement")
        staging.do(self.case, "record_person", {"person_name": "Ekbladh", "personal_number": NUMBER})
        self.moment = NOW + timedelta(days=1)
        self.met: Counter[str] = Counter()

    @property
    def reference(self) -> str:
        return self.case.reference

    def actor(self, word: str) -> Actor:
        return self.office.actor(word, self.moment)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return staging.owner().execute(query, list(values)).fetchall()


@pytest.fixture(scope="module")
def house(database: None) -> House:
    return House()


def refused(call: Callable[[], object]) -> bool:
    try:
        call()
    except NotFound:
        return True
    return False


def traced(call: Callable[[], object]) -> tuple[list[str], list[Any]]:
    """The statements of a call that is refused, and the rows that it left in the journal."""
    said: list[str] = []

    def listen(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        said.append(str(sql))
        return execute(sql, params, many, context)

    before = {row[0] for row in staging.owner().execute("select id from records_journalentry").fetchall()}
    with connection.execute_wrapper(listen), pytest.raises(NotFound):
        call()
    rows = staging.owner().execute("select id, action, result, case_id, typed <> '' from records_journalentry")
    return said, [row[1:] for row in rows.fetchall() if row[0] not in before]


class Nights(RuleBasedStateMachine):
    """Opened, looked at, gone on with, run out in the middle of a form, excluded meanwhile, tampered with."""

    house: ClassVar[House]

    @initialize(opened=st.booleans())
    def begin(self, opened: bool) -> None:
        self.house.moment += timedelta(hours=6)
        self.until: datetime | None = None
        self.denied = False
        self.typed: str | None = None
        self.began = self.house.moment
        self.openings = 0
        if opened:
            self.opens(reason="danger", by_number=False)

    @property
    def me(self) -> Actor:
        return self.house.actor("outsider")

    @property
    def now(self) -> datetime:
        return self.house.moment

    @property
    def open(self) -> bool:
        return self.until is not None and self.now < self.until and not self.denied

    @property
    def lapsed(self) -> bool:
        return self.until is not None and not self.denied and self.until <= self.now < self.until + HOUR

    def met(self, what: str) -> None:
        self.house.met[what] += 1

    def _open(self, **changes: Any) -> str:
        given = {"reference": self.house.reference, "number": "", "reason": "danger", "understood": True, **changes}
        return emergency.open_emergency(self.me, now=self.now, **given)

    @rule(reason=st.sampled_from(sorted(REASONS)), by_number=st.booleans())
    def opens(self, reason: str, by_number: bool) -> None:
        by = {"reference": "", "number": NUMBER} if by_number else {}
        if self.denied:
            assert refused(lambda: self._open(reason=reason, **by))
            self.met("refused: excluded")
            return
        assert self._open(reason=reason, **by) == self.house.reference
        self.until, self.openings = self.now + HOUR, self.openings + 1
        self.met("opened by number" if by_number else "opened by reference")
        self.looks()

    @rule(reason=st.sampled_from(["", "curious", "DANGER", "danger "]))
    def opens_without_a_reason(self, reason: str) -> None:
        for wrong in ({"reason": reason}, {"understood": False}, {"number": NUMBER}, {"reference": ""}):
            with pytest.raises(Invalid):
                self._open(**wrong)
        self.met("refused: no reason")

    @rule(who=st.sampled_from(NO_RIGHT))
    def somebody_without_the_right(self, who: str) -> None:
        actor, reference = self.house.actor(who), self.house.reference
        assert refused(lambda: emergency.open_emergency(actor, reference, "", "danger", True, self.now))
        assert refused(lambda: emergency.go_on(actor, reference, self.now))
        self.met("refused: no right")

    @rule()
    def looks(self) -> None:
        seen = not refused(lambda: cases.overview(self.me, self.house.reference, self.now))
        assert seen is self.open
        self.met("seen" if seen else "not seen")
        if seen:
            header = cases.overview(self.me, self.house.reference, self.now).header
            assert header.emergency_until == self.until and 1 <= header.emergency_minutes <= 60

    @rule()
    def looks_at_the_lists(self) -> None:
        """A case that is open in an emergency is in no list of one's own."""
        assert self.house.reference not in str(worklist.lists(self.me, "mina", self.now))
        told = [row.reference for row in window.emergencies(self.me, self.now)]
        assert told == ([self.house.reference] if self.open else [])

    @rule()
    def goes_on(self) -> None:
        gone_on = not refused(lambda: emergency.go_on(self.me, self.house.reference, self.now))
        assert gone_on is (self.open or self.lapsed)
        if gone_on:
            self.until = self.now + HOUR
        self.met("gone on" if gone_on else "not gone on")

    @rule()
    def types(self) -> None:
        """An autosave: kept while the case is open and for an hour after; never without a case."""
        raw = {"note": [f"{WORDS} {self.now:%H%M%S}"]}
        kept = not refused(lambda: draft.save_draft(self.me, "write_note", self.house.reference, raw, self.now))
        assert kept is self.open
        if not kept:
            kept = emergency.keep_typed(self.me, "write_note", self.house.reference, raw, self.now)
            assert kept is self.lapsed
            self.met("kept after the hour" if kept else "nothing to keep")
        if kept:
            self.typed = raw["note"][0]

    @precondition(lambda self: self.open and self.typed)
    @rule()
    def finds_what_was_typed(self) -> None:
        sheet = form.event_form(self.me, self.house.reference, "write_note", self.now)
        assert sheet.raw["note"] == [self.typed]
        self.met("found again")

    @rule()
    def sends(self) -> None:
        raw = {"happened_at": [f"{self.now.astimezone():%Y-%m-%dT%H:%M}"], "note": [WORDS]}
        said, _ = staging.attempt(self.me, "write_note", self.house.reference, raw, self.now)
        assert said == ("done" if self.open else "hidden")
        if said == "done":
            self.typed = None
        self.met(f"sent: {said}")

    @rule()
    def steers(self) -> None:
        """An emergency never says who has the case, nor who must not see it."""
        outsider = str(self.house.office.ids["outsider"])
        for event, raw in (
            ("assign_case", {"case_worker": [outsider]}),
            ("exclude_staff", {"excluded": [outsider], "exclusion_ground": ["person_asks"]}),
        ):
            said, _ = staging.attempt(self.me, event, self.house.reference, raw, self.now)
            assert said == ("right" if self.open else "hidden"), event

    @rule(minutes=st.sampled_from([1, 7, 29, 30, 31, 59, 60, 61, 119, 120]))
    def time_passes(self, minutes: int) -> None:
        self.house.moment += timedelta(minutes=minutes)

    @precondition(lambda self: not self.denied)
    @rule()
    def is_excluded(self) -> None:
        raw = {"excluded": [str(self.house.office.ids["outsider"])], "exclusion_ground": ["person_asks"]}
        said, why = staging.attempt(self.house.actor("worker"), "exclude_staff", self.house.reference, raw, self.now)
        assert said == "done", why
        self.denied = True

    @precondition(lambda self: self.denied)
    @rule()
    def is_answered_like_a_made_up_reference(self) -> None:
        for asks in (
            lambda ref: self._open(reference=ref),
            lambda ref: emergency.go_on(self.me, ref, self.now),
            lambda ref: cases.overview(self.me, ref, self.now),
        ):
            assert traced(lambda asks=asks: asks(self.house.reference)) == traced(lambda asks=asks: asks(MADE_UP))
        assert not emergency.keep_typed(self.me, "write_note", self.house.reference, {"note": [WORDS]}, self.now)
        self.met("hidden like absent")

    @precondition(lambda self: self.denied)
    @rule()
    def is_let_in_again(self) -> None:
        self._lift()
        self.denied = False

    def _lift(self) -> None:
        query = "select id from records_denial where staff_id = %s and lifted_at is null"
        for (denial,) in self.house.rows(query, self.house.office.ids["outsider"]):
            staff.lift_exclusion(self.house.actor("officer"), UUID(str(denial)), self.now)

    @rule(
        statement=st.sampled_from([
            "update records_emergency set until_at = until_at + interval '1 day', from_at = from_at + interval '1 day'",
            "update records_emergency set reason = 'person_calls'",
            "delete from records_emergency",
            "insert into records_emergency (id, case_id, staff_id, reason, from_at, until_at) select gen_random_uuid(),"
            " case_id, staff_id, reason, from_at, until_at from records_emergency",
            "delete from records_finding",
            "update records_finding set staff_id = null",
            "insert into records_finding (id, rule, at, found_at, entries, seed) values (gen_random_uuid(), 'x', now(),"
            " now(), '{}', '')",
        ])
    )  # fmt: skip
    def tampers(self, statement: str) -> None:
        """As the app's own role, with the very actor set: the terms stand."""
        with staging.behind("langsikt_app") as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(
                "select set_config('langsikt.actor', %s, false), set_config('langsikt.now', %s, false)",
                [str(self.me.id), self.now.isoformat()],
            )
            app.execute(statement)
        self.met("tampering refused")

    @invariant()
    def every_opening_is_told_and_to_be_reviewed(self) -> None:
        if not hasattr(self, "began"):
            return
        rows = self.house.rows(
            "select e.from_at, e.until_at, e.reason,"
            " (select count(*) from records_journalentry j where j.case_id = e.case_id and j.actor = e.staff_id"
            "   and j.at = e.from_at and j.action = 'open_emergency' and j.reason = e.reason),"
            " (select count(*) from records_finding f where f.id = e.id and f.rule = 'emergency'),"
            " (select count(*) from records_notice n where n.made_at = e.from_at and n.kind = 'emergency_opened'"
            "   and n.to_staff_id = %s),"
            " (select count(*) from records_notice n where n.made_at = e.from_at and n.kind = 'to_review'"
            "   and n.to_staff_id = %s)"
            " from records_emergency e where e.continues_id is null and e.from_at >= %s",
            self.house.office.ids["worker"],
            self.house.office.ids["reviewer"],
            self.began,
        )
        assert len(rows) == self.openings
        for from_at, until_at, reason, journaled, tasks, worker_told, reviewer_told in rows:
            assert until_at == from_at + HOUR and reason in REASONS
            assert journaled >= 1 and tasks == 1 and worker_told >= 1 and reviewer_told >= 1

    def teardown(self) -> None:
        if hasattr(self, "began") and self.denied:
            self._lift()


def test_every_path_through_an_emergency(house: House) -> None:
    Nights.house = house
    run_state_machine_as_test(
        Nights, settings=settings(max_examples=N, stateful_step_count=STEPS, derandomize=N == USUAL)
    )
    print(f"{N} nights of {STEPS} steps: {dict(sorted(house.met.items()))}")
    wanted = ("opened by number", "opened by reference", "seen", "not seen", "gone on", "not gone on", "sent: done")
    wanted += ("sent: hidden", "refused: excluded", "refused: no reason", "hidden like absent", "tampering refused")
    assert not [what for what in wanted if not house.met[what]], "the walk met them all"


def test_what_is_typed_when_the_hour_runs_out_is_there_when_one_goes_on(house: House) -> None:
    house.moment += timedelta(days=2)
    opened, me = house.moment, house.actor("outsider")
    emergency.open_emergency(me, house.reference, "", "person_calls", True, opened)
    late = opened + timedelta(minutes=75)
    raw = {"note": [WORDS]}
    assert staging.attempt(me, "write_note", house.reference, raw, late)[0] == "hidden"
    assert emergency.keep_typed(me, "write_note", house.reference, raw, late)
    stored = house.rows("select content from records_draft where staff_id = %s", me.id)
    assert stored and WORDS.encode() not in bytes(stored[0][0]), "kept sealed"
    emergency.go_on(me, house.reference, late)
    assert form.event_form(me, house.reference, "write_note", late).raw["note"] == [WORDS]
    house.moment = late


def test_an_old_number_opens_nobody(house: House) -> None:
    """A number that was corrected leads to nobody: it may be somebody else's."""
    house.moment += timedelta(days=1)
    staging.do(
        house.case, "record_person", {"person_name": "Ekbladh", "personal_number": "20000229-2399"}, house.moment
    )
    me, now = house.actor("outsider"), house.moment + timedelta(minutes=5)
    with pytest.raises(NotFound):
        emergency.open_emergency(me, "", NUMBER, "danger", True, now)
    assert emergency.open_emergency(me, "", NEW_NUMBER, "danger", True, now) == house.reference


def test_a_case_of_ones_own_is_found_and_not_opened(house: House) -> None:
    before = house.rows("select count(*) from records_emergency")
    worker = house.actor("worker")
    assert emergency.open_emergency(worker, house.reference, "", "danger", True, house.moment) == house.reference
    assert house.rows("select count(*) from records_emergency") == before
