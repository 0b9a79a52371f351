"""Unusual looks found in the journal and kept: by the clock each hour, and whenever a reviewer looks."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from langsikt.access.vault import token
from langsikt.model.entries import Entry, Hit
from langsikt.model.log_review import LOOKS_BACK
from langsikt.model.unusual import unusual
from langsikt.records.models import JournalEntry

KEEP = (
    "insert into records_finding (id, rule, staff_id, case_id, at, found_at, entries, seed)"
    " select h.id, h.rule, h.staff, h.of_case, h.at, %s, array(select (json_array_elements_text(h.entries))::uuid), ''"
    " from json_to_recordset(%s) as h(id uuid, rule text, staff uuid, of_case uuid, at timestamptz, entries json)"
    " on conflict do nothing"
)


def find(now: datetime) -> None:
    """Keeps what is new among the rows that whoever asks may see; the same hit is kept once, whoever finds it."""
    entries = _entries(now)
    _keep(unusual(entries, now, _tokens(entries)), now)


def references(cases: Iterable[UUID]) -> dict[UUID, str]:
    """What these cases are called, as far as whoever asks may know of them."""
    with connection.cursor() as cursor:
        cursor.execute("select case_id, reference from langsikt_references(%s)", [list(cases)])
        return dict(cursor.fetchall())


def _entries(now: datetime) -> list[Entry]:
    """The journal of the last weeks, without what the reviewer must not see."""
    rows = JournalEntry.objects.filter(at__gte=now - LOOKS_BACK, at__lte=now)
    found = rows.values(
        "id", "at", "actor", "role", "action", "result", "reason", "typed", "klass", "shown", case=F("case_id")
    )
    return [_entry(row) for row in found]


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(**{**row, "shown": tuple(row["shown"] or ())})


def _tokens(entries: list[Entry]) -> dict[str, UUID]:
    """Which case the blind token of a reference stands for, among the cases of those who typed one that led nowhere."""
    lost = {e.actor for e in entries if e.typed and e.result == "NotFound"}
    had = {e.case for e in entries if e.actor in lost and e.case is not None}
    return {token("typed-reference", ref).hex()[:32]: case for case, ref in references(had).items()}


def _keep(hits: list[Hit], now: datetime) -> None:
    """Adds the hits that are new; an opening in an emergency the database has kept already."""
    rows = [
        {
            "id": str(hit.id),
            "rule": hit.rule,
            "staff": str(hit.actor),
            "of_case": str(hit.case) if hit.case else None,
            "at": hit.at.isoformat(),
            "entries": [str(entry) for entry in hit.entries],
        }
        for hit in hits
        if hit.rule != "emergency"
    ]
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [now, json.dumps(rows)])
