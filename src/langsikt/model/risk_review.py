"""The one open risk review of a case: what it gathers, and when *oförändrad* with one line is enough (rules B2.2)."""

from datetime import date

from langsikt.model.state import Reason, State

FULL_ASSESSMENT_DAYS = 180


def full_assessment(state: State) -> bool:
    """Whether the last full assessment is under 180 days old: then *oförändrad* with one line is enough."""
    return state.risk is not None and (state.today - state.risk.assessed_on).days < FULL_ASSESSMENT_DAYS


def review_reasons(state: State) -> tuple[Reason, ...]:
    """Why the risk is to be reviewed now: what was gathered since the last word on it, and a trial that has come."""
    last = _last_word(state)
    trials = (m.on for m in state.milestones if m.kind == "trial" and m.on <= state.today)
    came = tuple(Reason("trial", on) for on in trials if last is None or on > last)
    return tuple(sorted({*state.risk_reasons, *came}, key=lambda reason: (reason.on, reason.kind)))


def _last_word(state: State) -> date | None:
    if state.risk is None:
        return None
    return max(state.risk.assessed_on, state.risk.confirmed_on or state.risk.assessed_on)
