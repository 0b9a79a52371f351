"""For the benches only: a bare page of a wanted size, and the number of statements of every answer."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

ROW = '<li class="row case-row"><a class="reference" href="/hjalp/">ABCDEF</a><span>6, sedan 1 apr</span></li>\n'
# What a transaction itself costs is counted apart (acceptance 8).
APART = re.compile(r"(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b|select set_config\(", re.I)
COUNT = "X-Statements"


def bare(request: HttpRequest, size: int) -> HttpResponse:
    """A page of about ``size`` bytes through the whole stack, that reads nothing of any case."""
    frame = render(request, "bench_bare.html", {"rows": ""})
    return render(request, "bench_bare.html", {"rows": ROW * max(0, round((size - len(frame.content)) / len(ROW)))})


class Counting:
    """Says in a header how many statements an answer took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with its number of statements."""
        found = 0

        def listen(execute: Any, said: Any, params: Any, many: bool, context: Any) -> Any:
            nonlocal found
            found += not APART.match(str(said).strip())
            return execute(said, params, many, context)

        with connection.execute_wrapper(listen):
            answer = self.get_response(request)
        answer[COUNT] = str(found)
        return answer
