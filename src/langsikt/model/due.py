"""What is due in a case, derived from where it stands; nobody types a task that the record knows."""

from collections.abc import Iterator
from datetime import date, timedelta

from langsikt.model.closing_stops import event_to_close
from langsikt.model.continuity import HOUSING, Stretch
from langsikt.model.due_between import CALL, WAIT_IN, after_closure, between, waits_in
from langsikt.model.due_item import ORDER, Due, listed_name, name_of
from langsikt.model.load import METHOD
from langsikt.model.plan import gaps_of
from langsikt.model.risk_review import first_assessment_by, full_assessment, review_reasons
from langsikt.model.rules import signature_needed
from langsikt.model.sayings import CLOSURE
from langsikt.model.state import State, Thing
from langsikt.model.texts import Text
from langsikt.model.why import COULD_NOT_YET

__all__ = ["ORDER", "Due", "due", "listed_name", "name_of"]

SOON_DAYS = 7
NEEDS_AFTER_FROM_DAYS = METHOD.deadlines["needs_after_from_move_in"].count
END_REMINDER_DAYS = METHOD.deadlines["decision_end_reminder"].count


def due(state: State) -> list[Due]:
    """Everything due in the case, the most pressing first. A closed case asks only for calls that were agreed."""
    if state.events == 0:
        return []
    if state.closed:
        return list(after_closure(state))
    found = [*_contact(state), *_safety(state), *_supports(state), *_steps(state), *between(state), *_waiting(state)]
    return sorted(found, key=lambda d: (d.rank, d.due_on or state.today))


def _contact(state: State) -> Iterator[Due]:
    if state.steps["contact"].is_open and state.received_at:
        on = state.received_at.date()
        yield Due(
            "end_contact",
            Text("Ta ställning till kontakten", "Settle the contact"),
            _since(on),
            on,
            "open_investigation",
        )


def _safety(state: State) -> Iterator[Due]:
    if state.tonight in ("unsafe", "unknown") and state.is_case:
        why = Text("Natten är osäker", "The night is unsafe")
        yield Due(
            "unsafe_tonight",
            WAIT_IN if waits_in(state) else CALL,
            why,
            state.tonight_on,
            "answer_acute_safety",
        )
    if state.acute and state.acute_answered_on is None:
        why = Text("Akut placering utan säkerhetsfrågor", "Acute placement without safety questions")
        yield Due(
            "acute_safety",
            Text("Ställ de akuta frågorna", "Ask the acute questions"),
            why,
            state.today,
            "answer_acute_safety",
        )
    yield from _risk(state)
    if state.is_case and state.verified_on is None:
        why = Text("Säker kontakt är inte skriven", "Safe contact is not recorded")
        yield Due(
            "safe_contact", Text("Skriv säker kontakt", "Record safe contact"), why, state.today, "record_safe_contact"
        )


def _risk(state: State) -> Iterator[Due]:
    """At most one open review in a case: it gathers its reasons, which a list never tells (rules B2.2, B4.9)."""
    verb = Text("Gör riskbedömning", "Assess the risk")
    if not state.is_case:
        return
    if state.risk is None:
        why = Text("Riskbedömning saknas", "There is no risk assessment")
        yield Due("assess_risk", verb, why, first_assessment_by(state), "assess_risk")
        return
    event = "confirm_risk_assessment" if full_assessment(state) else "assess_risk"
    if reasons := review_reasons(state):
        by = min(reason.on for reason in reasons) + timedelta(days=METHOD.deadlines["risk_after_reason"].count)
        why = Text("Något har hänt sedan förra bedömningen", "Something has happened since the last assessment")
        yield Due("assess_risk", verb, why, by, event)
    elif state.risk.next_review_on and state.risk.next_review_on <= state.today + timedelta(days=SOON_DAYS):
        age = (state.today - state.risk.assessed_on).days
        why = Text("Bedömningen är {n} dagar gammal", "The assessment is {n} days old").filled(n=age)
        yield Due("assess_risk", verb, why, state.risk.next_review_on, event)


def _supports(state: State) -> Iterator[Due]:
    for thing in state.debts:
        why = Text("{what} har upphört, dagen efter är obesvarad", "{what} has ended, the day after is unanswered")
        verb = Text("Svara på dagen efter", "Answer the day after")
        yield Due("day_after", verb, why.filled(what=listed_name(thing)), thing.ended_on, "answer_day_after")
    gaps = gaps_of(state)
    yield from _gaps(state, gaps)
    told = {gap.from_on for gap in gaps}
    for thing in state.running:
        if thing.planned_end_on is None or thing.planned_end_on + timedelta(days=1) not in told:
            yield from _ending(state, thing)


def _gaps(state: State, gaps: list[Stretch]) -> Iterator[Due]:
    """A gap in the home is a thing of its own; the other needs share one."""
    homes = [gap for gap in gaps if gap.need == HOUSING]
    others = [gap for gap in gaps if gap.need != HOUSING]
    if homes:
        why = Text(
            "Glapp i bostad, {n} nätter de närmaste 90 dagarna", "Gap in housing, {n} nights in the next 90 days"
        )
        event = "extend_placement" if state.running_placements else "plan_support"
        verb = Text("Planera nästa boende", "Plan the next home")
        yield Due("gap", verb, _told(why.filled(n=sum(g.days for g in homes)), homes), homes[0].from_on, event)
    if others:
        names = [METHOD.needs[need].name for need in dict.fromkeys(g.need for g in others) if METHOD.needs[need].core]
        names = names or [Text("Andra behov", "Other needs")]
        which = Text(", ".join(n.sv.lower() for n in names), ", ".join(n.en.lower() for n in names))
        why = _told(Text("Glapp i {which}", "Gap in {which}").filled(which=which), others)
        yield Due("gap", Text("Planera stöd", "Plan support"), why, others[0].from_on, "plan_support")


