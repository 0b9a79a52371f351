"""What the events of some cases said: the rows of every noun, read in one statement and made into models.

A join over all nouns grows with their number for each event; one union asks each table once, by its index.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from langsikt.model.parse import STOCKHOLM
from langsikt.records.classes import klass_of
from langsikt.records.models import NOUNS, Noun

BY_TABLE = {noun._meta.db_table: noun for noun in NOUNS}
TOKENS = ("name_tokens", "number_token")
Said = dict[UUID, list[Noun]]
Burnt = dict[UUID, date]
# Which dwellings are burnt, and since when: read in the same statement, since every list asks it of every case.
BURNT = (
    "select 'burnt', to_jsonb(x) from (select distinct on (dwelling_id) dwelling_id, says, at"
    " from records_burning order by dwelling_id, at desc) x where x.says = 'burnt'"
)


def nouns_of(case_ids: list[UUID], opened: bool) -> tuple[Said, Burnt]:
    """The nouns by the event that wrote them, and the burnt dwellings; sealed columns only if ``opened``.

    One statement.
    """
    found: Said = {}
    burnt: Burnt = {}
    with connection.cursor() as cursor:
        cursor.execute(_union(opened), {"cases": case_ids})
        for table, row in cursor.fetchall():
            if table == "burnt":
                said = json.loads(row)
                burnt[UUID(said["dwelling_id"])] = datetime.fromisoformat(said["at"]).astimezone(STOCKHOLM).date()
                continue
            noun = _made(BY_TABLE[table], json.loads(row))  # Django leaves jsonb as text
            found.setdefault(noun.event_id, []).append(noun)
    return found, burnt


@cache
def _union(opened: bool) -> str:
    return " union all ".join([*(_select(noun, opened) for noun in NOUNS), BURNT])


def _select(noun: type[Noun], opened: bool) -> str:
    columns = ", ".join(f'"{column}"' for column in _columns(noun, opened))
    table = noun._meta.db_table
    rows = f"select {columns} from {table} where case_id = any(%(cases)s)"  # noqa: S608 - names of our own tables
    return f"select '{table}', to_jsonb(x) from ({rows}) x"  # noqa: S608


def _columns(noun: type[Noun], opened: bool) -> list[str]:
    """The columns to be read: never a search token, and what is sealed only when it is to be opened."""
    fields = [f for f in noun._meta.concrete_fields if f.name not in TOKENS]
    plain = (f for f in fields if opened or f.name in ("event", "case") or klass_of(noun, f.name) < 2)
    return [str(f.column) for f in plain]


def _made(noun: type[Noun], row: Mapping[str, Any]) -> Noun:
    values = {}
    for name, attribute, convert in _shape(noun):
        value = row.get(name)
        if value is not None:
            values[attribute] = convert(value)
    return noun(**values)


@cache
def _shape(noun: type[Noun]) -> tuple[tuple[str, str, Callable[[Any], Any]], ...]:
    return tuple((str(f.column), f.attname, _converter(f)) for f in noun._meta.concrete_fields if f.name not in TOKENS)


def _converter(field: Any) -> Callable[[Any], Any]:
    """From JSON back to what the column holds."""
    if isinstance(field, models.ForeignKey | models.UUIDField):
        return UUID
    for kinds, convert in CONVERTERS:
        if isinstance(field, kinds):
            return convert
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("\\x"))


Converters = Iterable[tuple[tuple[type[Any], ...], Callable[[Any], Any]]]
CONVERTERS: Converters = (
    ((models.BinaryField,), _bytes),
    ((models.DateTimeField,), datetime.fromisoformat),
    ((models.DateField,), date.fromisoformat),
    ((ArrayField,), list),
)
