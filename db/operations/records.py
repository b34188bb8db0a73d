"""Adding, changing and deleting records of any kind, by field."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, delete, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from db.countries import state_code
from db.dates import Edtf
from db.errors import InvalidValue, RecordInUse
from db.fields import Field, FieldType, FieldValue, canonical, check_text, field_of, fields_of, read_value
from db.identity import link_id, new_id, state_id
from db.log import driver_connection
from db.models import BY_TABLE, LOGGED, Claim, Entity, Link, Logged, Organization, Record
from db.operations.claimed import read_changed_claim, read_claims
from db.operations.references import Kinds, check_references
from db.queries.history import typed_value
from db.queries.subjects import wholes
from db.queries.titles import class_of, kinds_of, titles
from db.triggers import references, table_of

Values = Mapping[str, object]


def add_record(session: Session, cls: type[Entity], values: Values) -> uuid.UUID:
    """Add one record and give its id. Values are typed, or text as a person writes it.

    Where the identity is computed (a state, a party, a tag), adding what exists changes its given fields instead.
    Raises InvalidValue.
    """
    return add_records(session, cls, [values])[0]


def add_records(session: Session, cls: type[Entity], rows: Sequence[Values]) -> list[uuid.UUID]:
    """Add many records of one kind: the road for importers, with one check of references and one insert.

    Gives their ids in order. Raises InvalidValue before anything is written.
    """
    fields = fields_of(cls)
    typed = [_typed(cls, fields, row) for row in rows]
    kinds = check_references(session, fields.values(), typed)
    if cls is Claim:
        typed = read_claims(session, typed, kinds)
    ids = [_identity(cls, fields, row) or new_id() for row in typed]
    known = _existing(session, cls, ids)
    fresh: dict[uuid.UUID, dict[str, FieldValue]] = {}
    for record, row in zip(ids, typed, strict=True):
        if record not in known:
            fresh[record] = fresh.get(record, {}) | row
    _insert(session, cls, fields, fresh, kinds)
    for record, row in zip(ids, typed, strict=True):
        for name in row if record in known else ():
            if not fields[name].identity:
                _write(session, cls, record, fields[name], row[name], kinds)
    return ids


def set_field(session: Session, record: uuid.UUID, name: str, value: object) -> None:
    """Set one field, typed or as text; None or empty text clears it. Raises InvalidValue, RecordNotFound."""
    set_fields(session, record, {name: value})


def set_fields(session: Session, record: uuid.UUID, values: Values) -> None:
    """Set several fields of one record; nothing is written where one of them is refused.

    Raises InvalidValue, RecordNotFound.
    """
    cls = class_of(session, record)
    fields = {name: field_of(cls, name) for name in values}
    for field in fields.values():
        if field.identity:
            raise InvalidValue(f"“{field.name}” is what this record is about. Delete it and add another one instead.")
    typed = {name: _value(fields[name], value) for name, value in values.items()}
    kinds = check_references(session, fields.values(), [typed])
    if cls is Claim:
        typed = read_changed_claim(session, record, typed)
    for name, value in typed.items():
        _write(session, cls, record, field_of(cls, name), value, kinds)


def delete_record(session: Session, record: uuid.UUID) -> int:
    """Delete a record with all that belongs to it; give how many rows went.

    Raises RecordInUse where something points at it that does not belong to it, and RecordNotFound.
    """
    cls = class_of(session, record)
    doomed: dict[uuid.UUID, type[Logged]] = {record: cls}
    pending = [record]
    users: dict[uuid.UUID, str] = {}
    while pending:
        target = pending.pop()
        for owner, row, user in pointing_at(session, target):
            if not owner:
                users[row] = user.__tablename__
            elif row not in doomed:
                doomed[row] = user
                pending.append(row)
    _refuse_if_used(session, {row: kind for row, kind in users.items() if row not in doomed})
    for row, kind in reversed(doomed.items()):
        session.execute(delete(kind).where(kind.id == row))
    return len(doomed)


def _refuse_if_used(session: Session, users: Mapping[uuid.UUID, str]) -> None:
    """Refuse, and name what a person knows: the agreement, and not its row for this party."""
    if users:
        found = titles(session, set(wholes(session, users).values()))
        names = sorted(found.values())
        shown = "; ".join(names[:3]) + ("; …" if len(names) > 3 else "")
        one = "1 other record" if len(names) == 1 else f"{len(names)} other records"
        raise RecordInUse(f"It is still used by {one}: {shown}. Nothing was deleted.", found)


def pointing_at(session: Session, target: uuid.UUID) -> Iterable[tuple[bool, uuid.UUID, type[Logged]]]:
    """The rows that point at a record: whether they belong to it, their ids and classes."""
    kind = session.scalar(select(Record.kind).where(Record.id == target))
    for cls, column in pointing_columns(BY_TABLE[kind]) if kind else ():
        for row in session.scalars(select(cls.id).where(column == target)):
            yield column.info["owner"], row, cls


def pointing_columns(cls: type[Logged]) -> Iterator[tuple[type[Logged], Column[Any]]]:
    """The columns that can point at records of a kind, each with the class that has it."""
    for user in LOGGED:
        for column in references(user):
            if column.info["target"] in ("record", cls.__tablename__):
                yield user, column


def _typed(cls: type[Entity], fields: Mapping[str, Field], values: Values) -> dict[str, FieldValue]:
    typed = {name: _value(field_of(cls, name), value) for name, value in values.items()}
    for field in fields.values():
        if field.required and not field.link and typed.get(field.name) is None:
            raise InvalidValue(f"{cls.PLURAL} need a value for “{field.name}”.")
    if cls is Organization and typed.get("iso_code"):
        typed["iso_code"] = _known_state(str(typed["iso_code"]))
    choices = [field.name for field in fields.values() if field.identity and not field.required]
    if choices and all(typed.get(name) is None for name in choices):
        names = ", ".join(f"“{name}”" for name in choices)
        raise InvalidValue(f"{cls.PLURAL} need a value for one of {names}.")
    return typed


def _known_state(text: str) -> str:
    """The alpha-3 code of a state. X codes are for private use (ISO 3166-1, 5.1.2), as XKX for Kosovo."""
    code = state_code(text) or text.strip().upper()
    if state_code(code) is None and not (len(code) == 3 and code.startswith("X")):
        raise InvalidValue(f"“{text}” is no ISO 3166 code of a state. A state without one goes without.")
    return code


def find_existing(session: Session, cls: type[Entity], values: Values) -> uuid.UUID | None:
    """The record that adding these values would change instead, because it is the same one. Raises InvalidValue."""
    fields = fields_of(cls)
    record = _identity(cls, fields, _typed(cls, fields, values))
    return record if record and _existing(session, cls, [record]) else None


def _value(field: Field, value: object) -> FieldValue:
    match value:
        case StrEnum() | Edtf() | uuid.UUID() | bool() | int() | bytes() | None:
            return _checked(field, value)
        case str():
            return read_value(field, value)
        case list() | tuple() | set() | frozenset():
            if field.link is None:
                raise InvalidValue(f"“{field.name}” holds one value, not several.")
            return frozenset(_item(field, item) for item in value)
    raise InvalidValue(f"“{field.name}” cannot hold {type(value).__name__}.")


_PYTHON_TYPES: dict[FieldType, tuple[type, ...]] = {
    FieldType.TERM: (StrEnum,),
    FieldType.DATE: (Edtf,),
    FieldType.INTEGER: (int,),
    FieldType.FLAG: (bool,),
    FieldType.REFERENCE: (uuid.UUID,),
    FieldType.CONTENT: (bytes,),
    FieldType.TEXT: (str,),
    FieldType.LONG_TEXT: (str,),
}


def _checked(field: Field, value: FieldValue) -> FieldValue:
    if value is None:
        if field.required:
            raise InvalidValue(f"“{field.name}” cannot be empty.")
        return frozenset() if field.link else None
    if isinstance(value, StrEnum) and field.vocabulary:
        return read_value(field, value.value)
    wrong_flag = isinstance(value, bool) and field.holds is not FieldType.FLAG
    if wrong_flag or not isinstance(value, _PYTHON_TYPES.get(field.holds, ())):
        raise InvalidValue(f"“{field.name}” cannot hold “{canonical(value)}”.")
    if isinstance(value, Edtf):
        check_text(field, value.text)
    return read_value(field, str(value)) if isinstance(value, int) and not isinstance(value, bool) else value


def _item(field: Field, item: object) -> Any:
    if isinstance(item, uuid.UUID) and field.holds is FieldType.REFERENCES:
        return item
    items = read_value(field, str(item))
    return next(iter(items)) if isinstance(items, frozenset) and len(items) == 1 else _refuse(field, item)


def _refuse(field: Field, item: object) -> Any:
    raise InvalidValue(f"“{item}” is no single value of “{field.name}”.")


def _identity(cls: type[Entity], fields: Mapping[str, Field], row: Mapping[str, FieldValue]) -> uuid.UUID | None:
    """The computed id of a record, if its kind has one."""
    if cls.ENDS:
        by_column = {field.column: row.get(field.name) for field in fields.values() if field.identity}
        return link_id(cls.__tablename__, *(by_column[end] for end in cls.ENDS))
    code = row.get("iso_code") if issubclass(cls, Organization) else None
    return state_id(str(code)) if code else None


def _existing(session: Session, cls: type[Entity], ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of the ids are taken. Only computed ones (UUIDv5) can be."""
    return kinds_of(session, {record for record in ids if record.version == 5}).keys() & set(ids)


