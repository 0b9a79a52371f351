"""Blind tokens of names and numbers: equality only, for the one logged search that the law allows."""

import unicodedata

from langsikt.access.vault import token


def name_tokens(name: str) -> list[bytes]:
    """A token for each word of a name, and one for the whole; order and case do not matter."""
    words = sorted(set(plain_name(name).split()))
    return [token("name", word) for word in words] + ([token("name", " ".join(words))] if len(words) > 1 else [])


def name_token(name: str) -> bytes:
    """The token that a typed name must equal."""
    return token("name", " ".join(sorted(set(plain_name(name).split()))))


def number_token(number: str) -> bytes:
    """The token of a personal or coordination number, written with or without century and dash."""
    return token("number", "".join(c for c in number if c.isdigit())[-10:])


def plain_name(name: str) -> str:
    """A name as it is compared: one form of each letter, no capitals."""
    return unicodedata.normalize("NFC", name).casefold()
