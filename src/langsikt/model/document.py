"""Writes docs/model.md, docs/glossary.md and docs/permissions.md out of the method."""

import sys
from collections.abc import Iterable
from pathlib import Path

from langsikt.model import wording
from langsikt.model.describe import event_lines, joined
from langsikt.model.load import METHOD
from langsikt.model.method import Competence, Intervention, Step
from langsikt.model.texts import Text

DOCS = Path(__file__).parents[3] / "docs"
WRITTEN = "Generated from `src/langsikt/model/*.toml` by `python -m langsikt.model.document`. Do not edit."


def render_model() -> str:
    """The seven steps, what may happen in each, the needs, the insatser and the time limits."""
    parts = [_head("The model", "Modellen"), _model_intro()]
    parts += [_step(step) for step in METHOD.steps.values()]
    parts += [_needs(), _interventions(), _deadlines(), _caseload()]
    return "\n".join(parts)


def render_glossary() -> str:
    """Every word of the glossary, by identifier."""
    rows = (
        (f"`{term.identifier}`", term.sv, term.en, f"{term.meaning.en}<br>*{term.meaning.sv}*", term.source)
        for term in sorted(METHOD.terms.values(), key=lambda term: term.identifier)
    )
    intro = "One word for one thing, on every floor: model, records, actions, pages and tests.\n"
    return "\n".join(
        (_head("Glossary", "Ordlista"), intro, _table(("identifier", "svenska", "English", "meaning", "source"), rows))
    )


def render_permissions() -> str:
    """Who may do, look at and decide what."""
    parts = (_head("Permissions", "Behörigheter"), _roles(), _looks(), _may(), _decides())
    return "\n".join(parts)


# --- the model --------------------------------------------------------------------------------


def _model_intro() -> str:
    return (
        "Several steps can be open at once, reopen and loop. From a placement there is no way to closure that does "
        "not pass step 5; death, registered in error and a case taken over by another municipality are ways out of "
        "their own, with the manager.\n"
    )


def _step(step: Step) -> str:
    lines = [f"## {_titled(step)}\n"]
    if step.number:
        lines.append(f"{_both(step.does)}  \n{_both(step.question)}  \nSource: {step.source}\n")
    for name in step.events:
        event = METHOD.events[name]
        lines.append(f"### {event.label.en} · *{event.label.sv}* · `{event.name}`\n")
        lines += [f"- {label.en}: {words.en}" for label, words in event_lines(METHOD, event)]
        lines.append("")
    return "\n".join(lines)


def _titled(step: Step) -> str:
    number = f"{step.number}. " if step.number else ""
    return f"{number}{_both(step.name)} · `{step.key}`"


def _needs() -> str:
    areas = (
        (f"`{need.key}`", _both(need.name), "core" if need.core else "", need.meaning.en)
        for need in METHOD.needs.values()
    )
    states = (
        (f"`{state.key}`", _both(state.name), "yes" if state.can_have_gap else "", state.meaning.en)
        for state in METHOD.need_states.values()
    )
    return "\n".join(
        (
            "## Needs · *Behov*\n",
            _table(("area", "name", "core", "meaning"), areas),
            _table(("state", "name", "can have a gap", "meaning"), states),
        )
    )


def _interventions() -> str:
    rows = (
        (
            f"`{item.key}`",
            _both(item.name),
            ", ".join(METHOD.needs[need].name.en for need in item.meets),
            _basis(item),
            wording.COVERS[item.covers_housing].en if item.covers_housing else "",
            f"{item.follow_up_days} days" if item.follow_up_days else "",
            item.source,
        )
        for item in METHOD.interventions.values()
    )
    head = ("key", "name", "meets", "basis", "housing", "follow-up", "source")
    return "\n".join(("## Insatser, and homes that are none · *Insatser*\n", _table(head, rows)))


def _basis(item: Intervention) -> str:
    extra = ["always a decision"] if item.always_decision else []
    extra += ["decision under 21"] if item.young_need_decision else []
    return "; ".join((wording.BASES[item.basis].en, *extra))


