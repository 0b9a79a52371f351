"""Every page in its default, empty, error and revealed states, wide and narrow, light and dark: axe finds nothing."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys import wordings as say
from tests.journeys.desk import FRONT, WIDE, Desk, day

pytestmark = pytest.mark.browser

EXPECTED = Path(__file__).parents[1] / "expected" / "routes.csv"
CASE = r"/arenden/[A-Z0-9]{6}/"
UUID = r"[0-9a-f-]{36}/"
# Each page by its address, and the states that it has to be seen in.
PAGES: dict[str, tuple[str, str]] = {
    "my_day": (r"/min-dag/", "default empty"),
    "postpone": (r"/min-dag/senare/[A-Z0-9]{6}/\w+/", "default error"),
    "watches": (r"/bevakningar/", "default empty"),
    "cases": (r"/arenden/", "default empty"),
    "search": (r"/arenden/sok/", "default empty error"),
    "new_contact": (r"/arenden/ny/", "default error"),
    "case": (CASE, "default empty"),
    "reveal": (CASE + "visa/", "revealed error"),
    "step": (CASE + r"steg/[\w-]+/", "default"),
    "plan": (CASE + "plan/", "default empty"),
    "leaflet": (CASE + "min-plan/", "default empty"),
    "safety": (CASE + "trygghet/", "default empty"),
    "reveal_safety": (CASE + "trygghet/visa/", "revealed error"),
    "network": (CASE + "natverk/", "default empty"),
    "reveal_network": (CASE + "natverk/visa/", "revealed error"),
    "link_case": (CASE + "natverk/koppla/", "default error"),
    "change_link": (CASE + "natverk/koppla/[A-Z0-9]{6}/", "default"),
    "write_into": (r"/arenden/skriv/", "default error"),
    "whereabouts": (CASE + "dolda-uppgifter/", "default empty"),
    "reveal_whereabouts": (CASE + "dolda-uppgifter/" + UUID + "visa/", "revealed error"),
    "texts_without_names": (CASE + "text-utan-namn/", "default"),
    "goals": (CASE + "mal/", "default empty"),
    "responsibility": (CASE + "vem-gor-vad/", "default"),
    "waiting": (CASE + "vantar/", "default empty"),
    "history": (CASE + "handelser/", "default"),
    "correct": (CASE + "handelser/" + UUID + "ratta/", "default error"),
    "case_log": (CASE + "logg/", "default"),
    "readers": (CASE + "logg/vem-har-last/", "default"),
    "assess_readers": (CASE + "logg/vem-har-last/provning/", "default error"),
    "emergency": (r"/nodoppna/", "default error"),
    "follow_up_saved": (CASE + "uppfoljning/sparad/", "default empty"),
    "close_case": (CASE + r"avslut/avsluta/", "default error"),
    "ask_to_close": (CASE + r"avslut/be-om-underskrift/", "default"),
    "sign_closure": (CASE + r"avslut/underskrift/", "default"),
    "reopen_case": (CASE + r"avslut/ateruppta/", "default error"),
    "event": (CASE + r"[\w-]+/[\w-]+/", "default error"),
    "team": (r"/team/", "default"),
    "absence": (r"/franvaro/", "default empty error"),
    "dwellings": (r"/boende/", "default"),
    "dwelling": (r"/boende/" + UUID, "default"),
    "reveal_dwelling": (r"/boende/" + UUID + "visa/", "revealed"),
    "find_place": (r"/boende/hitta/", "default empty error"),
    "suitability": (r"/boende/" + UUID + "passar/", "default error"),
    "new_dwelling": (r"/boende/nytt/", "default error"),
    "log_review": (r"/loggkontroll/", "default"),
    "finding": (r"/loggkontroll/" + UUID, "default error"),
    "whole_log": (r"/loggkontroll/logg/", "default"),
    "conflicts": (r"/jav/", "default empty"),
    "exclusions": (r"/sparrar/", "default empty"),
    "erasures": (r"/gallring/", "default"),
    "staff": (r"/personal/", "default"),
    "new_staff": (r"/personal/ny/", "default error"),
    "staff_member": (r"/personal/" + UUID, "default error"),
    "city": (r"/staden/", "default"),
    "model": (r"/modellen/", "default"),
    "help": (r"/hjalp/", "default"),
    "accessibility": (r"/tillganglighet/", "default"),
    "protection": (r"/sa-skyddas-uppgifterna/", "default"),
    "account_login": (r"/logga-in/", "default"),
    "account_logout": (r"/logga-ut/", "default"),
    "account_inactive": (r"/logga-in/stangt-konto/", "default"),
    "account_reauthenticate": (r"/logga-in/bekrafta/", "default"),
    "account_change_password": (r"/losenord/", "default error"),
    "mfa_index": (r"/tvafaktor/oversikt/", "default"),
    "demo_signin": (r"/demo/", "default"),
    "not found": (r"/finns-inte/", "default"),
}
# Examined where they belong, in test_signin.py; or no page of their own.
ELSEWHERE = {"mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp"}
ELSEWHERE |= {"mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_add_passkey"}
NO_PAGE = {
    "home",
    "continue_emergency",
    "end_call",
    "copied",
    "sample",
    "watches_file",
    "burn_dwelling",
    "take_back",
    "follow_up_gaps",
    "draft_new",
    "draft",
    "lift_exclusion",
    "examine_conflict",
    "answer_match",
    "identify_staff",
    "ask_erasure",
    "agree_to_erasure",
    "language",
    "reset_second_factor",
    "stay",
    "end_session",
    "end_sessions",
    "mfa_remove_passkey",
}
SEEN: dict[str, set[str]] = {}
Look = Callable[..., None]


@pytest.fixture
def look(desk: Desk) -> Look:
    """Examines the page that is open, in a state, and keeps which page it was; dark the first time."""

    def at(state: str = "default") -> None:
        path = re.sub(r"^https?://[^/]+|[?#].*$", "", desk.page.url)
        name = next(name for name, (pattern, _) in PAGES.items() if re.fullmatch(pattern, path))
        desk.examine(dark=name not in SEEN)
        SEEN.setdefault(name, set()).add(state)

    return at


def goes(desk: Desk, address: str) -> None:
    """An address typed by hand: for pages that no link leads to from here."""
    desk.page.evaluate("address => location.assign(address)", address)
    desk.page.wait_for_url(f"**{address}")


def test_of_the_case_worker(desk: Desk, look: Look) -> None:
    desk.sits("Sara L")
    desk.page.get_by_text("Varför den här ordningen?").click()
    look()
    desk.picture("min-dag")
    desk.printed("min-dag")
    desk.press_link("Senare")
    look()
    desk.save("Skjut upp")
    look("error")
    desk.menu("Min dag")
    desk.menu("Bevakningar")
    look()
    desk.picture("bevakningar")
    desk.menu("Ärenden")
    look()
    desk.picture("arenden")
    desk.follow("Avslutade 0")
    look("empty")
    desk.press("Sök")
    look("error")
    desk.page.get_by_label("Referens", exact=True).fill("XXXXXX")
    desk.open(desk.page.get_by_role("region", name="Sök").get_by_role("button", name="Sök"))
    look("empty")
    desk.page.get_by_label("Namn, exakt").fill("Samira Molnvik")
    desk.open(desk.page.get_by_role("region", name="Sök").get_by_role("button", name="Sök"))
    look()
    desk.follow("Ny kontakt")
    look()
    desk.picture("ny-kontakt")
    desk.save("Ny kontakt")
    look("error")
    desk.write(say.contact())
    desk.save("Ny kontakt", "Kontakten är registrerad")
    look("empty")
    desk.follow("Plan")
    look("empty")
    desk.follow("Trygghet")
    look("empty")
    for page in ("Mål", "Väntar på andra"):
        desk.follow(page)
        look("empty")
    goes(desk, re.sub(r"^https?://[^/]+|vantar/.*$", "", desk.page.url) + "uppfoljning/sparad/")
    look("empty")


def whereabouts(desk: Desk, look: Look) -> None:
    """What can reveal the person: none yet, one added, shown without and with a reason; and the texts without names."""
    desk.follow("Dolda uppgifter")
    look("empty")
    desk.follow("Lägg till uppgift som kan röja")
    look()
    desk.write({"Vad är det": "Arbetsplats", "Uppgiften": "Bageriet Sju Korn"})
    desk.save("Lägg till uppgift som kan röja", "Uppgiften är sparad och dold")
    look()
    desk.picture("dolda-uppgifter")
    desk.press("Visa Arbetsplats")
    look("error")
    desk.write({"Varför behöver du se uppgiften?": "Kontakta personen"})
    desk.press("Visa Arbetsplats")
    look("revealed")
    desk.follow("Översikt")
    desk.follow("Text till tolk eller rådgivning, utan namn")
    look()
    desk.follow("Trygghet")


def test_of_a_case(desk: Desk, look: Look) -> None:
    desk.sits("Sara L")
    desk.find_by_name("Samira Molnvik")
    desk.page.locator("summary", has_text="Ny händelse").click()
    look()
    desk.page.keyboard.press("Escape")
    desk.picture("arende")
    desk.take(FRONT, WIDE, whole=True)
    desk.press("Visa namn")
    look("revealed")
    desk.follow("Dölj namn")
    desk.press("Ring")
    look("revealed")
    desk.picture("ring")
    desk.press("Samtalet slut")
    desk.follow("Plan")
    look()
    desk.picture("plan")
    desk.printed("plan", landscape=True)
    desk.press_link("Min plan")
    look("empty")
    desk.press_link("Ja")
    look()
    desk.picture("min-plan")
    desk.page.go_back()
    desk.page.go_back()
    desk.follow("6 mån")
    look()
    desk.follow("Tabell")
    look()
    desk.picture("plan-tabell")
    desk.follow("Tidslinje")
    desk.follow("Trygghet")
    look()
    desk.picture("trygghet")
    whereabouts(desk, look)
    desk.follow("Mål")
    look()
    desk.follow("Vem gör vad")
    look()
    desk.follow("Väntar på andra")
    look()
    desk.follow("Händelser")
    look()
    desk.picture("handelser")
    desk.press_link("Rätta Uppföljning")
    look()
    desk.save("Spara rättelsen")
    look("error")
    desk.picture("ratta")
    desk.follow("Avbryt")
    desk.follow("Logg")
    look()
    desk.picture("logg")
    desk.follow("Översikt")
    for step in ("1 Kontakt", "2 Utredning", "3 Beslut", "4 Placering", "5 Behov efter", "6 Uppföljning", "7 Avslut"):
        desk.step(step)
        look()
        desk.picture(f"steg-{step[0]}")


def linked(desk: Desk, look: Look, sibling: str) -> None:
    """The case is linked to a sibling's, from the network page and back to it."""
    desk.follow("Koppla ärende")
    look()
    desk.save("Koppla ärendena")
    look("error")
    desk.write(
        {"Det andra ärendets referens": sibling, "Det andra ärendet är": "Syskon", "Får de bo tillsammans?": "Nej"}
    )
    desk.save("Koppla ärendena")
    desk.sees("Hemliga för varandra")
    look()
    desk.picture("natverk")
    desk.press_link("Ändra kopplingen")
    look()
    desk.follow("Nätverk")


