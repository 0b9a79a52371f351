"""Joins the hand-written table of every (state, event, relation) with the answers of the pure rules."""

import csv
import json
from functools import cache

import pytest

from langsikt.model.rules import Around, Happening, answer, fold, stops
from tests.model.states import EXPECTED, STATES, TODAY, history, state_of, submission

COLUMNS = (
    "case_worker", "stand_in", "unit_manager", "housing_coordinator", "duty_service",
    "analyst", "log_reviewer", "secrecy_officer", "system_administrator",
)  # fmt: skip
ASKED = ("acute", "decision", "placement")  # states in which a place request is open


def rows(file: str) -> list[dict[str, str]]:
    """The rows of one expected table."""
    with (EXPECTED / file).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


TABLE = rows("steps.csv")
CELLS = [(r["state"], r["event"], c, r[c]) for r in TABLE for c in COLUMNS]
STOPS = [r for r in rows("hard_stops.csv") if r["where"] == "model"]


@cache
def told(state: str) -> tuple[Happening, ...]:
    """The history of a state, built once."""
    return tuple(history(state))


def relation(state: str, event: str, column: str) -> str:
    """What the person of a column is to the case (README.md beside the table)."""
    if state == "new":
        if event != "receive_contact":
            return "none"
        return "case_worker" if column == "stand_in" else column
    if column == "housing_coordinator":
        return column if state in ASKED else "none"
    return column if column in ("case_worker", "stand_in", "unit_manager", "duty_service") else "none"


def around(changes: str = "{}") -> Around:
    """Circumstances that stop nothing, save for ``changes``."""
    given = {"age_band": "21_plus", "decider_roles": ["case_worker", "unit_manager"], **json.loads(changes)}
    given["decider_roles"] = frozenset(given["decider_roles"])
    return Around(today=TODAY, district="*", **given)


def given(state: str, event: str, column: str) -> str:
    """The rules' answer: hidden, right, step, stop or done."""
    now = fold(told(state), TODAY)
    said = answer(now, event, relation(state, event, column))
    if said == "done" and stops(now, event, submission(event, told(state)), around()):
        return "stop"
    return said


@pytest.mark.parametrize("state", sorted({r["state"] for r in TABLE}))
def test_every_event_in_a_state_is_answered_as_the_table_says(state: str) -> None:
    wrong = [
        f"{event} by {column}: table {expected}, rules {said}"
        for s, event, column, expected in CELLS
        if s == state and (said := given(state, event, column)) != expected
    ]
    assert not wrong, f"{state}: {len(wrong)} disagreements\n" + "\n".join(wrong)


def test_the_table_is_whole_and_not_vacuous() -> None:
    states, events = {r["state"] for r in TABLE}, {r["event"] for r in TABLE}
    assert len(TABLE) == len(states) * len(events) == len({(r["state"], r["event"]) for r in TABLE})
    assert states <= set(STATES) and len(events) == 72
    counts = {
        value: sum(1 for cell in CELLS if cell[3] == value) for value in ("done", "step", "right", "stop", "hidden")
    }
    print(f"steps.csv: {len(CELLS)} cells {counts}")
    assert sum(counts.values()) == len(CELLS) and min(counts.values()) > 0
    for event in sorted(events):
        assert any(cell[1] == event and cell[3] == "done" for cell in CELLS), f"{event} is nowhere done"


def test_the_table_speaks_of_the_events_that_the_model_has() -> None:
    from langsikt.model.load import METHOD

    assert {r["event"] for r in TABLE} == set(METHOD.events)


@pytest.mark.parametrize(
    "row", STOPS, ids=[f"{i}-{r['rule']}-{r['event']}-{r['situation'][:50]}" for i, r in enumerate(STOPS)]
)
def test_a_hard_stop_stops_and_its_near_miss_passes(row: dict[str, str]) -> None:
    hit = _stops(row["event"], row["state"], row["facts"], row["around"])
    near = _stops(row["event"], row["near_miss_state"], row["near_miss_facts"], row["near_miss_around"])
    stopped = () if row["expected"] == "none" else (row["expected"],)
    assert set(stopped) <= set(hit) and bool(stopped) == bool(hit), f"{row['situation']}: stopped by {hit}"
    assert near == (), f"the near miss is stopped: {row['near_miss']} (by {near})"


def _stops(event: str, state: str, facts: str, changes: str) -> tuple[str, ...]:
    return stops(state_of(state), event, submission(event, told(state), json.loads(facts)), around(changes))


@pytest.mark.parametrize("row", [r for r in STOPS if r["rule"] == "g" and r["event"] != "correct"], ids=str)
def test_a_closure_is_stopped_only_after_right_and_step_have_let_it_through(row: dict[str, str]) -> None:
    who = "unit_manager" if row["event"] == "sign_closure" else "case_worker"
    for state in (row["state"], row["near_miss_state"]):
        assert answer(state_of(state), row["event"], who) == "done", f"{state} does not reach the hard stop"


def test_every_hard_stop_of_the_model_has_a_row() -> None:
    from langsikt.model.load import METHOD

    required = {(name, stop) for name, rule in METHOD.events.items() for stop in rule.requires}
    tried = {(r["event"], r["expected"]) for r in STOPS}
    assert required <= tried, f"hard stops without a row: {sorted(required - tried)}"
    assert {r["rule"] for r in rows("hard_stops.csv")} == set("abcdefghi"), "rules B1.2 (a) to (i), no others"
