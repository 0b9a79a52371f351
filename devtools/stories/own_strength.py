"""Somebody who found her own strength in a student flat: the case is closed because the goal is met."""

from devtools.people import ELIN, PETRA
from devtools.stories.telling import Moment, Person, core, goal, granted

# fmt: off
PERSON = Person(
    key="own_strength",
    situation="she moved to a student flat and wanted and was able to stand on her own feet",
    open_steps=(),
    story=(
        Moment(455, "11:20", ELIN, "receive_contact", {
            "happened_at": "now", "contact_source": "origo", "called": "Zahra", "age_band": "21_plus",
            "contact_line": "Har fått veta att hon ska giftas bort i sommar. Vill inte och är rädd.",
            "safe_way": "Via Origo", "tonight": "with_family", "children_at_home": "yes",
        }),
        Moment(454, "09:00", ELIN, "open_investigation", {
            "opened_on": "today", "investigation_ground": "application",
        }),
        Moment(454, "09:30", ELIN, "record_person", {
            "person_name": "Zahra Stjärnmo", "called": "Zahra", "personal_number": "20030518-2388",
        }),
        Moment(453, "10:00", ELIN, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 95", "hours": "Torsdagar 14–16",
            "never": ("text_message", "letter_home", "digital_mailbox"),
            "if_someone_else": "Säg att det gäller studierna",
        }),
        Moment(452, "13:00", ELIN, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "high", "imminent": "no",
            "next_review_on": "in:45", "with_person": "with",
        }),
        Moment(451, "10:00", ELIN, "assess_needs", {
            "assessed_on": "today", **core("need", "need", "need"), "need-safety": "need",
            "own_words": "Jag vill plugga till sjuksköterska.",
        }),
        Moment(450, "14:00", ELIN, "conclude_investigation", {
            "concluded_on": "today", "next_path": "shelter",
            "conclusion": "Risk för äktenskap mot hennes vilja. Behöver skyddat boende, studier och ett sammanhang.",
        }),
        Moment(450, "14:40", ELIN, "issue_decision", granted(
            "shelter_collective", "in:180", "Du riskerar att giftas bort mot din vilja och behöver bo skyddat.",
            PETRA,
        )),
        Moment(449, "13:00", ELIN, "start_placement", {
            "place": "place:Almen", "first_night_on": "today", "decided_by": "decision", "planned_end_on": "in:180",
            "comes_along": "nobody",
        }, label="shelter"),
        Moment(395, "13:00", ELIN, "follow_up", {
            "held_on": "today", "outcome-@shelter": "extend", "still_needed": "yes", "next_on": "in:60",
            "own_words": "Varje vecka pratar vi om vad jag är bra på.", "wellbeing": "3",
        }),
        Moment(390, "10:00", ELIN, "record_skills", {
            "skill-cooking": "alone", "skill-cleaning": "alone", "skill-bills": "wants_to_learn",
            "skill-budget": "with_support", "skill-finding_a_home": "with_support", "skill-studies": "alone",
        }),
        Moment(390, "10:20", ELIN, "set_goal", goal("Betala allt själv, i tid", "economy", "under_way", (
            "Öppnar inte breven", "Öppnar breven med någon", "Betalar själv efter en påminnelse", "Betalar själv i tid",
            "Har pengar kvar till en resa",
        )), label="bills"),
        Moment(310, "15:10", ELIN, "issue_decision", granted(
            "shelter_collective", "day:-262", "Du behöver bo skyddat tills du har en egen bostad.", PETRA,
        )),
        Moment(305, "10:00", ELIN, "assess_needs_after", {
            "assessed_on": "today", **core("need", "manages", "need"), "home_after": "student_flat",
            "first_90_days": "association", "contact_person_wish": "no", "no_contact_person": "other_support",
            "own_words": "Jag har kommit in på utbildningen.",
        }),
        Moment(270, "12:00", ELIN, "end_placement", {
            "placement": "@shelter", "ended_on": "day:-270", "ended_by": "planned", "moved_to": "student_flat",
            "tonight": "safe_own", "day_after": "successor",
        }),
        Moment(268, "09:30", ELIN, "start_intervention", {
            "intervention": "volunteer_contact", "started_on": "day:-268", "decided_by": "without",
            "provider_name": "Volontär Lotta, föreningen", "next_meeting_on": "in:7",
        }, label="volunteer"),
        Moment(267, "10:00", ELIN, "assess_needs_after", {
            "assessed_on": "today", **core("no_need_now", "manages", "need"), "home_after": "student_flat",
            "first_90_days": "association",
        }),
        Moment(205, "13:00", ELIN, "follow_up", {
            "held_on": "today", "outcome-@volunteer": "extend", "still_needed": "yes", "next_on": "in:90",
            "own_words": "Jag har fått vänner i klassen.", "wellbeing": "4", "goal-level-@bills": "0",
            "contact_person_wish": "association",
        }),
        Moment(160, "10:40", ELIN, "add_milestone", {
            "milestone_kind": "studies_end", "milestone_on": "day:+150",
        }),
        Moment(140, "11:20", ELIN, "check_in", {
            "wellbeing": "4", "check_in_line": "Ett kort samtal om hyran. Hon hade redan löst det.",
        }),
        Moment(115, "11:00", ELIN, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "low", "imminent": "no",
            "next_review_on": "in:180", "with_person": "with",
        }),
        Moment(113, "13:00", ELIN, "follow_up", {
            "held_on": "today", "outcome-@volunteer": "end", "outcome-until-@volunteer": "in:10",
            "still_needed": "no", "own_words": "Jag vill och kan stå på egna ben.",
            "goal-level-@bills": "1", "goal-status-@bills": "reached", "contact_person_wish": "no",
            "no_contact_person": "other_support",
            "isolation_breaker": "own_network",
        }),
        Moment(103, "14:00", ELIN, "end_intervention", {
            "running_support": "@volunteer", "ended_on": "today", "ended_by": "planned", "day_after": "manages",
        }),
        Moment(100, "10:30", ELIN, "close_case", {
            "closed_on": "today", "closure_reason": "goal_met", "heard": "heard", "way_back": "given",
            "taper": "stepped", "calls_agreed": "phone", "own_words": "Tack för att ni fanns hela vägen.",
        }),
        Moment(45, "14:10", ELIN, "count_question_after_closure", {"happened_on": "today"}),
        Moment(9, "10:30", ELIN, "call_after_closure", {"happened_on": "today", "call_reached": "reached"}),
    ),
)
