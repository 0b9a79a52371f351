"""One thing due: its shape, its place in the visible order, and what a support is called in a list."""

from dataclasses import dataclass
from datetime import date

from langsikt.model.load import METHOD
from langsikt.model.state import Thing
from langsikt.model.texts import Text

# The visible order of Min dag: the first rule that fits decides.
ORDER = {
    "burnt": 0,
    "missing": 0,
    "unsafe_tonight": 0,
    "call": 0,
    "day_after": 1,
    "safety_plan": 1,
    "hand_over": 2,
    "outside_note": 2,
    "end_contact": 2,
    "acute_safety": 2,
    "gap": 3,
    "offer": 4,
    "ends": 4,
    "needs_after": 5,
    "follow_up": 6,
    "next_contact": 6,
    "assess_risk": 7,
    "sent_back": 4,
    "sign": 7,
    "sign_decision": 7,
    "needs": 8,
    "conclude": 8,
    "first_90_days": 8,
    "unsure_home": 8,
    "milestone": 8,
    "coordinated_plan": 8,
    "contact_person": 8,
    "safe_contact": 9,
    "after_closure": 9,
    "waiting": 10,
}


@dataclass(frozen=True)
class Due:
    """One thing due: what to do, why, by when, and the event that settles it.

    ``waits`` says that somebody else has the next move; ``for_role`` who it is for.
    """

    kind: str
    verb: Text
    why: Text
    due_on: date | None
    event: str | None
    waits: bool = False
    for_role: str = "case_worker"

    @property
    def rank(self) -> int:
        """Its place in the visible order."""
        return ORDER[self.kind]


def name_of(thing: Thing) -> Text:
    """What a support is called."""
    return METHOD.interventions[thing.kind].name


def listed_name(thing: Thing) -> Text:
    """What a support is called in a list; a row never tells of health (rules B4.9)."""
    insats = METHOD.interventions[thing.kind]
    return Text("En insats", "A support") if "health" in insats.meets else insats.name
