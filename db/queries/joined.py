"""What a record was joined with: the one that stands for it, or those that it stands for."""

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.duplicates.classes import classes_of
from db.models.base import Duplicable
from db.queries.titles import class_of, titles


@dataclass(frozen=True, slots=True)
class JoinedWith:
    """Ids with titles. `stands` is None where the record stands for itself, and for the `others` if there are any."""

    record: uuid.UUID
    stands: tuple[uuid.UUID, str] | None = None
    others: tuple[tuple[uuid.UUID, str], ...] = ()


def joined_with(session: Session, record: uuid.UUID) -> JoinedWith:
    """What a record was joined with. Raises RecordNotFound."""
    cls = class_of(session, record)
    if not issubclass(cls, Duplicable):
        return JoinedWith(record)
    first, *rest = (uuid.UUID(bytes=member) for member in classes_of(session, cls).all_of(record.bytes))
    names = titles(session, {first, *rest})
    if first != record:
        return JoinedWith(record, (first, names.get(first, "")))
    return JoinedWith(record, None, tuple((other, names[other]) for other in rest if other in names))
