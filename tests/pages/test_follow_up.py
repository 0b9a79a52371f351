"""The follow-up in HTTP: what it suggests, the live strip that stores nothing, drafts for two weeks, a signature."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from devtools import people
from langsikt.access.window.staff import actor_named
from langsikt.actions import door
from tests.pages import visiting
from tests.pages.table import ABSENT, day
from tests.pages.visiting import Visits, traced, without_clock, without_tokens
from tests.pages.world import World

pytestmark = pytest.mark.usefixtures("demo")
MOST = 15
GIVER = "Frivillige Filippus"
WORDS = "Lindriden vill bo kvar till sommaren."


def address(world: World, case: str, what: str) -> str:
    return f"/arenden/{world.references.get(case, case)}/uppfoljning/{what}/"


def as_typed(world: World, outcome: str = "extend", **parts: str) -> dict[str, str]:
    placed = world.events["plain.placement"]
    named = {f"outcome-{part}-{placed}": text for part, text in parts.items()}
    return {f"outcome-{placed}": outcome, "own_words": WORDS, **named}


def stored(world: World) -> dict[str, int]:
    """Rows in every table but the journal and the sign-in's own."""
    apart = ("records_journalentry", "django_session", "mfa_authenticator")
    with world.owner() as owner:
        tables = [n for (n,) in owner.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()]
        return {t: owner.execute(f"select count(*) from {t}").fetchone()[0] for t in tables if t not in apart}


def journal(world: World) -> list[tuple[Any, ...]]:
    with world.owner() as owner:
        found: list[tuple[Any, ...]] = owner.execute(
            "select action, result, case_id::text, typed from records_journalentry order by at, id"
        ).fetchall()
        return found


def test_the_strip_is_drawn_and_nothing_is_stored(world: World, visits: Visits) -> None:
    visits.by(people.SARA).get("/hjalp/")
    before, told = stored(world), len(journal(world))
    form, sara = as_typed(world, "end", last=day(20)), visits.by(people.SARA)
    with traced() as found:
        answer = sara.post(address(world, "plain", "glapp"), form)
    assert answer.status_code == 200
    piece = answer.content.decode()
    # the placement rests on a decision that ends in seventy days (C2.2): an earlier end makes that gap longer
    assert 'data-fill="strip"' in piece and "glappet ändras." in piece and "Obesvarad" in piece
    assert "<html" not in piece and WORDS not in piece
    assert stored(world) == before
    new = journal(world)[told:]
    assert new == [("suppose_follow_up", "done", world.cases["plain"], "")]
    assert len(found.statements) <= MOST, found.statements


@pytest.mark.parametrize("typed", ["i sommar", "2026-13-45", "9999-12-31", "'; drop table x", "-" * 400])
def test_a_day_that_cannot_be_read_draws_the_plan_as_it_is(world: World, visits: Visits, typed: str) -> None:
    placed = world.events["plain.placement"]
    form = {f"outcome-{placed}": "extend", f"outcome-pick-{placed}": "other", f"outcome-until-{placed}": typed}
    answer = visits.by(people.SARA).post(address(world, "plain", "glapp"), form)
    assert answer.status_code == 200 and "Ingen skillnad mot planen i dag." in answer.content.decode()


def test_a_hidden_case_answers_as_one_that_does_not_exist(world: World, visits: Visits) -> None:
    said, amina = [], visits.by(people.AMINA)
    for reference in (world.references["plain"], ABSENT):
        with traced() as found:
            answer = amina.post(address(world, reference, "glapp"), as_typed(world))
        body = without_clock(without_tokens(answer.content)).replace(reference.encode(), b"REF")
        said.append((answer.status_code, body, len(found.statements), found.decryptions))
    assert said[0] == said[1] and said[0][0] == 404
    hidden, absent = journal(world)[-2:]
    assert hidden[:3] == absent[:3] == ("suppose_follow_up", "NotFound", None) and hidden[3] != absent[3]


