"""What a place must suit and whether it does: by need, never by who the person is (ux R32)."""

from collections.abc import Iterable
from dataclasses import dataclass

from langsikt.model.load import METHOD
from langsikt.model.texts import Text

WOMAN = "woman"
WHO = (WOMAN, "man", "couple")
NAMES: dict[str, Text] = {WOMAN: Text("Kvinna", "A woman")} | {
    option.value: option.text for option in METHOD.fields["adaptation"].options
}
OTHERS = tuple(need for need in NAMES if need not in WHO)
OLDEST = 120
YEARS = Text("{n} år", "{n} years old")
FROM = Text("från {low} år", "from {low} years")
TO = Text("till {high} år", "to {high} years")
BETWEEN = Text("{low}–{high} år", "{low}–{high} years")
ANYBODY = Text("vem som helst", "anybody")


@dataclass(frozen=True)
class Suits:
    """Whom and what a place suits; an age that is None is no limit."""

    needs: frozenset[str] = frozenset()
    youngest: int | None = None
    oldest: int | None = None


@dataclass(frozen=True)
class Wanted:
    """What is looked for: needs, and an age where it matters."""

    needs: frozenset[str]
    age: int | None = None


def fits(wanted: Wanted, suits: Suits) -> bool:
    """Whether a place suits every need that is asked for, and the age.

    >>> fits(Wanted(frozenset({"man"}), 19), Suits(frozenset({"man", "woman"}), 18, 25))
    True
    >>> fits(Wanted(frozenset({"man", "pet"})), Suits(frozenset({"man"})))
    False
    """
    return wanted.needs <= suits.needs and (wanted.age is None or in_age(wanted.age, suits))


def in_age(age: int, suits: Suits) -> bool:
    """Whether the age lies between the youngest and the oldest, both included."""
    return (suits.youngest or 0) <= age <= (OLDEST if suits.oldest is None else suits.oldest)


def age_band(age: int | None) -> str | None:
    """The band that may be kept of an age: that of the field *Ålder*, nothing finer."""
    if age is None:
        return None
    return "under_18" if age < 18 else "18_20" if age < 21 else "21_plus"


def known(needs: Iterable[str]) -> frozenset[str]:
    """Those of the words that name a need."""
    return frozenset(needs) & NAMES.keys()


def says(wanted: Wanted) -> Text:
    """What is looked for, in words: *man, 19 år, husdjur*."""
    age = () if wanted.age is None else (YEARS.filled(n=wanted.age),)
    return _listed(wanted.needs, age) or ANYBODY


def suited(suits: Suits) -> Text | None:
    """Whom and what a place suits, in words; None where nobody has said.

    >>> suited(Suits(frozenset({"man", "pet"}), 18, 25)).sv
    'man, 18–25 år, husdjur'
    """
    low, high = suits.youngest, suits.oldest
    if low is None and high is None:
        return _listed(suits.needs, ())
    limit = FROM if high is None else TO if low is None else BETWEEN
    return _listed(suits.needs, (limit.filled(low=low, high=high),))


def _listed(needs: frozenset[str], age: tuple[Text, ...]) -> Text | None:
    parts = [_low(NAMES[need]) for need in WHO if need in needs]
    parts += [*age, *(_low(NAMES[need]) for need in OTHERS if need in needs)]
    return Text(", ".join(part.sv for part in parts), ", ".join(part.en for part in parts)) if parts else None


def eased(wanted: Wanted) -> list[tuple[Text, Wanted]]:
    """The same search with one need less, for each need that might be met in another way than by the place."""
    found = [need for need in OTHERS if need in wanted.needs]
    return [(_low(NAMES[need]), Wanted(wanted.needs - {need}, wanted.age)) for need in found]


def _low(text: Text) -> Text:
    english = text.en if text.en.startswith("LGBTQ") else text.en[:1].lower() + text.en[1:]
    return Text(text.sv[:1].lower() + text.sv[1:], english)