def test_of_the_network_and_of_a_conflict_of_interest(desk: Desk, look: Look) -> None:
    desk.sits("Sara L")
    desk.menu("Ärenden")
    desk.follow("Skriv till ärende")
    look()
    desk.press("Lämna")
    look("error")
    sibling = desk.find_by_name("Ida Frostlind")
    desk.follow("Nätverk")
    look("empty")
    reference = desk.find_by_name("Amal Solregn")
    desk.follow("Nätverk")
    desk.follow("Lägg till en person i nätverket")
    desk.write(
        {"Hela namnet": "Sagofigur Påhittad", "Relation till personen": "Kusin", "Roll just nu": "Både risk och stöd"}
    )
    desk.save("Lägg till en person i nätverket", "Personen står i nätverket")
    look()
    linked(desk, look, sibling)
    desk.press("Visa nätverket")
    desk.sees("Sagofigur Påhittad")
    look("revealed")
    desk.sits("Lena K")
    desk.menu("Jäv")
    look("empty")
    desk.go_to_case(reference)
    desk.follow("Nätverk")
    desk.press("Visa nätverket")
    look("error")
    desk.sits("Sara L")
    desk.go_to_case(reference)
    desk.press("Jag är jävig av annat skäl")
    desk.sees("Ärendet är stängt för dig. Någon annan har det nu, och chefen prövar jävet.")
    desk.sits("Lena K")
    desk.menu("Jäv")
    look()
    desk.press("Häv")
    desk.does_not_see(reference)


