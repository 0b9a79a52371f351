"""The log review closes: a finding is signed off by somebody it is not about, and the month's sample is drawn once."""

import secrets
import uuid
from datetime import date, datetime, time
from uuid import UUID

from langsikt.access import journal, policy
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.access.window.case import Sight, look
from langsikt.model.entries import NAMESPACE
from langsikt.model.log_review import ASSESS, ASSESSED, OUTCOMES, SAMPLE, drawn
from langsikt.model.months import month_before, next_month
from langsikt.model.parse import STOCKHOLM
from langsikt.model.texts import Text
from langsikt.records.models import Finding, JournalEntry, SignOff, StaffRole, Unit

CHOOSE = Text("Välj hur det slutade", "Choose how it ended")
WHETHER = Text("Välj om namnen kan lämnas ut", "Choose whether names may be told")
DONE = Text("Någon annan har redan avslutat granskningen", "Somebody else has closed the review already")


def sign_off(actor: Actor, finding_id: UUID, outcome: str, now: datetime) -> None:
    """Closes a finding, once and for good (rules B4.6). Raises Invalid.

    Raises NotFound for what does not exist, what is about oneself and what is about a case one must not see.
    """
    if not policy.may(actor.roles, "journal"):
        raise NotFound
    with acting(actor, now):
        found = Finding.objects.filter(id=finding_id).first()
        if found is None:
            raise NotFound
        if outcome not in OUTCOMES:
            raise Invalid({"outcome": CHOOSE})
        if SignOff.objects.filter(finding_id=finding_id).exists():
            raise Invalid({"outcome": DONE})
        SignOff.objects.create(finding_id=finding_id, reviewer_id=actor.id, outcome=outcome, at=now)
        journal.write(actor, "sign_off_finding", "done", now, case_id=found.case_id, reason=outcome)


def draw_sample(actor: Actor, unit_id: UUID, now: datetime) -> UUID:
    """Draws the sample of the unit's looks in the latest month that is over: at least 20, by a seed that is kept.

    Drawn once: who asks again gets the same, and nobody draws until the sample looks well. One's own looks are not
    in it. Returns the finding. Raises NotFound.
    """
    if not policy.may(actor.roles, "journal"):
        raise NotFound
    with acting(actor, now):
        if not Unit.objects.filter(id=unit_id).exists():
            raise NotFound
        month = month_before(now.astimezone(STOCKHOLM).date())
        sample_id = uuid.uuid5(NAMESPACE, f"{SAMPLE}|{unit_id}|{month}")
        if not Finding.objects.filter(id=sample_id).exists():
            seed = secrets.token_hex(16)
            entries = drawn(seed, looks_of(unit_id, month, actor.id))
            at = datetime.combine(month, time(), STOCKHOLM)
            sample = Finding(
                id=sample_id, rule=SAMPLE, unit_id=unit_id, at=at, found_at=now, entries=entries, seed=seed
            )
            sample.save(force_insert=True)
        journal.write(actor, "draw_sample", "done", now)
    return sample_id


def looks_of(unit_id: UUID, month: date, but: UUID) -> list[UUID]:
    """The looks at a case that staff of a unit took in a month, by id; without those of the one who draws."""
    ends = next_month(month)
    held = StaffRole.objects.filter(unit_id=unit_id, from_on__lt=ends).exclude(until_on__lt=month)
    staff = set(held.values_list("staff_id", flat=True)) - {but}
    rows = JournalEntry.objects.filter(actor__in=staff, result="done", case_id__isnull=False)
    rows = rows.filter(
        at__gte=datetime.combine(month, time(), STOCKHOLM), at__lt=datetime.combine(ends, time(), STOCKHOLM)
    )
    return list(rows.values_list("id", flat=True))


def assess_readers(actor: Actor, reference: str, outcome: str, now: datetime) -> None:
    """The manager's recorded assessment of whether the person may be told the names of readers (rules B4.7).

    It is a row of the journal, like what it speaks of. Raises NotFound, Invalid.
    """

    def assess(sight: Sight) -> None:
        if outcome not in ASSESSED:
            raise Invalid({"outcome": WHETHER})
        sight.reason = outcome

    look(actor, reference, now, ASSESS, assess, "unit_list")
