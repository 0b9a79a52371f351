"""Whereabouts ask who one is when ten minutes have passed; names do not (rules B3.1)."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.pages.visiting import COOKIE, signed_in
from tests.pages.world import SARA, World

pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize(
    ("minutes", "field", "status"), [(11, "phone", 302), (11, "card", 302), (11, "name", 200), (9, "phone", 200)]
)
def test_one_step_up_covers_ten_minutes(world: World, minutes: int, field: str, status: int) -> None:
    from devtools import signin

    worker, reference = SARA, world.references["plain"]
    client = signed_in(worker)
    client.cookies[COOKIE] = signin.open_session(worker, datetime.now(UTC) - timedelta(minutes=minutes))
    answer = client.post(f"/arenden/{reference}/visa/", {"field": field}, secure=True)
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"].startswith("/logga-in/bekrafta/")
