"""Every row of the journal that the demo's lives have left, and every door and page of the tests: pseudonyms only."""

import re
from collections import Counter

from devtools import people
from devtools.stories import PEOPLE
from tests import cluster
from tests.records import assertions

# Column by column, by hand: nothing that somebody has typed can have these forms.
FORMS = {
    "role": r"[a-z_]*",
    "action": r"[a-z_]+",
    "result": r"[A-Za-z]+",
    "reason": r"[a-z_]*",
    "typed": r"([0-9a-f]{32})?",
    "klass": r"[0-3]",
    "actor": r"([0-9a-f-]{36})?",
    "case_id": r"([0-9a-f-]{36})?",
    "shown": r"(\{[0-9a-f,-]*\})?",
}


def test_the_demo_has_left_pseudonyms_only() -> None:
    with assertions.connect("superuser", assertions.scratch(cluster.DEMO, "pseudonyms")) as connection:
        columns = ", ".join(f"coalesce({column}::text, '')" for column in FORMS)
        rows = connection.execute(f"select {columns} from records_journalentry".encode()).fetchall()
        wrong = {
            (column, value)
            for row in rows
            for (column, form), value in zip(FORMS.items(), row, strict=True)
            if not re.fullmatch(form, str(value))
        }
        names = [member.short_name for member in people.STAFF] + [member.username for member in people.STAFF]
        places = [word for home in people.DWELLINGS for word in (home.address, home.mark)]
        references = assertions.names(connection, "select reference from records_contact")
        words = {word for word in (*names, *places, *references) if len(word) >= 5}
        found = assertions.places_of(connection, words, [assertions.JOURNAL])
    actions = Counter(str(row[1]) for row in rows)
    print(f"{len(rows)} rows of {len(PEOPLE)} lives, {len(actions)} kinds of action; {len(words)} words looked for")
    assert not wrong and not found
    assert len(rows) > 150 and len(actions) > 20 and len(words) > 30
