"""A text that may leave the house names nobody, no place and no day (R34, R35)."""

import importlib
import pkgutil
import re
from datetime import date, timedelta
from typing import Any

import pytest

from devtools import stories
from langsikt.model.deidentify import FIRST_WORDS as ALLOWED
from langsikt.model.deidentify import stripped, weeks_ago
from langsikt.model.whereabouts import Known

TODAY = date(2026, 3, 12)
NAMES = ("Vitmåra Zetterlund", "Sara L", "Tuvan", "Kusinen aylin, på kvällar")
KNOWN = (Known("address", "Kvistrandsgränd 88, 000 09 Ingenstad"), Known("phone", "070-174 06 31"))
SECRET_FIELDS = ("person_name", "called", "phone", "code_word", "fallback_person", "caller_name", "personal_number")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Vitmåra ringde. Hon är rädd.", "[namn] ringde. Hon är rädd."),
        ("zetterlunds bror hotar", "[namn] bror hotar"),
        ("Brodern Karim och hans vän", "Brodern [namn] och hans vän"),
        ("På telefon, när Aylin jobbar.", "På telefon, när [namn] jobbar."),
        ("Karim hotar henne.", "[namn] hotar henne."),
        ("Bor på Kvistrandsgränd 88 nu", "[namn] på [plats] nu"),
        ("Flyttade till Ingenstad den 26 februari.", "[namn] till [plats] den för 2 veckor sedan."),
        ("Hotet kom 2026-03-05.", "Hotet kom för 1 vecka sedan."),
        ("Ring 070-174 06 31 eller 0701234567.", "Ring [plats] eller [nummer]."),
        ("Han hotade 12/3.", "Han hotade [datum]."),
        ("Hon är 19 och vill läsa SFI på Komvux.", "Hon är 19 och vill läsa [namn] på [namn]."),
        ("Är LVU möjligt? Vad säger SoL 11:1?", "Är LVU möjligt? Vad säger SoL 11:1?"),
        ("hur skyddar vi henne i skolan?", "hur skyddar vi henne i skolan?"),
    ],
)
def test_what_is_taken_out_and_what_stays(text: str, said: str) -> None:
    assert stripped(text, NAMES, KNOWN, TODAY) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "den här veckan"), (6, "den här veckan"), (7, "för 1 vecka sedan"), (20, "för 2 veckor sedan"),
     (800, "för mer än två år sedan"), (-3, "nästa vecka"), (-20, "om 3 veckor")],
)  # fmt: skip
def test_days_become_weeks(days: int, said: str) -> None:
    assert weeks_ago(TODAY - timedelta(days=days), TODAY).sv == said


def told() -> list[tuple[str, list[str], list[str]]]:
    """Every story of the demo: all its texts, and what of it may never stand in a text that leaves the house."""
    found = []
    for module in pkgutil.iter_modules(stories.__path__):
        story: Any = importlib.import_module(f"devtools.stories.{module.name}")
        if hasattr(story, "PERSON"):
            raws = [moment.raw for moment in story.PERSON.story]
            texts = [v for raw in raws for v in raw.values() if isinstance(v, str) and " " in v]
            secret = [str(raw[f]) for raw in raws for f in SECRET_FIELDS if raw.get(f)]
            found.append((module.name, texts, secret))
    return found


def test_no_sentinel_of_the_demo_s_people_comes_through() -> None:
    people, words = 0, 0
    for name, texts, secret in told():
        people += 1
        whole = ". ".join([*texts, *secret])
        said = stripped(whole, [s for s in secret if not any(c.isdigit() for c in s)], KNOWN, TODAY)
        for sentinel in secret:
            words += 1
            assert sentinel.casefold() not in said.casefold(), (name, sentinel)
        capitals = {w for w in re.findall(r"\b[A-ZÅÄÖ][a-zåäö]{2,}", said) if w.casefold() not in ALLOWED}
        assert not capitals, (name, capitals)
    print(f"{people} people, {words} sentinels, none came through")
    assert people >= 10 and words >= 20


def test_the_same_text_unstripped_holds_every_one_of_them() -> None:
    """The negative control: what is looked for is there before it is taken out."""
    for _, texts, secret in told():
        whole = ". ".join([*texts, *secret]).casefold()
        assert all(s.casefold() in whole for s in secret)
