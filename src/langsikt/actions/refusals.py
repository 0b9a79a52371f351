"""The words of a no: what stopped it, and what to do."""

from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.texts import Text

BY_STEP = Text(
    "Det går inte i det steg där ärendet är nu. Öppna ärendet och se vilka steg som pågår.",
    "This does not belong to the step where the case is now. Open the case and see which steps are open.",
)

# Per hard stop (rules B1.2): what to say, and the field where it is mended.
STOPS: dict[str, tuple[Text, str | None]] = {
    "decision_complete": (
        Text(
            "Beslutet kan inte utfärdas än. Skriv till och med-datum eller välj tills vidare",
            "The decision cannot be issued yet. Write an end date or choose until further notice",
        ),
        "until_on",
    ),
    "decider_competent": (
        Text(
            "Den personen får inte besluta om den här insatsen här. Välj någon som har delegation",
            "That person may not decide this support here. Choose somebody who has the delegation",
        ),
        "decider",
    ),
    "no_whereabouts": (
        Text(
            "Texten säger var personen är. Ta bort adressen, numret eller boendets märke",
            "The text says where the person is. Remove the address, the number or the mark of the dwelling",
        ),
        "reasons",
    ),
    "child_with_guardian": (
        Text(
            "Ett barn kan bara få skyddat boende tillsammans med en vuxen vårdnadshavare som också får det",
            "A child can be granted shelter only together with an adult guardian who is granted it too",
        ),
        "with_guardian",
    ),
    "place_free": (
        Text(
            "Platsen kan inte användas nu. Fråga boendesamordnaren",
            "The place cannot be used now. Ask the housing coordinator",
        ),
        "place",
    ),
    "supporter_free": (
        Text(
            "Den personen kan inte ta uppdraget nu. Välj någon annan, eller fråga boendesamordnaren",
            "That person cannot take the assignment now. Choose somebody else, or ask the housing coordinator",
        ),
        "supporter_name",
    ),
    "interpreter_free": (
        Text(
            "Tolken kan inte ta uppdraget nu. Välj en annan, eller fråga boendesamordnaren",
            "The interpreter cannot take the assignment now. Choose another, or ask the housing coordinator",
        ),
        "interpreter_name",
    ),
    "young_with_decision": (
        Text(
            "Personen är under 21 år. Fatta beslut först, eller ange muntligt beslut",
            "The person is under 21. Issue a decision first, or state an oral decision",
        ),
        "decided_by",
    ),
    "intervention_with_decision": (
        Text(
            "Den här insatsen kräver ett beslut. Fatta beslut först, eller ange muntligt beslut",
            "This support needs a decision. Issue a decision first, or state an oral decision",
        ),
        "decided_by",
    ),
    "nothing_running": (
        Text(
            "En insats eller placering pågår. Skriv när den har upphört, avsluta sedan",
            "A support or a placement is running. Record its end, then close",
        ),
        None,
    ),
    "needs_after_assessed": (
        Text(
            "Behoven efter skyddat boende är inte bedömda. Gör det först; det går utan personen",
            "The needs after shelter are not assessed. Do that first; it can be done without the person",
        ),
        None,
    ),
    "worker_left": (
        Text(
            "Ärendet får inte bli utan handläggare. Välj vem som tar över",
            "The case must not be left without a worker. Choose who takes over",
        ),
        "instead",
    ),
    "closure_still_holds": (
        Text(
            "Rättelsen skulle göra ett avslut ogiltigt. Återuppta ärendet först",
            "The correction would make a closure invalid. Reopen the case first",
        ),
        None,
    ),
}

SIGNED = Text(
    "Chefen behöver skriva under det här avslutet. Välj ”Be chefen skriva under avslutet”.",
    "The manager has to sign this closure. Choose “Ask the manager to sign the closure”.",
)


def by_right(rule: EventRule, role: str) -> Text:
    """Why ``role`` may not, and who may."""
    if role in rule.who:
        return SIGNED
    who = [METHOD.roles[key].name for key in METHOD.roles if key in rule.who]
    sv, en = ", ".join(t.sv.lower() for t in who), ", ".join(t.en.lower() for t in who)
    return Text(f"Det här görs av: {sv}.", f"This is done by: {en}.")