def test_of_the_forms_of_a_case(desk: Desk, look: Look) -> None:
    desk.sits("Sara L")
    desk.find_by_name("Ida Frostlind")
    desk.page.locator("summary", has_text="Ny händelse").click()
    events = desk.page.locator("details[open]").get_by_role("link").all_inner_texts()
    desk.page.keyboard.press("Escape")
    assert len(events) > 15
    for event in events:
        desk.begin(event.strip())
        look()
        desk.follow("Gör klart senare")
    desk.begin("Fatta beslut")
    desk.write({**say.decision(), "Till och med": "", "Skäl": "Hon bor på Björken."})
    desk.save("Fatta beslut")
    look("error")
    desk.picture("beslut-fel")
    desk.write({"Till och med": day(30)})
    desk.save("Fatta beslut")
    desk.complains("Texten säger var personen är")
    desk.follow("Gör klart senare")
    desk.begin("Följ upp")
    for part in ("Läget", "Trygghet", "Insatserna", "Ansvar och nästa gång", "Kontrollera"):
        desk.part(part)
        look()
    desk.part("Insatserna")
    desk.write({"Skyddat boende, kollektiv Björken": "Avsluta"})
    look()
    desk.picture("uppfoljning")
    desk.printed("uppfoljning")
    desk.part("Läget")
    desk.write({"Uppföljningen hölls": day(2)})
    desk.part("Kontrollera")
    desk.save("Spara uppföljningen")
    look("error")
    desk.write({"Uppföljningen hölls": day()})
    desk.part("Kontrollera")
    desk.save("Spara uppföljningen", "Uppföljningen är sparad")
    look()


