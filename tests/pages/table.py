"""The hand-written table of routes: who each column is, and where and with what each row is tried."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.urls import URLResolver, reverse

from devtools import people
from devtools.stories.filling import STOCKHOLM
from langsikt.config import urls
from tests.pages.world import World

EXPECTED = Path(__file__).parent.parent / "expected" / "routes.csv"
LATER = Path(__file__).parent / "routes_later.csv"
ABSENT = "ZZZZ99"  # written as a reference is; no case bears it
NEW_PASSWORD = "fyra-hästar-under-bron"
NOTHING = "6f1c2f0e-0000-4000-8000-000000000000"

# Each column: the person, and the case that she stands to in that way (tests/expected/README.md, routes.csv).
COLUMNS = {
    "anonymous": ("", "plain"),
    "case_worker_assigned": (people.SARA, "plain"),
    "case_worker_other_unit": (people.AMINA, "plain"),
    "case_worker_same_unit_not_assigned": (people.OMAR, "plain"),
    "stand_in_active": (people.SARA, "stood_in"),
    "stand_in_inactive": (people.OMAR, "present"),
    "unit_manager_own_unit": (people.LENA, "plain"),
    "unit_manager_other_unit": (people.MATS, "plain"),
    "housing_coordinator_with_request": (people.KARIN, "plain"),
    "housing_coordinator_without_request": (people.KARIN, "met"),
    "duty_service_made": (people.ALI, "night"),
    "duty_service_not_made": (people.SOFIA, "night"),
    "analyst": ("tor.a", "plain"),
    "log_reviewer": ("ingrid.f", "plain"),
    "secrecy_officer": ("hanna.m", "plain"),
    "system_administrator": ("viktor.p", "plain"),
    "denied": (people.SARA, "denied"),
}


OF_A_CASE = frozenset(
    {"case", "step", "event", "draft", "history", "correct", "reveal", "case_log", "postpone", "take_back"}
    | {"safety", "reveal_safety", "follow_up_saved", "leaflet"}
)
OF_A_CASE |= {"close_case", "ask_to_close", "sign_closure", "reopen_case"}
OF_A_CASE |= {"goals", "responsibility", "waiting", "network", "reveal_network"}
OF_A_CASE |= {"link_case", "change_link"}
OF_A_CASE |= {"whereabouts", "reveal_whereabouts", "texts_without_names"}
OF_A_CASE |= {"continue_emergency", "end_call", "copied", "readers", "assess_readers"}
WORKERS = frozenset({"case_worker_assigned", "stand_in_active", "duty_service_made"})

# Where the table was found to be wrong, and why; the table itself is not changed here.
FOOT = "the accessibility statement, and what is said of the protection, stand at the foot of the sign-in page: whoever"
FOOT += (
    " cannot get through the sign-in must be able to read them and to complain (DOS-lagen; ux.md, Accessibility law)"
)
JUDGED: dict[tuple[str, str, str], tuple[int, str]] = {
    ("accessibility", "GET", "anonymous"): (200, FOOT),
    ("accessibility", "POST", "anonymous"): (405, FOOT),
    ("protection", "GET", "anonymous"): (200, FOOT),
    ("protection", "POST", "anonymous"): (405, FOOT),
}


@dataclass(frozen=True)
class Cell:
    """One expected answer."""

    route: str
    method: str
    column: str
    status: int

    @property
    def name(self) -> str:
        """The name of the address."""
        return self.route.partition(":")[0]

    @property
    def username(self) -> str:
        return COLUMNS[self.column][0]

    @property
    def case(self) -> str:
        return COLUMNS[self.column][1]


def rows() -> Iterator[tuple[str, str, dict[str, int]]]:
    """Route, method, and the expected status by column."""
    for file in (EXPECTED, LATER):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                route, method = row.pop("route"), row.pop("method")
                yield route, method, {c: JUDGED.get((route, method, c), (int(s), ""))[0] for c, s in row.items()}


def cells(route: str, method: str) -> list[Cell]:
    """The cells of one row, in the order of the table."""
    return [
        Cell(route, method, column, status)
        for known, how, by_column in rows()
        if (known, how) == (route, method)
        for column, status in by_column.items()
    ]


def address(cell: Cell, world: World, reference: str = "", case: str = "") -> str:
    """Where the row is tried, for the case of the column, or another one."""
    case = case or cell.case
    reference = reference or world.references[case]
    about = {"event_id": world.events[f"{case}.note"], "row_id": world.events[f"{case}.whereabouts"]}
    return _address(cell.route, reference, about, world)


def _address(route: str, reference: str, about: dict[str, str], world: World) -> str:
    name, _, event = route.partition(":")
    slug, path = PATHS.get(event, ("placering", ""))
    values = {
        "reference": reference,
        "other": world.references["plain" if reference == world.references["present"] else "present"],
        "slug": slug,
        "path": path,
        "event": event,
        "kind": "waiting",
        **about,
        "dwelling_id": world.dwelling,
        "denial_id": world.denial,
        "finding_id": world.finding,
        "unit_id": world.unit,
        "match_id": world.match,
        "request_id": NOTHING,
        "staff_id": world.staff[people.DAVID],
    }
    wanted = re.findall(r"<\w+:(\w+)>", TEMPLATES[name])
    return reverse(name, kwargs={key: values[key] for key in wanted}, urlconf="devtools.urls")


def _templates(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _templates(pattern.url_patterns, whole)
        else:
            yield str(pattern.name), whole


TEMPLATES = {"demo_signin": "demo/", **dict(_templates(urls.urlpatterns))}
# The events' own addresses, in words: one that changes is a broken bookmark, so it is written here again.
PATHS = {
    "write_note": ("arende", "anteckning"),
    "follow_up": ("uppfoljning", "ny"),
    "issue_decision": ("beslut", "fatta"),
    "start_placement": ("placering", "inflyttning"),
    "assign_case": ("arende", "handlaggare"),
    "exclude_staff": ("arende", "sparr"),
    "declare_conflict_of_interest": ("arende", "jav"),
    "add_network_person": ("arende", "natverk"),
    "book_interpreter": ("arende", "tolk"),
    "hand_over_to_team": ("kontakt", "till-rvt"),
}


def day(days: int = 0) -> str:
    """A day counted from today, as a form sends it."""
    return (datetime.now(STOCKHOLM).date() + timedelta(days=days)).isoformat()


def body(cell: Cell, world: World) -> dict[str, Any]:
    """The valid form of a POST; the same whoever sends it."""
    name, _, event = cell.route.partition(":")
    found: dict[str, Any] = _event(event, cell, world) if event else _plain(name, world, cell)
    return found


def _event(event: str, cell: Cell, world: World) -> dict[str, Any]:
    yesterday = f"{day(-1)}T10:00"
    placed = world.events[f"{cell.case}.placement"]
    people_of = {name: world.staff[name] for name in (people.SARA, people.OMAR, people.LENA, people.DAVID)}
    forms: dict[str, dict[str, Any]] = {
        "write_note": {"happened_at": yesterday, "note": "Samtal enligt överenskommelse."},
        "follow_up": {"held_on": day(-1), "still_needed": "yes", "next_on": day(60), "not_asked": "on",
                      f"outcome-{placed}": "extend"},
        "issue_decision": {"intervention": "shelter_flat", "outcome": "granted", "legal_ground": "sol_11_1",
                           "decided_on": day(-1), "from_on": day(-1), "until_further_notice": "on",
                           "reasons": "Skydd behövs.", "decider": people_of[people.LENA], "delegation_point": "4.1"},
        "start_placement": {"place": world.dwelling, "first_night_on": day(-1), "decided_by": "without"},
        "assign_case": {"case_worker": people_of[people.OMAR], "stand_in": people_of[people.SARA]},
        "exclude_staff": {"excluded": people_of[people.DAVID], "exclusion_ground": "person_asks"},
        "add_network_person": {"network_name": "Okänd", "network_relation": "Kusin", "network_role": "unknown"},
        "book_interpreter": {"interpreter_name": "Tolk", "interpreter_at": yesterday},
        "declare_conflict_of_interest": {"conflict_kind": "conflict_of_interest"},
        "hand_over_to_team": {"case_worker": people_of[people.SARA]},
    }  # fmt: skip
    return forms[event]


def _plain(name: str, world: World, cell: Cell) -> dict[str, Any]:
    contact = {"happened_at": f"{day(-1)}T10:00", "contact_source": "self", "contact_line": "Vill prata med någon."}
    forms: dict[str, dict[str, Any]] = {
        "search": {"reference": world.references[cell.case]},
        "emergency": {"reference": world.references[cell.case], "reason": "danger", "understood": "on"},
        "new_contact": contact,
        "draft_new": contact,
        "correct": {"happened_at": f"{day(-1)}T11:00", "note": "Samtalet var per telefon.",
                    "correction_reason": "Fel sätt angavs."},
        "reveal": {"field": "name", "reason": "contact"},
        "write_into": {"reference": world.references[cell.case], "note": "Skolan har ringt."},
        "reveal_network": {"reason": "contact"},
        "link_case": {"reference": world.references["plain" if cell.case == "present" else "present"],
                      "relation": "sibling", "secret": "yes", "together": "yes"},
        "change_link": {"relation": "sibling", "secret": "yes", "together": "yes", "ended": "on"},
        "answer_match": {"answer": "other"},
        "identify_staff": {"identity_number": "", "identity_name": "Sagofigur Ensam"},
        "reveal_safety": {"field": "safety", "reason": "contact"},
        "reveal_whereabouts": {"reason": "contact"},
        "burn_dwelling": {"says": "burnt"},
        "postpone": {"until": day(3)},
        "finding": {"outcome": "in_order"},
        "copied": {"field": "name"},
        "assess_readers": {"outcome": "names_told"},
        "examine_conflict": {"answer": "bestar"},
        "notices": {"address": "namn@kommun.example"},
        "absence": {"from_on": day(200), "until_on": day(201)},
        "new_dwelling": {"mark": f"M{cell.column[-20:]}", "kind": "shelter_flat", "capacity": "2",
                         "address": "Hittepåvägen 5"},
        "find_place": {"who": "man", "age": "19"},
        "suitability": {"suits": ["man", "woman"], "youngest": "18"},
        "new_staff": {"username": "ny.person", "short_name": "Ny P", "password": NEW_PASSWORD},
        "staff_member": {"role": "analyst", "from_on": day()},
        "language": {"language": "en", "next": "/hjalp/"},
        "account_login": {"login": people.SARA, "password": people.DEMO_PASSWORD},
        "account_reauthenticate": {"password": people.DEMO_PASSWORD},
        "account_change_password": {"oldpassword": people.DEMO_PASSWORD, "password1": NEW_PASSWORD,
                                    "password2": NEW_PASSWORD},
        "mfa_reauthenticate": {"code": "the code of the moment"},
        "demo_signin": {"username": people.SARA},
    }  # fmt: skip
    return forms.get(name, {})
