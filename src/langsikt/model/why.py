"""Says in words why a stretch of the plan has its answer, with every last day meant as until and including."""

from datetime import date, timedelta

from langsikt.model.continuity import HOUSING, Plan, Stretch, can_have_gap, state_on
from langsikt.model.load import METHOD
from langsikt.model.plan import holes
from langsikt.model.texts import Text

DAY = timedelta(days=1)
MONTHS = (
    Text("januari", "January"),
    Text("februari", "February"),
    Text("mars", "March"),
    Text("april", "April"),
    Text("maj", "May"),
    Text("juni", "June"),
    Text("juli", "July"),
    Text("augusti", "August"),
    Text("september", "September"),
    Text("oktober", "October"),
    Text("november", "November"),
    Text("december", "December"),
)
ANSWERS = {
    "covered": Text("{kind} täcker {period}.", "{kind} covers {period}."),
    "unconfirmed": Text(
        "{kind} har okänt slut och är obekräftat {period}.",
        "{kind} has an unknown end and is unconfirmed {period}.",
    ),
    "temporary": Text(
        "{kind} {period} är tillfälligt: det täcker inte, men är inget glapp.",
        "{kind} {period} is temporary: it does not cover, but is no gap.",
    ),
    "neither": Text(
        "{kind} {period} varken täcker eller räknas som glapp.",
        "{kind} {period} neither covers nor counts as a gap.",
    ),
    "not_planned": Text(
        "Inget är planerat än {period}, men så långt fram räknas inget glapp.",
        "Nothing is planned yet {period}, but no gap is counted so far ahead.",
    ),
}
NO_NEED = Text("{state} {period}: då kan det inte bli något glapp.", "{state} {period}: then there can be no gap.")
BRIDGES = {
    "one_day": Text(
        "Bara {count} ligger mellan två stöd, {period}, och det är inget glapp.",
        "Only {count} lies between two supports, {period}, and that is no gap.",
    ),
    "break": Text(
        "Uppehållet mellan två bekräftade terminer är högst tio veckor; {period} är inget glapp.",
        "The break between two confirmed terms is ten weeks at most; {period} is no gap.",
    ),
    "between_meetings": Text(
        "Mellan två möten går högst 30 dagar; {period} är inget glapp.",
        "Between two meetings there are 30 days at most; {period} is no gap.",
    ),
}
GAPS = {
    (True, True): Text(
        "{before} slutar {end}. {after} börjar {start}. Däremellan är {count} utan {what}.",
        "{before} ends on {end}. {after} begins on {start}. In between there {are} {count} without {what}.",
    ),
    (True, False): Text(
        "{before} slutar {end}. Till och med {last} är {count} utan {what}.",
        "{before} ends on {end}. Until and including {last} there {are} {count} without {what}.",
    ),
    (False, True): Text(
        "Från och med {first} till och med {last} är {count} utan {what}. {after} börjar {start}.",
        "From {first} until and including {last} there {are} {count} without {what}. {after} begins on {start}.",
    ),
    (False, False): Text(
        "Från och med {first} till och med {last} är {count} utan {what}.",
        "From {first} until and including {last} there {are} {count} without {what}.",
    ),
}
AWAITED = Text("{said} {waiting} väntar på beslut.", "{said} {waiting} awaits a decision.")
PLACELESS = Text(
    "{said} {waiting} är beslutat, men det finns ingen plats att flytta in på än.",
    "{said} {waiting} is decided, but there is no place to move into yet.",
)
COULD_NOT_YET = Text("{said}. Kunde inte ta emot det som erbjöds", "{said}. Could not accept what was offered")
COULD_NOT = Text(
    "{said} Personen kunde inte ta emot det som erbjöds.", "{said} The person could not accept what was offered."
)
PLANNED = Text("Planerat så långt planen visar", "Planned as far as the plan shows")
NOT_PLANNED = Text("Inget planerat", "Nothing planned")
NOT_AFTER = Text("Ingen planering efter {last}", "No planning after {last}")
NOT_BETWEEN = Text("Inget planerat {first}–{last}", "Nothing planned {first}–{last}")
NEEDLESS = Text("Inget planerat, {state}", "Nothing planned, {state}")
WITHOUT = {
    HOUSING: Text("boende", "a home"),
    "occupation": Text("sysselsättning", "occupation"),
    "social_support": Text("socialt stöd", "social support"),
}


def day_in_words(day: date) -> Text:
    """``12 mars 2026``."""
    words = Text("{d} {month} {year}", "{d} {month} {year}")
    return words.filled(d=day.day, month=MONTHS[day.month - 1], year=day.year)


