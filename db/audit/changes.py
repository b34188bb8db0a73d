"""Whether the log can be what a program of ours wrote, before any row is looked at."""

import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Column, Integer, LargeBinary

from db.audit.disagreement import Audit, Disagreement, any_of, found
from db.dates import EdtfType, decode
from db.models import BY_TABLE
from db.models.base import Flag, Key, Term
from db.models.log import Change
from db.triggers import logged_fields, stored_fields, table_of


def context(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Whether the file is at rest, and whole."""
    if connection.execute("SELECT mode FROM context").fetchall() != [("external",)]:
        yield Disagreement("context", None, "it was copied in the middle of an edit")
    if any_of(connection, "SELECT 1 FROM withheld") or any_of(connection, "SELECT 1 FROM change WHERE pruned <> 0"):
        yield Disagreement("withheld", None, "it is a share copy, which this version cannot take in yet")


def parents(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Every parent is an earlier change of the same record, and of the same field or of the record's life."""
    first = """SELECT 1 FROM change x LEFT JOIN change p ON p.n = x.parent
               WHERE x.parent IS NOT NULL AND (p.n IS NULL OR p.record <> x.record OR p.n >= x.n)"""
    further = """SELECT 1 FROM change_parent l LEFT JOIN change x ON x.n = l.n LEFT JOIN change p ON p.n = l.parent
                 WHERE x.n IS NULL OR p.n IS NULL OR p.record <> x.record OR p.n >= x.n"""
    if any_of(connection, first) or any_of(connection, further):
        yield Disagreement("change", None, "a change has a parent that is missing, later, or another record's")
    strange = """SELECT 1 FROM change x JOIN change p ON p.n = x.parent
                 WHERE p.field IS NOT NULL AND p.field IS NOT x.field"""
    stranger = """SELECT 1 FROM change_parent l JOIN change x ON x.n = l.n JOIN change p ON p.n = l.parent
                  WHERE x.op = 'U' AND p.field IS NOT NULL AND p.field <> x.field"""
    if any_of(connection, strange) or any_of(connection, stranger):
        yield Disagreement("change", None, "a change of a field has a change of another one as its parent")


def kinds(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Every record is told as one kind."""
    yield from found(
        connection,
        "change",
        "is told as two kinds of record",
        """SELECT x.record FROM (SELECT record FROM change GROUP BY record HAVING count(*) > 1) several
           CROSS JOIN change x ON x.record = several.record GROUP BY x.record HAVING min(x.kind) <> max(x.kind)""",
    )


def told(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Sorts, kinds and fields that this version knows, with values that they could hold: an undo would meet them."""
    if any_of(connection, "SELECT 1 FROM change WHERE (op IN ('U', 'X')) <> (field IS NOT NULL)"):
        yield Disagreement("change", None, "a change of a field names none, or another one names a field")
    if any_of(connection, "SELECT 1 FROM change WHERE field IS NULL AND value IS NOT NULL"):
        yield Disagreement("change", None, "a change of no field has a value")
    known = ", ".join(f"'{kind}'" for kind in BY_TABLE)
    strange = connection.execute(
        f"SELECT DISTINCT CAST(substr(kind, 1, 99) AS BLOB) FROM change WHERE kind NOT IN ({known})"
    )
    for (kind,) in strange:
        words = kind.decode("utf-8", "replace")
        yield Disagreement("change", None, f"its log tells of {words}, which this version does not know")
    seen = connection.execute(
        f"""SELECT op, kind, field, typeof(value), min(length(value)), max(length(value)) FROM change
            WHERE field IS NOT NULL AND kind IN ({known}) GROUP BY op, kind, field, typeof(value)"""
    ).fetchall()
    for op, kind, field, sort, shortest, longest in seen:
        if field not in _fields(op, kind):
            yield Disagreement(
                "change", None, f"its log tells of {kind}.{field[:99]}, which this version does not know"
            )
        elif not _suits(_columns(kind)[field], sort, shortest, longest):
            yield from _misfits(connection, kind, field, f"typeof(value) = '{sort}'")
    yield from _terms(connection, {(kind, field) for _, kind, field, *_ in seen})


def _fields(op: str, kind: str) -> list[str]:
    return (logged_fields if op == "U" else stored_fields)(BY_TABLE[kind])


def _columns(kind: str) -> Mapping[str, Column[Any]]:
    return {column.name: column for column in table_of(BY_TABLE[kind]).columns}


def _suits(column: Column[Any], sort: str, shortest: int | None, longest: int | None) -> bool:
    """Whether values of this type and of lengths between these two may stand in a column."""
    if sort == "null":
        return bool(column.nullable)
    if isinstance(column.type, Key):
        return sort == "blob" and shortest == longest == 16
    sorts: dict[type, str] = {Integer: "integer", Flag: "integer", LargeBinary: "blob"}
    return sort == sorts.get(type(column.type), "text")


def _misfits(connection: sqlite3.Connection, kind: str, field: str, condition: str) -> Iterator[Disagreement]:
    yield from found(
        connection,
        kind,
        f"once held in “{field}” what that cannot hold",
        f"SELECT DISTINCT record FROM change WHERE op IN ('U', 'X') AND kind = ? AND field = ? AND {condition}",
        (kind, field),
    )


def _terms(connection: sqlite3.Connection, pairs: set[tuple[str, str]]) -> Iterator[Disagreement]:
    """Terms and dates, each of them once."""
    closed = {
        (kind, field): _columns(kind)[field]
        for kind, field in pairs
        if field in _columns(kind) and isinstance(_columns(kind)[field].type, Term | EdtfType)
    }
    names = sorted({field for _, field in closed})
    query = f"""SELECT DISTINCT kind, field, value FROM change WHERE op IN ('U', 'X') AND typeof(value) = 'text'
                AND field IN ({", ".join("?" * len(names))})"""
    for kind, field, value in connection.execute(query, names):
        column = closed.get((kind, field))
        if column is not None and not _is_term(column, value):
            yield from _misfits_of(connection, kind, field, value)


def _misfits_of(connection: sqlite3.Connection, kind: str, field: str, value: str) -> Iterator[Disagreement]:
    query = "SELECT record FROM change WHERE op IN ('U', 'X') AND kind = ? AND field = ? AND value = ?"
    for (record,) in connection.execute(query, (kind, field, value)):
        yield Disagreement(kind, uuid.UUID(bytes=record), f"once held in “{field}” what that cannot hold")


def _is_term(column: Column[Any], value: str) -> bool:
    return value in _words(column.type) if isinstance(column.type, Term) else is_canonical(value)


@cache
def _words(term: Term) -> frozenset[str]:
    return frozenset(member.value for member in term.vocabulary)


@lru_cache(maxsize=65_536)
def is_canonical(value: str) -> bool:
    """Whether a stored date is exactly what this program writes."""
    try:
        decode(value)
    except ValueError:
        return False
    return True


def receipts(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """A merge brought changes that are here."""
    if any_of(
        connection, "SELECT 1 FROM receipt WHERE first > last OR last > (SELECT coalesce(max(n), 0) FROM change)"
    ):
        yield Disagreement("receipt", None, "a merge is said to have brought changes that are not here")


def reasons(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """A reason stands at a change that somebody decided to make: of an author, and not a value told from before."""
    if any_of(
        connection,
        """SELECT 1 FROM reason r CROSS JOIN change x ON x.n = r.n JOIN changeset s ON s.k = x.changeset
           WHERE x.op = 'X' OR s.author IS NULL""",
    ):
        yield Disagreement("reason", None, "a reason is given for a change that nobody decided")


LOG = tuple(Audit(Change.__tablename__, ask) for ask in (context, parents, kinds, told, receipts, reasons))
