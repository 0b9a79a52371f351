"""What may happen next: the answer to an event in a state, from whom, and the hard stops."""

from collections.abc import Sequence
from datetime import date, timedelta

from langsikt.model.closing_stops import asks_for_signature
from langsikt.model.facts import HARD_STOPS, NEEDS
from langsikt.model.fold import beginning, fold, ordered, step_forward
from langsikt.model.home import home_at_closure
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.risk_review import review_reasons
from langsikt.model.state import Around, Facts, Happening, Reason, Risk, State

__all__ = [
    "Around",
    "Happening",
    "State",
    "answer",
    "closures_hold",
    "fold",
    "happens_here",
    "signature_needed",
    "stops",
]

RISK_FRESH_DAYS = 60
FINAL_ENDINGS = ("record_death", "void_case")


def answer(state: State, event: str, relation: str) -> str:
    """``done``, ``step``, ``right`` or ``hidden``: may ``relation`` do ``event`` in ``state``?

    Right goes before step: who lacks the right is not told where the case stands (ADR 0003).
    """
    rule = METHOD.events[event]
    if relation == "none":
        return "hidden"
    if relation not in rule.who:
        return "right"
    if not happens_here(state, rule):
        return "step"
    if rule.signed_by_manager and signature_needed(state, {}):
        return "right"
    return "done"


def happens_here(state: State, rule: EventRule) -> bool:
    """Whether one of the steps that the event belongs to is open, and what it speaks about exists."""
    if not (places(state) & rule.during):
        return False
    if rule.before_case and state.is_case:
        return False
    if rule.name == "reopen_case" and (not state.is_case or state.ending in FINAL_ENDINGS):
        return False
    return rule.needs is None or NEEDS[rule.needs](state)


def places(state: State) -> frozenset[str]:
    """Where the case is: its open steps, or ``new`` or ``closed``."""
    if state.events == 0:
        return frozenset({"new"})
    if state.closed:
        return frozenset({"closed"})
    return frozenset(key for key, step in state.steps.items() if step.is_open)


def stops(state: State, event: str, facts: Facts, around: Around) -> tuple[str, ...]:
    """The names of the hard stops (rules B1.2) that refuse the event, in the order of ``steps.toml``."""
    return tuple(name for name in METHOD.events[event].requires if HARD_STOPS[name](state, facts, around))


def signature_needed(state: State, facts: Facts) -> tuple[str, ...]:
    """Why the manager must sign a closure: home, risk, ``declined`` or ``not_reached`` (rules B2.5)."""
    why = []
    if not home_secured(state):
        why.append("home")
    if not risk_settled(state):
        why.append("risk")
    said = asks_for_signature(facts)
    if state.declined_on or "declined" in said:
        why.append("declined")
    return (*why, *(("not_reached",) if "not_reached" in said else ()))


def home_secured(state: State) -> bool:
    """A home that lasts more than 90 days, or no need of one; a lease without end date counts (rules B2.5; R8)."""
    return home_at_closure(state).secured


def risk_settled(state: State) -> bool:
    """An assessment, or a word that it is unchanged, under 60 days old that says neither high nor imminent.

    What has happened since among people (family, relation, threat, trial) makes even a recent one unsettled; a move
    is reviewed on its own day and does not (rules B1.7, B2.2, B2.5).
    """
    risk = state.risk
    if risk is None or risk.level == "high" or risk.imminent or since_reviewed(state):
        return False
    return state.today - risk_word_on(risk) < timedelta(days=RISK_FRESH_DAYS)


def since_reviewed(state: State) -> tuple[Reason, ...]:
    """What has happened since the last word on the risk, moves apart."""
    return tuple(reason for reason in review_reasons(state) if reason.kind != "move")


def risk_word_on(risk: Risk) -> date:
    """The day of the last word on the risk: the assessment, or that it is unchanged."""
    return max(risk.assessed_on, risk.confirmed_on or risk.assessed_on)


def closures_hold(happenings: Sequence[Happening], today: date) -> bool:
    """Whether each closure in the history, read with its corrections, respects hard stop (g).

    Recomputed event by event, so that a correction can never do what closing itself may not.
    """
    state = beginning(today)
    for happening in ordered(happenings):
        closes = happening.name in ("close_case", "sign_closure")
        if closes and stops(state, "close_case", happening.facts, Around(today)):
            return False
        state = step_forward(state, happening)
    return True
