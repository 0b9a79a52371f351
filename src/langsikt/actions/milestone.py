"""Days that change what the person needs, with the contact planned for them (step 5)."""

from langsikt.actions.register import verb
from langsikt.actions.work import Work


@verb
def add_milestone(work: Work) -> None:
    """18 or 21 years, the end of studies or of a lease, a trial, a break, a holiday (rapporten, Intervjuer)."""
    work.write()
