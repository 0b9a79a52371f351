"""*Uppgifter som kan röja var personen är*: masked rows, one shown for a while, and what a text gives away."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from langsikt.access import policy
from langsikt.access.errors import Invalid, NotFound
from langsikt.access.history import option_text
from langsikt.access.look import acting
from langsikt.access.people import short_names
from langsikt.access.record import read_record, read_root
from langsikt.access.sheets import Actor, CaseHeader, Masked, Possible
from langsikt.access.whereabouts import known_to
from langsikt.access.window.case import Sight, header, look, possible
from langsikt.access.window.reveal import LASTS
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.parse import STOCKHOLM
from langsikt.model.state import Whereabouts
from langsikt.model.texts import Text
from langsikt.model.whereabouts import Found, Known, whereabouts_in_text
from langsikt.records.models import JournalEntry
from langsikt.records.models import Whereabouts as Row

LOOK, SHOWED = "whereabouts", "reveal_whereabouts"
MOST_LOOKS = 50
WAYS = ("record_whereabouts", "end_whereabouts")
CHOOSE = Text("Välj ett skäl först", "Choose a reason first")


@dataclass(frozen=True)
class Seen:
    """One time that somebody was shown a value: who, in which role, when and why."""

    who: str
    role: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class WhereaboutsRow:
    """One detail: what kind, since when, from whom, its masked value, and who has seen it."""

    id: UUID
    kind: Text
    source: Text | None
    from_on: date
    until_on: date | None
    ended_on: date | None
    value: str | Masked | None
    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class WhereaboutsSheet:
    """The page: what holds, what no longer does, and the ways to change it."""

    header: CaseHeader
    rows: tuple[WhereaboutsRow, ...]
    ended: tuple[WhereaboutsRow, ...]
    ways: Mapping[str, Possible]
    until: datetime | None = None


def whereabouts(actor: Actor, reference: str, now: datetime) -> WhereaboutsSheet:
    """The details by kind and day, every value masked. Raises NotFound."""
    return look(actor, reference, now, "look_whereabouts", _sheet, LOOK)


def reveal(actor: Actor, reference: str, row_id: UUID, reason: str, now: datetime) -> WhereaboutsSheet:
    """The page with one value shown for five minutes. Raises NotFound, or Invalid where no reason is chosen."""

    def show(sight: Sight) -> WhereaboutsSheet:
        if reason not in {o.value for o in METHOD.fields["reason"].options}:
            raise Invalid({"reason": CHOOSE})
        noun = sight.record.standing(row_id)
        if not isinstance(noun, Row):
            raise NotFound
        sight.reason, sight.klass, sight.shown = reason, 3, (row_id,)
        return replace(_sheet(sight), until=now + LASTS[3])

    return look(actor, reference, now, SHOWED, show, "reveal_3")


def _sheet(sight: Sight) -> WhereaboutsSheet:
    """The page; values are masked but those that the sight says are shown."""
    seen = _seen(sight)
    rows = [_row(sight, thing, seen.get(thing.id, ())) for thing in sight.state.whereabouts]
    rows.sort(key=lambda r: (r.kind.sv, r.from_on))
    ways = {p.event: p for p in possible(sight) if p.event in WAYS}
    current = tuple(r for r in rows if r.ended_on is None)
    return WhereaboutsSheet(header(sight), current, tuple(r for r in rows if r.ended_on), ways)


def _row(sight: Sight, thing: Whereabouts, seen: tuple[Seen, ...]) -> WhereaboutsRow:
    noun = sight.record.standing(thing.id)
    told = noun.whereabouts_source if isinstance(noun, Row) else None
    source = option_text(METHOD.fields["whereabouts_source"], told) if told else None
    kind = option_text(METHOD.fields["whereabouts_kind"], thing.kind)
    value: str | Masked | None = Masked("whereabouts_value", 3)
    if noun is not None and thing.id in (sight.shown or ()):
        value = sight.record.text(noun, "whereabouts_value")
    return WhereaboutsRow(thing.id, kind, source, thing.from_on, thing.until_on, thing.ended_on, value, seen)


def _seen(sight: Sight) -> dict[UUID, tuple[Seen, ...]]:
    """Who has been shown which value, newest first; for those who may read the log of the case."""
    if not policy.may(sight.relations, "case_log"):
        return {}
    looks = JournalEntry.objects.filter(case_id=sight.record.root.id, action=SHOWED, result="done")
    rows = list(looks.order_by("-at")[:MOST_LOOKS])
    names = short_names(r.actor for r in rows)
    found: dict[UUID, tuple[Seen, ...]] = {}
    for row in rows:
        said = Seen(names.get(row.actor, "") if row.actor else "", row.role, row.at, row.reason)
        for shown in row.shown or ():
            found[shown] = (*found.get(shown, ()), said)
    return found


def marked(
    actor: Actor, reference: str | None, texts: Mapping[str, str], now: datetime
) -> dict[str, tuple[Found, ...]]:
    """Where each text says where the person is, by its key; nothing of it is stored (rules D2).

    What the case knows itself is compared for those only who may be shown it: to others the answer would be a way
    to guess. A case that the actor may not see gives the same as none.
    """
    written = {key: text for key, text in texts.items() if text.strip()}
    if not written:
        return {}
    with acting(actor, now):
        root = read_root(reference) if reference else None
        known: tuple[Known, ...] = ()
        if root is not None and policy.may(root.relations, "reveal_3"):
            known = known_to(read_record(root, now.astimezone(STOCKHOLM).date()))
    found = {key: whereabouts_in_text(text, known) for key, text in written.items()}
    return {key: hits for key, hits in found.items() if hits}


def free_texts(*rules: EventRule) -> tuple[str, ...]:
    """The fields of a form that people write freely in; those made for whereabouts are not among them."""
    names = dict.fromkeys(name for rule in rules for name in (*rule.asks, *rule.offers))
    return tuple(n for n in names if METHOD.fields[n].kind in ("line", "text") and METHOD.fields[n].klass == 2)
