"""What surrounds a change: the district, the age, the free place, the known whereabouts, valid choices."""

from typing import Any

from langsikt.access.choices import choices
from langsikt.access.functions import ask
from langsikt.access.people import colleagues, marks
from langsikt.access.whereabouts import known_to
from langsikt.actions import correction, identity
from langsikt.actions.responsibility import successor
from langsikt.actions.work import Work
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule, Field
from langsikt.model.state import Around
from langsikt.model.texts import Text
from langsikt.model.whereabouts import LOOKS_LIKE_ONE, whereabouts_in_text

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
    "whereabouts",
)
GONE = Text("Det går inte att välja. Välj något i listan", "That cannot be chosen. Choose something in the list")


def around_of(work: Work, rule: EventRule) -> Around:
    """What the hard stops of ``rule`` (a correction's original too) need to know that is not in the case's history."""
    requires = (*work.rule.requires, *rule.requires)
    return Around(
        today=work.today,
        district=work.root.district,
        age_band=work.record.state.age_band if work.record else None,
        place_free="place_free" not in requires or identity.place_open(work),
        decider_roles=_roles(work, work.values.get("decider")),
        whereabouts_found="no_whereabouts" in requires and whereabouts_in(work),
        workers_left="worker_left" not in work.rule.requires or _somebody_left(work),
        supporter_free="supporter_free" not in requires or identity.supporter_open(work, rule.name),
        interpreter_free="interpreter_free" not in requires or identity.supporter_open(work, rule.name),
        closure_holds="closure_still_holds" not in requires or correction.closure_holds(work),
    )


def _roles(work: Work, staff_id: Any) -> frozenset[str]:
    return frozenset(c.role for c in colleagues(work.today) if c.id == staff_id) if staff_id else frozenset()


def _somebody_left(work: Work) -> bool:
    left = ask("langsikt_worker_left", work.root.id, work.values["excluded"])
    return bool(left) or successor(work) is not None


def whereabouts_in(work: Work) -> bool:
    """Whether a free text of the event holds a known whereabouts of the case (rules B1.2 a, B1.13)."""
    known = known_to(work.record) if work.record else ()
    texts = [value for value in work.values.values() if isinstance(value, str)]
    return any(f.kind != LOOKS_LIKE_ONE for text in texts for f in whereabouts_in_text(text, known))


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
