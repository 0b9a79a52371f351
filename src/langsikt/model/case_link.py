"""What two cases of one family are to each other: each word, and the word as the other case says it."""

from langsikt.model.texts import Text

RELATIONS: dict[str, Text] = {
    "sibling": Text("Syskon", "Sibling"),
    "child": Text("Barn", "Child"),
    "parent": Text("Förälder", "Parent"),
    "partner": Text("Partner", "Partner"),
}
OPPOSITE = {"child": "parent", "parent": "child"}


def seen_from_the_other(relation: str) -> str:
    """The relation read in the other case: whose child this is, is that one's parent.

    >>> seen_from_the_other("child"), seen_from_the_other("sibling")
    ('parent', 'sibling')
    """
    return OPPOSITE.get(relation, relation)
