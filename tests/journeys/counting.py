"""Counts the interactions of a person at a desk, in the page itself; what counts is said in ``counting.js``."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.journeys.desk import Desk

SCRIPT = Path(__file__).with_name("counting.js")


def begin(page: Any) -> None:
    """Every page of this browser counts from now on."""
    page.context.add_init_script(path=SCRIPT)


def counted(page: Any) -> list[str]:
    """What has been counted so far, each in a few words."""
    found: list[str] = json.loads(page.evaluate("sessionStorage.getItem('counted interactions') || '[]'"))
    return found


@contextmanager
def budget(desk: Desk, most: int, least: int = 1) -> Iterator[None]:
    """Fails when what is done within takes more than ``most`` interactions; fewer than ``least`` saw none."""
    desk.page.evaluate("sessionStorage.removeItem('counted interactions')")
    yield
    found = counted(desk.page)
    print(f"{len(found)} of {most} interactions: {'; '.join(' '.join(words.split()) for words in found)}")
    assert least <= len(found) <= most, f"{len(found)} interactions, the budget is {most}: {found}"
