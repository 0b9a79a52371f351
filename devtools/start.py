"""What `make run` does for the demo: lays in the made-up people once, and says how to sign in."""

from datetime import UTC, datetime

import django
from django.db import connection


def lay_in() -> None:
    """Does nothing in a database that already bears a mark."""
    from devtools import seed

    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM langsikt_installation()")
        marked = cursor.fetchone()
    if marked is None:
        seed.lay_in(datetime.now(UTC))


def sign_ins() -> str:
    """Who can sign in, and with what."""
    from devtools import people, signin

    rows = [f"  {username:<12} {role}" for username, role in people.SIGN_INS]
    return "\n".join([*rows, "", *signin.lines(), ""])


if __name__ == "__main__":
    django.setup()
    lay_in()
    print(sign_ins())
