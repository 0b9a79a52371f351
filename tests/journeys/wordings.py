"""What is written again and again, with the words of the forms: answers that each journey may change."""

from tests.journeys.desk import Answers, day, now, spoken


def contact() -> Answers:
    """A contact about somebody who is not safe at home."""
    return {
        "När": now(),
        "Vem hörde av sig": "Origo",
        "Vad gäller det, på en rad": "Origo ringer med henne. Hon ska giftas bort i sommar.",
        "Namn personen vill bli kallad": "Linnea",
        "Var sover personen i natt?": "Hemma hos familjen",
        "Ålder": "21 eller äldre",
    }


def investigation() -> Answers:
    """An investigation is opened."""
    return {"Utredningen inleddes": day(), "Grund": "Ansökan"}


def risk(level: str = "Hög") -> Answers:
    """A structured assessment of threat and risk."""
    return {
        "Bedömningens datum": day(),
        "Metod": "PATRIARK",
        "Nivå": level,
        "Är faran omedelbar?": "Nej",
        "Bedöms igen senast": day(60),
        "Gjord tillsammans med personen": "Med personen",
    }


def needs(housing: str = "Behov", occupation: str = "Behov", social: str = "Behov") -> Answers:
    """The three core needs."""
    return {
        "Bedömningens datum": day(),
        "Bostad": housing,
        "Sysselsättning": occupation,
        "Socialt stöd": social,
    }


def safe_contact() -> Answers:
    """How to reach the person safely, confirmed with the person."""
    return {
        "Bekräftat med personen": day(),
        "Telefon": "070-174 06 99",
        "När": "Vardagar 9–11",
        "Aldrig": ("Sms", "Brev hem"),
        "Om någon annan svarar": "Säg fel nummer",
    }


def conclusion(path: str = "Skyddat boende, steg 3") -> Answers:
    """The investigation is concluded."""
    return {
        "Utredningen avslutades": day(),
        "Vad behövs nu?": path,
        "Slutsats": "Hon behöver skydd nu. Boende, studier och någon att tala med behövs efteråt.",
    }


def decision(insats: str = "Skyddat boende, kollektiv", decider: str = "Sara L") -> Answers:
    """A decision that grants a support for ninety days."""
    return {
        "Insats": insats,
        "Utfall": "Bifall",
        "Lagrum": "11 kap. 1 § SoL",
        "Beslutsdatum": day(),
        "Från och med": day(),
        "Till och med": day(90),
        "Skäl": "Du är hotad och behöver stöd som håller.",
        "Beslutsfattare": decider,
        "Punkt i delegationsordningen": "4.1",
        "Personen samtycker": "Ja",
        "Om inte, varför": "Allt beviljas",
    }


def place(kind: str = "Skyddat boende, kollektiv") -> Answers:
    """A place is asked for."""
    return {"Slags plats": kind, "Från och med": day(), "Vem följer med": "Ingen"}


def move_in(home: str = "Almen · Skyddat boende, kollektiv", basis: str = "Beslut finns") -> Answers:
    """The first night in shelter."""
    return {"Boende": home, "Första natten": day(), "Stöd för insatsen": basis, "Planerad sista dag": day(60)}


def move_out(placement: str = "Skyddat boende, kollektiv", to: str = "Eget kontrakt") -> Answers:
    """The last day in shelter, with the day after answered."""
    return {
        "Placering": f"{placement}, från {spoken()}",
        "Sista dag": day(),
        "Vem avslutade": "Som planerat",
        "Flyttade till": to,
        "Var sover personen i natt?": "Eget boende, känner sig trygg",
        "Vad gäller dagen efter?": "Nästa stöd är bestämt",
    }


def needs_after(home: str = "Eget kontrakt", housing: str = "Inget behov nu") -> Answers:
    """The needs after shelter."""
    return {
        **needs(housing, "Klarar själv"),
        "Boende efter": home,
        "Vem stöttar de första 90 dagarna?": "Boendelots",
    }


def support(insats: str = "Boendelots", basis: str = "Utan behovsprövning") -> Answers:
    """A support begins."""
    return {"Insats": insats, "Började": day(), "Stöd för insatsen": basis, "Planerad sista dag": day(90)}


def support_ends(insats: str = "Boendelots") -> Answers:
    """A support ends, and the person wants to manage alone the day after."""
    return {
        "Insats": f"{insats}, från {spoken()}",
        "Sista dag": day(),
        "Vem avslutade": "Som planerat",
        "Vad gäller dagen efter?": "Personen vill klara sig själv",
    }


def follow_up(outcomes: Answers, still_needed: str = "Ja") -> Answers:
    """A follow-up: an outcome for each running support."""
    answers: Answers = {
        "Uppföljningen hölls": day(),
        **outcomes,
        "Behöver personen stöd även i fortsättningen?": still_needed,
        "Med personens egna ord": "Nu känns det som mitt eget.",
    }
    return answers | ({"Nästa uppföljning": day(30)} if still_needed == "Ja" else {})


def closure(reason: str = "Målet är nått") -> Answers:
    """The case closes. What the person thinks stands in the case, from the follow-up or the wish to end."""
    return {
        "Avslutas": day(),
        "Skäl till avslut": reason,
        "Så hör du av dig igen": "Personen har fått veta hur",
    }
