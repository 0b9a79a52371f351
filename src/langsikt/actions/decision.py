"""Step 3: decisions that hold in law, and the hand-over to ekonomiskt bistånd."""

from langsikt.actions.register import verb
from langsikt.actions.work import Work


@verb
def issue_decision(work: Work) -> None:
    """Beslut fattas av den som har rätt till det (FL 31–32 §§; SoL 11:1, 13:1; rules B1.2 d).

    The form has no field for a place. Raises Invalid when the period is not in order.
    """
    until = work.values.get("until_on")
    if until and until < work.values["from_on"]:
        work.complain("until_on", "Sista dagen ligger före den första", "The last day comes before the first")
    if until and work.values.get("until_further_notice"):
        work.complain(
            "until_on", "Välj antingen ett datum eller tills vidare", "Choose either a date or until further notice"
        )
    work.write()


@verb
def serve_decision(work: Work) -> None:
    """The day the person received the decision; the time to appeal runs from it (FL 33, 44 §§)."""
    served, decision = work.values["served_on"], work.values["decision"]
    issued = {h.id: h.facts.get("decided_on") for h in work.record.happenings} if work.record else {}
    if issued.get(decision) and served < issued[decision]:
        work.complain(
            "served_on", "Delgivningen kan inte ligga före beslutet", "The service cannot come before the decision"
        )
    work.write()


@verb
def hand_over_economy(work: Work) -> None:
    """Vid behov stötta personen att få kontakt med handläggare på ekonomiskt bistånd (step 3)."""
    work.write()


@verb
def record_economy_answer(work: Work) -> None:
    """Bifall, delvis bifall eller avslag: what ekonomiskt bistånd answered (step 3)."""
    work.write()


@verb
def renew_decision(work: Work) -> None:
    """Ett nytt beslut behövs: step 6 leads back to step 3."""
    work.write()