def test_of_the_manager(desk: Desk, look: Look) -> None:
    desk.sits("Lena K")
    look()
    desk.picture("team")
    desk.find_by_name("Samira Molnvik")
    look()
    desk.picture("chefens-arende")
    desk.press("Visa texterna")
    look("error")
    desk.write({"Välj skäl, sedan Visa. Visningen loggas och granskas.": "Chefsstöd i ärendet"})
    desk.press("Visa texterna")
    look("revealed")
    desk.follow("Trygghet")
    look()
    desk.press("Visa texterna")
    look("error")
    desk.write({"Du ser datum. Varför behöver du se texterna?": "Chefsstöd i ärendet"})
    desk.press("Visa texterna")
    look("revealed")
    desk.follow("Översikt")
    for event in ("Utse handläggare", "Spärra en medarbetare", "Dödsfall", "Registrerat i fel"):
        desk.begin(event)
        look()
        desk.follow("Gör klart senare")
    desk.menu("Team")
    desk.follow("Skriv under avslutet")
    look()
    desk.menu("Team")
    desk.follow("Gallring")
    look()
    desk.menu("Team")
    desk.follow("Frånvaro")
    desk.write({"Första dagen": day(9), "Sista dagen": day(3)})
    desk.press("Spara frånvaro")
    look("error")
    desk.write({"Sista dagen": day(12)})
    desk.press("Spara frånvaro")
    desk.sees("Lena K")
    look()
    desk.menu("Staden")
    look()


def test_of_step_seven(desk: Desk, look: Look) -> None:
    desk.sits("Omar E")
    reference = desk.find_by_name("Yasmin Ljungskymn")
    desk.begin("Be chefen skriva under avslutet")
    look()
    goes(desk, f"/arenden/{reference}/avslut/avsluta/")
    look()
    desk.save("Be chefen skriva under avslutet")
    look("error")
    desk.sits("Elin S")
    desk.find_by_name("Zahra Stjärnmo")
    look()
    desk.follow("Återuppta", within="Efter avslut")
    look()
    desk.save("Återuppta")
    look("error")


def test_of_the_duty_service(desk: Desk, look: Look) -> None:
    desk.sits("Sofia J")
    look("empty")
    desk.follow("Frånvaro")
    look("empty")
    desk.menu("Bevakningar")
    look("empty")
    desk.sits("Ali D")
    desk.press_link("Lämna över till RVT")
    look()
    desk.picture("lamna-over")


