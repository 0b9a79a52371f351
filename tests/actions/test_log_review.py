"""Loggkontroll closes: unusual looks become tasks, a reviewer sees nothing of oneself or of kin, samples are drawn."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from langsikt.access import findings, notary, outbox
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.window import case as cases
from langsikt.access.window import log
from langsikt.access.window import log_review as window
from langsikt.actions import emergency, log_review
from langsikt.cli.home import Home
from langsikt.exchange import anchor
from langsikt.jobs.clock import Clock
from langsikt.model.log_review import drawn
from langsikt.model.months import month_before
from tests.access.test_outbox import delivering
from tests.actions import staging
from tests.actions.staging import NOW, attempt

LATER = NOW + timedelta(hours=2)


class House:
    """A case of the worker's, opened in an emergency by the outsider; two reviewers, one of whom is kin."""

    def __init__(self) -> None:
        self.office = staging.open_office()
        self.case = staging.tell(self.office, "placement")
        for word in ("kin", "third"):
            staging.employ(self.office, word, "log_reviewer", None)
        staging.do(self.case, "exclude_staff", {"excluded": "staff:kin", "exclusion_ground": "person_asks"})
        self.open()
        for number in range(5):
            self.lost("outsider", f"QQQQ{number:02}")

    def open(self) -> None:
        self.me = self.office.actor("outsider")
        emergency.open_emergency(self.me, self.case.reference, "", "danger", True, NOW)
        cases.history(self.me, self.case.reference, NOW)

    def lost(self, who: str, reference: str) -> None:
        with pytest.raises(NotFound):
            cases.overview(self.office.actor(who), reference, NOW)

    def review(self, who: str = "reviewer", now: Any = LATER) -> window.ReviewSheet:
        return window.review(self.office.actor(who), now)

    def finding(self, rule: str, who: str = "reviewer", now: Any = LATER) -> Any:
        return next((line for line in self.review(who, now).waiting if line.rule == rule), None)


@pytest.fixture(scope="module")
def house(database: None) -> House:
    return House()


def test_an_emergency_is_a_task_with_its_last_day_and_red_when_late(house: House) -> None:
    line = house.finding("emergency")
    assert line.reference == house.case.reference and line.due_on == staging.TODAY + timedelta(days=line_days(line))
    assert (line.who.short_name, str(line.who.unit)) == (
        "Outsider X",
        "RVT Farsta",
    ) and line.who.role.sv == "Handläggare"
    assert not line.late
    assert house.finding("emergency", now=LATER + timedelta(days=9)).late


def line_days(line: Any) -> int:
    """Three working days on, counted by hand over the weekend."""
    on, left = staging.TODAY, 3
    while left:
        on += timedelta(days=1)
        left -= on.weekday() < 5
    return int((on - staging.TODAY).days)


def test_unknown_references_become_a_finding_that_is_found_once(house: House) -> None:
    first, again = house.finding("unknown"), house.finding("unknown", "third")
    assert first.id == again.id and first.reference is None
    sheet = window.finding(house.office.actor("reviewer"), first.id, LATER)
    assert sum(row.result == "NotFound" for row in sheet.rows) >= 4
    assert "QQQQ" not in str(sheet), "what was typed is kept as a token only"


def found_about(house: House, who: str) -> list[str]:
    rows = staging.owner().execute("select rule from records_finding where staff_id = %s", [house.office.ids[who]])
    return [row[0] for row in rows]


