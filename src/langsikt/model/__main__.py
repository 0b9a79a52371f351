"""Prints the method in Swedish: ``python -m langsikt.model [STEP …]``."""

import sys
from collections.abc import Iterable, Sequence
from textwrap import fill

from langsikt.model.method import EventRule, Method, Step
from langsikt.model.reading import ModelError

WIDTH = 100


def main(wanted: Sequence[str]) -> int:
    """Print the steps in ``wanted``, or all; 2 when the model or a step cannot be read."""
    try:
        from langsikt.model.load import METHOD
    except ModelError as error:
        print(error, file=sys.stderr)
        return 2
    for key in wanted:
        if key not in METHOD.steps:
            print(f'Steget "{key}" finns inte. Stegen heter: {", ".join(METHOD.steps)}.', file=sys.stderr)
            return 2
    print("\n".join(line for key in wanted or METHOD.steps for line in _step(METHOD, METHOD.steps[key])))
    return 0


def _step(method: Method, step: Step) -> Iterable[str]:
    title = f"{step.number}. {step.name.sv}" if step.number else step.name.sv
    yield f"{title}  [{step.key}]"
    yield "=" * len(title)
    for words in (step.does.sv, step.question.sv, f"Källa: {step.source}" if step.source else ""):
        if words:
            yield words
    for name in step.events:
        yield ""
        yield from _event(method, method.events[name])
    yield ""


def _event(method: Method, event: EventRule) -> Iterable[str]:
    from langsikt.model.describe import event_lines

    yield f"  {event.label.sv}  ({event.name})"
    for label, words in event_lines(method, event):
        yield fill(f"{label.sv}: {words.sv}", WIDTH, initial_indent="    ", subsequent_indent="      ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
