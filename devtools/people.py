"""The made-up staff, units and dwellings of the demo: no real person, place or address."""

from dataclasses import dataclass

from langsikt.model.load import METHOD
from langsikt.model.places import Suits

DEMO_PASSWORD = "langsikt-demo-2026"  # noqa: S105  (a demo's, printed when it starts)
"""The one password of every made-up staff member; the demo is not production (rules D7)."""

CITY = "hela staden"
DISTRICTS = (("jarva", "Järva"), ("farsta", "Farsta"), ("sodermalm", "Södermalm"), ("staden", "Hela staden"))

RVT_JARVA = "RVT Järva"
RVT_FARSTA = "RVT Farsta"
RVT_SODERMALM = "RVT Södermalm"
DUTY_UNIT = "Socialjouren"

UNITS = (
    (RVT_JARVA, "jarva"),
    (RVT_FARSTA, "farsta"),
    (RVT_SODERMALM, "sodermalm"),
    (DUTY_UNIT, "staden"),
)


@dataclass(frozen=True)
class StaffMember:
    """Somebody at work: ``unit`` is a name in ``UNITS``, or None for the whole city."""

    username: str
    short_name: str
    role: str
    unit: str | None


@dataclass(frozen=True)
class Dwelling:
    """A place to sleep, known by its mark; the address does not exist."""

    mark: str
    kind: str
    capacity: int
    address: str
    suits: Suits


@dataclass(frozen=True)
class Link:
    """Two cases of one family, by the keys of their stories, and what the other is to the first."""

    who: str
    key: str
    other: str
    relation: str


@dataclass(frozen=True)
class Away:
    """Somebody who is not at work, in days from today."""

    username: str
    from_day: int
    until_day: int


SARA, OMAR, LENA = "sara.l", "omar.e", "lena.k"
AMINA, JOHAN, MATS = "amina.h", "johan.w", "mats.r"
ELIN, DAVID, PETRA = "elin.s", "david.n", "petra.o"
ALI, SOFIA, KARIN = "ali.d", "sofia.j", "karin.b"

STAFF = (
    StaffMember(SARA, "Sara L", "case_worker", RVT_JARVA),
    StaffMember(OMAR, "Omar E", "case_worker", RVT_JARVA),
    StaffMember(LENA, "Lena K", "unit_manager", RVT_JARVA),
    StaffMember(AMINA, "Amina H", "case_worker", RVT_FARSTA),
    StaffMember(JOHAN, "Johan W", "case_worker", RVT_FARSTA),
    StaffMember(MATS, "Mats R", "unit_manager", RVT_FARSTA),
    StaffMember(ELIN, "Elin S", "case_worker", RVT_SODERMALM),
    StaffMember(DAVID, "David N", "case_worker", RVT_SODERMALM),
    StaffMember(PETRA, "Petra Ö", "unit_manager", RVT_SODERMALM),
    StaffMember(ALI, "Ali D", "duty_service", DUTY_UNIT),
    StaffMember(SOFIA, "Sofia J", "duty_service", DUTY_UNIT),
    StaffMember(KARIN, "Karin B", "housing_coordinator", None),
    StaffMember("tor.a", "Tor A", "analyst", None),
    StaffMember("ingrid.f", "Ingrid F", "log_reviewer", None),
    StaffMember("hanna.m", "Hanna M", "secrecy_officer", None),
    StaffMember("viktor.p", "Viktor P", "system_administrator", None),
)

SIGN_INS = tuple(
    (member.username, f"{member.short_name}, {METHOD.roles[member.role].name.sv.lower()}, {member.unit or CITY}")
    for member in STAFF
)
"""Who a visitor of the demo may sign in as: user name, and who that is."""

AWAY = (Away(OMAR, -3, 11),)
"""Omar E is away; Sara L stands in for him."""

LINKS = (Link(SARA, "refused_rent", "two_weeks", "sibling"),)
"""Two sisters with a case each, secret from each other, who are not to get the same dwelling."""

OPENED_AT_NIGHT = ("no_place_for_him", "waiting_for_psychiatry")  # cases that somebody opens with Nödöppna
FALLBACKS = ((RVT_JARVA, AMINA), (RVT_FARSTA, ELIN), (RVT_SODERMALM, SARA))
"""Who takes a case of the unit that would otherwise have nobody: somebody outside it (rules D3)."""

WOMEN = Suits(frozenset({"woman", "children"}), 18)
DWELLINGS = (
    Dwelling("Almen", "shelter_collective", 8, "Påhittade gatan 4, 000 01 Ingenstad", WOMEN),
    Dwelling("Björken", "shelter_collective", 6, "Påhittade gatan 12, 000 01 Ingenstad", WOMEN),
    Dwelling("Cypressen", "shelter_flat", 1, "Sagostigen 3, 000 02 Ingenstad", Suits(WOMEN.needs | {"wheelchair"}, 18)),
    Dwelling(
        "Druvan", "shelter_flat", 4, "Sagostigen 7, 000 02 Ingenstad", Suits(frozenset({"woman", "man", "lgbtq"}), 21)
    ),
    Dwelling(
        "Eken",
        "emergency_flat",
        2,
        "Drömvägen 21, 000 03 Ingenstad",
        Suits(frozenset({"woman", "man", "couple", "pet"}), 18),
    ),
    Dwelling("Fläderbusken", "emergency_flat", 1, "Drömvägen 23, 000 03 Ingenstad", WOMEN),
    Dwelling(
        "Granen",
        "transitional_flat",
        5,
        "Luftslottsgränd 9, 000 04 Ingenstad",
        Suits(frozenset({"woman", "man", "children"}), 18),
    ),
    Dwelling(
        "Hasseln",
        "transitional_flat",
        2,
        "Luftslottsgränd 11, 000 04 Ingenstad",
        Suits(frozenset({"woman", "man", "couple", "lgbtq"}), 18, 25),
    ),
)