def test_the_clock_finds_it_though_nobody_looks(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without anybody opening the page; the negative control is a clock that does not look."""
    for number in range(5):
        house.lost("their_manager", f"VVVV{number:02}")
    looked = "select count(*) from records_journalentry where action = 'look_log_review'"
    before = staging.owner().execute(looked).fetchone()
    key, sinks = notary.read(Home(staging.home()).seal_key), anchor.Sinks(tmp_path / "heads", "")
    with delivering():
        with monkeypatch.context() as blind:
            blind.setattr(findings, "find", lambda now: None)
            Clock(key, sinks).turn(LATER)
        assert found_about(house, "their_manager") == []
        clock = Clock(key, sinks)
        clock.turn(LATER)
        clock.turn(LATER + timedelta(hours=2))
        assert findings.references([UUID(int=0)]) == {}
    assert found_about(house, "their_manager") == ["unknown"], "once"
    assert staging.owner().execute(looked).fetchone() == before
    assert house.finding("unknown", "third") is not None


def told(house: House, *words: str) -> dict[str, int]:
    """How many times each has been told that there is something to review, and has not seen it."""
    unseen = "select count(*) from records_notice where to_staff_id = %s and kind = 'to_review' and seen_at is null"
    rows = {word: staging.owner().execute(unseen, [house.office.ids[word]]).fetchone() for word in words}
    return {word: row[0] for word, row in rows.items() if row}


def test_what_the_clock_finds_is_told_to_each_reviewer_but_whom_it_is_about(house: House, tmp_path: Path) -> None:
    reviewers = ("reviewer", "kin", "third")
    for word in reviewers:
        outbox.mark_seen(house.office.actor(word), LATER)
    clock = Clock(notary.read(Home(staging.home()).seal_key), anchor.Sinks(tmp_path / "heads", ""))

    def turn(who: str, hours: int) -> dict[str, int]:
        for number in range(5):
            house.lost(who, f"{who[:2].upper()}{hours:02}{number:02}")
        with delivering():
            clock.turn(LATER + timedelta(hours=hours))
        return told(house, *reviewers)

    trigger = "alter table records_finding {} trigger langsikt_tell_reviewers"
    staging.owner().execute(trigger.format("disable"))
    assert turn("coordinator", 2) == dict.fromkeys(reviewers, 0), "the negative control: nobody is told"
    staging.owner().execute(trigger.format("enable"))
    assert turn("third", 4) == {"reviewer": 1, "kin": 1, "third": 0}
    assert turn("analyst", 6) == dict.fromkeys(reviewers, 1), "once, until they have looked"
    outbox.mark_seen(house.office.actor("reviewer"), LATER + timedelta(hours=7))
    assert turn("duty", 8) == dict.fromkeys(reviewers, 1)


def test_the_clock_knows_for_which_case_a_reference_was_typed_that_led_nowhere(house: House, tmp_path: Path) -> None:
    """Whoever had a case and types its reference after it was taken away."""
    case = staging.tell(house.office, "placement")
    cases.history(house.office.actor("worker"), case.reference, NOW - timedelta(minutes=1))
    staging.do(case, "assign_case", {"case_worker": "staff:other"}, who="manager")
    house.lost("worker", case.reference)
    with delivering():
        Clock(notary.read(Home(staging.home()).seal_key), anchor.Sinks(tmp_path / "heads", "")).turn(LATER)
    assert "old_case" in found_about(house, "worker")


def test_an_emergency_is_shown_with_what_was_seen_in_it(house: House) -> None:
    sheet = window.finding(house.office.actor("reviewer"), house.finding("emergency").id, LATER)
    assert {row.action for row in sheet.rows} >= {"open_emergency", "look_history"}
    assert sheet.until == NOW + timedelta(minutes=60)
    assert {row.reference for row in sheet.rows} == {house.case.reference}


def test_the_reviewer_who_is_kin_sees_nothing_of_the_case(house: House) -> None:
    kin, finding = house.office.actor("kin"), house.finding("emergency")
    assert "emergency" not in {line.rule for line in house.review("kin").waiting}
    assert house.case.reference not in str(house.review("kin"))
    for missing in (finding.id, uuid4()):
        with pytest.raises(NotFound):
            window.finding(kin, missing, LATER)
        with pytest.raises(NotFound):
            log_review.sign_off(kin, missing, "in_order", LATER)
    rows = log.review(kin, 30, LATER)
    assert rows and not [row for row in rows if row.action == "open_emergency"]
    assert [row for row in log.review(house.office.actor("third"), 30, LATER) if row.action == "open_emergency"]
    unknown = house.finding("unknown", "kin")
    assert house.case.reference not in str(window.finding(kin, unknown.id, LATER)), "nor beside another finding"


def test_nobody_reviews_oneself(house: House) -> None:
    for number in range(5):
        house.lost("third", f"WWWW{number:02}")
    about_third = next(
        line for line in house.review().waiting if line.rule == "unknown" and line.who.short_name == "Third X"
    )
    third = house.office.actor("third")
    house.review("third")
    assert about_third.id not in {line.id for line in house.review("third").waiting}
    for refused in (
        lambda: window.finding(third, about_third.id, LATER),
        lambda: log_review.sign_off(third, about_third.id, "in_order", LATER),
    ):
        with pytest.raises(NotFound):
            refused()
    with staging.behind("langsikt_app") as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("select set_config('langsikt.actor', %s, false)", [str(third.id)])
        app.execute("select set_config('langsikt.now', %s, false)", [LATER.isoformat()])
        app.execute(
            "insert into records_signoff (finding_id, reviewer_id, outcome, at) values (%s, %s, 'in_order', now())",
            [about_third.id, third.id],
        )


@pytest.mark.parametrize("who", ["worker", "manager", "analyst", "officer", "administrator", "duty"])
def test_nobody_else_reviews(who: str, house: House) -> None:
    actor = house.office.actor(who)
    finding = house.finding("emergency").id
    for refused in (
        lambda: window.review(actor, LATER),
        lambda: window.finding(actor, finding, LATER),
        lambda: log_review.sign_off(actor, finding, "in_order", LATER),
        lambda: log_review.draw_sample(actor, house.office.units["ours"], LATER),
    ):
        with pytest.raises(NotFound):
            refused()


def test_a_review_is_closed_once_and_for_good(house: House) -> None:
    reviewer, finding = house.office.actor("reviewer"), house.finding("emergency").id
    with pytest.raises(Invalid):
        log_review.sign_off(reviewer, finding, "forget_it", LATER)
    log_review.sign_off(reviewer, finding, "talk", LATER)
    row = staging.last_journal()
    assert (row["action"], row["reason"]) == ("sign_off_finding", "talk")
    with pytest.raises(Invalid):
        log_review.sign_off(house.office.actor("third"), finding, "in_order", LATER)
    assert house.finding("emergency") is None
    closed = next(line for line in house.review().closed if line.id == finding)
    assert closed.outcome is not None and (closed.outcome.sv, closed.reviewer) == (
        "Samtal med den anställde",
        "Reviewer X",
    )
    with staging.behind("langsikt_app") as app:
        for statement in ("delete from records_signoff", "update records_signoff set outcome = 'in_order'"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)


def test_going_on_after_the_review_asks_for_a_new_one(house: House) -> None:
    house.open()
    finding = house.finding("emergency").id
    log_review.sign_off(house.office.actor("reviewer"), finding, "in_order", LATER)
    emergency.go_on(house.me, house.case.reference, NOW + timedelta(minutes=70))
    assert house.finding("emergency").id != finding


def test_a_sample_is_drawn_once_by_a_seed_that_draws_it_again(house: House) -> None:
    reviewer, unit = house.office.actor("reviewer"), house.office.units["ours"]
    month = month_before(staging.TODAY)
    then = NOW.replace(year=month.year, month=month.month, day=14)
    _looks_in(house, then, 30)
    first = log_review.draw_sample(reviewer, unit, LATER)
    assert log_review.draw_sample(house.office.actor("third"), unit, LATER) == first, "nobody draws a nicer one"
    sheet = window.finding(reviewer, first, LATER)
    assert len(sheet.rows) == 20 and len(sheet.seed) == 32
    kept = staging.owner().execute("select entries from records_finding where id = %s", [first]).fetchone()
    assert kept is not None
    asked = "select id from records_journalentry where at >= %s and at < %s and case_id is not null and result = 'done'"
    asked += " and actor = any(%s)"
    staff = [house.office.ids[w] for w in ("worker", "stand_in", "other", "manager", "duty")]
    ends = NOW.replace(day=1, hour=0, minute=0, second=0, microsecond=0) - timedelta(hours=1)
    rows = staging.owner().execute(asked, [month, ends + timedelta(hours=1), staff]).fetchall()
    assert [UUID(str(i)) for i in kept[0]] == drawn(sheet.seed, [UUID(str(i)) for (i,) in rows])
    assert next(s for s in house.review().samples if s.unit == unit).finding == first
    kin = window.finding(house.office.actor("kin"), first, LATER)
    assert 0 < len(kin.rows) < 20 and house.case.reference not in str(kin)
    log_review.sign_off(reviewer, first, "in_order", LATER)
    assert next(s for s in house.review().samples if s.unit == unit).closed


def _looks_in(house: House, then: Any, count: int) -> None:
    """Looks at the case and at another one, in the month that is over."""
    other = staging.begin(house.office, None, then - timedelta(days=1)).reference
    for number in range(count):
        reference = other if number % 2 else house.case.reference
        cases.overview(house.office.actor("worker"), reference, then + timedelta(minutes=number))


def test_reading_the_log_review_is_in_the_log(house: House) -> None:
    house.review()
    assert staging.last_journal()["action"] == "look_log_review"


def test_an_emergency_may_be_tried_by_nobody_twice_unseen(house: House) -> None:
    """Tries that lead nowhere are counted like references that do."""
    duty = house.office.actor("duty")
    for number in range(4):
        with pytest.raises(NotFound):
            emergency.open_emergency(duty, f"VVVV{number:02}", "", "danger", True, NOW)
    assert any(line.rule == "unknown" and line.who.short_name == "Duty X" for line in house.review().waiting)
    assert attempt(duty, "write_note", "VVVV00", {"note": ["x"]})[0] == "hidden"
