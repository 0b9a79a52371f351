"""The refused rent: she had to turn down a flat, the room she found is ending, and nobody has her bills."""

from devtools.people import LENA, SARA
from devtools.stories.telling import Moment, Person, core, goal, granted, who_does

# fmt: off
PERSON = Person(
    key="refused_rent",
    situation="economic assistance refuses the rent, so she turns down the flat",
    open_steps=("decision", "follow_up"),
    story=(
        Moment(240, "11:10", SARA, "receive_contact", {
            "happened_at": "now", "contact_source": "self", "called": "Samira", "age_band": "21_plus",
            "contact_line": "Är bortlovad mot sin vilja och har sagt nej. Har blivit slagen.",
            "safe_way": "Telefon på dagtid, inte sms", "tonight": "unsafe", "children_at_home": "no",
        }),
        Moment(239, "09:00", SARA, "open_investigation", {
            "opened_on": "today", "investigation_ground": "application",
        }),
        Moment(239, "09:30", SARA, "record_person", {
            "person_name": "Samira Molnvik", "called": "Samira", "personal_number": "19980617-2384",
        }),
        Moment(239, "09:45", SARA, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 11", "hours": "Vardagar 9–15",
            "never": ("text_message", "digital_mailbox"), "if_someone_else": "Lägg på", "code_word": "Blåklint",
        }),
        Moment(238, "10:00", SARA, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "high", "imminent": "yes",
            "next_review_on": "in:30", "with_person": "with",
            "measures": "Skyddat boende. Polisanmälan är gjord. Nytt abonnemang.",
        }),
        Moment(237, "13:30", SARA, "assess_needs", {
            "assessed_on": "today", **core("need", "need", "need"), "need-economy": "need", "need-safety": "need",
            "own_words": "Jag vill bestämma själv vem jag ska leva med.",
        }),
        Moment(236, "15:00", SARA, "conclude_investigation", {
            "concluded_on": "today", "next_path": "shelter",
            "conclusion": "Akut behov av skydd. På lång sikt behövs bostad, arbete och ett eget nätverk.",
        }),
        Moment(236, "15:40", SARA, "issue_decision", granted(
            "shelter_collective", "in:90", "Du har utsatts för våld och hot. Du behöver bo skyddat.", LENA,
        )),
        Moment(235, "16:00", SARA, "start_placement", {
            "place": "place:Almen", "first_night_on": "today", "decided_by": "decision", "planned_end_on": "in:89",
            "comes_along": "nobody",
        }, label="shelter"),
        Moment(228, "11:20", SARA, "record_whereabouts", {
            "whereabouts_kind": "new_name", "whereabouts_value": "Saga Påhittad", "whereabouts_source": "self",
            "from_on": "today",
        }),
        Moment(210, "09:40", SARA, "record_whereabouts", {
            "whereabouts_kind": "workplace", "whereabouts_value": "Kafé Låtsas, köket", "whereabouts_source": "self",
            "from_on": "today",
        }),
        Moment(200, "13:00", SARA, "follow_up", {
            "held_on": "today", "outcome-@shelter": "extend", "still_needed": "yes", "next_on": "in:40",
            "own_words": "Jag sover om nätterna nu.", "wellbeing": "4",
        }),
        Moment(199, "15:10", SARA, "issue_decision", granted(
            "shelter_collective", "day:-96", "Du är fortsatt hotad och behöver bo skyddat.", LENA,
        )),
        Moment(150, "10:00", SARA, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "medium", "imminent": "no",
            "next_review_on": "in:90", "with_person": "with",
        }),
        Moment(120, "09:20", SARA, "assess_needs_after", {
            "assessed_on": "today", **core("need", "manages", "need"), "home_after": "own_lease",
            "first_90_days": "housing_guide", "contact_person_wish": "no",
            "no_contact_person": "other_support", "coordinated_plan": "no",
            "own_words": "Jag har blivit erbjuden ett kontrakt på ett år.",
        }),
        Moment(119, "10:30", SARA, "receive_offer", {
            "home_kind": "own_lease", "answer_by_on": "day:-104", "economy_answer_on": "day:-105",
        }, label="first_offer"),
        Moment(118, "11:00", SARA, "hand_over_economy", {
            "handed_over_on": "today", "economy_request": "rent", "consent": "on", "receiver_name": "Nina B",
            "joint_meeting_on": "in:6",
        }),
        Moment(105, "14:30", SARA, "record_economy_answer", {
            "answered_on": "today", "outcome": "refused",
            "note": "Avslag på hyran, den bedöms vara för hög. Hon är informerad om hur hon överklagar.",
        }),
        Moment(104, "09:00", SARA, "answer_offer", {
            "offer": "@first_offer", "answered_on": "today", "offer_answer": "rent",
        }),
        Moment(104, "09:15", SARA, "write_note", {
            "happened_at": "now",
            "note": "Hon fick tacka nej till kontraktet. Det gick inte att hitta en annan lösning på hyran i tid.",
            "own_words": "Det var kaos. Jag hade redan sett framför mig hur jag bodde där.",
        }),
        Moment(96, "15:10", SARA, "end_placement", {
            "placement": "@shelter", "ended_on": "day:-96", "ended_by": "planned", "moved_to": "room",
            "tonight": "temporary", "day_after": "other_support",
        }),
        Moment(95, "10:00", SARA, "start_intervention", {
            "intervention": "housing_guide", "started_on": "today", "decided_by": "without",
            "provider_name": "Boendelots Maria", "next_meeting_on": "in:7",
        }, label="guide"),
        Moment(94, "13:30", SARA, "start_intervention", {
            "intervention": "room", "started_on": "day:-95", "decided_by": "without",
            "provider_name": "En privat hyresvärd, tills vidare",
        }, label="room"),
        Moment(93, "09:20", SARA, "set_goal", goal("Ett kontrakt i mitt namn", "housing", "under_way", (
            "Har rum en månad i taget", "Står i bostadskön", "Har ett kontrakt på tid", "Har ett eget kontrakt",
            "Har bott i samma hem i ett år",
        )), label="lease"),
        Moment(92, "10:10", SARA, "name_responsible_unit", who_does("bank", "person")),
        Moment(92, "10:20", SARA, "name_responsible_unit", who_does("occupation", "person")),
        Moment(92, "10:30", SARA, "name_responsible_unit", who_does("housing_search", "housing_guide", accepted=True,
            responsible_name="Maria", next_action="Visningar varje vecka", next_action_on="in:14")),
        # The same man stands in the network of starting_from_zero: the two never get the same dwelling (rules B4.1).
        Moment(91, "09:30", SARA, "add_network_person", {
            "network_name": "Sagoman Ingenstad", "network_relation": "Farbror", "network_role": "risk",
            "note": "Har ringt arbetsplatsen två gånger.",
        }),
        Moment(90, "13:20", SARA, "assess_needs_after", {
            "assessed_on": "today", **core("could_not_accept", "manages", "need"), "home_after": "sublet",
            "first_90_days": "housing_guide",
        }),
        Moment(55, "13:00", SARA, "follow_up", {
            "held_on": "today", "outcome-@guide": "change", "outcome-until-@guide": "in:90",
            "outcome-@room": "extend", "still_needed": "yes", "next_on": "in:35", "wellbeing": "2",
            "goal-level-@lease": "-1",
            "own_words": "Jag söker rum varje dag. Det blir svårt att orka arbetet.",
        }),
        Moment(54, "09:40", SARA, "assess_needs_after", {
            "assessed_on": "today", **core("could_not_accept", "manages", "need"), "home_after": "emergency_flat",
            "first_90_days": "housing_guide", "contact_person_wish": "yes",
        }),
        Moment(40, "10:45", SARA, "send_referral", {
            "sent_on": "day:-40", "referral_to": "housing_queue", "note": "Förtur är sökt, med intyg från oss.",
        }, label="queue"),
        Moment(33, "11:20", SARA, "check_in", {
            "wellbeing": "2", "check_in_line": "Hon har varit på två visningar. Ingen svarar efteråt.",
        }),
        Moment(28, "14:10", SARA, "record_referral_answer", {
            "referral": "@queue", "answered_on": "today", "referral_outcome": "queue",
        }),
        Moment(25, "09:10", SARA, "add_milestone", {
            "milestone_kind": "trial", "milestone_on": "day:+33", "planned_contact_on": "day:+34",
            "planned_contact_by": "Sara L, dagen efter förhandlingen",
        }),
        Moment(20, "11:30", SARA, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "medium", "imminent": "no",
            "next_review_on": "day:+40", "with_person": "with",
        }),
        Moment(19, "13:00", SARA, "follow_up", {
            "held_on": "today", "outcome-@guide": "extend", "outcome-until-@guide": "day:+60",
            "outcome-@room": "extend", "outcome-until-@room": "day:+9", "still_needed": "yes", "wellbeing": "2",
            "next_on": "day:+6", "tonight": "temporary", "contact_person_wish": "association",
            "own_words": "Hyresvärden vill ha tillbaka rummet. Jag behöver veta var jag ska ta vägen.",
        }),
        Moment(6, "10:50", SARA, "renew_decision", {
            "happened_on": "today", "note": "Rummet är uppsagt till månadsskiftet. Ansökan om jourlägenhet är gjord.",
        }),
        Moment(6, "11:00", SARA, "plan_support", {
            "intervention": "emergency_flat", "plan_status": "applied", "from_on": "day:+10",
        }),
        Moment(6, "14:15", SARA, "name_responsible_unit", who_does("economy", "economy_unit",
            responsible_name="Nina B", next_action="Svara om hyran", next_action_on="day:+9")),
        Moment(5, "14:00", SARA, "plan_support", {
            "intervention": "volunteer_contact", "plan_status": "agreed", "from_on": "day:+12",
            "until_further_notice": "on", "provider_name": "En förening",
        }),
    ),
)
