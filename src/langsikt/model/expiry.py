"""What expires in a case, and when: the radar behind *Bevakningar*."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from langsikt.model.due import listed_name
from langsikt.model.facts import GRANTED
from langsikt.model.load import METHOD
from langsikt.model.state import State, Thing
from langsikt.model.texts import Text
from langsikt.model.waiting import first_day
from langsikt.model.why import day_in_words

AHEAD_DAYS = 90
LONG_WAIT_DAYS = 60
BANDS = (("passed", -1), ("7", 7), ("14", 14), ("30", 30), ("90", 90))
BAND_NAMES = {
    "passed": Text("Passerat", "Passed"),
    "7": Text("Inom 7 dagar", "Within 7 days"),
    "14": Text("Inom 14 dagar", "Within 14 days"),
    "30": Text("Inom 30 dagar", "Within 30 days"),
    "90": Text("Inom 90 dagar", "Within 90 days"),
}


@dataclass(frozen=True)
class Expiry:
    """Something that ends or must be renewed by a day, and the event that does it.

    ``kind``: placement, intervention, decision, follow_up, risk_assessment, safe_contact, offer or referral;
    ``thing`` tells two of a kind apart, and stays the same when the day moves.
    """

    what: Text
    on: date
    event: str
    kind: str
    thing: str = ""


def expiring(state: State) -> list[Expiry]:
    """Everything of an open case that expires within 90 days or has passed, the earliest first."""
    if state.closed or not state.is_case:
        return []
    horizon = state.today + timedelta(days=AHEAD_DAYS)
    return sorted((e for e in _all(state) if e.on <= horizon), key=lambda e: e.on)


def band_of(on: date, today: date) -> str:
    """Passed, or within 7, 14, 30 or 90 days (``ux.md`` R2)."""
    days = (on - today).days
    return next((key for key, most in BANDS if days <= most), "90")


def in_bands(states: Iterable[State]) -> tuple[tuple[str, Text, int], ...]:
    """How much expires in each band, over these cases: alike wherever it is shown (R2)."""
    counts = Counter(band_of(e.on, state.today) for state in states for e in expiring(state))
    return tuple((band, name, counts[band]) for band, name in BAND_NAMES.items())


def _all(state: State) -> Iterator[Expiry]:
    for thing in state.running_placements:
        if thing.planned_end_on:
            yield Expiry(listed_name(thing), thing.planned_end_on, "extend_placement", "placement", str(thing.id))
    for thing in state.running_interventions:
        if thing.planned_end_on:
            yield Expiry(listed_name(thing), thing.planned_end_on, "follow_up", "intervention", str(thing.id))
    for decision in _latest_decisions(state):
        if decision.planned_end_on:
            what = Text("Beslut: {what}", "Decision: {what}").filled(what=listed_name(decision))
            yield Expiry(what, decision.planned_end_on, "issue_decision", "decision", _granted(decision))
    yield from _renewals(state)
    yield from _answers(state)


def _renewals(state: State) -> Iterator[Expiry]:
    if state.risk and state.risk.next_review_on:
        what = Text("Riskbedömning", "Risk assessment")
        yield Expiry(what, state.risk.next_review_on, "assess_risk", "risk_assessment")
    if state.next_follow_up_on and state.steps["follow_up"].is_open:
        yield Expiry(Text("Uppföljning", "Follow-up"), state.next_follow_up_on, "follow_up", "follow_up")
    if state.verified_on:
        by = state.verified_on + timedelta(days=METHOD.deadlines["safe_contact_recheck"].count)
        what = Text("Säker kontakt bekräftas igen", "Safe contact to be confirmed again")
        yield Expiry(what, by, "record_safe_contact", "safe_contact")


def _granted(decision: Thing) -> str:
    """What is decided, whichever decision of the row is the latest: an extension moves the day, not the thing."""
    return f"{decision.kind}{'-child' if decision.for_child else ''}"


def _latest_decisions(state: State) -> list[Thing]:
    """The latest granted decision of each insats that still matters: the support runs, or has not begun."""
    latest = {(d.kind, d.for_child): d for d in state.decisions if d.outcome in GRANTED}
    ended = {t.kind for t in state.placements + state.interventions if not t.running}
    running = {t.kind for t in state.running}
    return [d for (kind, _), d in latest.items() if kind in running or kind not in ended]


def _answers(state: State) -> Iterator[Expiry]:
    """Homes that wait for an answer, on the earlier of their two days, and answers that have been long in coming.

    A row says for how long, never of what (rules B4.9).
    """
    for offer in state.open_offers:
        what = Text("Erbjudande om bostad", "Offer of a home")
        if offer.conflicts:
            late = Text("{what}: be ekonomiskt bistånd svara före {day}", "{what}: ask economic assistance by {day}")
            what = late.filled(what=what, day=day_in_words(offer.answer_by_on))
        yield Expiry(what, first_day(offer), "answer_offer", "offer", str(offer.id))
    for referral in state.waits:
        days = (state.today - referral.sent_on).days
        if days > LONG_WAIT_DAYS:
            what = Text("Svar från annan, {n} dagar", "Answer from others, {n} days").filled(n=days)
            by = referral.sent_on + timedelta(days=LONG_WAIT_DAYS)
            yield Expiry(what, by, "record_referral_answer", "referral", str(referral.id))
