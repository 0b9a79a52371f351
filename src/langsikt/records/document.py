"""Writes docs/privacy.md: every table and field, its class, how it is protected, and who is given its rows."""

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import django
from django.apps import apps

if not apps.ready:  # run by hand: the models need the settings
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langsikt.config.settings")
    django.setup()

from langsikt.model.load import METHOD
from langsikt.records import protection
from langsikt.records.classes import LIBRARY_TABLES, klass_of
from langsikt.records.models import NOUN_OF, Noun
from langsikt.records.sealed import SealedField

DOCS = Path(__file__).parents[3] / "docs"
HEAD = """# Privacy · *Integritet*

Generated from the models and the policies by `python -m langsikt.records.document`. Do not edit.

What is stored, table by table: each field, its class, how it is protected, and who is given the rows. A field without
a class, a field of class 2 or 3 that is not sealed, and a table without a policy each stop the build or the start.

| class · *klass* | holds |
| --- | --- |
| 0 · *öppet* | nothing about a person: districts, units, names of tables |
| 1 · *uppgifter om ärendet* | reference, dates, kinds, steps, who works with it; never a word that somebody typed |
| 2 · *personuppgifter och text* | names, numbers, what was told and written |
| 3 · *var personen är* | where and how to reach the person: telephone, the address of a dwelling |

**Sealed** is encrypted with AES-256-GCM before it is sent to the database, under a key of that case, dwelling or staff
member; the place (table, row, field, key) is bound in, so a value opens nowhere else. Those keys are kept wrapped by
a key outside the database. **Token** is an HMAC: it can be compared with another and not read. **Plain** is readable
for whoever the policy gives the row.

Row-level security is forced on every table, for the owner too; the app is neither owner nor superuser and cannot
bypass it. Rows are given only inside a transaction that knows who acts; without that no table below gives a row,
save those of the sign-in. Nobody may update or delete a row of a case, or of the journal.
"""
RELATION = (
    "whoever has a relation to the case (assigned; stand-in while the case worker is away; manager of its unit;"
    " duty service that made it; housing coordinator while a place is asked for) and is not excluded from it"
)
ROLE = re.compile(r"^langsikt_has_role\('(\w+)'\)$")
SAID = {
    "langsikt_actor() is not null": "everybody who is signed in",
    "true": "the app",
    "staff_id = langsikt_actor()": "the person",
    "asked_by_id = langsikt_actor()": "the person who asked",
    "to_staff_id = langsikt_actor()": "the person whom it is for",
    protection.OWN_TABLES["records_finding"]["select"]: "log reviewer (*logggranskare*), save what is about oneself",
    protection.OWN_TABLES["records_signoff"]["insert"]: "log reviewer (*logggranskare*), of a finding that one sees",
    "staff_id = langsikt_actor() and langsikt_has_role('housing_coordinator')": "the housing coordinator who says it",
    "staff_id = langsikt_actor() and langsikt_has_role('unit_manager')": "the unit manager who says it",
    "staff_id = langsikt_actor() and langsikt_may_touch(case_id)": "the person, about a case that is open to them",
    "scope = 'staff' and scope_id = langsikt_actor()": "the key of a person: the person",
    protection.OWN_MAIL: "the key of an address for notices: the person",
    protection.MINE.format(column="case_id"): RELATION,
    f"{protection.MINE.format(column='case_id')} and {protection.MINE.format(column='other_id')}": "who may read both"
    " cases",
    "id = any(array(select langsikt_open_links()))": "who may read one of them, where the link holds and is not secret",
}
KEYS = {
    "records_deliveryaddress": "a key of its own",
    "records_draft": "a key of the staff member",
    "records_dwelling": "a key of the dwelling",
}
OTHERWISE = {
    ("records_person", "name_tokens"): "token",
    ("records_person", "number_token"): "token",
    ("records_journalentry", "typed"): "token",
    ("records_identitytoken", "token"): "token",
    ("records_datakey", "wrapped"): "wrapped by the key outside the database",
    ("records_installation", "key_check"): "token",
    ("records_staff", "password"): "argon2 hash",
    ("django_session", "session_key"): "hash of the key",
    ("django_session", "session_data"): "sealed under a key of the house",
    ("mfa_authenticator", "data"): "secrets sealed under a key of the house",
}
SWEDISH = {
    "records_absence": "frånvaro",
    "records_anchor": "undertecknade sigill",
    "records_assignment": "vem som har ärendet",
    "records_datakey": "nycklar",
    "records_deliveryaddress": "adress för avisering",
    "records_denial": "spärr",
    "records_event": "händelse",
    "records_identitytoken": "blinda värden för vem någon är",
    "records_installation": "installation",
    "records_match": "dubblett eller krock",
    "records_journalentry": "journal över ändringar och titt",
    "records_notice": "avisering",
    "records_receipt": "kvitto på ett skickat formulär",
    "records_staffrole": "roll",
}


