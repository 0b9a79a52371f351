"""Masked values shown for a while, with a reason and a journal row each (rules B3.1, D1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from langsikt.access.errors import Invalid, NotFound
from langsikt.access.history import option_text
from langsikt.access.sheets import Actor, CaseSheet, HistorySheet
from langsikt.access.window.case import CARD, Sight, case_sheet, header, lines, look, stops_of
from langsikt.access.window.network import REVEAL, NetworkSheet, network_sheet
from langsikt.access.window.network import SHOWN as NETWORK
from langsikt.access.window.safety_plan import CHOICES, TEXTS, SafetySheet, safety_sheet
from langsikt.model.load import METHOD
from langsikt.model.texts import Text

# What a reveal shows, and the class that decides who may and for how long.
REVEALS: dict[str, tuple[tuple[str, ...], int]] = {
    "name": (("person_name", "called"), 2),
    "personal_number": (("personal_number",), 2),
    "code_word": (("code_word",), 2),
    "danger_signal": (("danger_signal",), 2),
    "safety_signal": (("danger_signal",), 2),
    "text": ((), 2),
    "phone": (("phone",), 3),
    "card": (CARD, 3),
    "address": (("address",), 3),
    "identity_papers": (("identity_papers",), 3),
    "safety": ((*TEXTS, *CHOICES), 2),
    REVEAL: (NETWORK, 2),
}
NOT_COPIED = frozenset({"text", "safety"})
ON_SAFETY = frozenset({"identity_papers", "safety", "safety_signal"})
LASTS = {2: timedelta(seconds=60), 3: timedelta(minutes=5)}
CALL = timedelta(minutes=60)
WORKERS = frozenset({"case_worker", "stand_in", "duty_service", "emergency"})


@dataclass(frozen=True)
class Revealed:
    """What is shown, since when, why and until when."""

    field: str
    at: datetime
    until: datetime
    reason: Text
    call: bool


@dataclass(frozen=True)
class Shown:
    """The case or its safety page with the revealed values in place, or its history with the texts opened."""

    sheet: CaseSheet | HistorySheet | SafetySheet | NetworkSheet
    revealed: Revealed


def reveal(actor: Actor, reference: str, field: str, reason: str, call: bool, now: datetime) -> Shown:
    """Shows a masked value for a while. Raises NotFound, or Invalid when a reason must be chosen."""
    if field not in REVEALS:
        raise NotFound
    names, klass = REVEALS[field]
    lasts = CALL if call and field == "card" else LASTS[klass]
    action = "call" if call and field == "card" else f"reveal_{field}"

    def show(sight: Sight) -> Shown:
        given = _reason(sight, reason)
        sight.reason, sight.klass = given, klass
        sight.revealed = frozenset(names)
        sight.opened = field == "text"
        said = Revealed(field, now, now + lasts, option_text(METHOD.fields["reason"], given), call)
        if field == "text":
            return Shown(HistorySheet(header(sight), stops_of(sight), tuple(lines(sight))), said)
        if field == REVEAL:
            return Shown(network_sheet(sight), said)
        return Shown(safety_sheet(sight) if field in ON_SAFETY else case_sheet(sight), said)

    return look(actor, reference, now, action, show, f"reveal_{klass}")


def end_call(actor: Actor, reference: str, now: datetime) -> None:
    """*Samtalet slut*: journaled, so that the log says how long the card was open. Raises NotFound (journaled)."""
    look(actor, reference, now, "end_call", lambda sight: None, "reveal_3")


def copied(actor: Actor, reference: str, field: str, now: datetime) -> None:
    """A shown value is about to be copied: the row comes first. Raises NotFound for what cannot be shown."""
    klass = klass_of(field)
    if not klass or field in NOT_COPIED:
        raise NotFound

    def note(sight: Sight) -> None:
        sight.klass = klass

    look(actor, reference, now, f"copy_{field}", note, f"reveal_{klass}")


def klass_of(field: str) -> int:
    """The class of what a reveal shows; 0 for one that does not exist."""
    return REVEALS.get(field, ((), 0))[1]


def _reason(sight: Sight, reason: str) -> str:
    """The reason: preset for those who work in the case, chosen by others. Raises Invalid."""
    known = {o.value for o in METHOD.fields["reason"].options}
    if reason in known:
        return reason
    if sight.relations & WORKERS and not reason:
        return "contact"
    raise Invalid({"reason": Text("Välj ett skäl först", "Choose a reason first")})
