"""The outbox: a notice is there if and only if what it tells of is, names no case, and is its person's only."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.core import mail
from django.db import ProgrammingError, transaction
from django.test import override_settings
from psycopg.conninfo import conninfo_to_dict

from langsikt.access import outbox
from langsikt.access.errors import Invalid
from langsikt.access.look import acting
from langsikt.access.window.staff import actor
from langsikt.actions.notice import set_address
from langsikt.model.load import METHOD
from langsikt.records.models import Notice
from tests.actions import staging
from tests.records import assertions

NOW = staging.NOW


@pytest.fixture(scope="module")
def office(database: None) -> Any:
    return staging.open_office()


@pytest.fixture(autouse=True)
def empty(office: Any) -> None:
    """Each test begins with an empty outbox."""
    staging.owner().execute("delete from records_notice")
    staging.owner().execute("delete from records_deliveryaddress")


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


# --- the mail -------------------------------------------------------------------------------------

ADDRESS = "lena.b@kommun.example"


@pytest.fixture
def clock(office: Any) -> Any:
    """The clock's own connection in place of the app's, for the time of a delivery."""
    return delivering


@contextmanager
def delivering() -> Iterator[None]:
    """Within it Django speaks to the database as the clock does."""
    from django.db import connection

    def change(role: str) -> None:
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        url = conninfo_to_dict(os.environ[f"LANGSIKT_{role}_URL"])
        connection.settings_dict.update(USER=url["user"], PASSWORD=url["password"])

    change("CLOCK")
    try:
        with override_settings(EMAIL_HOST="mail.example"):
            yield
    finally:
        change("DATABASE")


def ask(office: Any, who: str, address: str = ADDRESS) -> None:
    set_address(office.actor(who), address, NOW)


def rows(office: Any) -> list[Any]:
    query = "select sent_at, tries, next_try_at from records_notice order by made_at, id"
    return staging.owner().execute(query).fetchall()


def down(address: str) -> None:
    raise ConnectionRefusedError


def test_one_mail_for_all_that_waits_and_it_says_one_sentence(office: Any, clock: Any) -> None:
    ask(office, "manager")
    for kind in ("case_came", "to_review", "case_came"):
        tell(office, "manager", kind)
    tell(office, "other", "case_came")
    mail.outbox.clear()
    with clock(), override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        assert outbox.deliver(NOW) == 1
        assert outbox.deliver(NOW) == 0, "nobody is told twice"
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("Långsikt", "Du har något i systemet.", [ADDRESS])
    assert not sent.attachments and sent.cc == sent.bcc == []
    assert sorted(row[0] is None for row in rows(office)) == [False, False, False, True], "the other gave no address"
    assert set(told(office, "manager")) == {"case_came", "to_review"}, "a mail is no look"


def test_a_mail_that_is_down_is_tried_again_later_and_later(office: Any, clock: Any) -> None:
    ask(office, "manager")
    tell(office, "manager", "case_came")
    assert told(office, "manager") == ("case_came",), "seen in the pages whatever the mail does"
    waits, now = [], NOW
    with clock():
        for _ in range(9):
            assert outbox.deliver(now, down) == 0
            (row,) = rows(office)
            assert row[0] is None
            waits.append(int((row[2] - now).total_seconds() // 60))
            assert outbox.deliver(row[2] - timedelta(seconds=1), down) == 0 and rows(office)[0][1] == row[1], "not yet"
            now = row[2]
        heard: list[str] = []
        assert outbox.deliver(now, heard.append) == 1
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert heard == [ADDRESS] and rows(office)[0][0] == now


def test_what_was_seen_in_the_pages_is_not_mailed(office: Any, clock: Any) -> None:
    ask(office, "manager")
    tell(office, "manager", "case_came")
    outbox.mark_seen(office.actor("manager"), NOW)
    with clock():
        assert outbox.deliver(NOW + timedelta(minutes=1), down) == 0
    assert rows(office)[0][1] == 0, "it was not even tried"


def test_two_clocks_do_not_mail_the_same(office: Any, clock: Any) -> None:
    ask(office, "manager")
    tell(office, "manager", "case_came")
    with psycopg.connect(os.environ["LANGSIKT_CLOCK_URL"]) as other:
        assert other.execute(outbox.DUE.encode(), [NOW, NOW - outbox.GIVEN_UP]).fetchone()
        with clock():
            assert outbox.deliver(NOW, down) == 0
    assert rows(office)[0][1] == 0


def test_without_a_mail_server_nothing_is_tried(office: Any, clock: Any) -> None:
    ask(office, "manager")
    tell(office, "manager", "case_came")
    with clock(), override_settings(EMAIL_HOST=""):
        assert outbox.deliver(NOW, down) == 0
    assert rows(office)[0][1] == 0


def test_the_address_is_sealed_and_ones_own(office: Any) -> None:
    ask(office, "manager")
    ask(office, "other", "omar@kommun.example")
    assert assertions.places_of(staging.owner(), ["lena.b", "kommun.example"]) == set()
    assert outbox.address_of(office.actor("manager"), NOW) == ADDRESS
    assert outbox.address_of(office.actor("worker"), NOW) == ""
    ask(office, "manager", "")
    assert outbox.address_of(office.actor("manager"), NOW) == ""
    assert staging.last_journal()["action"] == "set_delivery_address" and ADDRESS not in str(staging.last_journal())


@pytest.mark.parametrize(
    "address", ["hej", "a@b@c.se", "a b@kommun.example", f"{'a' * 250}@kommun.example", "a@b\n.se"]
)
def test_what_is_no_address_is_refused(address: str, office: Any) -> None:
    with pytest.raises(Invalid):
        ask(office, "manager", address)
