"""The string of two-week placements: it broke once, and nobody knows what applies after the next date."""

from devtools.people import LENA, SARA
from devtools.stories.telling import Moment, Person, Raw, core, granted, who_does

WHY = "Du har utsatts för våld och hot av flera personer. Du behöver fortsatt bo skyddat."


def two_weeks(first: int) -> Raw:
    """One more decision of fourteen days, from a day so many days from the real today."""
    return granted("shelter_collective", f"day:{first + 13:+}", WHY, LENA, from_on=f"day:{first:+}")


# fmt: off
PERSON = Person(
    key="two_weeks",
    situation="placements of two weeks at a time, extended again and again; once they stopped, and she went home",
    open_steps=("placement", "needs_after", "follow_up"),
    story=(
        Moment(98, "10:05", SARA, "receive_contact", {
            "happened_at": "now", "contact_source": "police", "called": "Ida", "age_band": "21_plus",
            "contact_line": "Polisen ringer. Hon har lämnat hemmet efter misshandel och vågar inte återvända.",
            "tonight": "unsafe", "children_at_home": "yes",
        }),
        Moment(98, "10:30", SARA, "open_investigation", {
            "opened_on": "today", "investigation_ground": "application", "acute": "on",
        }),
        Moment(98, "10:50", SARA, "answer_acute_safety", {
            "happened_at": "now", "tonight": "temporary", "imminent": "yes", "children_at_home": "yes",
            "acute_measures": "Hos en vän tills platsen är klar. Orosanmälan för yngre syskon är gjord.",
        }),
        Moment(96, "13:00", SARA, "issue_decision", two_weeks(-95)),
        Moment(95, "15:45", SARA, "start_placement", {
            "place": "place:Almen", "first_night_on": "day:-95", "decided_by": "decision", "planned_end_on": "day:-82",
            "comes_along": "nobody",
        }, label="first"),
        Moment(93, "09:00", SARA, "record_person", {
            "person_name": "Ida Frostlind", "called": "Ida", "personal_number": "20040905-2388",
        }),
        Moment(93, "09:20", SARA, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 18", "hours": "Förmiddagar",
            "never": ("text_message", "letter_home", "voicemail"), "maybe_watched": "on",
            "if_someone_else": "Lägg på utan att säga något",
        }),
        Moment(92, "14:00", SARA, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "high", "imminent": "yes",
            "next_review_on": "in:30", "with_person": "with",
        }),
        Moment(90, "13:00", SARA, "assess_needs", {
            "assessed_on": "today", **core("need", "need", "need"), "need-safety": "need", "need-health": "need",
            "own_words": "Jag saknar min lillasyster mest av allt.",
        }),
        Moment(82, "15:20", SARA, "issue_decision", two_weeks(-81)),
        Moment(72, "11:00", SARA, "conclude_investigation", {
            "concluded_on": "today", "next_path": "shelter", "contact_person_wish": "yes",
            "conclusion": "Behovet av skydd kvarstår. Långsiktig plan saknas för boende, studier och socialt stöd.",
        }),
        Moment(68, "16:10", SARA, "end_placement", {
            "placement": "@first", "ended_on": "day:-68", "ended_by": "provider", "moved_to": "family",
            "tonight": "with_family", "day_after": "other_support",
            "note": "Besked samma dag att platsen upphör. Hon valde att åka hem när inget annat fanns.",
        }),
        Moment(65, "10:15", SARA, "check_in", {
            "wellbeing": "1", "check_in_line": "Hon kan bara svara ja och nej. Vi väntar in henne som avtalat.",
            "next_contact_on": "in:7",
        }),
        Moment(53, "11:40", SARA, "check_in", {
            "wellbeing": "2", "check_in_line": "Hon ringde själv från en lånad telefon. Hon vill bort igen.",
        }),
        Moment(51, "13:30", SARA, "issue_decision", two_weeks(-50)),
        Moment(50, "16:20", SARA, "start_placement", {
            "place": "place:Björken", "first_night_on": "day:-50", "decided_by": "decision",
            "planned_end_on": "day:-37", "comes_along": "nobody",
        }, label="second"),
        Moment(44, "10:00", SARA, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "high", "imminent": "no",
            "next_review_on": "day:+10", "with_person": "with",
        }),
        Moment(38, "15:40", SARA, "issue_decision", two_weeks(-36)),
        Moment(35, "13:00", SARA, "follow_up", {
            "held_on": "today", "outcome-@second": "extend", "still_needed": "yes", "next_on": "day:+3",
            "wellbeing": "2", "tonight": "safe_shelter", "contact_person_wish": "yes", "safe_contact_confirmed": "on",
            "own_words": "Varannan vecka packar jag i huvudet. Ibland tänker jag att det vore lättare att åka hem.",
        }),
        Moment(24, "15:40", SARA, "issue_decision", two_weeks(-22)),
        Moment(23, "10:20", SARA, "name_responsible_unit", who_does("housing", "team", next_action_on="day:+5",
            responsible_name="Sara L", next_action="Ett längre beslut, eller mellanboendet tidigare")),
        Moment(10, "15:30", SARA, "issue_decision", two_weeks(-8)),
        Moment(8, "09:30", SARA, "write_note", {
            "happened_at": "now",
            "note": "Personalen berättar att hon sover dåligt när slutdatum närmar sig. "
                    "Frågan om ett längre beslut är ställd till enhetschefen.",
        }),
        Moment(6, "11:20", SARA, "plan_support", {
            "intervention": "transitional_housing", "plan_status": "agreed", "from_on": "day:+20",
            "until_on": "day:+200", "provider_name": "Mellanboendet", "meets_needs": ("housing", "daily_life"),
        }),
        Moment(6, "11:30", SARA, "plan_support", {
            "intervention": "contact_person", "plan_status": "applied", "from_on": "day:+20",
        }),
    ),
)
