"""*Staden*: districts side by side, persons and not events, as they stood when the quarter began, under disclosure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.insight.disclosure import published, published_part, quarter_start, total
from langsikt.model.load import METHOD
from langsikt.model.parse import STOCKHOLM
from langsikt.model.places import NAMES
from langsikt.model.texts import Text
from langsikt.records.models import District

ALL = "all"
JOINT_PLAN = ("yes", "no", "later")
Counts = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True)
class DistrictRow:
    """A district: open cases, no to a contact person, and the outcomes of the joint plan; as they may be shown."""

    name: str
    open: Text
    no_contact_person: Text
    joint_plan: tuple[Text, ...]


@dataclass(frozen=True)
class City:
    """The page: counted until when, the districts and what is shown of them together, and the needs nobody met."""

    until: date
    rows: tuple[DistrictRow, ...]
    totals: DistrictRow
    unmet: tuple[tuple[Text, Text], ...]
    unmet_searches: Text


def city(actor: Actor, now: datetime) -> City:
    """The figures about groups. Raises NotFound."""
    if not policy.may(actor.roles, "aggregates"):
        raise NotFound
    until = quarter_start(now.astimezone(STOCKHOLM).date())
    with acting(actor, now):
        names = dict(District.objects.values_list("key", "name"))
        opened, answers, unmet = _read(until)
        journal.write(actor, "look_city", "done", now)
    rows = tuple(_row(key, names[key], count, answers) for key, count in sorted(opened.items()))
    needs = tuple((name, published(unmet.get(key, 0))) for key, name in _needs().items())
    return City(until, rows, _totals(rows), needs, published(unmet.get(ALL, 0)))


def _read(until: date) -> tuple[dict[str, int], Counts, dict[str, int]]:
    at = datetime.combine(until, time(), STOCKHOLM)
    with connection.cursor() as cursor:
        cursor.execute("select district, cases from langsikt_open_cases(%s)", [at])
        opened = dict(cursor.fetchall())
        cursor.execute("select district, question, answer, cases from langsikt_answers(%s)", [at])
        answers = {(district, question, answer): cases for district, question, answer, cases in cursor.fetchall()}
        year_before = until.replace(year=until.year - 1)
        cursor.execute("select need, searches from langsikt_unmet_needs(%s, %s)", [year_before, until])
        return opened, answers, dict(cursor.fetchall())


def _row(key: str, name: str, opened: int, answers: Counts) -> DistrictRow:
    asked = Counter[str]()
    for (district, question, _), cases in answers.items():
        if district == key:
            asked[question] += cases

    def shown(question: str, answer: str) -> Text:
        return published_part(answers.get((key, question, answer), 0), asked[question])

    plans = tuple(shown("coordinated_plan", answer) for answer in JOINT_PLAN)
    return DistrictRow(name, published(opened), shown("contact_person", "no"), plans)


def _totals(rows: tuple[DistrictRow, ...]) -> DistrictRow:
    plans = tuple(total(row.joint_plan[n] for row in rows) for n in range(len(JOINT_PLAN)))
    return DistrictRow("", total(r.open for r in rows), total(r.no_contact_person for r in rows), plans)


def _needs() -> dict[str, Text]:
    bands = {option.value: option.text for option in METHOD.fields["age_band"].options if option.value != "unknown"}
    return NAMES | bands
