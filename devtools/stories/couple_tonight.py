"""A couple in an acute night: duty service places them on an oral decision."""

from devtools.people import ALI
from devtools.stories.telling import Moment, Person

# fmt: off
PERSON = Person(
    key="couple_tonight",
    situation="a couple who fled tonight; duty service has placed them and hands over the next working day",
    open_steps=("investigation", "decision", "placement", "follow_up"),
    story=(
        Moment(0, "00:35", ALI, "receive_contact", {
            "happened_at": "now", "contact_source": "police", "called": "Elif", "age_band": "21_plus",
            "contact_line": "Polisen är med paret. Deras familjer godtar inte förhållandet och har hotat båda två.",
            "safe_way": "Ring polisens växel i natt, sedan hennes telefon", "tonight": "unsafe",
            "children_at_home": "no",
        }),
        Moment(0, "00:50", ALI, "open_investigation", {
            "opened_on": "today", "investigation_ground": "application", "acute": "on",
        }),
        Moment(0, "01:00", ALI, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 82", "never": ("text_message", "letter_home"),
            "maybe_watched": "on", "if_someone_else": "Bara hennes partner får svara", "code_word": "Regnbåge",
        }),
        Moment(0, "01:10", ALI, "answer_acute_safety", {
            "happened_at": "now", "tonight": "unsafe", "imminent": "yes", "children_at_home": "no",
            "acute_measures": "De får plats tillsammans i natt. Telefonerna är avstängda. Polisen följer med.",
        }),
        Moment(0, "01:25", ALI, "request_place", {
            "place_kind": "shelter_flat", "from_on": "today", "adaptation": ("couple",), "comes_along": "partner",
        }),
        Moment(0, "01:55", ALI, "start_placement", {
            "place": "place:Druvan", "first_night_on": "today", "decided_by": "oral", "planned_end_on": "in:7",
            "comes_along": "partner",
        }),
        Moment(0, "02:05", ALI, "answer_acute_safety", {
            "happened_at": "now", "tonight": "safe_shelter", "imminent": "no", "children_at_home": "no",
            "acute_measures": "De är framme, tillsammans. Personal finns på plats hela natten.",
        }),
        Moment(0, "02:10", ALI, "write_note", {
            "happened_at": "now",
            "note": "Partnern behöver ett eget ärende. Lämnas över till RVT nästa arbetsdag, "
                    "med riskbedömning och skriftligt beslut.",
            "own_words": "Vi vill bara få vara tillsammans.",
        }),
    ),
)
