"""The generated pages say what the model says today."""

from pathlib import Path

import pytest

from langsikt.model import document
from langsikt.model.load import METHOD

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


@pytest.mark.parametrize("name", document.PAGES)
def test_a_generated_page_is_fresh(name: str) -> None:
    fresh = document.PAGES[name]()
    assert len(fresh) > 5_000
    assert (DOCS / name).read_text("utf-8") == fresh, "run `python -m langsikt.model.document`"


def test_the_pages_hold_every_word_of_the_model() -> None:
    model, glossary, permissions = (document.PAGES[name]() for name in document.PAGES)
    for event in METHOD.events.values():
        assert f"`{event.name}`" in model
        assert f"`{event.name}`" in permissions
        assert event.label.sv in model
    for item in METHOD.interventions.values():
        assert f"`{item.key}`" in model
    for term in METHOD.terms.values():
        assert f"`{term.identifier}` | {term.sv} | {term.en}" in glossary
    for role in METHOD.roles.values():
        assert f"`{role.key}`" in permissions


def test_every_row_of_a_table_has_the_columns_of_its_head() -> None:
    rows = 0
    for name, render in document.PAGES.items():
        columns = 0
        for line in render().splitlines():
            if not line.startswith("|"):
                columns = 0
                continue
            columns = columns or line.count(" | ")
            assert line.count(" | ") == columns, f"{name}: {line}"
            rows += 1
    assert rows > 150


def test_it_is_written_where_it_is_read(tmp_path: Path) -> None:
    document.write(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == set(document.PAGES)
    assert document.DOCS == DOCS
