"""Every row of hard_stops.csv through the real door: the stop stops and stores nothing, the near miss passes."""

import ast
import json
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

import langsikt
from langsikt.access.errors import HardStop, Invalid
from langsikt.actions import staff
from langsikt.actions.refusals import STOPS
from tests.actions import staging
from tests.actions.staging import LONG_AGO, NOW, Case, attempt, behind, do, fingerprint, submission, tell
from tests.model.states import FACTS
from tests.model.test_steps_table import rows

ROWS = [r for r in rows("hard_stops.csv") if r["where"] in ("model", "door")]
WORKED: Counter[str] = Counter()
PHONE = "070-174 06 05"
SENDERS = ("smtplib", "http.client", "urllib.request", "requests", "httpx", "aiohttp", "django.core.mail", "socket")


class Play:
    """The office, and the told cases that nobody has changed yet."""

    def __init__(self) -> None:
        self.office = staging.open_office()
        self.told: dict[tuple[str, str], Case] = {}
        self._employ()

    def _employ(self) -> None:
        """Somebody who is worker and manager at once, and a unit with one worker, no manager and no fallback."""
        office, admin = self.office, self.office.actor("administrator", LONG_AGO)
        both = staging.employ(office, "both", "case_worker", "ours")
        staff.give_role(admin, both, "unit_manager", office.units["ours"], LONG_AGO.date(), None, LONG_AGO)
        office.units["lonely"] = staff.add_unit(admin, "RVT Ensam", "jarva", LONG_AGO)
        staging.employ(office, "lone", "case_worker", "lonely")
        staging.employ(office, "lone_other", "case_worker", "lonely")

    def case(self, state: str, around: dict[str, Any], facts: dict[str, Any] | None = None) -> Case:
        """The state told through the door, with the circumstances as facts of the record."""
        facts = facts or {}
        age, alone = around.get("age_band", ""), "lone" if "workers_left" in around else ""
        case = self.told.pop((state, age + alone), None) or tell(self.office, state, alone)
        if age:
            do(case, "record_person", {"age_band": age}, NOW)
        if around.get("whereabouts_found"):
            do(case, "record_safe_contact", {"verified_on": "day:0", "phone": PHONE}, NOW)
        for stop, field in (("supporter_free", "supporter_name"), ("interpreter_free", "interpreter_name")):
            if around.get(stop) is False:  # one of the things that the one answer may stand for
                somebody = {"network_name": facts[field], "network_relation": "Farbror", "network_role": "risk"}
                do(case, "add_network_person", somebody, NOW)
        return case

    def facts(self, row: dict[str, str], facts: dict[str, Any], around: dict[str, Any]) -> dict[str, Any]:
        """What the form says, where the circumstances lie in it."""
        roles = around.get("decider_roles")
        if roles is not None:
            known = {"housing_coordinator": "coordinator", "unit_manager": "manager", "case_worker": "worker"}
            facts["decider"] = "staff:both" if len(roles) > 1 else f"staff:{known[roles[0]]}" if roles else None
        if around.get("whereabouts_found"):
            facts["reasons"] = f"Personen nås på {PHONE.replace('-', ' ')}."
        if around.get("place_free") is False:
            facts["place"] = "place:full"
        if "workers_left" in around:
            facts["excluded"] = "staff:lone"
            facts |= {"instead": "staff:lone_other"} if around["workers_left"] else {}
        return facts

    def send(self, row: dict[str, str], near: bool) -> tuple[str, Any, bool]:
        """One submission; what was said, what came back, and whether any row changed."""
        kind = "near_miss_" if near else ""
        around = json.loads(row[kind + "around"])
        facts = self.facts(row, json.loads(row[kind + "facts"]), around)
        case = self.case(row[kind + "state"], around, facts)
        who = "lone" if "workers_left" in around else staging.doer(row["event"])
        raw, before = submission(case, row["event"], facts), fingerprint()
        said, answer = attempt(self.office.actor(who), row["event"], case.reference, raw)
        if said != "done" and not around:
            self.told[row[kind + "state"], ""] = case
        return said, answer, fingerprint() != before


@pytest.fixture(scope="module")
def play(database: None) -> Play:
    made = Play()
    staging.add_place(made.office, "full", "shelter_flat", 1)
    somebody = tell(made.office, "decision")
    do(somebody, "issue_decision", FACTS["issue_decision"], NOW)
    do(somebody, "start_placement", {**FACTS["start_placement"], "place": "place:full"}, NOW)
    return made


def names(row: dict[str, str], answer: object) -> set[str]:
    """The stops that an answer stands for: by name, or by a complaint at the very field where the stop is mended."""
    if isinstance(answer, HardStop):
        return {answer.stop}
    assert isinstance(answer, Invalid), answer
    taken_away = {name for name, value in json.loads(row["facts"]).items() if not value}
    fields = taken_away | {STOPS[row["expected"]][1] or ""}
    return {row["expected"]} if set(answer.complaints) <= fields else set(answer.complaints)


