"""The command `langsikt`: reads what was asked for and says a refusal in one line."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from langsikt.cli import audit, clock, process, roles, run, serve
from langsikt.cli.refusal import Refused


def main(words: Sequence[str] | None = None) -> None:
    """Ends with exit code 2 for a wrong set-up, 1 for something in the way, else 0."""
    asked = _parser().parse_args(words)
    try:
        asked.command(asked)
    except Refused as refusal:
        if refusal.line:
            print(f"langsikt: {refusal.line}", file=sys.stderr)
        raise SystemExit(refusal.code) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="langsikt", description="Långsikt: the seven steps in daily work.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    living = _add(commands, "run", "start everything and keep it running until Ctrl-C", lambda a: run.run(a.demo))
    living.add_argument("--demo", action="store_true", help="with made-up people, on an embedded PostgreSQL")
    _add(commands, "serve", "check the database, then serve on localhost", lambda _: serve.serve())
    _add(commands, "migrate", "migrate as the owner and put the protection in place", lambda _: _migrate())
    _add(commands, "clock", "seal the journal, sign its head each minute and empty the outbox", lambda _: clock.run())
    audit.add(commands)
    first = _add(commands, "found", "mark the database for real work and add the first administrator", _found)
    first.add_argument("username", help="what the administrator signs in with")
    first.add_argument("short_name", help="first name and initial, as others see it")
    keys = commands.add_parser("keys", help="about the keys").add_subparsers(required=True, metavar="WHAT")
    _add(keys, "rotate", "change the key-encryption key while the app serves", lambda _: _keys("rotate"))
    _add(keys, "retire", "destroy the older keys that wrap nothing any more", lambda _: _keys("retire"))
    tested = _add(keys, "attest", "test a copy of the keys and record it", lambda a: _keys("attest", a.copy))
    tested.add_argument("copy", help="where the copy lies")
    again = _add(
        keys, "replay", "erase again what a list of destroyed shares names", lambda a: _keys("replay", *a.destroyed)
    )
    again.add_argument("destroyed", nargs="*", help="a copy of the list; the store's own unless given")
    database = commands.add_parser("db", help="about the database").add_subparsers(required=True, metavar="WHAT")
    _add(
        database, "roles", "print the SQL that prepares a server of one's own", lambda _: print(roles.for_own_server())
    )
    return parser


def _add(
    group: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    purpose: str,
    command: Callable[[argparse.Namespace], None],
) -> argparse.ArgumentParser:
    parser = group.add_parser(name, help=purpose, description=purpose.capitalize() + ".")
    parser.set_defaults(command=command)
    return parser


def _found(asked: argparse.Namespace) -> None:
    process.run(process.python("langsikt.config.found", asked.username, asked.short_name), os.environ)


def _migrate() -> None:
    process.run(process.python("langsikt.config.migrate"), os.environ)


def _keys(*words: str) -> None:
    process.run(process.python("langsikt.config.keys", *words), os.environ)


if __name__ == "__main__":
    main()
