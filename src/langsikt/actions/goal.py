"""Goals in the person's own words, where they stand, and the skills map (step 6)."""

from langsikt.actions.register import verb
from langsikt.actions.work import Work


@verb
def set_goal(work: Work) -> None:
    """A goal with its own scale from −2 to +2 (Kiresuk och Sherman 1968); nothing is ever a failure."""
    work.write()


@verb
def score_goal(work: Work) -> None:
    """Where a goal stands today; small steps count."""
    work.write()


@verb
def record_skills(work: Work) -> None:
    """Skills by ability, never by age; what is skipped stays as it was (rapporten, Slutsatser)."""
    work.write()
