"""From what was typed to what is meant: each field's value, or a complaint that says what to do."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from langsikt.model.load import METHOD
from langsikt.model.method import EventRule, Field
from langsikt.model.texts import Text

STOCKHOLM = ZoneInfo("Europe/Stockholm")
EARLIEST = date(1990, 1, 1)
LATEST_YEARS = 40
Raw = Mapping[str, Sequence[str]]
OUTCOME_PARTS = (("outcome-after", "day_after"), ("outcome-reason", "short_reason"))
NUMBERS = frozenset({"personal_number", "network_number", "supporter_number", "interpreter_number"})
REFERENCES = (
    "network_person",
    "staff",
    "place",
    "decision",
    "placement",
    "support",
    "ended_support",
    "event",
    "goal",
    "referral",
    "offer",
    "decision_draft",
    "whereabouts",
)
_PASSED = Text("Datumet har passerat. Skriv en dag framåt", "The date has passed. Write a day ahead")
_UNWANTED = {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True)
class Parsed:
    """Values keyed by field name, and complaints keyed by field id."""

    values: dict[str, object]
    complaints: dict[str, Text]


class Complaint(ValueError):
    """A value that cannot be taken; ``text`` says what to do, ``at`` the field's id if it is a part."""

    def __init__(self, text: Text, at: str | None = None):
        super().__init__(text.sv)
        self.text = text
        self.at = at


def parse_event(rule: EventRule, raw: Raw, now: datetime, since: date | None = None) -> Parsed:
    """Every field of the event, read from ``raw``; a required field that is empty is a complaint.

    A day that should lie ahead does so of ``since``: today, or for a correction the day of what is corrected,
    whose next review may have passed long ago.
    """
    since = since or now.astimezone(STOCKHOLM).date()
    values: dict[str, object] = {}
    complaints: dict[str, Text] = {}
    for name in (*rule.asks, *rule.offers):
        field = METHOD.fields[name]
        try:
            value = parse_field(field, raw, now)
            if name in rule.asks and field.kind not in ("outcomes", "goals") and value in (None, "", (), {}, False):
                raise Complaint(_missing(field))
            if field.time == "ahead" and isinstance(value, date) and value < since:
                raise Complaint(_PASSED)
        except Complaint as complaint:
            complaints[complaint.at or name] = complaint.text
        else:
            values[name] = value
    return Parsed(values, complaints)


def parse_field(field: Field, raw: Raw, now: datetime) -> object:
    """The value of one field. Raises Complaint."""
    if field.kind == "needs":
        return _needs(field, raw)
    if field.kind in _ROWS:
        return _ROWS[field.kind](raw, now)
    texts = [t for t in raw.get(field.name, ()) if isinstance(t, str)]
    if field.kind == "choices":
        return tuple(dict.fromkeys(_option(field, t) for t in texts if t))
    text = texts[-1].strip() if texts else ""
    return _KINDS[field.kind](field, text, now) if text else (False if field.kind == "yes" else None)


def _missing(field: Field) -> Text:
    if field.kind in ("choice", "intervention", *REFERENCES):
        return Text("Välj: {label}", "Choose: {label}").filled(label=field.label)
    if field.kind == "skills":
        return Text("Välj ett svar för minst en färdighet", "Choose an answer for at least one skill")
    if field.kind == "needs":
        return Text("Välj ett svar för varje behov", "Choose an answer for each need")
    return Text("Fyll i: {label}", "Fill in: {label}").filled(label=field.label)


def _day(field: Field, text: str, now: datetime) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Complaint(
            Text(
                "Skriv datumet som år-månad-dag, till exempel 2026-03-12",
                "Write the date as year-month-day, for example 2026-03-12",
            )
        ) from None
    _check_day(field, day, now)
    return day


def _check_day(field: Field, day: date, now: datetime) -> None:
    today = now.astimezone(STOCKHOLM).date()
    if day < EARLIEST or day.year > today.year + LATEST_YEARS:
        raise Complaint(Text("Året kan inte stämma. Kontrollera datumet", "The year cannot be right. Check the date"))
    if field.time == "past" and day > today:
        raise Complaint(
            Text(
                "Datumet ligger framåt i tiden. Skriv den dag det hände",
                "The date lies ahead. Write the day it happened",
            )
        )


def _moment(field: Field, text: str, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=STOCKHOLM) if moment.tzinfo is None else moment.astimezone(STOCKHOLM)
    except (ValueError, OverflowError):
        raise Complaint(
            Text("Skriv dag och tid, till exempel 2026-03-12 14:05", "Write day and time, for example 2026-03-12 14:05")
        ) from None
    _check_day(field, moment.date(), now)
    if field.time == "past" and moment > now:
        raise Complaint(Text("Tiden ligger framåt. Skriv när det hände", "The time lies ahead. Write when it happened"))
    return moment


def _clean(text: str, keep: str = "") -> str:
    """Text without control and invisible direction characters (they can hide or reverse words)."""
    return "".join(c for c in text if c in keep or unicodedata.category(c) not in _UNWANTED or c == "\u200d")


def _line(field: Field, text: str, now: datetime) -> str:
    line = _clean(" ".join(text.split())).strip()
    _check_length(field, line)
    return personal_number(line) if field.name in NUMBERS else line


