"""The mother of three starting from zero: home, school, money and language at once."""

from devtools.people import LENA, SARA
from devtools.stories.telling import Moment, Person, Raw, core, goal, granted, who_does


def child(which: str) -> Raw:
    """A child's own decision, written to be read by anyone (rules B1.13)."""
    why = f"{which} behöver bo skyddat tillsammans med sin mamma, som också beviljas skyddat boende."
    more = {"legal_ground": "sol_22_5", "for_child": "on", "with_guardian": "on"}
    return granted("shelter_flat", "in:90", why, LENA, **more)


# fmt: off
PERSON = Person(
    key="starting_from_zero",
    situation="a mother of three who starts from zero with everything",
    open_steps=("placement", "follow_up"),
    story=(
        Moment(150, "09:05", SARA, "receive_contact", {
            "happened_at": "now", "contact_source": "school", "called": "Amal", "age_band": "21_plus",
            "contact_line": "Skolans kurator har talat med henne. Hon vill lämna maken och hans släkt med barnen.",
            "safe_way": "Bara genom kuratorn tills vidare", "tonight": "with_family", "children_at_home": "yes",
            "interpreter": "on",
        }),
        Moment(149, "13:20", SARA, "open_investigation", {
            "opened_on": "today", "investigation_ground": "application",
        }),
        Moment(148, "10:00", SARA, "record_person", {
            "person_name": "Amal Solregn", "called": "Amal", "personal_number": "19861102-2388",
            "children_at_home": "yes",
        }),
        Moment(148, "10:20", SARA, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 31", "hours": "Vardagar 8.30–11",
            "never": ("text_message", "letter_home", "digital_mailbox", "voicemail"),
            "if_someone_else": "Säg att det gäller biblioteket", "caller_name": "Biblioteket",
            "contact_channel": "through_school", "device_control": "shared", "code_word": "Granskott",
            "danger_signal": "Säger att boken är försenad", "fallback_person": "Skolans kurator, på dagtid",
            "interpreter_language": "Arabiska", "interpreter_sex": "woman", "interpreter_elsewhere": "on",
            "interpreter_wish": "På telefon",
        }),
        Moment(147, "13:00", SARA, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "high", "imminent": "no",
            "next_review_on": "in:30", "with_person": "with",
            "scenarios": "Faran ökar när släkten förstår att hon har flyttat med barnen.",
            "measures": "Flytten sker på en dag. Barnens skola är informerad med samtycke.",
        }),
        Moment(146, "10:00", SARA, "assess_needs", {
            "assessed_on": "today", **core("need", "need", "need"), "need-children": "need", "need-economy": "need",
            "need-daily_life": "need", "own_words": "Jag har aldrig haft ett eget bankkort. Jag vill lära mig allt.",
        }),
        Moment(145, "14:30", SARA, "conclude_investigation", {
            "concluded_on": "today", "next_path": "shelter",
            "conclusion": "Mamman och tre barn behöver skydd. Allt behöver byggas från början, i barnens takt.",
        }),
        Moment(145, "15:00", SARA, "issue_decision", granted(
            "shelter_flat", "in:90", "Du har levt med våld och kontroll. Du och barnen behöver bo skyddat.", LENA,
        )),
        Moment(145, "15:10", SARA, "issue_decision", child("Det äldsta barnet")),
        Moment(145, "15:20", SARA, "issue_decision", child("Det mellersta barnet")),
        Moment(145, "15:30", SARA, "issue_decision", child("Det yngsta barnet")),
        Moment(144, "12:10", SARA, "start_placement", {
            "place": "place:Druvan", "first_night_on": "today", "decided_by": "decision", "planned_end_on": "in:90",
            "comes_along": "children", "with_guardian": "on",
        }, label="shelter"),
        Moment(143, "10:15", SARA, "record_whereabouts", {
            "whereabouts_kind": "school", "whereabouts_value": "Påhittade skolan, klass 3 B",
            "whereabouts_source": "self", "from_on": "today",
        }),
        Moment(142, "09:30", SARA, "hand_over_economy", {
            "handed_over_on": "today", "economy_request": "support", "consent": "on", "receiver_name": "Nina B",
            "joint_meeting_on": "in:5",
        }),
        Moment(134, "11:00", SARA, "record_economy_answer", {
            "answered_on": "today", "outcome": "granted", "until_on": "in:90",
        }),
        Moment(115, "13:00", SARA, "follow_up", {
            "held_on": "today", "outcome-@shelter": "extend", "still_needed": "yes", "next_on": "in:45",
            "own_words": "Barnen har börjat skratta igen.", "wellbeing": "3", "family_contact": "none",
        }),
        Moment(110, "10:30", SARA, "record_skills", {
            "skill-cooking": "alone", "skill-washing": "alone", "skill-bills": "wants_to_learn",
            "skill-budget": "wants_to_learn", "skill-post": "with_support", "skill-booking": "wants_to_learn",
            "skill-finding_a_home": "with_support", "skill-studies": "wants_to_learn", "skill-saying_no": "not_now",
            "own_words": "Jag lär mig fort om någon visar mig en gång.",
        }),
        Moment(110, "11:00", SARA, "set_goal", goal("Betala mina räkningar själv", "economy", "under_way", (
            "Någon annan har kortet", "Eget kort och konto", "Betalar med Maria", "Betalar själv", "Sparar lite",
        )), label="bills"),
        Moment(110, "11:10", SARA, "set_goal", goal("Läsa svenska så att jag kan hjälpa barnen", "occupation",
            "not_begun", ("Väntar på en plats", "Har en plats", "Går varje vecka", "Läser läxan med barnen",
            "Talar med läraren själv")), label="swedish"),
        Moment(110, "11:20", SARA, "set_goal", goal("Barnen ska ha egna vänner", "children", "under_way"),
            label="friends"),
        # What a parent puts first.
        Moment(110, "11:25", SARA, "order_goals", {"goal": "@friends", "goal_before": "@bills"}),
        Moment(109, "13:10", SARA, "send_referral", {
            "sent_on": "day:-109", "referral_to": "child_psychiatry", "consent": "on",
            "note": "Det mellersta barnet sover inte. Frågan gäller stöd efter våld.",
        }, label="children"),
        Moment(80, "10:00", SARA, "assess_needs_after", {
            "assessed_on": "today", **core("need", "need", "need"), "need-children": "need",
            "home_after": "transitional", "first_90_days": "housing_guide", "contact_person_wish": "yes",
            "coordinated_plan": "later",
        }),
        Moment(70, "14:00", SARA, "issue_decision", granted(
            "transitional_flat", "day:+87", "Ni behöver ett tryggt boende medan du ordnar skola och ekonomi.", LENA,
        )),
        Moment(65, "09:40", SARA, "start_placement", {
            "place": "place:Granen", "first_night_on": "today", "decided_by": "decision", "planned_end_on": "day:+87",
            "comes_along": "children", "with_guardian": "on",
        }, label="transitional"),
        Moment(65, "15:00", SARA, "end_placement", {
            "placement": "@shelter", "ended_on": "today", "ended_by": "planned", "moved_to": "transitional",
            "tonight": "safe_own", "day_after": "successor",
        }),
        Moment(64, "10:00", SARA, "start_intervention", {
            "intervention": "housing_guide", "started_on": "today", "decided_by": "without",
            "planned_end_on": "day:+80", "provider_name": "Boendelots Maria", "next_meeting_on": "in:7",
        }, label="guide"),
        Moment(63, "09:50", SARA, "name_responsible_unit", who_does("bills", "housing_guide", accepted=True,
            responsible_name="Maria", next_action="Första räkningen tillsammans", next_action_on="in:10")),
        Moment(63, "10:00", SARA, "name_responsible_unit", who_does("children", "children_unit", accepted=True,
            responsible_name="Familjebehandlare Jon", next_action="Möte med skolan", next_action_on="day:+11")),
        # The same man stands in the network of refused_rent.
        Moment(62, "10:10", SARA, "add_network_person", {
            "network_name": "Sagoman Ingenstad", "network_relation": "Före detta svåger", "network_role": "risk",
        }),
        Moment(62, "10:20", SARA, "add_network_person", {
            "network_name": "Faster Ingenstad", "network_relation": "Faster", "network_role": "unknown",
        }, label="aunt"),
        Moment(61, "11:00", SARA, "change_network_role", {
            "network_person": "@aunt", "network_role": "both",
            "note": "Hjälper med barnen, men berättar vidare när hon blir pressad.",
        }),
        Moment(60, "13:30", SARA, "assess_needs_after", {
            "assessed_on": "today", **core("no_need_now", "need", "need"), "need-children": "need",
            "home_after": "transitional", "first_90_days": "housing_guide",
        }),
        Moment(52, "15:10", SARA, "record_referral_answer", {
            "referral": "@children", "answered_on": "today", "referral_outcome": "accepted",
        }),
        Moment(44, "10:20", SARA, "check_in", {
            "wellbeing": "3", "check_in_line": "Hon har öppnat ett eget konto. Barnen var med.",
        }),
        Moment(40, "10:00", SARA, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "medium", "imminent": "no",
            "next_review_on": "day:+50", "with_person": "with",
        }),
        Moment(26, "13:00", SARA, "follow_up", {
            "held_on": "today", "outcome-@transitional": "extend", "outcome-@guide": "extend", "still_needed": "yes",
            "next_on": "day:+9", "own_words": "Jag har betalat min första räkning själv. Nu vill jag läsa svenska.",
            "wellbeing": "4", "tonight": "safe_own", "family_contact": "none", "contact_person_wish": "yes",
            "goal-level-@bills": "0", "goal-level-@swedish": "-2", "goal-level-@friends": "-1",
            "coordinated_plan": "later",
        }),
        Moment(25, "09:20", SARA, "add_milestone", {
            "milestone_kind": "turns_18", "milestone_on": "day:+120", "planned_contact_on": "day:+113",
            "planned_contact_by": "Sara L, om det äldsta barnets eget stöd",
        }),
        Moment(25, "09:30", SARA, "add_milestone", {
            "milestone_kind": "school_break", "milestone_on": "day:+18", "planned_contact_on": "day:+16",
            "planned_contact_by": "Sara L",
        }),
        Moment(20, "09:40", SARA, "plan_support", {
            "intervention": "occupation_support", "plan_status": "agreed", "from_on": "day:+21",
            "until_on": "day:+150", "provider_name": "Jobbtorg",
        }),
        Moment(12, "11:10", SARA, "plan_support", {
            "intervention": "own_lease", "plan_status": "agreed", "from_on": "day:+80", "until_further_notice": "on",
            "provider_name": "En hyresvärd, kontraktet är påskrivet",
        }),
        Moment(5, "10:50", SARA, "check_in", {
            "wellbeing": "4", "check_in_line": "Hon undrar vem som hjälper henne när de flyttar igen.",
            "next_contact_on": "day:+2",
        }),
    ),
)
