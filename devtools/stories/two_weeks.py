"""The string of two-week placements: nobody knows what applies after the next date."""

from devtools.people import LENA, SARA
from devtools.stories.telling import Moment, Person, Raw, core, granted

WHY = "Du har utsatts för våld och hot av flera personer. Du behöver fortsatt bo skyddat."


def two_weeks(until: str) -> Raw:
    """One more decision of two weeks."""
    return granted("shelter_collective", until, WHY, LENA)


# fmt: off
PERSON = Person(
    key="two_weeks",
    situation="placements of two weeks at a time, extended again and again",
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
            "happened_at": "now", "tonight": "unsafe", "imminent": "yes", "children_at_home": "yes",
            "acute_measures": "Skyddat boende i dag. Orosanmälan för yngre syskon är gjord.",
        }),
        Moment(98, "13:00", SARA, "issue_decision", two_weeks("in:14")),
        Moment(98, "15:45", SARA, "start_placement", {
            "place": "place:Almen", "first_night_on": "today", "decided_by": "decision", "planned_end_on": "in:14",
            "comes_along": "nobody",
        }, label="first"),
        Moment(97, "09:00", SARA, "record_person", {
            "person_name": "Ida Frostlind", "called": "Ida", "personal_number": "20040905-2388",
        }),
        Moment(97, "09:20", SARA, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 18", "hours": "Förmiddagar",
            "never": ("text_message", "letter_home", "voicemail"), "maybe_watched": "on",
            "if_someone_else": "Lägg på utan att säga något",
        }),
        Moment(96, "14:00", SARA, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "high", "imminent": "yes",
            "next_review_on": "in:30", "with_person": "with",
        }),
        Moment(92, "13:00", SARA, "assess_needs", {
            "assessed_on": "today", **core("need", "need", "need"), "need-safety": "need", "need-health": "need",
            "own_words": "Jag saknar min lillasyster mest av allt.",
        }),
        Moment(85, "15:20", SARA, "issue_decision", two_weeks("in:14")),
        Moment(85, "15:30", SARA, "extend_placement", {"placement": "@first", "planned_end_on": "in:14"}),
        Moment(71, "15:50", SARA, "issue_decision", two_weeks("in:14")),
        Moment(71, "16:00", SARA, "extend_placement", {"placement": "@first", "planned_end_on": "in:14"}),
        Moment(64, "11:00", SARA, "conclude_investigation", {
            "concluded_on": "today", "next_path": "shelter",
            "conclusion": "Behovet av skydd kvarstår. Långsiktig plan saknas för boende, studier och socialt stöd.",
        }),
        Moment(57, "16:05", SARA, "issue_decision", two_weeks("in:14")),
        Moment(57, "16:15", SARA, "extend_placement", {"placement": "@first", "planned_end_on": "in:14"}),
        Moment(43, "13:10", SARA, "end_placement", {
            "placement": "@first", "ended_on": "today", "ended_by": "provider", "moved_to": "other_shelter",
            "tonight": "safe_shelter", "day_after": "successor",
        }),
        Moment(43, "13:30", SARA, "issue_decision", two_weeks("in:14")),
        Moment(43, "16:20", SARA, "start_placement", {
            "place": "place:Björken", "first_night_on": "today", "decided_by": "decision", "planned_end_on": "in:14",
            "comes_along": "nobody",
        }, label="second"),
        Moment(36, "10:00", SARA, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "high", "imminent": "no",
            "next_review_on": "day:+10", "with_person": "with",
        }),
        Moment(35, "13:00", SARA, "follow_up", {
            "held_on": "today", "outcome-@second": "extend", "outcome-until-@second": "in:6", "still_needed": "yes",
            "next_on": "day:+3",
            "own_words": "Varannan vecka packar jag i huvudet. Ibland tänker jag att det vore lättare att åka hem.",
        }),
        Moment(29, "15:40", SARA, "issue_decision", two_weeks("in:14")),
        Moment(29, "15:50", SARA, "extend_placement", {"placement": "@second", "planned_end_on": "in:14"}),
        Moment(15, "15:30", SARA, "issue_decision", two_weeks("day:+5")),
        Moment(15, "15:45", SARA, "extend_placement", {"placement": "@second", "planned_end_on": "day:+5"}),
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
