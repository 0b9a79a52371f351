"""Open cases per district: persons, not events, under the disclosure rule."""

from datetime import datetime

from django.db import connection

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.look import acting
from langsikt.access.sheets import Actor
from langsikt.insight.disclosure import published
from langsikt.model.texts import Text
from langsikt.records.models import District


def open_cases(actor: Actor, now: datetime) -> list[tuple[str, Text]]:
    """District and the number of open cases as it may be published. Raises NotFound."""
    if not policy.may(actor.roles, "aggregates"):
        raise NotFound
    with acting(actor, now), connection.cursor() as cursor:
        cursor.execute("select district, cases from langsikt_open_cases()")
        counts = dict(cursor.fetchall())
        names = dict(District.objects.values_list("key", "name"))
        journal.write(actor, "look_city", "done", now)
    return [(names[key], published(count)) for key, count in sorted(counts.items())]
