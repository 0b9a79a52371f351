"""The database's own functions: the few things that the rights of the app do not reach, asked for by name."""

import re
from typing import Any

from django.db import connection


def ask(function: str, *arguments: Any) -> Any:
    """The answer of one of the functions of ``records/*.sql``, in the transaction under way.

    Raises ValueError for any other name, so that no text from outside ever becomes a statement.
    """
    if not re.fullmatch(r"langsikt_[a-z_]+", function):
        raise ValueError("not one of ours")
    places = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}({places})", list(arguments))
        return cursor.fetchone()[0]
