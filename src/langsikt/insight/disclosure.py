"""What a number about people may look like when it leaves: seven or fewer hidden, the rest rounded to five."""

from langsikt.model.texts import Text

SMALL = 7
STEP = 5
FEW = Text("färre än 8", "fewer than 8")


def published(count: int) -> Text:
    """A count of persons as it may be shown; zero is hidden like any other small number (security 4.6)."""
    if count <= SMALL:
        return FEW
    rounded = str(STEP * round(count / STEP))
    return Text(rounded, rounded)
