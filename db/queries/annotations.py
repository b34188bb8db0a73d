"""What an analyst added to a record: notes, tasks, assessments and files, with who wrote each and when."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.models import Assessment, Attachment, Author, Change, Changeset, Concern, Entity, Note, Snapshot, Task
from db.queries.history import moment
from db.queries.records import RecordRow, list_records, referenced_titles
from db.queries.titles import chunks
from db.triggers import table_of

SHOWN = 20
ABOUT: tuple[type[Entity], ...] = (Note, Task, Assessment)
"""Kinds that say by `concerns` what they are about."""
KEPT: tuple[type[Entity], ...] = (Attachment, Snapshot)
"""Kinds that hold a file of the record that owns them."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A record that says something about another one. `author` is None for another program's."""

    row: RecordRow
    author: uuid.UUID | None
    name: str
    at: datetime | None
    edited: bool
    """Whether it was changed after it was written."""


@dataclass(frozen=True, slots=True)
class Annotations:
    """The newest annotations of one kind (plural) of a record, and how many there are in all."""

    kind: str
    count: int
    shown: tuple[Annotation, ...]
    names: Mapping[uuid.UUID, str]


def annotations(session: Session, record: uuid.UUID, cls: type[Entity], limit: int = SHOWN) -> Annotations:
    """The annotations of one kind of a record, newest first; open tasks before the others."""
    table = table_of(cls)
    keys: list[uuid.UUID] = list(session.scalars(_keys(cls, record).limit(limit)))
    count = session.scalar(select(func.count()).select_from(_keys(cls, record).order_by(None).subquery())) or 0
    rows = {row.id: row for row in list_records(session, cls, where=table.c.id.in_(keys))}
    written = _written(session, keys)
    shown = tuple(Annotation(rows[key], *written.get(key, (None, "", None, False))) for key in keys)
    return Annotations(cls.PLURAL, count, shown, referenced_titles(session, rows.values()))


def counts(session: Session, record: uuid.UUID) -> dict[str, int]:
    """How many annotations of each kind (plural) a record has."""
    return {
        cls.PLURAL: session.scalar(select(func.count()).select_from(_keys(cls, record).order_by(None).subquery())) or 0
        for cls in (*ABOUT, *KEPT)
    }


def _keys(cls: type[Entity], record: uuid.UUID) -> Select[Any]:
    table = table_of(cls)
    query = select(table.c.id)
    if cls in ABOUT:
        query = query.join(Concern, Concern.record_id == table.c.id).where(Concern.subject_id == record)
    else:
        query = query.where((table.c.record_id if cls is Attachment else table.c.source_id) == record)
    closed = [table.c.outcome != "open"] if cls is Task else []
    return query.order_by(*closed, table.c.pk.desc())


_Written = tuple[uuid.UUID | None, str, datetime, bool]


def _written(session: Session, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, _Written]:
    """Who wrote each record, when, and whether anything of it was changed later."""
    found: dict[uuid.UUID, _Written] = {}
    for chunk in chunks(sorted(keys)):
        query = (
            select(Change.record, func.min(Change.changeset), func.max(Change.op == "U"))
            .where(Change.record.in_(chunk), Change.op != "X")
            .group_by(Change.record)
        )
        first = {record: (k, edited) for record, k, edited in session.execute(query)}
        wrote = {
            k: (author, name, written)
            for k, author, name, written in session.execute(
                select(Changeset.k, Changeset.author, Author.name, Changeset.written)
                .outerjoin(Author, Author.id == Changeset.author)
                .where(Changeset.k.in_({k for k, _ in first.values()}))
            )
        }
        for record, (k, edited) in first.items():
            author, name, written = wrote[k]
            found[record] = (author, name or "", moment(written), bool(edited))
    return found
