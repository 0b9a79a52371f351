"""The checklist of closure (step 7): what the record answers, with what and when, and what is left to ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from langsikt.model.closing_stops import Way, childs_ways
from langsikt.model.facts import childs_decisions
from langsikt.model.home import home_at_closure
from langsikt.model.load import METHOD
from langsikt.model.plan import SOCIAL
from langsikt.model.rules import home_secured, risk_settled, risk_word_on, since_reviewed
from langsikt.model.state import State, Thing
from langsikt.model.texts import Text
from langsikt.model.why import day_in_words

OCCUPATION, ECONOMY = "occupation", "economy"
SETTLED = ("no_need_now", "manages")
OWN_CHOICE = ("declines", "pause")


@dataclass(frozen=True)
class Told:
    """What texts of the record say and the state does not hold: the days, never the words.

    ``view_on``: when the person last said what they think of ending; ``pressure_on``: when the worker last talked
    with the person about whether somebody makes them say so.
    """

    view_on: date | None = None
    pressure_on: date | None = None


@dataclass(frozen=True)
class Row:
    """A row of the checklist.

    ``status``: met, unmet or own_choice where the record answers, ask where it cannot. ``said`` is the answer with
    what and when; ``ways`` the events that would change it; ``asks`` the fields of the form that the row is answered
    in; ``signs`` says that the manager signs while it is unmet (rules B2.5).
    """

    key: str
    title: Text
    status: str
    said: Text
    ways: Way = ()
    asks: tuple[str, ...] = ()
    signs: bool = False

    @property
    def answered(self) -> bool:
        """Whether the record answers the row."""
        return self.status != "ask"


def checklist(state: State, told: Told | None = None) -> tuple[Row, ...]:
    """The rows for a case as it stands, in the order in which they are read. A row that does not apply is not there."""
    told = told or Told()
    rows: list[Row | None] = [
        _home(state),
        _occupation(state),
        _contact(state),
        _risk(state),
        _view(state, told),
        _pressure(state, told),
        _moved_home(state),
        _day_after(state),
        _hand_overs(state),
        _children(state),
        _waits(state),
        _goals(state),
        _asked("taper", Text("Nedtrappning", "Stepping down"), Text("Hur slutar stödet?", "How does the support end?")),
        _asked("way_back", Text("Så hör du av dig igen", "How to get back in touch"), WAY_BACK),
        _asked("calls_agreed", Text("Samtal efter 3, 6 och 12 månader", "Calls after 3, 6 and 12 months"), CALLS),
    ]
    return tuple(row for row in rows if row is not None)


WAY_BACK = Text("Har personen fått veta hur?", "Has the person been told how?")
CALLS = Text(
    "Bara om personen säger ja, och på en väg som är säker.", "Only if the person says yes, and in a way that is safe."
)


def asked(rows: Iterable[Row]) -> tuple[str, ...]:
    """The fields that the record cannot answer, in the order of the rows."""
    return tuple(dict.fromkeys(name for row in rows for name in row.asks))


def answers(rows: Iterable[Row]) -> dict[str, str]:
    """What the record answers of what a closure must say, so that nobody is asked for it."""
    return {"heard": "heard"} if any(row.key == "view" and row.answered for row in rows) else {}


def unmet(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows that the record answers with no."""
    return tuple(row for row in rows if row.status == "unmet")


# --- the rows ------------------------------------------------------------------------------------


def _answered(key: str, title: Text, met: bool, said: Text, ways: Way = (), signs: bool = False) -> Row:
    """A row that the record answers; a row that is met needs no way out."""
    return Row(key, title, "met" if met else "unmet", said, () if met else ways, signs=signs)


def _asked(field: str, title: Text, said: Text) -> Row:
    return Row(field, title, "ask", said, asks=(field,))


def _on(text: Text, on: date | None) -> Text:
    """The words with their day, where there is one."""
    return Text("{text}, {day}", "{text}, {day}").filled(text=text, day=day_in_words(on)) if on else text


def _home(state: State) -> Row:
    """Home secured for more than ninety days (R8)."""
    title = Text("Bostad tryggad i mer än 90 dagar", "A home secured for more than 90 days")
    home = home_at_closure(state)
    name = METHOD.interventions[home.kind].name if home.kind else Text("Bostad", "Home")
    if home.until_on is not None:
        ends = Text("{what} till och med {day}", "{what} until and including {day}")
        said = ends.filled(what=name, day=day_in_words(home.until_on))
    elif home.secured and home.kind:
        said = Text("{what} utan slutdatum", "{what} without an end date").filled(what=name)
    elif home.secured:
        said = _state_said(state, "housing")
    else:
        said = Text("Ingen egen bostad i ärendet", "No home of the person's own in the case")
    return _answered("home", title, home_secured(state), said, ("plan_support", "start_intervention"), signs=True)


