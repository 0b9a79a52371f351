"""Logs that say where a fault arose and in which request, and never what anybody wrote."""

import logging
import secrets
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any

from django.http import HttpRequest, HttpResponse
from gunicorn.glogging import Logger

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "langsikt.config.quiet.QuietFormatter"}},
    "handlers": {"quiet": {"class": "logging.StreamHandler", "formatter": "quiet", "level": "ERROR"}},
    "root": {"handlers": ["quiet"], "level": "ERROR"},
    "loggers": {"django": {"handlers": ["quiet"], "level": "ERROR", "propagate": False}},
}


class QuietFormatter(logging.Formatter):
    """Level, logger, class of the exception, place in the code, request id: nothing else can pass."""

    def format(self, record: logging.LogRecord) -> str:
        kind, place = "-", f"{record.module}:{record.lineno}"
        if record.exc_info and record.exc_info[0]:
            kind, place = record.exc_info[0].__name__, _place(record.exc_info[2])
        request_id = getattr(getattr(record, "request", None), "request_id", "-")
        return f"{self.formatTime(record)} {record.levelname} {record.name} {kind} at {place} request={request_id}"


def _place(trace: TracebackType | None) -> str:
    frames = [frame for frame, _ in traceback.walk_tb(trace)]
    if not frames:
        return "-"
    code = frames[-1].f_code
    ours = next((f for f in reversed(frames) if f.f_globals.get("__name__", "").startswith("langsikt")), frames[-1])
    inner = f"{frames[-1].f_globals.get('__name__')}.{code.co_name}"
    return f"{ours.f_globals.get('__name__')}:{ours.f_lineno} (in {inner})"


class RequestId:
    """Gives every request a random id, which the answer carries so that a person can tell it to support."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = secrets.token_hex(8)
        request.request_id = request_id  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class QuietGunicorn(Logger):  # type: ignore[misc]
    """Gunicorn's own log, with the same silence about exceptions: it would else print a request's path and text."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(QuietFormatter())
