"""What is done to a tag as a whole. Its name is what it is, so it is replaced and never renamed."""

import uuid

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.errors import InvalidValue, RecordNotFound
from db.identity import link_id
from db.models import Tag, Tagging
from db.operations.records import add_record, delete_record
from db.queries.titles import class_of
from db.triggers import table_of


def replace_tag(session: Session, tag: uuid.UUID, name: str) -> uuid.UUID:
    """Give every record that carries a tag another one instead, made where it is missing, and delete the first.

    Gives the other one's id. Raises RecordNotFound, InvalidValue.
    """
    old = _tag(session, tag)
    words = " ".join(name.split())
    if words == old.name:
        raise InvalidValue(f"“{words}” is the tag's name already. Nothing was changed.")
    known = session.scalar(select(Tag.id).where(Tag.name == words))
    other = known or add_record(session, Tag, {"name": words, "colour": old.colour, "marking": old.marking})
    carry = set(session.scalars(select(Tagging.record_id).where(Tagging.tag_id == tag)))
    have = set(session.scalars(select(Tagging.record_id).where(Tagging.tag_id == other)))
    fresh = [
        {"id": link_id(Tagging.__tablename__, record, other), "record_id": record, "tag_id": other}
        for record in sorted(carry - have)
    ]
    if fresh:
        session.execute(insert(table_of(Tagging)), fresh)
    delete_tag(session, tag)
    return other


def delete_tag(session: Session, tag: uuid.UUID) -> int:
    """Delete a tag and take it off every record; gives how many carried it. Raises RecordNotFound."""
    _tag(session, tag)
    table = table_of(Tagging)
    count: int = session.execute(delete(table).where(table.c.tag_id == tag)).rowcount  # type: ignore[attr-defined]
    delete_record(session, tag)
    return count


def _tag(session: Session, tag: uuid.UUID) -> Tag:
    if class_of(session, tag) is not Tag:
        raise RecordNotFound(f"{tag} is no tag of this file.")
    return session.scalars(select(Tag).where(Tag.id == tag)).one()
