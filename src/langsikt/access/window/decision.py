"""Drafts of decisions as they are read: what would be signed, and by which way."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from langsikt.access.history import option_text
from langsikt.access.sheets import Masked
from langsikt.access.window.case import Sight
from langsikt.model.due import name_of
from langsikt.model.load import METHOD
from langsikt.model.texts import Text


@dataclass(frozen=True)
class DraftSheet:
    """A draft of a decision: no decision until it is signed. ``reasons`` is masked for whoever sees dates only."""

    id: UUID
    label: Text
    outcome: Text | None
    from_on: date
    planned_end_on: date | None
    legal_ground: Text | None
    short_reason: Text | None
    reasons: str | Masked | None


def drafts_of(sight: Sight) -> tuple[DraftSheet, ...]:
    """The drafts of a case that wait for a signature, in the order they were written."""
    found = []
    for draft in sight.state.drafts.values():
        noun = sight.record.standing(draft.id)
        chosen = {name: getattr(noun, name, None) for name in ("outcome", "legal_ground", "short_reason")}
        texts = {name: option_text(METHOD.fields[name], value) if value else None for name, value in chosen.items()}
        reasons = sight.value(noun, "reasons", 2)
        days = (draft.from_on, draft.planned_end_on)
        found.append(DraftSheet(draft.id, name_of(draft), texts["outcome"], *days, texts["legal_ground"],
                                texts["short_reason"], reasons))  # fmt: skip
    return tuple(found)
