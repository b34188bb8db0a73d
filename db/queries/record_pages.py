"""Everything that a record's page shows at first, read in one go."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Agreement, Author, Change, Changeset
from db.queries.agreements import AgreementRow, agreement_status
from db.queries.history import moment
from db.queries.records import RecordRow, record, referenced_titles
from db.queries.related import RelatedGroup, related
from db.queries.titles import class_of


@dataclass(frozen=True, slots=True)
class LastTouch:
    """Who changed a record last, and when. `author` is None for another program."""

    author: uuid.UUID | None
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record, what it points at by title, what is connected with it, and of an agreement its status."""

    row: RecordRow
    names: dict[uuid.UUID, str]
    agreement: AgreementRow | None
    touched: LastTouch | None
    groups: tuple[RelatedGroup, ...]


def record_page(session: Session, key: uuid.UUID) -> RecordPage:
    """The page of a record. Raises RecordNotFound."""
    row = record(session, key)
    is_agreement = class_of(session, key) is Agreement
    return RecordPage(
        row,
        referenced_titles(session, [row]),
        agreement_status(session, [key]).get(key) if is_agreement else None,
        last_touch(session, key),
        tuple(related(session, key)),
    )


def last_touch(session: Session, key: uuid.UUID) -> LastTouch | None:
    """The newest edit of the record itself, as this file learnt it."""
    query = (
        select(Changeset.author, Author.name, Changeset.written)
        .join(Change, Change.changeset == Changeset.k)
        .outerjoin(Author, Author.id == Changeset.author)
        .where(Change.record == key, Change.op != "X")
        .order_by(Change.n.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return LastTouch(found.author, found.name or "", moment(found.written)) if found else None
