"""Who has a case: given back to the same worker when reopened, and handed over with a note until the two have met."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from langsikt.access.errors import NotFound
from langsikt.access.sheets import CaseSheet, Masked
from langsikt.access.window import case as cases
from langsikt.access.window import closure as closing
from langsikt.access.window import worklist
from langsikt.actions import staff
from langsikt.actions.draft import save_draft
from tests.actions import staging
from tests.actions.staging import NOW, Case, Office, attempt, count, do, submission, tell
from tests.model.states import TODAY, at

NOTE = "Ring aldrig på fredagar. Hon litar på Origo."
LATER = at(400, 600)


@pytest.fixture(scope="module")
def office(database: None) -> Office:
    return staging.open_office()


@pytest.fixture(autouse=True)
def everybody_is_back(office: Office) -> Iterator[None]:
    yield
    staging.owner().execute("delete from records_absence")
    staging.owner().execute("update records_staff set is_active = true")


def having(case: Case, relation: str = "case_worker") -> list[str]:
    """Who has the case now, by the words of the office."""
    rows = staging.owner().execute(
        "select a.staff_id from records_assignment a join records_contact c on c.id = a.case_id"
        " where c.reference = %s and a.relation = %s and a.until_at is null",
        [case.reference, relation],
    )
    words = {staff_id: word for word, staff_id in case.office.ids.items()}
    return sorted(words[row[0]] for row in rows)


def taken_over(office: Office, state: str = "closed") -> Case:
    """A case closed by its worker, that another worker has been given since."""
    case = tell(office, state)
    do(case, "assign_case", {"case_worker": "staff:other"}, at(0, 5))
    assert having(case) == ["other"]
    return case


def reopen(case: Case, who: str, now: datetime = NOW) -> str:
    raw = submission(case, "reopen_case")
    return attempt(case.office.actor(who, now), "reopen_case", case.reference, raw, now)[0]


def promise(case: Case, who: str, now: datetime = NOW) -> tuple[str, str | None]:
    """What the page says before anything is written: why, and who gets it."""
    _, after = closing.reopening(case.office.actor(who, now), case.reference, now)
    assert after is not None
    return after.why, after.heir


def sheet(case: Case, who: str, now: datetime = NOW) -> CaseSheet:
    return cases.overview(case.office.actor(who, now), case.reference, now)


# --- the same worker (rules B2.7) -----------------------------------------------------------------------


def test_the_worker_who_closed_it_has_it_still(office: Office) -> None:
    case = tell(office, "closed")
    assert promise(case, "worker") == ("kept", "Worker X")
    assert reopen(case, "worker") == "done" and having(case) == ["worker"]


def test_it_goes_back_to_the_same_worker(office: Office) -> None:
    case = taken_over(office)
    assert promise(case, "other") == ("kept", "Worker X")
    assert reopen(case, "other") == "done" and having(case) == ["worker"]
    assert sheet(case, "worker").header.case_worker == "Worker X"
    with pytest.raises(NotFound):
        sheet(case, "other")


def test_plan_and_history_are_kept(office: Office) -> None:
    case = taken_over(office)
    before = sheet(case, "other")
    seen = cases.history(office.actor("other"), case.reference, NOW).lines
    reopen(case, "other")
    after = cases.history(office.actor("worker"), case.reference, NOW).lines
    assert after[1:] == tuple(seen) or [line.id for line in after[1:]] == [line.id for line in seen]
    assert [s.id for s in sheet(case, "worker").supports] == [s.id for s in before.supports]


def test_while_the_worker_is_away_the_one_who_reopened_it_stands_in(office: Office) -> None:
    case = taken_over(office)
    staff.set_absence(office.actor("worker"), NOW.date(), NOW.date() + timedelta(days=3), NOW)
    assert promise(case, "other") == ("absent", "Worker X")
    assert reopen(case, "other") == "done"
    assert having(case) == ["worker"] and "other" in having(case, "stand_in")
    assert sheet(case, "other").header.case_worker == "Worker X"


def test_when_the_worker_has_left_it_stays(office: Office) -> None:
    case = taken_over(office)
    staging.owner().execute("update records_staff set is_active = false where id = %s", [office.ids["worker"]])
    assert promise(case, "other") == ("gone", "Other X")
    assert reopen(case, "other") == "done" and having(case) == ["other"]


def test_it_never_goes_to_somebody_who_is_excluded(office: Office) -> None:
    case = taken_over(office)
    do(case, "exclude_staff", {"excluded": "staff:worker", "exclusion_ground": "person_asks"}, at(0, 6), who="manager")
    assert promise(case, "other") == ("denied", "Other X")
    assert reopen(case, "other") == "done" and having(case) == ["other"]


def test_after_twelve_months_nobody_is_promised(office: Office) -> None:
    case = taken_over(office)
    assert promise(case, "other", LATER) == ("passed", "Other X")
    assert reopen(case, "other", LATER) == "done" and having(case) == ["other"]


def test_what_was_begun_goes_when_the_case_closes(office: Office) -> None:
    case = tell(office, "closure")
    save_draft(office.actor("worker"), "ask_to_close", case.reference, {"own_words": ["Tack."]}, NOW)
    drafts = "case_id = (select id from records_contact where reference = %s)"
    assert count("records_draft", drafts, case.reference) == 1
    do(case, "close_case", {"closed_on": "day:0", "closure_reason": "goal_met", "heard": "heard", "way_back": "given"})
    assert count("records_draft", drafts, case.reference) == 0


# --- the hand-over to a new worker (R10) -------------------------------------------------------------------


def handed_over(office: Office, **more: str) -> Case:
    """A case in follow-up that its worker has had for long, and another has had since today."""
    case = tell(office, "follow_up")
    do(case, "assign_case", {"case_worker": "staff:other", **more}, at(0, 10))
    return case


def debts(case: Case, who: str) -> list[tuple[str, str | None]]:
    actor = case.office.actor(who)
    tasks = [row.task for group in worklist.my_day(actor, NOW).groups for row in group.rows]
    return [
        (task.verb.sv, task.event) for task in tasks if (task.kind, task.reference) == ("hand_over", case.reference)
    ]


def test_a_hand_over_without_a_meeting_is_a_debt_of_the_new_workers_and_the_managers(office: Office) -> None:
    case = handed_over(office)
    assert debts(case, "other") == [("Bestäm första mötet", "check_in")]
    assert debts(case, "manager") == [("Bestäm första mötet", "assign_case")]
    assert sheet(case, "other").hand_over.meeting_on is None
    do(case, "assign_case", {"case_worker": "staff:other", "first_meeting_on": "day:0"}, at(0, 20))
    assert debts(case, "manager") == [] and debts(case, "other") == [("Håll första mötet", "check_in")]


def test_the_note_stands_on_the_case_until_the_first_meeting(office: Office) -> None:
    case = handed_over(office, handover_note=NOTE, first_meeting_on="day:0")
    over = sheet(case, "other").hand_over
    assert (over.note, over.meeting_on, over.worker) == (NOTE, TODAY, "Other X")
    assert isinstance(sheet(case, "manager").hand_over.note, Masked)
    do(case, "assign_case", {"case_worker": "staff:other", "stand_in": "staff:stand_in"}, at(0, 20))
    assert sheet(case, "other").hand_over.note == NOTE, "a new stand-in does not take the note away"
    do(case, "check_in", {"wellbeing": "3", "check_in_line": "Vi har träffats."}, at(0, 30), who="other")
    assert sheet(case, "other").hand_over is None and debts(case, "other") == []


def test_a_worker_who_took_the_contact_is_the_first(office: Office) -> None:
    case = staging.begin(office, alone="worker")
    do(case, "open_investigation", {"opened_on": "day:-199", "investigation_ground": "application"}, at(-199))
    do(case, "assign_case", {"case_worker": "staff:worker", "stand_in": "staff:stand_in"}, at(-198))
    assert sheet(case, "worker").hand_over is None and debts(case, "manager") == []
    do(case, "assign_case", {"case_worker": "staff:other"}, at(0, 5))
    assert sheet(case, "other").hand_over is not None and len(debts(case, "manager")) == 1


def test_a_support_that_somebody_takes_over_is_shown_with_its_first_meeting(office: Office) -> None:
    case = tell(office, "follow_up")
    ends = {"running_support": "=support", "ended_on": "day:-1", "ended_by": "planned", "day_after": "successor"}
    do(case, "end_intervention", {**ends, "next_provider": "Föreningen Linden", "first_meeting_on": "day:4"})
    (over,) = sheet(case, "worker").support_hand_overs
    assert (over.to, over.meeting_on) == ("Föreningen Linden", TODAY + timedelta(days=4))
    assert isinstance(sheet(case, "manager").support_hand_overs[0].to, Masked)
    assert sheet(case, "worker", at(60)).support_hand_overs == ()
