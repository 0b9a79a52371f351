"""The second lock: forced row-level security, policies and grants on every table, and their check."""

from importlib.resources import files
from typing import Any

from django.apps import apps

from langsikt.records.models import NOUNS
from langsikt.records.sealed import SealedField

APP = "langsikt_app"
OWNER = "langsikt_owner"
CLOCK, AUDITOR = "langsikt_clock", "langsikt_auditor"
FUNCTIONS = (
    "langsikt_actor()",
    "langsikt_now()",
    "langsikt_today()",
    "langsikt_has_role(text)",
    "langsikt_my_relations()",
    "langsikt_my_cases()",
    "langsikt_my_denied()",
    "langsikt_may_touch(uuid)",
    "langsikt_may_steer(uuid)",
    "langsikt_open_emergency(uuid, text, bytea, text)",
    "langsikt_continue_emergency(uuid, text)",
    "langsikt_lapsed_emergency(text)",
    "langsikt_references(uuid[])",
    "langsikt_assign(uuid, uuid, uuid, text, timestamptz)",
    "langsikt_unassign(uuid, uuid, text, timestamptz)",
    "langsikt_move(uuid, uuid)",
    "langsikt_deny(uuid, uuid, uuid, text, timestamptz)",
    "langsikt_lift(uuid, timestamptz)",
    "langsikt_exclusions()",
    "langsikt_worker_left(uuid, uuid)",
    "langsikt_is_denied(uuid, uuid)",
    "langsikt_taken(uuid)",
    "langsikt_erase_contact(uuid)",
    "langsikt_found(text, bytea, text[], uuid, timestamptz)",
    "langsikt_installation()",
    "langsikt_keys()",
    "langsikt_open_cases(timestamptz)",
    "langsikt_answers(timestamptz)",
    "langsikt_tombstones()",
    "langsikt_guards()",
    "langsikt_ask_erasure(uuid, uuid, date, timestamptz)",
    "langsikt_asked_erasures()",
    "langsikt_erase_case(uuid, timestamptz)",
    "langsikt_keys_without_share(uuid[])",
    "langsikt_unsafe_nights()",
    "langsikt_unmet_needs(date, date)",
    "langsikt_some_manager(uuid, uuid)",
    "langsikt_declare(uuid, uuid, text, timestamptz)",
    "langsikt_conflicts()",
    "langsikt_examine(uuid, boolean, timestamptz)",
    "langsikt_place_open(uuid, uuid, integer)",
    "langsikt_supporter_open(uuid, text, bytea, bytea, timestamptz)",
    "langsikt_note_collision(uuid, text, uuid, bytea, bytea, timestamptz)",
    "langsikt_link(uuid, uuid, text, bytea, bytea, timestamptz)",
    "langsikt_identify(uuid, bytea, bytea, timestamptz)",
    "langsikt_identified()",
    "langsikt_matches()",
    "langsikt_answer_match(uuid, text, timestamptz)",
    "langsikt_tries()",
    "langsikt_note_key(text)",
    "langsikt_write_into(text, uuid, bytea, text, timestamptz)",
    "langsikt_open_links()",
    "langsikt_live_together(uuid, uuid)",
    "langsikt_link_cases(uuid, uuid, uuid, text, boolean, boolean, boolean, timestamptz)",
    "langsikt_stamp()",
    "langsikt_seal_lags()",
    "langsikt_address_seen(uuid)",
)
# For `langsikt migrate` and for other functions, never for the app.
OWNERS_FUNCTIONS = (
    "langsikt_erase_rows(uuid)",
    "langsikt_tell_reviewers()",
    "langsikt_shut_out(uuid, uuid, uuid, text, timestamptz)",
    "langsikt_allowed(uuid, uuid)",
    "langsikt_present(uuid)",
    "langsikt_heir(uuid)",
    "langsikt_keep_worker(uuid, timestamptz)",
    "langsikt_manager_left(uuid, uuid)",
    "langsikt_next_manager(uuid, uuid)",
    "langsikt_keep_manager(uuid, timestamptz)",
    "langsikt_one_network(uuid, uuid)",
    "langsikt_linked(uuid, uuid)",
    "langsikt_apart(uuid, uuid)",
    "langsikt_living(uuid)",
    "langsikt_place_collides(uuid, uuid)",
    "langsikt_supporter_collides(uuid, text, bytea, bytea)",
    "langsikt_matched(text, uuid, uuid, timestamptz)",
    "langsikt_shut_out_kin(uuid, timestamptz)",
)
SQL_FILES = ("protection.sql", "need_to_know.sql", "case_link.sql", "network.sql")
# What only the clock may call; the second is for the two others that ask how far the seals have come.
CLOCK_FUNCTIONS = ("langsikt_seal(integer)", "langsikt_canonical(bigint, records_journalentry)")
HEAD_FUNCTION = "langsikt_head()"
REFERENCES_FUNCTION = "langsikt_references(uuid[])"  # the app's, and the clock's where it looks for what is unusual

