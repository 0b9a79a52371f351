"""Browsers without a browser: signed in as the demo signs in, and what they were sent, down to the statements."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from langsikt.records.models import Staff
from tests.pages import table
from tests.pages.world import World

COOKIE = "__Host-langsikt"
DEMO_TEMPLATES = Path(__file__).parents[2] / "devtools" / "templates"
SIGNED_IN = timedelta(seconds=330)  # longer ago than one confirms again (5 min), shorter than a step-up covers (10)
FRESH = 90.0  # seconds: then a new session, so that a slow machine changes no answer
APART = re.compile(
    r"(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|BEGIN|COMMIT|ROLLBACK)\b|select set_config\(", re.I
)
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}(?=")')
KEY = re.compile(rb'(?<=name="key" value=")[\w-]+(?=")')


def demo() -> override_settings:
    """The demo's addresses and pages: the app's own, and the choice of role."""
    templates = [{**engine, "DIRS": [*engine["DIRS"], DEMO_TEMPLATES]} for engine in settings.TEMPLATES]
    return override_settings(ROOT_URLCONF="devtools.urls", TEMPLATES=templates)


def anonymous() -> Client:
    """Somebody who has not signed in."""
    return Client(SERVER_NAME="localhost")


def signed_in(username: str) -> Client:
    """Somebody with an app and recovery codes, who signed in some minutes ago."""
    from devtools import signin

    member = Staff.objects.get(username=username)
    Authenticator.objects.filter(user_id=member.pk).delete()
    totp.TOTP.activate(member, SECRET)
    RecoveryCodes.activate(member)
    client = anonymous()
    client.cookies[COOKIE] = signin.open_session(username, datetime.now(UTC) - SIGNED_IN)
    client.defaults["HTTP_X_WRITER"] = str(member.pk)  # as drafts.js says whose page it stands in
    return client


def code_now() -> str:
    """What everybody's app shows at the moment."""
    return totp.format_hotp_value(totp.hotp_value(SECRET, int(datetime.now(UTC).timestamp()) // 30))


class Visits:
    """One browser per person, signed in anew before any time limit of a session comes near."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[float, Client]] = {}

    def by(self, username: str, left: float = 0.0) -> Client:
        """The browser of this person, with so many seconds left of its session; of nobody for an empty name."""
        if not username:
            return anonymous()
        if username not in self._open or time.monotonic() - self._open[username][0] > FRESH - left:
            self._open[username] = time.monotonic(), signed_in(username)
        return self._open[username][1]

    def forget(self) -> None:
        """After the database was renewed, or somebody signed out."""
        self._open.clear()


@dataclass
class Trace:
    """What one request did in the database, without its values."""

    statements: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    decryptions: int = 0
    body: int = 0


@contextmanager
def traced() -> Iterator[Trace]:
    """Records every statement of the block, and every opening of something sealed."""
    from langsikt.access import vault

    trace = Trace()

    def listen(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        said = sql if isinstance(sql, str) else str(sql)
        (trace.apart if APART.match(said.strip()) else trace.statements).append(said)
        return execute(sql, params, many, context)

    real = vault.AESGCM

    class Counted:
        def __init__(self, key: bytes) -> None:
            self.real = real(key)

        generate_key = staticmethod(real.generate_key)

        def encrypt(self, *given: Any) -> bytes:
            return self.real.encrypt(*given)

        def decrypt(self, *given: Any) -> bytes:
            trace.decryptions += 1
            return self.real.decrypt(*given)

    vault.AESGCM = Counted  # type: ignore[assignment, misc]
    try:
        with connection.execute_wrapper(listen):
            yield trace
    finally:
        vault.AESGCM = real  # type: ignore[misc]


def without_tokens(body: bytes) -> bytes:
    """A page without what is drawn by lot: the token against forged forms and the form's own key."""
    return KEY.sub(b"KEY", TOKEN.sub(b"TOKEN", body))


def without_clock(body: bytes) -> bytes:
    """A page without the time at which it was drawn."""
    return re.sub(rb"\b\d\d\.\d\d\b", b"CLOCK", body)


FAULT = "Kvarnstenen malde"


def broken(*given: Any, **more: Any) -> Any:
    """Stands for a part of the app that fails with what somebody wrote."""
    raise RuntimeError(f"planted: {FAULT}")


def send(cell: table.Cell, world: World, visits: Visits, **where: str) -> Any:
    """The request of a cell; its answer."""
    browser = visits.by(cell.username)
    if cell.method == "GET":
        return browser.get(table.address(cell, world, **where))
    form = table.body(cell, world)
    if "code" in form:
        form = {"code": code_now()}
    return browser.post(table.address(cell, world, **where), form)
