"""Leaks that have happened, tried on this product; and made-up addresses typed everywhere and looked for everywhere."""

import io
import logging
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from devtools import people
from langsikt.model.parse import STOCKHOLM
from tests.pages import sinks, table, visiting
from tests.pages.visiting import Visits
from tests.pages.world import World, secret

SARA, LENA, AMINA = people.SARA, people.LENA, people.AMINA
PAGES = (
    "", "plan/", "trygghet/", "mal/", "vem-gor-vad/", "vantar/", "handelser/", "logg/", "text-utan-namn/",
    "dolda-uppgifter/", "beslut/ekonomiskt-bistand/", "beslut/svar-ekonomiskt-bistand/", "beslut/fatta/",
)  # fmt: skip
LISTS = ("/min-dag/", "/arenden/", "/bevakningar/", "/bevakningar/bevakningar.ics")
CANARIES = 1000 if os.environ.get("LANGSIKT_PROVE") == "1" else 6
NEW_NAME, WORKPLACE = "Tilda Vintergäck", "Snickeri Lönnkvisten"


@pytest.fixture(autouse=True)
def fresh(world: World, visits: Visits) -> Iterator[None]:
    yield
    world.renew()
    visits.forget()


def here(world: World, path: str = "", case: str = "plain") -> str:
    return f"/arenden/{world.references[case]}/{path}"


def known(world: World, visits: Visits, kind: str, value: str) -> None:
    form = {"whereabouts_kind": kind, "whereabouts_value": value}
    answer = visits.by(SARA).post(here(world, "arende/uppgift-som-kan-roja/"), form)
    assert answer.status_code == 302, answer.content.decode()


def found_on(world: World, visits: Visits, word: str, case: str = "plain", who: str = SARA) -> list[str]:
    """The pages of a case, and the lists, on which a word stands."""
    browser = visits.by(who)
    answers = {path: browser.get(path if path.startswith("/") else here(world, path, case)) for path in PAGES + LISTS}
    opened = {path: answer for path, answer in answers.items() if answer.status_code == 200}
    assert len(opened) >= 8, {path: answer.status_code for path, answer in answers.items()}
    return [path for path, answer in opened.items() if sinks.found_in(answer.content, [word])]


# --- golden cases ------------------------------------------------------------------------------------


def test_jo_5932_2012_a_new_name_never_reaches_the_shared_calculation(world: World, visits: Visits) -> None:
    """A protected new name reached the mother through the household's calculation: no field can copy it here."""
    known(world, visits, "new_name", NEW_NAME)
    assert found_on(world, visits, NEW_NAME) == []
    assert found_on(world, visits, NEW_NAME, case="met") == [], "nor in the case of somebody in the same household"
    form = {"handed_over_on": table.day(), "economy_request": "support", "receiver_name": f"Fråga om {NEW_NAME}"}
    warned = visits.by(SARA).post(here(world, "beslut/ekonomiskt-bistand/"), form)
    assert warned.status_code == 422 and "nytt namn" in warned.content.decode()


def test_jo_5932_2012_would_be_seen_if_the_mask_were_off(world: World, visits: Visits) -> None:
    """The negative control: with the mask taken off from outside the same look finds the name."""
    known(world, visits, "new_name", NEW_NAME)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("langsikt.access.policy.shows", lambda relations, klass, field="": True)
        assert "handelser/" in found_on(world, visits, NEW_NAME)


def test_the_workplace_at_kommunicering_is_stopped(world: World, visits: Visits) -> None:
    """The workplace went to the father with the draft of a decision: a decision that holds it cannot be issued."""
    known(world, visits, "workplace", WORKPLACE)
    form = table.body(table.Cell("event:issue_decision", "POST", "case_worker_assigned", 302), world)
    said = {**form, "reasons": f"Hon arbetar på {WORKPLACE.upper()} och klarar sig.", "anyway": "on"}
    assert visits.by(SARA).post(here(world, "beslut/fatta/"), said).status_code == 422
    assert visits.by(LENA).post(here(world, "beslut/fatta/"), said).status_code == 422, "nor by the manager"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("langsikt.actions.around.whereabouts_in", lambda work: False)
        assert visits.by(SARA).post(here(world, "beslut/fatta/"), said).status_code == 302, "the stop is what held it"


