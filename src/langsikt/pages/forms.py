"""Forms assembled from the model's fields: what is drawn, with what was typed and what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from langsikt.access.sheets import GoalSheet, Support
from langsikt.access.window.day_after import SupportAfter
from langsikt.access.window.follow_up import Pick, SupportCard
from langsikt.access.window.form import FormSheet
from langsikt.model.load import METHOD
from langsikt.model.method import Field
from langsikt.model.outcome import AS_NOW, OTHER
from langsikt.model.texts import Text

Raw = Mapping[str, Sequence[str]]
OptionRow = tuple[str, Text, bool]
OUTCOMES = (
    ("extend", Text("Förläng", "Extend")),
    ("change", Text("Förändra", "Change")),
    ("end", Text("Avsluta", "End")),
)


@dataclass(frozen=True)
class BoundField:
    """One field as it is drawn."""

    name: str
    kind: str
    label: Text
    hint: Text | None = None
    required: bool = False
    expected: bool = False
    value: str = ""
    values: frozenset[str] = frozenset()
    options: tuple[OptionRow, ...] = ()
    complaint: Text | None = None
    rows: tuple[Any, ...] = ()
    most: int = 0
    klass: int = 1
    marked: tuple[tuple[str, Text], ...] = ()
    asks_anyway: bool = False

    @property
    def id(self) -> str:
        """The id of the control, which an error links to."""
        return self.name


@dataclass(frozen=True)
class OutcomeRow:
    """A running support in a follow-up: extend, change or end, until when, the day after, and why short again.

    Where it is followed up, ``card`` is what is known of it, ``picks`` the last days with the one that is picked,
    ``last`` the last day if it ends, and ``day_after`` what the plan answers.
    """

    support: Support
    options: tuple[OptionRow, ...]
    until: str
    after: tuple[OptionRow, ...]
    reasons: tuple[OptionRow, ...]
    complaint: Text | None = None
    until_complaint: Text | None = None
    card: SupportCard | None = None
    picks: tuple[tuple[Pick, bool], ...] = ()
    last: str = ""
    day_after: SupportAfter | None = None


@dataclass(frozen=True)
class Form:
    """A form: its fields, the complaints in order, a refusal of the whole, and fields that say where somebody is."""

    fields: tuple[BoundField, ...]
    complaints: tuple[tuple[str, Text], ...] = ()
    refusal: Text | None = None
    marked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wrong:
    """What was wrong with what was sent; ``marked``: words that say where somebody is, by field (rules D2)."""

    complaints: Mapping[str, Text] = field(default_factory=dict)
    refusal: Text | None = None
    marked: Mapping[str, tuple[tuple[str, Text], ...]] = field(default_factory=dict)


def event_form(sheet: FormSheet, raw: Raw, wrong: Wrong | None = None) -> Form:
    """The form of an event, or of a correction of one."""
    wrong = wrong or Wrong()
    fields: list[BoundField] = []
    if sheet.original_rule:
        fields += _fields(sheet.original_rule.asks, sheet.original_rule.offers, sheet, raw, wrong)
    asks = tuple(name for name in sheet.rule.asks if name != "corrects")
    fields += _fields(asks, sheet.rule.offers, sheet, raw, wrong)
    return Form(tuple(fields), tuple(wrong.complaints.items()), wrong.refusal, tuple(wrong.marked))


def _fields(asks: Iterable[str], offers: Iterable[str], sheet: FormSheet, raw: Raw, wrong: Wrong) -> list[BoundField]:
    required = set(asks)
    names = [name for name in (*asks, *offers) if name not in sheet.unasked]
    return [_bound(METHOD.fields[name], name in required, sheet, raw, wrong) for name in names]


def _bound(spec: Field, required: bool, sheet: FormSheet, raw: Raw, wrong: Wrong) -> BoundField:
    given = [str(v) for v in raw.get(spec.name, ())]
    listed = sheet.choices.get(spec.name, [])
    return BoundField(
        name=spec.name,
        kind=spec.kind,
        label=spec.label,
        hint=spec.hint,
        required=required,
        expected=spec.name in {*sheet.rule.expects, *sheet.asked_first} and not required,
        value=given[-1] if given else "",
        values=frozenset(given),
        options=tuple((value, text, value in given) for value, text in listed),
        complaint=wrong.complaints.get(spec.name),
        marked=wrong.marked.get(spec.name, ()),
        asks_anyway=next(iter(wrong.marked), None) == spec.name,
        rows=_rows(spec, sheet, raw, wrong),
        most=spec.most,
        klass=spec.klass,
    )


def _rows(spec: Field, sheet: FormSheet, raw: Raw, wrong: Wrong) -> tuple[Any, ...]:
    if spec.kind == "needs":
        return tuple(_need_row(area, raw, wrong) for area in spec.areas)
    if spec.kind == "outcomes":
        return tuple(_followed(_outcome_row(support, raw, wrong), sheet, raw) for support in sheet.running)
    if spec.kind == "goals":
        return tuple(_goal_row(goal, raw) for goal in sheet.goals)
    if spec.kind == "skills":
        return tuple(_skill_row(skill, raw, wrong) for skill in METHOD.skills)
    return ()


def _need_row(area: str, raw: Raw, wrong: Wrong) -> tuple[Any, ...]:
    chosen = (list(raw.get(f"need-{area}", ())) or [""])[-1]
    options = [(s.key, s.name, s.key == chosen) for s in METHOD.need_states.values()]
    need = METHOD.needs[area]
    return (area, need.name, need.core, options, wrong.complaints.get(f"need-{area}"))


def _outcome_row(support: Support, raw: Raw, wrong: Wrong) -> OutcomeRow:
    def typed(part: str) -> str:
        return _typed(raw, f"{part}-{support.id}")

    return OutcomeRow(
        support,
        _chips(OUTCOMES, typed("outcome")),
        typed("outcome-until"),
        _chips(_words("day_after"), typed("outcome-after")),
        _chips(_words("short_reason"), typed("outcome-reason")),
        wrong.complaints.get(f"outcome-{support.id}"),
        wrong.complaints.get(f"outcome-until-{support.id}"),
    )


def _followed(row: OutcomeRow, sheet: FormSheet, raw: Raw) -> OutcomeRow:
    """The row with its card, where the form is a follow-up and not the correction of one."""
    if sheet.follow_up is None:
        return row
    card = sheet.follow_up.cards[row.support.id]
    picked = _typed(raw, f"outcome-pick-{card.id}") or (OTHER if row.until else AS_NOW)
    known = {pick.value for pick in card.picks}
    until = row.until if picked in known else picked
    chosen = picked if picked in known else OTHER
    return replace(
        row,
        until=until,
        card=card,
        picks=tuple((pick, pick.value == chosen) for pick in card.picks),
        last=_typed(raw, f"outcome-last-{card.id}") or card.last.isoformat(),
        day_after=next(one for one in sheet.follow_up.gaps.after if one.id == card.id),
    )


def _goal_row(goal: GoalSheet, raw: Raw) -> tuple[Any, ...]:
    """The goal, its levels and its status words; what stood last time is filled in."""
    level = _typed(raw, f"goal-level-{goal.id}")
    status = _typed(raw, f"goal-status-{goal.id}") or goal.status
    return (goal, _chips(_words("goal_level"), level), _chips(_words("goal_status"), status))


def _skill_row(skill: str, raw: Raw, wrong: Wrong) -> tuple[Any, ...]:
    abilities = tuple(METHOD.abilities.items())
    name = f"skill-{skill}"
    return (skill, METHOD.skills[skill], _chips(abilities, _typed(raw, name)), wrong.complaints.get(name))


def _typed(raw: Raw, name: str) -> str:
    return (list(raw.get(name, ())) or [""])[-1]


def _words(field: str) -> tuple[tuple[str, Text], ...]:
    return tuple((option.value, option.text) for option in METHOD.fields[field].options)


def _chips(options: Iterable[tuple[str, Text]], chosen: str) -> tuple[OptionRow, ...]:
    return tuple((value, text, value == chosen) for value, text in options)


def small_form(fields: Iterable[BoundField], wrong: Wrong | None = None) -> Form:
    """A form outside a case."""
    wrong = wrong or Wrong()
    return Form(tuple(fields), tuple(wrong.complaints.items()), wrong.refusal)


def small_field(
    name: str, kind: str, sv: str, en: str, raw: Raw, wrong: Wrong, required: bool = True, **more: Any
) -> BoundField:
    """A field of a form outside a case."""
    value = "" if kind == "password" else (list(raw.get(name, ())) or [""])[-1]
    options = tuple((v, t, v == value) for v, t in more.pop("options", ()))
    complaint = wrong.complaints.get(name)
    return BoundField(
        name, kind, Text(sv, en), required=required, value=value, options=options, complaint=complaint, most=200, **more
    )
