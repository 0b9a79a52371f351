"""What may stand on a piece of paper that the person takes away: nothing that tells where, or why (``ux.md`` 2.13)."""

import re
from collections.abc import Iterable

from langsikt.model.texts import Text

LONGEST = 90
# Parts of words that give the person away to whoever finds the paper, and that look like a place.
TELLING = Text(
    "heder våld hot skydd jour socialtj socialsekr kommun polis rättegång åklagar familj pappa mamma bror syster"
    " gömm rymm flydde",
    "honour honor violen threat shelter protect social serv police court family father mother",
)
PLACE = Text(
    "gatan gata vägen gränd stigen torget allén backen",
    "street road lane square avenue",
)
NUMBER = re.compile(r"\d{3}|@")
# A name of a place begins with a capital after one of these.
NAMED = re.compile(r"\b(i|p\u00e5|in|at) [A-Z\u00c5\u00c4\u00d6]")


def _gives_away(text: str) -> bool:
    plain = text.casefold()
    telling = [*TELLING.sv.split(), *TELLING.en.split()]
    words = set(re.findall(r"\w+", plain))
    places = (*PLACE.sv.split(), *PLACE.en.split())
    return any(part in plain for part in telling) or any(word.endswith(places) for word in words)


def may_leave(text: str, known: Iterable[str] = ()) -> bool:
    """Whether the person's own words may stand on the paper.

    ``known`` are words of ours that stand for a place. Better one line too few than one too many: what is left
    out is said to the worker, who reads it with the person.

    >>> may_leave("En egen dörr att låsa"), may_leave("Bo kvar på Påhittade gatan 4")
    (True, False)
    """
    if len(text) > LONGEST or _gives_away(text) or NUMBER.search(text) or NAMED.search(text):
        return False
    words = set(re.findall(r"\w+", text.casefold()))
    return not any(set(re.findall(r"\w+", word.casefold())) <= words for word in known if word.strip())


def lix(text: str) -> float:
    """How hard a text is to read: words per sentence, and the share of words of more than six letters (LIX).

    Only a stop ends a sentence here: a heading counts with what follows it. Raises ValueError without words.

    >>> lix("Du bor kvar. Det gäller till maj.")
    3.5
    """
    words = re.findall(r"[^\W\d_]+", text)
    if not words:
        raise ValueError("no words")
    long = sum(len(word) > 6 for word in words)
    return len(words) / max(1, len(re.findall(r"[.!?]+(?=\s|$)", text))) + 100 * long / len(words)


def sentences(text: str) -> list[str]:
    """The sentences of a text, a line by itself being one."""
    parts = re.split(r"(?<=[.!?])\s+|\n+", text)
    return [part for part in parts if re.search(r"[^\W\d_]", part)]