MINE = "{column} = any(array(select langsikt_my_cases()))"
NOT_DENIED = "{column} <> all(array(select langsikt_my_denied()))"
SOMEBODY = "langsikt_actor() is not null"
ADMINISTRATOR = "langsikt_has_role('system_administrator')"

OWN_MAIL = "scope = 'mail' and scope_id = any(array(select id from records_deliveryaddress))"

# Tables of a case: the column that says whose. Rows are only added.
CASE_TABLES = {noun._meta.db_table: "case_id" for noun in NOUNS} | {
    "records_contact": "id",
    "records_case": "case_id",
    "records_event": "case_id",
}

# Every other table of ours: (command, policy) pairs; what is not listed is refused.
OWN_TABLES: dict[str, dict[str, str]] = {
    "records_assignment": {"select": MINE.format(column="case_id")},
    "records_denial": {},
    "records_identitytoken": {},
    "records_match": {},
    # Whoever may read both cases; one of them is enough where the link holds and is not secret (ADR 0022).
    "records_caselink": {
        "select": f"{MINE.format(column='case_id')} and {MINE.format(column='other_id')}"
        " or id = any(array(select langsikt_open_links()))"
    },
    "records_datakey": {
        "select": "scope = 'case' and scope_id = any(array(select langsikt_my_cases()))"
        " and scope_id <> all(array(select langsikt_my_denied()))"
        " or scope = 'staff' and scope_id = langsikt_actor()"
        " or scope = 'dwelling' and langsikt_has_role('housing_coordinator')"
        " or scope = 'dwelling' and langsikt_has_role('case_worker')"
        " or scope = 'dwelling' and langsikt_has_role('duty_service')"
        " or scope = 'dwelling' and langsikt_has_role('unit_manager')"
        f" or {OWN_MAIL}",
        "insert": "scope = 'case' and langsikt_may_touch(scope_id) or scope = 'staff' and scope_id = langsikt_actor()"
        f" or {OWN_MAIL}"
        " or scope = 'dwelling' and langsikt_has_role('housing_coordinator')",
    },
    "records_tombstone": {},
    "records_guard": {},
    "records_erasure": {"select": "asked_by_id = langsikt_actor()"},
    "records_dwelling": {"select": SOMEBODY, "insert": "langsikt_has_role('housing_coordinator')"},
    "records_suitability": {"select": SOMEBODY, "insert": "langsikt_has_role('housing_coordinator')"},
    "records_unmetneed": {"insert": "langsikt_has_role('housing_coordinator')"},
    "records_burning": {
        "select": SOMEBODY,
        "insert": "staff_id = langsikt_actor() and langsikt_has_role('housing_coordinator')"
        " or staff_id = langsikt_actor() and langsikt_has_role('unit_manager')",
    },
    "records_draft": dict.fromkeys(("select", "insert", "update", "delete"), "staff_id = langsikt_actor()"),
    "records_postponement": {
        **dict.fromkeys(("select", "update", "delete"), "staff_id = langsikt_actor()"),
        "insert": "staff_id = langsikt_actor() and langsikt_may_touch(case_id)",
    },
    "records_receipt": dict.fromkeys(("select", "insert"), "staff_id = langsikt_actor()"),
    "records_journalentry": {
        "select": "langsikt_has_role('log_reviewer') or " + MINE.format(column="case_id"),
        "insert": "true",
    },
    "records_notice": {
        **dict.fromkeys(("select", "update"), "to_staff_id = langsikt_actor()"),
        "insert": SOMEBODY,
    },
    "records_emergency": {
        "select": "staff_id = langsikt_actor() or langsikt_has_role('log_reviewer') or " + MINE.format(column="case_id")
    },
    # A reviewer neither sees nor closes what is about oneself: the finding is not there, and so cannot be closed.
    "records_finding": {
        "select": "langsikt_has_role('log_reviewer') and staff_id is distinct from langsikt_actor()",
        "insert": "langsikt_has_role('log_reviewer')",
    },
    "records_signoff": {
        "select": "langsikt_has_role('log_reviewer')",
        "insert": "langsikt_has_role('log_reviewer') and reviewer_id = langsikt_actor()"
        " and exists (select 1 from records_finding f where f.id = finding_id)",
    },
    "records_deliveryaddress": dict.fromkeys(("select", "insert", "update", "delete"), "staff_id = langsikt_actor()"),
    "records_anchor": {},
    "records_installation": {"select": SOMEBODY},
    "records_district": {"select": SOMEBODY, "insert": ADMINISTRATOR},
    "records_unit": {"select": SOMEBODY, "insert": ADMINISTRATOR, "update": ADMINISTRATOR},
    "records_staffrole": {"select": SOMEBODY, "insert": ADMINISTRATOR, "update": ADMINISTRATOR},
    "records_absence": {
        "select": SOMEBODY,
        "insert": "staff_id = langsikt_actor() or langsikt_has_role('unit_manager')",
    },
}

