"""One edit of many records: the same value for a field, a tag put on or taken off, or deletion."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from db.errors import CaseFileError, RecordInUse
from db.fields import Field, FieldValue, canonical, field_of, read_value
from db.identity import link_id
from db.models import Entity, Head, Tag, Tagging
from db.operations.records import add_record, delete_record, set_field
from db.queries.records import display, list_records
from db.queries.titles import chunks, class_of, titles
from db.triggers import table_of

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A record that would change: what its field says now and what it would say."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """What an edit of many records would do. `refused` says why it cannot be made at all."""

    records: int
    differing: int
    examples: tuple[Example, ...] = ()
    refused: str = ""


def preview_field(
    session: Session, cls: type[Entity], ids: Sequence[uuid.UUID], name: str, value: object
) -> BulkPreview:
    """How many records would change if a field of all were set, and a few of them. Nothing is written."""
    field = field_of(cls, name)
    wanted, refused = _tried(field, value)
    if refused or not ids:
        return BulkPreview(len(ids), 0, refused=refused)
    names = titles(session, [item for item in _items(wanted) if isinstance(item, uuid.UUID)])
    after = display(wanted, names)
    differing = 0
    examples: list[Example] = []
    for chunk in chunks(list(ids)):
        for row in list_records(session, cls, where=table_of(cls).c.id.in_(chunk)):
            if canonical(row[name].value) != canonical(wanted):
                differing += 1
                if len(examples) < EXAMPLES:
                    examples.append(Example(row.title, row[name].text, after))
    return BulkPreview(len(ids), differing, tuple(examples))


def set_field_of_all(session: Session, ids: Sequence[uuid.UUID], name: str, value: object) -> int:
    """Set one field of many records of one kind; give how many there were. Raises InvalidValue, RecordNotFound.

    The first record is set by itself, which checks the value; then the others that hold one value without rivals are
    set together. A field in conflict is set by itself too, because only a change settles it.
    """
    if not ids:
        return 0
    set_field(session, ids[0], name, value)
    cls = class_of(session, ids[0])
    field = field_of(cls, name)
    if field.link is not None:
        for key in ids[1:]:
            set_field(session, key, name, value)
        return len(ids)
    table = table_of(cls)
    stored = select(table.c[field.column]).where(table.c.id == ids[0])
    raw = session.scalar(stored)
    rivals = set(session.scalars(select(Head.record).where(Head.field == field.column)))
    for chunk in chunks([key for key in ids[1:] if key not in rivals]):
        session.execute(update(table).where(table.c.id.in_(chunk)).values({field.column: raw}))
    for key in rivals.intersection(ids[1:]):
        set_field(session, key, name, value)
    return len(ids)


def tag_all(session: Session, ids: Sequence[uuid.UUID], name: str) -> int:
    """Put a tag on records, made if there is none of that name; give how many did not carry it."""
    tag = add_record(session, Tag, {"name": name.strip()})
    fresh = [key for key in ids if key not in _carrying(session, tag, ids)]
    links = [{"id": link_id("tagging", key, tag), "record_id": key, "tag_id": tag} for key in fresh]
    if links:
        session.execute(insert(table_of(Tagging)), links)
    return len(fresh)


def untag_all(session: Session, ids: Sequence[uuid.UUID], tag: uuid.UUID) -> int:
    """Take a tag off records; give how many carried it."""
    carrying = sorted(_carrying(session, tag, ids))
    table = table_of(Tagging)
    for chunk in chunks(carrying):
        session.execute(delete(table).where(table.c.tag_id == tag, table.c.record_id.in_(chunk)))
    return len(carrying)


def delete_all(session: Session, ids: Sequence[uuid.UUID]) -> int:
    """Delete records with all that belongs to them; give how many.

    Raises RecordInUse where something else points at one of them, after which nothing is deleted.
    """
    names = titles(session, ids)
    for key in ids:
        try:
            delete_record(session, key)
        except RecordInUse as error:
            raise RecordInUse(f"“{names[key]}” cannot be deleted. {error}", error.users) from None
    return len(ids)


def _carrying(session: Session, tag: uuid.UUID, ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    wanted = set(ids)
    return wanted.intersection(session.scalars(select(Tagging.record_id).where(Tagging.tag_id == tag)))


def _tried(field: Field, value: object) -> tuple[FieldValue, str]:
    """A value as the field would hold it, or why it cannot."""
    if field.identity:
        return None, f"“{field.name}” is what a record is about and cannot be changed."
    if isinstance(value, list | tuple | set):
        return frozenset(value), ""
    try:
        return read_value(field, value) if isinstance(value, str) else value, ""  # type: ignore[return-value]
    except CaseFileError as error:
        return None, str(error)


def _items(value: FieldValue) -> list[object]:
    return list(value) if isinstance(value, frozenset) else [value]
