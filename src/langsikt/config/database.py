"""Reads the database's address, and refuses to serve with rights that the protection does not bind."""

import os
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

SERVING_URL, OWNER_URL = "LANGSIKT_DATABASE_URL", "LANGSIKT_OWNER_URL"
CLOCK_URL, AUDIT_URL = "LANGSIKT_CLOCK_URL", "LANGSIKT_AUDIT_URL"
PREFIXES = ("postgresql://", "postgres://")
PLACES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
CONNECT_TIMEOUT = 10
POOL = {"min_size": 1, "max_size": 10, "timeout": 10}

POWERS = """
    SELECT bool_or(held.rolsuper), bool_or(held.rolbypassrls), bool_or(held.rolcreaterole),
           EXISTS (SELECT FROM pg_database WHERE datname = current_database()
                   AND pg_has_role(current_user, datdba, 'MEMBER'))
        OR EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
                   AND pg_has_role(current_user, relowner, 'MEMBER'))
    FROM pg_roles held WHERE pg_has_role(current_user, held.oid, 'MEMBER')
"""
"""What the role may do itself or by becoming another: superuser, BYPASSRLS, make roles, own the database or a table."""


def read(url: str) -> dict[str, Any]:
    """The parts of a postgresql:// address, a unix socket's included.

    Raises ValueError: it is none. The address itself is never repeated, since it holds a password.
    """
    if not url.startswith(PREFIXES):
        raise ValueError("is not a postgresql:// address")
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise ValueError("is not a whole postgresql:// address") from None
    if not parts.get("dbname") or not parts.get("user"):
        raise ValueError("names no database or no user")
    return parts


def settings(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Django's settings for the one database; without a readable address a database that refuses everything."""
    try:
        parts = read(environment.get(SERVING_URL, ""))
    except ValueError:
        return {"ENGINE": "django.db.backends.dummy"}
    options = {name: value for name, value in parts.items() if name not in PLACES}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{place: str(parts[name]) for name, place in PLACES.items() if parts.get(name)},
        "CONN_MAX_AGE": 0,  # the pool keeps the connections, and checks each before it is lent
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": CONNECT_TIMEOUT, **options, "pool": POOL},
    }


def check_serving_role(environment: Mapping[str, str] = os.environ) -> str | None:
    """Why the app may not serve with this address, in one line; None when it may."""
    return check_role(SERVING_URL, "serve as langsikt_app", environment)


def check_role(name: str, instead: str, environment: Mapping[str, str] = os.environ) -> str | None:
    """Why this address may not be used, in one line that says who should be there instead; None when it may."""
    return check_reachable(name, environment) or _check_powers(name, environment[name], instead)


def check_reachable(name: str, environment: Mapping[str, str] = os.environ) -> str | None:
    """Why the address in this variable does not lead to a database, in one line; None when it does."""
    url = environment.get(name, "")
    if not url:
        return f"{name} is not set: give the address of a PostgreSQL database, or start the demo with `make run`."
    try:
        read(url)
        psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT).close()
    except ValueError as fault:
        return f"{name} {fault}."
    except psycopg.Error as error:
        return f"{name} does not lead to a database: {_first_line(error)}"
    return None


def _check_powers(name: str, url: str, instead: str) -> str | None:
    with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT) as connection:
        row = connection.execute(POWERS).fetchone() or (True, True, True, True)
    names = ("a superuser", "able to bypass row-level security", "able to make roles", "the owner of the data")
    powers = [power for power, held in zip(names, row, strict=True) if held]
    if not powers:
        return None
    return f"{name} connects as {' and '.join(powers)}: {instead} (`langsikt db roles` makes it)."


def _first_line(error: psycopg.Error) -> str:
    return next((" ".join(line.split()) for line in str(error).splitlines() if line.strip()), type(error).__name__)
