"""What templates say: words in the active language, dates in words, and small questions about values."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from langsikt.access import policy
from langsikt.access.sheets import Actor, Masked, StepStop
from langsikt.model.load import METHOD
from langsikt.model.texts import Text

register = template.Library()

MONTHS = {
    "sv": [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
WEEKDAYS = {
    "sv": ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
SHORT_WEEKDAYS = {
    "sv": ["mån", "tis", "ons", "tors", "fre", "lör", "sön"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}
SOON_DAYS = 7
MOST_TOLD = 2
BARE_ANSWERS = frozenset({"Ja", "Nej", "Yes", "No"})
PLAIN_DAYS = 300
INSIDE_SOURCES = ("rules", "design", "domain", "model ")
STATUS_WORDS = {
    "not_started": Text("Inte börjat", "Not started"),
    "open": Text("Pågår", "Open"),
    "done": Text("Klart", "Done"),
    "reopened": Text("Öppnat igen", "Reopened"),
    "not_applicable": Text("Inte aktuellt", "Does not apply"),
    "to_do": Text("Att göra", "To do"),
    "optional": Text("Vid behov", "If needed"),
}


def language() -> str:
    """The active language, ``sv`` unless it is English."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def words(text: object) -> str:
    """A Text in the active language; anything else as it is."""
    return text.within(language()) if isinstance(text, Text) else str(text)


@register.simple_tag(name="say")
def say_tag(sv: str, en: str, **values: object) -> str:
    """``{% say "Min dag" "My day" %}``; ``{n}`` in the words is filled from ``n=…``."""
    text = Text(sv, en)
    return words(text.filled(**values) if values else text)


@register.filter
def say(text: object) -> str:
    """``{{ text|say }}``: nothing for None."""
    return "" if text is None else words(text)


@register.filter
def any_count(bands: Iterable[tuple[str, Text, int]]) -> bool:
    """Whether anything at all is counted in the bands."""
    return any(count for _, _, count in bands or ())


def as_day(value: date) -> date:
    """The local day of a date or a moment."""
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


def short_month(value: date) -> str:
    """``mar`` becomes ``mars``: Swedish keeps the short months whole."""
    month = MONTHS[language()][value.month - 1]
    return month if len(month) <= 4 else month[:3]


@register.filter
def day(value: date | None) -> str:
    """``12 mars 2026``."""
    if value is None:
        return ""
    found = as_day(value)
    return f"{found.day} {MONTHS[language()][found.month - 1]} {found.year}"


@register.filter
def weekday(value: date) -> str:
    """``torsdag 12 mars 2026``."""
    return f"{WEEKDAYS[language()][as_day(value).weekday()]} {day(value)}"