def _told(said: Text, gaps: list[Stretch]) -> Text:
    """What is said of gaps, and that the person could not accept what was offered: it is no *no* (rules C1)."""
    return COULD_NOT_YET.filled(said=said) if any(gap.could_not for gap in gaps) else said


def _ending(state: State, thing: Thing) -> Iterator[Due]:
    end = thing.planned_end_on
    if end is None or end > state.today + timedelta(days=END_REMINDER_DAYS):
        return
    passed = end < state.today
    why = (
        Text("{what} skulle ha slutat", "{what} was to have ended") if passed else Text("{what} slutar", "{what} ends")
    )
    event = "extend_placement" if thing in state.placements else "follow_up"
    yield Due("ends", Text("Förläng eller avsluta", "Extend or end"), why.filled(what=listed_name(thing)), end, event)


def _steps(state: State) -> Iterator[Due]:
    yield from _investigation(state)
    if state.steps["decision"].is_open and not state.running_placements:
        why = Text("Steg 3 är öppet", "Step 3 is open")
        verb = Text("Fatta beslut", "Issue a decision")
        yield Due("conclude", verb, why, state.steps["decision"].since, "issue_decision")
    yield from _needs_after(state)
    yield from _follow_up(state)
    yield from _closure(state)


def _investigation(state: State) -> Iterator[Due]:
    step = state.steps["investigation"]
    if not step.is_open:
        return
    if state.needs_on is None:
        why = Text("Behoven är inte bedömda", "The needs are not assessed")
        yield Due("needs", Text("Bedöm behoven", "Assess the needs"), why, step.since, "assess_needs")
    else:
        why = Text("Utredningen pågår", "The investigation is open")
        verb = Text("Avsluta utredningen", "Conclude the investigation")
        yield Due("conclude", verb, why, state.today, "conclude_investigation")


def _closure(state: State) -> Iterator[Due]:
    if state.closure_request:
        why = Text("Avslutet väntar på underskrift", "The closure waits for a signature")
        verb = Text("Skriv under avslutet", "Sign the closure")
        yield Due("sign", verb, why, state.today, "sign_closure", for_role="unit_manager")
    elif CLOSURE in state.sent_back:
        why = Text("Avslutet är skickat tillbaka", "The closure has been sent back")
        verb = Text("Ändra avslutet", "Change the closure")
        event = event_to_close(signature_needed(state, {}))
        yield Due("sent_back", verb, why, state.sent_back[CLOSURE].on, event)
    elif state.steps["closure"].is_open:
        why = Text("Stödet behövs inte längre", "Support is no longer needed")
        event = event_to_close(signature_needed(state, {}))
        yield Due("conclude", Text("Avsluta ärendet", "Close the case"), why, state.today, event)


def _needs_after(state: State) -> Iterator[Due]:
    verb = Text("Bedöm behov efter", "Assess needs after")
    if state.steps["needs_after"].is_open:
        yield Due(
            "needs_after",
            verb,
            Text("Steg 5 är öppet", "Step 5 is open"),
            state.steps["needs_after"].since,
            "assess_needs_after",
        )
    elif state.running_placements and state.needs_after_on is None:
        began = min(p.from_on for p in state.running_placements)
        due_on = began + timedelta(days=NEEDS_AFTER_FROM_DAYS)
        why = Text("Har bott skyddat i 30 dagar", "Has lived in shelter for 30 days")
        yield Due("needs_after", verb, why, due_on, "assess_needs_after")


def _follow_up(state: State) -> Iterator[Due]:
    if not state.steps["follow_up"].is_open or not state.still_needed:
        return
    verb = Text("Följ upp", "Follow up")
    if (moved := _unfollowed_move(state)) is not None:
        by = min(moved, state.next_follow_up_on or moved)
        yield Due("follow_up", verb, Text("Uppföljning efter flytt", "Follow-up after a move"), by, "follow_up")
    elif state.next_follow_up_on is None:
        why = Text("Ingen uppföljning planerad", "No follow-up is planned")
        yield Due("follow_up", verb, why, state.today, "follow_up")
    else:
        late = state.next_follow_up_on < state.today
        why = (
            Text("Uppföljningen är försenad", "The follow-up is late")
            if late
            else Text("Planerad uppföljning", "Planned follow-up")
        )
        yield Due("follow_up", verb, why, state.next_follow_up_on, "follow_up")


def _unfollowed_move(state: State) -> date | None:
    """By when a move is followed up that has not been: the needs often grow then, perhaps the threat too (R4)."""
    last = state.last_placement_end
    if last is None or (state.last_follow_up_on is not None and state.last_follow_up_on >= last):
        return None
    return last + timedelta(days=METHOD.deadlines["follow_up_after_move"].count)


def _waiting(state: State) -> Iterator[Due]:
    if state.economy_waiting:
        why = Text("Fråga till ekonomiskt bistånd", "Question to economic assistance")
        yield Due(
            "waiting",
            Text("Vänta in svar", "Await the answer"),
            why,
            state.economy_asked_on,
            "record_economy_answer",
            waits=True,
        )
    if state.place_requested and not state.running_placements:
        why = Text("Begäran hos boendesamordnaren", "Request with the housing coordinator")
        yield Due("waiting", Text("Vänta in plats", "Await a place"), why, None, "start_placement", waits=True)


def _since(on: date) -> Text:
    return Text("Kontakten har inget utfall", "The contact has no outcome")
