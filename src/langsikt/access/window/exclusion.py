"""The exclusions in force, for the secrecy officer: reference, who, why, since when; nothing of the case."""

from datetime import datetime
from typing import Any

from django.db import connection

from langsikt.access import journal, policy
from langsikt.access.errors import NotFound
from langsikt.access.history import option_text
from langsikt.access.look import acting
from langsikt.access.people import short_names
from langsikt.access.sheets import Actor
from langsikt.model.load import METHOD
from langsikt.model.texts import Text

NETWORK = Text("Står själv i personens nätverk", "Stands in the person's network")


def exclusions(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Every exclusion in force, the newest first. Raises NotFound."""
    if not policy.may(actor.roles, "exclusions"):
        raise NotFound
    with acting(actor, now), connection.cursor() as cursor:
        cursor.execute("select id, reference, staff, ground, since from langsikt_exclusions()")
        rows = cursor.fetchall()
        names = short_names(r[2] for r in rows)
        journal.write(actor, "look_exclusions", "done", now)
    spec = METHOD.fields["exclusion_ground"]
    words = {"network": NETWORK}
    return [
        {
            "id": i,
            "reference": ref,
            "staff": names.get(staff, ""),
            "ground": words.get(why) or option_text(spec, why),
            "since": since,
        }
        for i, ref, staff, why, since in rows
    ]
