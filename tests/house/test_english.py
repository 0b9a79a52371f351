"""Every text has its English, and nothing is said outside the texts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.saying import (
    MODULES,
    NAMES,
    ROOT,
    SCRIPTS,
    SOURCES,
    SWEDISH,
    TEMPLATES,
    everything,
    in_templates,
    pairs,
    told,
)

# The same in both languages: names, signs and words that English has taken over or Swedish has.
SAME = {
    "Plan",
    "Origo", "PATRIARK", "SARA:SV", "18–20", "Team", "Långsikt", "Risk", "Status", "Start", "Person", "—", "", "·",
    "Demo", "RVT", "SIP", "Total", "Under", "Partner", "Ctrl", "Ctrl K", "Enter", "Esc", "Svenska", "English",
}  # fmt: skip
LETTERS = re.compile(r"[^\W\d_]{2,}")


class TestEnglish:
    """Nothing is said in one language only."""

    def test_the_check_sees_all_three_sources(self) -> None:
        counts = {name: len(list(source())) for name, source in SOURCES.items()}
        assert counts["model"] > 400
        assert counts["templates"] > 300
        assert counts["python"] > 150

    @pytest.mark.parametrize("source", ["model", "templates", "python"])
    def test_every_text_has_both_languages(self, source: str) -> None:
        faults = [
            said
            for said in SOURCES[source]()
            if bool(said.sv.strip()) != bool(said.en.strip()) or (said.sv == said.en and not alike(said.sv))
        ]
        assert not faults, told(faults)

    def test_english_is_not_swedish(self) -> None:
        faults = [said for said in everything() if SWEDISH.search(NAMES.sub("", said.en))]
        assert not faults, told(faults)

    def test_templates_have_no_words_of_their_own(self) -> None:
        faults = [fault for file in TEMPLATES for fault in bare_words(file.name, file.read_text("utf-8"))]
        assert not faults, told(faults)

    def test_say_has_two_languages_and_names_them_in_order(self) -> None:
        faults = [said for said in in_templates() if not said.en]
        assert not faults, told(faults)

    def test_python_says_nothing_swedish_but_in_a_text(self) -> None:
        faults = [fault for file in MODULES for fault in bare_strings(file)]
        assert not faults, told(faults)

    def test_scripts_have_no_words_of_their_own(self) -> None:
        assert SCRIPTS
        faults = [
            f"{file.name}:{number}: {line.strip()}"
            for file in SCRIPTS
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
            if SWEDISH.search(line.split("//")[0]) and "english ? " not in line
        ]
        assert not faults, told(faults)

    def test_the_checks_find_what_they_look_for(self) -> None:
        assert list(bare_words("x", "<p>Hej</p>"))
        assert list(bare_words("x", '<input placeholder="Sök här">'))
        assert list(bare_words("x", '<a title="{% if a %}Visa{% endif %}">'))
        assert not list(bare_words("x", '{# Hej #}<p class="stor">{% say "Hej" "Hello" %}: {{ name }} 12</p>'))
        assert not list(bare_words("x", "{% comment %}Hej{% endcomment %}<!-- Hej --><script>let x</script>"))


SILENT = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>"
    r"|{%\s*block width\s*%}.*?{%\s*endblock",
    re.DOTALL,
)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SPOKEN = re.compile(r'\b(?:title|alt|placeholder|aria-label|aria-description|content)\s*=\s*"([^"]*)"')
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
META = re.compile(r"<meta\b[^>]*>")
ELEMENT = re.compile(r"<[^>]*>", re.DOTALL)


def alike(words: str) -> bool:
    """Whether words may be the same in both languages."""
    parts = re.split(r" · | (?=\d)", re.sub(r"{\w*}", "", words))
    return all(part.strip(" :.…") in SAME or not LETTERS.search(part) for part in parts)


def bare_words(name: str, source: str) -> Iterator[str]:
    """Words that a template says outside ``say``, in text or in an attribute that is read aloud."""
    plain = TAGS.sub("", SILENT.sub("", source))
    spoken = [found for found in SPOKEN.findall(META.sub("", plain)) if LETTERS.search(found)]
    text = [part.strip() for part in ATTRIBUTE.sub("", ELEMENT.sub("\n", plain)).splitlines() if LETTERS.search(part)]
    for words in (*spoken, *text):
        if not alike(re.sub(r"&\w+;", "", words)):
            yield f"{name}: {words}"


# Where Swedish stands as data and not as something said: street names, calendars, and what is printed
# to whoever runs the server or reads the model at the command line.
SWEDISH_AS_DATA = {"whereabouts.py", "langsikt.py", "protection.py", "__main__.py", "document.py", "describe.py"}


def bare_strings(file: Path) -> Iterator[str]:
    """Literals with Swedish letters that have no English after them and are no docstring or list of words."""
    if file.name in SWEDISH_AS_DATA:
        return
    tree = ast.parse(file.read_text("utf-8"))
    spared = {id(inner) for node in ast.walk(tree) for part in spoken_parts(node) for inner in ast.walk(part)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)) or id(node) in spared:
            continue
        if SWEDISH.search(NAMES.sub("", node.value)) and not node.value.startswith("\n"):
            yield f"{file.relative_to(ROOT)}:{node.lineno}: {node.value!r}"


def spoken_parts(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that may be Swedish: docstrings, and literals with English beside."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node
    if isinstance(node, ast.Call):
        yield from (argument for argument, _, en in pairs(node) if en)
