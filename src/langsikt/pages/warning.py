"""The whereabouts warning: a free text that says where somebody is is told before it is saved, never stopped (D2)."""

from collections.abc import Iterable, Mapping, Sequence

from langsikt.access.window.form import FormSheet
from langsikt.access.window.whereabouts import free_texts, marked
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.texts import Text
from langsikt.model.whereabouts import LOOKS_LIKE_ONE, Found
from langsikt.pages.forms import Wrong
from langsikt.pages.middleware import Request

Raw = Mapping[str, Sequence[str]]
Marks = dict[str, tuple[Found, ...]]
ANYWAY = "anyway"  # the tick: save although the text says it
KINDS = {option.value: option.text for option in METHOD.fields["whereabouts_kind"].options} | {
    "mark": Text("boendets märke", "the mark of the dwelling"),
    LOOKS_LIKE_ONE: Text("ser ut som en adress", "looks like an address"),
}


def marks(request: Request, rules: Iterable[EventRule], reference: str | None, raw: Raw) -> Marks:
    """Where each free text of a form says where somebody is, by the name of its field."""
    return marked(request.actor, reference, texts(rules, raw), request.now)


def texts(rules: Iterable[EventRule], raw: Raw) -> dict[str, str]:
    """The free texts as typed; line ends as a browser counts them, so that places in the text agree."""
    return {name: _last(raw, name) for name in free_texts(*rules) if raw.get(name)}


def told(request: Request, sheet: FormSheet, reference: str | None, raw: Raw) -> Wrong | None:
    """What the form comes back with, once: the words marked; None where nothing is to be told."""
    found = unticked(request, sheet, reference, raw)
    return Wrong(marked=said(found, raw)) if found else None


def unticked(request: Request, sheet: FormSheet, reference: str | None, raw: Raw) -> Marks:
    """What is to be told before this form is saved; nothing where the tick is there, or where a hard stop answers."""
    if raw.get(ANYWAY):
        return {}
    rules = rules_of(sheet)
    found = marks(request, rules, reference, raw)
    if any("no_whereabouts" in rule.requires for rule in rules):
        stopped = any(f.kind != LOOKS_LIKE_ONE for hits in found.values() for f in hits)
        return {} if stopped else found
    return found


def rules_of(sheet: FormSheet) -> tuple[EventRule, ...]:
    """The event of a form, and the one that it corrects."""
    return (sheet.rule, *([sheet.original_rule] if sheet.original_rule else []))


def said(found: Mapping[str, Iterable[Found]], raw: Raw) -> dict[str, tuple[tuple[str, Text], ...]]:
    """The marked words of each field, each with what it is; for the page that gives the text back."""
    return {
        name: tuple((_last(raw, name)[f.start : f.end], KINDS[f.kind]) for f in hits) for name, hits in found.items()
    }


def places(found: Mapping[str, Iterable[Found]]) -> dict[str, list[tuple[int, int, str]]]:
    """The same for the script that has the text itself: where each word stands, and no word of it."""
    return {name: [(f.start, f.end, f.kind) for f in hits] for name, hits in found.items()}


def _last(raw: Raw, name: str) -> str:
    return (list(raw.get(name, ())) or [""])[-1].replace("\r\n", "\n")
