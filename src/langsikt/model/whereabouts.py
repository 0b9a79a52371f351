"""Where in a text it says where somebody is: what the case knows itself, and what looks like an address (rules D2)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from langsikt.model.swedish import SWEDISH

UPPER, ANY, SMALL = (SWEDISH["letters"][case] for case in ("upper", "any", "small"))
STREETS, NAMED, COUNTED, FLATS = ("|".join(SWEDISH["streets"][k]) for k in ("endings", "named", "counted", "flats"))
NO_STREETS = frozenset(SWEDISH["streets"]["no_streets"])
PLANS = re.compile(rf"(?i).*(?:{'|'.join(SWEDISH['streets']['plans'])})plan$")
NUMBER = rf"\d{{1,3}}(?:\s?[A-Za-z])?\b(?!\s*(?:{COUNTED}))(?![.:,]\d)(?!\s?-\s?\d)"
PATTERNS = (
    re.compile(rf"\b[{ANY}]{{2,}}(?:{STREETS})\s+{NUMBER}", re.I),
    re.compile(rf"\b[{UPPER}][{ANY}]+(?:{NAMED})\s+{NUMBER}"),
    re.compile(rf"\b[{UPPER}][{ANY}]+\s+(?i:{STREETS}|{NAMED})\s+{NUMBER}"),
)
TOWN = rf"[{UPPER}][{SMALL}]{{2,}}(?:\s[{UPPER}][{SMALL}]+)?\b"
POST_CODE = re.compile(rf"(?<![\d-])(?<!\d )(?:[Ss][Ee]-)?\d{{3}}\s?\d{{2}}\s+{TOWN}")
FLAT = re.compile(rf"(?i)\b(?:{FLATS})\s*\d{{4}}\b")
DIGITS = re.compile(r"\+?\d[\d\s()/.-]{4,}\d")
SHORTEST = 3  # letters that a known word must have to be looked for
SHORTEST_NUMBER = 6  # digits of a telephone number that tell whose it is
# The city that all of us work in tells nothing, and its name stands in every other note.
HERE = frozenset({"stockholm"})
ADDRESSES = frozenset({"address", "appointment", "contact_address"})
NAMES = frozenset({"new_name"})
# What is known by a name of its own, often written with where it lies: each part that bears a name tells.
NAMED_PLACES = frozenset({"school", "workplace", "appointment"})
BETWEEN_PARTS = re.compile(r"[,;()\n]|\s(?:i|på|vid|hos)\s")
BEARS_A_NAME = re.compile(rf"\b[{UPPER}][{ANY}]{{2,}}")
LOOKS_LIKE_ONE = "looks_like"


@dataclass(frozen=True)
class Known:
    """Something that the case knows of where the person is; ``kind`` as in ``whereabouts_kind``, or ``mark``."""

    kind: str
    value: str


@dataclass(frozen=True)
class Found:
    """A stretch of a text, from one character to another, and what it is: a kind of ``Known``, or ``looks_like``."""

    start: int
    end: int
    kind: str


def whereabouts_in_text(text: str, known: Iterable[Known] = ()) -> tuple[Found, ...]:
    """Every stretch of ``text`` that says where somebody is, in order and without overlap (rules D2, B1.13).

    What the case knows comes before what only looks like an address.
    """
    found = [Found(*span, thing.kind) for thing in known for span in _known_in(text, thing)]
    found += [Found(*span, LOOKS_LIKE_ONE) for span in _addresses_in(text)]
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.kind == LOOKS_LIKE_ONE, f.start, -f.end)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda f: f.start))


def _addresses_in(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (*PATTERNS, POST_CODE, FLAT):
        for hit in pattern.finditer(text):
            first = hit.group().split()[0].casefold()
            if first not in NO_STREETS and not PLANS.match(first):
                yield hit.span()


def _known_in(text: str, thing: Known) -> Iterator[tuple[int, int]]:
    yield from _number_in(text, thing.value)
    for words in _telling(thing):
        pattern = r"[\W_]+".join(re.escape(word) for word in words)
        for hit in re.finditer(rf"(?i)(?<!\w){pattern}(?:s)?(?!\w)", text):
            yield hit.span()


def _telling(thing: Known) -> Iterator[list[str]]:
    """The words to look for: all of it, and the parts that tell by themselves (the street, the town, the last name)."""
    words = re.findall(r"\w+", thing.value)
    if sum(map(len, words)) >= SHORTEST and not "".join(words).isdigit():
        yield words
    if thing.kind in NAMES and len(words) > 1 and len(words[-1]) >= SHORTEST:
        yield words[-1:]
    if thing.kind in ADDRESSES:
        yield from _parts(thing.value)
    if thing.kind in NAMED_PLACES:
        for part in BETWEEN_PARTS.split(thing.value):
            if BEARS_A_NAME.search(part) and part.strip().casefold() not in HERE:
                yield re.findall(r"\w+", part)


def _parts(address: str) -> Iterator[list[str]]:
    """The street with its number, the street alone, and the town after the postal code."""
    street = re.match(r"\s*([^\d,\n]+?)\s+(\d{1,3}\s?[A-Za-z]?\b)", address)
    if street:
        name = re.findall(r"\w+", street[1])
        yield [*name, *re.findall(r"\w+", street[2])]
        if sum(map(len, name)) > SHORTEST:
            yield name
    town = re.search(r"\d{3}\s?\d{2}\s+(\w[\w ]*)", address)
    if town and len(town[1]) >= SHORTEST and town[1].strip().casefold() not in HERE:
        yield re.findall(r"\w+", town[1])


def _number_in(text: str, value: str) -> Iterator[tuple[int, int]]:
    """A telephone number, however its figures are parted, with or without the country's code."""
    wanted = _national(value)
    if len(wanted) < SHORTEST_NUMBER or len(wanted) < sum(c.isalnum() for c in value) - 2:
        return
    for hit in DIGITS.finditer(text):
        if wanted in _national(hit.group()):
            yield hit.span()


def _national(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return re.sub(r"^(?:0046|46|0)", "", digits)
