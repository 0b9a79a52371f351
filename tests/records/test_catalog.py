"""Every table and column is known: who sees its rows, of which class it is, and that it is sealed where it must be."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from langsikt.model.load import METHOD
from langsikt.records import classes, protection
from langsikt.records.sealed import SealedField
from tests.records import assertions
from tests.records.assertions import Connection

OURS = list(apps.get_app_config("records").get_models())
# What a person tells, or who and where the person is: written by hand from the design, never readable in the database.
MUST_BE_SEALED = {
    "records_contactmade": {"contact_line", "called", "safe_way"},
    "records_person": {"person_name", "called", "personal_number", "representative"},
    "records_safecontact": {
        "phone",
        "hours",
        "if_someone_else",
        "code_word",
        "interpreter_wish",
        "caller_name",
        "danger_signal",
        "fallback_person",
        "interpreter_language",
        "interpreter_dialect",
        "interpreter_avoid",
    },
    "records_whereabouts": {"whereabouts_value"},
    "records_note": {"note", "own_words"},
    "records_decision": {"reasons"},
    "records_conclusion": {"conclusion"},
    "records_correction": {"correction_reason"},
    "records_dwelling": {"address"},
    "records_draft": {"content"},
    "records_checkin": {"check_in_line"},
    "records_goal": {"goal_line", "goal_minus_two", "goal_minus_one", "goal_zero", "goal_plus_one", "goal_plus_two"},
    "records_familycontact": {"person_wants", "our_view"},
    "records_safetyplan": {"danger_signal", "safe_person", "plan_steps", "identity_papers", "travel_line"},
    "records_missing": {"note"},
    "records_followup": {"own_words", "person_wants", "our_view", "risk_line", "follow_up_note"},
    "records_decisiondraft": {"reasons"},
    "records_milestone": {"planned_contact_by"},
    "records_responsibleunit": {"responsible_name", "next_action"},
    "records_responsibility": {"note", "handover_note"},
    "records_riskconfirmation": {"risk_line"},
    "records_sentback": {"send_back_line"},
    "records_networkperson": {"network_name", "network_number", "network_relation", "note"},
    "records_interpreterbooking": {"interpreter_name", "interpreter_number"},
    "records_intervention": {"provider_name", "supporter_name", "supporter_number", "own_words"},
}


@pytest.fixture(scope="module")
def catalog(database: None) -> Iterator[Connection]:
    """The owner's connection, for the whole module."""
    from tests.actions import staging

    with staging.behind() as connected:
        yield connected


@pytest.mark.parametrize(
    "holds",
    [
        assertions.every_table_is_known,
        assertions.every_table_is_forced,
        assertions.every_table_has_policies,
        assertions.exclusion_beats_every_grant,
        assertions.rows_are_only_added,
        assertions.serving_role_is_plain,
        assertions.functions_are_narrow,
        assertions.there_are_no_views,
    ],
    ids=lambda holds: holds.__name__,
)
def test_the_catalog_holds(holds: Any, catalog: Connection) -> None:
    holds(catalog)


def test_the_app_finds_nothing_amiss(database: None) -> None:
    with connection.cursor() as cursor:
        assert protection.unknown_tables(cursor) == []
        assert len(protection.tables(cursor)) == len(assertions.EVERY)
    assert protection.check(connection) == []


def test_the_listed_functions_are_all_there_are(catalog: Connection) -> None:
    found = assertions.names(
        catalog, "select oid::regprocedure::text from pg_proc where pronamespace = 'public'::regnamespace"
    )
    short = {"timestamptz": "timestamp with time zone", ", ": ","}
    listed = {*protection.FUNCTIONS, *protection.OWNERS_FUNCTIONS, *protection.CLOCK_FUNCTIONS}
    listed.add(protection.HEAD_FUNCTION)
    for word, long in short.items():
        listed = {name.replace(word, long) for name in listed}
    assert listed == found


@pytest.mark.parametrize("name", protection.OWNERS_FUNCTIONS)
def test_what_erases_a_whole_case_is_not_for_the_app(name: str, catalog: Connection) -> None:
    row = catalog.execute("select has_function_privilege('langsikt_app', %s, 'execute')", [name]).fetchone()
    assert row == (False,)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.db_table)
