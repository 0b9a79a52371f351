"""Writes docs/threat-model.md from threats.toml: each threat, its control, its test and what turns that red."""

from typing import Any

from tests.threats.sabotage import ROOT, rows

PAGE = "docs/threat-model.md"
HEAD = """# The threat model

Against whom Långsikt protects, what stands in the way today, and how one sees that it does. This page is written from
`tests/threats/threats.toml` by `python -m tests.threats.page`; a test holds it to that file.

Each row has one or more sabotages: a single line of the program that is changed so that the protection is gone. `make
prove` makes every change on a copy of the tree, runs the test that guards the line, and fails if that test stays
green. `make test` checks that every change still fits and that every test still exists. To see one by hand:
`make prove WHAT=tests/threats`.

**State**: *holds* is built and proved by a sabotage; *part* is built in part, and what is lacking is said; *not built*
has nothing to sabotage, and what holds in its place is said.

| | Threat | State | Sabotages |
|---|---|---|---|
"""
TAIL = """
## What a compromise surrenders

- **The web process, live:** what those who are signed in may open, case by case; keys are unwrapped for one request.
- **The database host:** structure, times, pseudonymous ids, who works with which reference, the steps. Not names,
  addresses or texts. That rows exist is not hidden from whoever runs the database; only whom they concern is.
- **A copy or backup of the database:** the same as the database host.
- **The key file alone:** nothing. **Together with the database:** everything, so they are never kept together.
- **A signed-in screen:** what that person may see, for at most fifteen minutes without a key pressed.
"""


def written() -> str:
    """The page."""
    found = rows()
    table = [
        f"| {row['id']} | {row['threat']} | {row['state']} | {len(row.get('sabotage', ())) or '–'} |" for row in found
    ]
    return HEAD + "\n".join(table) + "\n" + "\n".join(_section(row) for row in found) + TAIL


def _section(row: dict[str, Any]) -> str:
    lines = [f"\n## {row['id']} {row['threat']}\n", f"**What stands in the way.** {row['control']}"]
    if row.get("lacks"):
        lines += ["", f"**Not there.** {row['lacks']}"]
    for patch in row.get("sabotage", ()):
        file = patch["file"].removeprefix("src/langsikt/")
        new = f"`{patch['new'].strip()}`" if patch["new"].strip() else "*(nothing)*"
        lines += ["", f"- `{file}`: `{patch['old'].strip()}` becomes {new}", f"  → red: `{patch['test']}`"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / PAGE).write_text(written())
