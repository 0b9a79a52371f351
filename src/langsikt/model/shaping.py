"""Turns the content of each model file into the dataclasses of ``method``."""

from collections.abc import Iterator, Mapping

from langsikt.model.method import (
    Competence,
    Deadline,
    Effect,
    EventRule,
    Field,
    Intervention,
    Need,
    NeedState,
    Option,
    Phase,
    RetentionRule,
    Role,
    Step,
    Term,
)
from langsikt.model.reading import Faults, Table, named_tables
from langsikt.model.texts import Text

SLUGS = {
    "contact": "kontakt",
    "investigation": "utredning",
    "decision": "beslut",
    "placement": "placering",
    "needs_after": "behov-efter",
    "follow_up": "uppfoljning",
    "closure": "avslut",
    "throughout": "arende",
}
THROUGHOUT = Text("Hela vägen", "All the way")
EMPTY = Text("", "")

Raw = Mapping[str, object]


def steps_and_events(raw: Raw, faults: Faults) -> tuple[list[Step], list[EventRule]]:
    """``steps.toml``; events as a list, so that doubles can be seen."""
    steps: list[Step] = []
    events: list[EventRule] = []
    for key, table in named_tables("steps.toml", raw, faults):
        if key not in SLUGS:
            faults.unknown("steps.toml", key, key, "step", SLUGS)
        own = [_event(key, row) for row in table.tables("may")]
        steps.append(_step(key, table, tuple(event.name for event in own)))
        events.extend(own)
        table.finish()
    return steps, events


def _step(key: str, table: Table, events: tuple[str, ...]) -> Step:
    if key == "throughout":
        return Step(key, 0, SLUGS[key], THROUGHOUT, THROUGHOUT, EMPTY, EMPTY, "", events)
    return Step(
        key=key,
        number=table.number("number"),
        slug=SLUGS.get(key, ""),
        name=table.text("name"),
        short=table.text("short"),
        does=table.text("does"),
        question=table.text("question"),
        source=table.word("source"),
        events=events,
    )


def _event(step: str, table: Table) -> EventRule:
    name = table.word("event")
    table.key = f"{step}.{name}"
    default = () if step == "throughout" else (step,)
    rule = EventRule(
        name=name,
        step=step,
        path=table.word("path"),
        label=table.text("label"),
        noun=table.text("noun"),
        done=table.text("done"),
        during=frozenset(table.words("during", needed=not default) or default),
        who=frozenset(table.words("who", needed=True)),
        needs=table.maybe_word("needs"),
        requires=table.words("requires"),
        expects=table.words("expects"),
        asks=table.words("asks", needed=True),
        offers=table.words("offers"),
        effects=(_effect(table, None), *(_conditional(row) for row in table.tables("when"))),
        before_case=table.yes("before_case"),
        signed_by_manager=table.yes("signed_by_manager"),
        erases=table.yes("erases"),
        source=table.word("source"),
    )
    table.finish()
    return rule


def _effect(table: Table, fact: str | None) -> Effect:
    return Effect(
        fact=fact,
        opens=table.words("opens"),
        reopens=table.words("reopens"),
        completes=table.words("completes"),
        skips=table.words("skips"),
        ends=table.maybe_word("ends"),
    )


def _conditional(table: Table) -> Effect:
    effect = _effect(table, table.word("fact"))
    table.finish()
    return effect


def fields(raw: Raw, needs: Mapping[str, Need], faults: Faults) -> Iterator[Field]:
    """``fields.toml``."""
    for name, table in named_tables("fields.toml", raw, faults):
        kind = table.word("kind")
        field = Field(
            name=name,
            kind=kind,
            klass=table.number("class"),
            label=table.text("label"),
            hint=table.maybe_text("hint"),
            time=table.maybe_word("time") or "any",
            most=table.maybe_number("most") or 0,
            options=_options(table, needs),
            areas=table.words("areas"),
        )
        table.finish()
        yield field


def _options(table: Table, needs: Mapping[str, Need]) -> tuple[Option, ...]:
    origin = table.maybe_word("options_from")
    if origin == "needs":
        return tuple(Option(need.key, need.name) for need in needs.values())
    if origin is not None:
        table.faults.unknown(table.file, f"{table.key}.options_from", origin, "list of options", ["needs"])
    return tuple(_option(row) for row in table.tables("options"))


def _option(table: Table) -> Option:
    option = Option(table.word("value"), Text(table.word("sv"), table.word("en")))
    table.finish()
    return option


