"""Whether every value can be read at all: texts in UTF-8, ids of sixteen bytes, numbers with room to count on.

The texts of some thousand rows are joined by SQLite and decoded at once, since a call of Python for each would take
as long as everything else together. An ASCII character stands between any two, so that no broken one is mended by the
next.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from functools import partial

from sqlalchemy import Column, Integer, Table, Text

from db.audit.disagreement import Audit, Disagreement, any_of
from db.fields import LONGEST_TEXT
from db.models.base import Base, Key, Term
from db.models.log import Anything, Change

_LONGEST = 4 * LONGEST_TEXT
"""Bytes of a text: as many as its characters can take."""
_LARGEST = 2**62
"""Of clocks and counters: what comes after must still be a number that SQLite can store."""
_COUNTERS = ("k", "n", "ord", "hlc", "written", "first", "last", "learnt")
_CLOSED = ("change.op", "change.kind", "record.kind", "context.mode")
"""Texts that are no words of their own, and that the table or another audit holds to a list."""
_ROWS = 4096
_NO_TEXT = "holds a text that is not UTF-8"
_NO_VALUE = "holds an id, a number or a text that no case file holds"
_STATISTIC = re.compile(r"\d{1,18}( \d{1,18})*( unordered| noskipscan| sz=\d{1,9})*")
"""What ANALYZE writes of an index: numbers of rows, and hints."""


def _shape(table: Table, connection: sqlite3.Connection) -> Iterator[Disagreement]:
    conditions = " OR ".join(filter(None, map(_misshapen, table.columns)))
    if conditions and any_of(connection, f"SELECT 1 FROM {table.name} WHERE {conditions}"):
        yield Disagreement(table.name, None, _NO_VALUE)
        return
    texts = [column for column in table.columns if _is_free_text(column)]
    if texts:
        yield from _texts(connection, table, texts)


def _misshapen(column: Column[object]) -> str:
    """What a value is that no case file holds; quick checks only, and nothing that the tables themselves refuse."""
    if isinstance(column.type, Key):
        return f"length({column.name}) <> 16"
    if column.name in _COUNTERS and isinstance(column.type, Integer):
        return f"{column.name} NOT BETWEEN 0 AND {_LARGEST}"
    if isinstance(column.type, Anything):
        return f"typeof({column.name}) = 'blob' AND length({column.name}) > {_LONGEST}"
    return ""


def _is_free_text(column: Column[object]) -> bool:
    """Whether it holds words of its own: the table itself holds terms to their vocabulary."""
    sort = column.type
    if str(column) in _CLOSED:
        return False
    return isinstance(sort, Anything) or (isinstance(getattr(sort, "impl", sort), Text) and not isinstance(sort, Term))


def _texts(connection: sqlite3.Connection, table: Table, columns: list[Column[object]]) -> Iterator[Disagreement]:
    try:
        for joined in _joined(connection, table, columns):
            joined.decode()
            if b"\0" in joined or (len(joined) > _LONGEST and _has_too_long(connection, table, columns)):
                yield Disagreement(table.name, None, _NO_VALUE)
                return
    except UnicodeDecodeError:
        yield Disagreement(table.name, None, _NO_TEXT)


def _joined(connection: sqlite3.Connection, table: Table, columns: list[Column[object]]) -> Iterator[bytes]:
    """All texts of a table, those of some rows at a time."""
    words = " || char(10) || ".join(map(_word, columns))
    if not table.dialect_options["sqlite"]["with_rowid"]:
        yield from (row for (row,) in connection.execute(f"SELECT CAST({words} AS BLOB) FROM {table.name}"))
        return
    last = -(2**63)
    more = " AND field IS NOT NULL" if table.name == Change.__tablename__ else ""  # the others have no value
    while True:
        some = f"SELECT rowid AS r, {words} AS w FROM {table.name} WHERE rowid > ?{more} ORDER BY rowid LIMIT {_ROWS}"
        query = f"SELECT max(r), CAST(group_concat(w, char(10)) AS BLOB) FROM ({some})"
        try:
            end, joined = connection.execute(query, (last,)).fetchone()
        except sqlite3.DataError:  # together they are longer than SQLite's limit
            yield from (row for (row,) in connection.execute(f"SELECT CAST({words} AS BLOB) FROM {table.name}"))
            return
        if end is None:
            return
        yield joined
        last = end


def _word(column: Column[object]) -> str:
    if isinstance(column.type, Anything):
        return f"CASE typeof({column.name}) WHEN 'text' THEN {column.name} ELSE '' END"
    return f"coalesce({column.name}, '')" if column.nullable else column.name


def _has_too_long(connection: sqlite3.Connection, table: Table, columns: list[Column[object]]) -> bool:
    lengths = " OR ".join(f"length(CAST({_word(column)} AS BLOB)) > {_LONGEST}" for column in columns)
    return any_of(connection, f"SELECT 1 FROM {table.name} WHERE {lengths}")


def _contents(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Bytes against the SHA-256 that names them."""
    for digest, data in connection.execute("SELECT sha256, data FROM content"):
        if hashlib.sha256(data).digest() != digest:
            yield Disagreement("content", None, "holds other bytes than its name says")


def _statistics(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """What ANALYZE of another program left, which SQLite believes."""
    known = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    if "sqlite_stat1" not in known:
        return
    for table, index, told in connection.execute(
        "SELECT tbl, idx, CAST(substr(stat, 1, 4096) AS TEXT) FROM sqlite_stat1"
    ):
        if table not in known or index not in {None, *known} or not _STATISTIC.fullmatch(str(told)):
            yield Disagreement("sqlite_stat1", None, "holds statistics that no SQLite writes")
            return


SHAPES: tuple[Audit, ...] = (
    *(Audit(table.name, partial(_shape, table)) for table in Base.metadata.sorted_tables),
    Audit("content", _contents),
    Audit("sqlite_stat1", _statistics),
)
"""First of all: where one of these finds something, nothing else can be asked."""