# What the two roles beside the app may do: (columns, condition) by table and command. No table of a case is here.
BESIDE: dict[str, dict[str, dict[str, tuple[str, str]]]] = {
    CLOCK: {
        "records_notice": {"select": ("", "true"), "update": ("sent_at, tries, next_try_at", "true")},
        "records_deliveryaddress": {"select": ("", "true")},
        "records_datakey": {"select": ("", "scope = 'mail'")},
        "records_anchor": {"select": ("", "true"), "insert": ("", "true"), "update": ("shipped_at", "true")},
        # What the rules of the log review read, pseudonyms and times; what they find is added and never read again.
        "records_journalentry": {
            "select": ("id, at, actor, role, action, case_id, result, reason, typed, klass, shown", "true")
        },
        "records_finding": {"insert": ("", "true")},
    },
    AUDITOR: {"records_journalentry": {"select": ("", "true")}, "records_anchor": {"select": ("", "true")}},
}

# The named exception (design, "Sign-in tables"): read before anybody is known.
SIGN_IN_TABLES = frozenset({"records_staff", "django_session"})  # whole names: records_staffrole is no such table
SIGN_IN_LIBRARIES = ("account_", "mfa_", "axes_")
# Never read or written while serving.
UNUSED_TABLES = ("django_migrations", "auth_", "django_content_type")

# Where a right holds for some columns only.
COLUMNS = {("records_notice", "update"): ("seen_at",)}

DENIABLE = {
    "records_assignment": "case_id",
    "records_caselink": "case_id",
    "records_emergency": "case_id",
    "records_finding": "coalesce(case_id, '00000000-0000-0000-0000-000000000000')",
    "records_journalentry": "coalesce(case_id, '00000000-0000-0000-0000-000000000000')",
}

# A row that speaks of two cases is shown only to whoever may know of both, whatever else they may.
OF_TWO = {
    "records_caselink": NOT_DENIED.format(column="other_id"),
    "records_journalentry": "action <> 'link_cases' or shown is null"
    " or shown <@ array(select langsikt_my_cases()) and not shown && array(select langsikt_my_denied())",
}


