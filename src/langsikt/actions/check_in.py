"""Snabb avstämning: many times a short talk is enough; it counts as contact, never as a follow-up (step 6)."""

from langsikt.actions.register import verb
from langsikt.actions.work import Work


@verb
def check_in(work: Work) -> None:
    """How things are and one line, in under a minute (rapporten, Stöd till personer)."""
    work.write()