def _state_said(state: State, need: str) -> Text:
    """The state of a need as it was last assessed, and when."""
    name = METHOD.need_states[state.needs.get(need, "not_assessed")].name
    return _on(name, max((on for area, _, on in state.need_history if area == need), default=None))


def _cover(state: State, need: str) -> tuple[str, Text]:
    """How a need stands once the case is closed: met, own_choice or unmet, and in what words.

    A support of ours that still runs ends before the closure, so it says nothing of the days after (rules C5).
    """
    agreed = [t for t in state.agreed if need in t.meets]
    if agreed:
        said = Text("Avtalat: {what}", "Agreed: {what}").filled(what=METHOD.interventions[agreed[0].kind].name)
        return "met", _on(said, agreed[0].from_on)
    now = state.needs.get(need)
    status = "met" if now in SETTLED else "own_choice" if now in OWN_CHOICE else "unmet"
    return status, _state_said(state, need)


def _occupation(state: State) -> Row:
    """Studies, work or something else to do, or an income to live on."""
    title = Text("Sysselsättning eller försörjning", "Occupation or income")
    status, said = _cover(state, OCCUPATION)
    if status == "unmet" and state.needs.get(ECONOMY) in SETTLED:
        name = METHOD.needs[ECONOMY].name
        said = Text("{what}: {said}", "{what}: {said}").filled(what=name, said=_state_said(state, ECONOMY))
        status = "met"
    return Row("occupation", title, status, said, ("plan_support", "assess_needs") if status == "unmet" else ())


def _contact(state: State) -> Row:
    """At least one safe contact outside social services (rules C5); else asked for in the person's own words."""
    title = Text("Minst en trygg kontakt utanför socialtjänsten", "At least one safe contact outside social services")
    taken_over = [t.meeting_on for t in _successors(state) if SOCIAL in _meets(t.kind, t.meets) and t.meeting_on]
    status, said = _cover(state, SOCIAL)
    if taken_over:
        meeting = Text("Nästa stöd tar vid, första mötet {day}", "The next support takes over, first meeting {day}")
        return Row("contact", title, "met", meeting.filled(day=day_in_words(max(taken_over))))
    if status == "unmet":
        words = Text("Vem? Skriv med personens egna ord.", "Who? Write in the person's own words.")
        return Row("contact", title, "ask", words, asks=("own_words",))
    return Row("contact", title, status, said)


def _meets(kind: str, ticked: tuple[str, ...]) -> tuple[str, ...]:
    return ticked or tuple(METHOD.interventions[kind].meets)


def _risk(state: State) -> Row:
    """A word on the risk under sixty days old, with nothing new since, that says neither high nor imminent."""
    title = Text("Riskbedömning, högst 60 dagar gammal", "Risk assessment, at most 60 days old")
    ways = ("assess_risk", "confirm_risk_assessment")
    if state.risk is None:
        return _answered("risk", title, False, Text("Ingen riskbedömning", "No risk assessment"), ways, True)
    on = day_in_words(risk_word_on(state.risk))
    if state.risk.level == "high" or state.risk.imminent:
        said = Text("Hög risk eller omedelbar fara, {day}", "High risk or imminent danger, {day}")
    elif since_reviewed(state):
        said = Text("Något har hänt sedan bedömningen {day}", "Something has happened since the assessment {day}")
    elif risk_settled(state):
        said = Text("Bedömd {day}", "Assessed {day}")
    else:
        said = Text("Bedömningen är från {day}", "The assessment is from {day}")
    return _answered("risk", title, risk_settled(state), said.filled(day=on), ways, True)


def _view(state: State, told: Told) -> Row:
    """What the person thinks of ending."""
    title = Text("Personens syn", "The person's view")
    if state.declined_on:
        said = Text("Personen vill avsluta", "The person wants to end")
        return _answered("view", title, True, _on(said, state.declined_on))
    if told.view_on:
        said = Text("Sagt vid uppföljningen", "Said at the follow-up")
        return _answered("view", title, True, _on(said, told.view_on))
    said = Text("Har personen fått säga sin mening?", "Has the person been able to have their say?")
    return Row("view", title, "ask", said, asks=("heard",))


