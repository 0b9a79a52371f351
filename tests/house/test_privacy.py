"""docs/privacy.md is what the generator writes, names everything that is stored, and seals what must be sealed."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "privacy.md"


def ours() -> list[Any]:
    return [model for model in apps.get_models() if model._meta.db_table.startswith("records_")]


def test_the_page_is_fresh() -> None:
    from langsikt.records.document import render

    assert PAGE.read_text("utf-8") == render().rstrip() + "\n", "run: python -m langsikt.records.document"


def test_every_table_and_field_of_ours_stands_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    fields = 0
    for model in ours():
        part = page.partition(f"### `{model._meta.db_table}`")[2].partition("\n##")[0]
        assert part, model._meta.db_table
        for column in model._meta.concrete_fields:
            assert re.search(rf"^\| `{column.column}` \| .* \| [0-3] \| \S.* \|$", part, re.M), (model, column.column)
            fields += 1
    print(f"{len(ours())} tables of ours, {fields} fields")
    assert len(ours()) >= 40 and fields >= 200


def test_every_table_of_a_library_stands_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    theirs = {m._meta.db_table for m in apps.get_models(include_auto_created=True)} - {m._meta.db_table for m in ours()}
    assert len(theirs) >= 10 and not [table for table in theirs if f"| `{table}` |" not in page]


def test_every_policy_is_said_in_words() -> None:
    """A policy that the generator has no words for would stand there as SQL."""
    page = PAGE.read_text("utf-8")
    assert "langsikt_" not in page.replace("langsikt_installation", "") and " is null" not in page


def test_whatever_has_class_two_or_three_is_sealed() -> None:
    from langsikt.records.classes import klass_of
    from langsikt.records.sealed import SealedField

    sealed = {(m, c.name): isinstance(c, SealedField) for m in ours() for c in m._meta.concrete_fields}
    klass = {(model, name): klass_of(model, name) for model, name in sealed}
    assert sorted({*klass.values()}) == [0, 1, 2, 3]
    assert {key for key, k in klass.items() if k >= 2} == {key for key, is_sealed in sealed.items() if is_sealed}


def test_a_field_that_nobody_classed_stops_the_build() -> None:
    from langsikt.records.classes import klass_of
    from langsikt.records.models import Note

    with pytest.raises(KeyError):
        klass_of(Note, "planted")


def test_free_text_is_never_class_one() -> None:
    """Whatever a person can type words into is sealed; the rest is chosen from a list, a day, or a yes."""
    from django.db import models

    from langsikt.model.load import METHOD
    from langsikt.records.models import NOUNS
    from langsikt.records.sealed import SealedField

    typed = [(n, c) for n in NOUNS for c in n._meta.concrete_fields if METHOD.fields.get(c.name) and is_typed(c.name)]
    assert len(typed) > 20
    assert not [(n, c.name) for n, c in typed if not isinstance(c, SealedField)]
    assert not [(n, c.name) for n in NOUNS for c in n._meta.concrete_fields if isinstance(c, models.CharField)]


def is_typed(name: str) -> bool:
    from langsikt.model.load import METHOD

    return METHOD.fields[name].kind in ("line", "text")
