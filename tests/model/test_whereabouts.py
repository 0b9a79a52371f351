"""The whereabouts warning: what says where somebody is is found, and what only sounds like it is left alone (D2)."""

import random
from itertools import pairwise
from pathlib import Path

import pytest

from langsikt.model.whereabouts import Found, Known, whereabouts_in_text

HOME = Known("address", "Kvistrandsgränd 88, 000 09 Ingenstad")
KNOWN = (
    HOME,
    Known("phone", "070-174 06 31"),
    Known("school", "Rågblomsterskolan"),
    Known("workplace", "Bageriet Sju Korn"),
    Known("workplace", "Kafé Låtsas i Ingenstad, köket"),
    Known("new_name", "Vera Tallbäck"),
    Known("vehicle", "ABC 12D"),
    Known("mark", "Rönnen"),
)
ADDRESSES = (
    "Storgatan 4", "storgatan 4b", "Sankt Eriksgatan 112", "Södra vägen 3", "Lingonvägen 12 A", "Tallgränd 7",
    "Björkstigen 1", "Drottning Kristinas väg 30", "Kungsallén 9", "Fridhemsplan 22", "Medborgarplatsen 4",
    "Norra Hamnen 3", "123 45 Ingenstad", "SE-123 45 Ingenstad", "12345 Ingenstad", "lgh 1203", "Kvarnbacken 14",
)  # fmt: skip
NEAR_MISSES = (
    "målet på vägen", "Vi är på vägen 3 dagar i veckan.", "Hon stod på gatan 2 nätter.", "på vägen till skolan",
    "Hemvägen 2 gånger om dagen känns svår.", "handlingsplan 2", "Genomförandeplan 3 är klar.", "Trygghetsplan 1",
    "arbetsplatsen 4 dagar", "Arbetsplatsen 2 km bort", "omvägen 3", "en utväg 2026", "steg 4 av 7", "kl. 14.30",
    "hyran är 8 450 kr", "070-174 06 05", "vecka 12", "2026-03-12", "den 12 mars", "3 av 12 möten", "SoL 11 kap. 1 §",
    "beslut 12345", "Riksdagen 2026", "planen 2027", "Hon vill gå på bio i Stockholm.", "Stockholms stad",
    "vägen 12.30", "ringen 2 gånger", "Vägen framåt", "Gatan är lång", "allergi 2", "platsen 3", "gatan 5 personer",
    "Vi satt i köket.",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_looks_like_an_address_is_found(address: str) -> None:
    text = f"Hon bor nu på {address}, säger hon."
    found = whereabouts_in_text(text)
    assert found and text[found[0].start : found[0].end].casefold() in address.casefold(), found
    assert {f.kind for f in found} == {"looks_like"}


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_only_sounds_like_one_is_left_alone(text: str) -> None:
    assert not whereabouts_in_text(text, KNOWN), text


@pytest.mark.parametrize(
    ("text", "kind", "marked"),
    [
        ("Hon bor på Kvistrandsgränd 88.", "address", "Kvistrandsgränd 88"),
        ("hon bor på KVISTRANDSGRÄND", "address", "KVISTRANDSGRÄND"),
        ("Tåget till Ingenstad gick.", "address", "Ingenstad"),
        ("Ingenstads station", "address", "Ingenstads"),
        ("Ring 0701740631 i kväll", "phone", "0701740631"),
        ("Ring +46 70-174 06 31.", "phone", "+46 70-174 06 31"),
        ("Ring 070 174 06 31.", "phone", "070 174 06 31"),
        ("Trivs på rågblomsterskolan.", "school", "rågblomsterskolan"),
        ("Jobbar på bageriet  Sju korn nu.", "workplace", "bageriet  Sju korn"),
        ("Börjar på kafé låtsas på måndag.", "workplace", "kafé låtsas"),
        ("Heter Tallbäck numera.", "new_name", "Tallbäck"),
        ("Kör en abc-12d.", "vehicle", "abc-12d"),
        ("Mötet hölls på Rönnen.", "mark", "Rönnen"),
    ],
)
def test_what_the_case_knows_is_found(text: str, kind: str, marked: str) -> None:
    (found,) = whereabouts_in_text(text, KNOWN)
    assert (found.kind, text[found.start : found.end]) == (kind, marked)


def test_another_case_s_words_are_not_known_here() -> None:
    for text in ("Rönnenska villan", "Ring 070-174 06 32.", "Ingenstadsbo", "Bageriet Åtta Korn", "Vera kom i dag."):
        assert not whereabouts_in_text(text, KNOWN), text


def test_each_stretch_is_told_once_and_in_order() -> None:
    text = "Rönnen, Kvistrandsgränd 88, 000 09 Ingenstad, och Storgatan 4."
    found = whereabouts_in_text(text, KNOWN)
    assert [f.kind for f in found] == ["mark", "address", "looks_like"]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_no_text_of_the_demo_warns() -> None:
    """Goals, notes and lines of the stories: people write of roads and plans without saying where they live."""
    stories = sorted((Path(__file__).parents[2] / "devtools" / "stories").glob("*.py"))
    lines = [line for story in stories for line in story.read_text().splitlines() if '"' in line]
    warned = [line.strip() for line in lines if whereabouts_in_text(line)]
    print(f"{len(lines)} lines of {len(stories)} stories, {len(warned)} would warn")
    assert len(lines) > 500 and not warned, warned


def test_any_text_is_answered_and_every_stretch_lies_in_it() -> None:
    rng, letters = random.Random(7), "gatanvägen 12åÅ\n-+.(0701740631)Rönnen😀"
    for _ in range(400):
        text = "".join(rng.choices(letters, k=rng.randint(0, 60)))
        for found in whereabouts_in_text(text, KNOWN):
            assert isinstance(found, Found) and 0 <= found.start < found.end <= len(text)
