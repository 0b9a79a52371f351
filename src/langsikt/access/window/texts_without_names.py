"""Texts that may leave the house: an order for an interpreter (R34), and a summary for an advice line (R35)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from langsikt.access.history import option_text
from langsikt.access.sheets import Actor, CaseHeader
from langsikt.access.whereabouts import known_to
from langsikt.access.window.case import Sight, header, look
from langsikt.model.deidentify import stripped, weeks_ago
from langsikt.model.due import name_of
from langsikt.model.load import METHOD
from langsikt.model.texts import Text
from langsikt.records.models import ContactMade, Person, SafeContact

Clean = Callable[[str], str]
NAMES = ("person_name", "called", "representative", "fallback_person", "caller_name", "safe_person", "next_provider")
LANGUAGE = "interpreter_language"
WRITTEN = (LANGUAGE, "interpreter_dialect", "interpreter_avoid", "interpreter_wish")
ORDERED = (*WRITTEN[:2], "interpreter_sex", "interpreter_elsewhere", *WRITTEN[2:])


@dataclass(frozen=True)
class TextsWithoutNames:
    """The order as lines, and the summary as sentences; neither holds a name, a place or a date."""

    header: CaseHeader
    order: tuple[tuple[Text, str | Text], ...]
    summary: tuple[Text, ...]
    question: str


def texts_without_names(actor: Actor, reference: str, question: str, now: datetime) -> TextsWithoutNames:
    """Both texts; ``question`` is what one wants to ask, and comes back without names. Raises NotFound."""

    def show(sight: Sight) -> TextsWithoutNames:
        clean = _cleaner(sight)
        return TextsWithoutNames(header(sight), _order(sight, clean), _summary(sight), clean(question))

    return look(actor, reference, now, "look_texts_without_names", show, "case_text")


def _cleaner(sight: Sight) -> Clean:
    """Takes out what this case and this office know by name, and whatever else could be a name."""
    names = [name for name in sight.names.values() if name]
    for noun in sight.record.nouns.values():
        if isinstance(noun, Person | ContactMade | SafeContact):
            names += [text for field in NAMES if hasattr(noun, field) and (text := sight.record.text(noun, field))]
    known = known_to(sight.record)
    return lambda text: stripped(text, names, known, sight.state.today)


def _order(sight: Sight, clean: Clean) -> tuple[tuple[Text, str | Text], ...]:
    """What an interpreter agency needs to know, and nothing about whom it is for (R34; domain 6)."""
    card = sight.record.latest("record_safe_contact")
    if not isinstance(card, SafeContact):
        return ()
    written = {field: text for field in WRITTEN if (text := sight.record.text(card, field))}
    # A language is written small in Swedish: a capital there is the writer's, not a name.
    written |= {LANGUAGE: written[LANGUAGE].lower()} if LANGUAGE in written else {}
    said: dict[str, str | Text] = {field: clean(text) for field, text in written.items()}
    if card.interpreter_sex:
        said["interpreter_sex"] = option_text(METHOD.fields["interpreter_sex"], card.interpreter_sex)
    if card.interpreter_elsewhere:
        said["interpreter_elsewhere"] = Text("ja", "yes")
    return tuple((METHOD.fields[field].label, said[field]) for field in ORDERED if field in said)


def _summary(sight: Sight) -> tuple[Text, ...]:
    """Sentences made of what was chosen and of days, field by field: no text that somebody wrote can come here."""
    state = sight.state
    said = (
        (state.children, Text("Barn finns.", "There are children.")),
        (state.maybe_watched, Text("Kontakten kan vara övervakad.", "The contact may be watched.")),
        (state.missing, Text("Personen är försvunnen.", "The person is missing.")),
    )
    return (*_dated(sight), *(text for holds, text in said if holds))


def _dated(sight: Sight) -> Iterator[Text]:
    """Age, supports, risk and family, each with how many weeks ago."""
    state, today, fields = sight.state, sight.state.today, METHOD.fields
    if state.age_band:
        yield Text("Ålder: {a}.", "Age: {a}.").filled(a=option_text(fields["age_band"], state.age_band))
    if state.received_at:
        since = Text("Första kontakten {w}.", "The first contact {w}.")
        yield since.filled(w=weeks_ago(state.received_at.date(), today))
    for thing in state.running:
        began = Text("{what}, började {w}.", "{what}, began {w}.")
        yield began.filled(what=name_of(thing), w=weeks_ago(thing.from_on, today))
    if state.risk:
        level = option_text(fields["risk_level"], state.risk.level)
        risk = Text("Risk: {r}, bedömd {w}.", "Risk: {r}, assessed {w}.")
        yield risk.filled(r=level, w=weeks_ago(state.risk.assessed_on, today))
    for last in state.family[-1:]:
        contact = Text("Kontakt med familjen: {c}, {w}.", "Contact with the family: {c}, {w}.")
        yield contact.filled(c=option_text(fields["family_contact"], last.level), w=weeks_ago(last.on, today))
