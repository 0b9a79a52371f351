"""The home at closure: does it last, does it end within ninety days, or is there none (rules B2.5, C3; R8)?"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from langsikt.model.competence import lasting_home
from langsikt.model.continuity import HOUSING, Plan, Span, home_ends_soon
from langsikt.model.load import METHOD
from langsikt.model.plan import plan_of
from langsikt.model.state import State

HOME_LASTS_DAYS = 90
SECURED_HOMES = ("own_lease", "student_flat", "sublet", "family_home", "training_flat")
NO_NEED = ("no_need_now", "manages")


@dataclass(frozen=True)
class HomeAhead:
    """The home as it stands: whether it is secured, which it is (a key of ``interventions.toml``), its last day."""

    secured: bool
    kind: str | None = None
    until_on: date | None = None


def home_at_closure(state: State) -> HomeAhead:
    """What the record says of the home for the ninety days after ``state.today``.

    A home without an end date lasts; one whose lease ends within ninety days does not, unless another follows.
    """
    plan = _homes(state)
    ending = home_ends_soon(plan, state.today, HOME_LASTS_DAYS)
    if ending is not None:
        return HomeAhead(False, ending.kind, ending.last)
    here = [s for s in plan.spans if s.from_on <= state.today <= s.last]
    if here:
        last = max(here, key=lambda s: s.last)
        return HomeAhead(True, last.kind, None if last.last == date.max else last.last)
    return _without_span(state)


def _without_span(state: State) -> HomeAhead:
    """No home of the person's own is in the plan: what the assessments say, unless a lease is about to end."""
    lease = _lease_ends(state)
    soon = state.today + timedelta(days=HOME_LASTS_DAYS)
    home = state.home_after if state.home_after in SECURED_HOMES else None
    if lease is not None and lease <= soon:
        return HomeAhead(False, home, lease)
    if home is not None:
        return HomeAhead(True, home, lease)
    return HomeAhead(state.needs.get(HOUSING) in NO_NEED)


def _homes(state: State) -> Plan:
    """The plan with the person's own homes and nothing else, each cut at the day on which its lease ends."""
    plan, lease = plan_of(state), _lease_ends(state)
    spans = [s for s in plan.spans if s.need == HOUSING and s.covers == "covers" and _own(state, s)]
    if lease is not None:
        spans = [s if s.end == "day" else replace(s, end="day", until_on=max(lease, s.from_on)) for s in spans]
    return replace(plan, spans=tuple(spans))


def _own(state: State, span: Span) -> bool:
    """A home of the person's own; one that is only known from a move gives way to a later word (*boende efter*)."""
    if span.kind not in METHOD.interventions or not lasting_home(span.kind):
        return False
    return bool(span.thing) or state.home_after is None or state.home_after in SECURED_HOMES


def _lease_ends(state: State) -> date | None:
    """The next day on which a lease ends, as a milestone says it."""
    return min((m.on for m in state.milestones if m.kind == "lease_end" and m.on >= state.today), default=None)
