"""Everything that a record's page shows at first, read in one go."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session, aliased

from db.errors import RecordNotFound
from db.models import Agreement, Author, Change, Changeset
from db.queries.agreements import AgreementRow, agreement_status
from db.queries.history import living_parts, moment
from db.queries.records import RecordRow, record, referenced_titles
from db.queries.related import RelatedGroup, related
from db.queries.titles import chunks, class_of


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
    groups: tuple[RelatedGroup, ...]


def record_page(session: Session, key: uuid.UUID) -> RecordPage:
    """The page of a record. Raises RecordNotFound."""
    row = record(session, key)
    is_agreement = class_of(session, key) is Agreement
    return RecordPage(
        row,
        referenced_titles(session, [row]),
        agreement_status(session, [key]).get(key) if is_agreement else None,
        tuple(related(session, key)),
    )


def last_touch(session: Session, key: uuid.UUID) -> LastTouch:
    """The newest entry of the record's history: an edit of itself or of what belongs to it. Raises RecordNotFound."""
    gone, told = aliased(Change), aliased(Change)
    lost = (
        select(gone.changeset)  # not its maximum, for which SQLite would walk the whole log backwards
        .join(told, told.record == gone.record)
        .where(gone.op == literal_column("'D'"), told.op == "X", told.value == key.bytes)
    )
    newest = max(session.scalars(lost), default=0)
    for chunk in chunks(sorted(living_parts(session, key))):
        newest = max(newest, session.scalar(select(func.max(Change.changeset)).where(Change.record.in_(chunk))) or 0)
    query = (
        select(Changeset.author, Author.name, Changeset.written)
        .outerjoin(Author, Author.id == Changeset.author)
        .where(Changeset.k == newest)
    )
    found = session.execute(query).first()
    if found is None:
        raise RecordNotFound(f"There is no record {key} in this file.")
    return LastTouch(found.author, found.name or "", moment(found.written))
