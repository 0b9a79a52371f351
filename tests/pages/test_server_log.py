"""The real server's log and the database's own: silent about what was typed, also in requests that break."""

import http.client
import re
import socket
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import psycopg
import pytest

from langsikt.cli.home import Home
from tests import cluster
from tests.pages import sinks
from tests.pages.world import HOME, MINE

WORDS = ("Kungsfiskaren ropar", "Bläckhornet 77", "Ormbunksängen")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
WRITER = re.compile(r'data-who="([0-9a-f-]{36})"')


class Browser:
    """A person at the real server, with cookies and the token of the last page."""

    def __init__(self, server: Any) -> None:
        self.place = urlsplit(server.url).netloc
        self.cookies: dict[str, str] = {}
        self.token = self.writer = ""

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and page; the redirect's address in place of an empty page."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **form}).encode() if form is not None else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        cookies = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())} if self.cookies else {}
        connection = http.client.HTTPConnection(self.place, timeout=30)
        said = {"Referer": f"http://{self.place}/{quote(WORDS[2])}"} | (
            {"X-Writer": self.writer} if self.writer else {}
        )
        connection.request(method, path, body, {**kind, **cookies, **said})
        answer = connection.getresponse()
        page = answer.read().decode()
        for said in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = said.partition(";")[0].partition("=")
            self.cookies[name] = value
        found = TOKEN.search(page)
        self.token = found[1] if found else self.token
        whose = WRITER.search(page)
        self.writer = whose[1] if whose else self.writer
        connection.close()
        return answer.status, answer.headers.get("Location") or page

    def raw(self, data: bytes) -> bytes:
        """Bytes that are no honest request."""
        host, _, port = self.place.partition(":")
        with socket.create_connection((host, int(port)), timeout=10) as line:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            return line.recv(4096)


@pytest.fixture(scope="module")
def logs(server: Any) -> dict[str, bytes]:
    """The logs of the web server and of the database, after all that could make them talk."""
    server.reset()
    sara = Browser(server)
    sara.ask("GET", "/demo/")
    assert sara.ask("POST", "/demo/", {"username": "sara.l"}) == (302, "/")
    status, page = sara.ask("GET", "/arenden/")
    assert status == 200
    reference = re.search(r"/arenden/([A-Z0-9]{6})/", page)
    assert reference
    provoke(sara, f"/arenden/{reference[1]}")
    break_a_table(server, sara, f"/arenden/{reference[1]}/arende/anteckning/")
    server.reset()
    return {"web": (HOME / f"{MINE}_web.log").read_bytes(), "database": Path(Home(HOME).postgres_log).read_bytes()}


def provoke(sara: Browser, here: str) -> None:
    note = f"{here}/arende/anteckning/"
    assert sara.ask("POST", note, {"happened_at": "i går", "note": WORDS[0]})[0] == 422
    assert sara.ask("POST", note, {"happened_at": "2026-01-01T10:00", "note": f"{WORDS[0]}\0"})[0] in (302, 400, 422)
    assert sara.ask("POST", f"{here}/utkast/write_note/", {"note": WORDS[0]})[0] == 200
    assert sara.ask("GET", f"/arenden/{quote(WORDS[1])}/?namn={quote(WORDS[1])}")[0] == 404
    assert sara.ask("POST", "/arenden/sok/", {"name": WORDS[1]})[0] == 200
    sara.token = ""
    assert sara.ask("POST", note, {"note": WORDS[0]})[0] == 403
    word = WORDS[1].encode()
    sara.raw(b"GET /" + word + b" HTTP/9.9\r\n\r\n")
    sara.raw(b"\x00" + word + b"\r\n\r\n")
    sara.raw(b"POST /arenden/sok/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\nname=" + word)
    sara.raw(b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n" + word)
    sara.raw(b"GET / HTTP/1.1\r\nHost: " + word + b"\r\nX: " + word * 2000 + b"\r\n\r\n")


def break_a_table(server: Any, sara: Browser, note: str) -> None:
    """A fault of the database in the middle of a change, made from outside: the words were on their way to it."""
    sara.ask("GET", note)
    with server.owner() as owner:
        owner.execute("alter table records_note rename to records_note_away")
        form = {"happened_at": "2026-01-01T10:00", "note": WORDS[0], "key": WORDS[2]}
        status, page = sara.ask("POST", note, form)
        owner.execute("alter table records_note_away rename to records_note")
    assert status == 500 and not sinks.found_in(page.encode(), WORDS)


def test_the_fault_was_logged_by_its_class_and_place(logs: dict[str, bytes]) -> None:
    assert b"ProgrammingError at langsikt." in logs["web"]


def test_a_talkative_database_would_have_been_found(logs: dict[str, bytes]) -> None:
    """The same statement by somebody who turned the database's own silence off."""
    word = "Lärkträdets kvist"
    with cluster.Swift(Home(HOME)).superuser() as loud:
        loud.execute("set log_min_messages = 'error'")
        loud.execute("set log_min_error_statement = 'error'")
        with pytest.raises(psycopg.Error):
            loud.execute(f"select 1 from nowhere where note = '{word}'")
    assert sinks.found_in(Path(Home(HOME).postgres_log).read_bytes(), [word])
    assert not sinks.found_in(logs["database"], [word])


def test_neither_log_holds_a_typed_word(logs: dict[str, bytes]) -> None:
    print({name: len(text) for name, text in logs.items()})
    assert not sinks.seen_in(logs, WORDS)
    assert logs["database"], "the database does log its own start"


def test_the_scanner_would_have_found_it(logs: dict[str, bytes]) -> None:
    for name, text in logs.items():
        planted = text + f"ERROR at /arenden/{quote(WORDS[1])}/ {WORDS[0]}\n".encode()
        assert sinks.seen_in({name: planted}, WORDS) == {name: [WORDS[0], WORDS[1]]}
