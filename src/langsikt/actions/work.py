"""The work of one change: what a verb is given, and the few things it may do with it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any, cast

from langsikt.access import vault
from langsikt.access.errors import Invalid
from langsikt.access.functions import ask
from langsikt.access.record import SEALED_FIELDS, Record, Root
from langsikt.access.sheets import Actor
from langsikt.model.load import METHOD
from langsikt.model.method import EventRule
from langsikt.model.parse import STOCKHOLM
from langsikt.model.state import State
from langsikt.model.texts import Text
from langsikt.records.models import NOUN_OF, Correction, Event, Noun


@dataclass
class Work:
    """One event on its way into the record: who, what, where, with which values."""

    actor: Actor
    role: str
    rule: EventRule
    root: Root
    record: Record | None
    values: dict[str, Any]
    now: datetime
    event_id: uuid.UUID = field(default_factory=uuid.uuid4)
    first_seq: int = 1
    added: list[uuid.UUID] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day in Stockholm."""
        return self.now.astimezone(STOCKHOLM).date()

    @property
    def state(self) -> State:
        """Where the case stood before this. Raises LookupError for a new contact."""
        if self.record is None:
            raise LookupError("a new contact has no state")
        return self.record.state

    def complain(self, field_id: str, sv: str, en: str) -> None:
        """Stops with a complaint at a field. Raises Invalid."""
        raise Invalid({field_id: Text(sv, en)})

    def happened_at(self) -> datetime:
        """When it happened: the moment given, else the first day asked for, else now."""
        moment = self.values.get("happened_at")
        if moment is not None:
            return cast(datetime, moment)
        for name in self.rule.asks:
            spec = METHOD.fields[name]
            if spec.kind == "day" and spec.time == "past" and self.values.get(name):
                return self._moment_of(self.values[name])
        return self.now

    def _moment_of(self, day: date) -> datetime:
        return self.now if day == self.today else datetime.combine(day, time(12), STOCKHOLM)

    def write(self, name: str | None = None, corrects: uuid.UUID | None = None) -> Event:
        """Adds the event and the noun it speaks through; sealed fields are sealed on the way."""
        seq = (self.record.last_seq + 1 if self.record else self.first_seq) + len(self.added)
        event = Event.objects.create(
            id=self.event_id,
            case_id=self.root.id,
            seq=seq,
            name=self.rule.name,
            happened_at=self.happened_at(),
            recorded_at=self.now,
            actor_id=self.actor.id,
            role=self.role,
            corrects_id=corrects,
        )
        self.added.append(event.id)
        noun = NOUN_OF[name or self.rule.name]
        self.write_noun(noun, self.values)
        return event

    def also(self, name: str, values: Mapping[str, Any]) -> Event:
        """Adds one more event that the same submission says; the same hand, the same transaction."""
        rule = METHOD.events[name]
        return replace(self, rule=rule, values=dict(values), event_id=uuid.uuid4()).write()

    def write_noun(self, noun: type[Noun], values: Mapping[str, Any]) -> None:
        """Adds the noun row of the event with the values that it has columns for."""
        columns = {c.name: c for c in noun._meta.concrete_fields}
        row: dict[str, Any] = {"event_id": self.event_id, "case_id": self.root.id}
        for name, value in values.items():
            if name in columns and value not in (None, "", (), {}):
                row[columns[name].attname] = self._stored(noun, name, value)
        noun._default_manager.create(**row)

    def _stored(self, noun: type[Noun], name: str, value: Any) -> Any:
        if name in SEALED_FIELDS[noun]:
            keyring = cast(vault.DataKeyring, self.root.keyring)
            return keyring.seal(noun._meta.db_table, self.event_id, name, value)
        if isinstance(value, dict):
            return {str(key): _plain(said) for key, said in value.items()}
        return list(value) if isinstance(value, tuple) else value

    def write_correction(self, original: Event, original_name: str) -> None:
        """Adds a correction: an event of its own, saying again what the original should have said."""
        self.write(original_name, corrects=original.id)
        self.write_noun(Correction, self.values)

    def assign(self, staff_id: uuid.UUID, relation: str) -> None:
        """Gives somebody a reason to see the case, through the database's own function."""
        ask("langsikt_assign", uuid.uuid4(), self.root.id, staff_id, relation, self.now)

    def unassign(self, relation: str, staff_id: uuid.UUID | None = None) -> None:
        """Takes a reason back from one or (None) from all who have it."""
        ask("langsikt_unassign", self.root.id, staff_id, relation, self.now)


def _plain(said: Any) -> Any:
    """A value as JSON keeps it: days as text, tuples as lists."""
    if isinstance(said, tuple):
        return [_plain(part) for part in said]
    return said.isoformat() if isinstance(said, date) else said
