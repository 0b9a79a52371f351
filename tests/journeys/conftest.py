"""Each module of journeys starts from the demo as it was laid in, with a desk or two."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.conftest import watch
from tests.journeys.desk import Desk


@pytest.fixture(autouse=True, scope="module")
def as_laid_in(server: Any) -> Iterator[None]:
    """The demo as it was laid in, before this module and after it."""
    server.reset()
    yield
    server.reset()


@pytest.fixture
def desk(page: Any, axe: Callable[[Any], None]) -> Desk:
    """The desk of the journey."""
    return Desk(page, axe)


@pytest.fixture
def other_desk(browser: Any, server: Any, axe: Callable[[Any], None]) -> Iterator[Desk]:
    """A second desk, with a browser session of its own."""
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm", base_url=server.url)
    context.set_default_timeout(10_000)
    faults = watch(context)
    yield Desk(context.new_page(), axe)
    context.close()
    assert not faults, faults


@pytest.fixture
def plain_desk(browser: Any, server: Any, axe: Callable[[Any], None]) -> Iterator[Desk]:
    """A desk where no script runs."""
    context = browser.new_context(locale="sv-SE", base_url=server.url, java_script_enabled=False)
    yield Desk(context.new_page(), axe)
    context.close()
