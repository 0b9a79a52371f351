"""For what needs a member of staff at a known moment."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import django
import pytest
import time_machine

django.setup()  # the modules here import models while they are collected

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[Any]:
    """Time stands still until a test shifts it."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def staff(database: None, clock: Any) -> Any:
    """Somebody with a password and no app yet."""
    from tests.access.signing_in import add_staff

    return add_staff()
