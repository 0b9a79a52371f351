"""Debts that somebody else took in her name: they stand between her and every home."""

from devtools.people import LENA, OMAR, SARA
from devtools.stories.telling import Moment, Person, core, goal, granted, who_does

# fmt: off
PERSON = Person(
    key="debts_in_her_name",
    situation="others have taken loans in her name, and the follow-up is overdue while her worker is away",
    open_steps=("follow_up",),
    story=(
        Moment(260, "13:40", OMAR, "receive_contact", {
            "happened_at": "now", "contact_source": "association", "called": "Nour", "age_band": "21_plus",
            "contact_line": "Föreningen följer med henne. Hon har lämnat sin man och är hotad av båda släkterna.",
            "safe_way": "Via föreningens stödtelefon", "tonight": "temporary", "children_at_home": "no",
        }),
        Moment(259, "09:00", OMAR, "open_investigation", {
            "opened_on": "today", "investigation_ground": "application",
        }),
        Moment(259, "09:20", LENA, "assign_case", {
            "case_worker": f"staff:{OMAR}", "stand_in": f"staff:{SARA}",
        }),
        Moment(258, "10:00", OMAR, "record_person", {
            "person_name": "Nour Havsbrisk", "called": "Nour", "personal_number": "19900101-2385",
        }),
        Moment(258, "10:10", OMAR, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 37", "hours": "Vardagar 9–16",
            "never": ("letter_home", "digital_mailbox"), "if_someone_else": "Säg fel nummer",
        }),
        Moment(257, "13:00", OMAR, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "high", "imminent": "no",
            "next_review_on": "in:60", "with_person": "with",
        }),
        Moment(256, "10:00", OMAR, "assess_needs", {
            "assessed_on": "today", **core("need", "need", "need"), "need-economy": "need",
            "own_words": "Jag visste inte att det fanns lån. Breven kom aldrig till mig.",
        }),
        Moment(255, "15:00", OMAR, "conclude_investigation", {
            "concluded_on": "today", "next_path": "shelter",
            "conclusion": "Behöver skydd nu. Skulderna behöver redas ut, annars blir inget boende möjligt.",
        }),
        Moment(255, "15:30", OMAR, "issue_decision", granted(
            "shelter_collective", "in:90", "Du är hotad av flera personer och behöver bo skyddat.", LENA,
        )),
        Moment(254, "14:00", OMAR, "start_placement", {
            "place": "place:Björken", "first_night_on": "today", "decided_by": "decision", "planned_end_on": "in:90",
            "comes_along": "nobody",
        }, label="shelter"),
        Moment(240, "09:10", OMAR, "hand_over_economy", {
            "handed_over_on": "today", "economy_request": "debts", "consent": "on", "receiver_name": "Nina B",
        }),
        Moment(226, "11:20", OMAR, "record_economy_answer", {
            "answered_on": "today", "outcome": "partly_granted", "until_on": "in:90",
            "note": "Försörjningsstöd beviljas. Skulderna hänvisas till budget- och skuldrådgivningen.",
        }),
        Moment(220, "10:00", OMAR, "start_intervention", {
            "intervention": "budget_advice", "started_on": "today", "decided_by": "without",
            "provider_name": "Budgetrådgivare Stina", "next_meeting_on": "in:14",
        }, label="advice"),
        Moment(200, "13:00", OMAR, "follow_up", {
            "held_on": "today", "outcome-@shelter": "extend", "outcome-@advice": "extend", "still_needed": "yes",
            "next_on": "in:40", "wellbeing": "2", "own_words": "Nu vet jag i alla fall hur mycket det är.",
        }),
        Moment(199, "10:10", OMAR, "set_goal", goal("Bli skuldfri, ett brev i taget", "economy", "under_way", (
            "Öppnar inga brev", "Har en lista över alla skulder", "Har bestritt det som inte är mitt",
            "Betalar av i en plan", "Inga anmärkningar kvar",
        )), label="debt_free"),
        Moment(198, "13:40", OMAR, "name_responsible_unit", who_does("debts", "economy_unit",
            responsible_name="Nina B", next_action="Bestrida lånen som andra tog", next_action_on="in:30")),
        Moment(190, "09:20", OMAR, "name_responsible_unit", who_does("debts", "citizen_office", accepted=True,
            responsible_name="Budgetrådgivare Stina", next_action="Invända mot de tre kraven", next_action_on="day:+8",
        )),
        Moment(175, "10:30", OMAR, "assess_needs_after", {
            "assessed_on": "today", **core("need", "need", "need"), "need-economy": "need",
            "home_after": "emergency_flat", "first_90_days": "housing_support", "contact_person_wish": "declines",
        }),
        Moment(168, "14:00", OMAR, "issue_decision", granted(
            "emergency_flat", "in:120", "Betalningsanmärkningarna stänger ute dig från bostadsmarknaden.", LENA,
        )),
        Moment(168, "14:20", OMAR, "issue_decision", granted(
            "housing_support", "day:-75", "Du vill ha stöd med räkningar och vardag i det nya hemmet.", LENA,
        )),
        Moment(165, "10:00", OMAR, "start_placement", {
            "place": "place:Eken", "first_night_on": "today", "decided_by": "decision", "planned_end_on": "in:115",
            "comes_along": "nobody",
        }, label="emergency"),
        Moment(165, "13:00", OMAR, "end_placement", {
            "placement": "@shelter", "ended_on": "today", "ended_by": "planned", "moved_to": "transitional",
            "tonight": "safe_own", "day_after": "successor",
        }),
        Moment(163, "09:30", OMAR, "start_intervention", {
            "intervention": "housing_support", "started_on": "today", "decided_by": "decision",
            "planned_end_on": "day:-75", "provider_name": "Boendestödjare Kim", "next_meeting_on": "in:3",
        }, label="first_support"),
        Moment(160, "10:00", OMAR, "assess_needs_after", {
            "assessed_on": "today", **core("need", "need", "need"), "need-economy": "need", "need-daily_life": "need",
            "home_after": "own_lease", "first_90_days": "housing_support",
        }),
        Moment(140, "11:30", OMAR, "send_referral", {
            "sent_on": "day:-140", "referral_to": "housing_queue", "note": "Förtur söks. Skulderna kan stå i vägen.",
        }, label="queue"),
        Moment(118, "13:15", OMAR, "record_referral_answer", {
            "referral": "@queue", "answered_on": "today", "referral_outcome": "refused",
            "note": "Avslag, på grund av skulder till en hyresvärd. Hon har aldrig bott där.",
        }),
        Moment(110, "10:20", OMAR, "check_in", {
            "wellbeing": "2", "check_in_line": "Avslaget tog hårt. Kim går med henne till budgetrådgivningen.",
            "next_contact_on": "in:7",
        }),
        Moment(103, "10:25", OMAR, "check_in", {
            "wellbeing": "3", "check_in_line": "Hon har fått ett kontrakt genom sitt arbete, ett år på prov.",
        }),
        Moment(75, "10:00", OMAR, "end_placement", {
            "placement": "@emergency", "ended_on": "day:-75", "ended_by": "planned", "moved_to": "own_lease",
            "tonight": "safe_own", "day_after": "other_support",
        }),
        Moment(75, "10:20", OMAR, "end_intervention", {
            "running_support": "@first_support", "ended_on": "day:-75", "ended_by": "board",
            "day_after": "other_support", "note": "Beslutet gällde i jourlägenheten. Hon väntas klara sig själv nu.",
        }),
        Moment(73, "13:20", OMAR, "assess_needs_after", {
            "assessed_on": "today", **core("need", "manages", "need"), "need-economy": "need",
            "need-daily_life": "need", "home_after": "own_lease", "first_90_days": "housing_support",
            "own_words": "Kontraktet är på prov. En räkning till i mitt namn och det är borta.",
        }),
        Moment(70, "11:00", OMAR, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "medium", "imminent": "no",
            "next_review_on": "day:+20", "with_person": "with",
        }),
        Moment(54, "15:00", OMAR, "issue_decision", granted(
            "housing_support", "day:-9", "Du behöver stöd med räkningar och post också i din egen bostad.", LENA,
        )),
        Moment(52, "09:30", OMAR, "start_intervention", {
            "intervention": "housing_support", "started_on": "today", "decided_by": "decision",
            "planned_end_on": "day:-9", "provider_name": "Boendestödjare Kim", "next_meeting_on": "in:3",
        }, label="housing_support"),
        Moment(51, "10:05", OMAR, "name_responsible_unit", who_does("bills", "housing_support", accepted=True,
            responsible_name="Kim", next_action="Gå igenom posten varje måndag", next_action_on="in:5")),
        Moment(50, "13:00", OMAR, "follow_up", {
            "held_on": "today", "outcome-@advice": "extend", "outcome-@housing_support": "extend",
            "still_needed": "yes", "next_on": "day:-12", "wellbeing": "3", "goal-level-@debt_free": "-1",
            "contact_person_wish": "declines",
            "own_words": "Första natten i egen lägenhet satt jag uppe och lyssnade på tystnaden.",
        }),
        Moment(9, "14:30", OMAR, "end_intervention", {
            "running_support": "@housing_support", "ended_on": "day:-9", "ended_by": "board",
            "note": "Boendestödet upphörde eftersom hon nu har eget kontrakt.",
        }),
        Moment(5, "09:40", OMAR, "hand_over_economy", {
            "handed_over_on": "today", "economy_request": "rent", "consent": "on", "receiver_name": "Nina B",
        }),
        Moment(4, "11:10", OMAR, "receive_offer", {
            "home_kind": "own_lease", "answer_by_on": "day:+4", "economy_answer_on": "day:+9",
        }),
    ),
)
