"""Says the named facts, hard stops and expectations of ``steps.toml`` in words."""

from langsikt.model.texts import Text

STOPS = {
    "decision_complete": Text(
        "beslutet har datum, lagrum, skäl, beslutsfattare och tid",
        "the decision has date, legal ground, reasons, decider and period",
    ),
    "decider_competent": Text(
        "beslutsfattaren har rätt att besluta om insatsen i stadsdelen den dagen",
        "the decider may decide this insats in the district on that day",
    ),
    "no_whereabouts": Text(
        "inget i texten visar var personen bor",
        "nothing in the text shows where the person lives",
    ),
    "child_with_guardian": Text(
        "ett barn får skyddat boende bara med en vuxen vårdnadshavare som också får det",
        "a child is granted shelter only with an adult guardian who is granted it too",
    ),
    "place_free": Text("platsen är ledig", "the place is free"),
    "young_with_decision": Text(
        "den som är under 21 har ett beslut, eller ett muntligt till nästa arbetsdag",
        "whoever is under 21 has a decision, or an oral one until the next working day",
    ),
    "intervention_with_decision": Text(
        "kontaktperson och familjehem har ett beslut, eller ett muntligt till nästa arbetsdag",
        "contact person and family home have a decision, or an oral one until the next working day",
    ),
    "nothing_running": Text(
        "ingen insats, placering eller barnets beslut pågår",
        "no insats, placement or child's decision runs",
    ),
    "needs_after_assessed": Text(
        "behoven efter den sista placeringen är bedömda",
        "the needs after the last placement have been assessed",
    ),
    "worker_left": Text(
        "någon som får se ärendet och är på plats finns kvar",
        "somebody who may see the case and is present remains",
    ),
    "closure_still_holds": Text(
        "ett avslut som redan är gjort håller även efter rättelsen",
        "a closure already made still holds after the correction",
    ),
    "supporter_free": Text("kontaktpersonen kan ta uppdraget", "the contact person can take the assignment"),
    "interpreter_free": Text("tolken kan ta uppdraget", "the interpreter can take the assignment"),
}

FACTS = {
    "lone_minor": Text("ett barn kommer ensamt", "a child comes alone"),
    "acute": Text("det är akut", "it is acute"),
    "shelter_chosen": Text("skyddat boende behövs", "shelter is needed"),
    "without_shelter_chosen": Text("stöd behövs utan skyddat boende", "support is needed without shelter"),
    "no_support_chosen": Text("inget stöd behövs", "no support is needed"),
    "shelter_granted": Text("skyddat boende är beviljat", "shelter is granted"),
    "other_support_granted": Text("en annan insats är beviljad", "another support is granted"),
    "refused": Text("det blir avslag", "it is refused"),
    "no_placement_left": Text("ingen placering pågår längre", "no placement runs any longer"),
    "needs_after_outdated": Text(
        "behoven inte är bedömda efter placeringens slut",
        "the needs have not been assessed since the placement ended",
    ),
    "change_chosen": Text("en insats ska förändras", "a support is to be changed"),
    "not_needed": Text("personen inte behöver stöd längre", "the person no longer needs support"),
}

NEEDS = {
    "decision": Text("det finns ett beslut", "there is a decision"),
    "economy_request": Text("ekonomiskt bistånd har fått en fråga", "economic assistance has been asked"),
    "placement": Text("en placering pågår", "a placement runs"),
    "running_support": Text("en insats pågår", "a support runs"),
    "closure_request": Text("chefen har fått frågan om underskrift", "the manager has been asked to sign"),
    "day_after_debt": Text(
        "ett stöd har upphört utan svar om dagen efter", "a support ended with no answer on the day after"
    ),
    "correctable": Text("något är skrivet i ärendet", "something is written in the case"),
    "full_assessment": Text("en hel riskbedömning är yngre än 180 dagar", "a full assessment is under 180 days old"),
    "decision_draft": Text("det finns ett utkast till beslut", "there is a draft decision"),
    "referral": Text("vi väntar på svar från någon", "we wait for somebody's answer"),
    "offer": Text("ett erbjudande om bostad är obesvarat", "an offer of a home is unanswered"),
    "goal": Text("det finns ett mål", "there is a goal"),
    "several_goals": Text("det finns flera mål", "there are several goals"),
    "missing_person": Text("personen är försvunnen", "the person is missing"),
    "network_person": Text("någon står i nätverket", "somebody stands in the network"),
    "calls_agreed": Text("personen har sagt ja till samtal", "the person has agreed to calls"),
    "whereabouts": Text("en uppgift som kan röja gäller", "a detail that can reveal holds"),
}

