"""What the app logs: where and what kind of fault, in which request, and not one word that anybody wrote."""

import io
import logging
import logging.config
import sys

import pytest
from django.http import HttpRequest, HttpResponse

from langsikt.config import quiet

SENTINEL = "Gryningsvägen 14"


@pytest.fixture
def formatter() -> logging.Formatter:
    return quiet.QuietFormatter()


def fault_with(text: str) -> "logging._SysExcInfoType":
    try:
        raise ValueError(text)
    except ValueError:
        return sys.exc_info()


def test_a_fault_is_named_and_placed_but_its_words_are_not(formatter: logging.Formatter) -> None:
    request = HttpRequest()
    quiet.RequestId(lambda r: HttpResponse())(request)
    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "Fel: %s", (f"/arenden/{SENTINEL}/",), fault_with(SENTINEL)
    )
    record.request = request
    line = formatter.format(record)
    assert "ERROR django.request ValueError at" in line
    assert "test_logs" in line
    assert f"request={request.request_id}" in line  # type: ignore[attr-defined]
    assert SENTINEL not in line
    assert len(line.splitlines()) == 1


def test_every_logger_speaks_through_the_quiet_formatter(monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    handlers = [*logging.getLogger().handlers, *logging.getLogger("django").handlers]
    ours = [h for h in handlers if isinstance(h.formatter, quiet.QuietFormatter)]
    assert ours
    for handler in ours:
        monkeypatch.setattr(handler, "stream", said)
    for name in ("django.request", "django.security.csrf", "axes", "allauth", "psycopg.pool", "langsikt"):
        logging.getLogger(name).error("%s", SENTINEL, exc_info=fault_with(SENTINEL))
        logging.getLogger(name).warning(SENTINEL)
    lines = said.getvalue().splitlines()
    assert len(lines) == 6
    assert SENTINEL not in said.getvalue()


def test_the_answer_carries_the_id_of_the_request() -> None:
    request = HttpRequest()
    answer = quiet.RequestId(lambda r: HttpResponse())(request)
    assert answer["X-Request-Id"] == request.request_id  # type: ignore[attr-defined]
