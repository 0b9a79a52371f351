"""Texts that may leave the house without a person in them: names, places and dates taken out of what people write."""

import re
from collections.abc import Iterable
from datetime import date

from langsikt.model.swedish import SWEDISH
from langsikt.model.texts import Text
from langsikt.model.whereabouts import Known, whereabouts_in_text

NAME, PLACE, NUMBER, DATE = "[namn]", "[plats]", "[nummer]", "[datum]"
MONTHS = tuple(SWEDISH["sentences"]["months"])
FIRST_WORDS = frozenset(SWEDISH["sentences"]["first"])
KNOWN_SHORT = frozenset(SWEDISH["sentences"]["short"])
CAPITAL = re.compile(rf"\b[{SWEDISH['letters']['upper']}][\w-]*")
ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
SPOKEN = re.compile(rf"\b(\d{{1,2}})(?:\s*(?::?e|:a))?\s+({'|'.join(MONTHS)})(?:\s+(\d{{4}}))?\b", re.I)
SHORT = re.compile(r"\b\d{1,2}/\d{1,2}(?:[-/ ]\d{2,4})?\b")
LONG_NUMBER = re.compile(r"\+?\d[\d \-]{3,}\d|\b\d{4,}\b")


def weeks_ago(day: date, today: date) -> Text:
    """A day as weeks from today, which is as near as a text without names says it."""
    weeks = (today - day).days // 7
    if weeks > 104:
        return Text("för mer än två år sedan", "more than two years ago")
    if weeks < -1:
        return Text("om {n} veckor", "in {n} weeks").filled(n=-weeks)
    if weeks <= 0:
        return Text("den här veckan", "this week") if weeks == 0 else Text("nästa vecka", "next week")
    one = Text("för 1 vecka sedan", "1 week ago")
    return one if weeks == 1 else Text("för {n} veckor sedan", "{n} weeks ago").filled(n=weeks)


def stripped(text: str, names: Iterable[str], known: Iterable[Known], today: date) -> str:
    """``text`` without names, places, numbers and dates. Whatever could be a name is taken for one."""
    for found in reversed(whereabouts_in_text(text, known)):
        text = text[: found.start] + PLACE + text[found.end :]
    text = ISO.sub(lambda hit: _iso(hit.group(), today), text)
    text = SPOKEN.sub(lambda hit: _spoken(hit, today), text)
    text = LONG_NUMBER.sub(NUMBER, SHORT.sub(DATE, text))
    words = {word.casefold() for name in names for word in re.findall(r"\w+", name) if _may_name(word)}
    text = re.sub(r"[^\W\d_]+", lambda hit: NAME if _named(hit.group(), words) else hit.group(), text)
    return CAPITAL.sub(lambda hit: _kept(hit, text), text)


def _may_name(word: str) -> bool:
    """A line that says whom to ask holds small words too, and they are nobody's name."""
    return len(word) > 1 and (word[0].isupper() or word not in FIRST_WORDS)


def _named(word: str, names: set[str]) -> bool:
    low = word.casefold()
    return low in names or (low.endswith("s") and low[:-1] in names)


def _kept(hit: re.Match[str], text: str) -> str:
    word, before = hit.group(), text[: hit.start()].rstrip(' "”’(')
    starts = not before or before[-1] in ".!?:\n–-"
    if word in KNOWN_SHORT or (starts and word.casefold() in FIRST_WORDS):
        return word
    return NAME


def _iso(text: str, today: date) -> str:
    try:
        return weeks_ago(date.fromisoformat(text), today).sv
    except ValueError:
        return DATE


def _spoken(hit: re.Match[str], today: date) -> str:
    month = MONTHS.index(hit[2].lower()) + 1
    try:
        day = date(int(hit[3] or today.year), month, int(hit[1]))
    except ValueError:
        return DATE
    return weeks_ago(day, today).sv
