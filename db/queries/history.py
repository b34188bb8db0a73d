"""What the log tells: who did what and when, what a record was on a day, and where two people disagree."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Dialect, Select, case, func, select, true
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from db.captions import caption
from db.errors import InvalidValue, RecordNotFound
from db.fields import Field, FieldValue, Item, field_of, fields_of
from db.lineage import Lineage, Value, lineage_of, row_of
from db.log import driver_connection
from db.models import BY_TABLE, Author, Change, Changeset, Claim, Entity, Head, Logged, Receipt
from db.queries.records import FieldRow, RecordRow, display
from db.queries.titles import entity, ids_in, shorten, titles
from db.triggers import references, table_of

_DIALECT: Dialect = sqlite.dialect()
_FIRST_SECOND, _LAST_SECOND = -62_135_596_800, 253_402_300_799
"""Of the years 1 to 9999, from 1970."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One edit, or one merge, as the history lists it. `author` is empty for another program's edit."""

    id: uuid.UUID
    author: str
    at: datetime
    label: str
    changes: int
    undo_of: uuid.UUID | None
    undone: bool
    from_future: bool
    """Its clock was ahead of ours: flagged, never refused."""
    learnt: int
    """The last change it brought to this file: entries sort by it."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of one field, or of a record's life (then `field` is empty)."""

    entry: uuid.UUID
    op: str
    record: uuid.UUID
    kind: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A field that two people set apart from each other. The last value is the one shown."""

    record: uuid.UUID
    kind: str
    title: str
    field: str
    values: tuple[str, ...]


def entries(
    session: Session, record: uuid.UUID | None = None, field: str | None = None, *, now: datetime | None = None
) -> list[EntryRow]:
    """The edits of the file, or those that touched a record, its parts, or one field of it; newest first as learnt.

    Raises RecordNotFound where the log has never heard of the record, and InvalidValue where it has no such field.
    """
    scope = None if record is None else record_scope(session, record, field)
    query = _entries_query(scope)
    undone = undone_entries(session)
    limit = (now or datetime.now(UTC)) + timedelta(days=1)
    found = [
        EntryRow(
            key,
            name or "",
            at := moment(written),
            label,
            count,
            undo_of,
            key in undone,
            at > limit,
            learnt,
        )
        for key, name, written, label, count, undo_of, learnt in session.execute(query)
    ]
    return found if record else _with_merges(session, found, undone)


def undone_entries(session: Session) -> set[uuid.UUID]:
    """The entries whose undoing was not itself undone. An undo comes after what it undoes."""
    undone: set[uuid.UUID] = set()
    query = select(Changeset.id, Changeset.undo_of).where(Changeset.undo_of.is_not(None)).order_by(Changeset.k.desc())
    for undo, entry in session.execute(query):
        if undo not in undone and entry:
            undone.add(entry)
    return undone


def _entries_query(scope: ColumnElement[bool] | None) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            Changeset.id,
            Author.name,
            Changeset.written,
            Changeset.label,
            func.sum(case((Change.op == "X", 0), else_=1)),
            Changeset.undo_of,
            func.max(Change.n).label("learnt"),
        )
        .join(Change, Change.changeset == Changeset.k)
        .outerjoin(Author, Author.id == Changeset.author)
        .group_by(Changeset.k)
        .order_by(func.max(Change.n).desc())
    )
    return query if scope is None else query.where(scope)


def record_scope(session: Session, record: uuid.UUID, name: str | None) -> ColumnElement[bool]:
    """Changes of a record and of what belongs or belonged to it, or of one of its fields."""
    kind = _kind_of(session, record)
    if name is None:
        return Change.record.in_(history_of(session, record))
    field = field_of(entity(kind), name)
    if field.link:
        return Change.record.in_(_members(session, record, kind, field.link))
    return (Change.record == record) & (Change.field.is_(None) | (Change.field == field.column))


def history_of(session: Session, record: uuid.UUID) -> list[uuid.UUID]:
    """A record and all that belongs or belonged to it: what its history tells of. Raises RecordNotFound."""
    kind = _kind_of(session, record)
    gone = _gone(session, record, _owned_by(kind, BY_TABLE.values()))
    return sorted(living_parts(session, record) | gone)


def _kind_of(session: Session, record: uuid.UUID) -> str:
    kind = session.scalar(select(Change.kind).where(Change.record == record).limit(1))
    if kind is None:
        raise RecordNotFound(f"There is no record {record} in this file, and there never was.")
    return kind


Owned = tuple[type[Logged], Column[Any]]
"""A kind of row, and the column that says to whom it belongs."""


def living_parts(session: Session, record: uuid.UUID) -> set[uuid.UUID]:
    """A record, the rows that belong to it, those that belong to these, and so on."""
    rows = driver_connection(session.connection()).execute(_parts_query(), (record.bytes,))
    return {uuid.UUID(bytes=key) for (key,) in rows}


@cache
def _parts_query() -> str:
    """One statement for all of them: from each part along the index of each column that says to whom a row belongs."""
    steps = " ".join(
        f"UNION SELECT t.id FROM part CROSS JOIN {cls.__tablename__} t WHERE t.{column.name} = part.id"
        for cls in BY_TABLE.values()
        for column in references(cls)
        if column.info["owner"]
    )
    return f"WITH RECURSIVE part(id) AS (SELECT ? {steps}) SELECT id FROM part"


def _members(session: Session, record: uuid.UUID, kind: str, link: type[Logged]) -> list[uuid.UUID]:
    """The members of a set-valued field, and those that it had."""
    owned = _owned_by(kind, [link])
    here = {part for cls, column in owned for part in session.scalars(select(cls.id).where(column == record))}
    return sorted(here | _gone(session, record, owned))


def _gone(session: Session, record: uuid.UUID, owned: Iterable[Owned]) -> set[uuid.UUID]:
    """Rows that a record owned when they were deleted."""
    columns = {(cls.__tablename__, column.name) for cls, column in owned}
    query = select(Change.record, Change.kind, Change.field).where(Change.op == "X", Change.value == record.bytes)
    return {part for part, table, field in session.execute(query) if (table, field) in columns}


def _owned_by(kind: str, classes: Iterable[type[Logged]]) -> list[Owned]:
    return [
        (cls, column)
        for cls in classes
        for column in references(cls)
        if column.info["owner"] and column.info["target"] in ("record", kind)
    ]


def _with_merges(session: Session, found: list[EntryRow], undone: set[uuid.UUID]) -> list[EntryRow]:
    query = select(Receipt, Author.name).outerjoin(Author, Author.id == Receipt.author)
    merges = [
        EntryRow(
            receipt.id,
            name or "",
            moment(receipt.learnt),
            f"Merge of {receipt.origin}",
            receipt.last - receipt.first + 1,
            None,
            receipt.id in undone,
            False,
            receipt.last,
        )
        for receipt, name in session.execute(query)
    ]
    return sorted([*merges, *found], key=lambda entry: entry.learnt, reverse=True)


def moment(milliseconds: int) -> datetime:
    """A time of the log in UTC, however far off the clock was that wrote it."""
    return datetime.fromtimestamp(max(_FIRST_SECOND, min(milliseconds / 1000, _LAST_SECOND)), UTC)


def changes(
    session: Session, entry: uuid.UUID, about: uuid.UUID | None = None, field: str | None = None
) -> list[ChangeRow]:
    """What one edit changed, with the values before and after in words; `about` one record and its parts, or one field.

    Raises RecordNotFound and InvalidValue.
    """
    scope = true() if about is None else record_scope(session, about, field)
    query = (
        select(Change.n, Change.op, Change.kind, Change.record, Change.field)
        .join(Changeset, Changeset.k == Change.changeset)
        .where(Changeset.id == entry, Change.op != "X", scope)
        .order_by(Change.ord)
    )
    found = session.execute(query).all()
    if not found:
        raise RecordNotFound(f"There is no edit {entry} in this file.")
    connection = driver_connection(session.connection())
    lineages = {record: lineage_of(connection, record.bytes) for _, _, _, record, _ in found}
    values = {
        n: (value_before(lineages[record], n, field), lineages[record].nodes[n].value)
        for n, op, _, record, field in found
        if op == "U"
    }
    typed = {
        n: tuple(typed_value(BY_TABLE[kind], field or "", value) for value in values.get(n, (None, None)))
        for n, _, kind, _, field in found
    }
    from db.queries.former import titles_ever  # here: it reads titles from values, as this does

    names = titles_ever(session, {key for pair in typed.values() for value in pair for key in ids_in(value)})
    return [
        ChangeRow(
            entry,
            op,
            record,
            plural(BY_TABLE[kind]),
            (field or "").removesuffix("_id"),
            display(typed[n][0], names),
            display(typed[n][1], names),
        )
        for n, op, kind, record, field in found
    ]


def plural(cls: type[Logged]) -> str:
    """What a table's rows are called; links have no other name than their table's."""
    return cls.PLURAL if issubclass(cls, Entity) else cls.__tablename__


def value_before(lineage: Lineage, n: int, field: str | None) -> Value:
    """The value that a change replaced: its newest parent's, else the one from creation."""
    parents = [lineage.nodes[p] for p in lineage.nodes[n].parents if p in lineage.nodes]
    settings = [parent for parent in parents if parent.op == "U"]
    if settings:
        return max(settings, key=lambda node: node.rank).value
    told = [node for node in lineage.nodes.values() if node.op == "X" and node.field == field]
    return min(told, key=lambda node: node.n).value if told else None