def render() -> str:
    """The whole page."""
    ours = [m for m in apps.get_models() if m._meta.db_table.startswith("records_")]
    cases = [m for m in ours if m._meta.db_table in protection.CASE_TABLES]
    parts = [HEAD, "## The tables of a case · *Ärendets tabeller*\n", f"Given to {RELATION}. Added by the same.\n"]
    parts += [_table(model) for model in cases]
    parts.append("## The other tables · *Övriga tabeller*\n")
    parts += [_table(model, _rights(model._meta.db_table)) for model in ours if model not in cases]
    return "\n".join([*parts, _libraries()])


def _table(model: Any, rights: str = "") -> str:
    rows = [_field(model, column) for column in model._meta.concrete_fields]
    said = [_says(model)]
    written = _written_by(model)
    said += [f"Written by {written}." if written else "", rights]
    return "\n".join([f"### {_title(model)}\n", "  \n".join(s for s in said if s) + "\n", *_grid(FIELDS, rows)])


FIELDS = ("field", "Swedish · *svenska*", "class", "kept")


def _field(model: Any, column: Any) -> tuple[str, ...]:
    known = METHOD.fields.get(column.name)
    klass = klass_of(model, column.name)
    return (f"`{column.column}`", known.label.sv if known else "", str(klass), _kept(model._meta.db_table, column))


def _kept(table: str, column: Any) -> str:
    if isinstance(column, SealedField):
        return f"sealed, {KEYS.get(table, 'the key of the case')}"
    return OTHERWISE.get((table, column.name), "plain")


def _says(model: Any) -> str:
    words = " ".join((model.__doc__ or "").replace("``", "`").split())
    return re.sub(r" \((?:rules|security|design|ADR)[^)]*\)", "", words)


def _title(model: Any) -> str:
    table = model._meta.db_table
    term = METHOD.terms.get(re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower())
    swedish = term.sv if term else SWEDISH.get(table, "")
    return f"`{table}`" + (f" · *{swedish}*" if swedish else "")


def _written_by(model: type[Noun]) -> str:
    labels = [METHOD.events[name].label for name, noun in NOUN_OF.items() if noun is model]
    return ", ".join(f"{label.en} · *{label.sv}*" for label in labels)


def _rights(table: str) -> str:
    """Who may do what with a table outside the case, in words."""
    policies = protection.policies_of(table)
    denied = any(restrictive for *_, restrictive in policies)
    found = [f"**{command}** {_who(condition)}" for _, command, condition, restrictive in policies if not restrictive]
    if not found:
        return "**Nobody**: only the database's own functions read and write it."
    return "; ".join(found) + ("; never a row of a case that one is excluded from." if denied else ".")


def _who(condition: str) -> str:
    return " · ".join(_one(part.strip()) for part in condition.split(" or "))


def _one(condition: str) -> str:
    kind = "the key of a dwelling: " if condition.startswith("scope = 'dwelling' and ") else ""
    condition = condition.removeprefix("scope = 'dwelling' and ")
    if condition.startswith("scope = 'case' and "):
        return f"the key of a case: {RELATION}"
    role = ROLE.match(condition)
    if role:
        name = METHOD.roles[role[1]].name
        return f"{kind}{name.en.lower()} (*{name.sv.lower()}*)"
    return kind + SAID.get(condition, f"`{condition}`")


def _libraries() -> str:
    rows = [_library(m) for m in sorted(apps.get_models(include_auto_created=True), key=lambda m: m._meta.db_table)]
    kept = [row for row in rows if row]
    head = ("table", "fields (class)", "why and how", "given to")
    note = (
        "Sign-ins are journaled. Sessions and second factors are read before anybody is known: the named exception.\n"
    )
    return "\n".join(["## Tables of the libraries · *Bibliotekens tabeller*\n", note, *_grid(head, kept)])


def _library(model: Any) -> tuple[str, ...]:
    table = model._meta.db_table
    if table.startswith("records_"):
        return ()
    klasses, why = LIBRARY_TABLES[table]
    names = [f.name for f in model._meta.concrete_fields]
    fields = ", ".join(f"{n} ({_klass(klasses, n)})" + _hidden(table, n) for n in names)
    rights = protection.policies_of(table)
    return (
        f"`{table}`",
        fields,
        f"{klasses}: {why}" if isinstance(klasses, str) else why,
        "the app" if rights else "nobody",
    )


def _klass(klasses: Any, name: str) -> int:
    return int(klasses[name]) if isinstance(klasses, dict) else 1


def _hidden(table: str, name: str) -> str:
    how = OTHERWISE.get((table, name))
    return f": {how}" if how else ""


def _grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    columns = tuple(head)
    lines = [columns, tuple("---" for _ in columns), *rows]
    return [*(f"| {' | '.join(line)} |" for line in lines), ""]


if __name__ == "__main__":
    if not DOCS.is_dir():
        print(f"{DOCS} is no folder: run this in a checkout of the project.", file=sys.stderr)
        sys.exit(2)
    (DOCS / "privacy.md").write_text(render().rstrip() + "\n", "utf-8")
