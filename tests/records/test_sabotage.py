"""Negative controls from outside: each protection is taken away in a scratch copy, and what guards it must say so.

Everything happens in a transaction of the superuser that is undone, so that not even the role of the
app, which all copies share, is changed for anybody else.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from langsikt.records import protection
from tests import cluster
from tests.records import assertions
from tests.records.assertions import APP, OWNER, Connection

Assertion = Callable[[Connection], None]
ALL: tuple[Assertion, ...] = (
    assertions.every_table_is_known,
    assertions.every_table_is_forced,
    assertions.every_table_has_policies,
    assertions.exclusion_beats_every_grant,
    assertions.rows_are_only_added,
    assertions.serving_role_is_plain,
    assertions.functions_are_narrow,
    assertions.there_are_no_views,
    assertions.nobody_sees_nothing,
)
# What is done, as whom, which assertions fall, and the table that the start of the app names (None: not its task).
SABOTAGE: dict[str, tuple[str, str, set[Assertion], str | None]] = {
    "no force": (
        OWNER,
        "alter table records_note no force row level security",
        {assertions.every_table_is_forced},
        "records_note",
    ),
    "disabled": (
        OWNER,
        "alter table records_person disable row level security",
        {assertions.every_table_is_forced, assertions.nobody_sees_nothing},
        "records_person",
    ),
    "no exclusion": (
        OWNER,
        "drop policy denied on records_event",
        {assertions.exclusion_beats_every_grant},
        "records_event",
    ),
    "no exclusion in the journal": (
        OWNER,
        "drop policy denied on records_journalentry",
        {assertions.exclusion_beats_every_grant},
        "records_journalentry",
    ),
    "exclusion that asks nothing": (
        OWNER,
        "alter policy denied on records_note using (true)",
        {assertions.exclusion_beats_every_grant},
        None,
    ),
    "open policy": (
        OWNER,
        "create policy open on records_contact for select to langsikt_app using (true)",
        {assertions.nobody_sees_nothing},
        "records_contact",
    ),
    "policy for everybody": (
        OWNER,
        "create policy open on records_decision for select using (true)",
        {assertions.every_table_has_policies, assertions.nobody_sees_nothing},
        "records_decision",
    ),
    "loosened policy": (
        OWNER,
        "alter policy mine_select on records_placement using (true)",
        {assertions.nobody_sees_nothing},
        None,
    ),
    "may update": (
        OWNER,
        "grant update on records_event to langsikt_app",
        {assertions.rows_are_only_added},
        "records_event",
    ),
    "may update one column": (
        OWNER,
        "grant update (note) on records_note to langsikt_app",
        {assertions.rows_are_only_added},
        "records_note",
    ),
    "may delete": (
        OWNER,
        "grant delete on records_followup to langsikt_app",
        {assertions.rows_are_only_added},
        "records_followup",
    ),
    "may empty the journal": (
        OWNER,
        "grant truncate on records_journalentry to langsikt_app",
        {assertions.rows_are_only_added},
        "records_journalentry",
    ),
    "may assign": (
        OWNER,
        "grant insert, update on records_assignment to langsikt_app",
        {assertions.rows_are_only_added},
        "records_assignment",
    ),
    "may read exclusions": (
        OWNER,
        "grant select on records_denial to langsikt_app",
        set(),
        "records_denial",
    ),
    "may read who has somebody in common": (
        OWNER,
        "grant select on records_identitytoken to langsikt_app",
        set(),
        "records_identitytoken",
    ),
    "new table": (
        OWNER,
        "create table records_wish (case_id uuid, word text)",
        {assertions.every_table_is_known, assertions.every_table_is_forced},
        "records_wish",
    ),
    "view": (
        OWNER,
        "create view everything as select * from records_person; grant select on everything to langsikt_app",
        {assertions.there_are_no_views},
        "everything",
    ),
    "function for everybody": (
        OWNER,
        "grant execute on function langsikt_my_relations() to public",
        {assertions.functions_are_narrow},
        None,
    ),
    "search path": (
        OWNER,
        "alter function langsikt_may_touch(uuid) reset search_path",
        {assertions.functions_are_narrow},
        None,
    ),
    "bypass": (
        "superuser",
        "alter role langsikt_app bypassrls",
        {assertions.serving_role_is_plain, assertions.nobody_sees_nothing},
        None,
    ),
    "member of the owner": (
        "superuser",
        "grant langsikt_owner to langsikt_app",
        {assertions.serving_role_is_plain},
        None,
    ),
}


@pytest.fixture(scope="module")
def scratch() -> Iterator[Connection]:
    """The superuser on a copy of the demo that only this module uses."""
    with assertions.connect("superuser", assertions.scratch(cluster.DEMO, "sabotage")) as connection:
        yield connection


def fallen(scratch: Connection) -> set[Assertion]:
    """The assertions that do not hold, asked as the app."""
    found = set()
    for holds in ALL:
        try:
            holds(scratch)
        except AssertionError:
            found.add(holds)
    return found


def as_role(scratch: Connection, role: str, statement: str) -> None:
    """Does something as a role, within the transaction under way."""
    if role != "superuser":
        scratch.execute(f"set local role {role}")
    scratch.execute(statement)
    scratch.execute("reset role")


def test_everything_holds_before(scratch: Connection) -> None:
    with assertions.undone(scratch):
        scratch.execute(f"set local role {APP}")
        assert fallen(scratch) == set()
        assert protection.check(scratch) == []


@pytest.mark.parametrize(("role", "statement", "falls", "named"), SABOTAGE.values(), ids=SABOTAGE.keys())
def test_what_is_taken_away_is_missed(
    role: str, statement: str, falls: set[Assertion], named: str | None, scratch: Connection
) -> None:
    with assertions.undone(scratch):
        as_role(scratch, role, statement)
        scratch.execute(f"set local role {APP}")
        assert fallen(scratch) >= falls
        faults = protection.check(scratch)
    assert [fault for fault in faults if named and named in fault] or named is None, faults
    assert falls or named


def test_the_migration_puts_it_back(scratch: Connection) -> None:
    """Whatever was taken from the tables is in place again when `langsikt migrate` has run."""
    with assertions.undone(scratch):
        for role, statement, _, _ in SABOTAGE.values():
            if role == OWNER and not statement.startswith(("create table", "create view", "alter function")):
                as_role(scratch, role, statement)
        scratch.execute(f"set local role {APP}")
        assert len(protection.check(scratch)) >= 8
        scratch.execute(f"set local role {OWNER}")
        protection.apply(scratch)
        scratch.execute(f"set local role {APP}")
        assert protection.check(scratch) == []
        assert fallen(scratch) == set()


def test_every_assertion_has_fallen_at_least_once() -> None:
    """An assertion that nothing can bring down guards nothing."""
    missed: set[Any] = set(ALL).difference(*(falls for _, _, falls, _ in SABOTAGE.values()))
    assert missed == set()
