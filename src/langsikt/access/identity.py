"""Blind tokens of who somebody is: of the number and of the whole name; a surname alone gives none (rules B4.5)."""

from dataclasses import dataclass

from langsikt.access.search import plain_name
from langsikt.access.vault import token

DIGITS = 10
WORDS_OF_A_WHOLE_NAME = 2


@dataclass(frozen=True)
class Identity:
    """The two tokens; None where there is nothing to compare."""

    number: bytes | None
    name: bytes | None


def identity(number: str | None, name: str | None) -> Identity:
    """The tokens of a number, written with or without century and dash, and of a name of two words or more."""
    digits = "".join(c for c in number or "" if c.isdigit())[-DIGITS:]
    words = sorted(set(plain_name(name or "").split()))
    return Identity(
        token("identity", f"number|{digits}") if len(digits) == DIGITS else None,
        token("identity", f"name|{' '.join(words)}") if len(words) >= WORDS_OF_A_WHOLE_NAME else None,
    )
