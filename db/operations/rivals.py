"""Settling a conflict: one of the values that stand beside each other is chosen, and the others are answered by it."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import RecordNotFound
from db.models import BY_TABLE, Change, Head
from db.operations.records import set_field
from db.queries.history import typed_value


def choose_rival(session: Session, record: uuid.UUID, name: str, change: int) -> None:
    """Let a field show one of its rival values (`db.queries.rivals`). Raises RecordNotFound if it is none any more."""
    query = select(Change.kind, Change.field, Change.value).join(Head, Head.n == Change.n)
    found = session.execute(query.where(Head.record == record, Change.n == change)).first()
    if found is None or found.field.removesuffix("_id") != name:
        raise RecordNotFound("Somebody has settled this conflict meanwhile. Nothing was changed.")
    set_field(session, record, name, typed_value(BY_TABLE[found.kind], found.field, found.value))
