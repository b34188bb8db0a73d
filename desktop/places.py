"""Where a click leads: a record, and perhaps one of its fields."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A record of the case file, or one field of it."""

    record: uuid.UUID
    field: str = ""
