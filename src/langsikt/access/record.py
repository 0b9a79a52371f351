"""Reads a case from the tables, and turns its rows into the happenings that the model folds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection

from langsikt.access import vault
from langsikt.access.nouns import Burnt, Said, nouns_of
from langsikt.model.fold import fold
from langsikt.model.parse import STOCKHOLM
from langsikt.model.state import Happening, State
from langsikt.records.classes import klass_of
from langsikt.records.models import NOUNS, Correction, Event, Noun

ROOT = (
    "select c.id, c.reference, c.unit_id, u.name, c.district_id, k.id, k.kek, k.wrapped,"
    " array(select r.relation from langsikt_my_relations() r where r.case_id = c.id), exists"
    " (select 1 from records_case x where x.case_id = c.id),"
    " (select max(e.until_at) from records_emergency e where e.case_id = c.id and e.staff_id = langsikt_actor()"
    " and e.until_at > langsikt_now())"
    " from records_contact c join records_unit u on u.id = c.unit_id"
    " left join records_datakey k on k.scope_id = c.id where c.reference = %s"
)
# Relations are gathered once for the whole list, and no key is read. Which of them are cases is asked once too:
# joined, the policy's list of one's own cases would be gone through again for each of them (its length is unknown).
# A case that is open in an emergency stands in no list.
ROOTS = (
    "with mine as materialized (select case_id, array_agg(relation) as relations"
    " from langsikt_my_relations() where relation <> 'emergency' group by case_id)"
    " select c.id, c.reference, c.unit_id, u.name, c.district_id, null, null, null, mine.relations,"
    " c.id in (select k.case_id from records_case k), null from mine join records_contact c on c.id = mine.case_id"
    " join records_unit u on u.id = c.unit_id order by c.made_at desc"
)


@dataclass(frozen=True)
class Root:
    """A case before its events are read: whose it is, its key, and why the actor may see it."""

    id: UUID
    reference: str
    unit: UUID
    unit_name: str
    district: str
    keyring: vault.DataKeyring | None
    relations: frozenset[str]
    is_case: bool
    open_until: datetime | None = None  # the end of an emergency, while it lasts


@dataclass(frozen=True)
class Record:
    """A case with its events (the rows stay on this floor) and what they come to."""

    root: Root
    rows: tuple[Event, ...]
    happenings: tuple[Happening, ...]
    state: State
    nouns: Mapping[UUID, Noun] = field(default_factory=dict)
    corrections: Mapping[UUID, Correction] = field(default_factory=dict)

    @property
    def last_seq(self) -> int:
        """The number of the latest event."""
        return max((row.seq for row in self.rows), default=0)

    def text(self, noun: Noun, name: str) -> str | None:
        """The opened text of a sealed field; None when there is none or the key is gone."""
        sealed = getattr(noun, name)
        if sealed is None or self.root.keyring is None:
            return None
        return self.root.keyring.open(noun._meta.db_table, cast(UUID, noun.pk), name, sealed)

    def latest(self, *names: str) -> Noun | None:
        """The noun that the latest of these events wrote, read with its correction."""
        kept = [h for h in self.happenings if h.name in names]
        dropped = {h.corrects for h in self.happenings if h.corrects and h.facts.get("never_happened")}
        standing = [h for h in kept if h.id not in dropped]
        if not standing:
            return None
        last = max(standing, key=lambda h: (h.happened_at, h.seq))
        return self.standing(last.id)

    def standing(self, event_id: UUID) -> Noun | None:
        """The noun that an event wrote, as its latest correction says it."""
        return self.nouns.get(_latest_of(self.happenings, event_id))


def _latest_of(happenings: Iterable[Happening], event_id: UUID) -> UUID:
    corrections = [h for h in happenings if h.corrects == event_id]
    return max(corrections, key=lambda h: h.seq).id if corrections else event_id


def read_root(reference: str) -> Root | None:
    """The case with this reference, if the actor set in the transaction may see it: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(ROOT, [reference.replace("\0", "\ufffd")])  # no text of the database holds a NUL
        row = cursor.fetchone()
    return _root(row) if row else None


def read_roots() -> list[Root]:
    """Every case that the actor may see: one statement, no key opened."""
    with connection.cursor() as cursor:
        cursor.execute(ROOTS)
        return [_root(row) for row in cursor.fetchall()]


def _root(row: Any) -> Root:
    case_id, reference, unit, unit_name, district, key_id, kek, wrapped, relations, is_case, until = row
    keyring = vault.unwrap(key_id, case_id, kek, wrapped) if key_id else None
    return Root(case_id, reference, unit, unit_name, district, keyring, frozenset(relations), is_case, until)


