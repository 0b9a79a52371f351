"""Details that can reveal where the person is: added, replaced, ended (OSL 21:3; ADR 0018)."""

from langsikt.access.whereabouts import ADDRESS, dwellings_of
from langsikt.actions.register import verb
from langsikt.actions.work import Work
from langsikt.model.whereabouts import whereabouts_in_text


@verb
def record_whereabouts(work: Work) -> None:
    """A new name, a telephone, a school, a workplace; what it replaces no longer holds.

    Raises Invalid for the address of a dwelling that the person lives in: it stands there, once, and nowhere else.
    """
    living = [t.place for t in work.record.state.placements if t.place] if work.record else []
    known = [k for k in dwellings_of(living) if k.kind == ADDRESS]
    if any(f.kind == ADDRESS for f in whereabouts_in_text(work.values["whereabouts_value"], known)):
        work.complain(
            "whereabouts_value",
            "Adressen finns redan hos boendet. Den skrivs bara där",
            "The address stands with the dwelling already. It is written there only",
        )
    work.write()


@verb
def end_whereabouts(work: Work) -> None:
    """A detail no longer holds; it stays in the history, as hidden as before."""
    work.write()
