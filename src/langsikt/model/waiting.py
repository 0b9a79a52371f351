"""What we wait for from others, for how long, and what the case page says of it in one line (R15, R22, R30)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from langsikt.model.facts import CARE, care_involved
from langsikt.model.fold import ordered
from langsikt.model.goals import MOST_AT_A_TIME
from langsikt.model.responsible import elsewhere, without_owner
from langsikt.model.state import Happening, Offer, State
from langsikt.model.texts import Text
from langsikt.model.why import day_in_words


@dataclass(frozen=True)
class Wait:
    """An answer that has not come: from whom, since when. ``kind``: referral, economy, place or area."""

    kind: str
    since: date
    what: str = ""
    id: UUID | None = None

    @property
    def from_care(self) -> bool:
        """Whether health care is to answer: said on the pages of the case alone (rules B4.9)."""
        return self.kind == "referral" and self.what in CARE


@dataclass(frozen=True)
class Line:
    """A page of the case in one short line on the overview."""

    page: str
    label: Text
    said: Text
    alarm: bool = False


def waits_of(state: State, place_asked_on: date | None = None) -> list[Wait]:
    """Everything that others are to answer, the longest wait first."""
    return sorted(_waits(state, place_asked_on), key=lambda wait: wait.since)


def _waits(state: State, place_asked_on: date | None) -> Iterator[Wait]:
    for referral in state.waits:
        yield Wait("referral", referral.sent_on, referral.to, referral.id)
    if state.economy_waiting and state.economy_asked_on:
        yield Wait("economy", state.economy_asked_on)
    if state.place_requested and place_asked_on:
        yield Wait("place", place_asked_on)
    for said in elsewhere(state):
        if not said.accepted:
            yield Wait("area", said.since, said.area)


def asked_last(happenings: Sequence[Happening], event: str) -> Happening | None:
    """The latest time that something was asked for, corrections taken in."""
    return next((h for h in reversed(ordered(happenings)) if h.name == event), None)


def first_day(offer: Offer) -> date:
    """The earlier of the last day to answer and the day on which the rent is answered (R22)."""
    return min(day for day in (offer.answer_by_on, offer.economy_answer_on) if day)


def joint_plan_to_offer(state: State) -> bool:
    """Whether care has a part and nobody has asked about a joint plan since it got one (R17)."""
    if not care_involved(state) or state.coordinated_plan == "yes":
        return False
    on = state.coordinated_plan_on
    came_later = any(r.to in CARE and r.waiting and on and r.sent_on > on for r in state.referrals)
    return state.coordinated_plan in (None, "later") or came_later


def lines(state: State, sees_text: bool) -> tuple[Line, ...]:
    """One line for each of the three pages; care is named only to whoever reads the texts."""
    if not state.is_case:
        return ()
    return (_goals(state), _responsibility(state), _waiting(state, sees_text))


def _goals(state: State) -> Line:
    active, reached = len(state.active_goals), sum(goal.status == "reached" for goal in state.goals)
    page, label = "goals", Text("Mål", "Goals")
    if not state.goals:
        return Line(page, label, Text("Inga mål än", "No goals yet"))
    said = Text("{n} i gång, {done} klara", "{n} going on, {done} done").filled(n=active, done=reached)
    if active > MOST_AT_A_TIME:
        said = Text("{said}. Tre i taget brukar räcka", "{said}. Three at a time are often enough").filled(said=said)
    return Line(page, label, said)


def _responsibility(state: State) -> Line:
    page, label = "responsibility", Text("Vem gör vad", "Who does what")
    nobody = len(without_owner(state))
    if not state.responsible:
        return Line(page, label, Text("Inget är fördelat än", "Nothing is shared out yet"))
    if not nobody:
        return Line(page, label, Text("Allt har en ansvarig", "Somebody is responsible for everything"))
    many = Text("Ingen ansvarig för {n} saker", "Nobody responsible for {n} things").filled(n=nobody)
    one = Text("Ingen ansvarig för 1 sak", "Nobody responsible for 1 thing")
    return Line(page, label, one if nobody == 1 else many, True)


def _waiting(state: State, sees_text: bool) -> Line:
    page, label = "waiting", Text("Väntar på andra", "Waiting for others")
    if state.open_offers:
        offer = min(state.open_offers, key=first_day)
        if offer.conflicts:
            said = Text("Svaret om hyran kommer för sent", "The answer on the rent comes too late")
        else:
            said = Text("Erbjudande om bostad, {day}", "Offer of a home, {day}")
        return Line(page, label, said.filled(day=day_in_words(first_day(offer))), offer.conflicts)
    waits = waits_of(state)
    if not waits:
        return Line(page, label, Text("Inget svar väntas", "No answer is awaited"))
    days = (state.today - waits[0].since).days
    if waits[0].from_care and sees_text:
        said = Text("Väntar på vården, {n} dagar", "Waiting for health care, {n} days")
    else:
        said = Text("Svar från annan, {n} dagar", "Answer from others, {n} days")
    return Line(page, label, said.filled(n=days))
