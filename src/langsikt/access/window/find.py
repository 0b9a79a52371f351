"""The one search that the law allows: a reference, a name or a number, exact, logged, among one's own cases."""

from dataclasses import dataclass
from datetime import datetime

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.record import read_root, read_roots
from langsikt.access.search import name_token, number_token
from langsikt.access.sheets import Actor, CaseRow
from langsikt.access.window.worklist import case_row, listing_of
from langsikt.model.parse import STOCKHOLM
from langsikt.model.texts import Text
from langsikt.records.models import Person


@dataclass(frozen=True)
class Found:
    """What a search came to; ``text`` names what was searched for, never the words typed."""

    rows: list[CaseRow]
    text: Text


def find(actor: Actor, reference: str, name: str, number: str, now: datetime) -> Found:
    """Cases that the actor may see with exactly this reference, name or number.

    Search terms are those of förordning 2001:637 15 §; what was typed is kept as an HMAC only.
    Raises NotFound for somebody who may not search.
    """
    if not policy.may(actor.roles, "search"):
        raise NotFound
    today = now.astimezone(STOCKHOLM).date()
    with acting(actor, now):
        ids = _ids(reference.strip().upper(), name.strip(), number.strip())
        roots = [r for r in read_roots() if r.id in ids and r.relations]
        listing = listing_of(roots, today)
        typed = reference or name or number
        journal.write(actor, "search", "done", now, shown=[r.id for r in roots], typed=typed)
    rows = [case_row(record, listing) for record in listing.records]
    what = Text("referens", "reference") if reference else Text("namn", "name") if name else Text("nummer", "number")
    return Found(rows, Text("Sökning på {what}", "Search by {what}").filled(what=what))


def _ids(reference: str, name: str, number: str) -> set[object]:
    if reference:
        root = read_root(reference)
        return {root.id} if root else set()
    if name:
        return set(Person.objects.filter(name_tokens__contains=[name_token(name)]).values_list("case_id", flat=True))
    if number:
        return set(Person.objects.filter(number_token=number_token(number)).values_list("case_id", flat=True))
    return set()
