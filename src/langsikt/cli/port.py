"""The port that the app is served on."""

import socket
from collections.abc import Mapping

from langsikt.cli.refusal import Refused

USUAL = "8000"


def number(environment: Mapping[str, str]) -> int:
    """LANGSIKT_PORT, or 8000."""
    text = environment.get("LANGSIKT_PORT") or USUAL
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Refused(f"LANGSIKT_PORT is {text!r}: give a number from 1 to 65535.")
    return int(text)


def require_free(wanted: int) -> None:
    """Raises Refused: another program listens there, or we may not."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("localhost", wanted))
        except OSError as error:
            line = f"Port {wanted} on localhost cannot be used ({error.strerror}): set LANGSIKT_PORT to another."
            raise Refused(line, 1) from None


def answers(wanted: int) -> bool:
    """Whether somebody accepts connections there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("localhost", wanted)) == 0
