"""A small house for the tests of pages: the demo's people, and one case for each way that somebody can stand to one."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from filelock import FileLock

from devtools import people
from devtools.stories.filling import fill
from devtools.stories.telling import Raw, core, granted
from langsikt.cli import roles
from tests import cluster

HOME = Path(os.environ["LANGSIKT_TEST_HOME"])
MINE = f"langsikt_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
WORLD = "template_world"
SARA, OMAR, LENA, ALI, KARIN = people.SARA, people.OMAR, people.LENA, people.ALI, people.KARIN
MARK, ADDRESS = "Rönnen", "Kvistrandsgränd 88, 000 09 Ingenstad"

# What is secret in each case: a stem that stands nowhere else, followed by the case's own name. The number of
# the test series and the telephone of the fictional series end in a figure of the case's own.
SECRETS = {
    "contact_line": "Fjällkvist",
    "called": "Tuvmyran",
    "safe_way": "Backsippan",
    "person_name": "Ripstigen",
    "code_word": "Ekkottens",
    "if_someone_else": "Rågblomst",
    "conclusion": "Vassruggen",
    "reasons": "Lingonris",
    "note": "Alvargräs",
    "acute_measures": "Tallbiten",
    "whereabouts_value": "Svartvinbärsboden",
}
CASES = ("plain", "stood_in", "present", "met", "night", "denied", "other")


def secret(case: str, field: str) -> str:
    """The word of this case in this field."""
    if field == "phone":
        return f"070-174 06 {90 + CASES.index(case)}"
    if field == "address":
        return ADDRESS
    return f"{SECRETS[field]}{case.replace('_', '')}"


def shown_to_workers(case: str) -> str:
    """The text of the case that those who work in it read without a reveal."""
    return secret(case, "note")


@dataclass
class World:
    """What a test must know about the house: references and ids by the names used here."""

    references: dict[str, str]
    cases: dict[str, str]
    events: dict[str, str]
    staff: dict[str, str]
    dwelling: str
    denial: str
    finding: str
    unit: str
    match: str

    def renew(self) -> None:
        """The house as it was built, whatever has been done since."""
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        cluster.copy(HOME, WORLD, MINE)

    def owner(self) -> Any:
        """As the owner of the data, to look at rows behind the app's back."""
        return cluster.connect(HOME, roles.OWNER, MINE)

    def app(self) -> Any:
        """As the app's role, without the app."""
        return cluster.connect(HOME, roles.APP, MINE)


def build() -> World:
    """The house: built once per run, copied for every module and whenever a test has changed something."""
    told = HOME / "world.json"
    with FileLock(HOME / "building-world"):
        if not told.exists():
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]
            cluster.copy(HOME, cluster.DEMO, MINE)
            world = Builder(datetime.now(UTC)).all()
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]
            cluster.copy(HOME, MINE, WORLD)
            told.write_text(json.dumps(asdict(world)))
    return World(**json.loads(told.read_text()))