EXPECTED = {
    "risk_assessed": Text("hot- och riskbedömning", "assessment of threat and risk"),
    "core_needs_assessed": Text("de tre viktigaste behoven", "the three core needs"),
    "day_after": Text("vad som gäller dagen efter", "what applies the day after"),
    "moved_to": Text("vart personen flyttade", "where the person moved"),
    "next_follow_up": Text("dag för nästa uppföljning", "day of the next follow-up"),
    "own_words_or_not_asked": Text(
        "personens egna ord, eller att det inte gick att fråga",
        "the person's own words, or that the person could not be asked",
    ),
    "contact_person_asked": Text("frågan om kontaktperson", "the question about a contact person"),
    "contact_person_reasoned": Text(
        "varför det inte blir någon kontaktperson, om svaret är nej",
        "why there is no contact person, if the answer is no",
    ),
    "coordinated_plan_asked": Text(
        "frågan om SIP när vården är med", "the question of a joint plan where care is involved"
    ),
    "tonight_known": Text("var personen sover i natt", "where the person sleeps tonight"),
    "call_settled": Text("vem som ringer och när", "who calls and when"),
    "next_contact_when_worried": Text(
        "nästa kontakt, när kontakten med familjen ökar eller någon är orolig",
        "the next contact, when contact with the family grows or somebody is worried",
    ),
    "hand_over": Text(
        "dag för första mötet med den nya handläggaren", "the day of the first meeting with the new worker"
    ),
}

PLACES = {
    "new": Text("innan något finns", "before anything exists"),
    "closed": Text("när ärendet är avslutat", "when the case is closed"),
}

ENDS = {
    "contact": Text("avslutar kontakten", "ends the contact"),
    "case": Text("avslutar ärendet", "ends the case"),
}

BASES = {
    "decision": Text("efter beslut", "after a decision"),
    "either": Text("med eller utan beslut", "with or without a decision"),
    "none": Text("utan beslut", "without a decision"),
    "not_an_intervention": Text("ingen insats", "no insats"),
}

COVERS = {
    "covers": Text("täcker", "covers"),
    "temporary": Text("tillfälligt", "temporary"),
    "neither": Text("varken täcker eller räknas", "neither covers nor counts"),
}

LOOKS = {
    "own_list": Text("sin egen lista", "the own list"),
    "unit_list": Text("enhetens lista", "the unit's list"),
    "search": Text("sökning på exakt referens, namn eller personnummer", "search by exact reference, name or number"),
    "case_overview": Text("ärendets steg, datum och glapp", "steps, dates and gaps of a case"),
    "case_text": Text("ärendets texter", "the texts of a case"),
    "reveal_2": Text("maskade uppgifter, med loggad titt", "masked details, by a logged look"),
    "reveal_3": Text(
        "var och hur personen nås, med loggad titt", "where and how to reach the person, by a logged look"
    ),
    "whereabouts": Text("vilka uppgifter som kan röja, dolda", "which details can reveal, hidden"),
    "case_log": Text("vem som har tittat i ärendet", "who has looked at the case"),
    "place_requests": Text("öppna begäran om plats", "open requests for a place"),
    "dwellings": Text("boenden och lediga platser", "dwellings and free places"),
    "address": Text("ett boendes adress, med loggad titt", "the address of a dwelling, by a logged look"),
    "address_log": Text("vem som har sett ett boendes adress", "who has seen the address of a dwelling"),
    "burn_address": Text("säger att en adress är röjd", "says that an address is burnt"),
    "journal": Text("journalen över ändringar och titt", "the journal of changes and looks"),
    "exclusions": Text("spärrar", "exclusions"),
    "conflicts": Text("jäv att pröva", "conflicts of interest to examine"),
    "staff": Text("personal och roller", "staff and roles"),
    "aggregates": Text("siffror om grupper", "figures about groups"),
    "link_cases": Text("koppla två ärenden som man får läsa", "link two cases that one may read"),
    "open_emergency": Text("nödöppna någon annans ärende", "open somebody else's case in an emergency"),
    "model": Text("modellen", "the model"),
}