def test_a_search_finds_no_protected_case_by_its_lock(world: World, visits: Visits) -> None:
    """A search among colleagues showed a lock where a protected case was: here what is hidden looks like nothing."""
    outside = visits.by(AMINA)
    searches = [
        ({"name": secret("plain", "person_name")}, {"name": "Okända Personen"}),
        ({"reference": world.references["plain"]}, {"reference": table.ABSENT}),
    ]
    for hidden, absent in searches:
        answers = [visiting.without_tokens(outside.post("/arenden/sok/", form).content) for form in (hidden, absent)]
        key = next(iter(hidden))
        assert answers[0].replace(hidden[key].encode(), b"X") == answers[1].replace(absent[key].encode(), b"X")
    for path in LISTS[:3]:
        page = visits.by(SARA).get(path).content.decode()
        assert "Skyddade uppgifter" not in page and "icons/lock" not in page, "no list says whose details are protected"
    own = visits.by(SARA).post("/arenden/sok/", searches[0][0]).content
    assert sinks.found_in(own, [world.references["plain"]]), "the search does find one's own"


# --- safe contact ------------------------------------------------------------------------------------

CARD = {
    "verified_on": table.day(-1), "contact_channel": "call", "phone": "070-174 06 77", "device_control": "shared",
    "hours": "Efter 17", "never": "letter_home", "allowed": "voicemail", "caller_name": "Glasblåsarna",
    "if_someone_else": "Säg fel nummer", "code_word": "Ängsvädd", "danger_signal": "Skogsstjärna",
    "fallback_person": "Blåbärskusinen", "interpreter_language": "dari", "interpreter_dialect": "hazaragi",
    "interpreter_sex": "woman", "interpreter_elsewhere": "on", "interpreter_avoid": "Föreningen Videkvist",
}  # fmt: skip


def test_the_card_is_whole_and_hides_what_must_be_hidden(world: World, visits: Visits) -> None:
    sara = visits.by(SARA)
    assert sara.post(here(world, "utredning/saker-kontakt/"), CARD).status_code == 302
    page = sara.get(here(world)).content.decode()
    shown = ("Ring", "Delas med någon", "Efter 17", "Glasblåsarna", "Blåbärskusinen", "dari", "hazaragi", "En kvinna")
    assert [word for word in shown if word not in page] == []
    hidden = (CARD["phone"], CARD["code_word"], CARD["danger_signal"])
    assert not sinks.found_in(page.encode(), hidden)
    assert [later_on(world, days) for days in (0, 29, 31)] == [False, False, True], "then it says: check it again"
    for path in PAGES[:10]:
        body = sara.get(here(world, path)).content.decode()
        assert "Aldrig" in body and "brev hem" in body.lower(), f"the prohibitions stand on {path or 'the overview'}"
        assert not sinks.found_in(body.encode(), hidden), path
    called = sara.post(here(world, "visa/"), {"field": "card", "call": "1", "reason": "contact"})
    assert sinks.found_in(called.content, hidden) == list(hidden), "the call has the whole card"
    again = {"verified_on": table.day(), "never": "letter_home"}
    assert sara.post(here(world, "utredning/saker-kontakt/"), again).status_code == 302
    kept = sara.post(here(world, "visa/"), {"field": "card", "reason": "contact"})
    assert sinks.found_in(kept.content, hidden) == list(hidden), "what is hidden stays when nobody types it again"


