"""A record as the file knew it at some time, beside what it is now."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import RecordNotFound
from db.models import Change
from db.queries.history import known_by, record_as_known
from db.queries.records import RecordRow, record


@dataclass(frozen=True, slots=True)
class FieldThen:
    """A field in words, then and now."""

    name: str
    then: str
    now: str

    @property
    def differs(self) -> bool:
        """Whether it says something else now."""
        return self.then != self.now


@dataclass(frozen=True, slots=True)
class RecordThen:
    """A record as it was known; only fields that said something then or do now. `is_there`: it is still in the file."""

    id: uuid.UUID
    kind: str
    title: str
    is_there: bool
    fields: tuple[FieldThen, ...]


def known_on(session: Session, key: uuid.UUID, day: str) -> RecordThen:
    """A record as known at the end of a day (UTC, YYYY-MM-DD). Raises RecordNotFound, InvalidValue."""
    return _beside_now(session, record_as_known(session, key, known_by(session, day)))


def known_after(session: Session, key: uuid.UUID, changeset: int) -> RecordThen:
    """A record as it was right after an entry of the history. Raises RecordNotFound."""
    last = session.scalar(select(func.max(Change.n)).where(Change.changeset == changeset))
    return _beside_now(session, record_as_known(session, key, last or 0))


def _beside_now(session: Session, then: RecordRow) -> RecordThen:
    try:
        now = {field.name: field.text for field in record(session, then.id).fields}
        is_there = True
    except RecordNotFound:
        now, is_there = {}, False
    fields = (FieldThen(field.name, field.text, now.get(field.name, "")) for field in then.fields)
    return RecordThen(then.id, then.kind, then.title, is_there, tuple(each for each in fields if each.then or each.now))
