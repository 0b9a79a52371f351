"""Step 3: decisions that hold in law, and the hand-over to ekonomiskt bistånd."""

from langsikt.actions.register import verb
from langsikt.actions.work import Work


@verb
def issue_decision(work: Work) -> None:
    """Beslut fattas av den som har rätt till det (FL 31–32 §§; SoL 11:1, 13:1; rules B1.2 d).

    The form has no field for a place. Raises Invalid when the period is not in order.
    """
    check_period(work)
    work.write()


@verb
def draft_decision(work: Work) -> None:
    """A draft: no decision until somebody with the right to decide signs it. Raises Invalid as for a decision."""
    check_period(work)
    work.write()


@verb
def sign_decision(work: Work) -> None:
    """Whoever signs decides: the draft becomes a decision in the signer's name (FL 31–32 §§)."""
    check_period(work)
    work.write()


@verb
def send_back_decision(work: Work) -> None:
    """Whoever would sign sends the draft back with one line: it is the worker's again, and stays in the history."""
    work.write()


def take_draft(work: Work) -> None:
    """Gives a signature what the draft says; the signer is the decider. Before the hard stops are examined."""
    named = work.values.get("decision_draft")
    draft = work.record.nouns.get(named) if work.record and named else None
    if work.rule.name != "sign_decision" or draft is None:
        return
    period = any(work.values.get(name) for name in ("until_on", "until_further_notice"))
    for name in ("intervention", "outcome", "from_on", *(() if period else ("until_on", "until_further_notice"))):
        work.values[name] = getattr(draft, name)
    work.values["decider"] = work.actor.id


def check_period(work: Work) -> None:
    """Stops a period that is not in order. Raises Invalid."""
    until = work.values.get("until_on")
    if until and until < work.values["from_on"]:
        work.complain("until_on", "Sista dagen ligger före den första", "The last day comes before the first")
    if until and work.values.get("until_further_notice"):
        work.complain(
            "until_on", "Välj antingen ett datum eller tills vidare", "Choose either a date or until further notice"
        )


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
