"""The hand-written tables of routes say one thing about each route and method: a double would hide the other answer."""

import csv
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
TABLES = (TESTS / "expected" / "routes.csv", TESTS / "pages" / "routes_later.csv")


def doubles(tables: tuple[Path, ...]) -> list[tuple[str, str]]:
    """Each route and method that more than one row answers for, in one table or over both."""
    rows = [row for table in tables for row in csv.DictReader(table.read_text("utf-8").splitlines())]
    return sorted(pair for pair, times in Counter((r["route"], r["method"]) for r in rows).items() if times > 1)


def test_each_route_and_method_has_one_row() -> None:
    assert doubles(TABLES) == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_a_second_row_is_found(table: Path, tmp_path: Path) -> None:
    """The same route and method once more with another answer, in the table itself or in the other one."""
    head, first, *_ = TABLES[0].read_text("utf-8").splitlines()
    second = first.replace("302", "200")
    assert second != first
    copy = tmp_path / table.name
    copy.write_text(table.read_text("utf-8").rstrip("\n") + f"\n{second}\n", "utf-8")
    others = tuple(one for one in TABLES if one != table)
    route, method, _ = first.split(",", 2)
    assert head.startswith("route,method,")
    assert doubles((copy, *others)) == [(route, method)]
