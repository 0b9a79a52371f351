"""The house keeps its own rules: who may touch the database, how long a file is, what stands in the locks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = (ROOT / "src", ROOT / "devtools")
SOURCES = [path for place in WRITTEN for path in sorted(place.rglob("*.py")) if "migrations" not in path.parts]
ROOMS_WITH_DATABASE = {"records", "access", "actions", "insight", "config"}
BANNED = re.compile(r"\bdjango\.(db|apps)\b|\bfrom django import (db|apps)\b|\bget_user_model\b|\b_meta\b")
LONGEST_FILE, LONGEST_FUNCTION = 400, 25
FORBIDDEN_ROOMS = {"core", "common", "utils", "helpers"}


def room(path: Path) -> str:
    return path.relative_to(ROOT / "src" / "langsikt").parts[0]


def test_only_the_rooms_that_may_touch_the_database_do() -> None:
    outside = [p for p in SOURCES if ROOT / "src" in p.parents and room(p) not in ROOMS_WITH_DATABASE]
    outside = [p for p in outside if p.name != "apps.py"]  # how Django is told that the pages exist
    inside = [p for p in SOURCES if ROOT / "src" in p.parents and room(p) in ROOMS_WITH_DATABASE]
    assert [p for p in inside if BANNED.search(p.read_text())], "the search finds nothing, so it proves nothing"
    assert len(outside) > 10
    assert [str(p.relative_to(ROOT)) for p in outside if BANNED.search(p.read_text())] == []


def test_no_room_for_odds_and_ends() -> None:
    names = {part for path in SOURCES for part in (*path.relative_to(ROOT).parts[:-1], path.stem)}
    assert names & FORBIDDEN_ROOMS == set()


def test_files_stop_at_400_lines() -> None:
    assert len(SOURCES) > 30
    assert [str(p.relative_to(ROOT)) for p in SOURCES if len(p.read_text().splitlines()) > LONGEST_FILE] == []


def test_functions_stop_at_25_lines() -> None:
    lengths = [length for path in SOURCES for length in functions(path)]
    assert len(lengths) > 100
    assert [(name, lines) for name, lines in lengths if lines > LONGEST_FUNCTION] == []


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """The functions of a file, with their lines of code: the docstring explains and does not count."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - first.lineno + 1


def test_every_module_says_its_one_job() -> None:
    code = [p for p in SOURCES if p.read_text().strip()]
    silent = [str(p.relative_to(ROOT)) for p in code if not ast.get_docstring(ast.parse(p.read_text()))]
    assert silent == []


def test_locks_carry_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        pinned = re.findall(r"^[a-z0-9][\w.-]*==\S+ \\\n    --hash=sha256:", text, re.MULTILINE)
        named = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)
        assert len(pinned) == len(named) > 20, name
        assert not re.search(r"https?://|file://|index-url|find-links|/home/|/root/|/work/|/opt/", text), name


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("dependencies = [") : text.index("[project.scripts]")]
    lines = [line for line in block.splitlines() if line.strip().startswith('"')]
    assert len(lines) > 15
    assert [line for line in lines if not re.search(r'",\s+# \S', line)] == []


def test_the_package_holds_nothing_of_the_demo() -> None:
    for path in (ROOT / "src").rglob("*"):
        if path.is_file() and path.suffix in {".py", ".html", ".js", ".toml"} and path.name != "run.py":
            assert "devtools" not in path.read_text(), path
