"""What is due between the steps: a person missing, calls, the family, waits, milestones, and calls after closure."""

from collections.abc import Iterator
from datetime import date, timedelta

from langsikt.model.continuity import home_to_ask_about
from langsikt.model.due_item import Due
from langsikt.model.load import METHOD
from langsikt.model.months import months_after
from langsikt.model.plan import plan_of
from langsikt.model.responsible import elsewhere
from langsikt.model.state import Milestone, Offer, State
from langsikt.model.texts import Text
from langsikt.model.waiting import joint_plan_to_offer
from langsikt.model.why import MONTHS

WAIT_IN = Text("Vänta in", "Wait")
CALL = Text("Ring", "Call")
OWN_HOMES = ("own_lease", "student_flat", "sublet", "room")
DAILY_LIFE = "daily_life"
CALL_AFTER_MONTHS = (3, 6, 12)
CHANNELS = {
    "phone": CALL,
    "through_association": Text("Hör av dig genom föreningen", "Get in touch through the association"),
}


def waits_in(state: State) -> bool:
    """Where contact may be watched the task is to wait, never to call (rules B2.8)."""
    return state.maybe_watched or state.do_not_contact or "call" in state.never


def between(state: State) -> Iterator[Due]:
    """Everything due that belongs to no single step."""
    yield from _outside_note(state)
    if not state.is_case:
        return
    yield from _burnt(state)
    yield from _missing(state)
    yield from _calls(state)
    yield from _family(state)
    yield from _hand_over(state)
    for offer in state.open_offers:
        yield _offer(offer)
    yield from _drafts(state)
    yield from _sent_back(state)
    yield from _milestones(state)
    yield from _unasked(state)
    yield from _unsure_home(state)
    yield from _waits(state)


def _outside_note(state: State) -> Iterator[Due]:
    """A note from outside is read by its worker; whatever is written after it says that it was (rules D5)."""
    if state.outside_note and state.outside_note[0] > state.written_seq:
        why = Text("Någon utanför ärendet har skrivit", "Somebody outside the case has written")
        verb = Text("Läs anteckningen och skriv vad den leder till", "Read the note and write what it leads to")
        yield Due("outside_note", verb, why, state.outside_note[1], "write_note")


def _burnt(state: State) -> Iterator[Due]:
    """The address is burnt: the person moves, before anything else (security 0, T5)."""
    if state.burnt_on:
        verb = Text("Flytta personen", "Move the person")
        yield Due("burnt", verb, Text("Adressen är röjd", "The address is burnt"), state.burnt_on, "request_place")


def _missing(state: State) -> Iterator[Due]:
    if state.missing:
        left = len(METHOD.fields["missing_steps"].options) - len(state.missing.steps)
        why = Text("{n} saker kvar på listan", "{n} things left on the list").filled(n=left)
        verb = Text("Fortsätt sökandet", "Go on searching")
        yield Due("missing", verb, why, state.missing.since.date(), "report_missing_person")


def _calls(state: State) -> Iterator[Due]:
    if state.acute_ending_on:
        why = Text("Akut avslut utan bestämt samtal", "Acute ending without a settled call")
        verb = Text("Bestäm vem som ringer", "Settle who calls")
        yield Due("call", verb, why, state.acute_ending_on, "check_in")
    if state.call:
        verb = WAIT_IN if waits_in(state) else CALL
        yield Due("call", verb, Text("Lovat samtal", "A promised call"), state.call.at.date(), "check_in")
    if state.next_contact_on:
        verb = WAIT_IN if waits_in(state) else Text("Ta kontakt", "Get in touch")
        why = Text("Avtalad kontakt", "Contact as agreed")
        yield Due("next_contact", verb, why, state.next_contact_on, "check_in")


def _family(state: State) -> Iterator[Due]:
    """A row never tells of relatives (rules B4.9): it says that a safety plan is to be written."""
    if state.safety_plan_since:
        why = Text("Trygghetsplanen ska skrivas nu", "The safety plan is to be written now")
        verb = Text("Skriv trygghetsplan", "Write a safety plan")
        yield Due("safety_plan", verb, why, state.safety_plan_since, "write_safety_plan")


def first_meeting_waits(state: State) -> bool:
    """Whether somebody new has the case and has not met the person: a check-in or a follow-up is a meeting (R10)."""
    if len(state.workers) < 2 or not (state.hand_over_missing or state.first_meeting_on):
        return False
    since = state.first_meeting_on or state.workers[-1][1]
    return not any(day >= since for day in state.follow_up_days)


def _hand_over(state: State) -> Iterator[Due]:
    """A first meeting that nobody has settled is a debt of the new worker's and of the manager's."""
    if not first_meeting_waits(state):
        return
    if state.first_meeting_on:
        why, verb = Text("Ny handläggare", "New worker"), Text("Håll första mötet", "Hold the first meeting")
        yield Due("hand_over", WAIT_IN if waits_in(state) else verb, why, state.first_meeting_on, "check_in")
        return
    why = Text("Ny handläggare, första mötet är inte bestämt", "New worker, the first meeting is not settled")
    verb, since = Text("Bestäm första mötet", "Settle the first meeting"), state.workers[-1][1]
    yield Due("hand_over", verb, why, since, "check_in")
    yield Due("hand_over", verb, why, since, "assign_case", for_role="unit_manager")


def _offer(offer: Offer) -> Due:
    """The earlier of the two days; where the rent is answered too late that is the thing to mend (R22)."""
    verb = Text("Svara på erbjudandet", "Answer the offer")
    if offer.conflicts:
        why = Text("Svaret om hyran kommer efter sista svarsdag", "The answer on the rent comes after the last day")
    else:
        why = Text("Erbjudande om bostad", "Offer of a home")
    days = [day for day in (offer.answer_by_on, offer.economy_answer_on) if day]
    return Due("offer", verb, why, min(days), "answer_offer")