def typed_value(cls: type[Logged], column: str, value: Value) -> FieldValue:
    """A value as the file stores it, as the type of its column."""
    if value is None or not column:
        return None
    processor = table_of(cls).columns[column].type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    return cast(FieldValue, processor(value) if processor else value)


def conflicts(session: Session) -> list[ConflictRow]:
    """The fields whose current values differ because two people set them apart."""
    query = (
        select(Head.record, Change.kind, Head.field, Change.value)
        .join(Change, Change.n == Head.n)
        .join(Changeset, Changeset.k == Change.changeset)
        .order_by(Head.record, Head.field, Changeset.hlc, Changeset.id, Change.ord)
    )
    rivals: dict[tuple[uuid.UUID, str, str], list[FieldValue]] = {}
    for record, kind, field, value in session.execute(query):
        rivals.setdefault((record, kind, field), []).append(typed_value(BY_TABLE[kind], field, value))
    differing = {key: values for key, values in rivals.items() if any(value != values[0] for value in values)}
    ids = {item for values in differing.values() for item in values if isinstance(item, uuid.UUID)}
    names = titles(session, ids | {record for record, _, _ in differing})
    return [
        ConflictRow(
            record,
            plural(BY_TABLE[kind]),
            names.get(record, ""),
            field.removesuffix("_id"),
            tuple(display(value, names) for value in values),
        )
        for (record, kind, field), values in differing.items()
    ]


