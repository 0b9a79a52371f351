"""One change of one line on a copy of the tree, and whether the test that guards that line says so."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).with_name("threats.toml")
COPIED = (
    "src",
    "tests",
    "devtools",
    "docs",
    "pyproject.toml",
    "requirements.lock",
    "requirements-dev.lock",
    "Makefile",
)
LEFT = shutil.ignore_patterns("__pycache__", "*.png", "node_modules")
RED, GREEN = 1, 0  # pytest: a test failed, all passed; 2 to 5 are faults of the run itself and prove nothing


@dataclass(frozen=True)
class Patch:
    """One line that is replaced, and the test that must turn red."""

    row: str
    file: str
    old: str
    new: str
    test: str
    fresh: bool = False  # the change reaches the database only when that is built anew

    def applied(self, text: str) -> str:
        """The file after the change. Raises AssertionError: not exactly one place, or more than a line."""
        assert text.count(self.old) == 1, f"{self.row}: {text.count(self.old)} places in {self.file} for {self.old!r}"
        assert "\n" not in self.old + self.new and self.old != self.new, f"{self.row}: one line, and a change"
        return text.replace(self.old, self.new)


def rows() -> list[dict[str, Any]]:
    """The rows of the threat table, as written in threats.toml."""
    found: list[dict[str, Any]] = tomllib.loads(DATA.read_text())["threat"]
    return found


def patches() -> list[Patch]:
    """Every sabotage of every row, in order."""
    return [Patch(row["id"], **patch) for row in rows() for patch in row.get("sabotage", ())]


def copy_to(place: Path) -> Path:
    """A copy of the tree, without what was built."""
    for name in COPIED:
        found, target = ROOT / name, place / name
        if found.is_dir():
            shutil.copytree(found, target, ignore=LEFT)
        else:
            shutil.copy2(found, target)
    return place


def run(place: Path, tests: list[str], home: str) -> tuple[int, str]:
    """Runs the tests in the copy; with ``home`` on the databases that the run under way has built."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LANGSIKT_", "PYTEST_", "DJANGO_"))}
    environment["PYTHONPATH"] = f"{place / 'src'}{os.pathsep}{place}"
    if home:
        environment |= {"LANGSIKT_TEST_HOME": home, "PYTEST_XDIST_WORKER": "threats"}
    command = [sys.executable, "-m", "tests.threats.child", "-q", "-x", "--no-header", *tests]
    done = subprocess.run(
        command, cwd=place, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def red_test(said: str) -> str:
    """The test that failed, as pytest names it in its last lines."""
    found = re.search(r"^FAILED (\S+)", said, re.M)
    return found[1] if found else ""
