"""The risk between the full assessments: unchanged with one line, or something new (rules B2.2)."""

from langsikt.actions.register import verb
from langsikt.actions.work import Work


@verb
def confirm_risk_assessment(work: Work) -> None:
    """*Oförändrad* with one line is enough when the last full assessment is under 180 days old.

    Raises Invalid when the next review is not after today's.
    """
    check_review(work)
    work.write()


@verb
def report_risk_assessment_reason(work: Work) -> None:
    """A trigger is added to the one open review of the case."""
    work.write()


def check_review(work: Work) -> None:
    """Stops a review that lies before what it reviews. Raises Invalid."""
    if work.values["next_review_on"] <= work.values["assessed_on"]:
        work.complain(
            "next_review_on", "Nästa bedömning ska ligga efter den här", "The next assessment must come after this one"
        )
