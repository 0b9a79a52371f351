"""Lives random cases through on the pure rules and holds them against the figures of acceptance.md."""

import os
import platform
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import pytest

from langsikt.model import facts, rules
from langsikt.model.fold import fold
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.state import Facts, State
from tests.model.finishing import can_be_ended, closes
from tests.model.oracle import broken_closures, closures_after_placement
from tests.model.walking import EVENTS, Walk, wander

FULL, USUAL = 10_000, 500


@dataclass
class Tally:
    """What the walks gave, and what was wrong with them."""

    walks: int = 0
    depths: list[int] = field(default_factory=list)
    said: Counter[tuple[str, str]] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    after_placement: int = 0
    broken: list[str] = field(default_factory=list)
    stuck: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    differ: list[int] = field(default_factory=list)

    def add(self, seed: int, walk: Walk) -> None:
        """Examine one walk."""
        self.walks += 1
        self.depths.append(walk.accepted)
        self.said += walk.said
        self.endings[(walk.state.closed and walk.state.ending) or "still open"] += 1
        self.after_placement += closures_after_placement(walk.told)
        self.broken += [f"seed {seed}: {fault}" for fault in broken_closures(walk.told)]
        if fold(walk.told, walk.today) != walk.state:
            self.differ.append(seed)
        if not walk.state.closed:
            self._onwards(seed, walk)

    def _onwards(self, seed: int, walk: Walk) -> None:
        if not can_be_ended(walk):
            self.refused.append(seed)
        end = closes(walk)
        if end is None:
            self.stuck.append(seed)
            return
        self.ways[f"{end.state.ending}, {'placed' if end.state.placements else 'never placed'}"] += 1
        self.broken += [f"seed {seed}, led to closure: {fault}" for fault in broken_closures(end.told)]


@pytest.fixture(scope="module")
def counts() -> int:
    """How many walks: all in ``make prove``, some in ``make test``."""
    return FULL if os.environ.get("LANGSIKT_PROVE") else USUAL


@pytest.fixture(scope="module")
def first_seed() -> int:
    """Where the seeds begin; another seed may be tried."""
    return int(os.environ.get("LANGSIKT_SEED", "1"))


def walks(first: int) -> Iterator[tuple[int, Walk]]:
    """Walks without end, each with its seed."""
    seed = first * 1_000_000
    while True:
        yield seed, wander(seed)
        seed += 1


@pytest.fixture(scope="module")
def tally(counts: int, first_seed: int) -> Tally:
    """The walks, examined once and printed."""
    result = Tally()
    for seed, walk in islice(walks(first_seed), counts):
        result.add(seed, walk)
    report(result, first_seed)
    return result


def report(tally: Tally, seed: int) -> None:
    """Print the figures with their distribution (acceptance.md, clause 1)."""
    per: dict[str, Counter[str]] = defaultdict(Counter)
    for (event, said), n in tally.said.items():
        per[event][said] += n
    total = sum((c for c in per.values()), Counter[str]())
    deep = sorted(tally.depths)
    print(
        f"\nwalks on the pure model: N={tally.walks} seed={seed} python={platform.python_version()} cores={os.cpu_count()}"  # noqa: E501
    )
    print(
        f"answers {dict(total)}; accepted events per walk: least {deep[0]}, median {deep[len(deep) // 2]}, most {deep[-1]}"  # noqa: E501
    )
    print(f"walks with at least 12 accepted events: {sum(d >= 12 for d in deep)} of {tally.walks}")
    print(f"closures after a placement: {tally.after_placement}; stands at the end: {dict(tally.endings)}")
    print(f"ways to closure found: {dict(tally.ways)}; not found: {len(tally.stuck)}")
    for event in EVENTS:
        print(f"  {event}: {dict(per[event])}")


def test_no_closure_goes_past_the_assessment(tally: Tally) -> None:
    assert not tally.broken, tally.broken[:10]


def test_the_walks_are_deep(tally: Tally) -> None:
    deep = sum(depth >= 12 for depth in tally.depths)
    assert deep >= 0.9 * tally.walks, f"{deep} of {tally.walks} walks take 12 accepted events"


def test_every_event_is_accepted_often(tally: Tally) -> None:
    least = max(1, 100 * tally.walks // FULL)
    rare = {event: tally.said[event, "done"] for event in EVENTS if tally.said[event, "done"] < least}
    assert not rare, f"accepted fewer than {least} times: {rare}"


def test_the_walks_try_every_event_of_the_model() -> None:
    assert set(EVENTS) == set(METHOD.events)


def test_many_closures_follow_a_placement(tally: Tally) -> None:
    assert tally.after_placement >= 500 * tally.walks // FULL


def test_every_kind_of_refusal_is_met(tally: Tally) -> None:
    met = Counter(said for _, said in tally.said.elements())
    assert min(met[said] for said in ("done", "right", "step", "stop", "hidden")) >= tally.walks // 10, met


def test_from_every_reached_state_there_is_a_way_to_closure(tally: Tally) -> None:
    assert not tally.stuck, f"no way to closure from the end of {len(tally.stuck)} walks, seeds {tally.stuck[:10]}"
    assert sum(n for way, n in tally.ways.items() if way.endswith(", placed")) >= tally.walks // 10


def test_what_runs_can_always_be_recorded_as_ended(tally: Tally) -> None:
    assert not tally.refused, f"an ending that has happened is refused (rules B1.1), seeds {tally.refused[:10]}"


def test_reading_one_by_one_gives_what_reading_all_gives(tally: Tally) -> None:
    assert not tally.differ, tally.differ[:10]


# --- planted faults: the same walks must find each of them ------------------------------------


def never(state: State, said: Facts, around: rules.Around) -> bool:
    """A hard stop that stops nothing."""
    return False


def found(what: str, most: int = 3 * USUAL) -> int:
    """After how many walks the fault shows, 0 when it does not."""
    result = Tally()
    for n, (seed, walk) in enumerate(islice(walks(77), most), start=1):
        result.add(seed, walk)
        if getattr(result, what):
            return n
    return 0


def test_a_forgotten_assessment_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(facts.HARD_STOPS, "needs_after_assessed", never)
    assert found("broken")


def test_a_forgotten_running_placement_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(facts.HARD_STOPS, "nothing_running", never)
    assert found("broken")


def test_an_assessment_that_is_never_too_old_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def ever_made(state: State, said: Facts, around: rules.Around) -> bool:
        return bool(state.placements) and state.needs_after_on is None

    monkeypatch.setitem(facts.HARD_STOPS, "needs_after_assessed", ever_made)
    assert found("broken")


def test_a_correction_that_undoes_a_closure_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(facts.HARD_STOPS, "closure_still_holds", never)
    assert found("broken")


def test_a_placement_that_nobody_can_end_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(facts.NEEDS, "placement", lambda state: False)
    assert found("stuck")


def test_a_refused_ending_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    real = rules.happens_here

    def only_before_closing(state: State, rule: EventRule) -> bool:
        return real(state, rule) and not (rule.name.startswith("end_placement") and state.steps["closure"].is_open)

    monkeypatch.setattr(rules, "happens_here", only_before_closing)
    assert found("refused")


def test_without_a_fault_the_same_walks_find_nothing() -> None:
    assert [found(what, USUAL // 5) for what in ("broken", "stuck", "refused", "differ")] == [0, 0, 0, 0]
