"""What a case waits for from others, as it is read: homes that have been offered, answers, a joint plan with care."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from langsikt.access.history import option_text
from langsikt.access.sheets import Actor, CaseHeader, Masked
from langsikt.access.window.case import Sight, header, look
from langsikt.model.facts import care_involved
from langsikt.model.fold import ordered
from langsikt.model.load import METHOD
from langsikt.model.responsible import elsewhere
from langsikt.model.state import Happening, Offer, Responsible
from langsikt.model.texts import Text
from langsikt.model.waiting import Wait, asked_last, first_day, joint_plan_to_offer, waits_of

Shown = str | Masked | None
ANSWERS = {"referral": "record_referral_answer", "economy": "record_economy_answer", "area": "name_responsible_unit"}
SENT = Text("skickad", "sent")
ASKED = Text("frågad", "asked")
SOMEBODY_ELSE = Text("Svar från annan", "An answer from others")


@dataclass(frozen=True)
class OfferCard:
    """A home to answer: its two days, the earlier first, and whether they are in conflict (R22)."""

    id: UUID
    kind: Text | None
    answer_by_on: date
    economy_on: date | None
    first_on: date
    conflicts: bool
    days_late: int


@dataclass(frozen=True)
class WaitRow:
    """An answer that has not come: from whom, since when, and the form that takes it with what it is to know."""

    kind: str
    what: Text
    verb: Text
    since: date
    days: int
    event: str
    about: str = ""
    note: Shown = None
    queue: bool = False
    due_on: date | None = None


@dataclass(frozen=True)
class Handed:
    """What somebody outside the team does for the person."""

    area: str
    label: Text
    unit: Text
    since: date
    next_on: date | None


@dataclass(frozen=True)
class Answered:
    """An answer that has come; ``days`` is how long it took, None where that is not known."""

    what: Text
    said: Text | None
    on: date
    days: int | None


@dataclass(frozen=True)
class JointPlan:
    """*SIP*: whether care has a part, and what was answered when it was asked about (R17)."""

    care: bool
    to_offer: bool
    answer: str
    said: Text | None
    on: date | None

    @property
    def options(self) -> tuple[tuple[str, Text], ...]:
        """The answers to choose from."""
        return tuple((option.value, option.text) for option in METHOD.fields["coordinated_plan"].options)


@dataclass(frozen=True)
class WaitingSheet:
    """The page *Väntar på andra*."""

    header: CaseHeader
    offers: tuple[OfferCard, ...]
    waits: tuple[WaitRow, ...]
    handed: tuple[Handed, ...]
    answered: tuple[Answered, ...]
    joint_plan: JointPlan

    @property
    def conflicts(self) -> bool:
        """Whether the rent of some home is answered too late: then that is the first thing to do."""
        return any(offer.conflicts for offer in self.offers)


def waiting(actor: Actor, reference: str, now: datetime) -> WaitingSheet:
    """What a case waits for from others. Raises NotFound."""
    return look(actor, reference, now, "look_waiting", _sheet)


def _sheet(sight: Sight) -> WaitingSheet:
    state = sight.state
    place = asked_last(sight.record.happenings, "request_place")
    waits = waits_of(state, place.happened_at.date() if place else None)
    return WaitingSheet(
        header(sight),
        tuple(_offer(sight, offer) for offer in sorted(state.open_offers, key=first_day)),
        tuple(_row(sight, wait) for wait in waits),
        tuple(_handed(said) for said in elsewhere(state) if said.accepted),
        tuple(_answered(sight)),
        _joint_plan(sight),
    )


def _offer(sight: Sight, offer: Offer) -> OfferCard:
    kind = option_text(METHOD.fields["home_kind"], offer.kind) if sight.sees_text else None
    late = (offer.economy_answer_on - offer.answer_by_on).days if offer.economy_answer_on else 0
    return OfferCard(
        offer.id, kind, offer.answer_by_on, offer.economy_answer_on, first_day(offer), offer.conflicts, late
    )


def _row(sight: Sight, wait: Wait) -> WaitRow:
    days = (sight.state.today - wait.since).days
    row = {
        "referral": _referral,
        "economy": lambda sight, wait: (_economy(sight), SENT, "", None, False, None),
        "place": lambda sight, wait: (_place(sight), SENT, "", None, False, None),
        "area": _area,
    }[wait.kind]
    what, verb, about, note, queue, due_on = row(sight, wait)
    return WaitRow(wait.kind, what, verb, wait.since, days, ANSWERS.get(wait.kind, ""), about, note, queue, due_on)


Row = tuple[Text, Text, str, Shown, bool, date | None]


def _referral(sight: Sight, wait: Wait) -> Row:
    """Whom we wait for is a choice of the worker's, so a manager sees how long alone (rules B4.8)."""
    what = option_text(METHOD.fields["referral_to"], wait.what) if sight.sees_text else SOMEBODY_ELSE
    note = sight.value(sight.record.standing(wait.id), "note", 2) if wait.id else None
    queue = any(r.id == wait.id and r.outcome == "queue" for r in sight.state.waits)
    return what, SENT, f"referral={wait.id}", note, queue and sight.sees_text, None