def _deadlines() -> str:
    rows = (
        (
            f"`{item.key}`",
            _both(item.name),
            f"{item.count} {item.unit.replace('_', ' ')}",
            item.source,
            str(item.checked_on),
        )
        for item in METHOD.deadlines.values()
    )
    return "\n".join(("## Time limits · *Tider*\n", _table(("key", "name", "time", "source", "checked"), rows)))


def _caseload() -> str:
    note = (
        "For sharing work between people, never for performance or pay. A case is in the first phase that fits it; "
        "nobody's weights are summed, only the team's.\n"
    )
    rows = (
        (f"`{phase.key}`", _both(phase.name), phase.meaning.en, str(phase.weight), phase.source)
        for phase in METHOD.caseload.values()
    )
    head = ("phase", "name", "when", "weight", "source")
    return "\n".join(("## Caseload · *Ärendemängd*\n", note, _table(head, rows)))


# --- the permissions --------------------------------------------------------------------------


def _roles() -> str:
    rows = (
        (f"`{role.key}`", _both(role.name), role.does.en, role.sees.en, role.never_sees.en, str(role.shows))
        for role in METHOD.roles.values()
    )
    note = (
        "The last column is the highest class shown without a reveal; names and telephone numbers are always masked. "
        "Whoever has no relation to a case gets the answer that a made-up reference gets. An exclusion goes before "
        "every right.\n"
    )
    head = ("role", "name", "does", "sees", "never sees", "class")
    return "\n".join(("## Roles · *Roller*\n", note, _table(head, rows)))


def _looks() -> str:
    rows = (
        (_both(text), *(_mark(key in role.looks) for role in METHOD.roles.values()))
        for key, text in wording.LOOKS.items()
    )
    return "\n".join(("## Who may look at what · *Vem får se vad*\n", _table(("", *_role_names()), rows)))


def _may() -> str:
    rows = (
        (f"{_both(event.label)} `{name}`", *(_mark(role in event.who) for role in METHOD.roles))
        for name, event in METHOD.events.items()
    )
    return "\n".join(("## Who may do what · *Vem får göra vad*\n", _table(("", *_role_names()), rows)))


def _decides() -> str:
    rows = (
        (row.district, METHOD.interventions[row.intervention].name.en, _deciders(row), _span(row), row.source)
        for row in METHOD.competence
    )
    note = "A row for a district goes before a row for all (`*`). A dash: no role of ours decides there.\n"
    head = ("district", "insats", "who decides", "from–to", "source")
    return "\n".join(("## Who decides · *Vem beslutar*\n", note, _table(head, rows)))


def _deciders(row: Competence) -> str:
    return joined(METHOD.roles[role].name for role in METHOD.roles if role in row.roles).en or "–"


def _span(row: Competence) -> str:
    return f"{row.from_on} – {row.until_on or ''}".strip()


def _role_names() -> tuple[str, ...]:
    return tuple(role.name.en for role in METHOD.roles.values())


# --- markdown ---------------------------------------------------------------------------------


def _head(english: str, swedish: str) -> str:
    return f"# {english} · *{swedish}*\n\n{WRITTEN}\n"


def _both(text: Text) -> str:
    return text.en if text.en == text.sv else f"{text.en} · *{text.sv}*"


def _mark(yes: bool) -> str:
    return "yes" if yes else ""


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = tuple(head)
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


PAGES = {"model.md": render_model, "glossary.md": render_glossary, "permissions.md": render_permissions}


def write(folder: Path) -> None:
    """Write every generated page into ``folder``."""
    for name, render in PAGES.items():
        (folder / name).write_text(render(), "utf-8")


if __name__ == "__main__":
    if not DOCS.is_dir():
        print(f"{DOCS} is no folder: run this in a checkout of the project.", file=sys.stderr)
        sys.exit(2)
    write(DOCS)
