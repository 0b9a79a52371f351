"""A column for what must be encrypted before it reaches the database (class 2 and 3)."""

from typing import Any

from django.db import models

MAGIC = b"\x4c\x01"


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """Takes only bytes sealed by ``access.vault``; anything else is refused before SQL."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Refuses a value that is not sealed. Raises ValueError (which never holds the value)."""
        if value is not None and not bytes(value).startswith(MAGIC):
            raise ValueError(f"{self.model.__name__}.{self.name}: the value was not sealed")
        return super().get_db_prep_value(value, connection, prepared)