def _area(sight: Sight, wait: Wait) -> Row:
    said = sight.state.responsible[wait.what]
    unit = option_text(METHOD.fields["responsible_unit"], said.unit)
    label = option_text(METHOD.fields["responsible_area"], wait.what)
    what = Text("{unit}: {area}", "{unit}: {area}").filled(unit=unit, area=Text(label.sv.lower(), label.en.lower()))
    return what, ASKED, f"responsible_area={wait.what}", None, False, said.next_action_on


def _economy(sight: Sight) -> Text:
    asked = asked_last(sight.record.happenings, "hand_over_economy")
    unit = Text("Ekonomiskt bistånd", "Economic assistance")
    if not sight.sees_text or asked is None or not asked.facts.get("economy_request"):
        return unit
    about = option_text(METHOD.fields["economy_request"], str(asked.facts["economy_request"]))
    words = Text("{unit}: {what}", "{unit}: {what}")
    return words.filled(unit=unit, what=Text(about.sv.lower(), about.en.lower()))


def _place(sight: Sight) -> Text:
    return Text("Boendesamordnaren: en plats", "The housing coordinator: a place")


def _handed(said: Responsible) -> Handed:
    area = option_text(METHOD.fields["responsible_area"], said.area)
    unit = option_text(METHOD.fields["responsible_unit"], said.unit)
    return Handed(said.area, area, unit, said.since, said.next_action_on)


def _answered(sight: Sight) -> list[Answered]:
    """Answers that have come, the latest first: what was asked, what was said, how long it took."""
    found = []
    for h in ordered(sight.record.happenings):
        if h.name in ("record_referral_answer", "answer_offer"):
            found.append(_answer(sight, h))
    return list(reversed(found))


def _answer(sight: Sight, h: Happening) -> Answered:
    field, on = ("referral_outcome", "answered_on") if h.name != "answer_offer" else ("offer_answer", "answered_on")
    said = option_text(METHOD.fields[field], str(h.facts[field])) if sight.sees_text else None
    day = h.facts[on]
    when = day if isinstance(day, date) else h.happened_at.date()
    asked = next((r for r in sight.state.referrals if r.id == h.facts.get("referral")), None)
    if asked is not None:
        what = option_text(METHOD.fields["referral_to"], asked.to) if sight.sees_text else SOMEBODY_ELSE
        return Answered(what, said, when, (when - asked.sent_on).days)
    return Answered(Text("Erbjudande om bostad", "Offer of a home"), said, when, None)


def _joint_plan(sight: Sight) -> JointPlan:
    state = sight.state
    answer = state.coordinated_plan or ""
    if not sight.sees_text:
        return JointPlan(False, False, "", None, None)
    said = option_text(METHOD.fields["coordinated_plan"], answer) if answer else None
    return JointPlan(care_involved(state), joint_plan_to_offer(state), answer, said, state.coordinated_plan_on)
