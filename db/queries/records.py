"""Any record as a frozen row of fields: what lists, forms and the command line show of every kind."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from db.captions import caption
from db.dates import Edtf, describe
from db.fields import Field, FieldValue, Item, fields_of
from db.models import BY_TABLE, Claim, Entity, Record
from db.models.vocabulary import GRADES, Credibility, Reliability
from db.queries.titles import chunks, class_of, ids_in, titles
from db.triggers import references, table_of


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of a record: its typed value, and the words that a person reads."""

    name: str
    value: FieldValue
    text: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record of any kind. `kind` is its plural; fields without a value are there too."""

    id: uuid.UUID
    kind: str
    title: str
    fields: tuple[FieldRow, ...]

    def __getitem__(self, name: str) -> FieldRow:
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Mention:
    """A record that points at another one, and by which field."""

    id: uuid.UUID
    kind: str
    title: str
    field: str


def list_records(
    session: Session, cls: type[Entity], *, where: ColumnElement[bool] | None = None, limit: int | None = None
) -> list[RecordRow]:
    """The records of a kind in the order they were entered."""
    table = table_of(cls)
    query = select(table).order_by(table.c.pk).limit(limit)
    rows = session.execute(query if where is None else query.where(where)).all()
    return _rows(session, cls, rows)


def record(session: Session, key: uuid.UUID) -> RecordRow:
    """One record with all its fields. Raises RecordNotFound."""
    cls = class_of(session, key)
    return list_records(session, cls, where=table_of(cls).c.id == key)[0]


def values_of(
    session: Session, cls: type[Entity], keys: Collection[uuid.UUID]
) -> dict[uuid.UUID, dict[str, FieldValue]]:
    """The fields of records of one kind as typed values, without the words that cost a look at other records."""
    table, fields = table_of(cls), fields_of(cls).values()
    rows = [
        row for chunk in chunks(sorted(keys)) for row in session.execute(select(table).where(table.c.id.in_(chunk)))
    ]
    sets = _sets(session, fields, [row.id for row in rows])
    return {row.id: {field.name: _value(row, field, sets) for field in fields} for row in rows}


def mentions(session: Session, key: uuid.UUID) -> list[Mention]:
    """What points at a record: its parts, and whatever else uses it."""
    found: list[tuple[uuid.UUID, type[Entity], str]] = []
    kind = class_of(session, key).__tablename__
    for cls in BY_TABLE.values():
        if issubclass(cls, Entity):
            for column in references(cls):
                if column.info["target"] in ("record", kind):
                    name = column.name.removesuffix("_id")
                    rows = session.scalars(select(cls.id).where(column == key).order_by(cls.pk))
                    found.extend((row, cls, name) for row in rows)
    names = titles(session, {row for row, _, _ in found})
    return [Mention(row, cls.PLURAL, names[row], field) for row, cls, field in found]


def referenced_titles(session: Session, rows: Iterable[RecordRow]) -> dict[uuid.UUID, str]:
    """What the records that these rows point at are called."""
    return titles(session, {item for row in rows for field in row.fields for item in ids_in(field.value)})


def count_records(session: Session) -> dict[str, int]:
    """How many records of each kind (by plural) there are; kinds without any are left out."""
    counts = session.execute(select(Record.kind, func.count()).group_by(Record.kind))
    by_table = dict(counts.all())
    return {
        cls.PLURAL: by_table[table] for table, cls in BY_TABLE.items() if issubclass(cls, Entity) and table in by_table
    }


def _rows(session: Session, cls: type[Entity], rows: Sequence[Row[tuple[object, ...]]]) -> list[RecordRow]:
    fields = fields_of(cls)
    sets = _sets(session, fields.values(), [row.id for row in rows])
    values = [{field.name: _value(row, field, sets) for field in fields.values()} | {"id": row.id} for row in rows]
    names = titles(session, {item for row in values for value in row.values() for item in ids_in(value)})
    return [
        RecordRow(
            id=row["id"],
            kind=cls.PLURAL,
            title=names[row["id"]],
            fields=tuple(FieldRow(name, row[name], display(row[name], names)) for name in fields),
        )
        for row in values
    ]


def _value(row: Row[tuple[object, ...]], field: Field, sets: Mapping[tuple[str, uuid.UUID], set[Item]]) -> FieldValue:
    if field.link:
        return frozenset(sets.get((field.name, row.id), ()))
    return row._mapping[field.column]  # type: ignore[no-any-return]


def _sets(
    session: Session, fields: Iterable[Field], owners: Sequence[uuid.UUID]
) -> dict[tuple[str, uuid.UUID], set[Item]]:
    """The members of the set-valued fields, by field and owner."""
    sets: dict[tuple[str, uuid.UUID], set[Item]] = {}
    for field in fields:
        if field.link:
            table = table_of(field.link)
            first, *others = (table.c[name] for name in field.link.ENDS)
            for chunk in chunks(owners):
                for owner, *ends in session.execute(select(first, *others).where(first.in_(chunk))):
                    members = (end for end in ends if end is not None)
                    sets.setdefault((field.name, owner), set()).update(islice(members, 1))
    return sets


def field_words(name: str, value: FieldValue, names: Mapping[uuid.UUID, str]) -> str:
    """A field's value in words; the name of a field, which a claim has, as people call it."""
    return caption(value) if name == Claim.property.key and isinstance(value, str) else display(value, names)


def display(value: FieldValue, names: Mapping[uuid.UUID, str], locale: str = "en_GB") -> str:
    """A value in words; records by their titles, grades with what they mean."""
    match value:
        case None:
            return ""
        case Edtf():
            return describe(value, locale)
        case bool():
            return "yes" if value else "no"
        case uuid.UUID():
            return names.get(value, str(value))
        case str() if found := ids_in(value):
            return "; ".join(sorted(names.get(item, str(item)) for item in found))
        case frozenset():
            return "; ".join(sorted(display(item, names, locale) for item in value))
        case bytes():
            return value.hex()
        case Reliability() | Credibility():
            return f"{value.value} – {GRADES[value]}"
        case StrEnum():
            return value.value
    return str(value)
