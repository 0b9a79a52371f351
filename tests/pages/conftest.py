"""The house of the page tests, and browsers signed in as its people."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def world(django_db_blocker: Any) -> Iterator[Any]:
    """The worker's copy of the house, as the app's role, fresh for this module; what is committed stays."""
    from django.db import connection

    from tests.pages import world as house

    with django_db_blocker.unblock():
        built = house.build()
        built.renew()
        yield built
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def visits(world: Any) -> Any:
    """Browsers by user name."""
    from tests.pages.visiting import Visits

    return Visits()


@pytest.fixture(scope="module")
def demo() -> Iterator[None]:
    """The demo's addresses and pages: the app's own, and the choice of role."""
    from tests.pages import visiting

    with visiting.demo():
        yield
