"""What must hold in the database, asked of its catalog; and one scanner for words that must not be there."""

import base64
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests import cluster

Connection = psycopg.Connection[tuple[Any, ...]]
OWNER, APP = "langsikt_owner", "langsikt_app"

# Hand-written, from design.md: every table, whose rows it holds, and why the exceptions are exceptions.
NOUNS = {
    "records_acutesafety", "records_closure", "records_conclusion", "records_contactended", "records_contactmade",
    "records_correction", "records_decision", "records_decisionservice", "records_economyanswer",
    "records_economyrequest", "records_ending", "records_followup", "records_intervention",
    "records_interventionend", "records_investigation", "records_needassessment", "records_note", "records_person",
    "records_placement", "records_placementchange", "records_placerequest", "records_plannedsupport",
    "records_afterclosure", "records_checkin", "records_decisiondraft", "records_familycontact", "records_goal",
    "records_goalscore", "records_milestone", "records_missing", "records_offer", "records_offeranswer",
    "records_referral", "records_referralanswer", "records_responsibleunit", "records_riskconfirmation",
    "records_riskreason", "records_safetyplan", "records_skills",
    "records_coordinatedplan", "records_sentback", "records_whereabouts", "records_whereaboutsend",
    "records_responsibility", "records_riskassessment", "records_safecontact",
    "records_networkperson", "records_networkrole", "records_interpreterbooking",
}  # fmt: skip
ROOTS = {"records_contact", "records_case", "records_event"}
CASE_TABLES = NOUNS | ROOTS
JOURNAL = "records_journalentry"
APPEND_ONLY = CASE_TABLES | {JOURNAL, "records_datakey", "records_receipt", "records_installation", "records_dwelling"}
APPEND_ONLY |= {"records_erasure", "records_guard", "records_tombstone"}
APPEND_ONLY |= {"records_suitability", "records_unmetneed"}
APPEND_ONLY |= {"records_emergency", "records_finding", "records_signoff"}
APPEND_ONLY |= {"records_burning", "records_caselink"}
# Read and written by the database's own functions alone: who is shut out, and who has somebody in common.
CLOSED = {"records_denial", "records_identitytoken", "records_match"}
BESIDE = {"records_assignment", "records_draft", "records_postponement", JOURNAL} | CLOSED
BESIDE |= {"records_emergency", "records_finding", "records_signoff", "records_caselink"}
OFFICE = {
    "records_anchor", "records_deliveryaddress",
    "records_absence", "records_datakey", "records_district", "records_dwelling", "records_installation",
    "records_notice", "records_receipt", "records_staffrole", "records_suitability", "records_unit",
    "records_unmetneed", "records_erasure", "records_guard", "records_tombstone", "records_burning",
}  # fmt: skip
SIGN_IN = {
    "records_staff": "the sign-in looks up a user name before anybody is known; staff only, no person of a case",
    "django_session": "the session is read before anybody is known; its content is encrypted",
    "account_emailaddress": "allauth asks before anybody is known; staff have no e-mail here",
    "account_emailconfirmation": "as above; unused",
    "mfa_authenticator": "the second factor is checked before anybody is known; its secret is encrypted",
    "axes_accessattempt": "failed sign-ins are counted before anybody is known",
    "axes_accessattemptexpiration": "as above",
    "axes_accessfailurelog": "as above",
    "axes_accesslog": "as above",
}
UNUSED = {
    "django_migrations", "django_content_type", "auth_group", "auth_group_permissions", "auth_permission",
}  # fmt: skip
EVERY = CASE_TABLES | BESIDE | OFFICE | set(SIGN_IN) | UNUSED
# Tables of cases from which an excluded person is refused by a rule that no grant can outweigh.
DENYING = CASE_TABLES | {"records_assignment", "records_caselink", "records_emergency", "records_finding", JOURNAL}


def home() -> Path:
    """Where this run's database is."""
    return Path(os.environ["LANGSIKT_TEST_HOME"])


def connect(role: str, database: str) -> Connection:
    """A connection as this role; as the superuser for the role of that name."""
    if role == "superuser":
        return cluster.Swift(cluster.Home(home())).superuser(database)
    return cluster.connect(home(), role, database)


def scratch(template: str, word: str) -> str:
    """The name of a copy that only this module uses, fresh."""
    name = f"langsikt_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{word}"
    cluster.copy(home(), template, name)
    return name


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    """A transaction of which nothing remains."""
    with connection.transaction(force_rollback=True):
        yield


def names(connection: Connection, query: str, values: Iterable[object] = ()) -> set[str]:
    """The first column of what is found."""
    return {str(row[0]) for row in connection.execute(query, list(values) or None).fetchall()}


# --- assertions over the catalog ------------------------------------------------------------------


def every_table_is_known(connection: Connection) -> None:
    """Nobody has added a table without saying how it is protected."""
    found = names(connection, "select tablename from pg_tables where schemaname = 'public'")
    assert found == EVERY, f"unknown or missing: {sorted(found ^ EVERY)}"


def every_table_is_forced(connection: Connection) -> None:
    """Row-level security is enabled and forced, also for the owner of the tables."""
    bare = names(
        connection,
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
        " and not (relrowsecurity and relforcerowsecurity)",
    )
    assert not bare, f"without forced row-level security: {sorted(bare)}"


def every_table_has_policies(connection: Connection) -> None:
    """The serving role has policies on what it uses, and none on what it never touches."""
    app = names(connection, "select tablename from pg_policies where roles = '{langsikt_app}'")
    wanted = EVERY - UNUSED - CLOSED - {"records_guard", "records_tombstone", "records_anchor"}
    assert app == wanted, sorted(app ^ wanted)
    wide = names(connection, "select tablename from pg_policies where 'public' = any(roles)")
    assert not wide, f"for everybody: {sorted(wide)}"


