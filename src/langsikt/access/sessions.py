"""The session store: encrypted, found by a hash of its key, ended by idle time, whole time or by somebody else."""

import base64
import hashlib
from datetime import datetime
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
BEGAN, SEEN = "began_at", "seen_at"
SLIDE_EVERY = 10  # seconds: a burst of requests writes once
NOTICE = "notice"  # a key of what to say once on the next page, never words


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


def begin(session: SessionBase, now: datetime) -> None:
    """Starts the whole time and the idle time of somebody who has just signed in."""
    session[BEGAN] = session[SEEN] = now.timestamp()


def over(session: SessionBase, now: datetime) -> str:
    """Why the session has ended: ``idle``, ``whole``, or an empty string while it has not."""
    at = now.timestamp()
    if at - session.get(BEGAN, 0) > settings.SESSION_COOKIE_AGE:
        return "whole"
    return "idle" if at - session.get(SEEN, 0) > settings.SESSION_IDLE_AGE else ""


def slide(session: SessionBase, now: datetime) -> None:
    """Starts the idle time afresh. Never called for an autosave: a forgotten screen must go blank."""
    if now.timestamp() - session.get(SEEN, 0) >= SLIDE_EVERY:
        session[SEEN] = now.timestamp()


def end_all(staff_id: UUID, but: str | None = None) -> int:
    """Ends every session of a staff member, save the one with the key ``but``; says how many there were."""
    others = Session.objects.exclude(session_key=row_of(but or ""))
    theirs = [row for row in others if opened(row.pk, row.session_data).get(SESSION_KEY) == str(staff_id)]
    Session.objects.filter(pk__in=[row.pk for row in theirs]).delete()
    return len(theirs)
