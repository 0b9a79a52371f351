"""The clock: seals the journal every few seconds, signs its head each minute, empties the outbox, finds each hour."""

import logging
import signal
import threading
from datetime import datetime, timedelta

from django.utils import timezone

from langsikt.access import findings, outbox, seal
from langsikt.access.notary import Notary
from langsikt.exchange.anchor import Sinks

EVERY = 2.0
HEAD_EVERY = timedelta(minutes=1)
FIND_EVERY = timedelta(hours=1)
SIGN_OF_LIFE = timedelta(minutes=15)
logger = logging.getLogger(__name__)


class Clock:
    """What is done when; each part fails by itself and is tried again at the next turn."""

    def __init__(self, notary: Notary, sinks: Sinks) -> None:
        self.notary, self.sinks = notary, sinks
        self.stopped = threading.Event()
        self.head_at: datetime | None = None
        self.life_at: datetime | None = None
        self.found_at: datetime | None = None

    def run(self) -> None:
        """Turns until it is told to stop."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: self.stopped.set())
        while not self.stopped.is_set():
            self.turn(timezone.now())
            self.stopped.wait(EVERY)

    def turn(self, now: datetime) -> None:
        """One turn. A database that is away or a mail that is down stops no later turn."""
        for part in (self._seal, outbox.deliver, self._find):
            try:
                part(now)
            except seal.FAULTS:
                logger.exception("the clock's turn failed")
        seal.rest()

    def _seal(self, now: datetime) -> None:
        seal.seal()
        self._sign(now)
        self._ship(now)

    def _sign(self, now: datetime) -> None:
        if self.head_at and now - self.head_at < HEAD_EVERY:
            return
        alive = self.life_at is None or now - self.life_at >= SIGN_OF_LIFE
        if seal.sign(self.notary, now, again=alive):
            self.life_at = now
        self.head_at = now

    def _ship(self, now: datetime) -> None:
        """A head is marked as sent after it was; a crash between sends it twice, which says nothing else."""
        for line, said in seal.unsent():
            self.sinks.send(said)
            seal.sent(line, now)

    def _find(self, now: datetime) -> None:
        """What the log review has to look into is there whether or not anybody looks (rules B4.6)."""
        if self.found_at is None or now - self.found_at >= FIND_EVERY:
            findings.find(now)
            self.found_at = now