def test_every_field_has_a_class(model: Any) -> None:
    found = {column.name: classes.klass_of(model, column.name) for column in model._meta.concrete_fields}
    assert found and set(found.values()) <= {0, 1, 2, 3}, found


def test_an_unclassified_field_stops_the_build() -> None:
    with pytest.raises(KeyError):
        classes.klass_of(OURS[0], "shoe_size")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.db_table)
def test_class_two_and_three_are_sealed_and_nothing_else_is(model: Any, catalog: Connection) -> None:
    secret = {c.name for c in model._meta.concrete_fields if classes.klass_of(model, c.name) >= 2}
    assert secret == {c.name for c in model._meta.concrete_fields if isinstance(c, SealedField)}
    table = model._meta.db_table
    stored = {column: kind for name, column, kind in assertions.columns(catalog) if name == table}
    assert {stored[name] for name in secret} <= {"bytea"}


def test_what_a_person_tells_is_sealed() -> None:
    sealed = {m._meta.db_table: {c.name for c in m._meta.concrete_fields if isinstance(c, SealedField)} for m in OURS}
    for table, wanted in MUST_BE_SEALED.items():
        assert wanted <= sealed[table], table
    assert sum(map(len, sealed.values())) >= 25


def test_whatever_people_write_themselves_is_sealed() -> None:
    written = {field.name for field in METHOD.fields.values() if field.kind in ("line", "text")}
    columns = [(m._meta.db_table, c) for m in OURS for c in m._meta.concrete_fields if c.name in written]
    assert len(columns) >= 20
    assert [(table, c.name) for table, c in columns if not isinstance(c, SealedField)] == []


def test_every_row_of_a_case_says_which_case(catalog: Connection) -> None:
    found = assertions.names(
        catalog,
        "select table_name from information_schema.columns where table_schema = 'public'"
        " and column_name = 'case_id' and data_type = 'uuid' and is_nullable = 'NO'",
    )
    wanted = (assertions.CASE_TABLES - {"records_contact"}) | {
        "records_assignment",
        "records_denial",
        "records_caselink",
        "records_emergency",
        "records_match",
    }
    assert found == wanted | {"records_postponement"}, "one's own list, kept beside the case like a draft"
    pointing = assertions.names(
        catalog,
        "select conrelid::regclass::text from pg_constraint where contype = 'f'"
        " and confrelid = 'records_contact'::regclass",
    )
    assert pointing == wanted | {"records_identitytoken"}, "and that it is a case; a token may be of staff instead"


def test_the_tables_of_libraries_are_listed_with_what_they_hold(catalog: Connection) -> None:
    stored: dict[str, set[str]] = {}
    for table, column in catalog.execute(
        "select table_name, column_name from information_schema.columns where table_schema = 'public'"
        " and table_name not like 'records\\_%'"
    ).fetchall():
        stored.setdefault(str(table), set()).add(str(column).removesuffix("_id"))
    assert set(stored) == set(classes.LIBRARY_TABLES)
    listed = {
        t: {c.removesuffix("_id") for c in held}
        for t, (held, _) in classes.LIBRARY_TABLES.items()
        if isinstance(held, dict)
    }
    assert len(listed) >= 9
    assert {table: stored[table] for table in listed} == listed
    assert all(why for _, why in classes.LIBRARY_TABLES.values())


def changes(state: ProjectState) -> Any:
    """What `makemigrations` would write to get to this state; like it, asked in no language at all."""
    loader = MigrationLoader(None)
    return MigrationAutodetector(loader.project_state(), state).changes(graph=loader.graph)


def test_the_migrations_say_all_that_the_models_say() -> None:
    with translation.override(None):
        assert changes(ProjectState.from_apps(apps)) == {}


def test_a_forgotten_migration_would_be_found() -> None:
    with translation.override(None):
        state = ProjectState.from_apps(apps)
        state.remove_field("records", "note", "own_words")
        assert set(changes(state)) == {"records"}
