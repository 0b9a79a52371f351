"""Whether the journal is as it was sealed: row by row, and against the heads outside the database. Pure."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from langsikt.access import notary

LAG = timedelta(minutes=3)
BACKDATED = timedelta(hours=1)
KNOWN = {"line", "no", "seal", "at", "before", "key", "sig"}


@dataclass(frozen=True)
class Row:
    """A row of the journal as the database gives it: its seal, and its parts as text in the order of the chain."""

    number: int | None
    seal: bytes | None
    written_at: datetime
    parts: Sequence[str | None]


@dataclass
class Report:
    """What was looked at, and each fault in one line."""

    rows: int = 0
    sealed: int = 0
    heads: int = 0
    covered: int = 0
    newest: datetime | None = None
    faults: list[str] = field(default_factory=list)


def link(before: bytes, parts: Sequence[str | None]) -> bytes:
    """The seal of a row after the seal before it; the same as ``langsikt_canonical`` and ``langsikt_seal``."""
    told = ",".join("-" if part is None else f"{len(part.encode())}:{part}" for part in parts)
    return hashlib.sha256(before + told.encode()).digest()


def verify(
    rows: Iterable[Row], lines: Sequence[str], shipped: Sequence[str], key: Ed25519PublicKey, double: Sequence[str] = ()
) -> Report:
    """Examines every row (sealed ones in the order of their numbers, the others after) and every head outside.

    ``shipped`` are the heads that the database says it has sent out, ``double`` ids that several rows bear.
    """
    report = Report(faults=[f"row {identity}: several rows bear this id" for identity in double])
    heads = _heads(lines, shipped, key, report)
    wanted = {head["no"] for head in heads}
    seals, late = _rows(rows, wanted, heads[-1]["no"] if heads else 0, report)
    for head in heads:
        _compare(head, seals, report)
    _coverage(heads, late, report)
    return report


def _rows(
    rows: Iterable[Row], wanted: set[int], covered: int, report: Report
) -> tuple[dict[int, bytes], datetime | None]:
    """Walks the chain. Returns the seals that heads speak of, and since when the first row without a head waits."""
    expected, before, top = 1, b"", None
    seals: dict[int, bytes] = {0: b""}
    late: datetime | None = None
    for row in rows:
        report.rows += 1
        report.newest = max(report.newest or row.written_at, row.written_at)
        if row.number is None or row.number > covered:
            late = min(late or row.written_at, row.written_at)
        if row.number is None:
            continue
        report.sealed += 1
        _number(row.number, expected, report)
        if row.number <= expected and row.seal != link(before, (str(row.number), *row.parts)):
            report.faults.append(f"row {row.number}: it is not what was sealed (id {row.parts[0]})")
        if top and row.written_at < top - BACKDATED:
            report.faults.append(f"row {row.number}: it says that it was written before rows that were sealed earlier")
        top = max(top or row.written_at, row.written_at)
        expected, before = row.number + 1, bytes(row.seal or b"")
        if row.number in wanted:
            seals[row.number] = before
    return seals, late


def _number(number: int, expected: int, report: Report) -> None:
    if number < expected:
        report.faults.append(f"row {number}: the number stands twice or is out of order")
    elif number > expected:
        last = number - 1
        gone = f"row {expected} is" if last == expected else f"rows {expected}–{last} are"
        report.faults.append(f"{gone} gone")


def _heads(lines: Sequence[str], shipped: Sequence[str], key: Ed25519PublicKey, report: Report) -> list[dict[str, Any]]:
    """The heads outside, in order: none missing, none changed, each signed, and the same that the database sent."""
    texts = _texts(lines)
    heads: list[dict[str, Any]] = []
    before = ""
    for place, text in enumerate(texts, 1):
        head = _head(text)
        if head is None or not notary.holds(head, key):
            report.faults.append(f"head {place}: it is not signed by the key {notary.mark_of(key)}")
            before = _mark(text)
            continue
        if head["line"] != (heads[-1]["line"] if heads else 0) + 1 or head["before"] != before:
            report.faults.append(f"head {head['line']}: it does not follow the one before it; heads are gone or moved")
        before = _mark(text)
        heads.append(head)
    report.heads = len(heads)
    if missing := [text for text in shipped if text not in set(texts)]:
        report.faults.append(f"{len(missing)} heads that were sent out are not in the file")
    if forgotten := [text for text in texts if text not in set(shipped)]:
        report.faults.append(f"{len(forgotten)} heads in the file are unknown to the database: it is older, or changed")
    return heads


def _texts(lines: Sequence[str]) -> list[str]:
    """The heads of a file or a log: from the first brace on, each once, without what a power cut left half written."""
    found = [line[line.index("{") :].strip() if "{" in line else line.strip() for line in lines if line.strip()]
    whole = [a for a, b in pairwise([*found, ""]) if a == b or not b.startswith(a)]
    return [text for place, text in enumerate(whole) if place == 0 or text != whole[place - 1]]


def _head(text: str) -> dict[str, Any] | None:
    try:
        head = json.loads(text)
    except ValueError:
        return None
    good = isinstance(head, dict) and set(head) == KNOWN and {type(head["line"]), type(head["no"])} == {int}
    return head if good else None


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _compare(head: dict[str, Any], seals: dict[int, bytes], report: Report) -> None:
    number = head["no"]
    if number not in seals:
        report.faults.append(f"head {head['line']}: row {number}, which it speaks of, is gone")
    elif seals[number].hex() != head["seal"]:
        report.faults.append(f"head {head['line']}: the chain up to row {number} is not the one that was signed")


def _coverage(heads: list[dict[str, Any]], late: datetime | None, report: Report) -> None:
    """Rows that waited for a head longer than heads take: the clock stands still, or the file's end was cut off."""
    report.covered = min(heads[-1]["no"], report.sealed) if heads else 0
    if late is None or report.newest is None:
        return
    newest = max(report.newest, datetime.fromisoformat(heads[-1]["at"])) if heads else report.newest
    if late < newest - LAG:
        report.faults.append(f"rows after {report.covered} have no head since {late:%Y-%m-%d %H:%M} UTC")


def head_of(line: int, number: int, seal: bytes, before: str, at: datetime) -> dict[str, Any]:
    """What is signed: the head's own number, the last row and its seal, and the mark of the head before it."""
    mark = _mark(before) if before else ""
    return {"line": line, "no": number, "seal": seal.hex(), "at": at.isoformat(), "before": mark}
