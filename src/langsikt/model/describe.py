"""Puts what ``steps.toml`` says of an event into words, in both languages, for print and page."""

from collections.abc import Iterable

from langsikt.model import wording
from langsikt.model.method import Effect, EventRule, Method
from langsikt.model.texts import Text

MOVES = {
    "opens": Text("öppnar", "opens"),
    "reopens": Text("öppnar (igen)", "opens (again)"),
    "completes": Text("gör klart", "completes"),
    "skips": Text("hoppar över", "skips"),
}

Line = tuple[Text, Text]


def joined(parts: Iterable[Text], between: str = ", ") -> Text:
    """Texts in a row, in each language.

    >>> joined([Text("ett", "one"), Text("två", "two")]).sv
    'ett, två'
    """
    texts = list(parts)
    return Text(between.join(text.sv for text in texts), between.join(text.en for text in texts))


def event_lines(method: Method, event: EventRule) -> tuple[Line, ...]:
    """What is to be said of an event: pairs of label and words, without what is empty."""
    lines = (
        (Text("när", "when"), _when(method, event)),
        (Text("vem", "who"), joined(method.roles[role].name for role in method.roles if role in event.who)),
        (Text("frågar", "asks"), joined(method.fields[name].label for name in event.asks)),
        (Text("kan också", "may also"), joined(method.fields[name].label for name in event.offers)),
        (Text("annars en skuld", "otherwise a debt"), joined(wording.EXPECTED[name] for name in event.expects)),
        (Text("hårt stopp om inte", "hard stop unless"), joined((wording.STOPS[n] for n in event.requires), "; ")),
        (Text("då", "then"), _then(method, event)),
        (Text("källa", "source"), Text(event.source, event.source)),
    )
    return tuple(line for line in lines if line[1].sv)


def _when(method: Method, event: EventRule) -> Text:
    steps = [step.short for step in method.steps.values() if step.key in event.during]
    parts = [joined(steps)] if steps else []
    parts += [wording.PLACES[place] for place in sorted(event.during & set(wording.PLACES))]
    if event.needs:
        parts.append(wording.NEEDS[event.needs])
    if event.before_case:
        parts.append(Text("bara innan det är ett ärende", "only before it is a case"))
    return joined(parts, "; ")


def _then(method: Method, event: EventRule) -> Text:
    parts = [text for effect in event.effects for text in _effect(method, effect)]
    if event.signed_by_manager:
        parts.append(Text("chefen skriver under när så krävs", "the manager signs where that is needed"))
    if event.erases:
        parts.append(Text("inget om personen sparas", "nothing about the person is kept"))
    return joined(parts, "; ")


def _effect(method: Method, effect: Effect) -> Iterable[Text]:
    moves = [
        joined((verb, joined(method.steps[step].short for step in steps)), " ")
        for name, verb in MOVES.items()
        if (steps := getattr(effect, name))
    ]
    if effect.ends:
        moves.append(wording.ENDS[effect.ends])
    if effect.fact and moves:
        moves[0] = joined((Text("om", "if"), joined((wording.FACTS[effect.fact], moves[0]), ": ")), " ")
    return moves