def apply(connection: Any) -> None:
    """Puts functions, row-level security, policies and grants in place; run as owner, any number of times."""
    with connection.cursor() as cursor:
        for file in SQL_FILES:
            cursor.execute(files("langsikt.records").joinpath(file).read_text())
        for name in FUNCTIONS:
            cursor.execute(f"revoke all on function {name} from public; grant execute on function {name} to {APP}")
        for name in OWNERS_FUNCTIONS:
            cursor.execute(f"revoke all on function {name} from public, {APP}")
        for name in CLOCK_FUNCTIONS:
            cursor.execute(f"revoke all on function {name} from public; grant execute on function {name} to {CLOCK}")
        for name in (HEAD_FUNCTION, "langsikt_seal_lags()"):
            cursor.execute(f"revoke all on function {name} from public")
            cursor.execute(f"grant execute on function {name} to {CLOCK}, {AUDITOR}")
        cursor.execute(f"grant execute on function {REFERENCES_FUNCTION} to {CLOCK}")
        for table in tables(cursor):
            for statement in statements(table):
                cursor.execute(statement)


def tables(cursor: Any) -> list[str]:
    """Every table in the schema, the libraries' included."""
    cursor.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
    return [row[0] for row in cursor.fetchall()]


def statements(table: str) -> list[str]:
    """The SQL that protects one table; running it twice changes nothing."""
    policies = policies_of(table)
    commands = sorted({command for _, command, _, _ in policies if command != "all"})
    found = [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"revoke all on {table} from public, {APP}, {CLOCK}, {AUDITOR}",
        f"do $$ declare p record; begin for p in select policyname from pg_policies where tablename = '{table}' "
        f"loop execute format('drop policy %I on {table}', p.policyname); end loop; end $$",
        f"create policy owner_all on {table} to {OWNER} using (true) with check (true)",
    ]
    found += [f"grant {_right(table, command)} on {table} to {APP}" for command in commands]
    found += [_create(table, *policy) for policy in policies]
    return found + [said for role in BESIDE for said in _beside(role, table)]


def _beside(role: str, table: str) -> list[str]:
    """The grants and policies of a role beside the app."""
    found = []
    for command, (columns, condition) in BESIDE[role].get(table, {}).items():
        found.append(f"grant {command}{f' ({columns})' if columns else ''} on {table} to {role}")
        found.append(_create(table, f"{role.removeprefix('langsikt_')}_{command}", command, condition, False, role))
    return found


def policies_of(table: str) -> list[tuple[str, str, str, bool]]:
    """(name, command, condition, restrictive) for the serving role."""
    if table in SIGN_IN_TABLES or table.startswith(SIGN_IN_LIBRARIES):
        return [(f"sign_in_{c}", c, "true", False) for c in ("select", "insert", "update", "delete")]
    if table in CASE_TABLES:
        column = CASE_TABLES[table]
        rows = [(f"mine_{c}", c, MINE.format(column=column), False) for c in ("select", "insert")]
        return [*rows, ("denied", "all", NOT_DENIED.format(column=column), True)]
    rows = [(f"own_{c}", c, condition, False) for c, condition in OWN_TABLES.get(table, {}).items()]
    if table in DENIABLE:
        rows.append(("denied", "select", NOT_DENIED.format(column=DENIABLE[table]), True))
    if table in OF_TWO:
        rows.append(("of_two", "select", OF_TWO[table], True))
    return rows


def _right(table: str, command: str) -> str:
    columns = COLUMNS.get((table, command))
    return f"{command} ({', '.join(columns)})" if columns else command


def _create(table: str, name: str, command: str, condition: str, restrictive: bool, role: str = APP) -> str:
    parts = []
    if command != "insert":
        parts.append(f"using ({condition})")
    if command in ("insert", "update", "all"):
        parts.append(f"with check ({condition})")
    kind = "restrictive" if restrictive else "permissive"
    return f"create policy {name} on {table} as {kind} for {command} to {role} {' '.join(parts)}"


def unknown_tables(cursor: Any) -> list[str]:
    """Tables that nobody has said how to protect."""
    known = {*SIGN_IN_TABLES, *CASE_TABLES, *OWN_TABLES}
    return [t for t in tables(cursor) if t not in known and not t.startswith((*SIGN_IN_LIBRARIES, *UNUSED_TABLES))]


