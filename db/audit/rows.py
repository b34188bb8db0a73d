"""Whether the rows are what the log says."""

import hashlib
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any

from db.audit.changes import is_canonical
from db.audit.disagreement import Audit, Disagreement, any_of, found
from db.dates import EdtfType
from db.identity import NAMESPACE
from db.lineage import DISPLAY_ORDER, lineage_of
from db.models import ENTITIES, LINKS, LOGGED
from db.models.base import Entity, Key, Logged, Record
from db.models.log import Change
from db.triggers import logged_fields, references, table_of

_ROWS = 256
"""Fetched at once."""


def _came_and_gone(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Every record that the log creates and never deletes is here, and no other one.

    If each of these records has its row, and there are as many rows as such records, every row has its record: so the
    rows themselves are asked only where the numbers differ.
    """
    missing = list(_gone(connection))
    yield from missing
    if missing or _created(connection) != _rows(connection):
        for cls in LOGGED:
            yield from _came(cls, connection)


def _gone(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    here = " ".join(
        f"WHEN '{cls.__tablename__}' THEN EXISTS (SELECT 1 FROM {cls.__tablename__} WHERE id = x.record)"
        for cls in LOGGED
    )
    yield from found(
        connection,
        "record",
        "is gone, but the log does not tell how it went",
        f"""SELECT x.record FROM change x WHERE x.op = 'I' AND NOT CASE x.kind {here} END
            AND NOT EXISTS (SELECT 1 FROM change WHERE record = x.record AND op = 'D')""",
    )


_SEVERAL = """SELECT sum(x.op = 'I') AS creations, max(x.op = 'D') AS deleted
    FROM (SELECT record FROM change WHERE field IS NULL GROUP BY record HAVING count(*) > 1) several
    CROSS JOIN change x ON x.record = several.record AND x.field IS NULL GROUP BY x.record"""


def _created(connection: sqlite3.Connection) -> int:
    """How many records the log creates and never deletes."""
    (all_creations,) = connection.execute("SELECT count(*) FROM change WHERE op = 'I'").fetchone()
    query = f"SELECT coalesce(sum(creations), 0), coalesce(sum(deleted = 0 AND creations > 0), 0) FROM ({_SEVERAL})"
    told_again, records = connection.execute(query).fetchone()
    return int(all_creations - told_again + records)


def _rows(connection: sqlite3.Connection) -> int:
    """How many rows there are of records that were never deleted."""
    deleted = connection.execute("SELECT DISTINCT record, kind FROM change WHERE op = 'D'").fetchall()
    back = sum(any_of(connection, f"SELECT 1 FROM {kind} WHERE id = ?", (record,)) for record, kind in deleted)
    counts = " + ".join(f"(SELECT count(*) FROM {cls.__tablename__})" for cls in LOGGED)
    return int(connection.execute(f"SELECT {counts}").fetchone()[0]) - back


def _came(cls: type[Logged], connection: sqlite3.Connection) -> Iterator[Disagreement]:
    kind = cls.__tablename__
    yield from found(
        connection,
        kind,
        "is here, but the log does not tell how it came",
        f"""SELECT id FROM {kind} t WHERE NOT EXISTS (
            SELECT 1 FROM change WHERE record = t.id AND field IS NULL AND op = 'I' AND kind = ?)""",
        (kind,),
    )


def _lives(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """What was ever deleted is here if, and only if, the log says so."""
    for record, kind in connection.execute("SELECT DISTINCT record, kind FROM change WHERE op = 'D'").fetchall():
        present = connection.execute(f"SELECT 1 FROM {kind} WHERE id = ?", (record,)).fetchone() is not None
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


_CURRENT = f"""INSERT INTO temp.audited
    SELECT u.kind, u.field, u.record, u.n,
           row_number() OVER (PARTITION BY u.record, u.field ORDER BY {DISPLAY_ORDER}),
           count(*) OVER (PARTITION BY u.record, u.field)
    FROM main.change u INDEXED BY change_replaced JOIN main.changeset s ON s.k = u.changeset WHERE u.op = 'U'
    AND u.n NOT IN (SELECT parent FROM main.change INDEXED BY change_replaced WHERE op = 'U' AND parent IS NOT NULL)
    AND u.n NOT IN (SELECT p.parent FROM main.change_parent p JOIN main.change v ON v.n = p.n WHERE v.op = 'U')"""
"""The heads of all fields at once: what no other setting names as a parent. Parents are of the same field
(`db.audit.changes.parents`), so `db.lineage.IS_HEAD`, which asks for one field, says the same."""


@contextmanager
def _heads(connection: sqlite3.Connection) -> Iterator[None]:
    """All current values in a scratch table, ranked; a connection that only reads may have that, too."""
    (only,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only = OFF")
    connection.execute("DROP TABLE IF EXISTS temp.audited")
    connection.execute(
        """CREATE TEMP TABLE audited(kind TEXT, field TEXT, record BLOB, n INTEGER, rank INTEGER, rivals INTEGER,
           PRIMARY KEY(kind, field, record, n)) WITHOUT ROWID"""
    )
    connection.execute(_CURRENT)
    try:
        yield
    finally:
        connection.execute("DROP TABLE temp.audited")
        connection.execute(f"PRAGMA query_only = {only}")


def _values(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Each field shows the newest of its current values, and where there are several, `head` has just these."""
    with _heads(connection):
        yield from _shown(connection)
        yield from _rivals(connection)


def _shown(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    fields = {cls.__tablename__: logged_fields(cls) for cls in LOGGED}
    for kind, field in connection.execute("SELECT DISTINCT kind, field FROM temp.audited").fetchall():
        if field in fields.get(kind, ()):
            yield from found(
                connection,
                kind,
                f"holds another value in “{field}” than the log",
                f"""SELECT t.id FROM temp.audited a CROSS JOIN main.change u ON u.n = a.n
                    CROSS JOIN main.{kind} t ON t.id = a.record
                    WHERE a.kind = ? AND a.field = ? AND a.rank = 1 AND t.{field} IS NOT u.value""",
                (kind, field),
            )


def _rivals(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """The head table against the heads that the log has, for living records."""
    tables = ["record", *(cls.__tablename__ for cls in LINKS)]
    lives = " OR ".join(f"EXISTS (SELECT 1 FROM main.{table} WHERE id = a.record)" for table in tables)
    several = f"SELECT a.record, a.field, a.n FROM temp.audited a WHERE a.rivals > 1 AND ({lives})"
    stored = "SELECT record, field, n FROM main.head"
    for first, second in ((several, stored), (stored, several)):
        yield from found(
            connection,
            "head",
            "has a conflict that is not told as the log has it",
            f"SELECT DISTINCT record FROM ({first} EXCEPT {second})",
        )


def _identities(cls: type[Logged], connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Ids that are computed (`db.identity.link_id`), here some hundred at a time and without an object for each."""
    names = [_text_of(isinstance(table_of(cls).columns[end].type, Key)) for end in cls.ENDS]
    start = hashlib.sha1(NAMESPACE.bytes + cls.__tablename__.encode(), usedforsecurity=False)
    rows = connection.execute(f"SELECT id, {', '.join(cls.ENDS)} FROM {cls.__tablename__}")
    while some := rows.fetchmany(_ROWS):
        records, *ends = zip(*some, strict=True)
        for record, texts in zip(records, zip(*map(map, names, ends), strict=True), strict=True):
            digest = start.copy()
            digest.update(("\x1f" + "\x1f".join(texts)).encode())
            if not _is_version_5(record, digest.digest()):
                yield Disagreement(cls.__tablename__, uuid.UUID(bytes=record), "does not join what its name says")


def _text_of(key: bool) -> Callable[[Any], str]:
    return _id_text if key else _plain_text


def _plain_text(value: object) -> str:
    return "" if value is None else str(value)


@lru_cache(maxsize=4096)
def _id_text(key: bytes | None) -> str:
    if key is None:
        return ""
    digits = key.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _is_version_5(record: bytes, digest: bytes) -> bool:
    """Whether an id is made of this SHA-1 (RFC 9562, section 5.5)."""
    return (
        record[9:] == digest[9:16]
        and record[:6] == digest[:6]
        and record[6] == digest[6] & 0x0F | 0x50
        and record[7] == digest[7]
        and record[8] == digest[8] & 0x3F | 0x80
    )


def _dates(cls: type[Logged], connection: sqlite3.Connection) -> Iterator[Disagreement]:
    for column in table_of(cls).columns:
        if isinstance(column.type, EdtfType):
            kind, name = cls.__tablename__, column.name
            told = connection.execute(f"SELECT DISTINCT {name} FROM {kind} WHERE {name} IS NOT NULL").fetchall()
            for (value,) in told:
                if not is_canonical(value):
                    words = f"holds a date in “{name}” that is none"
                    yield from found(connection, kind, words, f"SELECT id FROM {kind} WHERE {name} = ?", (value,))


def _kinds(cls: type[Logged], connection: sqlite3.Connection) -> Iterator[Disagreement]:
    for column in references(cls):
        if column.info["target"] == "record" and column.info["kinds"]:
            kinds = ", ".join(f"'{kind}'" for kind in column.info["kinds"])
            yield from found(
                connection,
                cls.__tablename__,
                f"points with “{column.name}” at the wrong kind of record",
                f"""SELECT t.id FROM {cls.__tablename__} t JOIN record r ON r.id = t.{column.name}
                    WHERE r.kind NOT IN ({kinds})""",
            )


def _registered(cls: type[Entity], connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Each record is in the register of all, as what it is."""
    kind = cls.__tablename__
    yield from found(
        connection,
        "record",
        "is not the same in its own table",
        f"""SELECT t.id FROM {kind} t LEFT JOIN record r ON r.id = t.id
            WHERE r.kind IS NOT ? OR r.marking IS NOT t.marking""",
        (kind,),
    )


def _register(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """No record is in the register that has no row. Where the numbers are equal, `_registered` has shown it."""
    tables = [cls.__tablename__ for cls in ENTITIES]
    rows = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    (count,) = connection.execute(f"SELECT (SELECT count(*) FROM record) - ({rows})").fetchone()
    if count != 0:
        own = " UNION ALL ".join(f"SELECT id FROM {table}" for table in tables)
        query = f"SELECT id FROM record EXCEPT SELECT id FROM ({own})"
        yield from found(connection, "record", "is not the same in its own table", query)


def _of_each(
    question: Callable[[Any, sqlite3.Connection], Iterator[Disagreement]],
    classes: Iterable[type[Logged]],
    *,
    is_python: bool = False,
) -> Iterator[Audit]:
    return (Audit(cls.__tablename__, partial(question, cls), is_python) for cls in classes)


ROWS: tuple[Audit, ...] = (
    *(Audit(Change.__tablename__, ask) for ask in (_values, _came_and_gone, _lives)),
    *_of_each(_identities, (cls for cls in LOGGED if cls.ENDS), is_python=True),
    *_of_each(_registered, ENTITIES),
    Audit(Record.__tablename__, _register),
    *_of_each(_dates, LOGGED, is_python=True),
    *_of_each(_kinds, LOGGED),
)
