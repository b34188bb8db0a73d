"""What records are or were called: one that is gone keeps, in the log, the values that name it."""

import uuid
from collections.abc import Collection

from sqlalchemy.orm import Session

from db.lineage import lineage_of
from db.log import driver_connection
from db.models import BY_TABLE, Entity
from db.queries.history import title_of_values, typed_value
from db.queries.titles import ids_in, titles


def titles_ever(session: Session, records: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What a person calls each record, or called it before it went."""
    found = titles(session, records)
    gone = {record: last_title(session, record) for record in set(records) - found.keys()}
    return found | {record: title for record, title in gone.items() if title}


def last_title(session: Session, record: uuid.UUID) -> str:
    """What a record was called that is gone; nothing where the log has never heard of it."""
    lineage = lineage_of(driver_connection(session.connection()), record.bytes)
    cls = BY_TABLE.get(lineage.kind) if lineage.nodes else None
    if cls is None or not issubclass(cls, Entity):
        return ""
    stored = lineage.values(None)
    values = {name.removesuffix("_id"): typed_value(cls, name, stored.get(name)) for name in cls.TITLE}
    return title_of_values(cls, values, titles(session, {key for value in values.values() for key in ids_in(value)}))
