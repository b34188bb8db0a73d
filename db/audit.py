"""Whether a file's rows are what its log says: the last question of every check, and the judge of the tests."""

import hashlib
import sqlite3
import uuid
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, Table

from db.dates import EdtfType, decode
from db.fields import LONGEST_TEXT
from db.identity import link_id
from db.lineage import DISPLAY_ORDER, IS_HEAD, lineage_of
from db.models import BY_TABLE, ENTITIES, LINKS, LOGGED, Logged
from db.models.base import Base, Flag, Key, Term
from db.triggers import logged_fields, references, table_of

_LONGEST = 4 * LONGEST_TEXT
"""Bytes of a text: as many as its characters can take."""
_LARGEST = 2**62
"""Of clocks and counters: what comes after must still be a number that SQLite can store."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where a file contradicts itself. `record` is None where the file as a whole is meant."""

    kind: str
    record: uuid.UUID | None
    text: str


def disagreements(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Everything in a file that its own log, its schema's meaning or its neighbours deny.

    Where something is not even of its shape, no more is asked: it could not be read.
    """
    misshapen = list(_shapes(connection))
    if misshapen:
        yield from misshapen
        return
    yield from _context(connection)
    yield from _contents(connection)
    yield from _log(connection)
    yield from _told(connection)
    yield from _gone(connection)
    for cls in LOGGED:
        yield from _lives(connection, cls)
        yield from _values(connection, cls)
        yield from _identities(connection, cls)
        yield from _dates(connection, cls)
        yield from _kinds(connection, cls)
    yield from _records(connection)
    yield from _heads(connection)


def _found(
    connection: sqlite3.Connection, kind: str, text: str, query: str, parameters: Any = ()
) -> Iterator[Disagreement]:
    for (record,) in connection.execute(query, parameters):
        yield Disagreement(kind, uuid.UUID(bytes=record), text)


def _shapes(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Texts that are none, ids of another length, and numbers that leave no room to count on."""
    for table in Base.metadata.sorted_tables:
        try:
            deque(connection.execute(f"SELECT * FROM {table.name}"), maxlen=0)
        except sqlite3.OperationalError:
            yield Disagreement(table.name, None, "holds a text that is not UTF-8")
            continue
        if connection.execute(_misshapen_rows(table)).fetchone():
            yield Disagreement(table.name, None, "holds an id, a number or a text that no case file holds")


@cache
def _misshapen_rows(table: Table) -> str:
    return f"SELECT 1 FROM {table.name} WHERE {' OR '.join(map(_misshapen, table.columns))} LIMIT 1"


def _misshapen(column: Column[Any]) -> str:
    if isinstance(column.type, Key):
        return f"length({column.name}) <> 16"
    if column.name in ("k", "n", "ord", "hlc", "written"):
        return f"{column.name} NOT BETWEEN 0 AND {_LARGEST}"
    too_long = f"length(CAST({column.name} AS BLOB)) > {_LONGEST}"
    return f"(typeof({column.name}) = 'text' AND ({too_long} OR instr({column.name}, char(0))))"


def _contents(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    for digest, data in connection.execute("SELECT sha256, data FROM content"):
        if hashlib.sha256(data).digest() != digest:
            yield Disagreement("content", None, "holds other bytes than its name says")


def _context(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    if connection.execute("SELECT mode FROM context").fetchall() != [("external",)]:
        yield Disagreement("context", None, "it was copied in the middle of an edit")
    for table in ("withheld", "change WHERE pruned"):
        if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
            yield Disagreement("withheld", None, "it is a share copy, which this version cannot take in yet")
            return


def _log(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    broken = connection.execute(
        """SELECT 1 FROM (SELECT n, parent FROM change WHERE parent IS NOT NULL
                          UNION ALL SELECT n, parent FROM change_parent) l
           LEFT JOIN change x ON x.n = l.n LEFT JOIN change p ON p.n = l.parent
           WHERE x.n IS NULL OR p.n IS NULL OR p.record <> x.record OR p.n >= x.n LIMIT 1"""
    ).fetchone()
    if broken:
        yield Disagreement("change", None, "a change has a parent that is missing, later, or another record's")
    if connection.execute("SELECT 1 FROM change WHERE (op IN ('U', 'X')) <> (field IS NOT NULL) LIMIT 1").fetchone():
        yield Disagreement("change", None, "a change of a field names none, or another one names a field")
    yield from _found(
        connection,
        "change",
        "is told as two kinds of record",
        "SELECT record FROM change GROUP BY record HAVING min(kind) <> max(kind)",
    )
    for kind, field in connection.execute("SELECT DISTINCT kind, field FROM change"):
        if kind not in BY_TABLE or not (field is None or field in table_of(BY_TABLE[kind]).columns):
            yield Disagreement("change", None, f"its log tells of {kind}.{field}, which this version does not know")


def _told(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Values of the log that their fields could not hold: an undo or the history would meet them."""
    columns = {(cls.__tablename__, column.name): column for cls in LOGGED for column in table_of(cls).columns}
    for kind, field, record, value in connection.execute(
        "SELECT kind, field, record, value FROM change WHERE op IN ('U', 'X')"
    ):
        column = columns.get((kind, field))
        if column is not None and not _fits(column, value):
            yield Disagreement(kind, uuid.UUID(bytes=record), f"once held in “{field}” what that cannot hold")


def _fits(column: Column[Any], value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    match column.type:
        case Key():
            return isinstance(value, bytes) and len(value) == 16
        case Term():
            return value in {term.value for term in column.type.vocabulary}
        case EdtfType():
            return isinstance(value, str) and _is_canonical(value)
    types: dict[type, type] = {Integer: int, Flag: int, LargeBinary: bytes}
    return isinstance(value, types.get(type(column.type), str))


def _gone(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Records that the log creates and never deletes, and that are not here all the same."""
    here = " UNION ALL ".join(["SELECT id FROM record", *(f"SELECT id FROM {cls.__tablename__}" for cls in LINKS)])
    yield from _found(
        connection,
        "record",
        "is gone, but the log does not tell how it went",
        f"""SELECT record FROM change WHERE op = 'I' EXCEPT SELECT record FROM change WHERE op = 'D'
            EXCEPT SELECT id FROM ({here})""",
    )


def _lives(connection: sqlite3.Connection, cls: type[Logged]) -> Iterator[Disagreement]:
    kind = cls.__tablename__
    yield from _found(
        connection,
        kind,
        "is here, but the log does not tell how it came",
        f"""SELECT id FROM {kind} t WHERE NOT EXISTS (
            SELECT 1 FROM change WHERE record = t.id AND field IS NULL AND op = 'I' AND kind = ?)""",
        (kind,),
    )
    for record, present in connection.execute(
        f"""SELECT record, EXISTS (SELECT 1 FROM {kind} WHERE id = record) FROM change
            WHERE op = 'D' AND kind = ? GROUP BY record""",
        (kind,),
    ).fetchall():
        alive = lineage_of(connection, record).is_alive()
        if alive and not present:
            yield Disagreement(kind, uuid.UUID(bytes=record), "should be here: an edit beats a deletion")
        if present and not alive and not _is_pointed_at(connection, record):
            yield Disagreement(kind, uuid.UUID(bytes=record), "is here, but was deleted and nothing needs it")


def _is_pointed_at(connection: sqlite3.Connection, record: bytes) -> bool:
    return any(
        connection.execute(f"SELECT 1 FROM {cls.__tablename__} WHERE {column.name} = ?", (record,)).fetchone()
        for cls in LOGGED
        for column in references(cls)
    )


_WINNERS = f"""SELECT u.record, u.value, row_number() OVER (
    PARTITION BY u.record, u.field ORDER BY {DISPLAY_ORDER}) AS rank
  FROM change u JOIN changeset s ON s.k = u.changeset
  WHERE u.op = 'U' AND u.kind = :kind AND u.field = :field AND {IS_HEAD}"""


def _values(connection: sqlite3.Connection, cls: type[Logged]) -> Iterator[Disagreement]:
    kind = cls.__tablename__
    told = connection.execute("SELECT DISTINCT field FROM change WHERE op = 'U' AND kind = ?", (kind,)).fetchall()
    for field in (field for (field,) in told if field in logged_fields(cls)):
        yield from _found(
            connection,
            kind,
            f"holds another value in “{field}” than the log",
            f"""SELECT t.id FROM ({_WINNERS}) w JOIN {kind} t ON t.id = w.record
                WHERE w.rank = 1 AND t.{field} IS NOT w.value""",
            {"kind": kind, "field": field},
        )


def _identities(connection: sqlite3.Connection, cls: type[Logged]) -> Iterator[Disagreement]:
    if cls.ENDS:
        keys = [isinstance(table_of(cls).columns[end].type, Key) for end in cls.ENDS]
        for record, *ends in connection.execute(f"SELECT id, {', '.join(cls.ENDS)} FROM {cls.__tablename__}"):
            named = [uuid.UUID(bytes=end) if key and end else end for key, end in zip(keys, ends, strict=True)]
            if link_id(cls.__tablename__, *named).bytes != record:
                yield Disagreement(cls.__tablename__, uuid.UUID(bytes=record), "does not join what its name says")


def _dates(connection: sqlite3.Connection, cls: type[Logged]) -> Iterator[Disagreement]:
    for column in table_of(cls).columns:
        if isinstance(column.type, EdtfType):
            for record, value in connection.execute(
                f"SELECT id, {column.name} FROM {cls.__tablename__} WHERE {column.name} IS NOT NULL"
            ):
                if not _is_canonical(value):
                    yield Disagreement(
                        cls.__tablename__,
                        uuid.UUID(bytes=record),
                        f"holds a date in “{column.name}” that is none",
                    )


@lru_cache(maxsize=65_536)
def _is_canonical(value: str) -> bool:
    try:
        decode(value)
    except ValueError:
        return False
    return True


def _kinds(connection: sqlite3.Connection, cls: type[Logged]) -> Iterator[Disagreement]:
    for column in references(cls):
        if column.info["target"] == "record" and column.info["kinds"]:
            kinds = ", ".join(f"'{kind}'" for kind in column.info["kinds"])
            yield from _found(
                connection,
                cls.__tablename__,
                f"points with “{column.name}” at the wrong kind of record",
                f"""SELECT t.id FROM {cls.__tablename__} t JOIN record r ON r.id = t.{column.name}
                    WHERE r.kind NOT IN ({kinds})""",
            )


def _records(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    own = " UNION ALL ".join(
        f"SELECT id, '{cls.__tablename__}' AS kind, marking FROM {cls.__tablename__}" for cls in ENTITIES
    )
    sides = (f"SELECT * FROM ({own})", "SELECT id, kind, marking FROM record")
    for first, second in (sides, sides[::-1]):
        yield from _found(
            connection,
            "record",
            "is not the same in its own table",
            f"SELECT id FROM ({first} EXCEPT {second})",
        )


def _heads(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """The head table against the heads that the log has, for living records."""
    current = f"SELECT u.record, u.field, u.n FROM change u WHERE u.op = 'U' AND {IS_HEAD}"
    living = " UNION ALL ".join(f"SELECT id FROM {cls.__tablename__}" for cls in LOGGED)
    several = f"""SELECT record, field, n FROM (SELECT record, field, n,
        count(*) OVER (PARTITION BY record, field) AS rivals FROM ({current})) WHERE rivals > 1
        AND record IN ({living})"""
    stored = "SELECT record, field, n FROM head"
    for first, second in ((several, stored), (stored, several)):
        yield from _found(
            connection,
            "head",
            "has a conflict that is not told as the log has it",
            f"SELECT DISTINCT record FROM ({first} EXCEPT {second})",
        )
