"""Rätta: what stood stays readable, and a new event says what it should have said (SOSFS 2014:5)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from langsikt.access import policy
from langsikt.access.errors import NotFound
from langsikt.access.record import SEALED_FIELDS
from langsikt.actions.identity import PARTS, link
from langsikt.actions.investigation import index
from langsikt.actions.register import verb
from langsikt.actions.work import Work
from langsikt.model.load import METHOD
from langsikt.model.rules import closures_hold
from langsikt.model.state import Happening
from langsikt.records.models import NOUN_OF, Event

# Events that gave or took somebody's sight of the case, or erased it: undone by a new event, not by a correction.
NOT_CORRECTABLE = frozenset(
    {"assign_case", "exclude_staff", "declare_conflict_of_interest", "hand_over_to_team", "give_advice", "correct"}
)
# Events that cannot be said never to have happened: the record rests on them.
HAPPENED = frozenset({"receive_contact", "open_investigation", "reopen_case"}) | frozenset(
    rule.name for rule in METHOD.events.values() if any(effect.ends for effect in rule.effects)
)


def original_of(work: Work) -> Event:
    """The event that is corrected. Raises NotFound for an event of another case or one that cannot be."""
    rows = work.record.rows if work.record else ()
    wanted = work.values.get("corrects")
    for row in rows:
        if row.id == wanted and row.corrects_id is None and row.name not in NOT_CORRECTABLE:
            return row
    raise NotFound


@verb
def correct(work: Work) -> None:
    """Rätta a recorded event: its date, its values, or that it never happened.

    Raises Invalid when an ending would come before its beginning, or when what the record
    rests on is said never to have happened.
    """
    original = original_of(work)
    if work.values.get("never_happened") and original.name in HAPPENED:
        work.complain("never_happened", "Det här kan rättas men inte tas bort", "This can be corrected but not removed")
    _check_order(work)
    _keep_masked(work, original)
    if original.name == "record_person":
        index(work)
    work.write_correction(original, original.name)
    if original.name in PARTS:
        link(work, original.name, original.id)


def _keep_masked(work: Work, original: Event) -> None:
    """What the form does not show, and nobody typed again, stays as it was (rules D1)."""
    if work.record is None:
        return
    latest = max((r for r in work.record.rows if original.id in (r.id, r.corrects_id)), key=lambda r: r.seq)
    noun = work.record.nouns.get(latest.id)
    if noun is None:
        return
    for name in SEALED_FIELDS[type(noun)]:
        if not work.values.get(name) and not policy.shows({work.role}, METHOD.fields[name].klass, name):
            work.values[name] = work.record.text(noun, name)


def _check_order(work: Work) -> None:
    began = {t.id: t.from_on for t in work.state.placements + work.state.interventions}
    thing = work.values.get("placement") or work.values.get("running_support")
    ended = work.values.get("ended_on")
    if isinstance(thing, UUID) and isinstance(ended, date) and thing in began and ended < began[thing]:
        work.complain("ended_on", "Stödet började efter den dagen", "The support began after that day")


def closure_holds(work: Work) -> bool:
    """Whether every closure in the history still respects its hard stop once this correction is read."""
    if work.record is None:
        return True
    original = original_of(work)
    columns = {c.name for c in NOUN_OF[original.name]._meta.concrete_fields}
    facts = {k: v for k, v in work.values.items() if k in columns or k == "never_happened"}
    said = next(h for h in work.record.happenings if h.id == original.id)
    happened_at = work.happened_at() if not work.values.get("never_happened") else said.happened_at
    correction: Happening = replace(
        said, id=work.event_id, seq=work.record.last_seq + 1, corrects=original.id, facts=facts, happened_at=happened_at
    )
    return closures_hold([*work.record.happenings, correction], work.today)
