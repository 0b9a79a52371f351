"""Finds fields of ``fields.toml`` that contradict themselves."""

from collections.abc import Iterable

from langsikt.model.method import Field, Method
from langsikt.model.reading import Faults

KINDS = (
    "moment",
    "day",
    "line",
    "text",
    "yes",
    "choice",
    "choices",
    "needs",
    "outcomes",
    "staff",
    "place",
    "intervention",
    "decision",
    "placement",
    "support",
    "ended_support",
    "event",
    "goal",
    "goals",
    "skills",
    "referral",
    "offer",
    "decision_draft",
    "network_person",
    "whereabouts",
)
WRITTEN = ("line", "text")
CHOSEN = ("choice", "choices")
TIMED = ("moment", "day")
TIMES = ("past", "any", "ahead")


def check(method: Method, faults: Faults) -> None:
    """A field whose kind, class, options or limits contradict each other."""
    for field in method.fields.values():
        if field.kind not in KINDS:
            faults.unknown("fields.toml", f"{field.name}.kind", field.kind, "kind", KINDS)
            continue
        for key, wrong, cure in (*_field_class(field), *_field_options(field), *_field_limits(field, method)):
            faults.add("fields.toml", f"{field.name}.{key}", wrong, cure)


def _field_class(field: Field) -> Iterable[tuple[str, str, str]]:
    if field.klass not in range(4):
        yield "class", f"{field.klass} is no class", "use 0, 1, 2 or 3"
    elif field.klass >= 2 and field.kind not in WRITTEN:
        yield "class", f'class {field.klass} with kind "{field.kind}"', "only line and text are encrypted; use class 1"
    elif field.klass < 2 and field.kind in WRITTEN:
        yield (
            "class",
            f"class {field.klass} for what people write themselves",
            "use class 2 or 3, so that it is encrypted",
        )


def _field_options(field: Field) -> Iterable[tuple[str, str, str]]:
    if field.kind in CHOSEN and not field.options:
        yield "options", f'a "{field.kind}" without options', "write options = [ … ] or options_from"
    if field.kind not in CHOSEN and field.options:
        yield "options", f'a "{field.kind}" with options', 'remove the options or write kind = "choice"'
    values = [option.value for option in field.options]
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield "options", f'"{value}" stands twice', "keep one of them"


def _field_limits(field: Field, method: Method) -> Iterable[tuple[str, str, str]]:
    if field.time not in TIMES:
        yield "time", f'"{field.time}" is no time', f"use one of {', '.join(TIMES)}"
    elif field.time != "any" and field.kind not in TIMED:
        yield "time", f'a "{field.kind}" with a time', "only day and moment have one; remove it"
    if (field.most > 0) != (field.kind in WRITTEN):
        yield (
            "most",
            f'a "{field.kind}" with most = {field.most}',
            "line and text have a longest length, nothing else has",
        )
    if bool(field.areas) != (field.kind == "needs"):
        yield (
            "areas",
            f'a "{field.kind}" with {len(field.areas)} areas',
            "a needs field names its areas, nothing else does",
        )
    for area in field.areas:
        if area not in method.needs:
            yield "areas", f'"{area}" is no need', f"use a need of needs.toml: {', '.join(method.needs)}"
