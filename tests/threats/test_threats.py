"""The threat model is true: every row has its control and its sabotage, and every sabotage turns its test red.

In `make test` each patch still fits, each test exists and the page says what the table says; the patches are run in
`make prove`, on a copy of the tree (acceptance, "threat model").
"""

import ast
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.threats import page, sabotage
from tests.threats.sabotage import GREEN, RED, ROOT, Patch

PROVE = bool(os.environ.get("LANGSIKT_PROVE"))
PATCHES = sabotage.patches()
NAMES = [f"{patch.row}-{number}" for number, patch in enumerate(PATCHES, 1)]
HELD = {"holds", "part", "not built"}
proved = pytest.mark.skipif(not PROVE, reason="the sabotage is run by make prove")


def test_every_threat_has_its_row() -> None:
    found = sabotage.rows()
    assert [row["id"] for row in found] == [f"T{number}" for number in range(1, 27)]
    for row in found:
        assert row["state"] in HELD and row["control"] and row["threat"], row["id"]
        assert (row["state"] == "not built") is not bool(row.get("sabotage")), row["id"]
        assert row["state"] == "holds" or row["lacks"], f"{row['id']}: what does not hold is said"
    print(f"{len(found)} rows, {len(PATCHES)} patches, {len({patch.row for patch in PATCHES})} rows with one")


@pytest.mark.parametrize("patch", PATCHES, ids=NAMES)
def test_each_patch_still_fits(patch: Patch) -> None:
    changed = patch.applied((ROOT / patch.file).read_text())
    if patch.file.endswith(".py"):
        ast.parse(changed)


@pytest.mark.parametrize("patch", PATCHES, ids=NAMES)
def test_each_named_test_exists(patch: Patch) -> None:
    file, _, name = patch.test.partition("::")
    written = ast.parse((ROOT / file).read_text())
    functions = {node.name for node in written.body if isinstance(node, ast.FunctionDef)}
    assert name.partition("[")[0] in functions, patch.test


def test_the_page_says_what_the_table_says() -> None:
    assert (ROOT / page.PAGE).read_text() == page.written(), "run: python -m tests.threats.page"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the tree that each patch changes and restores."""
    place = sabotage.copy_to(tmp_path_factory.mktemp("tree"))
    yield place
    shutil.rmtree(place, ignore_errors=True)


@proved
def test_unpatched_they_are_green(tree: Path) -> None:
    """Also builds what the patched runs borrow."""
    tests = sorted({patch.test for patch in PATCHES})
    code, said = sabotage.run(tree, tests, os.environ["LANGSIKT_TEST_HOME"])
    assert code == GREEN, said[-3000:]
    print(f"{len(tests)} tests are green on the copy without any patch")


@proved
@pytest.mark.parametrize("patch", PATCHES, ids=NAMES)
def test_sabotaged_it_turns_red(patch: Patch, tree: Path) -> None:
    target = tree / patch.file
    whole = target.read_text()
    try:
        target.write_text(patch.applied(whole))
        code, said = sabotage.run(tree, [patch.test], "" if patch.fresh else os.environ["LANGSIKT_TEST_HOME"])
    finally:
        target.write_text(whole)
    assert code == RED, f"ended with {code}: {said[-2000:]}"
    print(f"{patch.row}: {patch.file}: {patch.old.strip()} -> {patch.new.strip() or '(removed)'}: red: ", end="")
    print(sabotage.red_test(said))
