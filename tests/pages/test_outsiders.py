"""Whoever is not signed in can tell nothing and ask nothing, and what people type is never run (T23)."""

import re
from collections.abc import Iterator

import pytest

from devtools import people
from tests.pages import table, visiting
from tests.pages.visiting import Visits
from tests.pages.world import World

MADE_UP = "QQQQQQ"
# Typed by somebody who means ill: a run script, a picture that calls out, a broken attribute, a template, a link.
TYPED = (
    "<script>top.ran=1</script>", "<img src=x onerror=top.ran=1>", "\"'><svg onload=top.ran=1>",
    "{{ 7|add:7 }}{% now 'Y' %}", "<a href='javascript:top.ran=1'>klicka</a>", "</textarea><script>top.ran=1</script>",
    "\u202e<b>ttud</b>", "<!-- --><iframe srcdoc='<script>top.ran=1</script>'>",
)  # fmt: skip
RAW = re.compile(r"<script>top|<img src=x|<svg onload|<a href='java|<iframe|<b>ttud|>\s*14\s*20\d\d<")


@pytest.fixture(autouse=True)
def fresh(world: World, visits: Visits) -> Iterator[None]:
    yield
    world.renew()
    visits.forget()


def test_outside_a_real_reference_and_a_made_up_one_are_answered_alike(world: World) -> None:
    """Every page of a case, read and written: the sign-in, and the same bytes for who exists and who does not."""
    asked = 0
    for route, method, _ in table.rows():
        where = table.address(table.Cell(route, method, "anonymous", ""), world)
        if world.references["plain"] not in where:
            continue
        answers = []
        for reference in (world.references["plain"], MADE_UP):
            browser, address = visiting.anonymous(), where.replace(world.references["plain"], reference)
            answer = browser.get(address) if method == "GET" else browser.post(address, {"note": "Är hon hos er?"})
            kept = answer.content.decode().replace(reference, MADE_UP)
            headers = {k: v.replace(reference, MADE_UP) for k, v in answer.headers.items() if k != "X-Request-Id"}
            answers.append((answer.status_code, kept, headers))
        assert answers[0] == answers[1], (route, method)
        assert answers[0][0] == 302 and answers[0][2]["Location"].startswith("/logga-in/"), (route, method, answers[0])
        asked += 1
    print(f"{asked} pairs outside, 0 differences")
    assert asked > 60


def test_what_is_typed_is_shown_as_text(world: World, visits: Visits) -> None:
    sara, here = visits.by(people.SARA), f"/arenden/{world.references['plain']}"
    for n, text in enumerate(TYPED):
        form = {"happened_at": f"{table.day(-1)}T10:00", "note": text, "key": f"typed-{n}", "anyway": "on"}
        assert sara.post(f"{here}/arende/anteckning/", form).status_code == 302, text
        wrong = sara.post(f"{here}/arende/anteckning/", form | {"happened_at": text, "key": f"wrong-{n}"})
        assert wrong.status_code == 422 and not RAW.search(wrong.content.decode()), text
    for path in ("/", "/handelser/", "/plan/", "/text-utan-namn/", "/trygghet/"):
        page = sara.get(here + path)
        assert page.status_code == 200 and not RAW.search(page.content.decode()), path
    history = sara.get(f"{here}/handelser/").content.decode()
    assert history.count("&lt;script&gt;top.ran=1") >= 3, "they are there, as text"
    print(f"{len(TYPED)} texts, typed rightly and wrongly, on 5 pages: none came back as markup")