def test_whoever_may_not_write_the_follow_up_may_not_try_it_either(world: World, visits: Visits) -> None:
    answer = visits.by(people.LENA).post(address(world, "plain", "glapp"), as_typed(world))
    assert answer.status_code == 403
    assert journal(world)[-1][:2] == ("suppose_follow_up", "RefusedByRight")


def test_the_strip_does_not_keep_a_session_alive(world: World, visits: Visits) -> None:
    from langsikt.pages.signin_guards import AUTOSAVE

    for path in (address(world, "plain", "glapp"), f"/arenden/{world.references['plain']}/utkast/follow_up/"):
        assert any(part in path for part in AUTOSAVE)


# --- what it opens with ------------------------------------------------------------------------------


def opened(world: World, visits: Visits, query: str = "", case: str = "plain") -> str:
    answer = visits.by(people.SARA).get(address(world, case, "ny") + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def chosen(page: str, name: str) -> str:
    """The value of the radio that is on."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)" checked', page)
    return found[1] if found else ""


def test_a_link_from_the_plan_opens_with_its_support_and_day(world: World, visits: Visits) -> None:
    placed = world.events["plain.placement"]
    page = opened(world, visits, f"?stod={placed}&till={day(90)}")
    assert chosen(page, f"outcome-{placed}") == "extend" and chosen(page, f"outcome-pick-{placed}") == "other"
    assert f'name="outcome-until-{placed}" value="{day(90)}"' in page
    assert 'value="2026-01-01"' not in opened(world, visits, f"?stod={UUID(int=5)}&till=2026-01-01")


def test_it_opens_in_few_statements(world: World, visits: Visits) -> None:
    opened(world, visits)
    with traced() as found:
        opened(world, visits)
    assert len(found.statements) <= MOST, found.statements


def test_a_draft_keeps_every_part_for_two_weeks(world: World, visits: Visits) -> None:
    placed = world.events["plain.placement"]
    keep = f"/arenden/{world.references['plain']}/utkast/follow_up/"
    form = {**as_typed(world, "change"), "part": "insatserna", "wellbeing": "2", "follow_up_note": WORDS}
    answer = visits.by(people.SARA).post(keep, form)
    assert re.fullmatch(r"\d\d\.\d\d", json.loads(answer.content)["saved_at"])
    page = opened(world, visits)
    assert chosen(page, f"outcome-{placed}") == "change" and chosen(page, "wellbeing") == "2"
    assert page.count(WORDS) == 2 and 'name="part" value="insatserna"' in page

    # When two weeks have passed it is not taken up again, and the next draft erases it
    with world.owner() as owner:
        owner.execute("update records_draft set saved_at = %s", [datetime.now(UTC) - timedelta(days=15)])
    page = opened(world, visits)
    assert WORDS not in page and chosen(page, f"outcome-{placed}") == "extend"
    visits.by(people.SARA).post(f"/arenden/{world.references['plain']}/utkast/write_note/", {"note": "Kort."})
    with world.owner() as owner:
        forms = [form for (form,) in owner.execute("select form from records_draft").fetchall()]
    assert forms == ["write_note"]


# --- what it writes ----------------------------------------------------------------------------------


def test_one_submission_writes_the_note_the_draft_the_plan_and_the_next_date(world: World, visits: Visits) -> None:
    world.renew()
    visits.forget()
    sara, placed, reference = visits.by(people.SARA), world.events["plain.placement"], world.references["plain"]
    form = {
        **as_typed(world, pick=day(120)),
        "held_on": day(),
        "still_needed": "yes",
        "next_on": day(30),
        "risk_now": "unchanged",
        "risk_line": "Inget nytt har hänt.",
        "next_review_on": day(60),
        f"outcome-until-{placed}": day(300),
        f"outcome-after-{placed}": "not_yet",
    }
    answer = sara.post(address(world, "plain", "ny"), form)
    assert answer.status_code == 302 and answer.headers["Location"].endswith("/uppfoljning/sparad/?klart=follow_up")
    with world.owner() as owner:
        events = owner.execute(
            "select name from records_event where case_id = %s order by seq desc limit 3", [world.cases["plain"]]
        ).fetchall()
        drafts = (
            "select id::text, until_on::text from records_event e join records_decisiondraft d on d.event_id = e.id"
            " where e.case_id = %s"
        )
        drafted = owner.execute(drafts, [world.cases["plain"]]).fetchall()
    assert [name for (name,) in reversed(events)] == ["follow_up", "confirm_risk_assessment", "draft_decision"]
    assert [until for _, until in drafted] == [day(120)], "the day that was picked, not the one left beside it"

    # Then the page says what was written, and the case shows the draft
    saved = sara.get(answer.headers["Location"]).content.decode()
    assert "1 utkast till beslut väntar på underskrift" in saved and WORDS in saved
    assert "dagen efter: inte klart än" in saved
    assert [saved.index(f"<h3>{part}</h3>") for part in ("Läget", "Trygghet", "Insatserna")]
    sign = f"/arenden/{reference}/beslut/underskrift/?decision_draft={drafted[0][0]}"
    assert sign in saved and sign in sara.get(f"/arenden/{reference}/").content.decode()

    # And the form to sign opens with everything that the draft says, and shows what is signed
    page = sara.get(sign).content.decode()
    assert "Det här skriver du under" in page and chosen(page, "decision_draft") == drafted[0][0]
    assert re.search(rf'name="until_on"[^>]* value="{day(120)}"', page)
    signed = {"decision_draft": drafted[0][0], "decided_on": day(), "reasons": "Skydd behövs.", "until_on": day(120)}
    signed |= {"delegation_point": "4.1", "legal_ground": chosen(page, "legal_ground")}
    assert visits.by(people.LENA).post(sign, signed).status_code == 302
    assert visiting.without_clock(sara.get(f"/arenden/{reference}/").content).count(b"underskrift/?decision_draft") == 0


def test_a_next_date_is_not_needed_to_save(world: World, visits: Visits) -> None:
    world.renew()
    visits.forget()
    form = {**as_typed(world, pick="now"), "held_on": day(), "still_needed": "yes", "next_on": ""}
    answer = visits.by(people.SARA).post(address(world, "plain", "ny"), form, follow=True)
    assert "Ingen uppföljning planerad" in answer.content.decode()


def test_what_cannot_be_saved_comes_back_whole(world: World, visits: Visits) -> None:
    placed = world.events["plain.placement"]
    form = {**as_typed(world, pick="other", until="i sommar"), "held_on": day(3), "still_needed": "yes"}
    answer = visits.by(people.SARA).post(address(world, "plain", "ny"), form)
    page = answer.content.decode()
    assert answer.status_code == 422 and WORDS in page
    assert 'value="i sommar"' in page and chosen(page, f"outcome-pick-{placed}") == "other"
    assert 'name="part" value="laget"' in page, "it opens at the first part where something is wrong"
    assert f'href="#outcome-until-{placed}"' in page and f'id="outcome-until-{placed}"' in page


# --- what moves along --------------------------------------------------------------------------------


def planned(world: World) -> list[tuple[str, str, str]]:
    """Every word about the volunteer of the plain case: when it was said to begin and end, and its event."""
    with world.owner() as owner:
        found: list[tuple[str, str, str]] = owner.execute(
            "select p.from_on::text, p.until_on::text, e.id::text from records_event e"
            " join records_plannedsupport p on p.event_id = e.id where e.case_id = %s order by e.seq",
            [world.cases["plain"]],
        ).fetchall()
        return found


def agree(world: World, now: datetime) -> None:
    """A guide for ninety days, and a volunteer agreed from the day after."""

    def do(event: str, **raw: str) -> None:
        filled = {name: [value] for name, value in raw.items()}
        door.act(actor_named(people.SARA, now), event, world.references["plain"], filled, now=now)

    do("start_intervention", intervention="housing_guide", started_on=day(), decided_by="without",
       planned_end_on=day(90), provider_name="Lots Maria")  # fmt: skip
    do("plan_support", intervention="volunteer_contact", plan_status="agreed", from_on=day(91), until_on=day(181),
       provider_name=GIVER)  # fmt: skip


def test_what_is_planned_after_a_running_support_moves_along_and_can_be_taken_back(
    world: World, visits: Visits
) -> None:
    world.renew()
    visits.forget()
    agree(world, datetime.now(UTC))
    sara, placed = visits.by(people.SARA), world.events["plain.placement"]
    with world.owner() as owner:
        ids = owner.execute("select event_id::text from records_intervention where planned_end_on = %s", [day(90)])
        guide = ids.fetchone()[0]

    # The plan leads to the follow-up with the day and the box filled in
    plan = f"/arenden/{world.references['plain']}/plan/?stod={guide}&sista-dag={day(120)}&efter=on"
    link = re.search(r'href="([^"]*/uppfoljning/ny/[^"]*move_after=on[^"]*)"', sara.get(plan).content.decode())
    assert link, "the preview leads to the form that saves it"
    page = opened(world, visits, "?" + link[1].partition("?")[2].replace("&amp;", "&"))
    assert re.search(r'name="move_after"[^>]*checked', page)
    assert not re.search(r'name="move_after"[^>]*checked', opened(world, visits)), "nothing moves by itself"

    # Not ticked: the support alone; ticked: thirty days, with the giver kept
    form = {f"outcome-{placed}": "extend", f"outcome-pick-{placed}": "now", f"outcome-{guide}": "extend",
            f"outcome-pick-{guide}": day(120), "held_on": day(), "still_needed": "yes", "own_words": WORDS}  # fmt: skip
    strip = sara.post(address(world, "plain", "glapp"), {**form, "move_after": "on"})
    assert strip.status_code == 200 and len(planned(world)) == 1
    answer = sara.post(address(world, "plain", "ny"), {**form, "move_after": "on"})
    assert answer.status_code == 302
    assert [(first, last) for first, last, _ in planned(world)] == [(day(91), day(181)), (day(121), day(211))]
    saved = sara.get(answer.headers["Location"]).content.decode()
    assert "Det här flyttades med i planen" in saved and "Ångra flytten" in saved
    assert sara.get(f"/arenden/{world.references['plain']}/handelser/").content.decode().count(GIVER) == 2

    # And when the move is taken back the old days stand again, and the page no longer speaks of it
    undo = f"/arenden/{world.references['plain']}/handelser/{planned(world)[1][2]}/ratta/"
    assert undo in saved
    back = sara.post(undo, {"corrects": planned(world)[1][2], "never_happened": "on", "correction_reason": "Fel dag."})
    assert back.status_code == 302, back.content.decode()[:2000]
    assert "Det här flyttades med" not in sara.get(answer.headers["Location"]).content.decode()


def test_without_the_box_nothing_else_moves(world: World, visits: Visits) -> None:
    world.renew()
    visits.forget()
    agree(world, datetime.now(UTC))
    with world.owner() as owner:
        ids = owner.execute("select event_id::text from records_intervention where planned_end_on = %s", [day(90)])
        guide = ids.fetchone()[0]
    placed = world.events["plain.placement"]
    form = {f"outcome-{placed}": "extend", f"outcome-pick-{placed}": "now", f"outcome-{guide}": "extend",
            f"outcome-pick-{guide}": day(120), "held_on": day(), "still_needed": "yes", "own_words": WORDS}  # fmt: skip
    assert visits.by(people.SARA).post(address(world, "plain", "ny"), form).status_code == 302
    assert [(first, last) for first, last, _ in planned(world)] == [(day(91), day(181))]
