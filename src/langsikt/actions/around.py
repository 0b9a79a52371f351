"""What surrounds a change: the district, the age, the free place, the known whereabouts, valid choices."""

import re
from typing import Any

from langsikt.access import vault
from langsikt.access.choices import choices
from langsikt.access.people import colleagues, marks
from langsikt.access.record import Record
from langsikt.actions import correction, identity
from langsikt.actions.responsibility import successor
from langsikt.actions.work import Work
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule, Field
from langsikt.model.state import Around
from langsikt.model.texts import Text
from langsikt.records.models import DataKey, Dwelling

CHOSEN = (
    "choice",
    "intervention",
    "staff",
    "place",
    "decision",
    "placement",
    "support",
    "ended_support",
    "goal",
    "referral",
    "offer",
    "decision_draft",
    "network_person",
)
GONE = Text("Det går inte att välja. Välj något i listan", "That cannot be chosen. Choose something in the list")
LENGTH_OF_A_TELLING_WORD = 4


def around_of(work: Work, rule: EventRule) -> Around:
    """What the hard stops of ``rule`` (a correction's original too) need to know that is not in the case's history."""
    requires = (*work.rule.requires, *rule.requires)
    return Around(
        today=work.today,
        district=work.root.district,
        age_band=work.record.state.age_band if work.record else None,
        place_free="place_free" not in requires or identity.place_open(work),
        decider_roles=_roles(work, work.values.get("decider")),
        whereabouts_found="reasons" in work.values and whereabouts_in(work, work.values["reasons"] or ""),
        workers_left="worker_left" not in work.rule.requires or _somebody_left(work),
        supporter_free="supporter_free" not in requires or identity.supporter_open(work, rule.name),
        interpreter_free="interpreter_free" not in requires or identity.supporter_open(work, rule.name),
        closure_holds="closure_still_holds" not in requires or correction.closure_holds(work),
    )


def _roles(work: Work, staff_id: Any) -> frozenset[str]:
    return frozenset(c.role for c in colleagues(work.today) if c.id == staff_id) if staff_id else frozenset()


def _somebody_left(work: Work) -> bool:
    left = work.ask("langsikt_worker_left", work.root.id, work.values["excluded"])
    return bool(left) or successor(work) is not None


def whereabouts_in(work: Work, text: str) -> bool:
    """Whether a text holds a known whereabouts of the case: an address, a mark, a number (rules B1.13, D2)."""
    plain = _plain(text)
    digits = re.sub(r"\D", "", text)
    for known in _known(work.record) if work.record else []:
        number = re.sub(r"\D", "", known)
        if _plain(known) in plain or (len(number) > LENGTH_OF_A_TELLING_WORD and number in digits):
            return True
    return False


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _known(record: Record) -> list[str]:
    """Telephone, and mark and address of every dwelling the person has been placed in."""
    found = []
    card = record.latest("record_safe_contact")
    if card is not None and (phone := record.text(card, "phone")):
        found.append(phone)
    places = {t.place for t in record.state.placements if t.place}
    if places:
        keys = {
            k.scope_id: vault.unwrap(k.id, k.scope_id, k.kek, k.wrapped)
            for k in DataKey.objects.filter(scope_id__in=places)
        }
        for dwelling in Dwelling.objects.filter(id__in=places):
            found.append(dwelling.mark)
            if dwelling.id in keys:
                found.append(keys[dwelling.id].open("records_dwelling", dwelling.id, "address", dwelling.address))
    return found


def check_choices(work: Work, rule: EventRule) -> dict[str, Text]:
    """Complaints for values that are not among the choices this case offers."""
    fields = [METHOD.fields[n] for n in (*rule.asks, *rule.offers)]
    chosen = [f for f in fields if f.kind in CHOSEN and work.values.get(f.name)]
    if not chosen:
        return {}
    people, dwellings = colleagues(work.today), marks()
    complaints = {}
    for field in chosen:
        offered = {value for value, _ in choices(field, rule, work.record, people, dwellings)} | _stood(work, field)
        if str(work.values[field.name]) not in offered:
            complaints[field.name] = GONE
    return complaints


def _stood(work: Work, field: Field) -> set[str]:
    """What a correction may name beside what is offered now: what this case's record names in the field already."""
    if work.rule.name != "correct" or work.record is None:
        return set()
    return {str(getattr(noun, f"{field.name}_id", "")) for noun in work.record.nouns.values()}
