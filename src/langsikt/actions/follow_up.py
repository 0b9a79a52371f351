"""Step 6: extend, change or end, for each support; and the ways back to steps 5 and 3."""

from langsikt.actions.register import verb
from langsikt.actions.work import Work


@verb
def follow_up(work: Work) -> None:
    """Ska insatsen förlängas? Förändras? Avslutas? (step 6). Every running support gets one of the three.

    Raises Invalid when a running support has no answer, or a day lies before its beginning.
    """
    running = {t.id: t for t in work.state.running_placements + work.state.running_interventions}
    outcomes = work.values.get("support_outcomes") or {}
    for thing_id, thing in running.items():
        outcome, until = outcomes.get(thing_id, (None, None))
        if outcome is None:
            work.complain(f"outcome-{thing_id}", "Välj förläng, förändra eller avsluta", "Choose extend, change or end")
        if until and until < thing.from_on:
            work.complain(f"outcome-until-{thing_id}", "Dagen ligger före början", "The day comes before the beginning")
    work.values["support_outcomes"] = {k: v for k, v in outcomes.items() if k in running}
    work.write()


@verb
def reassess_needs(work: Work) -> None:
    """Behoven har ändrats: step 6 leads back to step 5."""
    work.write()