def later_on(world: World, days: int) -> bool:
    """Whether the card, confirmed yesterday, asks to be checked so many days from now."""
    from langsikt.access.window.case import overview
    from langsikt.access.window.staff import actor_named

    now = datetime.now(UTC) + timedelta(days=days)
    actor = actor_named(SARA, now)
    assert actor is not None
    return overview(actor, world.references["plain"], now).safe_contact.chosen.check_again


def test_what_is_both_allowed_and_never_comes_back(world: World, visits: Visits) -> None:
    answer = visits.by(SARA).post(here(world, "utredning/saker-kontakt/"), {**CARD, "never": "voicemail"})
    assert answer.status_code == 422 and "under Aldrig" in answer.content.decode()


def test_the_texts_that_leave_the_house_name_nobody(world: World, visits: Visits) -> None:
    sara = visits.by(SARA)
    sara.post(here(world, "utredning/saker-kontakt/"), CARD)
    names = [
        secret("plain", f) for f in ("person_name", "called", "whereabouts_value", "phone", "address", "code_word")
    ]
    question = ". ".join([*names, "Hennes bror Karim hotar", "Mötet var 2026-03-05", "Boendet Rönnen"])
    page = sara.post(here(world, "text-utan-namn/"), {"question": question}).content
    texts = page.decode().partition("<main")[2]
    assert "dari" in texts and "En kvinna" in texts and "Fråga:" in texts
    secrets = [*names, "Karim", "Rönnen", "2026-03-05", "Videkvist", "Blåbärskusinen", world.references["plain"]]
    body = texts.partition('id="sammanfattning"')[2].partition("<form")[0] + texts.partition('id="bestallning"')[2]
    assert not sinks.found_in(body.encode(), secrets)


def calls_of(world: World, visits: Visits, **card: str) -> int:
    """How many tasks of thirty days tell somebody to get in touch, with a promised contact and an unsafe night."""
    from langsikt.access.look import acting
    from langsikt.access.record import read_record, read_root
    from langsikt.access.window.staff import actor_named
    from langsikt.model.due import due

    assert visits.by(SARA).post(here(world, "utredning/saker-kontakt/"), {**CARD, **card}).status_code == 302
    promised = {"wellbeing": "2", "check_in_line": "Orolig i kväll.", "tonight": "unsafe"}
    talk = visits.by(SARA).post(here(world, "uppfoljning/avstamning/"), {**promised, "next_contact_on": table.day(5)})
    assert talk.status_code == 302, talk.content.decode()
    calling = 0
    for day in range(30):
        now = datetime.now(UTC) + timedelta(days=day)
        actor = actor_named(SARA, now)
        assert actor is not None
        with acting(actor, now):
            root = read_root(world.references["plain"])
            assert root is not None
            rows = due(read_record(root, now.astimezone(STOCKHOLM).date()).state)
        calling += sum(row.verb.sv.startswith(("Ring", "Ta kontakt", "Hör av dig")) for row in rows)
    return calling


def sent_about(world: World) -> int:
    """Messages that name the case; those to staff name none (ADR 0014)."""
    with world.owner() as owner:
        dumped = sinks.tables(owner)
    found = sinks.seen_in({n: t for n, t in dumped.items() if "notice" in n or "message" in n or "outbox" in n},
                          [world.references["plain"], world.cases["plain"]])  # fmt: skip
    return len(found)


def test_where_contact_may_be_watched_nothing_is_sent_and_nobody_calls_for_thirty_days(
    world: World, visits: Visits
) -> None:
    calling, sent = calls_of(world, visits, maybe_watched="on"), sent_about(world)
    print(f"30 days: {sent} messages about the case, {calling} tasks to get in touch")
    assert sent == 0 and calling == 0


def test_where_it_is_not_watched_somebody_does_call(world: World, visits: Visits) -> None:
    """The negative control: the same thirty days, and the tasks to get in touch are there."""
    assert calls_of(world, visits) >= 30


# --- P3: made-up addresses ----------------------------------------------------------------------------


