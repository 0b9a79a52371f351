"""Contact with the family without blame, the safety plan, and when a person is missing (rules B2.3, B2.8)."""

from langsikt.actions.register import verb
from langsikt.actions.work import Work


@verb
def record_family_contact(work: Work) -> None:
    """How much contact there is; a step up, or worry, starts a safety plan and a risk review."""
    work.write()


@verb
def write_safety_plan(work: Work) -> None:
    """What the person and we do; the next contact goes through the agreed way, at most 14 days ahead."""
    work.write()


@verb
def report_missing_person(work: Work) -> None:
    """Missing or feared taken away: told at once, again for each thing that is done (rapporten)."""
    work.write()


@verb
def record_person_found(work: Work) -> None:
    """The person is back or has been in touch."""
    work.write()
