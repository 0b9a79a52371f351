"""Contact with the family resumed, step by step: a silent agreement, and she wants to end the case."""

from devtools.people import LENA, OMAR, SARA
from devtools.stories.telling import Moment, Person, core, goal, granted

# fmt: off
PERSON = Person(
    key="silent_agreement",
    situation="contact with the family is resumed in a silent agreement; she wants to end while her lease runs out",
    open_steps=("follow_up", "closure"),
    story=(
        Moment(420, "10:15", OMAR, "receive_contact", {
            "happened_at": "now", "contact_source": "care", "called": "Yasmin", "age_band": "21_plus",
            "contact_line": "Barnmorskan ringer med henne. Hon lever med en man som släkten inte godkänner.",
            "safe_way": "Telefon på förmiddagen", "tonight": "unsafe", "children_at_home": "no",
        }),
        Moment(419, "09:00", OMAR, "open_investigation", {
            "opened_on": "today", "investigation_ground": "application",
        }),
        Moment(419, "09:15", LENA, "assign_case", {
            "case_worker": f"staff:{OMAR}", "stand_in": f"staff:{SARA}",
        }),
        Moment(418, "10:00", OMAR, "record_person", {
            "person_name": "Yasmin Ljungskymn", "called": "Yasmin", "personal_number": "19950423-2381",
        }),
        Moment(418, "10:20", OMAR, "record_safe_contact", {
            "verified_on": "today", "phone": "070-174 06 42", "hours": "Vardagar 9–11", "never": ("letter_home",),
            "if_someone_else": "Hennes partner får svara, ingen annan",
        }),
        Moment(417, "13:00", OMAR, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "high", "imminent": "no",
            "next_review_on": "in:60", "with_person": "with",
        }),
        Moment(416, "10:00", OMAR, "assess_needs", {
            "assessed_on": "today", **core("need", "manages", "need"), "need-family": "need", "need-safety": "need",
        }),
        Moment(416, "10:40", OMAR, "record_family_contact", {
            "happened_on": "today", "family_contact": "none",
            "person_wants": "Att mamma får veta att jag lever.", "our_view": "Ingen kontakt nu. Frågan hålls öppen.",
        }),
        Moment(415, "15:00", OMAR, "conclude_investigation", {
            "concluded_on": "today", "next_path": "shelter",
            "conclusion": "Behöver bo skyddat. Hon sörjer familjen och vill inte tvingas bryta för alltid.",
        }),
        Moment(415, "15:30", OMAR, "issue_decision", granted(
            "shelter_collective", "in:120", "Du är hotad på grund av ditt val av partner och behöver bo skyddat.",
            LENA,
        )),
        Moment(414, "15:00", OMAR, "start_placement", {
            "place": "place:Almen", "first_night_on": "today", "decided_by": "decision", "planned_end_on": "in:120",
            "comes_along": "nobody",
        }, label="shelter"),
        Moment(370, "13:00", OMAR, "follow_up", {
            "held_on": "today", "outcome-@shelter": "extend", "still_needed": "yes", "next_on": "in:60",
            "own_words": "Jag drömmer om mammas kök.", "wellbeing": "2", "family_contact": "none",
        }),
        Moment(310, "10:00", OMAR, "assess_needs_after", {
            "assessed_on": "today", **core("need", "manages", "need"), "need-family": "need",
            "home_after": "own_lease", "first_90_days": "manages", "contact_person_wish": "no",
            "no_contact_person": "other_support",
        }),
        Moment(295, "14:00", OMAR, "end_placement", {
            "placement": "@shelter", "ended_on": "today", "ended_by": "planned", "moved_to": "own_lease",
            "tonight": "safe_own", "day_after": "other_support",
        }),
        Moment(292, "09:20", OMAR, "start_intervention", {
            "intervention": "support_talks", "started_on": "today", "decided_by": "without",
            "provider_name": "Samtalskontakt Eva", "next_meeting_on": "in:10",
        }, label="talks"),
        Moment(290, "10:00", OMAR, "assess_needs_after", {
            "assessed_on": "today", **core("no_need_now", "manages", "need"), "need-family": "need",
            "home_after": "own_lease", "first_90_days": "manages",
        }),
        Moment(288, "11:00", OMAR, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "medium", "imminent": "no",
            "next_review_on": "in:90", "with_person": "with",
        }),
        Moment(280, "11:15", OMAR, "start_intervention", {
            "intervention": "own_lease", "started_on": "today", "decided_by": "without", "planned_end_on": "day:+40",
            "provider_name": "En hyresvärd, ett kontrakt på tid",
        }, label="home"),
        Moment(279, "09:30", OMAR, "add_milestone", {"milestone_kind": "lease_end", "milestone_on": "day:+40"}),
        Moment(278, "13:20", OMAR, "set_goal", goal("Ett eget hem där jag sover gott", "housing", "under_way", (
            "Sover hos andra", "Har en egen dörr", "Sover i mitt eget hem", "Har inrett", "Bjuder hem någon",
        )), label="home_goal"),
        Moment(250, "10:10", OMAR, "record_family_contact", {
            "happened_on": "today", "family_contact": "occasional", "next_contact_on": "in:10",
            "person_wants": "Att ringa mamma ibland, utan att pappa vet.",
            "our_view": "Går att pröva, med ett avtalat tecken och en plan.",
        }),
        Moment(248, "13:00", OMAR, "write_safety_plan", {
            "happened_on": "today", "next_contact_on": "in:10", "danger_signal": "Hon nämner sin faster",
            "safe_person": "En kollega som vet", "plan_steps": "Åker till kollegan. Ringer polisen, sedan oss.",
            "identity_papers": "Passet ligger hos kollegan", "numbers_given": ("police", "helpline", "us"),
        }),
        Moment(238, "10:40", OMAR, "check_in", {
            "wellbeing": "3", "check_in_line": "Samtalet med mamma gick lugnt. Ingen annan vet.",
        }),
        Moment(237, "11:10", OMAR, "confirm_risk_assessment", {
            "assessed_on": "today", "risk_line": "Bara mamma vet, och hon håller det för sig själv.",
            "next_review_on": "in:60",
        }),
        Moment(200, "13:00", OMAR, "follow_up", {
            "held_on": "today", "outcome-@talks": "extend", "outcome-@home": "extend", "still_needed": "yes",
            "next_on": "in:90", "family_contact": "regular", "goal-level-@home_goal": "0",
            "person_wants": "Att träffa mina föräldrar på mitt sätt.",
            "our_view": "En ökning. Trygghetsplanen skrivs om, risken bedöms på nytt.",
            "own_words": "Mamma ringer nu. Vi säger inget till de andra, och ingen frågar.",
        }),
        Moment(198, "14:00", OMAR, "write_safety_plan", {
            "happened_on": "today", "next_contact_on": "in:12", "danger_signal": "Hon nämner sin faster",
            "safe_person": "En kollega som vet", "numbers_given": ("police", "helpline", "foreign_office", "us"),
            "plan_steps": "Träffas bara ute. Kollegan vet tid och dag. Åker aldrig på resa med släkten.",
            "identity_papers": "Passet ligger hos kollegan",
        }),
        Moment(190, "11:00", OMAR, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "medium", "imminent": "no",
            "next_review_on": "in:90", "with_person": "with",
        }),
        Moment(186, "10:15", OMAR, "check_in", {
            "wellbeing": "4", "check_in_line": "De möttes på ett kafé. Hon var stolt efteråt.",
        }),
        Moment(180, "10:30", OMAR, "write_note", {
            "happened_at": "now",
            "note": "Hon har åter kontakt med sina föräldrar. De vet att hon har partner och barn. "
                    "Övriga släkten känner inte till alla detaljer. Ingen har erbjudit föräldrarna stöd.",
        }),
        Moment(100, "13:00", OMAR, "follow_up", {
            "held_on": "today", "outcome-@talks": "extend", "outcome-@home": "extend", "still_needed": "yes",
            "next_on": "in:80", "family_contact": "regular", "goal-level-@home_goal": "1",
            "own_words": "Det är en tyst överenskommelse. Den håller.", "contact_person_wish": "declines",
        }),
        Moment(18, "11:00", OMAR, "assess_risk", {
            "assessed_on": "today", "risk_method": "patriark", "risk_level": "low", "imminent": "no",
            "next_review_on": "in:180", "with_person": "with",
            "own_estimate": "Hon tror att kontakten med föräldrarna är tryggare än att ingen vet något.",
        }),
        Moment(14, "12:30", OMAR, "follow_up", {
            "held_on": "today", "outcome-@talks": "end", "outcome-until-@talks": "today", "outcome-@home": "extend",
            "still_needed": "no", "goal-status-@home_goal": "reached", "family_contact": "regular",
            "own_words": "Jag har mitt hem, mitt arbete och en mamma som ringer.",
        }),
        Moment(14, "12:45", OMAR, "assess_needs", {
            "assessed_on": "today", **core("no_need_now", "manages", "declines"), "need-family": "manages",
            "need-safety": "no_need_now", "own_words": "Jag vill inte ha en kontaktperson. Jag har mina.",
        }),
        Moment(14, "13:00", OMAR, "end_intervention", {
            "running_support": "@talks", "ended_on": "today", "ended_by": "person", "day_after": "manages",
        }),
        Moment(14, "13:30", OMAR, "decline_support", {
            "happened_on": "today", "pressure_talked_about": "on",
            "own_words": "Jag vill sluta nu. Ingen har bett mig säga det.",
        }),
        Moment(6, "10:10", OMAR, "ask_to_close", {
            "closed_on": "today", "closure_reason": "person_ends", "heard": "heard", "way_back": "given",
            "taper": "stepped", "calls_agreed": "person_calls",
            "own_words": "Om det blir svårt igen ringer jag till dig.",
        }),
    ),
)
