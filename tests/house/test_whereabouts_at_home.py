"""Class 3 lives in four columns: no other table, form, template, file name or letter has a place for it (ADR 0018)."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from langsikt.model.load import METHOD
from langsikt.records.classes import klass_of
from langsikt.records.models import NOUN_OF

SOURCE = Path(__file__).parents[2] / "src" / "langsikt"
HOMES = {
    ("records_dwelling", "address"),
    ("records_safecontact", "phone"),
    ("records_safetyplan", "identity_papers"),
    ("records_whereabouts", "whereabouts_value"),
}
# The forms that may ask for them, by event.
FORMS = {
    "record_safe_contact": {"phone"},
    "write_safety_plan": {"identity_papers"},
    "record_whereabouts": {"whereabouts_value"},
}
# The templates that may draw a value of class 3, by its name there.
DRAWN = {
    "partials/_safe_contact.html": {"phone"},
    "partials/safety/_plan.html": {"identity_papers"},
    "partials/_supports.html": {"address"},
    "dwellings.html": {"address"},
    "partials/_whereabouts_row.html": {"value"},
}
PLACE = re.compile(
    r"address|adress|place|plats|street|gata|town|_ort$|school|skola|work_?place|whereabouts|phone|telefon"
)
DECISIONS = ("issue_decision", "draft_decision", "sign_decision", "renew_decision", "serve_decision")
RESPONSES = re.compile(r"Content-Disposition[^\n]*")


def test_class_three_stands_in_its_four_columns() -> None:
    models = list(apps.get_app_config("records").get_models())
    found = {(m._meta.db_table, f.name) for m in models for f in m._meta.concrete_fields if klass_of(m, f.name) == 3}
    print(f"{len(models)} tables, {len(found)} columns of class 3")
    assert found == HOMES


def test_only_its_own_forms_ask_for_it() -> None:
    asked = {
        name: {f for f in (*rule.asks, *rule.offers) if METHOD.fields[f].klass == 3}
        for name, rule in METHOD.events.items()
    }
    assert {name: fields for name, fields in asked.items() if fields} == FORMS


@pytest.mark.parametrize("event", DECISIONS)
def test_a_decision_has_no_field_for_a_place(event: str) -> None:
    """A decision is never secret from a party (OSL 10:3): what it cannot hold it cannot give away (rules B1.13)."""
    rule, noun = METHOD.events[event], NOUN_OF[event]
    columns = {f.name for f in noun._meta.concrete_fields}
    named = {name for name in (*rule.asks, *rule.offers, *columns) if PLACE.search(name)}
    assert not named, named
    assert not [n for n in columns if n in METHOD.fields and METHOD.fields[n].klass == 3]


def test_the_pattern_would_have_found_one() -> None:
    columns = {f.name for f in NOUN_OF["start_placement"]._meta.concrete_fields}
    assert {name for name in columns if PLACE.search(name)} >= {"place"}


def test_every_issued_decision_passes_the_hard_stop() -> None:
    for event in ("issue_decision", "sign_decision"):
        assert "no_whereabouts" in METHOD.events[event].requires, event


def test_only_its_own_templates_draw_it() -> None:
    drawn = re.compile(r"{{\s*(?:row|support|card|sheet\.\w+)\.(address|phone|identity_papers|whereabouts_value)\b")
    wide = re.compile(r"value=card\.phone\b")
    root = SOURCE / "pages" / "templates"
    found: dict[str, set[str]] = {}
    for template in sorted(root.rglob("*.html")):
        text = template.read_text("utf-8")
        names = set(drawn.findall(text)) | ({"phone"} if wide.search(text) else set())
        if names:
            found[str(template.relative_to(root))] = names
    assert found == {name: names for name, names in DRAWN.items() if names != {"value"}}


def test_a_title_holds_no_value_of_a_case() -> None:
    titles = re.compile(r"{% block title %}(.*?){% endblock %}", re.S)
    root, allowed = (
        SOURCE / "pages" / "templates",
        re.compile(r"{{\s*(?:\w+_)?(?:rule|step|title)\b[^}]*}}|{{ heading }}"),
    )
    checked, faults = 0, []
    for template in sorted(root.rglob("*.html")):
        for title in titles.findall(template.read_text("utf-8")):
            checked += 1
            left = [value for value in re.findall(r"{{[^}]*}}", title) if not allowed.match(value)]
            faults += [f"{template.name}: {value}" for value in left]
    assert checked > 30 and not faults, faults


def test_a_file_is_named_by_what_it_is_and_never_by_whose() -> None:
    names = []
    for file in SOURCE.rglob("*.py"):
        names += [(file.name, said) for said in RESPONSES.findall(file.read_text("utf-8"))]
    assert names and not [said for said in names if "{" in said[1] or "%" in said[1]], names
