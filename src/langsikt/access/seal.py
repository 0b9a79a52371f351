"""What the clock does with the journal: seals rows without reading them, signs the head, keeps what is to be sent."""

from dataclasses import dataclass
from datetime import datetime

from django.db import Error, connection, transaction

from langsikt.access import chain
from langsikt.access.functions import ask
from langsikt.access.key_service import VaultError
from langsikt.access.notary import Notary
from langsikt.records.models import Anchor

BATCH = 1000
FAULTS = (Error, OSError, VaultError)  # what a database, a key service, a mail server or a place outside does when away


@dataclass(frozen=True)
class Head:
    """How far the seals have come."""

    number: int
    seal: bytes
    waiting: int
    since: datetime | None


def seal() -> int:
    """Seals every row behind the horizon, in batches that each commit. Returns how many."""
    whole = 0
    while True:
        with transaction.atomic():
            done = int(ask("langsikt_seal", BATCH))
        whole += done
        if done < BATCH:
            return whole


def head() -> Head:
    """The last number, its seal, and how many rows wait since when."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select number, head, waiting, since from langsikt_head()")
        number, last, waiting, since = cursor.fetchone()
    return Head(number, bytes(last), waiting, since)


def sign(notary: Notary, now: datetime, again: bool) -> bool:
    """Signs the head and keeps the line until it is sent; a head that is signed already only when ``again``."""
    now_is, last = head(), Anchor.objects.order_by("-line").first()
    if last and last.seal_no == now_is.number and not again:
        return False
    line, before = (last.line + 1, last.said) if last else (1, "")
    said = notary.sign(chain.head_of(line, now_is.number, now_is.seal, before, now))
    Anchor.objects.create(line=line, seal_no=now_is.number, said=said, made_at=now)
    return True


def unsent() -> list[tuple[int, str]]:
    """The heads that are not yet outside, the oldest first."""
    return list(Anchor.objects.filter(shipped_at=None).order_by("line").values_list("line", "said"))


def sent(line: int, now: datetime) -> None:
    """This head is outside; sending it once more would do no harm."""
    Anchor.objects.filter(line=line).update(shipped_at=now)


def last_said() -> str | None:
    """The latest signed head."""
    return Anchor.objects.order_by("-line").values_list("said", flat=True).first()


def rest() -> None:
    """Gives the connection back until the next turn, which gets a sound one."""
    connection.close()
