"""The made-up people show every kind of gap on the pages, and the list of somebody away is somebody else's."""

import re
from typing import Any

import pytest

from tests.journeys.desk import Desk, day, exactly, spoken

pytestmark = pytest.mark.browser
MONTH = 31

# Who is looked at by whom, and the words of the plan that tell the kind; written by hand from the stories.
KINDS = {
    "Ida Frostlind": (
        "Sara L",
        {
            "gap in the home": "Däremellan är 14 nätter utan boende",
            "gap in occupation": "utan sysselsättning",
            "gap in social support": "utan socialt stöd",
            "waiting for a decision names the gap": "Kontaktperson väntar på beslut",
            "neither covered nor counted": "täcker inte, räknas inte som glapp",
            "not planned yet": "Inte planerat än",
            "a row of decisions": "4 beslut i rad, sammanlagt 56 dagar",
        },
    ),
    "Samira Molnvik": (
        "Sara L",
        {
            "gap in the home": "Inneboende slutar den",
            "waiting for a decision names the gap": "Jourlägenhet väntar på beslut",
            "manages": "Inget planerat, klarar själv (sysselsättning)",
        },
    ),
    "Nour Havsbrisk": (
        "Sara L",
        {"unconfirmed": "slut okänt, obekräftat", "gap in social support": "Glapp i socialt stöd"},
    ),
    "Yasmin Ljungskymn": (
        "Sara L",
        {"declines": "Inget planerat, avböjer (socialt stöd)", "a home that ends": "Hyresavtalet slutar"},
    ),
    "Amal Solregn": (
        "Sara L",
        {
            "support ends on the day of a move": "Boendelots slutar samma dag som flytten",
            "gap in occupation": "Stöd till studier eller arbete börjar den",
        },
    ),
    "Elias Tranemyr": (
        "Johan W",
        {
            "overlap with a warm hand-over": "16 dagar tillsammans för en överlämning",
            "pause, until the follow-up": "Ingen planering efter",
        },
    ),
    "Adam Gransvale": ("Amina H", {"temporary": "tillfälligt", "decided, not begun": "Skyddat boende"}),
    "Maja Rönnglans": ("David N", {"gap in the home": "91 nätter utan boende", "not assessed": "Inte bedömt"}),
    "Dilan Dimvåg": ("Elin S", {"contact without successor": "Glapp i socialt stöd", "manages": "klarar själv"}),
    "Zahra Stjärnmo": ("Elin S", {"nothing after closure": "Inga glapp är räknade framåt"}),
}


def open_plan(desk: Desk) -> None:
    """From the case to its plan."""
    desk.open(desk.page.get_by_role("navigation", name="Ärendets sidor").get_by_role("link", name="Plan", exact=True))
    desk.heading("Plan")


@pytest.mark.parametrize("who", sorted({who for who, _ in KINDS.values()}))
def test_each_kind_is_told_on_the_plan(desk: Desk, who: str) -> None:
    # Given a worker and the made-up people whose cases are hers
    desk.sits(who)
    seen = 0
    for person, (worker, kinds) in KINDS.items():
        if worker != who:
            continue
        # When she opens the plan, then it says in words what is missing, what waits and what is fine
        desk.find_by_name(person)
        open_plan(desk)
        told = " ".join(desk.page.get_by_role("main").inner_text().split())
        missing = {kind: words for kind, words in kinds.items() if words not in told}
        assert not missing, f"{person}: {missing}\n{told[:3000]}"
        seen += len(kinds)
    assert seen


def test_what_has_ended_and_is_unanswered_stands_first(desk: Desk) -> None:
    # Given support that the board ended since the person has a lease of her own; nobody has said what comes then
    desk.sits("Sara L")
    desk.find_by_name("Nour Havsbrisk")
    desk.sees("Boendestöd har upphört, dagen efter är obesvarad", within="Nu")
    # And an offer whose rent is answered too late, and a follow-up that is late
    desk.sees("Svaret om hyran kommer", within="Nu")
    desk.sees("Uppföljningen är försenad", within="Nu")


