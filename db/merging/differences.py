"""Which records differ between two states of a case file, found by their logs: an index of rows, fields and records.

The two states are private files, attached as `a` and `b`; the index is a third. A record can only differ where one
log has a change that the other has not, or where it was ever deleted, so nothing else is looked at.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import IntEnum
from pathlib import Path

from db.engine import connect, file_uri
from db.models import BY_TABLE, Author, Citation, Entity, Logged
from db.triggers import references, table_of

_SCHEMA = """
CREATE TABLE row(record BLOB PRIMARY KEY, kind TEXT, state INTEGER, whole BLOB, whole_kind TEXT, n INTEGER,
                 author BLOB, rival INTEGER DEFAULT 0) WITHOUT ROWID;
CREATE TABLE field(record BLOB, kind TEXT, field TEXT, rival INTEGER, PRIMARY KEY(record, field)) WITHOUT ROWID;
CREATE TABLE item(seq INTEGER PRIMARY KEY, whole BLOB, kind TEXT, state INTEGER, n INTEGER,
                  fields INTEGER, rivals INTEGER, rows INTEGER);
CREATE TABLE fresh(n INTEGER PRIMARY KEY, side TEXT, record BLOB, kind TEXT, op TEXT, field TEXT, author BLOB);
CREATE TABLE undoing(edit BLOB PRIMARY KEY, first INTEGER, last INTEGER) WITHOUT ROWID;
CREATE TABLE candidate(record BLOB PRIMARY KEY, kind TEXT, n INTEGER, author BLOB) WITHOUT ROWID;
CREATE TABLE owner(record BLOB PRIMARY KEY, owner BLOB, kind TEXT) WITHOUT ROWID;
"""
_DEPTH = 4
_TOLD_WITH = {Citation.__tablename__: ("source_id",)}
"""What is no part of a record, because others rest on it as well, and yet is looked at together with it."""


class State(IntEnum):
    """How a record differs, in the order in which a person looks at them."""

    CONFLICT = 0
    """Both changed it apart from each other."""
    NEW = 1
    """Only the second state has it."""
    CHANGED = 2
    DELETED = 3
    """Only the first state has it."""


def find_differences(index: Path, first: Path, second: Path, *, base: int | None = None) -> None:
    """Write the index of what differs. `base` for a merge: the last change that `a` knew, after which `b` learnt more.

    Only in a merge are there conflicts: values that nobody has chosen between, and deletions that an edit has beaten.
    """
    with index_beside(index, first, second) as connection:
        find_candidates(connection)
        for side in "ab":
            connection.execute(
                f"INSERT OR IGNORE INTO candidate(record, kind) SELECT record, kind FROM {side}.change WHERE op = 'D'"
            )
        find_rows(connection)
        _find_fields(connection)
        if base is not None:
            _find_rivals(connection, base)
        make_items(connection)


@contextmanager
def index_beside(index: Path, first: Path, second: Path) -> Iterator[sqlite3.Connection]:
    """A new index, with the two states attached as `a` and `b`."""
    index.touch()
    with closing(connect(index, writable=True)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        for name, path in (("a", first), ("b", second)):
            connection.execute(f"ATTACH ? AS {name}", (file_uri(path),))
        connection.execute("BEGIN")
        for statement in filter(str.strip, _SCHEMA.split(";")):
            connection.execute(statement)
        yield connection
        connection.execute("COMMIT")


def find_candidates(connection: sqlite3.Connection, *, only_theirs: bool = False) -> None:
    """The changes that only one of the logs has, the first one's by negative numbers; and the records that they are of.

    The newest change of a record is kept with it: theirs, where they made one. What they undid is known by its changes.
    """
    for side, other, sign in (("b", "a", ""), ("a", "b", "-")):
        connection.execute(
            f"""INSERT INTO fresh SELECT {sign}x.n, ?, x.record, x.kind, x.op, x.field, s.author
                FROM {side}.changeset s CROSS JOIN {side}.change x ON x.changeset = s.k
                WHERE s.id NOT IN (SELECT id FROM {other}.changeset) AND x.op <> 'X' AND x.kind <> ?""",
            (side, Author.__tablename__),
        )
    connection.execute(
        """INSERT INTO undoing SELECT s.id, min(x.n), max(x.n)
           FROM b.changeset s CROSS JOIN b.change x ON x.changeset = s.k
           WHERE s.undo_of IS NOT NULL AND s.id NOT IN (SELECT id FROM a.changeset) GROUP BY s.k"""
    )
    connection.execute(
        """INSERT INTO candidate SELECT record, kind, max(n), author FROM fresh
           WHERE side = 'b' OR NOT ? GROUP BY record""",
        (only_theirs,),
    )


def _kinds(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, type[Logged]]]:
    for (kind,) in connection.execute(f"SELECT DISTINCT kind FROM {table} ORDER BY kind").fetchall():
        yield kind, BY_TABLE[kind]


def find_rows(connection: sqlite3.Connection, among: str = "") -> None:
    """Rows that only one state has; only `among` the records of a table, if one is named."""
    condition = f"AND c.record IN (SELECT record FROM {among})" if among else ""
    for kind, _ in _kinds(connection, among or "candidate"):
        for side, other, state in (("b", "a", State.NEW), ("a", "b", State.DELETED)):
            connection.execute(
                f"""INSERT INTO row SELECT c.record, c.kind, ?, c.record, c.kind, c.n, c.author, 0 FROM candidate c
                    CROSS JOIN {side}.{kind} x ON x.id = c.record LEFT JOIN {other}.{kind} y ON y.id = c.record
                    WHERE c.kind = ? AND y.id IS NULL {condition}""",
                (int(state), kind),
            )


def _find_fields(connection: sqlite3.Connection) -> None:
    """Fields of rows of both states whose values differ."""
    told = connection.execute("SELECT DISTINCT kind, field FROM fresh WHERE op = 'U'").fetchall()
    for kind, field in told:
        connection.execute(
            f"""INSERT OR IGNORE INTO field SELECT f.record, f.kind, f.field, 0
                FROM fresh f CROSS JOIN a.{kind} x ON x.id = f.record CROSS JOIN b.{kind} y ON y.id = f.record
                WHERE f.op = 'U' AND f.kind = ? AND f.field = ? AND x.{field} IS NOT y.{field}""",
            (kind, field),
        )
    note_changed(connection)


def note_changed(connection: sqlite3.Connection) -> None:
    """Rows of both states that differ in a field."""
    connection.execute(
        """INSERT OR IGNORE INTO row SELECT f.record, f.kind, ?, f.record, f.kind, c.n, c.author, 0
           FROM field f LEFT JOIN candidate c ON c.record = f.record""",
        (int(State.CHANGED),),
    )


def _find_rivals(connection: sqlite3.Connection, base: int) -> None:
    """Fields with current values of both sides that differ, and records that live on although they deleted them."""
    connection.execute(
        """INSERT INTO field SELECT h.record, c.kind, h.field, 1 FROM b.head h JOIN b.change c ON c.n = h.n
           GROUP BY h.record, h.field HAVING max(h.n) > ? AND count(DISTINCT quote(c.value)) > 1
           ON CONFLICT DO UPDATE SET rival = 1""",
        (base,),
    )
    note_changed(connection)
    for kind, cls in _kinds(connection, "candidate"):
        if issubclass(cls, Entity):
            connection.execute(
                f"""INSERT INTO row SELECT DISTINCT d.record, d.kind, ?, d.record, d.kind, c.n, c.author, 1
                    FROM fresh d JOIN candidate c ON c.record = d.record
                    WHERE d.op = 'D' AND d.side = 'b' AND d.kind = ? AND d.record IN (SELECT id FROM b.{kind})
                    ON CONFLICT DO UPDATE SET rival = 1""",
                (int(State.CHANGED), kind),
            )
            connection.execute(
                """UPDATE row SET rival = 1 WHERE kind = ? AND state = ?
                   AND record IN (SELECT record FROM a.change WHERE op = 'D')""",
                (kind, int(State.NEW)),
            )


def _find_wholes(connection: sqlite3.Connection) -> None:
    """What each row is a part of in the end."""
    for _ in range(_DEPTH):
        connection.execute("DELETE FROM owner")
        for (kind,) in connection.execute("SELECT DISTINCT whole_kind FROM row").fetchall():
            owners = [column.name for column in references(BY_TABLE[kind]) if column.info["owner"]]
            owners += _TOLD_WITH.get(kind, ())
            if owners:
                value = f"coalesce({', '.join(f't.{name}' for name in owners)}, NULL)"
                for side in "ba":
                    connection.execute(
                        f"""INSERT OR IGNORE INTO owner SELECT t.id, {value}, r.kind
                            FROM (SELECT DISTINCT whole FROM row WHERE whole_kind = ?
                                  AND whole NOT IN (SELECT record FROM owner)) w
                            CROSS JOIN {side}.{kind} t ON t.id = w.whole
                            CROSS JOIN {side}.record r ON r.id = {value}""",
                        (kind,),
                    )
        moved = connection.execute(
            """UPDATE row SET whole = o.owner, whole_kind = o.kind FROM owner o WHERE o.record = row.whole"""
        ).rowcount
        if not moved:
            return


def make_items(connection: sqlite3.Connection) -> None:
    """What each row is a part of, and one item for each whole record, by state, kind and title."""
    _find_wholes(connection)
    connection.execute(
        """CREATE TEMP TABLE made AS
           SELECT r.whole, r.whole_kind AS kind,
             CASE WHEN max(r.rival) OR sum(coalesce(f.rivals, 0)) THEN :conflict
                  ELSE coalesce(max(CASE WHEN r.record = r.whole THEN r.state END), :changed) END AS state,
             max(r.n) AS n, sum(coalesce(f.fields, 0)) AS fields,
             sum(coalesce(f.rivals, 0)) + sum(r.rival) AS rivals, count(*) AS rows
           FROM row r LEFT JOIN (SELECT record, count(*) AS fields, sum(rival) AS rivals FROM field GROUP BY record) f
             ON f.record = r.record GROUP BY r.whole""",
        {"conflict": int(State.CONFLICT), "changed": int(State.CHANGED)},
    )
    connection.execute("CREATE TEMP TABLE named(whole BLOB PRIMARY KEY, title TEXT) WITHOUT ROWID")
    for (kind,) in connection.execute("SELECT DISTINCT kind FROM made").fetchall():
        title = _title_column(BY_TABLE[kind])
        for side in "ba" if title else "":
            connection.execute(
                f"""INSERT OR IGNORE INTO named SELECT m.whole, t.{title} FROM made m
                    CROSS JOIN {side}.{kind} t ON t.id = m.whole
                    WHERE m.kind = ? AND m.whole NOT IN (SELECT whole FROM named)""",
                (kind,),
            )
    connection.execute(
        """INSERT INTO item(whole, kind, state, n, fields, rivals, rows)
           SELECT m.whole, m.kind, m.state, m.n, m.fields, m.rivals, m.rows
           FROM made m LEFT JOIN named t ON t.whole = m.whole
           ORDER BY m.state, m.kind, t.title COLLATE NOCASE, m.whole"""
    )
    connection.execute("CREATE UNIQUE INDEX item_whole ON item(whole)")


def _title_column(cls: type[Logged]) -> str:
    """The first word of a title that the row itself holds, to sort by."""
    if not issubclass(cls, Entity):
        return ""
    return next((name for name in cls.TITLE if "target" not in table_of(cls).columns[name].info), "")
