"""What a merge left as it ended: records that outlived a deletion, and fields that nobody has chosen a value of."""

import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.lineage import Lineage, Node, lineage_of, row_of
from db.log import driver_connection
from db.models import BY_TABLE, Entity
from db.queries.authorship import author_of
from db.queries.former import titles_ever
from db.queries.history import typed_value
from db.queries.records import display
from db.queries.titles import ids_in

MOST = 200
"""Of each that are told one by one."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """A record that was deleted by one side and lives because the other worked on it or points at it."""

    record: uuid.UUID
    kind: str
    """Plural."""
    title: str


@dataclass(frozen=True, slots=True)
class OpenField:
    """A field with several current values, each with who wrote it; the last is the one shown."""

    record: uuid.UUID
    kind: str
    title: str
    field: str
    values: tuple[tuple[str, str], ...]
    """Value and author."""
    settled: bool
    """Whether somebody has chosen since."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The first of each, and how many there are."""

    survivors: tuple[Survivor, ...]
    survived: int
    open_fields: tuple[OpenField, ...]
    left_open: int


def outcome(session: Session, span: Mapping[str, int], end: int, rivals: Iterable[tuple[bytes, str]]) -> Outcome:
    """What was so at change number `end`: the last of the merge (`span`), or of what was decided about it.

    `rivals` are the fields that both sides had set apart.
    """
    connection = driver_connection(session.connection())
    survivors = list(_survivors(connection, span, end))
    open_fields = [found for place in rivals if (found := _open(connection, *place, end)) is not None]
    told, fields = survivors[:MOST], open_fields[:MOST]
    names = titles_ever(
        session, {record for record, _ in told} | {uuid.UUID(bytes=found.record) for found, _ in fields}
    )
    return Outcome(
        tuple(Survivor(record, _plural(kind), names.get(record, "")) for record, kind in told),
        len(survivors),
        tuple(_worded(session, lineage, heads, names) for lineage, heads in fields),
        len(open_fields),
    )


def _survivors(connection: sqlite3.Connection, span: Mapping[str, int], end: int) -> Iterator[tuple[uuid.UUID, str]]:
    doomed = connection.execute(
        """SELECT DISTINCT d.record, d.kind FROM change d WHERE d.op = 'D' AND d.n <= :last
           AND EXISTS (SELECT 1 FROM change x WHERE x.record = d.record AND x.n BETWEEN :first AND :last)
           ORDER BY d.kind, d.record""",
        span,
    ).fetchall()
    for record, kind in doomed:
        cls = BY_TABLE[kind]
        if not issubclass(cls, Entity) or cls.MEMBERS:
            continue
        then, at_end = lineage_of(connection, record, span["last"]), lineage_of(connection, record, end)
        lives = at_end.is_alive() or row_of(connection, kind, record) is not None
        if lives and then.outlives_deletion():
            yield uuid.UUID(bytes=record), kind


def _open(connection: sqlite3.Connection, record: bytes, field: str, end: int) -> tuple[Lineage, list[Node]] | None:
    """The current values of a field at the end, where they differ."""
    lineage = lineage_of(connection, record, end)
    heads = lineage.heads().get(field, [])
    return (lineage, heads) if len({head.value for head in heads}) > 1 else None


def _worded(session: Session, lineage: Lineage, heads: list[Node], names: Mapping[uuid.UUID, str]) -> OpenField:
    connection, record = driver_connection(session.connection()), uuid.UUID(bytes=lineage.record)
    field = str(heads[0].field)
    values = [typed_value(BY_TABLE[lineage.kind], field, head.value) for head in heads]
    named = titles_ever(session, {key for value in values for key in ids_in(value)})
    now = connection.execute("SELECT 1 FROM head WHERE record = ? AND field = ?", (lineage.record, field)).fetchone()
    return OpenField(
        record,
        _plural(lineage.kind),
        names.get(record, ""),
        field.removesuffix("_id"),
        tuple(
            (display(value, named), author_of(connection, lineage.record, head.n)[0])
            for value, head in zip(values, heads, strict=True)
        ),
        settled=now is None,
    )


def _plural(kind: str) -> str:
    cls = BY_TABLE[kind]
    return cls.PLURAL if issubclass(cls, Entity) else kind
