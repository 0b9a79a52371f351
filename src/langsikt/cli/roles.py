"""The roles of the database and what each is for, as SQL for our own server and for a server of one's own."""

from dataclasses import dataclass

from psycopg import sql

DATABASE = "langsikt"
OWNER, APP, BACKUP = "langsikt_owner", "langsikt_app", "langsikt_backup"
CLOCK, AUDITOR = "langsikt_clock", "langsikt_auditor"
PLAIN = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"


@dataclass(frozen=True)
class Role:
    name: str
    rights: str
    purpose: str


ROLES = (
    Role(OWNER, f"{PLAIN} NOBYPASSRLS", "owns the tables; used only by `langsikt migrate`"),
    Role(APP, f"{PLAIN} NOBYPASSRLS", "what the app serves as; sees only what the policies let it see"),
    Role(
        CLOCK,
        f"{PLAIN} NOBYPASSRLS",
        "the clock: seals the journal, signs its head, finds unusual looks in it, empties the outbox",
    ),
    Role(AUDITOR, f"{PLAIN} NOBYPASSRLS", "`langsikt audit`: reads the journal and its heads, nothing else"),
    Role(BACKUP, f"{PLAIN} BYPASSRLS", "takes backups; reads everything, writes nothing"),
)


def create_role(role: Role) -> sql.Composed:
    return sql.SQL("CREATE ROLE {} " + role.rights).format(sql.Identifier(role.name))


def own_database(name: str) -> tuple[sql.Composed, ...]:
    """What a database needs beyond its owner: nobody else comes in, and only the backup reads past the policies."""
    people = sql.SQL(", ").join(sql.Identifier(role.name) for role in ROLES)
    return (
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), people),
    )


def after_roles() -> tuple[sql.Composed, ...]:
    return (sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(BACKUP)),)


def create_database(name: str, template: str = "template1") -> sql.Composed:
    statement = "CREATE DATABASE {} OWNER {} TEMPLATE {}"
    return sql.SQL(statement).format(sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template))


def for_own_server() -> str:
    """A script for psql as superuser; psql asks for each password, so none stands in the script or in a log."""
    lines = [
        "-- Run once with psql, connected to `postgres` as a superuser of your own server (PostgreSQL 15 or newer)."
    ]
    for role in ROLES:
        lines += [f"-- {role.purpose}", f"{create_role(role).as_string()};", f"\\password {role.name}"]
    ours = (*after_roles(), create_database(DATABASE), *own_database(DATABASE))
    return "\n".join([*lines, *(f"{statement.as_string()};" for statement in ours)]) + "\n"
