"""Takes typed values out of TOML tables and gathers every fault with its cure."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from langsikt.model.texts import Text

NAME = re.compile(r"[a-z][a-z0-9_]*")


class ModelError(Exception):
    """The model contradicts itself. Each line names file, key, bad word and cure."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


class Faults:
    """What is wrong so far; everything is gathered so that one start shows it all."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, file: str, key: str, wrong: str, cure: str) -> None:
        """Remember a fault at ``key`` of ``file``."""
        end = "" if cure.endswith("?") else "."
        self.lines.append(f"{file}: {key}: {wrong}. Cure: {cure}{end}")

    def unknown(self, file: str, key: str, word: str, what: str, known: Iterable[str]) -> None:
        """Remember that ``word`` is no ``what``, with the nearest one that is."""
        self.add(file, key, f'"{word}" is no {what}', nearest(word, known, what))

    def stop(self) -> None:
        """Raise what has been gathered, if anything."""
        if self.lines:
            raise ModelError(self.lines)


def nearest(word: str, known: Iterable[str], what: str) -> str:
    """The cure for a misspelt word.

    >>> nearest("untill", ["until", "from"], "key")
    'did you mean "until"?'
    """
    names = sorted(known)
    close = get_close_matches(word, names, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"use a known {what}: {', '.join(names)}" if names else f"remove it, no {what} is possible here"


def read_file(folder: Path, file: str, faults: Faults) -> dict[str, Any]:
    """The raw content of one TOML file, or a fault."""
    try:
        return tomllib.loads((folder / file).read_text("utf-8"))
    except FileNotFoundError:
        faults.add(file, "file", f'"{file}" is missing', f"put {file} beside the other model files")
    except UnicodeDecodeError as error:
        faults.add(file, "file", f"not UTF-8 ({error.reason})", "save the file as UTF-8")
    except tomllib.TOMLDecodeError as error:
        faults.add(file, "file", f"not TOML: {error}", "correct the syntax at the place named")
    return {}


class Table:
    """One TOML table under reading; ``finish`` refuses the keys that nobody asked for."""

    def __init__(self, file: str, key: str, raw: object, faults: Faults) -> None:
        self.file, self.key, self.faults = file, key, faults
        self.asked: set[str] = set()
        if not isinstance(raw, Mapping):
            faults.add(file, key, f"{raw!r} is no table", f"write [{key}] and its keys below it")
            raw = {}
        self.raw: dict[str, object] = dict(raw)

    def finish(self) -> None:
        """Every key must have been asked for."""
        for name in self.raw:
            if name not in self.asked:
                self.faults.unknown(self.file, self.key, name, "key", self.asked)

    def _fault(self, name: str, wrong: str, cure: str) -> None:
        self.faults.add(self.file, f"{self.key}.{name}", wrong, cure)

    def _take(self, name: str, kind: type, what: str, needed: bool) -> Any:
        """The value of ``name`` if it is a ``kind``; None and perhaps a fault if not."""
        self.asked.add(name)
        value = self.raw.get(name)
        if value is None:
            if needed:
                self._fault(name, f'"{name}" is missing', f"write {name} = {what}")
            return None
        if type(value) is kind or (kind is date and type(value) is datetime):
            return value
        self._fault(name, f"{value!r} has the wrong type", f"write {name} = {what}")
        return None

    def word(self, name: str) -> str:
        """A text that must be there and not be empty."""
        value: str = self._take(name, str, '"…"', needed=True) or ""
        if name in self.raw and isinstance(self.raw[name], str) and not value.strip():
            self._fault(name, f'"{value}" is empty', f"write words in {name}")
        return value

    def maybe_word(self, name: str) -> str | None:
        """A text, or None."""
        value: str | None = self._take(name, str, '"…"', needed=False)
        return value

    def number(self, name: str) -> int:
        """A whole number that must be there."""
        return self._take(name, int, "a whole number", needed=True) or 0

    def maybe_number(self, name: str) -> int | None:
        """A whole number, or None."""
        value: int | None = self._take(name, int, "a whole number", needed=False)
        return value

    def yes(self, name: str) -> bool:
        """true or false; false when silent."""
        return bool(self._take(name, bool, "true or false", needed=False))

    def day(self, name: str) -> date:
        """A date that must be there."""
        return self._take(name, date, "2026-01-31 (no quotes)", needed=True) or date.min

    def maybe_day(self, name: str) -> date | None:
        """A date, or None."""
        value: date | None = self._take(name, date, "2026-01-31 (no quotes)", needed=False)
        return value

    def words(self, name: str, needed: bool = False) -> tuple[str, ...]:
        """A list of texts without doubles; empty when silent."""
        values: list[object] = self._take(name, list, '["…", "…"]', needed) or []
        good = tuple(value for value in values if isinstance(value, str))
        if len(good) != len(values):
            self._fault(name, f"{values!r} holds more than words", f'write {name} = ["…", "…"]')
        for word in sorted({word for word in good if good.count(word) > 1}):
            self._fault(name, f'"{word}" stands twice', "keep one of them")
        return good

    def text(self, name: str) -> Text:
        """Words in both languages; each must be there."""
        self.asked.add(name)
        if name not in self.raw:
            self._fault(name, f'"{name}" is missing', f'write {name} = {{ sv = "…", en = "…" }}')
            return Text("", "")
        inner = Table(self.file, f"{self.key}.{name}", self.raw[name], self.faults)
        value = Text(inner.word("sv"), inner.word("en"))
        inner.finish()
        return value

    def maybe_text(self, name: str) -> Text | None:
        """Words in both languages, or None."""
        self.asked.add(name)
        return self.text(name) if name in self.raw else None

    def tables(self, name: str) -> tuple["Table", ...]:
        """A list of tables; empty when silent."""
        values: list[object] = self._take(name, list, "[ { … }, { … } ]", needed=False) or []
        return tuple(Table(self.file, f"{self.key}.{name}[{n}]", raw, self.faults) for n, raw in enumerate(values, 1))


def named_tables(file: str, raw: Mapping[str, object], faults: Faults) -> Iterable[tuple[str, Table]]:
    """Each top-level table of a file with its name; a name must be an identifier."""
    for name, content in raw.items():
        if not NAME.fullmatch(name):
            faults.add(file, name, f'"{name}" is no identifier', "use a–z, 0–9 and _ only, a letter first")
        yield name, Table(file, name, content, faults)
