"""Where the journal's signed heads go: a file that is only added to, a syslog host, or both; outside the database."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

FILE, SYSLOG = "LANGSIKT_ANCHOR_FILE", "LANGSIKT_ANCHOR_SYSLOG"
AUDIT_NOTICE = 13 * 8 + 5  # RFC 5424: facility "log audit", severity "notice"
USUAL_PORT = 514
PATIENCE = 5.0


@dataclass(frozen=True)
class Sinks:
    """The places that are set; a head is outside when each of them has taken it."""

    file: Path | None
    syslog: str

    def send(self, said: str) -> None:
        """Raises OSError: a place did not take it; the head stays and is sent again."""
        if self.file:
            _append(self.file, said)
        if self.syslog:
            _tell(self.syslog, said)


def of(environment: Mapping[str, str]) -> Sinks:
    """The places in the environment. Raises ValueError, in one line: none is set, or one is no address."""
    file, syslog = environment.get(FILE, ""), environment.get(SYSLOG, "")
    if not file and not syslog:
        raise ValueError(f"neither {FILE} nor {SYSLOG} is set: say where the journal's signed heads go.")
    parts = urlsplit(syslog)
    if syslog and not ((parts.scheme in ("udp", "tcp") and parts.hostname) or (parts.scheme == "unix" and parts.path)):
        raise ValueError(f"{SYSLOG} is none of udp://host:port, tcp://host:port and unix:///path.")
    return Sinks(Path(file) if file else None, syslog)


def _append(file: Path, said: str) -> None:
    """One write at the end, on the disk before it counts; what a power cut left half written gets a line of its own."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        torn = bool(size) and os.pread(handle, 1, size - 1) != b"\n"
        text = ("\n" if torn else "") + said + "\n"
        if os.write(handle, text.encode()) != len(text.encode()):
            raise OSError("the head was written in part")
        os.fsync(handle)
    finally:
        os.close(handle)


def _tell(address: str, said: str) -> None:
    """One message of RFC 5424; with its length before it on TCP (RFC 6587)."""
    parts = urlsplit(address)
    message = f"<{AUDIT_NOTICE}>1 - {socket.gethostname()} langsikt - anchor - {said}".encode()
    if parts.scheme == "tcp":
        with socket.create_connection((str(parts.hostname), parts.port or USUAL_PORT), PATIENCE) as line:
            line.sendall(b"%d %s" % (len(message), message))
        return
    family = socket.AF_UNIX if parts.scheme == "unix" else socket.AF_INET
    where = parts.path if parts.scheme == "unix" else (str(parts.hostname), parts.port or USUAL_PORT)
    with socket.socket(family, socket.SOCK_DGRAM) as line:
        line.settimeout(PATIENCE)
        line.sendto(message, where)