def read_record(root: Root, today: date, opened: bool = True) -> Record:
    """The case's events with their nouns: two statements, however many there are."""
    return records_of([root], today, opened)[root.id]


def records_of(roots: Iterable[Root], today: date, opened: bool = False) -> dict[UUID, Record]:
    """The records of several cases: two statements for all of them; sealed columns only if ``opened``."""
    by_id = {root.id: root for root in roots}
    query = Event.objects.filter(case_id__in=list(by_id)).order_by("case_id", "seq")
    query = query.select_related("actor").only(*EVENT_COLUMNS)
    said, burnt = nouns_of(list(by_id), opened)
    rows: dict[UUID, list[Event]] = {case_id: [] for case_id in by_id}
    for row in query:
        rows[row.case_id].append(row)
    return {case_id: _record(by_id[case_id], found, (said, burnt), today) for case_id, found in rows.items()}


def _record(root: Root, rows: list[Event], read: tuple[Said, Burnt], today: date) -> Record:
    said, burnt = read
    names = {row.id: row.name for row in rows}
    nouns: dict[UUID, Noun] = {}
    corrections: dict[UUID, Correction] = {}
    happenings = []
    for row in rows:
        name = names[row.corrects_id] if row.corrects_id else row.name
        for found in said.get(row.id, ()):
            if isinstance(found, Correction):
                corrections[row.id] = found
            else:
                nouns[row.id] = found
        happenings.append(happening_of(row, name, nouns.get(row.id), corrections.get(row.id)))
    state = replace(_with_taker(fold(happenings, today), rows), burnt=burnt)
    return Record(root, tuple(rows), tuple(happenings), state, nouns, corrections)


def _with_taker(state: State, rows: list[Event]) -> State:
    """The state with whoever took the contact as its first worker: nobody has to assign what one has taken (R10)."""
    first = rows[0] if rows else None
    if first is None or first.name != "receive_contact" or first.role != "case_worker":
        return state
    if state.workers and state.workers[0][0] == first.actor_id:
        return state
    taken_on = first.recorded_at.astimezone(STOCKHOLM).date()
    return replace(state, workers=((first.actor_id, taken_on), *state.workers))


def happening_of(row: Event, name: str, noun: Noun | None, correction: Correction | None) -> Happening:
    """The event as the model reads it: facts of class 0–1 only."""
    facts = facts_of(noun) if noun is not None else {}
    if correction is not None and correction.never_happened:
        facts["never_happened"] = True
    happened_at = row.happened_at.astimezone(STOCKHOLM)
    return Happening(row.id, row.seq, name, happened_at, row.recorded_at, facts, row.corrects_id)


def facts_of(noun: Noun) -> dict[str, object]:
    """The plain values of a noun, keyed by field name; sealed ones are not touched."""
    facts: dict[str, object] = {}
    for column in PLAIN_COLUMNS[type(noun)]:
        value = getattr(noun, column.attname)
        if value is not None:
            facts[column.name] = AS_FACTS.get(column.name, _as_it_is)(value)
    return facts


def _as_it_is(value: Any) -> Any:
    return value


def _outcomes(stored: Mapping[str, list[Any]]) -> dict[UUID, tuple[Any, ...]]:
    """Outcome, last day, and what was said of the day after and of a short time; older rows hold the first two."""
    return {
        UUID(k): (outcome, date.fromisoformat(until) if until else None, *rest)
        for k, (outcome, until, *rest) in stored.items()
    }


def _scores(stored: Mapping[str, list[Any]]) -> dict[UUID, tuple[Any, ...]]:
    return {UUID(k): (level, status) for k, (level, status) in stored.items()}


AS_FACTS: dict[str, Callable[[Any], Any]] = {"support_outcomes": _outcomes, "goal_scores": _scores}


def _columns(noun: type[Noun], sealed: bool) -> list[Any]:
    columns = [c for c in noun._meta.concrete_fields if c.name not in ("event", "case", "name_tokens", "number_token")]
    return [c for c in columns if (klass_of(noun, c.name) >= 2) is sealed]


# Named one by one: ``defer`` would weigh each of the tables that point at an event or a member of staff, every time.
EVENT_COLUMNS = (*(c.attname for c in Event._meta.concrete_fields), "actor__short_name")
PLAIN_COLUMNS = {noun: _columns(noun, sealed=False) for noun in NOUNS}
SEALED_FIELDS = {noun: [c.name for c in _columns(noun, sealed=True)] for noun in NOUNS}