# So many go into one case: each makes the next look at it slower.
AT_ONCE = 50
LOTS = [range(first, min(first + AT_ONCE, CANARIES)) for first in range(0, CANARIES, AT_ONCE)]


def named(number: int) -> str:
    return f"Kanariegränd {number} Vrå{number:04d}"


@pytest.mark.parametrize("lot", LOTS, ids=lambda lot: f"{lot[0]}-{lot[-1]}")
def test_made_up_addresses_are_found_in_no_sink(lot: range, world: World, visits: Visits, tmp_path: Path) -> None:
    """Typed as details, in notes that are warned of, in drafts, failing forms and a fault; then looked for."""
    sara, said = visits.by(SARA), io.StringIO()
    canaries = [named(number) for number in lot]
    root = logging.getLogger()
    handlers = [h for h in root.handlers if type(h) is logging.StreamHandler]
    before = [h.setStream(said) for h in handlers]
    temp, tempfile.tempdir = tempfile.tempdir, str(tmp_path)
    places: dict[str, bytes] = {}
    try:
        for number, word in zip(lot, canaries, strict=True):
            for name, answer in typed(world, sara, number, word):
                links = sinks.links_of(answer.content.decode())
                heads = [answer.headers.get("Location", ""), sinks.title_of(answer.content.decode()), *links]
                places[f"{name} {number}"] = "\n".join([*heads, *answer.headers.values()]).encode()
        pages = {path: sara.get(here(world, path)).content for path in PAGES} | {p: sara.get(p).content for p in LISTS}
    finally:
        tempfile.tempdir = temp
        for handler, stream in zip(handlers, before, strict=True):
            if stream is not None:
                handler.setStream(stream)
    with world.owner() as owner:
        dumped = sinks.tables(owner)
    looked = {"titles, links, headers": b"\n".join(places.values()), "log": said.getvalue().encode(), **dumped, **pages}
    looked |= {str(p): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    whole = b"\n".join(looked.values())
    hits = [word for word in canaries if word.encode() in whole or f"Vrå{word[-4:]}".encode() in whole]
    sampled = sinks.seen_in(looked, canaries[:6])
    print(f"{len(canaries)} addresses, {len(places)} answers, {len(looked)} sinks, {len(hits)} hits")
    assert not hits and not sampled and len(dumped) > 40
    planted = {**looked, "a planted line": canaries[0].encode()}
    assert sinks.seen_in(planted, canaries[:1]) == {"a planted line": canaries[:1]}
    row = world.events["plain.whereabouts"]
    assert sara.post(here(world, f"dolda-uppgifter/{row}/visa/"), {"reason": "contact"}).status_code == 200


def typed(world: World, sara: Any, number: int, word: str) -> Iterator[tuple[str, Any]]:
    """One address typed in every way that there is."""
    at = f"{table.day(-1)}T10:00"
    detail = {"whereabouts_kind": "appointment", "whereabouts_value": word}
    yield "detail", sara.post(here(world, "arende/uppgift-som-kan-roja/"), detail)
    failing = {"whereabouts_kind": "", "whereabouts_value": word}
    yield "failing", sara.post(here(world, "arende/uppgift-som-kan-roja/"), failing)
    yield "warned", sara.post(here(world, "arende/anteckning/"), {"happened_at": at, "note": f"Vid {word} nu."})
    yield "draft", sara.post(here(world, "utkast/write_note/"), {"note": f"Vid {word} nu."})
    yield "asked", sara.post(here(world, "text-utan-namn/"), {"question": f"Hon är vid {word}."})
    yield "searched", sara.post("/arenden/sok/", {"name": word})
    if number % AT_ONCE == 0:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("langsikt.pages.event.act", visiting.broken)
            sara.raise_request_exception = False
            yield "fault", sara.post(here(world, "arende/uppgift-som-kan-roja/"), detail)
            sara.raise_request_exception = True