@register.filter
def clock(value: datetime) -> str:
    """``10.42``, in local time."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H.%M}"


@register.filter
def month(value: date) -> str:
    """``oktober 2026``."""
    local = as_day(value)
    return f"{MONTHS[language()][local.month - 1]} {local.year}"


@register.filter
def moment(value: datetime | None) -> str:
    """``12 mars 2026 10.42``."""
    return "" if value is None else f"{day(value)} {clock(value)}"


@register.simple_tag(takes_context=True)
def brief(context: template.Context, value: date) -> str:
    """``3 nov``, with the year when it is more than ten months off."""
    found, today = as_day(value), context["today"]
    year = "" if abs((found - today).days) <= PLAIN_DAYS else f" {found.year}"
    return f"{found.day} {short_month(found)}{year}"


def distance(days: int) -> Text:
    """How far off a day is, in words."""
    if days == 0:
        return Text("i dag", "today")
    if days == 1:
        return Text("i morgon", "tomorrow")
    if days == -1:
        return Text("1 dag sedan", "1 day ago")
    if days < 0:
        return Text("{n} dagar sedan", "{n} days ago").filled(n=-days)
    return Text("om {n} dagar", "in {n} days").filled(n=days)


def with_weekday(value: date, today: date) -> str:
    """``fre 14 mars``, with the year when it is not this year."""
    year = "" if value.year == today.year else f" {value.year}"
    return f"{SHORT_WEEKDAYS[language()][value.weekday()]} {value.day} {MONTHS[language()][value.month - 1]}{year}"


@register.filter(name="when")
def when_filter(value: date, today: date) -> str:
    """``{{ d|when:today }}``: ``om 3 dagar, fre 14 mars``."""
    found = as_day(value)
    return f"{words(distance((found - today).days))}, {with_weekday(found, today)}"


@register.simple_tag(takes_context=True)
def when(context: template.Context, value: date) -> SafeString:
    """``{% when d %}``: as the filter, marked as passed or soon; the words say it without the colour."""
    found, today = as_day(value), context["today"]
    days = (found - today).days
    kind = "passed" if days < 0 else "soon" if days <= SOON_DAYS else "later"
    words_of = words(distance(days))
    return format_html('<span class="when is-{}"><b>{}</b>, {}</span>', kind, words_of, with_weekday(found, today))


@register.filter
def waited(value: date, today: date) -> str:
    """How long something has waited for others: ``6 dagar, sedan fre 6 mars``; ahead as ``when``."""
    found = as_day(value)
    days = (today - found).days
    if days < 1:
        return when_filter(found, today)
    many = Text("{n} dagar, sedan {d}", "{n} days, since {d}")
    since = Text("1 dag, sedan {d}", "1 day, since {d}") if days == 1 else many
    return words(since.filled(n=days, d=with_weekday(found, today)))


@register.filter
def sources(source: str) -> str:
    """The sources that a reader outside the team can look up: law, memo, report."""
    parts = (part.strip() for part in source.split(";"))
    return "; ".join(part for part in parts if part and not part.startswith(INSIDE_SOURCES))


@register.filter
def masked(value: object) -> bool:
    """Whether a value is there but hidden."""
    return isinstance(value, Masked)


@register.filter
def shown(value: object) -> str:
    """A value of the history in words: text, date, moment, yes or no."""
    if isinstance(value, bool):
        return words(Text("Ja", "Yes") if value else Text("Nej", "No"))
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else say(value)


@register.filter
def words_or_masked(value: object) -> object:
    """A chosen value in words; what is masked stays so, and what is not there too."""
    return words(value) if isinstance(value, Text) else value


@register.filter
def status_word(status: str) -> str:
    """The word for the status of a step or of a task on a step page."""
    return words(STATUS_WORDS[status])


@register.filter
def stepslug(key: str) -> str:
    """The part of the address that stands for a step; events that belong to no step stand under ``arende``."""
    if key == "throughout":
        return "arende"
    return METHOD.steps[key].slug if key in METHOD.steps else key


@register.filter
def stepname(key: str) -> str:
    """``3 Beslut``; nothing for events that belong to no step."""
    step = METHOD.steps.get(key)
    return f"{step.number} {words(step.short)}" if step and step.number else ""


@register.filter
def furthest(stops: tuple[StepStop, ...]) -> str:
    """The key of the last open step: the one that the strip marks as current."""
    keys = [stop.key for stop in stops if stop.status in {"open", "reopened"}]
    return keys[-1] if keys else ""


@register.filter
def how_many_open(stops: tuple[StepStop, ...]) -> int:
    """How many steps are open at once."""
    return sum(stop.status in {"open", "reopened"} for stop in stops)


@register.filter
def is_day(value: str) -> bool:
    """Whether a date field can hold what was typed; else it is shown as text, so that nothing is lost."""
    return not value or parses(date.fromisoformat, value)


@register.filter
def is_moment(value: str) -> bool:
    """As ``is_day``, for date and time."""
    return not value or parses(datetime.fromisoformat, value)


def parses(parse: Any, value: str) -> bool:
    """Whether ``parse`` accepts the value."""
    try:
        parse(value)
    except ValueError:
        return False
    return True


@register.simple_tag
def reveal_reasons() -> list[tuple[str, Text]]:
    """The reasons that somebody not assigned chooses from before a reveal."""
    return [(option.value, option.text) for option in METHOD.fields["reason"].options]


@register.filter
def gist(line: Any) -> str:
    """An event in few words, for a list: what was chosen or written, without dates and bare answers."""
    told = (fact.value for fact in line.facts if fact.value is not None and not isinstance(fact.value, (Masked, date)))
    parts = [part for part in map(shown, told) if part not in BARE_ANSWERS]
    return " · ".join(parts[:MOST_TOLD])


@register.filter
def has_required(form: Any) -> bool:
    """Whether a form asks for anything that must be answered, now or later."""
    return any(field.required or field.expected for field in form.fields)


@register.filter
def has_optional(form: Any) -> bool:
    """Whether a form offers anything that may be left out."""
    return any(not (field.required or field.expected) for field in form.fields)


@register.filter
def may_look(actor: Actor, look: str) -> bool:
    """Whether a page of this kind can open at all for somebody with these roles; the window decides about each case."""
    return policy.may(actor.roles, look)


@register.filter
def minus(whole: int, part: int) -> int:
    """What is left of a number."""
    return whole - part


@register.filter
def lower_first(words_of: str) -> str:
    """Words inside a list: a small letter first, unless the word is all capitals."""
    return words_of if words_of[:2].isupper() else words_of[:1].lower() + words_of[1:]