def test_of_the_coordinator(desk: Desk, look: Look) -> None:
    desk.sits("Karin B")
    look()
    desk.picture("boende")
    desk.press("Visa adressen till Cypressen")
    look("revealed")
    desk.follow("Dölj")
    desk.follow("Cypressen")
    look()
    desk.picture("boendet")
    desk.press("Adressen är röjd")
    look()
    desk.press("Adressen är inte röjd, det var ett misstag")
    desk.menu("Boende")
    desk.press_link("Placera")
    look()
    desk.save("Placera")
    look("error")
    desk.menu("Boende")
    desk.follow("Nytt boende")
    look()
    desk.press("Spara boendet")
    look("error")
    desk.menu("Boende")
    desk.write({"Platsen ska passa": "Man", "Ålder": "19"})
    desk.press("Sök plats")
    look()
    desk.picture("hitta-plats")
    desk.write({"Och även": "Rullstol"})
    desk.press("Sök plats")
    look("empty")
    desk.write({"Ålder": "ung"})
    desk.press("Sök plats")
    look("error")
    desk.press_link("Ändra vad Almen passar")
    look()
    desk.write({"Yngsta ålder": "många"})
    desk.press("Spara vad boendet passar")
    look("error")


def test_of_those_who_see_no_cases(desk: Desk, look: Look) -> None:
    desk.sits("Viktor P")
    look()
    desk.follow("Ny medarbetare")
    look()
    desk.press("Spara")
    look("error")
    desk.menu("Personal")
    desk.follow("Sara L")
    look()
    desk.press("Ge rollen")
    look("error")
    desk.sits("Ingrid F")
    look()
    desk.picture("loggkontroll")
    desk.page.get_by_role("link", name="Nödöppnade ett ärende").first.click()
    desk.heading("Nödöppnade ett ärende")
    look()
    desk.press("Avsluta granskningen")
    look("error")
    desk.menu("Loggkontroll")
    desk.follow("Hela loggen")
    look()
    desk.sits("Hanna M")
    look()
    desk.press("Häv")
    desk.sees("Inga spärrar gäller nu.")
    look("empty")
    desk.sits("Tor A")
    look()


def test_of_an_emergency_and_of_who_has_read(desk: Desk, look: Look) -> None:
    desk.sits("Ali D")
    desk.menu("Ärenden")
    desk.follow("Nödöppna")
    look()
    desk.picture("nodoppna")
    desk.press("Nödöppna ärendet")
    desk.complains("Skriv referensen eller personnumret, ett av dem")
    look("error")
    desk.sits("Lena K")
    desk.menu("Ärenden")
    desk.page.get_by_role("link", name=re.compile("^Enhetens ärenden")).click()
    desk.page.locator(".case-row a.reference").first.click()
    desk.follow("Logg")
    desk.follow("Vem har läst")
    look()
    desk.follow("Pröva namnen")
    look()
    desk.press("Spara prövningen")
    look("error")


def test_of_what_everybody_reads(desk: Desk, look: Look) -> None:
    desk.page.goto("/")
    look()
    desk.follow("Välj en roll")
    look()
    desk.press("Sara L")
    desk.menu("Modellen")
    look()
    desk.picture("modellen")
    for page in ("Hjälp", "Tillgänglighet", "Så skyddas uppgifterna", "Så loggar du in"):
        desk.follow(page)
        look()
    for address in ("/losenord/", "/logga-in/bekrafta/", "/logga-in/stangt-konto/", "/logga-ut/", "/finns-inte/"):
        goes(desk, address)
        look()
    goes(desk, "/losenord/")
    desk.press("Byt lösenord")
    look("error")


def test_no_page_is_forgotten() -> None:
    with EXPECTED.open() as table:
        routes = {row["route"].partition(":")[0] for row in csv.DictReader(table)}
    assert routes == (PAGES.keys() - {"not found", "account_change_password", "account_inactive"}) | ELSEWHERE | NO_PAGE
    missing = {name: set(states.split()) - SEEN.get(name, set()) for name, (_, states) in PAGES.items()}
    assert not {name: states for name, states in missing.items() if states}
