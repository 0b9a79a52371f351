"""Random walks through the real door: no closure past the assessment, and the record folds as the pure walk does."""

import os
import platform
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from langsikt.model import facts
from tests.actions import staging
from tests.actions.door_walk import WALKED, DoorWalk, wander
from tests.model.states import FACTS

FULL, USUAL = 300, 25
SEED = int(os.environ.get("LANGSIKT_SEED", "1"))
N = FULL if os.environ.get("LANGSIKT_PROVE") else USUAL

# The facts of each event as its latest correction gives them; an event that never happened is not there.
READ = """
with latest as (
  select distinct on (coalesce(e.corrects_id, e.id)) coalesce(e.corrects_id, e.id) as id, e.id as said
    from records_event e order by coalesce(e.corrects_id, e.id), e.seq desc),
standing as (
  select o.id, o.case_id, o.seq, o.name, l.said
    from records_event o join latest l on l.id = o.id
   where o.corrects_id is null and not exists (
     select 1 from records_correction x where x.event_id = l.said and x.never_happened)),
ended as (
  select s.case_id, s.seq, c.placement_id, c.ended_on
    from standing s join records_placementchange c on c.event_id = s.said where s.name = 'end_placement'
  union all
  select s.case_id, s.seq, c.placement_id, c.last_day_on
    from standing s join records_placementchange c on c.event_id = s.said
    join records_event e on e.id = s.said
   where s.name = 'end_placement_acutely'
     and c.last_day_on <= (e.happened_at at time zone 'Europe/Stockholm')::date),
assessed as (
  select s.case_id, s.seq, n.assessed_on
    from standing s join records_needassessment n on n.event_id = s.said where s.name = 'assess_needs_after')
"""
CLOSURES = "select z.id from standing z where z.name in ('close_case', 'sign_closure')"
PLACED = """ and exists (
  select 1 from standing p where p.name = 'start_placement' and p.case_id = z.case_id and p.seq < z.seq)"""
BROKEN = (
    READ
    + CLOSURES
    + """ and (
  exists (select 1 from standing p where p.name = 'start_placement' and p.case_id = z.case_id and p.seq < z.seq
     and not exists (select 1 from ended d where d.placement_id = p.id and d.seq < z.seq))
  or exists (select 1 from ended d where d.case_id = z.case_id and d.seq < z.seq and d.ended_on > coalesce(
     (select max(a.assessed_on) from assessed a where a.case_id = z.case_id and a.seq < z.seq), date '0001-01-01')))"""
)


@dataclass
class Tally:
    """What the walks gave."""

    depths: list[int] = field(default_factory=list)
    said: Counter[tuple[str, str]] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, seed: int, lived: DoorWalk) -> None:
        self.depths.append(lived.walk.accepted)
        self.said += lived.said
        self.endings[str(lived.walk.state.ending) if lived.walk.state.closed else "open"] += 1
        self.wrong += [f"seed {seed}: {fault}" for fault in lived.wrong]


@pytest.fixture(scope="module")
def office(database: None) -> staging.Office:
    """The office, with a dwelling of each kind and one that is full."""
    made = staging.open_office(capacity=90)
    staging.add_place(made, "collective", "shelter_collective", 90)
    staging.add_place(made, "full", "shelter_flat", 1)
    somebody = staging.tell(made, "decision")
    staging.do(somebody, "issue_decision", FACTS["issue_decision"])
    staging.do(somebody, "start_placement", {**FACTS["start_placement"], "place": "place:full"})
    staging.owner().execute("update records_dwelling set capacity = 30000 where mark <> 'Boende FULL'")
    staging.owner().execute("update records_staffrole set from_on = date '2020-01-01'")
    return made


@pytest.fixture(scope="module")
def tally(office: staging.Office) -> Iterator[Tally]:
    result = Tally()
    for n in range(N):
        result.add(SEED * 1_000_000 + n, wander(office, SEED * 1_000_000 + n))
    report(result)
    yield result


def report(tally: Tally) -> None:
    """Print the figures with their distribution (acceptance.md, clause 1)."""
    per: dict[str, Counter[str]] = defaultdict(Counter)
    for (event, said), n in tally.said.items():
        per[event][said] += n
    total = sum(per.values(), Counter[str]())
    deep = sorted(tally.depths)
    print(f"\nwalks through the door: N={N} seed={SEED} python={platform.python_version()} cores={os.cpu_count()}")
    print(f"answers {dict(total)}; accepted per walk: least {deep[0]}, median {deep[len(deep) // 2]}, most {deep[-1]}")
    print(f"at least 12 accepted: {sum(d >= 12 for d in deep)} of {N}; stands at the end: {dict(tally.endings)}")
    print(f"closures {asked(CLOSURES)}, of which after a placement {asked(CLOSURES + PLACED)}")
    for event in WALKED:
        print(f"  {event}: {dict(per[event])}")


def asked(query: str) -> int:
    """How many rows the owner finds."""
    return len(staging.owner().execute(query if query.startswith(READ) else READ + query).fetchall())


def test_door_and_pure_rules_say_and_read_the_same(tally: Tally) -> None:
    assert not tally.wrong, f"{len(tally.wrong)} differences\n" + "\n".join(tally.wrong[:5])


def test_no_closure_goes_past_the_assessment(tally: Tally) -> None:
    """Recomputed from the rows by SQL, as the owner."""
    assert asked(BROKEN) == 0


def test_the_walks_are_deep_and_wide(tally: Tally) -> None:
    assert sum(d >= 12 for d in tally.depths) >= 0.8 * N
    kinds = Counter(said for _, said in tally.said.elements())
    assert min(kinds[said] for said in ("done", "right", "step", "stop", "hidden")) > 0, kinds
    assert asked(CLOSURES + PLACED) >= max(1, N // 20)
    assert len({event for event, said in tally.said if said == "done"}) >= (len(WALKED) if N == FULL else 30)


# --- negative controls: rules and rows broken from outside are found -------------------------------


def test_the_query_finds_a_closure_past_the_assessment(tally: Tally) -> None:
    """In a transaction that is thrown away, the assessments lose a year: the same query finds the closures."""
    connection = staging.behind()
    connection.autocommit = False
    changed = connection.execute("update records_needassessment set assessed_on = assessed_on - 400").rowcount
    found: list[Any] = connection.execute(BROKEN).fetchall()
    connection.rollback()
    connection.execute("delete from records_placementchange where ended_on is not null")
    open_still: list[Any] = connection.execute(BROKEN).fetchall()
    connection.rollback()
    connection.close()
    assert changed and found and open_still
    assert asked(BROKEN) == 0


def test_a_forgotten_hard_stop_is_found(office: staging.Office, tally: Tally, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the stops the door closes past the assessment, and the query says so."""
    monkeypatch.setitem(facts.HARD_STOPS, "needs_after_assessed", lambda state, said, around: False)
    case = staging.tell(office, "ended_unassessed")
    staging.do(case, "ask_to_close", FACTS["ask_to_close"])
    staging.do(case, "sign_closure", FACTS["sign_closure"])
    assert asked(BROKEN) == 1
    monkeypatch.setitem(facts.HARD_STOPS, "nothing_running", lambda state, said, around: False)
    case = staging.tell(office, "wants_to_end")
    staging.do(case, "ask_to_close", FACTS["ask_to_close"])
    staging.do(case, "sign_closure", FACTS["sign_closure"])
    assert asked(BROKEN) == 2
