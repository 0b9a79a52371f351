"""PTSD and the wait for psychiatry: support without shelter, straight from step 2 to step 5, and a new worker."""

from devtools.people import AMINA, JOHAN, MATS
from devtools.stories.telling import Moment, Person, core, granted, who_does

# fmt: off
PERSON = Person(
    key="waiting_for_psychiatry",
    situation="PTSD and a long wait for psychiatry; never in shelter, and his worker changed without a first meeting",
    open_steps=("follow_up",),
    story=(
        Moment(130, "09:50", AMINA, "receive_contact", {
            "happened_at": "now", "contact_source": "care", "called": "Elias", "age_band": "21_plus",
            "contact_line": "Vårdcentralen ringer med honom. Sover inte. Har levt med våld och tvång hela uppväxten.",
            "safe_way": "Telefon, men inte före tio", "tonight": "safe_own", "children_at_home": "no",
        }),
        Moment(129, "10:00", AMINA, "open_investigation", {
            "opened_on": "today", "investigation_ground": "application",
        }),
        Moment(129, "10:20", MATS, "assign_case", {"case_worker": f"staff:{AMINA}", "first_meeting_on": "in:2"}),
        Moment(128, "10:30", AMINA, "record_person", {
            "person_name": "Elias Tranemyr", "called": "Elias", "personal_number": "20000229-2399",
        }),
        Moment(128, "10:45", AMINA, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 53", "hours": "Efter klockan 10", "never": ("voicemail",),
            "if_someone_else": "Han bor ensam. Lägg på.",
        }),
        Moment(125, "13:00", AMINA, "assess_risk", {
            "assessed_on": "today", "risk_method": "structured", "risk_level": "medium", "imminent": "no",
            "next_review_on": "in:90", "with_person": "with",
            "own_estimate": "Familjen har stött bort honom. Han tror inte att de söker upp honom.",
        }),
        Moment(122, "10:00", AMINA, "assess_needs", {
            "assessed_on": "today", **core("manages", "pause", "need"), "need-health": "need",
            "need-relations": "need", "own_words": "Jag är vaken på nätterna. På dagen orkar jag ingenting.",
        }),
        Moment(116, "14:00", AMINA, "conclude_investigation", {
            "concluded_on": "today", "next_path": "without_shelter", "contact_person_wish": "yes",
            "conclusion": "Eget boende som känns tryggt. Behöver samtal, kontaktperson och vård för PTSD.",
        }),
        Moment(114, "10:00", AMINA, "assess_needs_after", {
            "assessed_on": "today", **core("manages", "pause", "need"), "need-health": "need",
            "home_after": "own_lease", "first_90_days": "contact_person", "contact_person_wish": "yes",
            "coordinated_plan": "later",
        }),
        Moment(112, "09:30", AMINA, "start_intervention", {
            "intervention": "support_talks", "started_on": "today", "decided_by": "without",
            "provider_name": "Samtalskontakt Per", "next_meeting_on": "in:7",
        }, label="talks"),
        Moment(110, "14:30", AMINA, "issue_decision", granted(
            "professional_contact_person", "day:+20", "Du har få att vända dig till och mår mycket dåligt.", MATS,
        )),
        Moment(100, "11:00", AMINA, "start_intervention", {
            "intervention": "professional_contact_person", "started_on": "today", "decided_by": "decision",
            "planned_end_on": "day:+20", "provider_name": "Kontaktperson Robert", "next_meeting_on": "in:5",
        }, label="contact_person"),
        Moment(74, "15:30", AMINA, "send_referral", {
            "sent_on": "day:-74", "referral_to": "psychiatry", "consent": "on",
            "note": "Remissen är skriven med vårdcentralen. En kort text om hur man frågar om våld är bifogad.",
        }),
        Moment(70, "13:00", AMINA, "follow_up", {
            "held_on": "today", "outcome-@talks": "extend", "outcome-@contact_person": "extend",
            "still_needed": "yes", "next_on": "in:42", "own_words": "Det går bättre de dagar Robert kommer.",
            "wellbeing": "2", "tonight": "safe_own", "contact_person_wish": "yes",
            "coordinated_plan": "yes",
        }),
        Moment(48, "15:10", AMINA, "write_note", {
            "happened_at": "now",
            "note": "Vårdkoordinatorn bekräftar att remissen är mottagen. Väntetiden till psykiatrin är sju månader. "
                    "SIP-möte är begärt.",
        }),
        Moment(47, "09:40", AMINA, "name_responsible_unit", who_does("health", "health_care", accepted=True,
            responsible_name="Vårdkoordinatorn", next_action="Kalla till SIP-möte", next_action_on="day:+14")),
        Moment(34, "10:20", AMINA, "assess_risk", {
            "assessed_on": "today", "risk_method": "structured", "risk_level": "medium", "imminent": "no",
            "next_review_on": "day:+45", "with_person": "with",
        }),
        Moment(27, "13:00", AMINA, "follow_up", {
            "held_on": "today", "outcome-@talks": "extend", "outcome-@contact_person": "extend",
            "still_needed": "yes", "next_on": "day:+12", "tonight": "safe_own", "wellbeing": "2",
            "own_words": "Jag väntar. Det är väntan som är värst.",
            "contact_person_wish": "association", "coordinated_plan": "yes", "safe_contact_confirmed": "on",
        }),
        Moment(26, "09:00", AMINA, "assess_needs", {
            "assessed_on": "today", **core("manages", "pause", "need"), "need-health": "need",
            "own_words": "Först sömnen. Sedan skolan.",
        }),
        Moment(26, "09:15", AMINA, "plan_support", {
            "intervention": "volunteer_contact", "plan_status": "agreed", "from_on": "day:+5",
            "until_further_notice": "on", "provider_name": "En volontär, möter honom först tillsammans med Robert",
        }),
        Moment(20, "08:50", MATS, "assign_case", {
            "case_worker": f"staff:{JOHAN}",
            "handover_note": "Ring efter klockan 10. Lova inget om väntan. Kontaktpersonen slutar snart, volontären "
                             "tar vid.",
        }),
        Moment(9, "13:40", JOHAN, "write_note", {
            "happened_at": "now", "note": "Två försök att ringa. Han svarar inte ett nummer som han inte känner.",
        }),
    ),
)
