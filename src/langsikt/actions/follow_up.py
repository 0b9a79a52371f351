"""Step 6: extend, change or end, for each support; and the ways back to steps 5 and 3."""

from datetime import timedelta
from typing import Any

from langsikt.actions.register import verb
from langsikt.actions.work import Work
from langsikt.model.competence import rests_on_decision
from langsikt.model.facts import NEEDS
from langsikt.model.load import METHOD
from langsikt.model.shift import moved_with
from langsikt.model.state import Thing

DRAFTED = ("extend", "change")


@verb
def follow_up(work: Work) -> None:
    """Ska insatsen förlängas? Förändras? Avslutas? (step 6). Every running support gets one of the three.

    One submission writes the note, a draft of each decision that is needed, the plan (with *Flytta allt efter*
    the new days of what comes after), the next date and the row that statistics are made of. Raises Invalid when a
    running support has no answer, a day lies before its beginning, or *oförändrad* is not enough.
    """
    running = {t.id: t for t in work.state.running}
    outcomes = work.values.get("support_outcomes") or {}
    for thing_id, thing in running.items():
        outcome, until, *_ = outcomes.get(thing_id, (None, None))
        if outcome is None:
            work.complain(f"outcome-{thing_id}", "Välj förläng, förändra eller avsluta", "Choose extend, change or end")
        if until and until < thing.from_on:
            work.complain(f"outcome-until-{thing_id}", "Dagen ligger före början", "The day comes before the beginning")
    work.values["support_outcomes"] = {k: v for k, v in outcomes.items() if k in running}
    _check_risk(work)
    work.write()
    _confirm_risk(work)
    for thing_id, said in work.values["support_outcomes"].items():
        _draft(work, running[thing_id], *said)
    if work.values.get("move_after"):
        _move_after(work)


def _check_risk(work: Work) -> None:
    """*Oförändrad* needs a full assessment under 180 days old, one line and a next date (rules B2.2)."""
    if work.values.get("risk_now") != "unchanged":
        return
    if not NEEDS["full_assessment"](work.state):
        work.complain(
            "risk_now",
            "Den hela bedömningen är äldre än 180 dagar, eller saknas. Välj att en ny behövs",
            "The full assessment is more than 180 days old, or missing. Choose that a new one is needed",
        )
    if not work.values.get("risk_line"):
        work.complain("risk_line", "Skriv en rad om varför", "Write one line on why")
    if not work.values.get("next_review_on"):
        work.complain("next_review_on", "Välj när risken bedöms igen", "Choose when the risk is assessed again")


def _confirm_risk(work: Work) -> None:
    if work.values.get("risk_now") == "unchanged":
        said = {name: work.values[name] for name in ("risk_line", "next_review_on")}
        work.also("confirm_risk_assessment", {"assessed_on": work.values["held_on"], **said})


def _draft(work: Work, thing: Thing, outcome: str, until: Any, day_after: str | None = None, why: Any = None) -> None:
    """A new time for a support that rests on a decision is a draft until it is signed."""
    if until is None or outcome not in DRAFTED or not rests_on_decision(thing):
        return
    begins = thing.planned_end_on + timedelta(days=1) if thing.planned_end_on else work.today
    if until < begins:
        begins = min(until, work.today)
    said = {"intervention": thing.kind, "outcome": "granted", "from_on": begins, "until_on": until}
    work.also(
        "draft_decision", {**said, "short_reason": why, "legal_ground": METHOD.interventions[thing.kind].legal_ground}
    )


def _move_after(work: Work) -> None:
    """*Flytta allt efter*: a new word about each planned support that moves along, to be taken back by itself."""
    outcomes = work.values["support_outcomes"]
    for thing in moved_with(work.state, {i: until for i, (_, until, *_) in outcomes.items()}).values():
        said = {"intervention": thing.kind, "plan_status": thing.outcome, "meets_needs": thing.meets}
        last = thing.planned_end_on
        days = {"from_on": thing.from_on, "until_on": last, "until_further_notice": last is None}
        noun = work.record.standing(thing.id) if work.record else None
        giver = work.record.text(noun, "provider_name") if work.record and noun else None
        work.also("plan_support", {**said, **days, "provider_name": giver})


@verb
def reassess_needs(work: Work) -> None:
    """Behoven har ändrats: step 6 leads back to step 5."""
    work.write()
