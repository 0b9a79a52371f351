"""T3: no paper and no page of a case tells a fact of another member of the family, whoever reads both of them."""

import os
import random
import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from devtools.bench_data import CORE, WORKER, Load
from devtools.people import AMINA, SARA
from tests.pages.visiting import Visits
from tests.pages.world import World

pytestmark = pytest.mark.usefixtures("demo")
PROVE = bool(os.environ.get("LANGSIKT_PROVE"))
SEED = int(os.environ.get("LANGSIKT_SEED", "1"))
FAMILIES, READ = (5_000, 150) if PROVE else (12, 3)
EXTRACTS = ("", "plan/", "min-plan/", "min-plan/?papper=ja", "handelser/", "steg/beslut/", "trygghet/", "mal/",
            "vem-gor-vad/", "logg/", "logg/vem-har-last/", "text-utan-namn/", "dolda-uppgifter/")  # fmt: skip
# A fact of one member: no word of the language, with the numbers of the family and of the member.
FACT = re.compile(r"Qvist(\d+)z(\d+)z")
Member = tuple[int, int]


def fact(member: Member) -> str:
    return f"Qvist{member[0]}z{member[1]}z"


def told(load: Load, member: Member) -> tuple[str, UUID]:
    """A case with a fact of the member wherever somebody writes; its reference and id."""
    keyring, reference = load._root(member[0] + member[1])
    said = fact(member)
    load._event(keyring, "receive_contact", 40, {"contact_source": "self", "age_band": "21_plus"},
                {"contact_line": said, "called": said})  # fmt: skip
    load._event(keyring, "open_investigation", 39, {"investigation_ground": "application"})
    load._event(keyring, "record_person", 38, {}, {"person_name": f"{said} Sagofigur"})
    load._event(keyring, "assess_needs", 37, {"core_need_states": CORE})
    load._event(keyring, "conclude_investigation", 36, {"next_path": "without_shelter"}, {"conclusion": said})
    load._event(keyring, "add_network_person", 35, {"network_role": "risk"}, {"network_name": said})
    load._event(keyring, "start_intervention", 34, {"intervention": "support_talks", "decided_by": "without"},
                {"provider_name": said, "own_words": said})  # fmt: skip
    load._event(keyring, "write_note", 33, {}, {"note": said})
    return reference, keyring.scope_id


@pytest.fixture(scope="module")
def families(world: World) -> dict[Member, str]:
    """The references of every member's case; all of a family linked and secret; those to be read are one worker's."""
    lot = random.Random(SEED)
    references, links = {}, []
    with world.owner() as owner, owner.transaction():
        loads = {who: Load(*owner.execute(WORKER, [who]).fetchone(), datetime.now(UTC)) for who in (SARA, AMINA)}
        for family in range(FAMILIES):
            load, ids = loads[SARA if family < READ else AMINA], []
            for member in range(lot.randint(2, 4)):
                references[family, member], case = told(load, (family, member))
                ids.append(case)
            links += [(uuid4(), one, two, load.staff) for one in ids for two in ids if one < two]
        for load in loads.values():
            load.insert(owner)
        owner.cursor().executemany(
            "insert into records_caselink (id, case_id, other_id, number, relation, secret, together, ended, actor_id,"
            " at) values (%s, %s, %s, 1, 'sibling', true, true, false, %s, now())",
            links,
        )
    return references


def pages(browser: Any, reference: str) -> dict[str, str]:
    found = {page: browser.get(f"/arenden/{reference}/{page}") for page in EXTRACTS}
    return {page: answer.content.decode() for page, answer in found.items() if answer.status_code == 200}


def facts_in(said: str) -> set[Member]:
    return {(int(family), int(member)) for family, member in FACT.findall(said)}


def test_no_extract_tells_a_fact_of_another_member(families: dict[Member, str], visits: Visits) -> None:
    owners = {reference: member for member, reference in families.items()}
    read, own, foreign = 0, 0, []
    for member in [m for m in families if m[0] < READ]:
        browser, reference = visits.by(SARA), families[member]
        for page, said in pages(browser, reference).items():
            read += 1
            own += member in facts_in(said)
            named = {owners[word] for word in re.findall(r"\b[A-Z0-9]{6}\b", said) if word in owners}
            foreign += [(member, page, other) for other in (facts_in(said) | named) - {member}]
    members = sum(m[0] < READ for m in families)
    print(f"T3: {FAMILIES} families, {len(families)} members, seed {SEED}: {read} extracts of {members} members read,"
          f" each against every member; {own} told of their own, {len(foreign)} of another")  # fmt: skip
    assert foreign == []
    assert read >= 10 * members and own >= 2 * members


def test_the_file_of_reminders_tells_of_nobody(families: dict[Member, str], visits: Visits) -> None:
    said = visits.by(SARA).get("/bevakningar/bevakningar.ics").content.decode()
    assert "BEGIN:VCALENDAR" in said and not facts_in(said)
    assert not [reference for reference in families.values() if reference in said]


def test_a_fact_in_the_wrong_case_would_be_found(families: dict[Member, str], visits: Visits) -> None:
    """The negative control: what somebody writes of a sibling is seen by the same scanner."""
    path = f"/arenden/{families[0, 0]}/arende/anteckning/"
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M")
    answer = visits.by(SARA).post(path, {"note": f"Om {fact((0, 1))}.", "happened_at": now, "warned": "on"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert any((0, 1) in facts_in(said) for said in pages(visits.by(SARA), families[0, 0]).values())