def needs(raw: Raw, faults: Faults) -> Iterator[Need]:
    """The areas of ``needs.toml``."""
    for key, table in named_tables("needs.toml", _part(raw, "areas", faults), faults):
        yield Need(key, table.text("name"), table.yes("core"), table.text("meaning"))
        table.finish()


def need_states(raw: Raw, faults: Faults) -> Iterator[NeedState]:
    """The states of ``needs.toml``."""
    for key, table in named_tables("needs.toml", _part(raw, "states", faults), faults):
        yield NeedState(key, table.text("name"), table.yes("can_have_gap"), table.text("meaning"))
        table.finish()


def _part(raw: Raw, part: str, faults: Faults) -> dict[str, object]:
    for name in raw:
        if name not in ("areas", "states"):
            faults.unknown("needs.toml", name, name, "part", ["areas", "states"])
    return Table("needs.toml", part, raw.get(part), faults).raw


def interventions(raw: Raw, faults: Faults) -> Iterator[Intervention]:
    """``interventions.toml``."""
    for key, table in named_tables("interventions.toml", raw, faults):
        yield Intervention(
            key=key,
            name=table.text("name"),
            meets=table.words("meets", needed=True),
            basis=table.word("basis"),
            placement=table.yes("placement"),
            shelter=table.yes("shelter"),
            young_need_decision=table.yes("young_need_decision"),
            always_decision=table.yes("always_decision"),
            legal_ground=table.maybe_word("legal_ground"),
            follow_up_days=table.maybe_number("follow_up_days"),
            covers_housing=table.maybe_word("covers_housing"),
            ksi=table.maybe_word("ksi"),
            source=table.word("source"),
        )
        table.finish()


def competence(raw: Raw, faults: Faults) -> Iterator[Competence]:
    """``competence.toml``: a row names several insatser and becomes one rule for each."""
    whole = Table("competence.toml", "competence", raw, faults)
    districts = whole.words("districts", needed=True)
    for table in whole.tables("decides"):
        district, roles = table.word("district"), frozenset(table.words("roles", needed=True))
        from_on, until_on, source = table.day("from_on"), table.maybe_day("until_on"), table.word("source")
        if district and district not in districts:
            faults.unknown(table.file, f"{table.key}.district", district, "district", districts)
        for key in table.words("interventions", needed=True):
            yield Competence(district, key, roles, from_on, until_on, source)
        table.finish()
    whole.finish()


def roles(raw: Raw, faults: Faults) -> Iterator[Role]:
    """``roles.toml``."""
    for key, table in named_tables("roles.toml", raw, faults):
        yield Role(
            key=key,
            name=table.text("name"),
            start=table.word("start"),
            does=table.text("does"),
            sees=table.text("sees"),
            never_sees=table.text("never_sees"),
            looks=frozenset(table.words("looks", needed=True)),
            shows=table.number("shows"),
        )
        table.finish()


def terms(raw: Raw, faults: Faults) -> Iterator[Term]:
    """``terms.toml``."""
    for key, table in named_tables("terms.toml", raw, faults):
        yield Term(key, table.word("sv"), table.word("en"), table.text("meaning"), table.word("source"))
        table.finish()


def deadlines(raw: Raw, faults: Faults) -> Iterator[Deadline]:
    """``deadlines.toml``."""
    for key, table in named_tables("deadlines.toml", raw, faults):
        yield Deadline(
            key=key,
            name=table.text("name"),
            count=table.number("count"),
            unit=table.word("unit"),
            source=table.word("source"),
            checked_on=table.day("checked_on"),
        )
        table.finish()


def caseload(raw: Raw, faults: Faults) -> Iterator[Phase]:
    """``caseload.toml``: the phases in the order in which they are tried."""
    for key, table in named_tables("caseload.toml", raw, faults):
        yield Phase(key, table.text("name"), table.text("meaning"), table.number("weight"), table.word("source"))
        table.finish()


def retention(raw: Raw, faults: Faults) -> Iterator[RetentionRule]:
    """``retention.toml``."""
    for key, table in named_tables("retention.toml", raw, faults):
        yield RetentionRule(
            key=key,
            name=table.text("name"),
            count=table.maybe_number("count"),
            from_on=table.maybe_day("from_on"),
            days=table.words("days"),
            source=table.word("source"),
            checked_on=table.day("checked_on"),
        )
        table.finish()


def words(file: str, part: str, raw: Raw, faults: Faults) -> Iterator[tuple[str, Text]]:
    """A list of words of ``{file}.toml``: key and text, in the order of the file."""
    table = Table(f"{file}.toml", part, raw.get(part), faults)
    for key in table.raw:
        yield key, table.text(key)
    table.finish()