@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{i}-{r['rule']}-{r['event']}-{r['situation'][:40]}" for i, r in enumerate(ROWS)]
)
def test_a_hard_stop_stops_at_the_door_and_its_near_miss_passes(play: Play, row: dict[str, str]) -> None:
    if row["expected"] != "none":
        said, answer, changed = play.send(row, near=False)
        assert said in ("stop", "invalid"), f"{row['situation']}: {said} {answer!r}"
        assert names(row, answer) == {row["expected"]} and not changed, f"{row['situation']}: {answer!r}"
        WORKED["stopped by name" if said == "stop" else "stopped at the field"] += 1
    said, answer, changed = play.send(row, near=True)
    assert said == "done" and changed, f"near miss {row['near_miss']}: {said} {answer!r}"
    WORKED["passed"] += 1


def test_the_rows_were_tried(play: Play) -> None:
    print(f"hard stops through the door: {len(ROWS)} rows {dict(WORKED)}")
    assert WORKED["stopped by name"] >= 30 and WORKED["passed"] == len(ROWS), WORKED


# --- (a) whereabouts that only the door knows -----------------------------------------------------


@pytest.mark.parametrize(
    "reasons", ["Hon bor på boende a.", "På SAGOSTIGEN   1, 000 02 Ingenstad!", "Nära Sagostigen 3."]
)
def test_a_decision_never_names_a_place_of_the_case(play: Play, reasons: str) -> None:
    case = play.case("placement", {})
    raw = submission(case, "issue_decision", {"reasons": reasons})
    said, answer = attempt(play.office.actor("worker"), "issue_decision", case.reference, raw)
    assert said == "stop" and answer.stop == "no_whereabouts" and answer.field == "reasons"
    assert "agostigen" not in str(answer.text).lower()


def test_a_decision_may_speak_of_the_place_of_nobody(play: Play) -> None:
    case = play.case("placement", {})
    raw = submission(case, "issue_decision", {"reasons": "Boende C är fullt, och Påhittsgränd 3 likaså."})
    assert attempt(play.office.actor("worker"), "issue_decision", case.reference, raw)[0] == "done"


# --- (d) a decider with the right to decide this --------------------------------------------------


def test_a_case_worker_does_not_decide_a_family_home(play: Play) -> None:
    case = play.case("decision", {})
    raw = submission(case, "issue_decision", {"intervention": "family_home", "decider": "staff:worker"})
    said, answer = attempt(play.office.actor("worker"), "issue_decision", case.reference, raw)
    assert said == "stop" and answer.stop == "decider_competent"
    raw = submission(case, "issue_decision", {"intervention": "shelter_flat", "decider": "staff:worker"})
    assert attempt(play.office.actor("worker"), "issue_decision", case.reference, raw)[0] == "done"


# --- (e) the kind of the dwelling decides, not what somebody typed ---------------------------------


def test_somebody_of_19_may_move_into_a_flat_that_needs_no_decision(play: Play) -> None:
    """SoL 11:5 names shelter, stödboende and HVB; an emergency flat is none of them (no other hard stops)."""
    case = play.case("acute", {"age_band": "18_20"})
    raw = submission(case, "start_placement", {"place": "place:c"})
    assert attempt(play.office.actor("worker"), "start_placement", case.reference, raw)[0] == "done"


# --- (b) the deny list -----------------------------------------------------------------------------


def test_the_denied_worker_is_answered_as_for_a_made_up_reference(play: Play) -> None:
    for excluded, wanted in (("worker", "hidden"), ("outsider", "done")):
        case = tell(play.office, "sheltered")
        do(
            case,
            "exclude_staff",
            {"excluded": f"staff:{excluded}", "exclusion_ground": "person_asks"},
            NOW,
            who="manager",
        )
        raw = submission(case, "write_note")
        assert attempt(play.office.actor("worker"), "write_note", case.reference, raw)[0] == wanted


# --- (h) a locked note -----------------------------------------------------------------------------


def test_a_locked_note_is_changed_by_nobody_who_serves(play: Play) -> None:
    case = tell(play.office, "sheltered")
    note = do(case, "write_note", FACTS["write_note"], NOW)
    with behind("langsikt_app") as app:
        app.execute("select set_config('langsikt.actor', %s, false)", [str(play.office.ids["worker"])])
        for change in ("update records_note set note = null", "delete from records_note"):
            assert _refused(app, f"{change} where event_id = %s", note), change
        assert app.execute("select 1 from records_note where event_id = %s", [note]).fetchone()
    do(case, "write_note", FACTS["write_note"], NOW)


def _refused(app: "psycopg.Connection[tuple[Any, ...]]", statement: str, row: UUID) -> bool:
    try:
        app.execute(statement, [row])
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


# --- (i) no message leaves the house ------------------------------------------------------------------


def senders(folder: Path) -> list[str]:
    """Modules that import something that could send a message."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
            found += [f"{path.name}: {name}" for name in names if name in SENDERS]
    return found


def test_no_code_sends_anything_to_anybody(tmp_path: Path) -> None:
    house = Path(str(langsikt.__file__)).parent
    # A free port is looked for, a head of the journal goes to the log host, one sentence goes to staff by mail.
    known = {f"{name}: socket" for name in ("ports.py", "port.py", "run.py", "anchor.py")}
    known |= {"outbox.py: django.core.mail"}
    assert not set(senders(house)) - known, senders(house)
    (tmp_path / "planted.py").write_text("from django.core import mail\nimport smtplib\n")
    assert senders(tmp_path) == ["planted.py: django.core.mail", "planted.py: smtplib"]
