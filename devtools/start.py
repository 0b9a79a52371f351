"""What `make run` does for the demo: lays in the made-up people once, and says how to sign in."""

import argparse
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


def sign_ins() -> None:
    """Prints who can sign in and with what."""
    from devtools import people, signin

    for username, role in people.SIGN_INS:
        print(f"  {username:<12} {role}")
    print("\n".join(signin.lines()))


def main() -> None:
    """Does the one thing that was asked for."""
    steps = {"lay-in": lay_in, "sign-ins": sign_ins}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=sorted(steps))
    asked = parser.parse_args()
    django.setup()
    steps[asked.step]()


if __name__ == "__main__":
    main()