def _pressure(state: State, told: Told) -> Row | None:
    """Who wants to end, or has moved home, has been asked whether somebody makes them say so (rules B1.7)."""
    if not state.declined_on:
        return None
    title = Text("Samtal om ifall någon påverkar personen", "A talk about whether somebody influences the person")
    said = _on(Text("Gjort", "Done"), told.pressure_on) if told.pressure_on else Text("Inte skrivet", "Not recorded")
    return _answered("pressure", title, told.pressure_on is not None, said, ("decline_support",))


def _moved_home(state: State) -> Row | None:
    """After a move home there is a safety plan (R27); the move itself is no reason to close."""
    if not moved_home(state):
        return None
    title = Text("Trygghetsplan vid återvändande", "Safety plan on returning")
    since, plan = state.family[-1].on, state.safety_plan_on
    written = plan is not None and plan >= since and state.safety_plan_since is None
    said = _on(Text("Skriven", "Written"), plan) if written else Text("Inte skriven", "Not written")
    return _answered("safety_plan", title, written, said, ("write_safety_plan",))


def moved_home(state: State) -> bool:
    """Whether the person has moved home to the family, as it was last said."""
    return bool(state.family) and state.family[-1].level == "moved_home"


def _day_after(state: State) -> Row:
    title = Text("Dagen efter är besvarad för allt stöd", "The day after is answered for all support")
    left = len(state.debts)
    ended = sum(not t.running for t in state.placements + state.interventions)
    if left:
        said = Text("Obesvarad för {n} av {all}", "Unanswered for {n} of {all}").filled(n=left, all=ended)
    elif ended:
        said = Text("Besvarad för alla {all}", "Answered for all {all}").filled(all=ended)
    else:
        said = Text("Inget stöd har slutat", "No support has ended")
    return _answered("day_after", title, not left, said, ("answer_day_after",))


def _successors(state: State) -> list[Thing]:
    """Supports that have ended and that somebody takes over."""
    return [t for t in state.placements + state.interventions if not t.running and t.day_after == "successor"]


def _gone_on(state: State, ended: Thing) -> bool:
    """Whether another support of the same need began when this one ended, or since: then it has been taken over."""
    needs = set(_meets(ended.kind, ended.meets))
    others = (t for t in state.placements + state.interventions if t.id != ended.id)
    return any(ended.ended_on and t.from_on >= ended.ended_on and needs & set(_meets(t.kind, t.meets)) for t in others)


def _hand_overs(state: State) -> Row:
    """Every support that somebody takes over has a first meeting together."""
    title = Text("Överlämningar är klara", "Hand-overs are done")
    taken = _successors(state)
    open_ones = [t for t in taken if t.meeting_on is None and not _gone_on(state, t)]
    if open_ones:
        name = METHOD.interventions[open_ones[0].kind].name
        text = Text("{n} utan första möte, bland dem {what}", "{n} without a first meeting, among them {what}")
        return _answered("hand_overs", title, False, text.filled(n=len(open_ones), what=name))
    last = max((t.meeting_on for t in taken if t.meeting_on), default=None)
    said = _on(Text("Första mötet", "First meeting"), last) if last else Text("Ingen tar vid", "Nobody takes over")
    return _answered("hand_overs", title, True, said)


def _children(state: State) -> Row | None:
    if not state.children:
        return None
    running = childs_decisions(state, state.today)
    title = Text("Barn", "Children")
    if running:
        said = Text("Beslut för barn pågår: {n}", "Decisions for children that run: {n}").filled(n=len(running))
    else:
        said = Text("Inget beslut för barn pågår", "No decision for a child runs")
    return _answered("children", title, not running, said, childs_ways())


def _waits(state: State) -> Row:
    """What others are to answer, and homes that are offered."""
    title = Text("Frågor till andra är besvarade", "Questions to others are answered")
    left = len(state.waits) + len(state.open_offers) + int(state.economy_waiting)
    if not left:
        return _answered("waits", title, True, Text("Inget väntar på svar", "Nothing waits for an answer"))
    said = Text("{n} väntar på svar", "{n} wait for an answer").filled(n=left)
    ways: Way = ("record_referral_answer",) if state.waits else ()
    ways += ("record_economy_answer",) if state.economy_waiting else ()
    return _answered("waits", title, False, said, ways + (("answer_offer",) if state.open_offers else ()))


def _goals(state: State) -> Row:
    title = Text("Mål", "Goals")
    if state.active_goals:
        said = Text("{n} av {all} är inte klara", "{n} of {all} are not done")
        counted = said.filled(n=len(state.active_goals), all=len(state.goals))
        return _answered("goals", title, False, counted, ("score_goal",))
    said = Text("Alla {all} är klara eller vilar", "All {all} are done or rest").filled(all=len(state.goals))
    return _answered("goals", title, True, said if state.goals else Text("Inga mål är satta", "No goals are set"))