def _drafts(state: State) -> Iterator[Due]:
    for draft in state.drafts.values():
        why = Text("Utkastet är inget beslut än", "The draft is no decision yet")
        verb = Text("Skriv under beslutet", "Sign the decision")
        yield Due("sign_decision", verb, why, min(draft.from_on, state.today), "sign_decision", for_role="decider")


def _sent_back(state: State) -> Iterator[Due]:
    """A draft that whoever decides has sent back: the worker's again (a closure is due by its step)."""
    for back in state.sent_back.values():
        if back.draft is not None:
            why = Text("Utkastet är skickat tillbaka", "The draft has been sent back")
            yield Due("sent_back", Text("Ändra utkastet", "Change the draft"), why, back.on, "draft_decision")


def _milestones(state: State) -> Iterator[Due]:
    """A planned contact on a day that is hard, and a milestone that is near."""
    soon = state.today + timedelta(days=METHOD.deadlines["milestone_ahead"].count)
    for stone in state.milestones:
        if stone.contact_on and stone.contact_on >= state.today and stone.contact_on <= soon:
            verb = WAIT_IN if waits_in(state) else Text("Ta kontakt", "Get in touch")
            yield Due("milestone", verb, Text("Planerad kontakt", "Planned contact"), stone.contact_on, "check_in")
        elif state.today <= stone.on <= soon and stone.kind not in ("trial", "holiday", "school_break"):
            yield Due("milestone", Text("Planera stödet", "Plan the support"), _name(stone), stone.on, "plan_support")


def _name(stone: Milestone) -> Text:
    """The milestone by its name; one that was derived with its month, for the day is not known."""
    name = next(o.text for o in METHOD.fields["milestone_kind"].options if o.value == stone.kind)
    if not stone.month_only:
        return name
    return Text("{name} i {month}", "{name} in {month}").filled(name=name, month=MONTHS[stone.on.month - 1])


def _unasked(state: State) -> Iterator[Due]:
    """Questions that nobody has asked: a joint plan with care, and who supports the first 90 days."""
    if joint_plan_to_offer(state) and state.steps["follow_up"].is_open:
        why = Text("Flera parter är med", "Several parties are involved")
        yield Due("coordinated_plan", Text("Erbjud SIP", "Offer a joint plan"), why, None, "follow_up")
    if state.contact_person == "no" and state.no_contact_person is None and state.steps["follow_up"].is_open:
        why = Text("Nej till kontaktperson, utan skäl", "No to a contact person, without a reason")
        yield Due("contact_person", Text("Välj ett skäl", "Choose a reason"), why, None, "follow_up")
    moved = _first_home_without_support(state)
    if moved:
        why = Text("Vem stöttar de första 90 dagarna?", "Who supports the first 90 days?")
        yield Due("first_90_days", Text("Planera stöd", "Plan support"), why, moved, "plan_support")


def _unsure_home(state: State) -> Iterator[Due]:
    """A sublet or a room without an end is asked about every ninety days (rules C3)."""
    ask = None if state.closed else home_to_ask_about(plan_of(state))
    if ask is not None:
        verb = WAIT_IN if waits_in(state) else Text("Fråga om boendet", "Ask about the home")
        why = Text("Boende utan slutdatum, 90 dagar sedan sist", "A home without an end date, 90 days since last")
        yield Due("unsure_home", verb, why, ask, "check_in")


def _first_home_without_support(state: State) -> date | None:
    """The move to a first home of one's own without support in daily life (rules C3); *vill klara mig själv* too."""
    moves = [t.ended_on for t in state.placements if t.ended_on and t.moved_to in OWN_HOMES]
    if not moves or (state.today - max(moves)).days > 90:
        return None
    if state.first_90_days_on and state.first_90_days_on >= max(moves) - timedelta(days=90):
        return None
    supports = (*state.running_interventions, *state.planned.values())
    return None if any(DAILY_LIFE in t.meets for t in supports) else max(moves)


def _waits(state: State) -> Iterator[Due]:
    """For how long we have waited; never for what (rules B4.9)."""
    for referral in state.waits:
        days = (state.today - referral.sent_on).days
        why = Text("Svar från annan, {n} dagar", "Answer from others, {n} days").filled(n=days)
        verb = Text("Vänta in svar", "Await the answer")
        yield Due("waiting", verb, why, referral.sent_on, "record_referral_answer", waits=True)
    for said in elsewhere(state):
        if not said.accepted:
            days = (state.today - said.since).days
            why = Text("Svar från annan, {n} dagar", "Answer from others, {n} days").filled(n=days)
            verb = Text("Vänta in svar", "Await the answer")
            yield Due("waiting", verb, why, said.since, "name_responsible_unit", waits=True)


def after_closure(state: State) -> Iterator[Due]:
    """Calls after 3, 6 and 12 months where the person has agreed to them, never where one is watched (rules B2.7)."""
    if state.calls_agreed not in CHANNELS or state.ended_on is None:
        return
    for months, on in calls_ahead(state)[:1]:
        why = Text("{n} månader efter avslut", "{n} months after closure").filled(n=months)
        verb = WAIT_IN if waits_in(state) else CHANNELS[str(state.calls_agreed)]
        if on <= state.today + timedelta(days=7):
            yield Due("after_closure", verb, why, on, "call_after_closure")


def calls_ahead(state: State) -> list[tuple[int, date]]:
    """The calls that are left, as months and days: after 3, 6 and 12 months of the calendar."""
    if state.calls_agreed not in CHANNELS or state.ended_on is None:
        return []
    return [(months, months_after(state.ended_on, months)) for months in CALL_AFTER_MONTHS[len(state.calls) :]]