def known_by(session: Session, day: str) -> int:
    """The last change that this file knew at the end of a day (UTC, YYYY-MM-DD), in the order it learnt them.

    What a merge brought was learnt at the merge, whenever it was written. Raises InvalidValue.
    """
    try:
        end = datetime.combine(date.fromisoformat(day), time(), UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise InvalidValue(f"“{day}” is no day. Write it as 2026-11-23.") from None
    milliseconds = int(end.timestamp() * 1000)
    brought = select(Receipt.learnt).where(Change.n.between(Receipt.first, Receipt.last)).scalar_subquery()
    learnt = func.coalesce(brought, Changeset.written)
    query = select(func.max(Change.n)).join(Changeset, Changeset.k == Change.changeset)
    return session.scalar(query.where(learnt < milliseconds)) or 0


def record_as_known(session: Session, key: uuid.UUID, known: int) -> RecordRow:
    """A record as this file knew it once change number `known` was learnt. Raises RecordNotFound."""
    connection = driver_connection(session.connection())
    lineage = lineage_of(connection, key.bytes, known)
    whole = lineage_of(connection, key.bytes)
    row = row_of(connection, whole.kind, key.bytes) if whole.nodes else None
    if not _was_there(lineage, whole, row):
        raise RecordNotFound(f"There was no record {key} in this file then.")
    cls = entity(lineage.kind)
    raw = lineage.values(row, later=whole)
    values = {
        field.name: _members_then(session, field, key, known)
        if field.link
        else typed_value(cls, field.column, raw[field.column])
        for field in fields_of(cls).values()
    }
    names = titles(session, {key, *(item for value in values.values() for item in ids_in(value))})
    return RecordRow(
        id=key,
        kind=cls.PLURAL,
        title=title_of_values(cls, values, names) or names.get(key, ""),
        fields=tuple(FieldRow(name, value, display(value, names)) for name, value in values.items()),
    )


def _was_there(then: Lineage, whole: Lineage, row: Mapping[str, Value] | None) -> bool:
    """Whether a record was in the file: it lived, or it has lived on since because another record needs it."""
    return bool(then.nodes) and (then.is_alive() or (row is not None and then.nodes.keys() == whole.nodes.keys()))


def title_of_values(
    cls: type[Entity], values: Mapping[str, FieldValue], names: Mapping[uuid.UUID, str] | None = None
) -> str:
    """A record's title from its values (by field), for one that is not there as it was."""
    parts = (_title_part(name, values[name.removesuffix("_id")], names) for name in cls.TITLE)
    return shorten(", ".join(part for part in parts if part))


def _title_part(name: str, value: FieldValue, names: Mapping[uuid.UUID, str] | None) -> str:
    """One of the words of a title; records that nobody knows by name are left out."""
    if name == Claim.property.key and isinstance(value, str):
        return caption(value)
    found, known = ids_in(value), names or {}
    return "; ".join(known[key] for key in found if key in known) if found else display(value, {})


def _members_then(session: Session, field: Field, owner: uuid.UUID, known: int) -> frozenset[Item]:
    """The members that a set had: rows that are there now or were deleted since, as far as they lived then."""
    assert field.link is not None
    connection = driver_connection(session.connection())
    first, *others = field.link.ENDS
    kind = field.link.__tablename__
    rows = connection.execute(
        f"""SELECT id FROM {kind} WHERE {first} = :owner UNION
            SELECT record FROM change WHERE kind = '{kind}' AND op = 'X' AND field = '{first}' AND value = :owner""",
        {"owner": owner.bytes},
    ).fetchall()
    members: set[Item] = set()
    for (row,) in rows:
        then, whole = lineage_of(connection, row, known), lineage_of(connection, row)
        now = row_of(connection, kind, row)
        if _was_there(then, whole, now):
            members.update(islice(_ends(field.link, others, then.values(now, later=whole)), 1))
    return frozenset(members)


def _ends(link: type[Logged], ends: Sequence[str], values: dict[str, Value]) -> Iterable[Item]:
    typed = (typed_value(link, end, values[end]) for end in ends)
    return (value for value in typed if isinstance(value, uuid.UUID | str))
