"""What holds after closure: who it goes back to, the calls that were agreed, the questions that are counted."""

from collections.abc import Mapping

from langsikt.access.closing_sheets import AfterClosure, CallRow
from langsikt.access.history import option_text
from langsikt.access.keeper import keeper_of
from langsikt.access.people import Colleague
from langsikt.access.record import Record
from langsikt.access.sheets import Masked, Possible
from langsikt.model.due_between import CALL_AFTER_MONTHS, CHANNELS, waits_in
from langsikt.model.load import METHOD
from langsikt.model.months import months_after
from langsikt.model.rules import FINAL_ENDINGS
from langsikt.model.state import State
from langsikt.model.texts import Text


def after_closure(
    record: Record, people: list[Colleague], mine: Mapping[str, Possible], sees_text: bool
) -> AfterClosure | None:
    """What holds after closure; None while the case is open, and after an ending that nobody comes back from.

    ``mine`` are the events that the actor may do now; ``sees_text`` whether what was chosen is shown unmasked.
    """
    state = record.state
    if not state.closed or not state.is_case or state.ending in FINAL_ENDINGS:
        return None
    keeper = keeper_of(record, people)
    names = {c.id: c.short_name for c in people}
    return AfterClosure(
        worker=names.get(keeper.worker) if keeper.worker else None,
        heir=names.get(keeper.heir) if keeper.heir else None,
        why=keeper.why,
        until=keeper.until,
        reopen=mine.get("reopen_case"),
        agreed=_agreed(state, sees_text),
        calls=_calls(state),
        call=mine.get("call_after_closure"),
        questions=state.questions_after,
        question=mine.get("count_question_after_closure"),
    )


def _agreed(state: State, sees_text: bool) -> Text | Masked | None:
    if state.calls_agreed is None:
        return None
    return option_text(METHOD.fields["calls_agreed"], state.calls_agreed) if sees_text else Masked("calls_agreed", 1)


def _calls(state: State) -> tuple[CallRow, ...]:
    """Each of the three calls: how it went, the next one, and those that come later; none without consent."""
    if state.calls_agreed not in CHANNELS or state.ended_on is None:
        return ()
    found = []
    for number, months in enumerate(CALL_AFTER_MONTHS):
        if number < len(state.calls):
            on, went = state.calls[number]
            found.append(CallRow(months, on, went))
        else:
            coming = "wait" if waits_in(state) else "next"
            status = coming if number == len(state.calls) else "later"
            found.append(CallRow(months, months_after(state.ended_on, months), status))
    return tuple(found)
