"""Answers what two cases have in common, and keeps a staff member's own identity as tokens (rules B4.4, B4.10)."""

import uuid
from datetime import datetime

from langsikt.access import journal, policy
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.functions import ask
from langsikt.access.identity import identity
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.model.parse import Complaint, personal_number
from langsikt.model.texts import Text
from langsikt.records.models import Staff

ANSWERS = ("same", "other", "settled")
TWO_WORDS = Text(
    "Skriv för- och efternamn. Ett efternamn ensamt jämförs aldrig",
    "Write first and last name. A last name alone is never compared",
)


def answer_match(actor: Actor, match_id: uuid.UUID, answer: str, now: datetime) -> None:
    """Settles a possible duplicate or a collision. Raises NotFound for whoever is not to resolve it."""
    if answer not in ANSWERS or not (policy.may(actor.roles, "exclusions") or policy.may(actor.roles, "conflicts")):
        raise NotFound
    with acting(actor, now):
        if not ask("langsikt_answer_match", match_id, answer, now):
            raise NotFound
        journal.write(actor, "answer_match", "done", now, reason=answer)


def identify_staff(actor: Actor, staff_id: uuid.UUID, number: str, name: str, now: datetime) -> None:
    """Keeps a staff member's own identity as two tokens and nothing else; both empty takes it away.

    The cases where the same person stands are closed to that staff member at once; the administrator
    is told nothing. Raises NotFound, Invalid.
    """
    if not policy.may(actor.roles, "staff"):
        raise NotFound
    who = identity(_checked(number), name)
    if name and who.name is None:
        raise Invalid({"identity_name": TWO_WORDS})
    with acting(actor, now):
        if not Staff.objects.filter(id=staff_id).exists():
            raise NotFound
        ask("langsikt_identify", staff_id, who.number, who.name, now)
        journal.write(actor, "identify_staff", "done", now)


def _checked(number: str) -> str:
    try:
        return personal_number(number) if number else ""
    except Complaint as complaint:
        raise Invalid({"identity_number": complaint.text}) from None
