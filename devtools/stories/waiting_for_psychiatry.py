"""PTSD and the wait for psychiatry: support without shelter, straight from step 2 to step 5."""

from devtools.people import JOHAN, MATS
from devtools.stories.telling import Moment, Person, core, granted

# fmt: off
PERSON = Person(
    key="waiting_for_psychiatry",
    situation="PTSD and a long wait for psychiatry; never in shelter",
    open_steps=("follow_up",),
    story=(
        Moment(130, "09:50", JOHAN, "receive_contact", {
            "happened_at": "now", "contact_source": "care", "called": "Elias", "age_band": "21_plus",
            "contact_line": "Vårdcentralen ringer med honom. Sover inte. Har levt med våld och tvång hela uppväxten.",
            "safe_way": "Telefon, men inte före tio", "tonight": "safe_own", "children_at_home": "no",
        }),
        Moment(129, "10:00", JOHAN, "open_investigation", {
            "opened_on": "today", "investigation_ground": "application",
        }),
        Moment(128, "10:30", JOHAN, "record_person", {
            "person_name": "Elias Tranemyr", "called": "Elias", "personal_number": "20000229-2399",
        }),
        Moment(128, "10:45", JOHAN, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 53", "hours": "Efter klockan 10", "never": ("voicemail",),
            "if_someone_else": "Han bor ensam. Lägg på.",
        }),
        Moment(125, "13:00", JOHAN, "assess_risk", {
            "assessed_on": "today", "risk_method": "structured", "risk_level": "medium", "imminent": "no",
            "next_review_on": "in:90", "with_person": "with",
            "own_estimate": "Familjen har stött bort honom. Han tror inte att de söker upp honom.",
        }),
        Moment(122, "10:00", JOHAN, "assess_needs", {
            "assessed_on": "today", **core("manages", "pause", "need"), "need-health": "need",
            "need-relations": "need", "own_words": "Jag är vaken på nätterna. På dagen orkar jag ingenting.",
        }),
        Moment(116, "14:00", JOHAN, "conclude_investigation", {
            "concluded_on": "today", "next_path": "without_shelter", "contact_person_wish": "yes",
            "conclusion": "Eget boende som känns tryggt. Behöver samtal, kontaktperson och vård för PTSD.",
        }),
        Moment(114, "10:00", JOHAN, "assess_needs_after", {
            "assessed_on": "today", **core("no_need_now", "pause", "need"), "need-health": "need",
            "home_after": "own_lease", "first_90_days": "contact_person", "contact_person_wish": "yes",
            "coordinated_plan": "yes",
        }),
        Moment(112, "09:30", JOHAN, "start_intervention", {
            "intervention": "support_talks", "started_on": "today", "decided_by": "without",
            "provider_name": "Samtalskontakt Per", "next_meeting_on": "in:7",
        }, label="talks"),
        Moment(110, "14:30", JOHAN, "issue_decision", granted(
            "professional_contact_person", "in:365", "Du har få att vända dig till och mår mycket dåligt.", MATS,
        )),
        Moment(100, "11:00", JOHAN, "start_intervention", {
            "intervention": "professional_contact_person", "started_on": "today", "decided_by": "decision",
            "planned_end_on": "in:355", "provider_name": "Kontaktperson Robert", "next_meeting_on": "in:5",
        }, label="contact_person"),
        Moment(70, "13:00", JOHAN, "follow_up", {
            "held_on": "today", "outcome-@talks": "extend", "outcome-@contact_person": "extend",
            "still_needed": "yes", "next_on": "in:42", "own_words": "Det går bättre de dagar Robert kommer.",
        }),
        Moment(48, "15:10", JOHAN, "write_note", {
            "happened_at": "now",
            "note": "Vårdkoordinatorn bekräftar att remissen är mottagen. Väntetiden till psykiatrin är sju månader. "
                    "SIP-möte är begärt.",
        }),
        Moment(34, "10:20", JOHAN, "assess_risk", {
            "assessed_on": "today", "risk_method": "structured", "risk_level": "medium", "imminent": "no",
            "next_review_on": "day:+45", "with_person": "with",
        }),
        Moment(27, "13:00", JOHAN, "follow_up", {
            "held_on": "today", "outcome-@talks": "extend", "outcome-@contact_person": "extend",
            "still_needed": "yes", "next_on": "day:+12", "tonight": "safe_own",
            "own_words": "Jag väntar. Det är väntan som är värst.",
        }),
    ),
)