def _insert(
    session: Session,
    cls: type[Entity],
    fields: Mapping[str, Field],
    rows: Mapping[uuid.UUID, Mapping[str, FieldValue]],
    kinds: Kinds,
) -> None:
    if not rows:
        return
    given = [field for field in fields.values() if field.column and any(field.name in row for row in rows.values())]
    told: list[dict[str, Any]] = [
        {"id": record} | {field.column: _stored(cls, field, row.get(field.name)) for field in given}
        for record, row in rows.items()
    ]
    session.execute(insert(table_of(cls)), told)
    for field in fields.values():
        if field.link:
            links = [
                member
                for record, row in rows.items()
                for member in _members(field.link, record, row.get(field.name), kinds)
            ]
            if links:
                session.execute(insert(table_of(field.link)), links)


def _stored(cls: type[Entity], field: Field, value: FieldValue) -> FieldValue:
    """The value, or in place of none what the column begins with."""
    default = table_of(cls).columns[field.column].default
    return default.arg if value is None and isinstance(default, ScalarElementColumnDefault) else value


def _write(
    session: Session, cls: type[Entity], record: uuid.UUID, field: Field, value: FieldValue, kinds: Kinds
) -> None:
    if field.link is None:
        change = update(table_of(cls)).where(table_of(cls).c.id == record)
        stored = {field.column: _stored(cls, field, value)}
        session.execute(change.values(stored))
        rival = _rival(session, record, field)
        if rival is not None:  # the very value that is shown: only a change settles a conflict, so there are two
            session.execute(change.values({field.column: rival[0]}))
            session.execute(change.values(stored))
    else:
        _write_set(session, field.link, record, value, kinds)


