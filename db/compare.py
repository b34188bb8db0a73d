"""What two case files know apart from each other, and where they show different values. Neither is written."""

import sqlite3
import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from db.engine import file_uri, open_engine
from db.fields import FieldValue, Item
from db.lineage import Value
from db.log import driver_connection, revision
from db.models import ENTITIES, LINKS, Entity, Link
from db.queries.case_file import EditRow
from db.queries.history import moment, typed_value
from db.queries.records import display
from db.queries.titles import entity, kinds_of, titles
from db.triggers import stored_fields


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A record that only one file holds. `kind` is its plural."""

    id: uuid.UUID
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Side:
    """What one file has and the other has not."""

    revision: str
    edits: tuple[EditRow, ...]
    records: tuple[OwnRecord, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a record in both files, with the words that each of them shows."""

    record: uuid.UUID
    kind: str
    title: str
    """As the first file has it."""
    field: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files side by side."""

    first: Side
    second: Side
    differences: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Whether neither file has anything that the other has not."""
        return not (self.differences or any(side.edits or side.records for side in (self.first, self.second)))


def compare(first: Path, second: Path) -> Comparison:
    """Compare two private, inspected copies (`db.opening.private_copy`), table by table."""
    with _beside(first, second) as mine, _beside(second, first) as theirs:
        return Comparison(_side(mine), _side(theirs), tuple(_differences(mine, theirs)))


@contextmanager
def _beside(path: Path, other: Path) -> Iterator[Session]:
    """A session on one file with the other one attached to it."""
    engine = open_engine(path, immutable=True)
    try:
        with Session(engine) as session:
            connection = driver_connection(session.connection())
            connection.rollback()
            connection.execute("ATTACH ? AS other", (file_uri(other),))
            yield session
    finally:
        engine.dispose()


def _connection(session: Session) -> sqlite3.Connection:
    return driver_connection(session.connection())


def _side(session: Session) -> Side:
    return Side(revision(_connection(session)), tuple(_edits(session)), tuple(_own_records(session)))


def _edits(session: Session) -> Iterator[EditRow]:
    rows = _connection(session).execute(
        """SELECT s.id, coalesce(a.name, ''), s.written, s.label FROM main.changeset s
           LEFT JOIN main.author a ON a.id = s.author
           WHERE s.id NOT IN (SELECT id FROM other.changeset) ORDER BY s.k"""
    )
    for key, author, written, label in rows:
        yield EditRow(uuid.UUID(bytes=key), author, moment(written), label)


def _own_records(session: Session) -> Iterator[OwnRecord]:
    for cls in ENTITIES:
        table = cls.__tablename__
        rows = _connection(session).execute(
            f"SELECT id FROM main.{table} WHERE id NOT IN (SELECT id FROM other.{table}) ORDER BY pk"
        )
        ids = [uuid.UUID(bytes=key) for (key,) in rows]
        names = titles(session, ids)
        yield from (OwnRecord(key, cls.PLURAL, names[key]) for key in ids)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two values of one field, not in words yet."""

    record: uuid.UUID
    field: str
    first: FieldValue
    second: FieldValue


def _differences(mine: Session, theirs: Session) -> Iterator[Difference]:
    for cls in ENTITIES:
        yield from _in_words(mine, theirs, _differing_fields(_connection(mine), cls))
    for link in LINKS:
        yield from _in_words(mine, theirs, _differing_sets(mine, theirs, link))


def _differing_fields(connection: sqlite3.Connection, cls: type[Entity]) -> list[_Pair]:
    fields, table = stored_fields(cls), cls.__tablename__
    columns = ", ".join(f"{side}.{field}" for field in fields for side in ("a", "b"))
    differs = " OR ".join(f"a.{field} IS NOT b.{field}" for field in fields)
    rows = connection.execute(
        f"SELECT a.id, {columns} FROM main.{table} a JOIN other.{table} b ON b.id = a.id WHERE {differs} ORDER BY a.pk"
    )
    return [
        _Pair(
            uuid.UUID(bytes=key),
            field.removesuffix("_id"),
            typed_value(cls, field, first),
            typed_value(cls, field, second),
        )
        for key, *values in rows
        for field, first, second in zip(fields, values[::2], values[1::2], strict=True)
        if first != second
    ]


def _differing_sets(mine: Session, theirs: Session, link: type[Link]) -> list[_Pair]:
    """Set-valued fields whose members differ, of records that both files hold."""
    owners = sorted({*_owners(_connection(mine), link), *_owners(_connection(theirs), link)})
    return [
        _Pair(uuid.UUID(bytes=owner), link.FIELD, _members(mine, link, owner), _members(theirs, link, owner))
        for owner in owners
    ]


def _owners(connection: sqlite3.Connection, link: type[Link]) -> Iterator[bytes]:
    """Records of both files to which only this one gives some member."""
    owner, table = link.ENDS[0], link.__tablename__
    rows = connection.execute(
        f"""SELECT DISTINCT {owner} FROM main.{table} WHERE id NOT IN (SELECT id FROM other.{table})
            AND {owner} IN (SELECT id FROM other.record)"""
    )
    return (key for (key,) in rows)


def _members(session: Session, link: type[Link], owner: bytes) -> frozenset[Item]:
    first, member = link.ENDS
    rows = _connection(session).execute(f"SELECT {member} FROM main.{link.__tablename__} WHERE {first} = ?", (owner,))
    return frozenset(_items(link, member, (value for (value,) in rows)))


def _items(link: type[Link], member: str, values: Iterable[Value]) -> Iterator[Item]:
    for value in values:
        item = typed_value(link, member, value)
        assert isinstance(item, uuid.UUID | str)
        yield item


def _in_words(mine: Session, theirs: Session, pairs: Collection[_Pair]) -> Iterator[Difference]:
    records = {pair.record for pair in pairs}
    kinds = kinds_of(mine, records)
    own = titles(mine, records | {item for pair in pairs for item in _ids(pair.first)})
    other = titles(theirs, {item for pair in pairs for item in _ids(pair.second)})
    for pair in pairs:
        first, second = display(pair.first, own), display(pair.second, other)
        yield Difference(pair.record, entity(kinds[pair.record]).PLURAL, own[pair.record], pair.field, first, second)


def _ids(value: FieldValue) -> Iterator[uuid.UUID]:
    items = value if isinstance(value, frozenset) else (value,)
    return (item for item in items if isinstance(item, uuid.UUID))
