"""Failed proofs are counted per person, password and code alike; after five somebody must wait (rules D8)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def mark_of(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str:
    """What axes stores in place of the user name: people type their password there by mistake."""
    return _mark(str((credentials or {}).get("username") or ""))


def no_address(request: HttpRequest) -> str:
    """What axes stores in place of the address: an office has one address, and many people."""
    return "0.0.0.0"  # noqa: S104 - no socket, a value that says nothing


def nobody(*about: object) -> str:
    """What axes writes in the log in place of who tried, from where and with which browser."""
    return "somebody"


def must_wait(request: HttpRequest, username: str) -> bool:
    """Whether the person with this user name, existing or not, has failed too often to try again yet."""
    return not AxesProxyHandler.is_allowed(request, {"username": username})


def count_failure(request: HttpRequest, username: str) -> None:
    """Counts a failed code as the backends count a failed password."""
    AxesProxyHandler.user_login_failed(sender=__name__, credentials={"username": username}, request=request)


@contextmanager
def one_at_a_time(username: str) -> Iterator[None]:
    """Holds back other tries for the same person, so that twenty at once are still at most five guesses."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(_mark(username)[:15], 16)])
        yield


def _mark(username: str) -> str:
    return salted_hmac("langsikt.lockout", username.strip().lower(), algorithm="sha256").hexdigest()