def why(stretch: Stretch) -> Text:
    """Why the days of a stretch have their answer.

    >>> print(why(Stretch("housing", "gap", date(2026, 5, 1), date(2026, 5, 14), after="own_lease")).sv)
    Från och med den 1 maj till och med den 14 maj är 14 nätter utan boende. Eget kontrakt börjar den 15 maj.
    """
    if stretch.status == "gap":
        said = COULD_NOT.filled(said=_gap(stretch)) if stretch.could_not else _gap(stretch)
    elif stretch.status == "bridged":
        said = BRIDGES[stretch.why].filled(count=_count(stretch), period=_period(stretch))
    elif stretch.status in ANSWERS:
        said = ANSWERS[stretch.status].filled(kind=_kind(stretch.why), period=_period(stretch))
    else:
        said = NO_NEED.filled(state=METHOD.need_states[stretch.status].name, period=_period(stretch))
    if not stretch.waiting:
        return said
    return (PLACELESS if stretch.placeless else AWAITED).filled(said=said, waiting=_kind(stretch.waiting))


def says(plan: Plan, need: str) -> Text:
    """How far the plan reaches for one need, in one sentence (``ux.md`` R3).

    *Ingen planering efter 14 juni 2026 (bostad)*; a hole before the next support names its days.
    """
    state = state_on(plan, need, plan.today)
    found = next(iter(holes(plan, need)), None)
    spoken_for = any(s.need == need and s.last >= plan.today for s in plan.spans)
    if not can_have_gap(need, state) and found is None:
        name = METHOD.need_states[state].name
        said = name if spoken_for else NEEDLESS.filled(state=_low(name))
    elif found is None:
        said = PLANNED
    elif found.after:
        said = NOT_BETWEEN.filled(first=day_in_words(found.from_on), last=day_in_words(found.until_on))
    elif found.from_on == plan.today:
        said = NOT_PLANNED
    else:
        said = NOT_AFTER.filled(last=day_in_words(found.from_on - DAY))
    told = Text("{said} ({need})", "{said} ({need})").filled(said=said, need=_low(METHOD.needs[need].name))
    if found is None or state != "could_not_accept":
        return told
    return COULD_NOT_YET.filled(said=told)


def _low(name: Text) -> Text:
    return Text(name.sv.lower(), name.en.lower())


def _gap(gap: Stretch) -> Text:
    return GAPS[bool(gap.before), bool(gap.after)].filled(
        before=_kind(gap.before),
        after=_kind(gap.after),
        end=_day(gap, gap.from_on - DAY),
        first=_day(gap, gap.from_on),
        last=_day(gap, gap.until_on),
        start=_day(gap, gap.until_on + DAY),
        count=_count(gap),
        are="is" if gap.days == 1 else "are",
        what=_without(gap.need),
    )


def _kind(kind: str | None) -> Text:
    """The name of a support, or what stands for one without a name."""
    found = METHOD.interventions.get(kind or "")
    return found.name if found else Text("Stödet", "The support")


def _without(need: str) -> Text:
    """What a gap is without; the three core needs have words of their own."""
    name = METHOD.needs[need].name
    return WITHOUT.get(need) or Text("stöd för {need}", "support for {need}").filled(
        need=Text(name.sv.lower(), name.en.lower())
    )


def _count(stretch: Stretch) -> Text:
    if stretch.need == HOUSING:
        return (
            Text("1 natt", "1 night") if stretch.days == 1 else Text("{n} nätter", "{n} nights").filled(n=stretch.days)
        )
    return Text("1 dag", "1 day") if stretch.days == 1 else Text("{n} dagar", "{n} days").filled(n=stretch.days)


def _period(stretch: Stretch) -> Text:
    first, last = _day(stretch, stretch.from_on), _day(stretch, stretch.until_on)
    if stretch.days == 1:
        return Text("{day}", "on {day}").filled(day=first)
    return Text("från och med {a} till och med {b}", "from {a} until and including {b}").filled(a=first, b=last)


def _day(stretch: Stretch, day: date) -> Text:
    """A day in words, with its year where the stretch touches two."""
    said = Text("den {d} {m}", "{d} {m}").filled(d=day.day, m=MONTHS[day.month - 1])
    if (stretch.from_on - DAY).year == (stretch.until_on + DAY).year:
        return said
    return Text("{said} {y}", "{said} {y}").filled(said=said, y=day.year)