def exclusion_beats_every_grant(connection: Connection) -> None:
    """Deny is a restrictive policy on every table of a case, and it asks for the exclusions."""
    found = names(
        connection,
        "select tablename from pg_policies where policyname = 'denied' and permissive = 'RESTRICTIVE'"
        " and qual like '%langsikt_my_denied%' and cmd in ('ALL', 'SELECT')",
    )
    assert found == DENYING, f"without the exclusion: {sorted(found ^ DENYING)}"


def rows_are_only_added(connection: Connection) -> None:
    """The serving role can neither change, remove nor empty what is recorded, in any column."""
    found = names(
        connection,
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and ("
        " has_any_column_privilege('langsikt_app', oid, 'UPDATE') or has_table_privilege('langsikt_app', oid, 'DELETE')"
        " or has_table_privilege('langsikt_app', oid, 'TRUNCATE')"
        " or has_table_privilege('langsikt_app', oid, 'TRIGGER'))",
    )
    assert not found & APPEND_ONLY, f"can be changed: {sorted(found & APPEND_ONLY)}"
    allowed = {*SIGN_IN, "records_draft", "records_postponement", "records_staffrole", "records_unit"}
    allowed |= {"records_notice", "records_deliveryaddress"}
    assert found <= allowed, f"can be changed: {sorted(found - allowed)}"


def serving_role_is_plain(connection: Connection) -> None:
    """The serving role neither passes by row-level security nor owns, creates or inherits anything."""
    row = connection.execute(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,"
        " exists (select 1 from pg_auth_members m where m.member = r.oid),"
        " exists (select 1 from pg_class c where c.relowner = r.oid),"
        " has_schema_privilege(r.oid, 'public', 'CREATE'), has_database_privilege(r.oid, current_database(), 'TEMP')"
        " from pg_roles r where rolname = 'langsikt_app'"
    ).fetchone()
    words = ["superuser", "bypassrls", "createrole", "createdb", "replication", "member", "owner", "create", "temp"]
    assert row is not None
    found = [word for word, held in zip(words, row, strict=True) if held]
    assert not found, f"langsikt_app has {found}"


def functions_are_narrow(connection: Connection) -> None:
    """Every function has a fixed search path and is for the serving role alone."""
    rows = connection.execute(
        "select proname, prosecdef, coalesce(proconfig, '{}'), exists (select 1 from"
        " aclexplode(coalesce(proacl, acldefault('f', proowner))) a where a.grantee = 0)"
        " from pg_proc where pronamespace = 'public'::regnamespace"
    ).fetchall()
    assert sum(1 for row in rows if row[1]) >= 15, "there are functions with the owner's right"
    loose = [name for name, _, config, _ in rows if "search_path=public, pg_temp" not in config]
    assert not loose, f"without a fixed search path: {loose}"
    public = [name for name, _, _, anybody in rows if anybody]
    assert not public, f"for everybody: {public}"


def there_are_no_views(connection: Connection) -> None:
    """A view would be read with its owner's right."""
    found = names(
        connection,
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind not in ('r', 'i', 'S')",
    )
    assert not found, f"views or the like: {sorted(found)}"


def nobody_sees_nothing(connection: Connection) -> None:
    """As the serving role, with no actor set, every table but the named exceptions gives no row."""
    seen = {table for table in sorted(EVERY - set(SIGN_IN)) if rows_given(connection, table)}
    assert not seen, f"seen by nobody in particular: {sorted(seen)}"


def rows_given(connection: Connection, table: str) -> int:
    """How many rows a role is given; none where it may not ask."""
    try:
        with connection.transaction():
            row = connection.execute(f"select count(*) from {table}").fetchone()
    except psycopg.errors.InsufficientPrivilege:
        return 0
    return int(row[0]) if row else 0


# --- the scanner ----------------------------------------------------------------------------------


def columns(connection: Connection) -> list[tuple[str, str, str]]:
    """Every column that can hold words: (table, column, type)."""
    rows = connection.execute(
        "select c.relname, a.attname, format_type(a.atttypid, null) from pg_attribute a"
        " join pg_class c on c.oid = a.attrelid where c.relnamespace = 'public'::regnamespace"
        " and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped order by 1, 2"
    ).fetchall()
    wordy = re.compile(r"(text|character varying|bytea|jsonb?)(\[\])?$")
    return [(str(t), str(c), str(k)) for t, c, k in rows if wordy.match(str(k))]


def forms(word: str) -> set[str]:
    """The word as text, as bytes in hex, as base64 at each offset, and as JSON writes it."""
    found = {word.casefold(), json.dumps(word)[1:-1].casefold(), word.encode("unicode_escape").decode().casefold()}
    for encoding in ("utf-8", "utf-16-le", "latin-1"):
        found.add(word.encode(encoding).hex())
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + word.encode())[2 * (offset > 0) + (offset > 1) :].rstrip(b"=")
        found.add(coded[: len(coded) - 1].decode().casefold())
    return {f for f in found if len(f) >= 5}


def places_of(
    connection: Connection, words: Iterable[str], tables: Iterable[str] | None = None
) -> set[tuple[str, str]]:
    """(table, word) for each word that stands anywhere in a row, read as the owner."""
    needles = {word: forms(word) for word in words}
    found = set()
    for table in tables or sorted({t for t, _, _ in columns(connection)}):
        for (row,) in connection.execute(f"select t::text from {table} t").fetchall():
            text = str(row).casefold().replace("\\\\", "\\")
            plain = text + " " + text.replace('"', "").replace("\\", "")
            found |= {(table, word) for word, needle in needles.items() if any(n in plain for n in needle)}
    return found
