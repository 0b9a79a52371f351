"""Step 4: a place is asked for, taken, extended and left."""

from langsikt.access.keeper import is_denied
from langsikt.access.people import colleagues, marks
from langsikt.actions.register import verb
from langsikt.actions.work import Work


@verb
def request_place(work: Work) -> None:
    """The coordinators see the request by reference, dates and what the place must suit, until it is met."""
    work.write()
    for colleague in colleagues(work.today):
        if colleague.role == "housing_coordinator" and not is_denied(work.root.id, colleague.id):
            work.assign(colleague.id, "housing_coordinator")


@verb
def start_placement(work: Work) -> None:
    """Placering på skyddat boende (step 4; SoL 9:5–6). Raises Invalid when the period is not in order."""
    planned = work.values.get("planned_end_on")
    if planned and planned < work.values["first_night_on"]:
        work.complain(
            "planned_end_on", "Sista dagen ligger före första natten", "The last day comes before the first night"
        )
    work.write()
    work.unassign("housing_coordinator")


def name_kind(work: Work) -> None:
    """The kind of a place is that of the dwelling, never typed: the hard stops and a correction read it too."""
    if place := work.values.get("place"):
        work.values["place_kind"] = marks()[place][1]


@verb
def extend_placement(work: Work) -> None:
    """The placement goes on. Raises Invalid when the day is earlier than the one that holds.

    The same day again is right: a new decision has carried the placement on to it already.
    """
    running = {t.id: t for t in work.state.running_placements}[work.values["placement"]]
    end, before = work.values["planned_end_on"], running.planned_end_on or running.from_on
    if end < before:
        work.complain("planned_end_on", f"Välj tidigast {before.isoformat()}", f"Choose {before.isoformat()} or later")
    work.write()


@verb
def end_placement_acutely(work: Work) -> None:
    """The placement ends at short notice: today, or on a day just ahead (R2; rules B1.1, B2.6).

    Where the person sleeps and who calls are asked for; not knowing is an answer, and an alarm.
    Raises Invalid when it ends before it began.
    """
    running = {t.id: t for t in work.state.running_placements}[work.values["placement"]]
    if work.values["last_day_on"] < running.from_on:
        work.complain("last_day_on", "Placeringen började efter den dagen", "The placement began after that day")
    work.write()


@verb
def end_placement(work: Work) -> None:
    """The placement has ended: recorded at once; what is missing becomes a debt (rules B1.1).

    Raises Invalid when it ends before it began.
    """
    running = {t.id: t for t in work.state.running_placements}[work.values["placement"]]
    if work.values["ended_on"] < running.from_on:
        work.complain("ended_on", "Placeringen började efter den dagen", "The placement began after that day")
    work.write()
