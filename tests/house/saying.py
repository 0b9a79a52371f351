"""Collects every text that somebody will read: from the model, the templates and the code."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "langsikt"
MODEL = sorted((PACKAGE / "model").glob("*.toml"))
TEMPLATES = sorted([*PACKAGE.rglob("templates/**/*.html"), *(ROOT / "devtools").rglob("templates/**/*.html")])
MODULES = sorted(file for file in PACKAGE.rglob("*.py") if "migrations" not in file.parts)
SCRIPTS = sorted(PACKAGE.rglob("static/**/*.js"))

NAMES = re.compile(r"Långsikt|Järva|Södermalm|Skärholmen|Skarpnäck|Hässelby|Vällingby|Årsta|Vantör|Älvsjö|Hägersten")
SWEDISH = re.compile(r"[åäöÅÄÖ]")


class Said(NamedTuple):
    """A text as somebody will read it, with where it stands."""

    where: str
    sv: str
    en: str


def in_the_model() -> Iterator[Said]:
    """Every table of the TOML files that holds Swedish or English."""

    def walk(value: Any, where: str) -> Iterator[Said]:
        if isinstance(value, dict):
            if ("sv" in value or "en" in value) and "meaning" not in value:
                yield Said(where, value.get("sv", ""), value.get("en", ""))
            for key, inner in value.items():
                yield from walk(inner, f"{where}.{key}")
        elif isinstance(value, list):
            for number, inner in enumerate(value, 1):
                yield from walk(inner, f"{where}[{number}]")

    for file in MODEL:
        yield from walk(tomllib.loads(file.read_text("utf-8")), file.name)


WORDS = r'"(?:[^"\\]|\\.)*"'
SAY = re.compile(rf"{{%\s*say\s+({WORDS}|'[^']*')?\s*({WORDS}|'[^']*')?(.*?)%}}", re.DOTALL)
FILTERED = re.compile(r"{{\s*[\"']([^\"']*)[\"']")


def in_templates() -> Iterator[Said]:
    """Every ``{% say "…" "…" %}``."""
    for file in TEMPLATES:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            for found in SAY.finditer(line):
                swedish, english = ((found[n] or "")[1:-1] for n in (1, 2))
                if swedish or english or not found[3].strip():
                    yield Said(f"{file.name}:{number}", swedish, english)


def in_python() -> Iterator[Said]:
    """Every pair of literals that a call gets, Swedish first: ``Text("…", "…")``, ``complain(field, "…", "…")``."""
    for file in MODULES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield from (Said(f"{file.name}:{node.lineno}", sv, en) for _, sv, en in pairs(node))


def pairs(call: ast.Call) -> Iterator[tuple[ast.expr, str, str]]:
    """Each Swedish literal among the arguments, with the literal after it."""
    words = [literal(argument) for argument in call.args]
    for argument, sv, en in zip(call.args, words, [*words, None][1:], strict=True):
        spoken = getattr(call.func, "id", "") == "Text" and argument is call.args[0]
        if sv is not None and en is not None and (spoken or SWEDISH.search(NAMES.sub("", sv))):
            yield argument, sv, en


def literal(node: ast.expr) -> str | None:
    """The words of a literal, or None; what is filled in stands as {}."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@cache
def everything() -> list[Said]:
    return [*in_the_model(), *in_templates(), *in_python()]


def told(faults: Iterable[object]) -> str:
    return "\n".join(str(fault) for fault in faults)


SOURCES = {"model": in_the_model, "templates": in_templates, "python": in_python}
