"""Step 5: what is needed after the shelter, and the supports that begin and end."""

from langsikt.actions.identity import link
from langsikt.actions.register import verb
from langsikt.actions.work import Work


@verb
def assess_needs_after(work: Work) -> None:
    """Bedömning av behov av insatser efter skyddat boende, som mellanboende inklusive lots (step 5).

    May be made without the person when she cannot be reached (rules B1.3).
    """
    work.write()


@verb
def start_intervention(work: Work) -> None:
    """A support has begun, with or without a decision (SoL 11:5).

    Raises Invalid on a period out of order, or a network of the person's own that is not in her words (rules C5).
    """
    planned = work.values.get("planned_end_on")
    if planned and planned < work.values["started_on"]:
        work.complain("planned_end_on", "Sista dagen ligger före den första", "The last day comes before the first")
    if work.values["intervention"] == "own_network" and not work.values.get("own_words"):
        work.complain("own_words", "Skriv vilka som finns, med personens egna ord", "Write who is there, in her words")
    work.write()
    link(work, "start_intervention", work.event_id)


@verb
def plan_support(work: Work) -> None:
    """A support that is to come: agreed with its giver, proposed or applied for (rules C2.1).

    Raises Invalid when the period is not in order, or an agreement has nobody to keep it.
    """
    until = work.values.get("until_on")
    if until and until < work.values["from_on"]:
        work.complain("until_on", "Sista dagen ligger före den första", "The last day comes before the first")
    if work.values["plan_status"] == "agreed" and not work.values.get("provider_name"):
        work.complain("provider_name", "Skriv vem det är avtalat med", "Write whom it is agreed with")
    work.write()


@verb
def end_intervention(work: Work) -> None:
    """A support has ended: recorded at once, whatever is missing (rules B1.1). Raises Invalid as for a placement."""
    running = {t.id: t for t in work.state.running_interventions}[work.values["running_support"]]
    if work.values["ended_on"] < running.from_on:
        work.complain("ended_on", "Insatsen började efter den dagen", "The support began after that day")
    work.write()


@verb
def answer_day_after(work: Work) -> None:
    """Vad gäller dagen efter? The debt is answered (design, idea 6)."""
    work.write()
