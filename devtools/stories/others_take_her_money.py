"""A young woman with an intellectual disability whose money others take: step 2, risk not yet assessed."""

from devtools.people import DAVID, ELIN, PETRA
from devtools.stories.telling import Moment, Person, core

# fmt: off
PERSON = Person(
    key="others_take_her_money",
    situation="a young woman with an intellectual disability whose money others take",
    open_steps=("investigation",),
    story=(
        Moment(13, "10:30", DAVID, "receive_contact", {
            "happened_at": "now", "contact_source": "other_unit", "called": "Maja", "age_band": "18_20",
            "contact_line": "Hon berättar att andra tar ut hennes pengar och bestämmer vem hon ska gifta sig med.",
            "safe_way": "Genom hennes stödperson på dagarna", "do_not_contact": "on", "tonight": "with_family",
            "children_at_home": "unknown",
        }),
        Moment(12, "09:00", DAVID, "open_investigation", {
            "opened_on": "today", "investigation_ground": "own_knowledge",
        }),
        Moment(12, "09:30", DAVID, "answer_acute_safety", {
            "happened_at": "now", "tonight": "with_family", "imminent": "no", "children_at_home": "unknown",
            "acute_measures": "Hon vill sova hemma i natt och har fått veta hur hon når oss.",
        }),
        Moment(12, "11:20", PETRA, "assign_case", {
            "case_worker": f"staff:{DAVID}", "stand_in": f"staff:{ELIN}", "first_meeting_on": "today",
        }),
        Moment(11, "13:15", DAVID, "record_person", {
            "person_name": "Maja Rönnglans", "called": "Maja", "personal_number": "20061204-2382",
            "representative": "God man som är släkting", "representative_is_risk": "on",
        }),
        Moment(11, "13:30", DAVID, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 64", "hours": "Vardagar 10–14, när stödpersonen är med",
            "never": ("text_message", "letter_home", "voicemail"), "maybe_watched": "on",
            "if_someone_else": "Säg att du söker stödpersonen",
        }),
        Moment(7, "10:00", DAVID, "assess_needs", {
            "assessed_on": "today", **core("need", "not_assessed", "need"), "need-economy": "need",
            "need-relations": "need", "own_words": "Det är mina pengar. Jag vill köpa egna saker.",
        }),
        Moment(5, "14:00", DAVID, "write_note", {
            "happened_at": "now",
            "note": "Vi pratade med bildstöd. Hon förstår vad vi kan hjälpa till med och vill ha ett nytt bankkort. "
                    "Frågan om byte av god man ska tas upp med överförmyndaren.",
            "own_words": "Jag vill att du pratar med mig, inte med dem.",
        }),
        Moment(4, "10:40", DAVID, "record_family_contact", {
            "happened_on": "today", "family_contact": "regular", "next_contact_on": "day:+6",
            "person_wants": "Att bo hemma tills jag har något eget.",
            "our_view": "Hon kan höra av sig genom stödpersonen. Vi väntar in henne.",
        }),
        Moment(4, "10:55", DAVID, "add_milestone", {
            "milestone_kind": "holiday", "milestone_on": "day:+19", "planned_contact_on": "day:+17",
            "planned_contact_by": "Stödpersonen, inte vi",
        }),
        Moment(4, "16:20", DAVID, "answer_acute_safety", {
            "happened_at": "now", "tonight": "unsafe", "imminent": "no", "children_at_home": "unknown",
            "acute_measures": "Stödpersonen säger att det har varit bråk om pengarna. Vi väntar in henne i morgon.",
        }),
    ),
)
