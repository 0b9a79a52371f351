"""The network around a person, whose roles change, and the interpreters that are booked (rules B4.1, B4.4)."""

from langsikt.actions.identity import link
from langsikt.actions.register import verb
from langsikt.actions.work import Work


@verb
def add_network_person(work: Work) -> None:
    """Våldsutövare av båda könen, och personer som växlar mellan positionerna (rapporten, Resultat).

    A staff member with the same number or whole name no longer sees the case, whoever that is.
    """
    work.write()
    link(work, "add_network_person", work.event_id)


@verb
def change_network_role(work: Work) -> None:
    """Somebody in the network is now a risk, a support, both or unknown; what they were is kept."""
    work.write()


@verb
def book_interpreter(work: Work) -> None:
    """Tolk vid behov (FL 13 §): never one that somebody else of the network has had (rules B1.2 c)."""
    work.write()
    link(work, "book_interpreter", work.event_id)
