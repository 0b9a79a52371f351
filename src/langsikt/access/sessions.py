"""The session store: encrypted, found by a hash of its key, ended by idle time, whole time or by somebody else."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.contrib.sessions.serializers import JSONSerializer
from django.utils import timezone

from langsikt.access import vault

PURPOSE = "session"
BEGAN, SEEN, DEVICE, CALL = "began_at", "seen_at", "device", "call_until"
SLIDE_EVERY = 10  # seconds: a burst of requests writes once
NOTICE = "notice"  # a key of what to say once on the next page, never words
BACK = "back"  # who left which page: the same person comes back to it, nobody else


class SessionStore(DatabaseStore):
    """Django's store in the database, where neither the content nor a usable key can be read.

    A stolen copy would otherwise hold the keys of everybody who is signed in.
    """

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The content, sealed together with the row it belongs to."""
        content = self._row().encode() + self.serializer().dumps(session_dict)
        return base64.b64encode(vault.seal_system(PURPOSE, content)).decode("ascii")

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """The content; nothing when it was altered, or moved here from another row."""
        return opened(self._row(), session_data)

    def exists(self, session_key: str) -> bool:
        """Whether a session with this key is stored."""
        return bool(Session.objects.filter(session_key=row_of(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to store, under the hash of the key."""
        self._get_or_create_session_key()  # type: ignore[attr-defined]
        return Session(session_key=self._row(), session_data=self.encode(data), expire_date=self.get_expiry_date())

    def delete(self, session_key: str | None = None) -> None:
        """Ends the session with this key, or this one."""
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=row_of(key)).delete()

    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.filter(session_key=self._row(), expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found

    def _row(self) -> str:
        return row_of(self.session_key or "")


def row_of(session_key: str) -> str:
    """What is stored in place of a session's key: 40 characters that do not lead back to it."""
    return hashlib.blake2b(session_key.encode(), digest_size=20).hexdigest()


def opened(row: str, session_data: bytes | str) -> dict[str, Any]:
    """What lies sealed in the row."""
    try:
        content = vault.open_system(PURPOSE, base64.b64decode(session_data, validate=True))
    except (vault.VaultError, ValueError):
        return {}
    mark = row.encode()
    return dict(JSONSerializer().loads(content.removeprefix(mark))) if content.startswith(mark) else {}


def begin(session: SessionBase, now: datetime, device: tuple[str, str] = ("", "")) -> None:
    """Starts the whole time and the idle time of somebody who has just signed in with ``device``."""
    session[BEGAN] = session[SEEN] = now.timestamp()
    session[DEVICE] = list(device)


def over(session: SessionBase | dict[str, Any], now: datetime) -> str:
    """Why the session has ended: ``idle``, ``whole``, or an empty string while it has not."""
    at = now.timestamp()
    if at - session.get(BEGAN, 0) > settings.SESSION_COOKIE_AGE:
        return "whole"
    if at < session.get(CALL, 0):
        return ""
    return "idle" if at - session.get(SEEN, 0) > settings.SESSION_IDLE_AGE else ""


def begin_call(session: SessionBase, until: datetime) -> None:
    """The idle lock waits while somebody is on the telephone: until then, or until the call is over (rules B3.1)."""
    session[CALL] = until.timestamp()


def call_left(session: SessionBase, now: datetime) -> int:
    """Seconds that a call may still last; 0 when there is none."""
    return max(0, int(session.get(CALL, 0) - now.timestamp()))


def end_call(session: SessionBase) -> None:
    """The call is over, and the idle lock counts again; the same when there was none."""
    session.pop(CALL, None)


def slide(session: SessionBase, now: datetime) -> None:
    """Starts the idle time afresh. Never called for an autosave: a forgotten screen must go blank."""
    if now.timestamp() - session.get(SEEN, 0) >= SLIDE_EVERY:
        session[SEEN] = now.timestamp()


def go_back(session: SessionBase, staff_id: UUID) -> str:
    """The page that this person locked or was signed out from, once; empty for anybody else."""
    whose, page = session.pop(BACK, ("", ""))
    return str(page) if whose == str(staff_id) else ""


@dataclass(frozen=True)
class Open:
    """One place where somebody is signed in."""

    row: str
    browser: str
    system: str
    began_at: datetime
    seen_at: datetime


def open_of(staff_id: UUID, now: datetime) -> list[Open]:
    """Where a staff member is signed in now, the latest first."""
    found = [_open(row, held) for row, held in _of(staff_id) if not over(held, now)]
    return sorted(found, key=lambda place: place.began_at, reverse=True)


def _open(row: str, held: dict[str, Any]) -> Open:
    browser, system = held.get(DEVICE) or ("", "")
    began, seen = (datetime.fromtimestamp(held.get(name, 0), UTC) for name in (BEGAN, SEEN))
    return Open(row, browser, system, began, seen)


def end_one(staff_id: UUID, row: str) -> int:
    """Ends one session of a staff member; 0 when it has ended already, or is somebody else's."""
    return _delete([own for own, _ in _of(staff_id) if own == row])


def end_all(staff_id: UUID, but: str | None = None) -> int:
    """Ends every session of a staff member, save the one with the key ``but``; says how many there were."""
    kept = row_of(but or "")
    return _delete([row for row, _ in _of(staff_id) if row != kept])


def _of(staff_id: UUID) -> Iterator[tuple[str, dict[str, Any]]]:
    """A person's sessions; whose they are is sealed, so every row is opened."""
    for row in Session.objects.all():
        held = opened(row.pk, row.session_data)
        if held.get(SESSION_KEY) == str(staff_id):
            yield row.pk, held


def _delete(rows: list[str]) -> int:
    Session.objects.filter(pk__in=rows).delete()
    return len(rows)
