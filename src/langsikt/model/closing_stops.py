"""What stops a closure before anything is written, and which event closes (rules B1.2 g, B2.5)."""

from dataclasses import dataclass

from langsikt.model.competence import is_intervention
from langsikt.model.due_item import name_of
from langsikt.model.facts import childs_decisions, needs_after_missing
from langsikt.model.state import Around, Facts, State, Thing
from langsikt.model.texts import Text
from langsikt.model.why import day_in_words

Way = tuple[str, ...]


@dataclass(frozen=True)
class Stop:
    """Something that runs, or is not assessed: no closure before it is settled; ``ways`` are the events that do."""

    kind: str
    what: Text
    ways: Way


def childs_ways() -> Way:
    """The events by which a decision for a child comes to its end: a new one takes its place."""
    return ("issue_decision", "renew_decision")


def closing_stops(state: State) -> tuple[Stop, ...]:
    """Every hard stop of a closure as the case stands, each with its way out (rules B1.2 g, B1.3)."""
    found = [
        Stop("placement", _runs(t, Text("{what} pågår", "{what} is running")), ("end_placement",))
        for t in state.running_placements
    ]
    supports = (t for t in state.running_interventions if is_intervention(t.kind))
    found += [
        Stop("support", _runs(t, Text("{what} pågår", "{what} is running")), ("end_intervention",)) for t in supports
    ]
    child = Text("Beslut för barn pågår: {what}", "A decision for a child runs: {what}")
    found += [Stop("child", _runs(t, child), childs_ways()) for t in childs_decisions(state, state.today)]
    if needs_after_missing(state, {}, Around(state.today)):
        what = Text("Behoven efter skyddat boende är inte bedömda", "The needs after shelter are not assessed")
        found.append(Stop("needs_after", what, ("assess_needs_after", "reassess_needs")))
    return tuple(found)


def _runs(thing: Thing, text: Text) -> Text:
    said = text.filled(what=name_of(thing))
    if thing.planned_end_on is None:
        return said
    until = Text("{said}, till och med {day}", "{said}, until and including {day}")
    return until.filled(said=said, day=day_in_words(thing.planned_end_on))


def asks_for_signature(facts: Facts) -> tuple[str, ...]:
    """What in a form about to be sent makes the manager's signature needed, whatever the case says."""
    why = ("declined",) if facts.get("closure_reason") == "person_ends" else ()
    not_reached = "not_reached" in (facts.get("closure_reason"), facts.get("heard"))
    return (*why, "not_reached") if not_reached else why


def event_to_close(why: tuple[str, ...]) -> str:
    """The event that closes: by the worker alone, or by asking the manager to sign."""
    return "ask_to_close" if why else "close_case"