class Builder:
    """One building, through the same doors as everybody."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.at = now - timedelta(days=20)
        self.references: dict[str, str] = {}
        self.events: dict[str, str] = {}
        self.things: dict[str, UUID] = {}

    def all(self) -> World:
        from langsikt.actions import dwelling

        with cluster.connect(HOME, roles.OWNER, MINE) as owner:
            self.staff = {str(n): i for n, i in owner.execute("select username, id from records_staff").fetchall()}
        self.dwelling = dwelling.add_dwelling(self.actor(KARIN), MARK, "shelter_flat", 90, ADDRESS, self.at)
        for case, worker in (("plain", SARA), ("stood_in", OMAR), ("present", SARA), ("met", SARA), ("denied", SARA)):
            self.placed(case, worker)
        self.placed("other", people.AMINA)
        self.acute("night")
        self.do("stood_in", LENA, "assign_case", {"case_worker": f"staff:{OMAR}", "stand_in": f"staff:{SARA}"})
        self.do("present", LENA, "assign_case", {"case_worker": f"staff:{SARA}", "stand_in": f"staff:{OMAR}"})
        self.do("met", KARIN, "start_placement", self.place())
        self.do(
            "denied", LENA, "exclude_staff", {"excluded": f"staff:{SARA}", "exclusion_ground": "conflict_of_interest"}
        )
        self.emergency("night", people.AMINA)
        self.link("plain", "present")
        return self._told()

    def _told(self) -> World:
        with cluster.connect(HOME, roles.OWNER, MINE) as owner:
            # As if somebody had assigned her again past the door: the denial has to win (security 4.2).
            owner.execute(
                "insert into records_assignment (id, case_id, staff_id, relation, from_at) select gen_random_uuid(),"
                " id, %s, 'case_worker', %s from records_contact where reference = %s",
                [self.staff[SARA], self.at, self.references["denied"]],
            )
            ids = dict(owner.execute("select reference, id from records_contact").fetchall())
            denial = owner.execute(
                "select id from records_denial where case_id = %s", [ids[self.references["denied"]]]
            ).fetchone()
            opened = "select id from records_finding where case_id = %s"
            finding = owner.execute(opened, [ids[self.references["night"]]]).fetchone()
            unit = owner.execute("select unit_id from records_contact where reference = %s", [self.references["plain"]])
            unit_id = unit.fetchone()
            match = owner.execute(
                "insert into records_match (id, kind, case_id, other_id, actor_id, at)"
                " values (gen_random_uuid(), 'duplicate', %s, %s, %s, %s) returning id",
                [ids[self.references["plain"]], ids[self.references["other"]], self.staff[SARA], self.at],
            ).fetchone()
        assert match is not None
        assert denial is not None and finding is not None and unit_id is not None
        cases = {case: str(ids[reference]) for case, reference in self.references.items()}
        staff = {name: str(staff_id) for name, staff_id in self.staff.items()}
        return World(
            self.references,
            cases,
            self.events,
            staff,
            str(self.dwelling),
            str(denial[0]),
            str(finding[0]),
            str(unit_id[0]),
            str(match[0]),
        )

    def actor(self, username: str) -> Any:
        from langsikt.access.window.staff import actor_named

        return actor_named(username, self.at)

    def do(self, case: str, who: str, event: str, raw: Raw, label: str = "") -> None:
        """One event, a minute after the last one; ``label`` remembers what it made."""
        from langsikt.access.window import case as window
        from langsikt.actions import door

        self.at += timedelta(minutes=1)
        local = self.at.astimezone()
        found = fill(raw, local, self.now, self.find, self.things)
        done = door.act(self.actor(who), event, self.references.get(case), found, now=self.at)
        self.references[case] = done.reference
        if label:
            self.events[f"{case}.{label}"] = str(window.history(self.actor(who), done.reference, self.at).lines[0].id)

    def emergency(self, case: str, who: str) -> None:
        """Somebody from elsewhere opens the case for an hour, which is over long before the tests begin."""
        from langsikt.actions import emergency

        self.at += timedelta(minutes=1)
        emergency.open_emergency(self.actor(who), self.references[case], "", "danger", True, self.at)

    def link(self, case: str, other: str) -> None:
        """Two siblings with a case each, secret from each other; they may live together."""
        from langsikt.actions.case_link import Said, link_cases

        self.at += timedelta(minutes=1)
        answers = {"relation": "sibling", "secret": "yes", "together": "yes"}
        link_cases(self.actor(SARA), self.references[case], Said(self.references[other], answers), self.at)

    def find(self, kind: str, name: str) -> UUID:
        return self.dwelling if kind == "place" else self.staff[name]

    def contact(self, case: str, who: str) -> None:
        """Steps 1 and 2 until the person is known."""
        words = {name: secret(case, name) for name in ("contact_line", "called", "safe_way")}
        source: Raw = {"happened_at": "now", "contact_source": "self", "age_band": "21_plus", **words}
        self.do(case, who, "receive_contact", source, "contact")
        acute: Raw = {"acute": "on"} if case == "night" else {}
        self.do(case, who, "open_investigation", {"opened_on": "today", "investigation_ground": "application", **acute})
        self.do(case, who, "record_person", {"person_name": secret(case, "person_name")}, "person")
        card = {name: secret(case, name) for name in ("phone", "code_word", "if_someone_else")}
        self.do(case, who, "record_safe_contact", {"verified_on": "today", "never": ("letter_home",), **card}, "card")
        work: Raw = {"whereabouts_kind": "workplace", "whereabouts_value": secret(case, "whereabouts_value")}
        self.do(case, who, "record_whereabouts", work, "whereabouts")
        risk: Raw = {"risk_method": "patriark", "risk_level": "high", "imminent": "no", "next_review_on": "day:+14"}
        self.do(case, who, "assess_risk", {"assessed_on": "today", **risk})

    def place(self) -> Raw:
        return {"place": f"place:{MARK}", "first_night_on": "today", "decided_by": "decision"}

    def ask_for_place(self, case: str, who: str) -> None:
        self.do(case, who, "request_place", {"place_kind": "shelter_collective", "from_on": "day:+1"})

    def placed(self, case: str, who: str) -> None:
        """The state ``placement`` of tests/expected: sheltered, a question to economic assistance, a move asked for."""
        self.contact(case, who)
        self.do(case, who, "assess_needs", {"assessed_on": "today", **core("need", "need", "need")})
        ended: Raw = {"concluded_on": "today", "next_path": "shelter", "conclusion": secret(case, "conclusion")}
        self.do(case, who, "conclude_investigation", ended)
        economy: Raw = {"handed_over_on": "today", "economy_request": "support", "consent": "on"}
        self.do(case, who, "hand_over_economy", economy)
        manager = people.MATS if who == people.AMINA else LENA
        self.do(case, who, "issue_decision", granted("shelter_flat", "in:90", secret(case, "reasons"), manager))
        self.do(case, who, "start_placement", self.place(), "placement")
        self.do(case, who, "write_note", {"happened_at": "now", "note": secret(case, "note")}, "note")
        self.ask_for_place(case, who)

    def acute(self, case: str) -> None:
        """The same by duty service, at night."""
        self.contact(case, ALI)
        safety: Raw = {"tonight": "unsafe", "imminent": "yes", "acute_measures": secret(case, "acute_measures")}
        self.do(case, ALI, "answer_acute_safety", {"happened_at": "now", **safety})
        self.do(case, ALI, "start_placement", {**self.place(), "decided_by": "oral"}, "placement")
        self.do(case, ALI, "write_note", {"happened_at": "now", "note": secret(case, "note")}, "note")
        self.ask_for_place(case, ALI)
