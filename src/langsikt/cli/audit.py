"""`langsikt audit …`: asks the journal as the role that reads nothing else; of the demo without any setting."""

import argparse
import os
from collections.abc import Mapping

from langsikt.cli import home, process, roles
from langsikt.cli.postgres import Postgres

MODULE = "langsikt.config.audit"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `audit verify` and `audit status`."""
    purpose = "whether the journal is as it was sealed"
    audit = commands.add_parser("audit", help=purpose, description=purpose.capitalize() + ".")
    what = audit.add_subparsers(required=True, metavar="WHAT")
    verify = what.add_parser("verify", help="every row against its seal, and the chain against the signed heads")
    verify.add_argument("--anchor", help="the file with the heads, or a log that holds them")
    verify.add_argument("--public-key", help="the public half of the sealing key; unless given the one beside it")
    verify.set_defaults(command=_verify)
    status = what.add_parser("status", help="how far the seals have come, and whether they lag")
    status.set_defaults(command=lambda _: process.run(process.python(MODULE, "status"), environment()))


def _verify(asked: argparse.Namespace) -> None:
    known = environment()
    anchor = asked.anchor or known.get("LANGSIKT_ANCHOR_FILE") or str(home.here().anchor)
    key = asked.public_key or (known.get("LANGSIKT_SEAL_KEY_FILE") or str(home.here().seal_key)) + ".pub"
    process.run(process.python(MODULE, "verify", "--anchor", anchor, "--public-key", key), known)


def environment(given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """With the address of the embedded database when none is given."""
    found = dict(given)
    if not found.get("LANGSIKT_AUDIT_URL") and home.here().data.exists():
        found["LANGSIKT_AUDIT_URL"] = Postgres(home.here()).url(roles.AUDITOR)
    return found
