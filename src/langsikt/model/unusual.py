"""Looks that somebody should ask about: pure rules over rows of the journal, each with its words and its bounds.

A hit is a question, never a verdict; it is for access control only, never for performance or pay (rules B4.6).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from langsikt.model.entries import (
    DAY,
    HOUR,
    Around,
    Entry,
    Hit,
    Rows,
    at_night,
    bursts,
    by_actor,
    hit,
    lost,
    opened,
    revealed,
)
from langsikt.model.load import METHOD
from langsikt.model.texts import Text

TRACE_WITHIN = timedelta(days=3)  # somebody who looks in from outside writes down why within this time
AFTER_A_SEARCH = timedelta(minutes=30)
MANY_CASES, MANY_AT_NIGHT, MANY_WHEREABOUTS, MANY_COPIES, MANY_REVEALS = 20, 5, 6, 3, 3
MANY_UNKNOWN, MANY_COLLISIONS, MANY_SEARCHES, MANY_FAILURES = 4, 3, 3, 5
SAME_ANSWER_AS_FULL = "place_free"  # a collision answers like a full dwelling (rules B4.1), and is counted with it

Found = Iterator[Hit]


def unusual(entries: Iterable[Entry], now: datetime, cases: Mapping[str, UUID] | None = None) -> list[Hit]:
    """Every hit of every rule, the latest first.

    ``entries`` in any order; ``cases`` gives the case of a reference's blind token, for references that led nowhere.
    """
    around = Around(now, cases or {})
    found: dict[UUID, Hit] = {}
    for rows in by_actor(entries).values():
        for name, (_, rule) in RULES.items():
            for one in rule(name, rows, around):
                found.setdefault(one.id, one)
    return sorted(found.values(), key=lambda one: (one.at, one.id), reverse=True)


def _emergency(name: str, rows: Rows, around: Around) -> Found:
    for row in rows:
        if row.action == "open_emergency" and row.result == "done":
            yield hit(name, [row], row.case)


def _without_trace(name: str, rows: Rows, around: Around) -> Found:
    """Somebody from outside read what is written, and wrote nothing in the case in the days after."""
    written = [row for row in rows if row.action in METHOD.events and row.result == "done"]
    for row in rows:
        outside = (row.role == "emergency" and opened(row)) or (row.role == "unit_manager" and revealed(row))
        if not outside or row.klass < 2 or around.now - row.at <= TRACE_WITHIN:
            continue
        if not any(w.case == row.case and row.at <= w.at <= row.at + TRACE_WITHIN for w in written):
            yield hit(name, [row], row.case)


def _many_cases(name: str, rows: Rows, around: Around) -> Found:
    for found in bursts(filter(opened, rows), HOUR, MANY_CASES, lambda e: e.case):
        yield hit(name, found)


def _night(name: str, rows: Rows, around: Around) -> Found:
    nightly = [row for row in rows if opened(row) and at_night(row)]
    for found in bursts(nightly, timedelta(hours=8), MANY_AT_NIGHT, lambda e: e.case):
        yield hit(name, found)


def _whereabouts(name: str, rows: Rows, around: Around) -> Found:
    shown = [row for row in rows if revealed(row) and row.klass == 3]
    for found in bursts(shown, HOUR, MANY_WHEREABOUTS, lambda e: e.id):
        yield hit(name, found)


def _copies(name: str, rows: Rows, around: Around) -> Found:
    copied = [row for row in rows if row.action.startswith("copy_") and row.result == "done"]
    for found in bursts(copied, DAY, MANY_COPIES, lambda e: e.id):
        yield hit(name, found)


def _unknown(name: str, rows: Rows, around: Around) -> Found:
    for found in bursts(filter(lost, rows), HOUR, MANY_UNKNOWN, lambda e: e.id):
        yield hit(name, found)


def _collisions(name: str, rows: Rows, around: Around) -> Found:
    tried = [row for row in rows if row.result == "HardStop" and row.reason == SAME_ANSWER_AS_FULL]
    for case in dict.fromkeys(row.case for row in tried):
        for found in bursts((r for r in tried if r.case == case), DAY, MANY_COLLISIONS, lambda e: e.id):
            yield hit(name, found, case)


def _searches(name: str, rows: Rows, around: Around) -> Found:
    """Searches after which none of the cases found was opened."""
    seen = [row for row in rows if opened(row)]

    def led_nowhere(search: Entry) -> bool:
        after = (o.case for o in seen if search.at <= o.at <= search.at + AFTER_A_SEARCH)
        return not set(search.shown) & set(after)

    searched = [row for row in rows if row.action == "search" and led_nowhere(row)]
    for found in bursts(searched, DAY, MANY_SEARCHES, lambda e: e.id):
        yield hit(name, found)


def _known_before(roles: frozenset[str]) -> Callable[[str, Rows, Around], Found]:
    """A rule: somebody who had the case in one of these roles asks for it when it is no longer theirs."""

    def rule(name: str, rows: Rows, around: Around) -> Found:
        worked: set[UUID] = set()
        for row in rows:
            asked = around.cases.get(row.typed) if lost(row) else row.case if row.action == "open_emergency" else None
            if row.role in roles and row.case is not None and row.result == "done":
                worked.add(row.case)
            elif asked in worked:
                yield hit(name, [row], asked)

    return rule


def _manager_reveals(name: str, rows: Rows, around: Around) -> Found:
    shown = [row for row in rows if revealed(row) and row.role == "unit_manager"]
    for found in bursts(shown, DAY, MANY_REVEALS, lambda e: e.case):
        yield hit(name, found)


def _sign_ins(name: str, rows: Rows, around: Around) -> Found:
    failed = [row for row in rows if row.action in ("sign_in", "confirm") and row.result in ("failed", "locked")]
    for found in bursts(failed, DAY, MANY_FAILURES, lambda e: e.id):
        yield hit(name, found)


RULES: dict[str, tuple[Text, Callable[[str, Rows, Around], Found]]] = {
    "emergency": (Text("Nödöppnade ett ärende", "Opened a case in an emergency"), _emergency),
    "without_trace": (
        Text(
            "Läste utifrån och skrev inget i ärendet efteråt", "Read from outside and wrote nothing in the case after"
        ),
        _without_trace,
    ),
    "many_cases": (Text("Öppnade minst 20 ärenden på en timme", "Opened at least 20 cases in an hour"), _many_cases),
    "night": (Text("Öppnade minst 5 ärenden samma natt", "Opened at least 5 cases in one night"), _night),
    "whereabouts": (
        Text(
            "Visade telefon eller adress minst 6 gånger på en timme", "Showed telephone or address 6 times in an hour"
        ),
        _whereabouts,
    ),
    "copies": (
        Text("Kopierade visade uppgifter minst 3 gånger på ett dygn", "Copied shown details 3 times in a day"),
        _copies,
    ),
    "unknown": (
        Text(
            "Skrev minst 4 referenser som inte finns, på en timme", "Typed 4 references that do not exist, in an hour"
        ),
        _unknown,
    ),
    "collisions": (
        Text(
            "Prövade minst 3 boenden som inte gick, i samma ärende", "Tried 3 places that could not be had, in one case"
        ),
        _collisions,
    ),
    "searches": (
        Text("Sökte minst 3 gånger utan att öppna något ärende", "Searched 3 times without opening any case"),
        _searches,
    ),
    "old_case": (
        Text("Ville öppna ett ärende som är överlämnat", "Wanted to open a case that was handed over"),
        _known_before(frozenset({"case_worker", "duty_service"})),
    ),
    "not_away": (
        Text("Ville öppna som vikarie när handläggaren inte är borta", "Wanted in as a stand-in with nobody away"),
        _known_before(frozenset({"stand_in"})),
    ),
    "manager_reveals": (
        Text(
            "Visade innehåll i minst 3 ärenden på ett dygn, som chef",
            "Showed content of 3 cases in a day, as a manager",
        ),
        _manager_reveals,
    ),
    "sign_ins": (Text("Misslyckades att logga in minst 5 gånger", "Failed to sign in 5 times"), _sign_ins),
}
