"""The young man nobody has a place for: the decision is there, the place is not, and he sleeps at a friend's."""

from devtools.people import AMINA, JOHAN, MATS
from devtools.stories.telling import Moment, Person, core, goal, granted

# fmt: off
PERSON = Person(
    key="no_place_for_him",
    situation="a young man whom no shelter takes in",
    open_steps=("placement", "follow_up"),
    story=(
        Moment(38, "14:10", AMINA, "receive_contact", {
            "happened_at": "now", "contact_source": "origo", "called": "Adam", "age_band": "18_20",
            "contact_line": "Har vägrat bevaka sina systrar. Får inte komma hem och bröderna hotar honom.",
            "safe_way": "Via kuratorn på Origo", "tonight": "temporary", "children_at_home": "yes",
        }),
        Moment(37, "08:40", AMINA, "open_investigation", {
            "opened_on": "today", "investigation_ground": "application",
        }),
        Moment(37, "09:00", AMINA, "answer_acute_safety", {
            "happened_at": "now", "tonight": "temporary", "imminent": "no", "children_at_home": "yes",
            "acute_measures": "Han har någonstans att sova till helgen. Orosanmälan för systrarna är gjord.",
        }),
        Moment(37, "09:30", AMINA, "record_person", {
            "person_name": "Adam Gransvale", "called": "Adam", "personal_number": "20070321-2399",
        }),
        Moment(36, "10:10", AMINA, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 23", "hours": "Efter klockan 16",
            "never": ("letter_home", "digital_mailbox"), "if_someone_else": "Fråga efter fotbollsträningen",
        }),
        Moment(35, "10:20", AMINA, "exclude_staff", {
            "excluded": f"staff:{JOHAN}", "exclusion_ground": "person_asks",
        }),
        Moment(34, "13:00", AMINA, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "medium", "imminent": "no",
            "next_review_on": "in:45", "with_person": "with",
            "own_estimate": "Han är mest orolig för att bröderna ska ta med sig kusiner.",
        }),
        Moment(33, "14:00", AMINA, "assess_needs", {
            "assessed_on": "today", **core("need", "need", "need"), "need-daily_life": "need", "need-economy": "need",
            "own_words": "Hemma var det mina systrar som lagade maten. Jag kan nästan ingenting.",
        }),
        Moment(32, "14:20", AMINA, "record_skills", {
            "skill-cooking": "wants_to_learn", "skill-washing": "wants_to_learn", "skill-cleaning": "with_support",
            "skill-bills": "with_support", "skill-travelling": "alone", "skill-saying_no": "alone",
            "skill-finding_a_home": "not_now",
        }),
        Moment(32, "14:40", AMINA, "set_goal", goal("Kunna laga tre rätter", "daily_life", "not_begun", (
            "Äter ute eller inte alls", "Kokar pasta", "Lagar en rätt själv", "Lagar tre rätter", "Bjuder en vän",
        ))),
        Moment(32, "14:50", AMINA, "set_goal", goal("Läsa klart gymnasiet, när jag har någonstans att bo", "occupation",
            "paused")),
        Moment(30, "15:00", AMINA, "conclude_investigation", {
            "concluded_on": "today", "next_path": "shelter", "contact_person_wish": "yes",
            "conclusion": "Han är själv utsatt och behöver skydd, också när han har förväntats kontrollera andra.",
        }),
        Moment(30, "15:40", AMINA, "issue_decision", granted(
            "shelter_flat", "in:120", "Du har blivit hotad och utestängd av familjen. Du behöver bo skyddat.", MATS,
        )),
        Moment(30, "16:00", AMINA, "request_place", {
            "place_kind": "shelter_flat", "from_on": "today", "adaptation": ("man",), "comes_along": "nobody",
        }),
        Moment(26, "09:30", AMINA, "hand_over_economy", {
            "handed_over_on": "today", "economy_request": "support", "consent": "on", "receiver_name": "Henrik T",
        }),
        Moment(21, "10:45", AMINA, "write_note", {
            "happened_at": "now",
            "note": "Tre boenden har svarat att de inte tar emot män. Det fjärde har plats tidigast om en månad.",
            "own_words": "Jag förstår att det finns de som har det värre. Men var ska jag ta vägen?",
        }),
        Moment(10, "11:15", AMINA, "request_place", {
            "place_kind": "emergency_flat", "from_on": "today", "adaptation": ("man",), "comes_along": "nobody",
        }),
        Moment(5, "16:10", AMINA, "start_intervention", {
            "intervention": "friend", "started_on": "today", "decided_by": "without",
            "provider_name": "En vän utanför släkten",
        }),
        Moment(4, "16:20", AMINA, "answer_acute_safety", {
            "happened_at": "now", "tonight": "temporary", "imminent": "no",
            "acute_measures": "Sover hos en vän utanför släkten. Vi talas vid på måndag.",
        }),
        Moment(3, "09:50", AMINA, "draft_decision", {
            "intervention": "emergency_flat", "outcome": "granted", "legal_ground": "sol_11_1", "from_on": "day:+3",
            "until_on": "day:+93",
            "reasons": "Du har ingenstans att bo medan du väntar på en plats i skyddat boende.",
        }),
    ),
)
