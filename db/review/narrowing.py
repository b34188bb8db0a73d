"""The findings whose record, or what that is a part of, or whose field, has some words."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.models import BY_TABLE, Entity
from db.queries.titles import entity
from db.review.register import Register, Slot
from db.search import matching
from db.triggers import references, table_of


def narrowed(session: Session, register: Register, text: str) -> Register:
    """The part of a register in which every word of a text occurs."""
    words = text.replace('"', " ").split()
    if not words:
        return register
    records = {table: _records(session, entity(table), words) for table in {slot.table for slot in register.slots}}
    return register.within({slot: None if _names(slot, words) else records[slot.table] for slot in register.slots})


def _names(slot: Slot, words: Sequence[str]) -> bool:
    """Whether all the words stand in the name of the field."""
    name = slot.field.replace("_", " ").casefold()
    return all(word.casefold() in name for word in words)


def _records(session: Session, cls: type[Entity], words: Sequence[str]) -> set[bytes]:
    filters = [f'"{word}"' for word in words]
    table = table_of(cls)
    query = select(table.c.id).where(*(_matches(cls, each) for each in filters))
    return {record.bytes for record in session.scalars(query)}


def _matches(cls: type[Entity], text: str) -> ColumnElement[bool]:
    """Whether a record has a word, or what it is a part of has it."""
    owner = next((column for column in references(cls) if column.info["owner"]), None)
    if owner is None or owner.info["target"] not in BY_TABLE:
        return matching(cls, text)
    above = entity(owner.info["target"])
    ids = select(table_of(above).c.id).where(_matches(above, text)).correlate(None)
    return or_(matching(cls, text), owner.in_(ids))
