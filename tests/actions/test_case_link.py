"""Koppla ärende: whoever may read both links them; a secret link is nobody else's; what was said decides collisions."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from langsikt.access.errors import Invalid, NotFound
from langsikt.access.window import log
from langsikt.access.window.match import matches
from langsikt.access.window.network import network
from langsikt.actions import door
from langsikt.actions.case_link import Said, link_cases
from tests.actions import staging
from tests.actions.staging import NOW, Case, Office, attempt, do, tell
from tests.actions.test_network import case_of, kin, placed, try_place
from tests.model.states import FACTS

LATER = NOW + timedelta(minutes=1)
LINKS = "select count(*) from records_caselink"


@pytest.fixture(scope="module")
def office(database: None) -> Office:
    return staging.open_office()


def link(case: Case, other: Case | str, who: str = "worker", ended: bool = False, **answered: str) -> None:
    reference = other if isinstance(other, str) else other.reference
    answers = {"relation": "child", "secret": "yes", "together": "no"} | answered
    link_cases(case.office.actor(who), case.reference, Said(reference, answers, ended), NOW)


def give(case: Case, to: str) -> None:
    """The case has a worker, and the one it had no longer."""
    do(case, "assign_case", {"case_worker": f"staff:{to}"}, who="manager")


def of(case: Case, who: str) -> tuple[Any, ...]:
    return network(case.office.actor(who), case.reference, LATER).links


def rows_of(office: Office, who: str) -> int:
    with staging.behind("langsikt_app") as app, app.transaction():
        app.execute("select set_config('langsikt.actor', %s, true)", [str(office.ids[who])])
        row = app.execute(LINKS).fetchone()
    return int(row[0]) if row else -1


def pair_of(office: Office, **how: Any) -> tuple[Case, Case]:
    """A parent's case that ``worker`` has alone, a child's that ``other`` has alone, linked by their manager."""
    parent, child = case_of(office), case_of(office)
    link(parent, child, "manager", **how)
    give(child, "other")
    return parent, child


def test_one_press_and_both_cases_say_it(office: Office) -> None:
    parent, child = case_of(office), case_of(office)
    link(parent, child)
    (there,), (back,) = of(parent, "worker"), of(child, "worker")
    assert (there.reference, there.now.words.sv) == (child.reference, "Barn")
    assert (back.reference, back.now.words.sv) == (parent.reference, "Förälder")
    assert there.now.secret and not there.now.together and there.now.by == "Worker X" and not there.before


def test_a_change_is_said_anew_and_the_history_stays(office: Office) -> None:
    parent, child = case_of(office), case_of(office)
    link(parent, child, together="yes")
    link(child, parent, relation="parent", together="no")
    link(parent, child, ended=True)
    (found,) = of(parent, "worker")
    assert found.now.ended and [(s.words.sv, s.together, s.ended) for s in found.before] == [
        ("Barn", False, False),
        ("Barn", True, False),
    ]


def test_what_holds_already_is_not_said_again_and_what_held_before_can_be(office: Office) -> None:
    parent, child = case_of(office), case_of(office)
    for together in ("yes", "yes", "no", "yes", "yes"):
        link(parent, child, together=together)
    (found,) = of(parent, "worker")
    assert [found.now.together, *(said.together for said in found.before)] == [True, False, True]


def test_a_secret_link_is_nobodys_who_may_not_read_both(office: Office) -> None:
    before = {who: rows_of(office, who) for who in (*staging.STAFF, "administrator")}
    parent, child = pair_of(office)
    after = {who: rows_of(office, who) for who in before}
    assert {who for who in before if after[who] > before[who]} == {"manager"}
    assert not of(parent, "worker") and not of(child, "other") and of(parent, "manager") and of(child, "manager")
    give(child, "worker")
    assert of(parent, "worker"), "from the moment that both may be read"


def test_an_open_link_says_the_relation_and_never_who(office: Office) -> None:
    parent, child = pair_of(office, secret="no", together="yes")
    (there,), (back,) = of(parent, "worker"), of(child, "other")
    assert (there.reference, there.now.words.sv, there.now.by) == (None, "Barn", None)
    assert (back.reference, back.now.words.sv, back.now.by) == (None, "Förälder", None)
    assert of(parent, "manager")[0].reference == child.reference
    link(parent, child, "manager", secret="yes")
    assert not of(parent, "worker"), "what was open before is not told any more"
    link(parent, child, "manager", secret="no")
    assert len(of(parent, "worker")[0].before) == 0, "and not what was said while it was secret"
    link(parent, child, "manager", secret="no", ended=True)
    assert not of(parent, "worker")


@pytest.mark.parametrize("secret", ["yes", "no"])
def test_whoever_is_shut_out_of_one_never_learns_of_it_through_the_other(office: Office, secret: str) -> None:
    parent, child = case_of(office), case_of(office)
    link(parent, child, secret=secret)
    assert of(parent, "worker")
    do(child, "declare_conflict_of_interest", {"conflict_kind": "kinship"}, who="worker")
    assert of(parent, "worker") == () and rows_in(office, "worker", parent) == 0
    assert of(parent, "manager")


def rows_in(office: Office, who: str, case: Case) -> int:
    """The link rows of one case that this person is given, asked in SQL."""
    with staging.behind("langsikt_app") as app, app.transaction():
        app.execute("select set_config('langsikt.actor', %s, true)", [str(office.ids[who])])
        mine = "(select id from records_contact where reference = %s)"
        row = app.execute(f"{LINKS} where case_id = {mine} or other_id = {mine}", [case.reference] * 2).fetchone()
    return int(row[0]) if row else -1


@pytest.mark.parametrize("who", ["other", "duty", "their_manager", "coordinator", "reviewer", "officer"])
def test_nobody_links_a_case_that_they_may_not_read(office: Office, who: str) -> None:
    parent, child = case_of(office), case_of(office)
    before = staging.fingerprint()
    for one, two in ((parent, child), (child, parent)):
        with pytest.raises(NotFound):
            link(one, two, who)
    assert staging.fingerprint() == before


def test_made_up_hidden_and_shut_out_are_one_answer(office: Office) -> None:
    mine, hidden, shut = case_of(office), case_of(office), case_of(office)
    give(hidden, "other")
    do(shut, "declare_conflict_of_interest", {"conflict_kind": "conflict_of_interest"}, who="worker")
    answers = []
    for reference in (hidden.reference, shut.reference, "ZZZZ99", "' or 1=1"):
        with pytest.raises(Invalid) as no:
            link(mine, reference)
        row = staging.last_journal()
        answers.append((no.value.complaints, row["result"], row["case_id"], row["shown"], row["action"]))
    assert all(answer == answers[0] for answer in answers) and set(answers[0][0]) == {"reference"}
    with pytest.raises(Invalid) as empty:
        link(mine, "  ")
    assert "Skriv det andra" in empty.value.complaints["reference"].sv
    with pytest.raises(Invalid) as itself:
        link(mine, mine)
    assert "det här ärendet" in itself.value.complaints["reference"].sv


def test_sql_links_nothing_for_whoever_may_not_read_both(office: Office) -> None:
    parent, child = case_of(office), case_of(office)
    call = "select langsikt_link_cases(gen_random_uuid(), %s, %s, 'child', false, true, false, now())"
    known = dict(staging.owner().execute("select reference, id from records_contact").fetchall())
    with staging.behind("langsikt_app") as app, app.transaction():
        app.execute("select set_config('langsikt.actor', %s, true)", [str(office.ids["other"])])
        for other in (known[child.reference], None):
            with pytest.raises(psycopg.errors.RaiseException, match="not yours to link"), app.transaction():
                app.execute(call, [known[parent.reference], other])
        with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
            app.execute("insert into records_caselink (id) values (gen_random_uuid())")


def test_the_journal_speaks_of_it_to_those_who_may_read_both(office: Office) -> None:
    parent, child = pair_of(office)

    def logged(who: str, case: Case) -> int:
        return sum(r.action == "link_cases" for r in log.case_log(office.actor(who), case.reference, LATER)[1])

    assert (logged("manager", parent), logged("manager", child)) == (1, 1)
    assert (logged("worker", parent), logged("other", child)) == (0, 0)
    with staging.behind("langsikt_app") as app, app.transaction():
        app.execute("select set_config('langsikt.actor', %s, true)", [str(office.ids["reviewer"])])
        row = app.execute("select count(*) from records_journalentry where action = 'link_cases' and result = 'done'")
        assert row.fetchone() == (0,), "nor the log reviewer, who may be kin of either"


# --- what was said decides the collision check ---------------------------------------------------------------


def waiting(office: Office, name: str = "") -> Case:
    """A case with shelter granted and nowhere to live yet."""
    case = tell(office, "decision")
    do(case, "issue_decision", FACTS["issue_decision"], NOW)
    if name:
        kin(case, name)
    return case


def test_a_mother_and_her_child_may_live_together_and_share_a_contact_person_and_an_interpreter(
    office: Office,
) -> None:
    staging.add_place(office, "both", "shelter_flat", 9)
    mother = placed(office, "Morbror Sagofigur", "both")
    child = waiting(office, "Morbror Sagofigur")
    assert try_place(child, "both")[0][0] == "stop", "not linked: one network, and refused"
    link(mother, child, together="yes")
    for case in (mother, child):
        booked = staging.submission(case, "book_interpreter", {"interpreter_name": "Tolk Tillsammans",
                                    "interpreter_at": f"moment:-{1 + (case is child) * 5}"})  # fmt: skip
        assert attempt(office.actor("worker"), "book_interpreter", case.reference, booked)[0] == "done"
        with_them = {"intervention": "contact_person", "decided_by": "oral", "supporter_name": "Kon Taktperson"}
        given = staging.submission(case, "start_intervention", with_them)
        assert attempt(office.actor("worker"), "start_intervention", case.reference, given)[0] == "done"
    raw = staging.submission(child, "start_placement", {"place": "place:both"})
    assert attempt(office.actor("worker"), "start_placement", child.reference, raw)[0] == "done"
    assert not of(mother, "worker")[0].live_together or not of(mother, "worker")[0].broken
    link(mother, child, together="no")
    assert of(mother, "worker")[0].broken, "and now the page says that they live there together"


def test_siblings_who_must_not_live_together_collide_though_they_share_nobody(office: Office) -> None:
    staging.add_place(office, "sib", "shelter_flat", 9)
    staging.add_place(office, "fullsib", "shelter_flat", 1)
    placed(office, "Helt Annan", "fullsib")
    sister, brother = placed(office, "Egen Faster", "sib"), waiting(office, "Egen Kusin")
    link(sister, brother, relation="sibling", together="no")
    give(sister, "other")
    told = len(matches(office.actor("officer"), NOW))
    full, collides = try_place(brother, "fullsib"), try_place(brother, "sib")
    assert full == collides and full[0][0] == "stop"
    assert len(matches(office.actor("officer"), NOW)) == told, "a link that may be secret is told to nobody else"
    link(sister, brother, "manager", relation="sibling", together="no", ended=True)
    raw = staging.submission(brother, "start_placement", {"place": "place:sib"})
    assert attempt(office.actor("worker"), "start_placement", brother.reference, raw)[0] == "done"


def test_a_link_taken_out_of_the_comparison_lets_siblings_through(office: Office) -> None:
    """The negative control, last in the file."""
    staging.add_place(office, "control", "shelter_flat", 9)
    sister, brother = placed(office, "Ena Moster", "control"), waiting(office, "Andra Moster")
    link(sister, brother, relation="sibling", together="no")
    assert try_place(brother, "control")[0][0] == "stop"
    blind = "language sql stable security definer set search_path = public, pg_temp as"
    staging.owner().execute(
        "create or replace function langsikt_linked(one uuid, other uuid) returns boolean "
        f"{blind} 'select null::boolean'"
    )
    raw = staging.submission(brother, "start_placement", {"place": "place:control"})
    assert door.act(office.actor("worker"), "start_placement", brother.reference, raw, now=NOW)
