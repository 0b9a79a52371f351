"""A person rejected by the family for whom they love: a fresh contact that has not ended yet."""

from devtools.people import SARA
from devtools.stories.telling import Moment, Person

# fmt: off
PERSON = Person(
    key="rejected_by_family",
    situation="an LGBTQ person rejected by the family; a contact of today",
    open_steps=("contact",),
    story=(
        Moment(0, "08:35", SARA, "receive_contact", {
            "happened_at": "now", "contact_source": "self", "called": "Robin", "age_band": "21_plus",
            "contact_line": "Får inte komma hem sedan hen berättade vem hen älskar. Undrar vilken hjälp som finns.",
            "safe_way": "Ring, säg bara förnamn", "tonight": "temporary", "children_at_home": "no",
        }),
        Moment(0, "08:50", SARA, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 71", "hours": "När som helst på dagen",
            "never": ("letter_home",), "if_someone_else": "Säg att du ringer tillbaka",
        }),
    ),
)
