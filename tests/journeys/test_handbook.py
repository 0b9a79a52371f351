"""The handbook speaks of buttons that exist, and shows the pictures that the journeys take."""

import re
from pathlib import Path

import pytest

from tests.journeys.desk import FRONT, PICTURES

ROOT = Path(__file__).parents[2]
PAGES = sorted(PICTURES.parent.glob("*.md"))
SCREENS = [*(ROOT / "src" / "langsikt").rglob("*.toml"), *(ROOT / "src" / "langsikt").rglob("*.html")]
SCREENS += [*(ROOT / "src" / "langsikt").rglob("*.py")]


@pytest.fixture(autouse=True, scope="module")
def as_laid_in() -> None:
    """Nothing is laid in: these tests only read."""


def test_every_picture_is_there_and_shown() -> None:
    shown = {name for page in PAGES for name in re.findall(r"\(bilder/([\w-]+)\.png\)", page.read_text())}
    taken = {path.stem for path in PICTURES.glob("*.png")}
    assert len(shown) > 15
    assert shown <= taken
    assert {name for name in taken if name.endswith("-1280")} <= shown
    assert FRONT.exists()


def test_every_button_of_the_handbook_is_on_a_screen() -> None:
    said = "\n".join(path.read_text() for path in SCREENS)
    buttons = {words.strip(".:") for page in PAGES for words in re.findall(r"\*\*([^*]+)\*\*", page.read_text())}
    buttons -= {"Frågan som ska få ett svar"}
    assert len(buttons) > 40
    assert {words for words in buttons if f'"{words}"' not in said} == set()


def test_every_page_of_the_handbook_can_be_found() -> None:
    linked = set(re.findall(r"\(([\w-]+\.md)\)", (PICTURES.parent / "README.md").read_text()))
    assert linked == {page.name for page in PAGES} - {"README.md"}


def test_each_step_asks_the_question_of_the_model() -> None:
    model = (ROOT / "src" / "langsikt" / "model" / "steps.toml").read_text()
    questions = re.findall(r'^question = \{ sv = "([^"]+)"', model, re.MULTILINE)
    steps = sorted(page for page in PAGES if page.name.startswith("steg-"))
    assert len(questions) == len(steps) == 7
    for question, page in zip(questions, steps, strict=True):
        assert question in page.read_text()
