"""What one entry of the history changed, as a person reads it: record by record, a member of a set as a word of it."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from db.fields import FieldValue
from db.lineage import Lineage, Value, lineage_of, row_of
from db.log import driver_connection
from db.models import BY_TABLE, Change, Changeset, Entity, Link, Logged, Reason
from db.queries.former import titles_ever
from db.queries.history import plural, record_scope, title_of_values, typed_value, value_before
from db.queries.records import field_words
from db.queries.titles import ids_in, kinds_of

PAGE = 100


class Happening(StrEnum):
    """What happened to a record or a field, by the log's own letters."""

    ADDED = "I"
    SET = "U"
    RETURNED = "R"
    """It was created again: it came back after a deletion. The log's letter for it is I."""
    DELETED = "D"
    KEPT = "T"
    """It outlived a deletion elsewhere."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change. `field` is empty where the record as a whole came or went; `is_there`: it can be looked at."""

    happening: Happening
    record: uuid.UUID
    kind: str
    """Plural."""
    title: str
    is_there: bool
    field: str
    before: str
    after: str
    reason: str = ""
    """Why, where the author said so."""
    rivals: tuple[str, ...] = ()
    """The values that were kept as rival claims, where both were."""


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Some changes of an entry; `after` is where the next ones begin, None at the end."""

    lines: tuple[ChangeLine, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class _Raw:
    """A change with typed values, before anything that it names was called by its title."""

    happening: Happening
    kind: str
    record: uuid.UUID
    field: str
    before: FieldValue
    after: FieldValue
    title: str
    """What the values themselves say, for a record that is gone."""
    reason: str = ""


def entry_changes(
    session: Session, entry: uuid.UUID, about: uuid.UUID | None = None, after: int = -1, *, limit: int = PAGE
) -> ChangePage:
    """What an entry changed, in its order; `about` one record and its parts. Raises RecordNotFound."""
    query = (
        select(Change.n, Change.ord, Change.op, Change.kind, Change.record, Change.field, Reason.text)
        .join(Changeset, Changeset.k == Change.changeset)
        .outerjoin(Reason, Reason.n == Change.n)
        .where(Changeset.id == entry, Change.op != "X", Change.ord > after)
        .where(true() if about is None else record_scope(session, about, None))
        .order_by(Change.ord)
        .limit(limit)
    )
    found = session.execute(query).all()
    raw = list(_told(session, found))
    return ChangePage(tuple(_worded(session, raw)), found[-1].ord if len(found) == limit else None)


def _told(session: Session, found: Sequence[Any]) -> Iterable[_Raw]:
    connection = driver_connection(session.connection())
    lineages = {record: lineage_of(connection, record.bytes) for record in {row.record for row in found}}
    came = {row.record for row in found if row.op == Happening.ADDED}
    for row in found:
        cls, lineage = BY_TABLE[row.kind], lineages[row.record]
        values = lineage.values(row_of(connection, row.kind, row.record.bytes))
        if issubclass(cls, Entity) and not cls.MEMBERS:
            line = _of_record(cls, row, lineage, values)
        elif row.op in (Happening.ADDED, Happening.DELETED):
            line = _of_member(cls, row, values)
        else:
            continue
        if row.op != Happening.SET or line.before != line.after or row.record not in came:
            yield replace(line, reason=row.text or "")


def _of_record(cls: type[Entity], row: Any, lineage: Lineage, values: dict[str, Value]) -> _Raw:
    column = row.field or ""
    before = typed_value(cls, column, value_before(lineage, row.n, column)) if column else None
    after = typed_value(cls, column, lineage.nodes[row.n].value) if column else None
    typed = {name.removesuffix("_id"): typed_value(cls, name, values[name]) for name in cls.TITLE}
    field = column.removesuffix("_id")
    return _Raw(_happening(row, lineage), row.kind, row.record, field, before, after, title_of_values(cls, typed))


def _happening(row: Any, lineage: Lineage) -> Happening:
    before = (lineage.nodes[parent].op for parent in lineage.nodes[row.n].parents if parent in lineage.nodes)
    came_back = row.op == Happening.ADDED and not set(before).isdisjoint("DT")
    return Happening.RETURNED if came_back else Happening(row.op)


def _of_member(cls: type[Logged], row: Any, values: dict[str, Value]) -> _Raw:
    """A row that is a member of a set is told as a change of that set on the record that has it."""
    first, *others = (typed_value(cls, name, values[name]) for name in cls.ENDS)
    member = next((end for end in others if end is not None), None)
    came = row.op == Happening.ADDED
    owner = first if isinstance(first, uuid.UUID) else row.record
    name = cls.FIELD if issubclass(cls, Link) else cls.MEMBERS  # type: ignore[attr-defined]
    return _Raw(Happening.SET, "", owner, name, None if came else member, member if came else None, "")


def _worded(session: Session, raw: Sequence[_Raw]) -> Iterable[ChangeLine]:
    named = {key for line in raw for value in (line.before, line.after) for key in ids_in(value)}
    records = {line.record for line in raw}
    kinds, names = kinds_of(session, records), titles_ever(session, named | records)
    told = {line.record: line.kind for line in raw if line.kind}
    for line in raw:
        kind = line.kind or kinds.get(line.record) or told.get(line.record, "")
        yield ChangeLine(
            line.happening,
            line.record,
            plural(BY_TABLE[kind]) if kind else "",
            names.get(line.record) or line.title,
            line.record in kinds,
            line.field,
            field_words(line.field, line.before, names),
            field_words(line.field, line.after, names),
            line.reason,
        )