def test_r3_a_home_between_two_homes_moves_the_gap(desk: Desk) -> None:
    # Given a couple who were placed last night; the duty service hands their case over (R3)
    desk.sits("Ali D")
    row = desk.page.get_by_role("main").get_by_role("link", name=re.compile("^[A-Z0-9]{6}$")).first
    reference = row.inner_text()
    desk.go_to_case(reference)
    desk.record("Lämna över till RVT", {"Handläggare": "Sara L"}, "Ärendet är överlämnat till RVT")
    desk.sits("Sara L")
    desk.go_to_case(reference)
    assert desk.status_of("2 Utredning").startswith("Pågår")

    # When the worker opens the plan in step 2, then its six rows are there, and it says where the home ends
    open_plan(desk)
    heads = [head for head in desk.page.get_by_role("rowheader").all_inner_texts() if head]
    assert heads[:6] == ["Bostad", "Sysselsättning", "Socialt stöd", "Hälsa", "Trygghet", "Ekonomi"]
    says = desk.page.get_by_role("list", name="Så långt räcker planen")
    ends = next(d for d in range(10) if f"Ingen planering efter {spoken(d)} (bostad)" in says.inner_text())
    desk.sees("Glapp i bostad", within="Glapp")

    # When a transitional home is agreed from the day after, for half a year
    desk.follow("Planera ett stöd")
    home = {"Insats": "Mellanboende", "Hur säkert är det?": "Avtalat, med dag", "Vem ger insatsen": "Mellanboendet"}
    desk.write({**home, "Från och med": day(ends + 1), "Till och med": day(ends + 183)})
    desk.save("Planera ett stöd", "Det planerade stödet är sparat")
    open_plan(desk)

    # Then that gap is gone, and the next one begins the day after the transitional home
    says.get_by_text(f"Ingen planering efter {spoken(ends + 183)} (bostad)").wait_for()
    desk.does_not_see("Glapp i bostad")


def test_r10_the_list_of_somebody_away_is_the_stand_ins(desk: Desk) -> None:
    # Given Omar, who is away, and Sara, who stands in for him (R10)
    desk.sits("Sara L")
    desk.menu("Ärenden")
    desk.follow("Som vikarie 2")
    listed = desk.page.get_by_role("main").get_by_text("Vikarierar för Omar E")
    assert listed.count() == 2
    # When she opens her day, then what is due in his cases stands among her own, and says whose it is
    desk.menu("Min dag")
    row = desk.page.get_by_role("listitem").filter(has_text="dagen efter är obesvarad").first
    row.get_by_text("Vikarierar för Omar E").wait_for()

    # Given Elias, whose manager names a stand-in for Johan
    desk.sits("Mats R")
    reference = desk.find_by_name("Elias Tranemyr")
    named = {"Handläggare": "Johan W", "Vikarie": "Amina H", "Första mötet tillsammans": day(2)}
    desk.record("Utse handläggare", named, "Ansvaret är ändrat")
    desk.sits("Amina H")
    desk.does_not_see(reference)
    # When Johan will be away from tomorrow on, then she does not see the case yet; from today on she does
    for first, sees in ((1, False), (0, True)):
        desk.sits("Johan W")
        desk.follow("Frånvaro")
        desk.write({"Första dagen": day(first), "Sista dagen": day(4)})
        desk.press("Spara frånvaro")
        desk.sits("Amina H")
        rows: Any = desk.page.get_by_role("listitem").filter(has_text=reference)
        assert bool(rows.count()) is sees
    rows.filter(has_text="Vikarierar för Johan W").first.wait_for()


def test_a_milestone_is_in_the_plan_and_near_the_day_on_the_list(desk: Desk) -> None:
    # Given a lease that will end within a month (R8); when it is written down
    desk.sits("Sara L")
    reference = desk.find_by_name("Samira Molnvik")
    open_plan(desk)
    desk.follow("Lägg till en milstolpe")
    kinds = desk.page.get_by_label(exactly("Milstolpe")).get_by_role("option").all_inner_texts()
    assert {"Fyller 18", "Fyller 21", "Studierna slutar", "Hyresavtalet slutar"} <= set(kinds)
    desk.write({"Milstolpe": "Hyresavtalet slutar", "Dag": day(7)})
    desk.save("Lägg till en milstolpe", "Milstolpen står i planen")

    # Then the plan draws it, the case says what to do, and so does the list of the day
    desk.find_by_name("Samira Molnvik")
    desk.sees("Hyresavtalet slutar", within="Nu")
    open_plan(desk)
    desk.sees("Hyresavtalet slutar")
    desk.menu("Min dag")
    desk.page.get_by_role("listitem").filter(has_text="Hyresavtalet slutar").filter(has_text=reference).first.wait_for()
