"""Gaps as *Min dag* shows them: whose, in which need, which days, and the 90 days ahead to draw."""

from langsikt.access import policy
from langsikt.access.list_sheets import GapRow, LanePiece
from langsikt.access.record import Record
from langsikt.access.sheets import Possible
from langsikt.model.ahead import ahead
from langsikt.model.continuity import HOUSING, Stretch
from langsikt.model.load import METHOD
from langsikt.model.plan import gaps_of
from langsikt.model.rules import answer
from langsikt.model.texts import Text

ANOTHER = Text("Annat behov", "Another need")


def gap_rows(record: Record, standing_in_for: str | None) -> list[GapRow]:
    """Every counted gap of a case, from the same reckoning as its plan (rules C2.4)."""
    return [_gap_row(record, gap, standing_in_for) for gap in gaps_of(record.state)]


def _gap_row(record: Record, gap: Stretch, standing_in_for: str | None) -> GapRow:
    """A need outside the three core ones is not named: a list tells nothing of health (rules B4.9)."""
    area = METHOD.needs[gap.need]
    extends = gap.need == HOUSING and record.state.running_placements
    return GapRow(
        reference=record.root.reference,
        need=area.name if area.core else ANOTHER,
        housing=gap.need == HOUSING,
        from_on=gap.from_on,
        until_on=gap.until_on,
        days=gap.days,
        open_ended=gap.after is None,
        follows=gap.before is not None,
        could_not=gap.could_not,
        lane=tuple(LanePiece(p.look, p.from_on, p.until_on) for p in ahead(record.state, gap.need)),
        action=possible_event(record, "extend_placement" if extends else "plan_support"),
        standing_in_for=standing_in_for,
    )


def possible_event(record: Record, event: str) -> Possible | None:
    """An event of the case if the actor may do it there now, else None."""
    rule = METHOD.events.get(event)
    if rule is None or answer(record.state, event, policy.acting_role(record.root.relations, event)) != "done":
        return None
    return Possible(event, rule.label, rule.step, rule.path)
