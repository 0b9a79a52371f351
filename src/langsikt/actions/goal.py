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
def order_goals(work: Work) -> None:
    """The person says which goal comes first; the order is the person's own (rapporten, Slutsatser; R9).

    Raises Invalid when a goal is to come before itself.
    """
    if work.values["goal"] == work.values.get("goal_before"):
        work.complain("goal_before", "Välj ett annat mål än det som flyttas", "Choose another goal than the one moved")
    work.write()


@verb
def record_skills(work: Work) -> None:
    """Skills by ability, never by age; what is skipped stays as it was (rapporten, Slutsatser)."""
    work.write()
