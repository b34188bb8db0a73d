"""The picture of an official that a profile shows."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from db.media import HEAD, media_type
from db.models import Attachment, Content, Person, Tag, Tagging

PORTRAIT = "portrait"
PICTURES = ("image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class PortraitRow:
    """A picture, by the attachment that holds it."""

    attachment: uuid.UUID
    filename: str
    data: bytes = field(repr=False)


def portrait(session: Session, person: uuid.UUID) -> PortraitRow | None:
    """The portrait of a person, if there is one.

    It is the attachment that the person's own field `image` names; else, of the person's attachments, the one entered
    last that carries the tag “portrait” or has that word in the name of its file. Only PNG and JPEG count, by their
    bytes and not by what they are called: nothing else can be printed as it is.
    """
    named = select(Person.image_id).where(Person.id == person).scalar_subquery()
    query = (
        select(Attachment.id, Attachment.filename, Attachment.sha256)
        .where(or_(Attachment.id == named, Attachment.record_id == person))
        .order_by((Attachment.id == named).desc(), Attachment.pk.desc())
    )
    rows = session.execute(query.add_columns(Attachment.id == named)).all()
    tagged = _tagged(session, [row.id for row in rows])
    chosen = [row for row in rows if row[3] or row.id in tagged or _is_called_so(row.filename)]
    return next(_pictures(session, chosen), None)


def _is_called_so(filename: str) -> bool:
    return PORTRAIT in PurePath(filename).stem.casefold()


def _tagged(session: Session, attachments: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    query = select(Tagging.record_id, Tag.name).join(Tag, Tag.id == Tagging.tag_id)
    found = session.execute(query.where(Tagging.record_id.in_(attachments)))
    return {record for record, name in found if name.strip().casefold() == PORTRAIT}


def _pictures(session: Session, rows: Iterable[Row[tuple[uuid.UUID, str, bytes, bool]]]) -> Iterator[PortraitRow]:
    for row in rows:
        data = session.scalar(select(Content.data).where(Content.sha256 == row.sha256))
        if data is not None and media_type(row.filename, data[:HEAD]) in PICTURES:
            yield PortraitRow(row.id, row.filename, data)