def _text(field: Field, text: str, now: datetime) -> str:
    cleaned = _clean(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t").strip()
    _check_length(field, cleaned)
    return cleaned


def _check_length(field: Field, text: str) -> None:
    if len(text) > field.most:
        raise Complaint(
            Text(
                "Texten är {n} tecken. Korta den till högst {most}; det du skrev finns kvar här",
                "The text is {n} characters. Shorten it to at most {most}; what you wrote is still here",
            ).filled(n=len(text), most=field.most)
        )


def personal_number(text: str) -> str:
    """A personal or coordination number as twelve digits and a dash. Raises Complaint."""
    from personnummer import personnummer

    try:
        ours = text if text.isascii() else ""  # the library takes the digits of other scripts too
        return str(personnummer.Personnummer(ours).format(long_format=True)[:8] + "-" + text[-4:])
    except personnummer.PersonnummerException:
        raise Complaint(
            Text(
                "Numret stämmer inte. Skriv det med tolv siffror, eller lämna fältet tomt",
                "The number is not right. Write it with twelve digits, or leave the field empty",
            )
        ) from None


def _option(field: Field, text: str) -> str:
    options = [o.value for o in field.options]
    if text not in options:
        raise Complaint(Text("Välj ett av svaren", "Choose one of the answers"))
    return text


def _choice(field: Field, text: str, now: datetime) -> str:
    return _option(field, text)


def _reference(field: Field, text: str, now: datetime) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Complaint(Text("Välj i listan", "Choose in the list")) from None


def _intervention(field: Field, text: str, now: datetime) -> str:
    if text not in METHOD.interventions:
        raise Complaint(Text("Välj en insats i listan", "Choose a support in the list"))
    return text


def _needs(field: Field, raw: Raw) -> dict[str, str]:
    states: dict[str, str] = {}
    for area in field.areas:
        text = (list(raw.get(f"need-{area}", ())) or [""])[-1]
        if not text and field.name == "core_need_states":
            label = METHOD.needs[area].name
            raise Complaint(
                Text("Välj ett svar för {label}", "Choose an answer for {label}").filled(label=label), f"need-{area}"
            )
        if text and text not in METHOD.need_states:
            raise Complaint(Text("Välj ett av svaren", "Choose one of the answers"), f"need-{area}")
        if text:
            states[area] = text
    return states


def _outcomes(raw: Raw, now: datetime) -> dict[UUID, tuple[str, date | None, str | None, str | None]]:
    """Outcome, day, the day after and why short, per support; ``{}`` is right when nothing runs."""
    found: dict[UUID, tuple[str, date | None, str | None, str | None]] = {}
    for key, texts in raw.items():
        match = re.fullmatch(r"outcome-([0-9a-f-]{36})", key)
        if not match or not texts or not texts[-1]:
            continue
        if texts[-1] not in ("extend", "change", "end"):
            raise Complaint(Text("Välj förläng, förändra eller avsluta", "Choose extend, change or end"), key)
        until = (list(raw.get(f"outcome-until-{match[1]}", ())) or [""])[-1].strip()
        try:
            day = _day(METHOD.fields["until_on"], until, now) if until else None
            after, why = (_said(raw, f"{k}-{match[1]}", f) for k, f in OUTCOME_PARTS)
            found[UUID(match[1])] = (texts[-1], day, after, why)
        except (Complaint, ValueError) as error:
            text = error.text if isinstance(error, Complaint) else Text("Välj i listan", "Choose in the list")
            raise Complaint(text, f"outcome-until-{match[1]}") from None
    return found


def _said(raw: Raw, key: str, field: str) -> str | None:
    """A chosen part of a row, None when nothing was chosen. Raises Complaint at the part."""
    text = (list(raw.get(key, ())) or [""])[-1]
    if not text:
        return None
    if text not in {o.value for o in METHOD.fields[field].options}:
        raise Complaint(Text("Välj ett av svaren", "Choose one of the answers"), key)
    return text


def _goals(raw: Raw, now: datetime) -> dict[UUID, tuple[int | None, str | None]]:
    """Level and status per goal; a goal of which nothing was said is left out."""
    found: dict[UUID, tuple[int | None, str | None]] = {}
    for key in raw:
        match = re.fullmatch(r"goal-(?:level|status)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", key)
        if match:
            level = _said(raw, f"goal-level-{match[1]}", "goal_level")
            status = _said(raw, f"goal-status-{match[1]}", "goal_status")
            if level or status:
                found[UUID(match[1])] = (int(level) if level else None, status)
    return found


def _skills(raw: Raw, now: datetime) -> dict[str, str]:
    """Ability per skill; what is skipped is left out."""
    said = {skill: (list(raw.get(f"skill-{skill}", ())) or [""])[-1] for skill in METHOD.skills}
    for skill, ability in said.items():
        if ability and ability not in METHOD.abilities:
            raise Complaint(Text("Välj ett av svaren", "Choose one of the answers"), f"skill-{skill}")
    return {skill: ability for skill, ability in said.items() if ability}


def _yes(field: Field, text: str, now: datetime) -> bool:
    return text == "on"


_KINDS = {
    "day": _day,
    "moment": _moment,
    "line": _line,
    "text": _text,
    "choice": _choice,
    "yes": _yes,
    "intervention": _intervention,
} | dict.fromkeys(REFERENCES, _reference)
_ROWS: dict[str, Callable[[Raw, datetime], object]] = {"outcomes": _outcomes, "goals": _goals, "skills": _skills}
