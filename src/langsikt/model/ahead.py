"""The days ahead of one need, piece by piece: what *Min dag* draws beside a gap, reckoned as in the plan."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from langsikt.model.continuity import Plan, Stretch, stretches
from langsikt.model.plan import plan_of
from langsikt.model.state import State

DAYS_AHEAD = 90
LOOKS = {"gap": "gap", "not_planned": "open", "temporary": "temporary", "unconfirmed": "unknown"}


@dataclass(frozen=True)
class Piece:
    """Some days of a need. ``look``: runs, ahead, gap, open, temporary, unknown, or empty for nothing to draw."""

    look: str
    from_on: date
    until_on: date


def ahead(state: State, need: str) -> tuple[Piece, ...]:
    """Today and the coming 90 days of one need, without holes (rules C2)."""
    plan = replace(plan_of(state, DAYS_AHEAD), from_on=state.today)
    pieces: list[Piece] = []
    for stretch in stretches(plan, need):
        for piece in _pieces(plan, stretch):
            if pieces and pieces[-1].look == piece.look:
                pieces[-1] = replace(pieces[-1], until_on=piece.until_on)
            else:
                pieces.append(piece)
    return tuple(pieces)


def _pieces(plan: Plan, stretch: Stretch) -> Iterator[Piece]:
    """A covered stretch parts where what runs today ends and what is decided or agreed begins."""
    if stretch.status != "covered":
        yield Piece(LOOKS.get(stretch.status, ""), stretch.from_on, stretch.until_on)
        return
    runs = [s for s in plan.spans if s.need == stretch.need and s.status == "carried_out" and s.covers == "covers"]
    last = max((s.last for s in runs if s.from_on <= stretch.from_on <= s.last), default=None)
    if last is None:
        yield Piece("ahead", stretch.from_on, stretch.until_on)
        return
    yield Piece("runs", stretch.from_on, min(last, stretch.until_on))
    if last < stretch.until_on:
        yield Piece("ahead", last + timedelta(days=1), stretch.until_on)
