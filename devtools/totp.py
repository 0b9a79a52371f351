"""Stands in for a made-up person's telephone: `python -m devtools.totp USERNAME` prints the code of this moment."""

import argparse
import os
import time
from datetime import UTC, datetime

import django
from django.http import Http404

from langsikt.config import database


def main() -> None:
    """Connects an app for the person if there is none, and prints a code."""
    parser = argparse.ArgumentParser(prog="python -m devtools.totp", description=__doc__)
    parser.add_argument("username", help="one of the demo's people, for example sara.l")
    asked = parser.parse_args()
    _find_the_demo()
    fault = database.check_reachable(database.SERVING_URL)
    if fault:
        parser.error(f"{fault} Is the demo running? `make run` starts it.")
    django.setup()
    from devtools import signin

    try:
        signin.refuse_outside_demo()
        staff = signin.known(asked.username)
    except Http404:
        parser.error(f"{asked.username} is nobody in a demo here: `make run` prints who is.")
    left = 30 - int(time.time()) % 30
    print(f"{code_of(staff.pk, datetime.now(UTC))}   good for {left} s more")


def code_of(staff_id: object, now: datetime, steps: int = 0) -> str:
    """The code that the person's app shows at ``now``, or so many steps of 30 s later."""
    from allauth.mfa.totp.internal import auth

    counter = int(now.timestamp()) // 30 + steps
    return str(auth.format_hotp_value(auth.hotp_value(_secret_of(staff_id), counter)))


def _secret_of(staff_id: object) -> str:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal import auth
    from allauth.mfa.utils import decrypt, encrypt

    app, _ = Authenticator.objects.get_or_create(
        user_id=staff_id,
        type=Authenticator.Type.TOTP,
        defaults={"data": {"secret": encrypt(auth.generate_totp_secret())}},
    )
    return str(decrypt(app.data["secret"]))


def _find_the_demo() -> None:
    """In a terminal of its own, the demo that `make run` has started from here."""
    from langsikt.cli import home, roles
    from langsikt.cli.postgres import Postgres

    os.environ.setdefault(database.SERVING_URL, Postgres(home.here()).url(roles.APP))
    os.environ["DJANGO_SETTINGS_MODULE"] = "devtools.settings"


if __name__ == "__main__":
    main()
