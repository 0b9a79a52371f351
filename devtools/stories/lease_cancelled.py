"""The lease that is cancelled after graduation: closed once, and now she is in touch again."""

from devtools.people import ELIN, PETRA
from devtools.stories.telling import Moment, Person, core, goal, granted

# fmt: off
PERSON = Person(
    key="lease_cancelled",
    situation="the lease is cancelled after graduation, when the case has long been closed",
    open_steps=("contact",),
    story=(
        Moment(430, "10:20", ELIN, "receive_contact", {
            "happened_at": "now", "contact_source": "origo", "called": "Dilan", "age_band": "21_plus",
            "contact_line": "Origo ringer tillsammans med henne. Hon får inte träffa vem hon vill och är rädd hemma.",
            "safe_way": "Via samtalskontakten på Origo", "tonight": "with_family", "children_at_home": "no",
        }),
        Moment(428, "09:10", ELIN, "open_investigation", {
            "opened_on": "today", "investigation_ground": "application",
        }),
        Moment(428, "09:40", ELIN, "record_person", {
            "person_name": "Dilan Dimvåg", "called": "Dilan", "personal_number": "20020312-2387",
        }),
        Moment(425, "13:05", ELIN, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 05", "hours": "Vardagar 12–13, på lunchen",
            "never": ("text_message", "letter_home"), "if_someone_else": "Säg att du ringer om en enkät",
        }),
        Moment(424, "14:00", ELIN, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "high", "imminent": "no",
            "next_review_on": "in:60", "with_person": "with",
            "own_estimate": "Hon tror att en äldre släkting kommer att leta efter henne den första tiden.",
        }),
        Moment(423, "10:15", ELIN, "assess_needs", {
            "assessed_on": "today", **core("need", "manages", "need"),
            "own_words": "Jag vill läsa klart. Det är det jag håller i.",
        }),
        Moment(420, "15:30", ELIN, "conclude_investigation", {
            "concluded_on": "today", "next_path": "shelter", "contact_person_wish": "yes",
            "conclusion": "Behöver skyddat boende nu. Studierna fungerar och ska skyddas. Behöver någon att tala med.",
        }),
        Moment(420, "16:10", ELIN, "issue_decision", granted(
            "shelter_collective", "in:120", "Du har berättat om hot från flera släktingar. Du behöver bo skyddat.",
            PETRA,
        )),
        Moment(419, "11:00", ELIN, "start_placement", {
            "place": "place:Björken", "first_night_on": "today", "decided_by": "decision", "planned_end_on": "in:119",
            "comes_along": "nobody",
        }, label="placement"),
        Moment(380, "13:00", ELIN, "follow_up", {
            "held_on": "today", "outcome-@placement": "extend", "still_needed": "yes", "next_on": "in:45",
            "own_words": "Här kan jag läsa i fred.", "wellbeing": "3", "contact_person_wish": "yes",
        }),
        Moment(378, "10:20", ELIN, "set_goal", goal("Ta min examen", "occupation", "under_way", (
            "Hinner inte läsa", "Läser några dagar i veckan", "Klarar varje prov", "Tar examen", "Hjälper andra",
        )), label="exam"),
        Moment(320, "10:00", ELIN, "assess_needs_after", {
            "assessed_on": "today", **core("need", "manages", "need"), "home_after": "student_flat",
            "first_90_days": "contact_person", "contact_person_wish": "yes", "coordinated_plan": "no",
        }),
        Moment(312, "09:30", ELIN, "issue_decision", granted(
            "contact_person", "in:150", "Du flyttar till eget boende och vill ha någon vid din sida.", PETRA,
        )),
        Moment(300, "14:20", ELIN, "end_placement", {
            "placement": "@placement", "ended_on": "today", "ended_by": "planned", "moved_to": "student_flat",
            "tonight": "safe_own", "day_after": "successor",
        }),
        Moment(300, "14:50", ELIN, "start_intervention", {
            "intervention": "contact_person", "started_on": "today", "decided_by": "decision",
            "planned_end_on": "in:138", "provider_name": "Kontaktperson Britt", "next_meeting_on": "in:7",
        }, label="contact_person"),
        Moment(298, "10:30", ELIN, "assess_needs_after", {
            "assessed_on": "today", **core("no_need_now", "manages", "need"), "home_after": "student_flat",
            "first_90_days": "contact_person",
        }),
        Moment(230, "13:15", ELIN, "follow_up", {
            "held_on": "today", "outcome-@contact_person": "extend", "goal-level-@exam": "0",
            "still_needed": "yes", "next_on": "in:60", "contact_person_wish": "yes",
            "own_words": "Britt ringer varje vecka. Det räcker att höra en röst.",
        }),
        Moment(166, "11:00", ELIN, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "low", "imminent": "no",
            "next_review_on": "in:180", "with_person": "with",
        }),
        Moment(165, "15:00", ELIN, "end_intervention", {
            "running_support": "@contact_person", "ended_on": "today", "ended_by": "planned", "day_after": "manages",
        }),
        Moment(162, "13:00", ELIN, "follow_up", {
            "held_on": "today", "still_needed": "no", "goal-level-@exam": "1", "goal-status-@exam": "reached",
            "own_words": "Jag tar examen snart. Jag tror att jag klarar mig.",
        }),
        Moment(158, "10:45", ELIN, "close_case", {
            "closed_on": "today", "closure_reason": "goal_met", "heard": "heard", "way_back": "given",
            "taper": "not_needed", "calls_agreed": "person_calls",
            "own_words": "Det är skönt att veta att jag får höra av mig.",
        }),
        Moment(2, "09:25", ELIN, "reopen_case", {
            "happened_at": "now", "contact_source": "self", "tonight": "temporary",
            "contact_line": "Kontraktet är uppsagt efter examen. Hon vet inte var hon ska bo efter månadsskiftet.",
        }),
        Moment(2, "09:50", ELIN, "write_note", {
            "happened_at": "now",
            "note": "Kontraktet gällde bara under studietiden. Det fanns ingen plan för dagen efter examen. "
                    "Vi möts på torsdag och går igenom läget.",
            "own_words": "Jag gjorde allt rätt och ändå står jag här.",
        }),
    ),
)
