"""What others are to answer, for how long we have waited, and homes that have been offered (step 5)."""

from langsikt.actions.register import verb
from langsikt.actions.work import Work
from langsikt.model.state import Referral


@verb
def send_referral(work: Work) -> None:
    """A question to somebody else; the wait is shown until the answer is written (rapporten, Vården)."""
    work.write()


@verb
def record_referral_answer(work: Work) -> None:
    """The answer, or only a place in a queue. Raises Invalid when it comes before the question."""
    asked: Referral = next(r for r in work.state.referrals if r.id == work.values["referral"])
    if work.values["answered_on"] < asked.sent_on:
        work.complain("answered_on", "Frågan skickades efter den dagen", "The question was sent after that day")
    work.write()


@verb
def answer_coordinated_plan(work: Work) -> None:
    """Ja, nej or senare to a coordinated individual plan, answered where it is asked (SoL 10:8; R17)."""
    work.write()


@verb
def receive_offer(work: Work) -> None:
    """A home is offered: the last day to answer, and when ekonomiskt bistånd answers about the rent (R22)."""
    work.write()


@verb
def answer_offer(work: Work) -> None:
    """How it turned out; *kunde inte* for rent, distance or danger is never *avböjer* (rules C1)."""
    work.write()