def _rival(session: Session, record: uuid.UUID, field: Field) -> tuple[object] | None:
    """A current value of a field in conflict other than the one that its record shows, or None without a conflict."""
    connection = driver_connection(session.connection())
    rivals = connection.execute(
        """SELECT c.value, c.kind FROM head h JOIN change c ON c.n = h.n WHERE h.record = ? AND h.field = ?""",
        (record.bytes, field.column),
    ).fetchall()
    for value, kind in rivals:
        shown = f"SELECT 1 FROM {kind} WHERE id = ? AND {field.column} IS ?"
        if not connection.execute(shown, (record.bytes, value)).fetchone():
            return (typed_value(BY_TABLE[kind], field.column, value),)
    return None


def _write_set(session: Session, link: type[Logged], owner: uuid.UUID, items: FieldValue, kinds: Kinds) -> None:
    """Add and take away the rows of a set, so that it holds these members. A row whose member stays, stays whole."""
    table = table_of(link)
    first, *others = (table.c[name] for name in link.ENDS)
    present = {
        row: next((end for end in ends if end is not None), None)
        for row, *ends in session.execute(select(table.c.id, *others).where(first == owner))
    }
    wanted = items if isinstance(items, frozenset) else frozenset()
    for row, member in present.items():
        if member not in wanted:
            if issubclass(link, Entity):
                delete_record(session, row)
            else:
                session.execute(delete(table).where(table.c.id == row))
    fresh = list(_members(link, owner, wanted.difference(present.values()), kinds))
    if fresh:
        session.execute(insert(table), fresh)


def _members(link: type[Logged], owner: uuid.UUID, items: FieldValue, kinds: Kinds) -> Iterable[dict[str, Any]]:
    """The rows of a set, one per member."""
    first, *others = link.ENDS
    for item in sorted(items, key=str) if isinstance(items, frozenset) else ():
        end = others[0] if issubclass(link, Link) else _end_for(link, others, kinds.get(item))
        ends = {first: owner} | {name: item if name == end else None for name in others}
        yield {"id": link_id(link.__tablename__, *ends.values()), **ends}


def _end_for(link: type[Logged], ends: Iterable[str], kind: str | None) -> str:
    """The column that names a member of this kind; without a kind, the one for words as reported."""
    columns = {column.name: column for column in references(link)}
    if kind is None:
        return next(name for name in ends if name not in columns)
    return next(name for name in ends if name in columns and kind in (columns[name].info["kinds"] or (kind,)))
