"""One word stands for one thing, on every floor."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from langsikt.model.load import METHOD
from tests.house.saying import MODULES, PACKAGE, everything, told

# Words that must not be used instead of a word of the glossary: identifier → Swedish, English.
INSTEAD_OF = {
    "person": (
        r"klient\w*|brukare\w*|offer|offret|våldsoffer|hon|henne|hennes|han|honom|hans",
        r"clients?|victims?|service users?|she|her|hers|he|him|his",
    ),
    "case": (r"dossier|akt|akten", r"dossiers?|casefile"),
    "case_worker": (r"socialsekreterare\w*|utredare\w*", r"case ?managers?|caseworkers?|social secretar(?:y|ies)"),
    "unit_manager": (r"gruppledare\w*|teamledare\w*", r"team leaders?|head of unit"),
    "duty_service": (r"jourtjänst\w*|socialjourstjänst\w*", r"on-call service|emergency service"),
    "housing_coordinator": (r"bostadssamordnare\w*|placeringssamordnare\w*", r"placement officers?"),
    "intervention": (r"biståndsinsats\w*", r"treatment plans?"),
    "position": (r"glappbeslut\w*", r"gap decisions?"),
    "gap": (r"stödlucka\w*|lucka|luckor", r"service holes?"),
    "shelter": (r"skyddsboende\w*|kvinnohus\w*", r"safe houses?|refuges?"),
    "transitional_housing": (r"övergångsboende\w*", r"half-?way houses?"),
    "risk_assessment": (r"riskanalys\w*", r"risk analys[ei]s"),
    "follow_up": (r"uppföljningsmöte\w*", r"followup"),
    "decision": (r"biståndsbeslut\w*", r"verdicts?"),
    "conflict_of_interest": (r"partiskhet", r"bias"),
    "protected_details": (r"hemliga uppgifter", r"secret identit(?:y|ies)"),
}
FORBIDDEN_NAMES = (
    "client|victim|klient|brukare|caseworker|casemanager|social_worker|dossier|verdict|supervisor|gap_decision|accommodation|"
    "aftercare|relocation"
)

# Nouns of modules that are about the machinery and not about the work itself.
MACHINERY = {
    "apps": "Django's own name",
    "around": "what the rules need to know from outside the case",
    "leaflet": "the paper that the person takes away",
    "supposed": "what would happen if something were changed",
    "caseload": "how much a unit has in hand",
    "city": "districts side by side",
    "classes": "the class of every field",
    "desk": "what a worker has at hand: absences, drafts, what has been sent",
    "disclosure": "figures too small to show",
    "document": "the generator of a page of the docs",
    "door": "the only way in for a change",
    "event": "something that happened in a case",
    "find": "exact search",
    "form": "what a form needs to know",
    "prefilled": "what a form opens with",
    "identity": "blind tokens of who somebody is",
    "match": "two cases with somebody in common",
    "outside_note": "a note into a case that one may not read",
    "installation": "the mark of a demo",
    "keys": "what opens what is sealed, kept outside the database",
    "shares": "the part of each data key that is destroyed with it",
    "journal": "the row of every change and every look",
    "log": "the journal as it is read",
    "models": "Django's own name",
    "session": "what keeps somebody signed in",
    "notice": "the outbox: that somebody has something to look at",
    "anchor": "the signed heads of the journal",
    "postponement": "what a worker puts off",
    "protection": "the rules and rights of the database",
    "refusals": "the answers that say no",
    "register": "adds staff and roles",
    "responsibility": "who has the case",
    "reveal": "a logged look at one masked value",
    "burning": "an address that somebody dangerous may know",
    "texts_without_names": "texts that leave the house",
    "sealed": "the encrypted column",
    "turn": "two changes of one thing wait for each other",
    "watch": "what expires",
    "work": "one event under way",
    "worklist": "what is due",
}


class TestTerms:
    """The words of the glossary, and no others for the same things."""

    def test_only_words_of_the_glossary_are_replaced(self) -> None:
        assert set(INSTEAD_OF) <= set(METHOD.terms)

    @pytest.mark.parametrize("term", INSTEAD_OF)
    def test_no_other_word_is_said(self, term: str) -> None:
        swedish, english = (re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE) for words in INSTEAD_OF[term])
        faults = [said for said in everything() if swedish.search(said.sv) or english.search(said.en)]
        assert not faults, f"say {METHOD.terms[term].sv} / {METHOD.terms[term].en}:\n{told(faults)}"

    def test_the_pattern_finds_a_forbidden_word(self) -> None:
        swedish = re.compile(rf"(?<![\w-])(?:{INSTEAD_OF['person'][0]})(?![\w-])", re.IGNORECASE)
        assert swedish.search("Ring klienten i dag")
        assert not swedish.search("Vem gör vad när person finns")

    def test_the_events_speak_of_things_in_the_glossary(self) -> None:
        faults = [name for name in METHOD.events if not spoken_of(name)]
        assert not faults, told(faults)

    def test_no_module_class_or_function_has_another_name_for_it(self) -> None:
        forbidden = re.compile(rf"(?:^|_)(?:{FORBIDDEN_NAMES})(?:_|s?$)")
        names = [(file, name) for file in MODULES for name in names_of(file)]
        assert len(names) > 500
        faults = [f"{file.name}: {name}" for file, name in names if forbidden.search(name)]
        assert not faults, told(faults)

    @pytest.mark.parametrize("room", ["records", "actions", "access/window", "insight"])
    def test_the_modules_of_a_room_are_named_after_the_glossary(self, room: str) -> None:
        nouns = {file.stem for file in (PACKAGE / room).glob("*.py")} - {"__init__"}
        assert nouns
        assert nouns - set(METHOD.terms) - set(MACHINERY) == set(), "add a term to terms.toml, or take its word"


# Events whose last word is a verb: what they speak of.
SPOKEN_OF = {"correct": "correction", "ask_to_close": "closure", "assess_risk": "risk_assessment"}
SPOKEN_OF |= {"report_risk_assessment_reason": "risk_assessment"}


def spoken_of(event: str) -> bool:
    """Whether an event ends in a word of the glossary, be it in the plural."""
    if SPOKEN_OF.get(event, event) in METHOD.terms:
        return True
    words = event.split("_")
    endings = {"_".join(words[start:]) for start in range(len(words))}
    return bool({ending for ending in endings if {ending, ending.removesuffix("s")} & set(METHOD.terms)}) or any(
        word in METHOD.terms for word in words[1:]
    )


def names_of(file: Path) -> Iterator[str]:
    """The names of a module, its classes, functions and arguments, in snake case."""
    yield file.stem
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        name = getattr(node, "name", None) or getattr(node, "arg", None)
        if isinstance(name, str):
            yield re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
