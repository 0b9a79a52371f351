"""*Koppla ärende*: two cases of one family are linked, and it is said whether they are secret from each other."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from langsikt.access import journal, policy
from langsikt.access.errors import Invalid, NotFound, Refusal
from langsikt.access.functions import ask
from langsikt.access.look import acting
from langsikt.access.record import Root, read_root
from langsikt.access.sheets import Actor
from langsikt.actions.turn import lock
from langsikt.model.case_link import RELATIONS
from langsikt.model.texts import Text

LINK = "link_cases"
LONGEST_REFERENCE = 12
YES, NO = "yes", "no"
# One answer for a made-up reference, a hidden one, and one that somebody is excluded from.
NOBODY = Text(
    "Det finns inget sådant ärende som du kan koppla. Kontrollera referensen",
    "There is no such case that you can link. Check the reference",
)
EMPTY = Text("Skriv det andra ärendets referens, sex tecken", "Write the other case's reference, six characters")
ITSELF = Text(
    "Det är det här ärendet. Skriv det andra ärendets referens", "That is this case. Write the other reference"
)
ASKED: dict[str, tuple[frozenset[str], Text]] = {
    "relation": (
        frozenset(RELATIONS),
        Text("Välj vad det andra ärendet är till det här", "Choose what the other case is to this one"),
    ),
    "secret": (frozenset({YES, NO}), Text("Välj ja eller nej", "Choose yes or no")),
    "together": (frozenset({YES, NO}), Text("Välj ja eller nej", "Choose yes or no")),
}


@dataclass(frozen=True)
class Said:
    """The form as typed: the other case, what it is to this one, and the two answers."""

    other: str
    answers: Mapping[str, str]
    ended: bool = False


def link_cases(actor: Actor, reference: str, said: Said, now: datetime) -> None:
    """Says what two cases are to each other, from now on; what was said before is kept (OSL 26:1; ADR 0022).

    Only whoever works with both, or manages both, may say it. A refusal leaves one journal row, with an HMAC of what
    was typed.
    Raises NotFound (this case), Invalid (the fields; the other case, whatever the reason).
    """
    other = said.other.strip().upper()[:LONGEST_REFERENCE].replace("\0", "")
    try:
        with acting(actor, now):
            lock(*sorted({f"case|{reference}", f"case|{other}"}))
            root = _steered(reference)
            if root is None:
                raise NotFound
            _write(actor, root, other, said, now)
    except Refusal as refusal:
        with acting(actor, now):
            journal.write(actor, LINK, type(refusal).__name__, now, typed=other)
        refusal.journaled = True
        raise


def _steered(reference: str) -> Root | None:
    """The case, if the actor may link it."""
    root = read_root(reference)
    return root if root is not None and policy.may(root.relations, LINK) else None


def _write(actor: Actor, root: Root, reference: str, said: Said, now: datetime) -> None:
    complaints = {name: text for name, (known, text) in ASKED.items() if said.answers.get(name) not in known}
    other = _steered(reference)
    if other is None:
        complaints = {"reference": NOBODY if reference else EMPTY} | complaints
    elif other.id == root.id:
        complaints = {"reference": ITSELF} | complaints
    if complaints or other is None:
        raise Invalid(complaints)
    secret, together = (said.answers[name] == YES for name in ("secret", "together"))
    values: list[Any] = [uuid.uuid4(), root.id, other.id, said.answers["relation"], secret, together, said.ended, now]
    ask("langsikt_link_cases", *values)
    for one in (root, other):
        journal.write(actor, LINK, "done", now, role=policy.acting_role(one.relations), case_id=one.id,
                      shown=[root.id, other.id])  # fmt: skip