CATALOG = """
select c.relname, c.relrowsecurity and c.relforcerowsecurity,
  array(select p.polname || p.polpermissive from pg_policy p where p.polrelid = c.oid and p.polname <> 'owner_all'
    and not p.polroles <@ array(select oid from pg_roles where rolname in ('langsikt_clock', 'langsikt_auditor'))),
  array(select w from unnest(array['select', 'insert', 'update', 'delete', 'truncate']) w where case
    when w in ('delete', 'truncate') then has_table_privilege(c.oid, w) else has_any_column_privilege(c.oid, w) end)
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1
"""

COLUMN_TYPES = """
select c.relname, a.attname, format_type(a.atttypid, null) from pg_attribute a join pg_class c on c.oid = a.attrelid
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
"""
TOLD = """
select c.relname, array_agg(concat_ws('|', p.polname, p.polcmd, p.polpermissive, p.polroles::regrole[],
       pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid)) order by p.polname)
  from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = 'public'::regnamespace group by 1
union all
select p.oid::regprocedure::text, array[pg_get_functiondef(p.oid)]
  from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
"""


def check(connection: Any) -> list[str]:
    """The faults that must stop the start, in one line each, asked as the one who serves; empty when all is in place.

    Conditions are compared by ``told``, with what the migration put in place.
    """
    faults = []
    with connection.cursor() as cursor:
        cursor.execute(CATALOG)
        for table, forced, policies, rights in cursor.fetchall():
            faults += _faults(table, forced, set(policies), set(rights))
        faults += [f"Tabellen {t} har ingen skyddsregel." for t in unknown_tables(cursor)]
        faults += _unsealed(cursor)
    return faults


def _unsealed(cursor: Any) -> list[str]:
    """Columns of class 2 and 3 that no longer take sealed bytes only."""
    cursor.execute(COLUMN_TYPES)
    kinds = {(str(table), str(column)): kind for table, column, kind in cursor.fetchall()}
    models = apps.get_app_config("records").get_models()
    sealed = [(m._meta.db_table, str(f.column)) for m in models for f in m._meta.fields if isinstance(f, SealedField)]
    plain = [place for place in sealed if kinds.get(place) != "bytea"]
    return [f"Kolumnen {table}.{column} är inte krypterad. Kör inte tjänsten." for table, column in plain]


def told(connection: Any) -> dict[str, str]:
    """How the database tells each table's policies and each function of ours, conditions and bodies included."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        return {name: "\n".join(parts) for name, parts in cursor.fetchall()}


REACH = """
select c.relname, w from pg_class c, unnest(array['select', 'insert', 'update', 'delete', 'truncate']) w
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') and case
  when w in ('delete', 'truncate') then has_table_privilege(c.oid, w) else has_any_column_privilege(c.oid, w) end
"""


def check_beside(connection: Any, role: str) -> list[str]:
    """What the clock or the auditor reaches beyond its few tables, asked as that role; empty when all is in place."""
    with connection.cursor() as cursor:
        cursor.execute(REACH)
        held = {(table, right) for table, right in cursor.fetchall()}
    listed = {(table, right) for table, rights in BESIDE[role].items() for right in rights}
    found = [f"{role} kommer åt {table} ({right})" for table, right in sorted(held - listed)]
    found += [f"{role} saknar {right} på {table}" for table, right in sorted(listed - held)]
    return [f"{fault}. Kör: langsikt migrate" for fault in found]


def _faults(table: str, forced: bool, policies: set[str], rights: set[str]) -> list[str]:
    faults = []
    wanted = policies_of(table)
    if not forced:
        faults.append(f"Tabellen {table} saknar tvingande radskydd. Kör: langsikt migrate")
    if policies != {name + ("false" if restrictive else "true") for name, _, _, restrictive in wanted}:
        faults.append(f"Tabellen {table} har inte sina skyddsregler. Kör: langsikt migrate")
    if rights - {command for _, command, _, _ in wanted}:
        faults.append(f"Tabellen {table} kan ändras av den som kör tjänsten. Kör: langsikt migrate")
    return faults
