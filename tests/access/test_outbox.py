"""The outbox: a notice is there if and only if what it tells of is, names no case, and is its person's only."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from langsikt.access import outbox
from langsikt.access.look import acting
from langsikt.access.window.staff import actor
from langsikt.model.load import METHOD
from langsikt.records.models import Notice
from tests.actions import staging

NOW = staging.NOW


@pytest.fixture(scope="module")
def office(database: None) -> Any:
    return staging.open_office()


@pytest.fixture(autouse=True)
def empty(office: Any) -> None:
    """Each test begins with an empty outbox."""
    staging.owner().execute("delete from records_notice")


def told(office: Any, who: str) -> tuple[str, ...]:
    """What somebody is told where the day begins."""
    found = actor(office.ids[who], NOW + timedelta(hours=1))
    assert found is not None
    return found.notices


def tell(office: Any, to: str, kind: str, minutes: int = 0) -> None:
    with acting(office.actor("worker"), NOW):
        outbox.put(office.ids[to], kind, NOW + timedelta(minutes=minutes))


def test_it_is_seen_at_once_by_its_person_and_nobody_else(office: Any) -> None:
    tell(office, "manager", "conflict_declared")
    assert told(office, "manager") == ("conflict_declared",)
    assert {told(office, who) for who in ("worker", "other", "administrator")} == {()}
    with acting(office.actor("other"), NOW):
        assert Notice.objects.count() == 0
    with acting(office.actor("manager"), NOW):
        assert Notice.objects.count() == 1


def test_each_kind_once_and_the_newest_first(office: Any) -> None:
    for minutes, kind in enumerate(("case_came", "to_review", "case_came", "must_move")):
        tell(office, "manager", kind, minutes)
    assert told(office, "manager") == ("must_move", "case_came", "to_review")


def test_what_is_rolled_back_tells_nobody(office: Any) -> None:
    with pytest.raises(ZeroDivisionError), acting(office.actor("worker"), NOW):
        outbox.put(office.ids["manager"], "case_came", NOW)
        raise ZeroDivisionError
    assert told(office, "manager") == () and staging.count("records_notice") == 0


def test_a_sentence_that_nobody_wrote_is_refused(office: Any) -> None:
    with pytest.raises(LookupError, match=r"notices\.toml"), acting(office.actor("worker"), NOW):
        outbox.put(office.ids["manager"], "Sara bor på Rönnen", NOW)


def test_what_was_seen_is_told_no_more(office: Any) -> None:
    tell(office, "manager", "case_came")
    tell(office, "worker", "case_came")
    tell(office, "manager", "to_review", minutes=30)
    outbox.mark_seen(office.actor("manager"), NOW + timedelta(minutes=10))
    assert told(office, "manager") == ("to_review",), "it came after the page was read"
    assert told(office, "worker") == ("case_came",)


def test_the_app_says_only_that_it_was_seen(office: Any) -> None:
    """Whether a mail went out is the clock's to say; nothing is taken back, nothing is handed to another."""
    tell(office, "manager", "case_came")
    for change in ({"sent_at": NOW}, {"tries": 9}, {"kind": "to_review"}, {"to_staff": office.ids["other"]}):
        with pytest.raises(ProgrammingError, match="permission denied"), acting(office.actor("manager"), NOW):
            Notice.objects.update(**change)
    with pytest.raises(ProgrammingError, match="permission denied"), acting(office.actor("manager"), NOW):
        Notice.objects.all()._raw_delete("default")


def test_nobody_in_particular_tells_nobody_anything(office: Any) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        outbox.put(office.ids["manager"], "case_came", NOW)


def test_the_sentences_name_no_case_no_person_and_no_place() -> None:
    assert 5 <= len(METHOD.notices) <= 12
    for text in (*METHOD.notices.values(), *METHOD.mail.values()):
        assert not {"{", "}", "/"} & {*text.sv, *text.en}, text
        assert len(text.sv) < 90 and len(text.en) < 100


def test_the_row_has_no_room_for_words(office: Any) -> None:
    """Its columns, by hand: whoever steals the outbox learns who was told when, and nothing of any case."""
    columns = stored_columns()
    assert columns == {"id", "to_staff_id", "kind", "made_at", "seen_at", "sent_at", "tries", "next_try_at"}


def stored_columns() -> set[str]:
    query = "select column_name from information_schema.columns where table_name = 'records_notice'"
    return {str(row[0]) for row in staging.owner().execute(query).fetchall()}
