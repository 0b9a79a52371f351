"""The one open risk review of a case: what it gathers, and when *oförändrad* with one line is enough (rules B2.2)."""

from datetime import date

from langsikt.model.load import METHOD
from langsikt.model.state import Reason, State
from langsikt.model.workdays import next_working_day

FULL_ASSESSMENT_DAYS = 180
FAMILY_WORK = "family_work"
FAMILY_WORK_DAYS = METHOD.deadlines["risk_before_family_work"].count


def full_assessment(state: State) -> bool:
    """Whether the last full assessment is under 180 days old: then *oförändrad* with one line is enough."""
    return state.risk is not None and (state.today - state.risk.assessed_on).days < FULL_ASSESSMENT_DAYS


def review_reasons(state: State) -> tuple[Reason, ...]:
    """Why the risk is to be reviewed now: what was gathered since the last word on it, and a trial that has come."""
    last = _last_word(state)
    trials = (m.on for m in state.milestones if m.kind == "trial" and m.on <= state.today)
    came = tuple(Reason("trial", on) for on in trials if last is None or on > last)
    if state.burnt_on and (last is None or state.burnt_on > last):
        came = (*came, Reason("changed_threat", state.burnt_on))
    return tuple(sorted({*state.risk_reasons, *came}, key=lambda reason: (reason.on, reason.kind)))


def _last_word(state: State) -> date | None:
    if state.risk is None:
        return None
    return max(state.risk.assessed_on, state.risk.confirmed_on or state.risk.assessed_on)


def first_assessment_by(state: State) -> date | None:
    """By when a case without any assessment has its first one.

    The end of the next working day after an acute placement (rules B2.4), and after a step 2 that was concluded
    without one (R25): concluding is never stopped, but the debt has its day. While step 2 is open: since it began.
    """
    step = state.steps["investigation"]
    began = [p.from_on for p in state.placements]
    ended = [step.since] if step.since and step.status == "done" else []
    if began or ended:
        return next_working_day(min([*began, *ended]))
    return step.since


def too_old_for_family_work(state: State) -> bool:
    """Whether no full assessment is young enough for work with the family (R28): a warning, never a stop."""
    return state.risk is None or (state.today - state.risk.assessed_on).days >= FAMILY_WORK_DAYS


def family_work_unassessed(state: State) -> bool:
    """Whether work with the family runs or is planned without a fresh assessment."""
    kinds = {t.kind for t in state.running_interventions} | set(state.planned)
    return FAMILY_WORK in kinds and too_old_for_family_work(state)
