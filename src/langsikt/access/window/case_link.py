"""The links of a case to others of the family, as the database gives them to this actor (ADR 0022)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from langsikt.access import policy
from langsikt.access.errors import NotFound
from langsikt.access.sheets import Actor, CaseHeader
from langsikt.access.window.case import Sight, header, look
from langsikt.model.case_link import RELATIONS, seen_from_the_other
from langsikt.model.texts import Text

# The other case is joined, so it is named only where the database gives its row. One statement, with a link or without.
LINKS = (
    "select l.case_id, l.other_id, c.reference, l.relation, l.secret, l.together, l.ended, l.at, l.actor_id,"
    " langsikt_live_together(l.case_id, l.other_id) from records_caselink l"
    " left join records_contact c on c.id = any(array[l.case_id, l.other_id]) and c.id <> %(case)s"
    " where l.case_id = %(case)s or l.other_id = %(case)s order by l.number desc"
)
RELATION_LOOK = "link_cases"


@dataclass(frozen=True)
class LinkSaid:
    """What was said of two cases at one time; ``by`` only for whoever may read both."""

    relation: str
    words: Text
    secret: bool
    together: bool
    ended: bool
    at: datetime
    by: str | None


@dataclass(frozen=True)
class CaseLinkSheet:
    """Another case of the family. ``reference`` is None for whoever may not read it; ``before`` newest first."""

    reference: str | None
    now: LinkSaid
    before: tuple[LinkSaid, ...]
    live_together: bool

    @property
    def broken(self) -> bool:
        """Whether they live in one dwelling although they must not."""
        return self.live_together and not self.now.together and not self.now.ended


@dataclass(frozen=True)
class LinkSheet:
    """The form of a link: the case, and the link that is changed, or None for a new one."""

    header: CaseHeader
    link: CaseLinkSheet | None


def links_of(sight: Sight) -> tuple[CaseLinkSheet, ...]:
    """Every other case that the actor may know of through a link: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(LINKS, {"case": sight.record.root.id})
        rows = cursor.fetchall()
    mine = sight.record.root.id
    pairs: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in rows:
        pairs.setdefault(row[1] if row[0] == mine else row[0], []).append(row)
    return tuple(_sheet(sight, found) for found in pairs.values())


def _sheet(sight: Sight, rows: Iterable[tuple[Any, ...]]) -> CaseLinkSheet:
    newest, *older = rows
    said = [_said(sight, row) for row in (newest, *older)]
    return CaseLinkSheet(newest[2], said[0], tuple(said[1:]), newest[9])


def _said(sight: Sight, row: tuple[Any, ...]) -> LinkSaid:
    case_id, _, reference, relation, secret, together, ended, at, actor_id, _ = row
    seen = relation if case_id == sight.record.root.id else seen_from_the_other(relation)
    by = sight.names.get(actor_id) if reference else None
    return LinkSaid(seen, RELATIONS[seen], secret, together, ended, at, by)


def link_form(actor: Actor, reference: str, other: str | None, now: datetime) -> LinkSheet:
    """The form of a new link, or of the one to ``other``. Raises NotFound: not there, hidden, or not one's own."""

    def show(sight: Sight) -> LinkSheet:
        if not policy.may(sight.relations, RELATION_LOOK):
            raise NotFound
        found = [link for link in links_of(sight) if other and link.reference == other]
        if other and not found:
            raise NotFound
        return LinkSheet(header(sight), found[0] if found else None)

    return look(actor, reference, now, "open_form", show)
