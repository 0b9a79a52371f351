"""Looks for words where they must not be: in every table as plain SQL gives it, in files, in logs, in addresses."""

import base64
import html
import json
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from psycopg import sql

HEX = re.compile(rb"\\\\x([0-9a-f]{2,})")
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
LINKS = re.compile(r'\b(?:href|src|action|formaction|content)="([^"]*)"')


def variants(word: str) -> set[bytes]:
    """A word as it may lie somewhere, in whatever case: plain, in hexadecimal, escaped for an address, JSON, a page."""
    plain = word.encode()
    found = {plain, word.lower().encode(), quote(word).encode(), quote_plus(word).encode()}
    found |= {
        json.dumps(word)[1:-1].encode(),
        html.escape(word).encode(),
        plain.hex().encode(),
        word.encode("utf-16-le"),
    }
    return {v for v in found if len(v) >= 4}


def in_base64(word: str) -> set[bytes]:
    """The letters that the word alone decides, wherever among three bytes it begins.

    Fewer than six of them would lie in any large heap of ciphertext by chance.
    """
    plain, found = word.encode(), set()
    for shift in range(3):
        first, last = math.ceil(8 * shift / 6), 8 * (shift + len(plain)) // 6
        found.add(base64.b64encode(b"\0" * shift + plain)[first:last])
    return {v for v in found if len(v) >= 6}


def found_in(text: bytes, words: Iterable[str]) -> list[str]:
    """The words that lie in ``text``, in any of their shapes."""
    low = text.lower()
    return [
        word
        for word in words
        if any(v.lower() in low for v in variants(word)) or any(v in text for v in in_base64(word))
    ]


def tables(owner: Any) -> dict[str, bytes]:
    """Every table as a plain dump would give it, binary columns opened."""
    names = [r[0] for r in owner.execute("select tablename from pg_tables where schemaname = 'public' order by 1")]
    return {name: dumped(owner, name) for name in names}


def dumped(owner: Any, name: str) -> bytes:
    with owner.cursor().copy(sql.SQL("copy {} to stdout").format(sql.Identifier(name))) as rows:
        text = b"".join(bytes(part) for part in rows)
    return (
        text
        + b"\n"
        + b"\n".join(bytes.fromhex(digits.decode()) for digits in HEX.findall(text) if len(digits) % 2 == 0)
    )


def files(*folders: Path, names: str = "*") -> dict[str, bytes]:
    """Every readable file under the folders."""
    return {str(p): p.read_bytes() for folder in folders for p in folder.rglob(names) if p.is_file()}


def seen_in(sinks: Mapping[str, bytes], words: Iterable[str]) -> dict[str, list[str]]:
    """Where which words were found."""
    kept = list(words)
    return {name: hit for name, text in sinks.items() if (hit := found_in(text, kept))}


def title_of(page: str) -> str:
    """What a tab, a task bar and a history show."""
    said = TITLE.search(page)
    return html.unescape(said.group(1)) if said else ""


def links_of(page: str) -> list[str]:
    """Every address on a page."""
    return [html.unescape(link) for link in LINKS.findall(page)]
